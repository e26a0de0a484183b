"""The catalogue as tables, in CSV files and in an SQLite database with full-text search.

``talks``, ``speakers``, ``topics`` and ``events`` have a row for each record of the JSON files.
``talk_speakers``, ``talk_topics``, ``speaker_aliases`` and the like have a row for each value of a
list. A list that is the inverse of another, as the talks of a speaker, has no table.
``programme`` has the announced talks.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, get_args, get_origin, get_type_hints, is_typeddict

from confnotes.catalogue import Catalogue, NoteEntry
from confnotes.catalogue.programme import ScheduledTalk
from confnotes.catalogue.programme_match import noted_talks
from confnotes.exports.api import FILES
from confnotes.exports.site import Site
from confnotes.notes.syntax.inline import plain_lines
from confnotes.pages.cross_references import event_name

REFERENCES = {
    "event": "events", "parent": "topics", "speaker": "speakers", "talk": "talks",
    "topic": "topics",
}  # fmt: skip
"""Columns that hold an ``id``, by name, and the table that has it."""
_SINGULAR = {"aliases": "alias", "phrases": "phrase", "speakers": "speaker", "topics": "topic"}
SEARCHED = {
    "talks": ["title", "text"],
    "speakers": ["name"],
    "topics": ["title"],
    "events": ["name", "series", "place"],
}
"""The columns of each table in its full-text index."""
_TOKENIZE = "unicode61 remove_diacritics 2"


@dataclass(frozen=True, kw_only=True)
class ExportTable:
    """``columns`` are the types by name; a table has an ``id`` or is a list of another's."""

    name: str
    columns: Mapping[str, type]
    rows: tuple[Mapping[str, Any], ...]

    @property
    def references(self) -> list[tuple[str, str]]:
        """The columns that refer to a row of a table, and that table."""
        return [(name, REFERENCES[name]) for name in self.columns if name in REFERENCES]


def tables(catalogue: Catalogue, site: Site) -> Iterator[ExportTable]:
    """Yield each table after the tables that its columns refer to."""
    bodies = dict(_bodies(catalogue.notes.values()))
    lists = []
    for name, (record_type, make) in reversed([*FILES.items()]):
        found = [*make(catalogue, site)]
        hints = get_type_hints(record_type)
        is_list = {field: get_origin(hint) is list for field, hint in hints.items()}
        columns = {field: _column(hint) for field, hint in hints.items() if not is_list[field]}
        rows = [{field: record[field] for field in columns} for record in found]
        if name == "talks":
            columns["text"] = str
            rows = [row | {"text": bodies[row["id"]]} for row in rows]
        yield ExportTable(name=name, columns=columns, rows=tuple(rows))
        lists += [
            _list_table(name.removesuffix("s"), field, get_args(hint)[0], found)
            for field, hint in hints.items()
            if is_list[field] and field != "talks"
        ]
    yield from lists
    yield from _programmes(catalogue)


def _programmes(catalogue: Catalogue) -> Iterator[ExportTable]:
    """Yield the tables of announced talks; ``talk`` is the matching noted one."""
    columns: dict[str, type] = {"event": str, "announced": str, "talk": str}
    hints = {name: hint for name, hint in get_type_hints(ScheduledTalk).items() if name != "id"}
    columns |= {name: _column(hint) for name, hint in hints.items() if name != "speakers"}
    rows: list[dict[str, Any]] = []
    speakers = []
    for event, programme in catalogue.programmes.items():
        noted = noted_talks(catalogue).get(event, {})
        for talk in programme.talks:
            key = {"event": event_name(event), "announced": talk.id}
            values = asdict(talk)
            rows.append(
                key
                | {"talk": noted.get(talk.id)}
                | {name: columns[name](values[name]) for name in columns if name in values}
            )
            speakers += [{**key, "name": name} for name in talk.speakers]
    yield ExportTable(name="programme", columns=columns, rows=tuple(rows))
    names = dict.fromkeys(("event", "announced", "name"), str)
    yield ExportTable(name="programme_speakers", columns=names, rows=tuple(speakers))


def _list_table(
    owner: str, field: str, hint: Any, records: Iterable[Mapping[str, Any]]
) -> ExportTable:
    """Return the table of the values in the list ``field`` of the records of an ``owner``."""
    name = _SINGULAR.get(field, field)
    columns: dict[str, type] = {owner: str}
    if is_typeddict(hint):
        names = {key: name if key == "id" else key for key in get_type_hints(hint)}
        columns |= {names[key]: _column(one) for key, one in get_type_hints(hint).items()}
        rows = [
            {owner: record["id"]} | {names[key]: value for key, value in values.items()}
            for record in records
            for values in record[field]
        ]
    else:
        columns[name] = _column(hint)
        rows = [{owner: record["id"], name: value} for record in records for value in record[field]]
    return ExportTable(name=f"{owner}_{field}", columns=columns, rows=tuple(rows))


def _column(hint: Any) -> type:
    return int if hint in (int, bool) else str


def _bodies(notes: Iterable[NoteEntry]) -> Iterator[tuple[str, str]]:
    """Yield each talk's id and the text of its notes."""
    for note in notes:
        for talk in note.talks:
            text = plain_lines(talk.talk.body, note.note.markup)
            yield talk.object_name, "\n".join(text)


def render_csv(table: ExportTable) -> str:
    """Return a header and one row a line."""
    text = io.StringIO()
    writer = csv.DictWriter(text, [*table.columns], lineterminator="\n")
    writer.writeheader()
    writer.writerows(table.rows)
    return text.getvalue()


def write_database(tables: Iterable[ExportTable], path: Path) -> None:
    """Write a new database; columns that refer to a table are foreign keys, with an index."""
    from sqlite_utils import Database

    with Database(path) as database:
        for table in tables:
            key = "id" if "id" in table.columns else None
            keys = [(column, other, "id") for column, other in table.references]
            made = database.table(table.name)
            made.create(dict(table.columns), pk=key, foreign_keys=keys)
            made.insert_all(map(dict, table.rows))
            for column, _other, _id in keys:
                made.create_index([column])
            if searched := SEARCHED.get(table.name):
                made.enable_fts(searched, tokenize=_TOKENIZE)
        database.vacuum()
