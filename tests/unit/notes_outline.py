"""A note as an outline that people can check by eye."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from confnotes.body import Block, ListBlock, Paragraph, Preformatted, Quote, Subheading, Table

if TYPE_CHECKING:
    from confnotes.model import Note, Speaker, Talk


def outline(notes: Iterable[Note]) -> str:
    """Return everything the reader understood, one fact a line."""
    return "\n".join(line for note in notes for line in _note(note))


def _note(note: Note) -> Iterator[str]:
    facts = (note.event, note.day, note.session, note.date and note.date.isoformat())
    yield f"note {note.line}: {note.title} ({'; '.join(str(fact) for fact in facts if fact)})"
    yield from (f"  {name}: {said.text}" for name, said in note.fields)
    yield from _body(note.intro, "  ")
    for talk in note.talks:
        yield from _talk(talk)
    if note.closing:
        yield "  closing"
        yield from _body(note.closing, "    ")
    yield from (f"  ? {guess.line} {guess.code}" for guess in note.guesses)
    yield from (f"  ! {p.line}:{p.column} {p.severity} {p.code}" for p in note.problems)
    yield from (f"  dropped {drop.line}: {drop.text} ({drop.reason})" for drop in note.dropped)


def _talk(talk: Talk) -> Iterator[str]:
    kind = "" if talk.kind == "talk" else f" [{talk.kind}]"
    yield f"  talk {talk.line}: {talk.title or '(no title)'}{kind}"
    if talk.track:
        yield f"    track: {talk.track}"
    yield from (f"    speaker: {_speaker(speaker)}" for speaker in talk.speakers)
    yield from (f"    topic {topic.line}:{topic.column}: {topic.text}" for topic in talk.topics)
    if talk.date:
        yield f"    date: {talk.date.isoformat()}"
    yield from (f"    {link.label.lower()}: {link.url}" for link in talk.materials)
    yield from (f"    also: {value.text}" for value in talk.also)
    yield from (f"    link {link.line}: {link.url}" for link in talk.links)
    yield from _body(talk.body, "    ")
    yield from (f"    ? {guess.line} {guess.code}" for guess in talk.guesses)


def _speaker(speaker: Speaker) -> str:
    more = (
        speaker.role,
        speaker.affiliation,
        speaker.handle and f"@{speaker.handle}",
        speaker.id and f"[{speaker.id}]",
    )
    return " | ".join(part for part in (speaker.name, *more) if part)


def _body(blocks: Iterable[Block], indent: str) -> Iterator[str]:
    for block in blocks:
        match block:
            case ListBlock():
                for number, item in enumerate(block.items, 1):
                    mark = f"{number}." if block.ordered else "-"
                    yield f"{indent}{mark} {item.text.replace(chr(10), ' / ')}"
                    yield from _body(item.children, f"{indent}  ")
            case Quote():
                yield f"{indent}quote"
                yield from _body(block.children, f"{indent}  ")
            case Table():
                yield from (f"{indent}| {' | '.join(row)} |" for row in block.rows)
            case Preformatted():
                yield f"{indent}code {block.language}".rstrip()
                yield from (f"{indent}  {row}" for row in block.text.split("\n"))
            case Subheading():
                yield f"{indent}# {block.text}"
            case Paragraph():
                yield from (f"{indent}{row}" for row in block.text.split("\n"))
