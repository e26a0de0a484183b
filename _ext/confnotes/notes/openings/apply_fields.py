"""Field lines taken into a talk; they overrule whatever was inferred."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from enum import Enum, auto

from confnotes.model import FieldValue, Link, Markup, Speaker, TalkKind
from confnotes.names import family_key
from confnotes.notes import weights
from confnotes.notes.codes import DropReason, NoteCode
from confnotes.notes.entities.family_name_first import given_names_first
from confnotes.notes.entities.name_shape import is_possible_name, names_nobody
from confnotes.notes.entities.parse_people import parse_people
from confnotes.notes.entities.parse_person import split_person_id
from confnotes.notes.entities.roles_and_employers import has_role, is_affiliation
from confnotes.notes.entities.talk_kinds import parse_kind
from confnotes.notes.entities.unspaced_names import employer_last
from confnotes.notes.languages.dates import find_date, match_date
from confnotes.notes.openings.talk_builder import TalkBuilder, complete
from confnotes.notes.syntax.fields import Field, FieldName, split_topics
from confnotes.notes.syntax.lines import Line
from confnotes.notes.syntax.links_in_text import text_without_urls, urls_in
from confnotes.notes.syntax.wiki_links import name_pages
from confnotes.suggest import did_you_mean

_UNSAFE_URL = re.compile(r"(?:javascript|vbscript|data|file):\S", re.IGNORECASE)
_BETWEEN = re.compile(r";(?![^()]{0,200}\))")
_OTHERS = re.compile(r",?\s+et\s+al\b\.?$", re.IGNORECASE)
_MAX_WORDS = 8
"""Words; a longer name in a field is a sentence."""


class FieldResult(Enum):
    """What became of a field line."""

    APPLIED = auto()
    INVALID = auto()
    """It is a field, and its value is a problem; the line stays on the page."""
    NOT_A_FIELD = auto()
    """It is no field of a talk: text."""


def apply_field(builder: TalkBuilder, said: Field) -> FieldResult:
    """Take a field line into the talk."""
    typed = said.value.text
    if said.name is FieldName.SPEAKERS and builder.context.markup is Markup.MARKDOWN:
        typed = name_pages(typed)
    value = builder.context.strip_markup(typed)
    if value:
        result = _HANDLERS.get(said.name, _material)(builder, said, value)
        builder.has_fields |= result is FieldResult.APPLIED
        return result
    if not said.is_unambiguous:
        return FieldResult.NOT_A_FIELD
    message, hint = f"‘{said.label}:’ has no value", "give one or delete the line"
    builder.warn(said.value, NoteCode.EMPTY_FIELD, message, hint)
    return FieldResult.INVALID


def apply_values(builder: TalkBuilder, said: Field, values: Sequence[Line]) -> FieldResult:
    """Take a field into the talk, with each of ``values`` if they are typed below it."""
    if not values:
        return apply_field(builder, said)
    places = (FieldValue(value.number, value.indent + 1, value.text) for value in values)
    results = [apply_field(builder, replace(said, value=place)) for place in places]
    return next((r for r in results if r is not FieldResult.APPLIED), FieldResult.APPLIED)


def warn_unknown(builder: TalkBuilder, line: Line, meant: str) -> None:
    """Report a line whose label is nearly that of a field."""
    typed = line.text.partition(":")[0].strip(" *_-+•:")
    place = FieldValue(line.number, line.indent + 1, "")
    message, hint = f"there is no field ‘{typed}’", f"did you mean ‘{meant}:’?"
    builder.warn(place, NoteCode.UNKNOWN_FIELD, message, hint)


def name_speakers(builder: TalkBuilder, named: tuple[Speaker, ...]) -> None:
    """Take the speakers whom the author names; the first who are named overrule all guesses."""
    if not builder.has_speaker_field:
        builder.speakers, builder.has_speaker_field = [], True
        builder.evidence = weights.FIELD
        builder.guesses.clear()
        guessed = {family_key(speaker.name): speaker for speaker in builder.parse.speakers}
        named = tuple(
            complete(speaker, guessed.get(family_key(speaker.name), speaker)) for speaker in named
        )
        if not guessed.keys() <= {family_key(speaker.name) for speaker in named}:
            context = builder.context
            builder.title = context.clean_heading(context.strip_markup(builder.talk.heading))
    builder.speakers += named


def _speakers(builder: TalkBuilder, said: Field, value: str) -> FieldResult:
    if not said.is_unambiguous and builder.context.parse_people(value, said.value.line) is None:
        return FieldResult.NOT_A_FIELD
    several = said.label.casefold().endswith("s")
    ordered = given_names_first(value, is_one=not several)
    more = _BETWEEN.split(value)[1:]
    parts = [ordered]
    if more and (several or not any(has_role(part) or is_affiliation(part) for part in more)):
        same = ordered == value
        parts = [given_names_first(part.strip(), is_one=same) for part in _BETWEEN.split(ordered)]
    if "; ".join(parts) != value:
        builder.drop(said.value.line, value, DropReason.FAMILY_NAME_FIRST)
    found = (_named(builder, said, _OTHERS.sub("", part), several=several) for part in parts)
    named = tuple(speaker for speakers in found for speaker in speakers)
    if any(len(speaker.name.split()) > _MAX_WORDS for speaker in named):
        return FieldResult.NOT_A_FIELD
    name_speakers(builder, tuple(one for one in named if not names_nobody(one.name)))
    return FieldResult.APPLIED


def _named(builder: TalkBuilder, said: Field, value: str, *, several: bool) -> tuple[Speaker, ...]:
    """Return the people of a field, or of one of the parts between its semicolons."""
    value = employer_last(value)
    who = parse_people(value, said.value.line, builder.context.known_names)
    if who is None or (several and _is_row_of_names(value)):
        return _names_as_typed(value, said.value.line)
    return who.speakers


def _is_row_of_names(value: str) -> bool:
    """Return True if a field of several speakers holds full names and commas, and nothing else."""
    parts = [part.strip() for part in value.split(",")]
    return (
        len(parts) > 1
        and not {"(", "["} & {*value}
        and all(is_possible_name(part) and 2 <= len(part.split()) <= 4 for part in parts)
    )


def _names_as_typed(value: str, line: int) -> tuple[Speaker, ...]:
    """Return the people of a speakers field whose value does not look like names."""
    names = [part.strip() for part in re.split(r"[,;]|\s(?:and|&)\s", value)]
    pairs = map(split_person_id, names)
    return tuple(Speaker(line, name, id=person_id) for name, person_id in pairs if name)


def _affiliation(builder: TalkBuilder, said: Field, value: str) -> FieldResult:
    """Set the employer of the only speaker; with several speakers it is not known whose it is."""
    if len(builder.speakers) != 1 or builder.speakers[0].affiliation:
        return FieldResult.NOT_A_FIELD
    builder.speakers = [replace(builder.speakers[0], affiliation=value)]
    return FieldResult.APPLIED


def _topics(builder: TalkBuilder, said: Field, value: str) -> FieldResult:
    topics = builder.talk.topics + split_topics(said.value)
    builder.talk = replace(builder.talk, topics=topics)
    return FieldResult.APPLIED


def _also(builder: TalkBuilder, said: Field, value: str) -> FieldResult:
    builder.talk = replace(builder.talk, also=builder.talk.also + split_topics(said.value))
    return FieldResult.APPLIED


def _date(builder: TalkBuilder, said: Field, value: str) -> FieldResult:
    on = find_date(value)
    if on is None:
        message = f"‘{value}’ is not a date"
        builder.warn(said.value, NoteCode.BAD_DATE, message, "type it as 2015-01-16")
        return FieldResult.INVALID
    builder.talk = replace(builder.talk, date=on)
    if (match := match_date(value)) and (
        rest := f"{value[: match.start]} {value[match.end :]}".strip(" ,;–-")
    ):
        builder.drop(said.value.line, rest, DropReason.BESIDE_DATE)
    return FieldResult.APPLIED


def _kind(builder: TalkBuilder, said: Field, value: str) -> FieldResult:
    found = parse_kind(value)
    if found is None and said.label.casefold() != "kind":
        return FieldResult.NOT_A_FIELD
    if found is None:
        kinds = [kind.value for kind in TalkKind]
        hint = did_you_mean(value, kinds) or f"one of {', '.join(kinds)}"
        builder.warn(said.value, NoteCode.UNKNOWN_KIND, f"unknown kind ‘{value}’", hint)
        return FieldResult.INVALID
    builder.talk = replace(builder.talk, kind=found)
    if found is TalkKind.TALK and value.casefold() != found.value:
        builder.drop(said.value.line, f"{said.label}: {value}", DropReason.ORDINARY_KIND)
    return FieldResult.APPLIED


def _material(builder: TalkBuilder, said: Field, value: str) -> FieldResult:
    if _UNSAFE_URL.match(value):
        message = f"‘{value}’ must not be a link"
        builder.warn(said.value, NoteCode.BAD_URL, message, "write it as https://example.org/")
        return FieldResult.INVALID
    urls = list(urls_in(said.value.text))
    if not urls or text_without_urls(said.value.text):
        return FieldResult.NOT_A_FIELD
    if words := text_without_urls(value):
        builder.drop(said.value.line, words, DropReason.LINK_LABEL)
    label = said.label[:1].upper() + said.label[1:]
    builder.materials += [Link(said.value.line, url, label) for url in urls]
    return FieldResult.APPLIED


_HANDLERS: dict[FieldName, Callable[[TalkBuilder, Field, str], FieldResult]] = {
    FieldName.SPEAKERS: _speakers,
    FieldName.AFFILIATION: _affiliation,
    FieldName.TOPICS: _topics,
    FieldName.DATE: _date,
    FieldName.KIND: _kind,
    FieldName.ALSO_AT: _also,
}
