"""A post to import: the result of reading any kind of source."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from confnotes.model import Problem
from confnotes.notes.entities.session_heading import parse_session_heading


@dataclass(frozen=True, slots=True, kw_only=True)
class PostMetadata:
    """The metadata of a post in a blog; empty if unknown."""

    title: str = ""
    posted: date | None = None
    link: str = ""
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SourcePost:
    """One note found in a source.

    ``origin`` and ``line`` are the place in the source. ``path`` is relative; its suffix gives the
    markup, its folders and name may give the event. ``identity`` does not change when the text is
    edited.
    """

    origin: str
    line: int
    text: bytes
    path: str
    identity: str
    named: bool = False
    """Whether to keep the name of the file."""
    metadata: PostMetadata = PostMetadata()

    def to_note_bytes(self, *, dated: bool = True) -> bytes:
        """Return the note to write; with ``dated``, its day is the day of posting.

        Fields are below a title that names the event. Any other title is the heading of a talk;
        fields above it belong to the whole note.
        """
        about = self.metadata
        posted = about.posted.isoformat() if about.posted else ""
        values = {"Source": about.link, "Tags": ", ".join(about.tags)}
        values = {"Date": posted, **values} if dated else {**values, "Posted": posted}
        fields = "".join(f"{name}: {value}\n" for name, value in values.items() if value)
        title = f"{about.title}\n" if about.title else ""
        parts = [title + fields] if is_session(about.title) else [fields, title]
        above = (part.encode("utf-8", "replace") for part in parts)
        return b"\n".join(filter(None, (*above, self.text)))


@dataclass(frozen=True, slots=True)
class Skipped:
    """Something in a source that is not imported, and the reason."""

    origin: str
    line: int
    reason: str


class SourceError(Exception):
    """A source cannot be read; :attr:`problem` says where and what to do."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(str(problem))
        self.problem = problem


def is_session(title: str) -> bool:
    """Return True if a title is that of an event or a session, not of a talk."""
    when = parse_session_heading(title)
    return bool(when.event and (when.is_post_head or not when.unparsed))
