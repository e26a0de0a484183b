"""Tables as CSV, and as an SQLite database with full-text search, as Datasette serves it."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from pathlib import Path

from confnotes.exports.tables import Table

SEARCHED = {
    "talks": ["title", "text"],
    "speakers": ["name"],
    "topics": ["title"],
    "events": ["name", "series", "place"],
}
"""The columns of each table that full-text search looks at."""
_TOKENIZE = "unicode61 remove_diacritics 2"


def render_csv(table: Table) -> str:
    """Return a header and one row a line."""
    text = io.StringIO()
    writer = csv.DictWriter(text, [*table.columns], lineterminator="\n")
    writer.writeheader()
    writer.writerows(table.rows)
    return text.getvalue()


def write_database(tables: Iterable[Table], path: Path) -> None:
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
