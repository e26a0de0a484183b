"""Lines of a post that could be headings of talks: read once, here."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from string import ascii_uppercase

from confnotes.grouping import group
from confnotes.model import Markup
from confnotes.notes.entities.event_names import is_year
from confnotes.notes.entities.section_words import is_break
from confnotes.notes.entities.session_heading import SessionHeading
from confnotes.notes.headings.annotations import strip_annotations
from confnotes.notes.headings.forms import NAMED_FORMS, HeadingParse
from confnotes.notes.headings.parse_context import ParseContext
from confnotes.notes.headings.parse_heading import apply_prior, parse_heading, sibling_prior
from confnotes.notes.languages.patterns import compile_phrases
from confnotes.notes.outline.candidate import PLAIN_LEVEL, Candidate
from confnotes.notes.outline.exclude_bylines import is_post_metadata
from confnotes.notes.syntax.boilerplate import boilerplate_reason
from confnotes.notes.syntax.fields import looks_like_field, names_chair, names_note_taker
from confnotes.notes.syntax.inline import emphasised_text, strip_inline_markup, strip_links
from confnotes.notes.syntax.segments import BOLD_LEVEL, Segment, SegmentKind
from confnotes.notes.weights import MIN_REGULAR

_MAX_HEADING = 400
_PARTED = (
    re.compile(r"^(?P<sign>\*\*|__|\*|_)(?P<a>[^\s*_][^*_]*)(?P=sign)[,:]? (?P<b>[^\W_].*)$"),
    re.compile(r"^(?P<a>.*[^\s–—|:(-]) (?P<b>\[[^\[\]]+\]\([^()\s]*\))\W*$"),
    re.compile(r"^(?P<a>.*[^\s–—|:(-]) (?P<sign>\*\*|__|\*|_)(?P<b>[^\s*_][^*_]*)(?P=sign)$"),
)
IMAGE = re.compile(r"[\w.-]{1,80}\.(?:jpe?g|png|gif|webp)|[A-Z]{3,4}_?\d{4,6}", re.IGNORECASE)
"""The name of a picture: what is left of one whose markup is another."""
_MATERIALS = (
    r"(?i)^(?:(?:<fields.slides,fields.video,fields.material>)(?:\W+|$))+(?:@\w+)?$"
    r"|^\W*<pages.credits>\b"
)
"""What is left of links to material, ``Video • Slides • @ana``, and who took a picture."""
AFTER_QUOTE = re.compile(r"(?<=[”»\"])\s*[;.,]$")
"""What parts the lines of a list: ``Ana Ruiz : « Queues » ;``."""
_CONTINUED = re.compile(r"\s*(?:\.{3}|…|\(cont(?:\.|inued|'d)?\))$", re.IGNORECASE)
"""What marks the further slides of a talk."""
_LAST_BRACKET = re.compile(r"(?<=\S) \([^()]+\)$")
_LETTER = re.compile(r"([A-Z])[.)] ")
_RESTART = re.compile(r"(?<=.)(?=A)")


def find_candidates(
    segments: Sequence[Segment], context: ParseContext, parse: Callable[[str], SessionHeading]
) -> list[Candidate]:
    """Return the candidates, each parsed in the order of the sure ones."""
    found = []
    levels = [_level(segment, context) for segment in segments]
    typed = [
        _plain_text(segment, context) if level else ""
        for level, segment in zip(levels, segments, strict=True)
    ]
    lettered = _lettered_levels(levels, typed)
    brackets = Counter(m.group() for line in typed if (m := _LAST_BRACKET.search(line)))
    for index, (segment, level, line) in enumerate(zip(segments, levels, typed, strict=True)):
        if level == PLAIN_LEVEL and context.repeats_heading(line):
            continue
        if (match := _CONTINUED.search(line)) and line[: match.start()] in typed[:index]:
            continue
        text = _LETTER.sub("", line) if level in lettered else line
        if (match := _LAST_BRACKET.search(text)) and brackets[match.group()] >= MIN_REGULAR:
            text = text[: match.start()]
        if any(map(str.isalnum, text)):
            text = AFTER_QUOTE.sub("", text)
            parses: Sequence[HeadingParse] = parse_heading(text, segment.line, context)
            if parted := _parted_by_markup(segment.text):
                more = parse_heading(parted, segment.line, context)
                named = (parse for parse in more if parse.form in NAMED_FORMS)
                parses = sorted([*parses, *named], key=lambda parse: -parse.score)
            parses = [p for p in parses if not (p.speakers and _is_date(p.title))]
            if is_break(strip_annotations(text).text):
                parses = [found for found in parses if not found.speakers]
            found.append(Candidate(index, level, text, segment, parses, parse(text), context))
    if prior := sibling_prior([candidate.best_parse for candidate in found]):
        for candidate in found:
            candidate.parses = apply_prior(candidate.parses, prior)
    return found


def by_level(found: Sequence[Candidate]) -> list[tuple[Candidate, ...]]:
    """Return the candidates of each level."""
    return list(group((candidate.level, candidate) for candidate in found).values())


def _lettered_levels(levels: Sequence[int], texts: Sequence[str]) -> set[int]:
    """Return the levels whose headings have letters, on each day from A: ``A. Queues``."""
    letters: defaultdict[int, str] = defaultdict(str)
    for level, text in zip(levels, texts, strict=True):
        if level < PLAIN_LEVEL and (match := _LETTER.match(text)):
            letters[level] += match[1]
    return {
        level
        for level, found in letters.items()
        if found[1:] and all(map(ascii_uppercase.startswith, _RESTART.split(found)))
    }


def _plain_text(segment: Segment, context: ParseContext) -> str:
    """Return a line without inline markup; plain text keeps its signs unless they hide a name."""
    text = segment.text[:_MAX_HEADING]
    if context.markup is Markup.PLAIN and "**" not in text:
        return strip_links(text, context.markup).strip()
    return context.strip_markup(text)


def _is_date(title: str) -> bool:
    """Return True if a title is only a date: what has it is a byline, or a place."""
    return is_year(title) or is_post_metadata(title)


def _parted_by_markup(text: str) -> str:
    """Return a line with a sign where only markup parts title and name: ``**Queues** Ana Ruiz``."""
    match = next(filter(None, (form.match(text[:_MAX_HEADING]) for form in _PARTED)), None)
    if match is None:
        return ""
    left, right = (
        strip_inline_markup(part, Markup.MARKDOWN).strip(" ,:") for part in match.group("a", "b")
    )
    is_sentence = right[:1].islower() and right.endswith(".")
    return f"{left} | {right}" if left and right and not is_sentence else ""


def _level(segment: Segment, context: ParseContext) -> int:
    """Return the level at which a segment could be a heading, 0 if it cannot."""
    text = context.strip_markup(segment.text) if segment.lines else ""
    if names_note_taker(text) or names_chair(text):
        return 0
    if segment.kind is SegmentKind.HEADING:
        return segment.level
    if segment.kind is not SegmentKind.PARAGRAPH:
        return 0
    if (
        len(segment.lines) > 5
        and sum(not looks_like_field(line) for line in segment.lines[:16]) > 5
    ):
        return 0
    text = segment.text
    if not any(map(str.isalpha, text)) or boilerplate_reason(text):  # the count of a blog's likes
        return 0
    if len(text) > _MAX_HEADING or text.startswith(("http://", "https://", "!", "<", "[^")):
        return 0
    if compile_phrases(_MATERIALS).match(text):
        return 0
    if looks_like_field(segment.lines[0]) or IMAGE.fullmatch(strip_links(text, context.markup)):
        return 0
    if context.markup is not Markup.PLAIN and emphasised_text(text):
        return BOLD_LEVEL
    return PLAIN_LEVEL
