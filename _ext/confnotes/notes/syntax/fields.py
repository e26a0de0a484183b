"""Field lines, ``Speakers: Ana Ruiz``: what an author says outright, which no guess overrules."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from confnotes.model import FieldValue
from confnotes.names import normalize
from confnotes.notes.entities.talk_kinds import parse_kind
from confnotes.notes.languages.patterns import compile_phrases, phrase_set
from confnotes.notes.languages.phrase_tables import phrases
from confnotes.notes.syntax.lines import Line


class FieldName(StrEnum):
    """The fields of a talk."""

    SPEAKERS = "speakers"
    AFFILIATION = "affiliation"
    TOPICS = "topics"
    DATE = "date"
    KIND = "kind"
    VIDEO = "video"
    SLIDES = "slides"
    MATERIAL = "material"
    ALSO_AT = "also_at"


MATERIALS = frozenset({FieldName.VIDEO, FieldName.SLIDES, FieldName.MATERIAL})
_NOTE_LABELS = {"date", "tags", "keywords"}
"""Labels that are about the whole note where they stand in its front matter."""
NOTE_KEYS = frozenset(
    "event conference date day session year place location venue url link website author tags "
    "topics title status speaker speakers dates where when city source posted".split()
)
_TRANSLATED_KEYS = ("event", "date", "day", "session", "place", "speakers")
_OF_POST = frozenset({"date", "posted", "source", "tags"})
"""Fields of a note, in English, in all languages, and those of the post that it was."""
_NOTE_TAKER = (
    r"(?i)^\W{0,3}(?:(?:<sessions.around_report>\s+){0,3}<people.notes_by>"
    r"|<people.note_takers>\W{0,3}[:：])"
)
_SPEAKER_LABELS = {"Speaker", "Speakers", "Presenter", "Presenters", "Panelists"}
_CORRECTED_LABELS = {
    FieldName.SPEAKERS: " ".join(sorted(_SPEAKER_LABELS)).casefold(),
    FieldName.AFFILIATION: "affiliation affiliations",
    FieldName.TOPICS: "topics keywords",
    FieldName.VIDEO: "video videos recording",
    FieldName.SLIDES: "slides",
}
"""Labels whose misspellings are reported: long ones, since many words are near to a short one."""
_MIN_LETTERS = 5
_FIELD = re.compile(
    r"^(?:[-*+•]\s+)?(?:\[[ xX]\]\s+)?(?P<open>\*\*|__|[*_:]|''')?"
    r"(?P<label>[^\W\d_](?:[^\W\d_]|[()'’·-]|\.(?=\w)|:(?=(?i:in(?:nen)?)\b))*"
    r"(?: [^\W\d_(][^\W\d_]*\)?){0,2})"
    r"\s*(?:(?P<mark>\*\*|__|[*_]|''')\s*[:：]|[:：]\s*(?P<inner>\*\*|__|[*_]|''')|[:：﹕]|=(?!=))"
    r"(?:(?:\s+|(?<=：)|(?<=：\*\*)|(?<=[:﹕=])(?=[^\W\da-z_]))(?P<value>\S.*))?$"
)

_SEPARATOR = re.compile("[:：﹕=]")
_TAGS = re.compile(r"(?:</?[a-zA-Z][^<>]*>\s*)+")
_VALUE = re.compile(r"\s*(?:</\w+>\s*)*([^<>]*)(?:</\w+>)*")
_BRACKETS = {"[": "]", "(": ")", "{": "}"}
_IN_BRACKETS = re.compile(r"\[[^\[\]]+\]|\{[^{}]+\}|`[^`]+`")
"""A list as YAML and JSON write it, or code."""


@cache
def _names() -> Mapping[str, FieldName]:
    """Return the fields of a talk by their labels in all languages; the first has a label."""
    labels = ((label, name) for name in FieldName for label in phrases(f"fields.{name.value}"))
    return {label.casefold(): name for label, name in reversed([*labels])}


@cache
def _ambiguous_labels() -> frozenset[str]:
    return frozenset(label.casefold() for label in phrases("fields.ambiguous"))


def _key(label: str) -> str:
    """Return a label without case and width: ``Ｓｐｅａｋｅｒｓ`` is typed in Japan."""
    return unicodedata.normalize("NFKC", label).casefold()


def field_of(label: str) -> FieldName | None:
    """Return the field that has this label in any language."""
    return _names().get(_key(label))


@dataclass(frozen=True, slots=True)
class Field:
    """One field line. ``is_unambiguous`` says that its label is one that only a field has."""

    name: FieldName
    label: str
    value: FieldValue
    is_unambiguous: bool = True

    @property
    def is_explicit(self) -> bool:
        """Return True if the line can hardly be text: its label is plain and has a capital."""
        return self.is_unambiguous and not self.label[0].islower()


def parse_field(line: Line) -> Field | None:
    """Read ``line`` as a field, or return nothing."""
    match = _match(line)
    if match is None:
        return None
    name = field_of(match["label"])
    if name is None:
        return None
    value = match["value"] or ""
    for mark in ("**", "__", "*", "_"):
        if match["open"] == mark and value.endswith(mark) and not (match["mark"] or match["inner"]):
            value = value.removesuffix(mark)
    if _IN_BRACKETS.fullmatch(value):
        value = value.strip("[]{}` ")
    plain = _key(match["label"]) not in _ambiguous_labels()
    return Field(name, match["label"], line.find(value), plain)


def join_values(label: str, items: Sequence[str]) -> str:
    """Return the items of a list as one text; a semicolon parts people, and items with commas."""
    is_parted = field_of(label) is FieldName.SPEAKERS or any("," in item for item in items)
    return ("; " if is_parted else ", ").join(items)


def is_label(text: str) -> bool:
    """Return True if ``text`` is the label of a field, whatever its letters are."""
    return text.replace("_", " ").replace("-", " ").casefold() in _names()


def talk_fields(stated: Mapping[str, FieldValue]) -> tuple[Field, ...]:
    """Return the fields of a note, by name, that are about its only talk."""
    found = []
    for key, value in stated.items():
        label = key.replace("_", " ").replace("-", " ")
        name = None if label in _NOTE_LABELS else _names().get(label)
        if name is not None and label not in _ambiguous_labels() and value.text:
            found.append(Field(name, label, value))
    return tuple(found)


def has_fields_of_talk(front: Mapping[str, FieldValue]) -> bool:
    """Return True if front matter has the title of a talk, and its speaker or its kind."""
    kinds = (front[name].text for name in ("kind", "type", "layout") if name in front)
    has_speaker = any(field.name is FieldName.SPEAKERS for field in talk_fields(front))
    return "title" in front and (has_speaker or any(map(parse_kind, kinds)))


def parse_note_field(line: Line) -> tuple[str, FieldValue] | None:
    """Read a line under a post's heading as a field of the note."""
    match = _match(line)
    label = _key(match["label"]) if match else ""
    key = label if label in NOTE_KEYS else _note_keys().get(label, "")
    return (key, line.find(match["value"] or "")) if match and key else None


