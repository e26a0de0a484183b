"""``confnotes export``."""

from __future__ import annotations

import csv
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from confnotes.catalogue import load_catalogue
from confnotes.cli import main
from confnotes.cli.commands import export
from confnotes.exports import Site
from confnotes.exports.tables import tables

GUIDE = (Path(__file__).parents[2] / "guide/tables.md").read_text(encoding="utf-8")
KETTLES = (
    "Kettle Days {year} – Monday\n\nKettles in boxes – {who} (Acme)\n"
    "Slides: https://kettles.example/s\n\n* =1+1, *hot*\n* “Tëa”, with milk\n"
)
FILES = {
    "conf.py": "",
    "topics/containers.md": "---\nphrases: [box, boxes]\n---\n# Containers\n",
    "speakers/ana-ruiz.md": "---\naliases: [A. Ruiz]\n---\n# Ana Ruiz\n",
    "years/2016/kettle-days/programme.json": """{"event": "KD", "talks": [
{"id": "k-1", "title": "Kettles in boxes", "speakers": ["Bo Li"], "minutes": 45, "cancelled": true},
{"id": "k-2", "title": "Lids"}]}""",
    "years/2015/kettle-days/monday.txt": KETTLES.format(year=2015, who="Ana Ruiz"),
    "years/2016/kettle-days/monday.txt": KETTLES.format(year=2016, who="Bo Li"),
}


@pytest.fixture
def database(project: Path) -> Iterator[sqlite3.Connection]:
    assert main(["export"]) == 0
    with closing(sqlite3.connect(project / "_build/data/confnotes.db")) as database:
        yield database


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_who_spoke_on_containers_in_2015(database: sqlite3.Connection) -> None:
    """The query is the one that ``--help`` and the guide show."""
    assert export.__doc__
    query = export.__doc__.partition("in 2015:\n")[2].partition("\n\n")[0]
    assert database.execute(query).fetchall() == [("Ana Ruiz",)]
    assert re.sub(r"^  ", "", query, flags=re.MULTILINE) in GUIDE


@pytest.mark.parametrize("words", ["tea", "TËA milk", "hot", "kettles", "text : milk"])
def test_full_text_search(database: sqlite3.Connection, words: str) -> None:
    query = (
        "SELECT year FROM talks WHERE rowid IN"
        " (SELECT rowid FROM talks_fts WHERE talks_fts MATCH ?) ORDER BY year"
    )
    assert database.execute(query, (words,)).fetchall() == [(2015,), (2016,)]


def test_what_was_announced_and_missed(database: sqlite3.Connection) -> None:
    query = "SELECT announced, talk, minutes, cancelled FROM programme WHERE event = ?"
    assert database.execute(query, ("2016/kettle-days",)).fetchall() == [
        ("k-1", "years/2016/kettle-days/monday#kettles-in-boxes", 45, 1),
        ("k-2", None, 0, 0),
    ]
    assert database.execute("SELECT name FROM programme_speakers").fetchall() == [("Bo Li",)]


def test_every_reference_leads_to_a_row(database: sqlite3.Connection) -> None:
    names = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '%fts%'"
    found = {name for (name,) in database.execute(names)}
    linked = {
        name for name in found if database.execute(f"PRAGMA foreign_key_list({name})").fetchall()
    }
    assert linked == found - {"events", "speakers"}
    assert database.execute("PRAGMA foreign_key_check").fetchall() == []


def test_csv_files_have_the_rows_of_the_database(database: sqlite3.Connection) -> None:
    database.row_factory = sqlite3.Row
    found = list(Path("_build/data").glob("*.csv"))
    assert len(found) == 14
    for path in found:
        kept = [dict(row) for row in database.execute(f'SELECT * FROM "{path.stem}"')]
        as_text = [{key: "" if v is None else str(v) for key, v in row.items()} for row in kept]
        assert rows(path) == as_text
    assert rows(Path("_build/data/talks.csv"))[0]["text"] == "=1+1, hot\n“Tëa”, with milk"


def test_addresses_are_whole_where_the_site_has_one(project: Path) -> None:
    assert main(["export", "out", "--base-url", "https://notes.example/site"]) == 0
    assert {row["url"] for row in rows(project / "out/speakers.csv")} == {
        "https://notes.example/site/speakers/ana-ruiz.html",
        "https://notes.example/site/speakers/bo-li.html",
    }


@pytest.mark.parametrize("address", ["javascript:alert(1)", "notes.example", "file:///srv/notes"])
def test_addresses_lead_to_the_web(
    project: Path, address: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["export", "out", "--base-url", address]) == 2
    assert f"{address} is no address; begin it with https://" in capsys.readouterr().err
    assert not (project / "out").exists()


def test_a_second_export_replaces_the_first_and_nothing_else(project: Path) -> None:
    assert main(["export", "out"]) == 0
    (project / "out/mine.csv").write_text("kept")
    (project / "years/2016/kettle-days/monday.txt").unlink()
    assert main(["export", "out"]) == 0
    with closing(sqlite3.connect("out/confnotes.db")) as database:
        assert database.execute("SELECT year FROM talks").fetchall() == [(2015,)]
    assert (project / "out/mine.csv").read_text() == "kept"
    assert len(list((project / "out").iterdir())) == 16


def test_a_project_without_notes_has_all_tables(tmp_path: Path) -> None:
    (tmp_path / "years").mkdir()
    assert main(["export", "--root", str(tmp_path), str(tmp_path / "out")]) == 0
    with closing(sqlite3.connect(tmp_path / "out/confnotes.db")) as database:
        assert database.execute("SELECT count(*) FROM talk_speakers").fetchall() == [(0,)]


def test_a_folder_that_cannot_be_written(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (project / "taken").write_text("kept")
    assert main(["export", "taken/out"]) == 2
    assert "confnotes: ‘taken/out’ cannot be written: " in capsys.readouterr().err


def test_the_guide_has_every_list(project: Path) -> None:
    found = tables(load_catalogue(project), Site("Notes", "", str))
    lists = [table for table in found if "id" not in table.columns and table.name != "programme"]
    section = GUIDE
    for table in lists:
        columns = ", ".join(f"`{name}`" for name in table.columns)
        assert f"| `{table.name}` | {columns} |" in section
