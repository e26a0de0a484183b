"""The only talk of a post without a heading of a talk: where its title stands."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePosixPath
from typing import NamedTuple

from confnotes.model import Guess
from confnotes.notes import weights
from confnotes.notes.codes import GuessCode
from confnotes.notes.entities.path_clues import title_from_filename
from confnotes.notes.entities.session_heading import SessionHeading
from confnotes.notes.syntax.segments import Segment, SegmentKind

_MAX_TITLE, _MAX_TITLE_ROW = 150, 3
"""The length of a title, and before which segment of a post it stands."""


class OnlyTitle(NamedTuple):
    """The title of a post's only talk, where it is from, and the segment that has it."""

    text: str
    code: GuessCode
    segment: Segment | None = None

    def guess(self, line: int) -> Guess:
        """Return the guess that the talk has this title."""
        message = f"the talk took its title from ‘{self.text}’"
        return Guess(line, self.code.value, message, weights.TITLE_FROM[self.code.value])


def find_only_title(
    opening: Sequence[Segment], session: SessionHeading, called: str, path: PurePosixPath
) -> OnlyTitle:
    """Return the name of the session, what front matter calls the note, or a title of its file."""
    if name := session.unparsed or session.session or called:
        is_same = _letters(name) == _letters(called)
        return OnlyTitle(called if is_same else name, GuessCode.TITLE_FROM_SESSION)
    short = title_from_filename(path)
    segment = _full_title(opening, short)
    return OnlyTitle(segment.text if segment else short, GuessCode.TITLE_FROM_PATH, segment)


def _full_title(opening: Sequence[Segment], short: str) -> Segment | None:
    """Return the line of the opening that begins with the words of the file's name."""
    wanted = _letters(short)
    for segment in opening[:_MAX_TITLE_ROW]:
        is_line = segment.kind is SegmentKind.PARAGRAPH and len(segment.lines) == 1
        is_title = is_line and len(segment.text) <= _MAX_TITLE
        if is_title and len(wanted) > 6 and _letters(segment.text).startswith(wanted):
            return segment
    return None


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text.casefold()))


def begins_with_prose(opening: Sequence[Segment]) -> bool:
    """Return True if a post begins with prose, as one about an event and not about a talk."""
    return any(
        segment.kind is SegmentKind.PARAGRAPH and len(segment.text) > weights.MIN_PROSE
        for segment in opening[:2]
    )
