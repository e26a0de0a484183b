"""Field lines, ``Speakers: Ana Ruiz``: what an author says outright, which no guess overrules."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from rapidfuzz.distance import OSA

from confnotes.model import FieldValue, TalkKind
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


_LABELS: dict[FieldName, str] = {
    FieldName.SPEAKERS: "speaker speakers presenter presenters presented~by panelist panelists "
    "panellist panellists panel~members lecturer lecturers instructor instructors talk~by "
    "given~by hosts host speaker(s) presenter(s) speaker~name co-presenters co-speakers",
    FieldName.AFFILIATION: "affiliation affiliations company employer organisation organization",
    FieldName.TOPICS: "topic topics topic(s) tag tags keywords",
    FieldName.DATE: "date",
    FieldName.KIND: "kind type format",
    FieldName.VIDEO: "video videos recording video~link youtube",
    FieldName.SLIDES: "slides slide slide~deck deck slides~link speakerdeck slideshare",
    FieldName.MATERIAL: "code repo repository demo paper abstract link links website blog~post "
    "transcript talk~page session~page resources url github schedule",
}
_NAMES = {
    label.replace("~", " "): name for name, labels in _LABELS.items() for label in labels.split()
}
_AMBIGUOUS_LABELS = {
    "type",
    "format",
    "link",
    "links",
    "demo",
    "code",
    "deck",
    "tag",
    "resources",
    "host",
    "hosts",
    "topic",
    "company",
    "organisation",
    "organization",
    "employer",
}
_NOTE_LABELS = {"date", "tags", "keywords"}
"""Labels that are about the whole note where they stand in its front matter."""
_SPEAKER_LABELS = {"Speaker", "Speakers", "Presenter", "Presenters", "Panelists"}
_CORRECTED_LABELS = {
    FieldName.SPEAKERS: " ".join(sorted(_SPEAKER_LABELS)).casefold(),
    FieldName.AFFILIATION: "affiliation affiliations",
    FieldName.TOPICS: "topics keywords",
    FieldName.VIDEO: "video videos recording",
    FieldName.SLIDES: "slides",
}
"""Labels whose misspellings are reported: long ones, since many words are near to a short one."""
_LEAST_LETTERS = 5
_FIELD = re.compile(
    r"^(?:[-*+•]\s+)?(?P<open>\*\*|__|[*_:])?(?P<label>[A-Za-z][A-Za-z()-]*(?: [A-Za-z]+){0,2})"
    r"\s*(?:(?P<mark>\*\*|__|[*_])\s*:|:\s*(?P<inner>\*\*|__|[*_])|:)(?:\s+(?P<value>\S.*))?$"
)
_KINDS = {kind.value: kind for kind in TalkKind} | {
    "lightning": TalkKind.LIGHTNING,
    "tutorial": TalkKind.WORKSHOP,
    "qa": TalkKind.QUESTIONS,
    "panel discussion": TalkKind.PANEL,
    "presentation": TalkKind.TALK,
}


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
        return self.is_unambiguous and self.label[0].isupper()


def parse_field(line: Line) -> Field | None:
    """Read ``line`` as a field, or return nothing."""
    if ":" not in line.text[:40]:
        return None
    match = _FIELD.match(line.text)
    if match is None:
        return None
    name = _NAMES.get(match["label"].casefold())
    if name is None:
        return None
    value = match["value"] or ""
    for mark in ("**", "__", "*", "_"):
        if match["open"] == mark and value.endswith(mark) and not (match["mark"] or match["inner"]):
            value = value.removesuffix(mark)
    column = line.raw.rfind(value) + 1 if value else len(line.raw) + 1
    plain = match["label"].casefold() not in _AMBIGUOUS_LABELS
    return Field(name, match["label"], FieldValue(line.number, max(column, 1), value), plain)


def talk_fields(stated: Mapping[str, FieldValue]) -> tuple[Field, ...]:
    """Return the fields of a note, by name, that are about its only talk."""
    found = []
    for key, value in stated.items():
        label = key.replace("_", " ").replace("-", " ")
        name = None if label in _NOTE_LABELS else _NAMES.get(label)
        if name is not None and label not in _AMBIGUOUS_LABELS and value.text:
            found.append(Field(name, label, value))
    return tuple(found)


def correct_label(line: Line) -> str:
    """Return the label that ``line`` seems to begin with one or two letters off, or nothing."""
    match = _FIELD.match(line.text) if ":" in line.text[:40] else None
    label = match["label"].casefold() if match else ""
    if match is None or not match["value"] or len(label) < _LEAST_LETTERS or label in _NAMES:
        return ""
    has_url = "://" in match["value"]
    for name, right in _CORRECTED_LABELS.items():
        if has_url or name not in {FieldName.VIDEO, FieldName.SLIDES}:
            for known in right.split():
                slips = 1 + (len(known) > 6)
                if known[0] == label[0] and OSA.distance(label, known, score_cutoff=slips) <= slips:
                    return known.capitalize()
    return ""


def looks_like_field(line: Line) -> bool:
    """Return True if ``line`` is a field, or one whose label is misspelt."""
    return parse_field(line) is not None or bool(correct_label(line))


def names_speakers(line: Line) -> bool:
    """Return True if ``line`` is a field of speakers, empty or misspelt ones included."""
    value = parse_field(line)
    return value.name is FieldName.SPEAKERS if value else correct_label(line) in _SPEAKER_LABELS


def parse_kind(value: str) -> TalkKind | None:
    """Return the kind that a ``Kind:`` field names."""
    return _KINDS.get(value.strip().rstrip("s").casefold()) or _KINDS.get(value.strip().casefold())


def split_topics(value: FieldValue) -> tuple[FieldValue, ...]:
    """Return each topic of a ``Topics:`` line with its own column."""
    return tuple(
        FieldValue(value.line, value.column + match.start(), match.group().strip())
        for match in re.finditer(r"[^,;\s][^,;]*", value.text)
    )
