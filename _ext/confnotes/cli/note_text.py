"""The outline of a note as text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from click import style

from confnotes.body import iter_lines
from confnotes.catalogue.topics import Vocabulary
from confnotes.cli.output import SEVERITY_COLOURS, pluralize
from confnotes.invisible_characters import escape_invisible
from confnotes.model import Guess, Note, Speaker, Talk, TalkKind
from confnotes.notes.syntax.lines import decode, split_lines

_MAX_LENGTH = 70
"""Characters of a quoted line."""


def render_note(note: Note, data: bytes, vocabulary: Vocabulary | None) -> Iterator[str]:
    """Yield the lines of an outline; ``data`` is the file, ``vocabulary`` has the topics."""
    raw = [line.text for line in split_lines(decode(data, note.path)[0])]
    yield style(f"{escape_invisible(note.path)}:{note.line}", dim=True)
    yield style(note.title or "(no heading)", bold=True)
    when = f"{note.day} = {note.date}" if note.day and note.date else note.day or note.date
    facts = (note.event or "event unknown", when, note.session)
    yield "  " + " · ".join(str(fact) for fact in facts if fact)
    yield from _guesses(note.guesses, "  ", raw)
    for talk in note.talks:
        yield ""
        yield from render_talk(talk, vocabulary, raw)
    for name, blocks in (("before the talks", note.intro), ("after the talks", note.closing)):
        if blocks:
            yield f"\n  {name}: {pluralize(sum(1 for _ in iter_lines(blocks)), 'line')}"
    for problem in note.problems:
        severity = style(problem.severity.value, SEVERITY_COLOURS[problem.severity])
        yield f"\n  {severity} line {problem.line}: {problem.message}; {problem.suggestion}"
    if note.dropped:
        yield f"\n  left out: {pluralize(len(note.dropped), 'line')}"
    for one in note.dropped:
        yield style(f"    line {one.line}: {_short(one.text)}  ({one.reason})", dim=True)


def render_talk(
    talk: Talk, vocabulary: Vocabulary | None, raw: Sequence[str] = ()
) -> Iterator[str]:
    """Yield the lines of the outline of one talk; ``raw`` has the lines that guesses quote."""
    kind = style(f"  [{talk.kind}]", dim=True) if talk.kind is not TalkKind.TALK else ""
    yield f"  {talk.line:>4}  {style(talk.title or '(no title)', bold=True)}{kind}"
    if talk.track:
        yield _fact("track", talk.track)
    for speaker in talk.speakers:
        yield _fact("speaker", style(speaker.name, "green") + _about(speaker))
    if vocabulary:
        for match in vocabulary.match_topics(talk, "")[0]:
            why = f"‘{match.text[match.start : match.end]}’" if match.end else "a field"
            title = style(vocabulary.topics[match.topic].title, "blue")
            yield _fact("topic", title + style(f"  {why} in line {match.line}", dim=True))
    for link in talk.materials:
        yield _fact((link.label or "link").lower(), link.url)
    yield _fact("body", pluralize(sum(1 for _ in iter_lines(talk.body)), "line"))
    yield from _guesses(talk.guesses, "        ", raw)


def _guesses(guesses: Iterable[Guess], indent: str, raw: Sequence[str]) -> Iterator[str]:
    for guess in guesses:
        name = style("guess", "yellow")
        yield f"{indent}{name}    {guess.message} ({guess.confidence:.0%} sure)"
        if 0 < guess.line <= len(raw):
            quoted = f"line {guess.line}: {_short(raw[guess.line - 1])}"
            yield f"{indent}         {style(quoted, dim=True)}"


def _fact(name: str, value: str) -> str:
    return f"        {name:8} {value}"


def _about(speaker: Speaker) -> str:
    about = ", ".join(filter(None, (speaker.role, speaker.affiliation, speaker.handle, speaker.id)))
    return f" ({about})" if about else ""


def _short(text: str) -> str:
    text = text.strip()
    return text if len(text) <= _MAX_LENGTH else f"{text[: _MAX_LENGTH - 1]}…"
