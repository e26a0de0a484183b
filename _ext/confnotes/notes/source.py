"""A file of notes as segments: decoded, its comments and its front matter taken off."""

from __future__ import annotations

from functools import cache, partial

from confnotes.model import DroppedLine, KnownEntities, Markup, Problem
from confnotes.notes.codes import DropReason, NoteCode
from confnotes.notes.content_types import detect_binary
from confnotes.notes.entities.session_heading import parse_session_heading
from confnotes.notes.headings.parse_context import ParseContext
from confnotes.notes.languages.guess import guess_language
from confnotes.notes.syntax.comments import strip_comments
from confnotes.notes.syntax.dialects import inline_markup, read_source
from confnotes.notes.syntax.fields import correct_label
from confnotes.notes.syntax.lines import Line, decode, split_lines
from confnotes.notes.syntax.lists import MAX_LIST_DEPTH
from confnotes.notes.syntax.segment_reader import SegmentReader
from confnotes.notes.syntax.tabs import frame_tables
from confnotes.notes.syntax.wiki_links import hidden_targets
from confnotes.notes.yaml_block import FrontMatterError
from confnotes.suffixes import markup_from_suffix

MAX_LINE_LENGTH = 100_000
"""Characters; a page with megabytes in one line takes a gigabyte to write and index."""


class Source:
    """One file, read as far as its segments; ``dropped`` and ``problems`` are of all its posts."""

    def __init__(self, data: bytes, path: str, known: KnownEntities) -> None:
        self.path, self.known = path, known
        self.parse_session = cache(partial(parse_session_heading, events=known.events))
        typed_in = markup_from_suffix(path)
        self.context = ParseContext(inline_markup(typed_in), path, known.people)
        binary = detect_binary(data)
        text, self.problems = decode(b"" if binary else data, path)
        public = strip_comments(text, path)
        self.language = guess_language(public.text)
        self.dropped = [*public.comments]
        lines = [
            self._without_text_if_long(line) for line in split_lines(frame_tables(public.text))
        ]
        front = read_source(lines, typed_in, path)
        self.fields = front.fields
        self.dropped += front.dropped
        if self.context.markup is Markup.MARKDOWN:
            self.dropped += hidden_targets(front.rest)
        reader = SegmentReader(front.rest, self.context.markup)
        self.segments = reader.read()
        self.dropped += reader.dropped
        self._report_front_matter(front.error)
        if public.unclosed:
            message = "this comment is never closed; all below it is private"
            hint = "close it, as <!-- with -->, or ifdef:: with endif::[]"
            self.warn(public.unclosed, NoteCode.UNCLOSED_COMMENT, message, hint)
        if binary:
            message = f"the content is no text but of the type ‘{binary.name}’; none of it is shown"
            self.warn(1, NoteCode.NOT_TEXT, message, "move the file out of the folder of notes")
        elif public.is_draft:
            hint = "remove this from its front matter to publish it"
            self.warn(1, NoteCode.DRAFT, "the note is a draft; none of it is shown", hint)
        elif not self.segments and not self.fields:
            self.warn(1, NoteCode.EMPTY_NOTE, "the note is empty", "add text or delete the file")
        self._report_blocks(reader)

    def warn(self, line: int, code: NoteCode, message: str, hint: str, column: int = 1) -> None:
        """Report a problem for the author to fix."""
        self.problems.append(Problem.of(code, self.path, message, hint, line=line, column=column))

    def _without_text_if_long(self, line: Line) -> Line:
        if len(line.text) <= MAX_LINE_LENGTH:
            return line
        self.dropped.append(DroppedLine(line.number, line.text, DropReason.LONG_LINE.value))
        message = f"the line has more than {MAX_LINE_LENGTH:,} characters; none of it is shown"
        self.warn(line.number, NoteCode.LONG_LINE, message, "break it into several lines")
        return Line(line.number, "", "", 0)

    def _report_front_matter(self, error: FrontMatterError | None) -> None:
        if error:
            hint = "put a value that has a colon or begins with a sign in quotes"
            place = error.place
            self.warn(place.line, NoteCode.BAD_FRONT_MATTER, str(error), hint, place.column)
        for name, value in self.fields:
            line = Line.of_text(value.line, f"{name}: {value.text}")
            if meant := correct_label(line).casefold():
                message, hint = f"there is no field ‘{name}’", f"did you mean ‘{meant}:’?"
                self.warn(value.line, NoteCode.UNKNOWN_FIELD, message, hint)

    def _report_blocks(self, reader: SegmentReader) -> None:
        for line in reader.too_deep[:1]:
            message = f"list nested deeper than {MAX_LIST_DEPTH} levels; deeper items were moved up"
            self.warn(line.number, NoteCode.NESTED_TOO_DEEP, message, "nest less deeply")
        for line in reader.unclosed:
            message, hint = "this code block is never closed", f"close it with {line.text[:3]}"
            self.warn(line.number, NoteCode.UNCLOSED_FENCE, message, hint)
