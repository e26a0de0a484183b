"""The tables of languages: read and checked once, when a word is first looked up."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from confnotes.suggest import did_you_mean

KEYS = frozenset(
    """
    name common_words numbers
    names.particles names.stop_words names.titles names.titles_after names.given names.family
    names.languages
    fields.speakers fields.affiliation fields.topics fields.date fields.kind fields.video
    fields.slides fields.material fields.also_at fields.event fields.session fields.day fields.place
    fields.ambiguous
    people.joiners people.by people.with people.at people.verbs people.roles
    people.words_of_roles people.organisations people.groups
    people.unnamed people.chairs people.notes_by people.note_takers people.co_presenters
    people.before_by
    dates.day dates.weekdays dates.short_weekdays dates.parts_of_day dates.months
    dates.ordinal_endings dates.of dates.units dates.published
    sessions.session sessions.before sessions.after sessions.room sessions.event_words
    sessions.report sessions.around_report
    kinds.keynote kinds.lightning kinds.panel kinds.workshop kinds.questions kinds.labels
    kinds.titled kinds.before kinds.counted kinds.occasions kinds.breaks
    headings.parts headings.counted headings.talks headings.groups headings.around_groups
    headings.missed headings.states headings.before_titles headings.about headings.below
    paths.folders paths.sessions
    columns.title columns.speakers
    pages.menu pages.sharing pages.navigation pages.length pages.comments pages.around
    pages.photos
    pages.credits
    """.split()
)
"""What a table may have; the guide explains each key."""
_LENGTHS = {
    "dates.months": 12,
    "dates.weekdays": 7,
    "dates.parts_of_day": 3,
    "dates.units": 3,
    "numbers": 7,
}
_COMMA = re.compile(r"\s*,\s*")


class LanguageError(ValueError):
    """A table of a language has an error: the file, the key, and what to write instead."""


@dataclass(frozen=True, slots=True)
class Language:
    """One table; ``code`` is the BCP 47 tag of the language, ``entries`` phrases by key."""

    code: str
    entries: Mapping[str, tuple[str, ...]]

    def phrases(self, key: str) -> tuple[str, ...]:
        return self.entries.get(key, ())


@cache
def languages() -> tuple[Language, ...]:
    """Return the tables of all languages, English first."""
    tables = [read_language(file) for file in Path(__file__).parent.glob("*.toml")]
    return tuple(sorted(tables, key=lambda table: (table.code != "en", table.code)))


@cache
def phrases(key: str) -> tuple[str, ...]:
    """Return the phrases that all languages have for ``key``, each once."""
    return tuple(dict.fromkeys(phrase for table in languages() for phrase in table.phrases(key)))


def read_language(file: Path) -> Language:
    """Read and check the table ``de.toml``."""
    try:
        table = tomllib.loads(file.read_text("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise LanguageError(f"{file.name}: {error}") from error
    entries = {}
    for key, value in _flat(table):
        place = f"{file.name}: {key}"
        if key not in KEYS:
            raise LanguageError(
                f"{place} is unknown; {did_you_mean(key, sorted(KEYS)) or 'remove it'}"
            )
        if not isinstance(value, str):
            raise LanguageError(f"{place} is no text; write phrases with commas between them")
        found = tuple(_COMMA.split(value.strip().removesuffix(",")))
        if not all(found):
            raise LanguageError(f"{place} has an empty phrase; remove a comma")
        if len(found) != _LENGTHS.get(key, len(found)):
            raise LanguageError(f"{place} has {len(found)} phrases; write {_LENGTHS[key]}")
        entries[key] = found
    for key in ("name", "common_words"):
        if key not in entries:
            raise LanguageError(f"{file.name}: {key} is missing; add it")
    return Language(file.name.removesuffix(".toml"), entries)


def _flat(table: Mapping[str, object]) -> Iterator[tuple[str, object]]:
    for key, value in table.items():
        if isinstance(value, dict):
            yield from ((f"{key}.{inner}", text) for inner, text in value.items())
        else:
            yield key, value
