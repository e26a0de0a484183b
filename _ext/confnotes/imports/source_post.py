"""A post to import: the result of reading any kind of source."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from confnotes.model import Problem
from confnotes.notes.entities.session_heading import parse_session_heading


@dataclass(frozen=True, slots=True)
class PostMetadata:
    """What a blog says of a post beside its text; each empty where it says nothing."""

    title: str = ""
    posted: date | None = None
    link: str = ""
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SourcePost:
    """One note found in a source.

    ``origin`` and ``line`` are the place in the source. ``path`` is relative and tells
    the reader of notes its markup, and what its folders and its name say of the event.
    ``identity`` is what stays the same when the text is edited.
    """

    origin: str
    line: int
    text: bytes
    path: str
    identity: str
    named: bool = False
    """Whether the file's own name is worth keeping."""
    metadata: PostMetadata | None = None

    def to_note_bytes(self, *, dated: bool = True) -> bytes:
        """Return the note to write; ``dated`` says that its day is the one it was posted on.

        The fields stand right below a title that names the event, as an author types
        them. Any other title is the heading of a talk; fields above it belong to the whole note.
        """
        if self.metadata is None:
            return self.text
        posted = self.metadata.posted.isoformat() if self.metadata.posted else ""
        values = {
            "Source": self.metadata.link,
            "Tags": ", ".join(self.metadata.tags),
        }
        values = {"Date": posted, **values} if dated else {**values, "Posted": posted}
        fields = "".join(f"{name}: {value}\n" for name, value in values.items() if value)
        title = f"{self.metadata.title}\n" if self.metadata.title else ""
        parts = [title + fields] if is_session(self.metadata.title) else [fields, title]
        return b"\n".join(
            part
            for part in (*(part.encode("utf-8", "replace") for part in parts), self.text)
            if part
        )


@dataclass(frozen=True, slots=True)
class Skipped:
    """Something in a source that is not brought in, and why."""

    origin: str
    line: int
    reason: str


class SourceError(Exception):
    """A source cannot be read; :attr:`problem` says where and what to do."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(str(problem))
        self.problem = problem


def is_session(title: str) -> bool:
    """Return True if a title names an event, or a session of one, and no talk."""
    when = parse_session_heading(title)
    return bool(when.event and (when.is_post_head or not when.unparsed))