@cache
def _note_keys() -> Mapping[str, str]:
    labels = ((label, name) for name in _TRANSLATED_KEYS for label in phrases(f"fields.{name}"))
    ambiguous = _ambiguous_labels()
    return {label.casefold(): n for label, n in labels if label.casefold() not in ambiguous}


def parse_post_fields(lines: Sequence[Line]) -> list[tuple[str, FieldValue]]:
    """Read the first paragraph of a note as fields of the post it was, if it is nothing else."""
    found = [value for line in lines if (value := parse_note_field(line))]
    of_post = len(found) == len(lines) and all(name in _OF_POST for name, _ in found)
    return found if of_post else []


def _match(line: Line) -> re.Match[str] | None:
    if not _SEPARATOR.search(line.text[:40]):
        return None
    return _FIELD.match(_bare(line.text) if line.text[0] in "<[({" else line.text)


def _bare(text: str) -> str:
    """Return a field line without the brackets around it, or the tags around its label."""
    if _BRACKETS.get(text[0]) == text[-1]:
        return text[1:-1]
    label, *rest = _SEPARATOR.split(_TAGS.sub("", text, count=1), maxsplit=1)
    value = _VALUE.fullmatch(rest[0]) if rest and text[0] == "<" else None
    return f"{_TAGS.sub('', label)}: {value[1]}" if value else text


def correct_label(line: Line) -> str:
    """Return the label that ``line`` seems to begin with one or two letters off, or nothing."""
    match = _match(line)
    label = _key(match["label"]) if match else ""
    if match is None or not match["value"] or len(label) < _MIN_LETTERS or label in _names():
        return ""
    from rapidfuzz.distance import OSA  # slow to import, and a cached note needs none

    has_url = "://" in match["value"]
    for name, right in _CORRECTED_LABELS.items():
        if has_url or name not in {FieldName.VIDEO, FieldName.SLIDES}:
            for known in right.split():
                slips = 1 + (len(known) > 6)
                if known[0] == label[0] and OSA.distance(label, known, score_cutoff=slips) <= slips:
                    return known.capitalize()
    return ""


def looks_like_field(line: Line) -> bool:
    """Return True if ``line`` is a field, one whose label is misspelt, or names who took notes."""
    is_field = parse_field(line) is not None or bool(correct_label(line))
    return is_field or names_note_taker(line.text)


def names_note_taker(text: str) -> bool:
    """Return True if ``text`` says who has typed the notes; that is no speaker."""
    return bool(compile_phrases(_NOTE_TAKER).match(text))


def names_chair(text: str) -> bool:
    """Return True if ``text`` says who leads the session; that is no speaker."""
    return bool(compile_phrases(r"(?i)^\W{0,3}<people.chairs>\W{0,3}[:：]").match(text))


def names_speakers(line: Line) -> bool:
    """Return True if ``line`` is a field of speakers, empty or misspelt ones included."""
    value = parse_field(line)
    return value.name is FieldName.SPEAKERS if value else correct_label(line) in _SPEAKER_LABELS


def labels_speakers(text: str) -> bool:
    """Return True if ``text`` is a label above speakers: ``Presenters``, ``Who?``, ``発表者``."""
    label = text.strip(" :：?")
    return field_of(label) is FieldName.SPEAKERS or normalize(label) in phrase_set(
        "columns.speakers"
    )


def split_topics(value: FieldValue) -> tuple[FieldValue, ...]:
    """Return each topic of a ``Topics:`` line with its own column."""
    return tuple(
        FieldValue(value.line, value.column + match.start(), match.group().strip())
        for match in re.finditer(r"[^,;、，\s][^,;、，]*", value.text)
    )
