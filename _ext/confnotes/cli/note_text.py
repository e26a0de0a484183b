"""The outline of a note as text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from confnotes.body import iter_lines
from confnotes.catalogue.topics import Vocabulary
from confnotes.cli.output import SEVERITY_COLOURS, Styler, pluralize
from confnotes.invisible_characters import escape_invisible
from confnotes.model import Guess, Note, Speaker, Talk, TalkKind
from confnotes.notes.syntax.lines import decode, split_lines

_MAX_LENGTH = 70
"""Characters of a quoted line."""


class NoteText:
    """Renders outlines of notes, coloured by ``style``."""

    def __init__(self, style: Styler) -> None:
        self._style = style
        self._raw: list[str] = []

    def render(self, note: Note, data: bytes, vocabulary: Vocabulary | None) -> Iterator[str]:
        """Yield the lines of an outline; ``data`` is the file, ``vocabulary`` has the topics."""
        self._raw = [line.text for line in split_lines(decode(data, note.path)[0])]
        yield self._style(f"{escape_invisible(note.path)}:{note.line}", "dim")
        yield self._style(note.title or "(no heading)", "bold")
        when = f"{note.day} = {note.date}" if note.day and note.date else note.day or note.date
        facts = (note.event or "event unknown", when, note.session)
        yield "  " + " · ".join(str(fact) for fact in facts if fact)
        yield from self._guesses(note.guesses, "  ")
        for talk in note.talks:
            yield ""
            yield from self.render_talk(talk, vocabulary)
        for name, blocks in (("before the talks", note.intro), ("after the talks", note.closing)):
            if blocks:
                yield f"\n  {name}: {pluralize(sum(1 for _ in iter_lines(blocks)), 'line')}"
        for problem in note.problems:
            severity = self._style(problem.severity.value, SEVERITY_COLOURS[problem.severity])
            yield f"\n  {severity} line {problem.line}: {problem.message}; {problem.suggestion}"
        if note.dropped:
            yield f"\n  left out: {pluralize(len(note.dropped), 'line')}"
        for one in note.dropped:
            yield self._style(f"    line {one.line}: {_short(one.text)}  ({one.reason})", "dim")

    def render_talk(self, talk: Talk, vocabulary: Vocabulary | None) -> Iterator[str]:
        """Yield the lines of the outline of one talk."""
        kind = f"  [{talk.kind}]" if talk.kind is not TalkKind.TALK else ""
        title = self._style(talk.title or "(no title)", "bold")
        yield f"  {talk.line:>4}  {title}{self._style(kind, 'dim')}"
        if talk.track:
            yield _fact("track", talk.track)
        for speaker in talk.speakers:
            yield _fact("speaker", self._style(speaker.name, "green") + _about(speaker))
        for match in vocabulary.match_topics(talk, "")[0] if vocabulary else ():
            why = f"‘{match.text[match.start : match.end]}’" if match.end else "a field"
            title = vocabulary.topics[match.topic].title if vocabulary else ""
            why = self._style(f"  {why} in line {match.line}", "dim")
            yield _fact("topic", self._style(title, "blue") + why)
        for link in talk.materials:
            yield _fact((link.label or "link").lower(), link.url)
        yield _fact("body", pluralize(sum(1 for _ in iter_lines(talk.body)), "line"))
        yield from self._guesses(talk.guesses, "        ")

    def _guesses(self, guesses: Iterable[Guess], indent: str) -> Iterator[str]:
        for guess in guesses:
            name = self._style("guess", "yellow")
            yield f"{indent}{name}    {guess.message} ({guess.confidence:.0%} sure)"
            if 0 < guess.line <= len(self._raw):
                quoted = f"line {guess.line}: {_short(self._raw[guess.line - 1])}"
                yield f"{indent}         {self._style(quoted, 'dim')}"


def _fact(name: str, value: str) -> str:
    return f"        {name:8} {value}"


def _about(speaker: Speaker) -> str:
    about = ", ".join(filter(None, (speaker.role, speaker.affiliation, speaker.handle, speaker.id)))
    return f" ({about})" if about else ""


def _short(text: str) -> str:
    text = text.strip()
    return text if len(text) <= _MAX_LENGTH else f"{text[: _MAX_LENGTH - 1]}…"
