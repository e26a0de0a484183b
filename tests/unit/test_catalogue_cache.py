"""What is kept between runs: it changes no answer, whatever becomes of it."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from confnotes.catalogue import Catalogue, cache, load_catalogue, people, read_files
from confnotes.notes import pipeline

Make = Callable[[dict[str, str]], Catalogue]
A = "years/2031/kettle-days/monday-a.txt"
B = "years/2031/kettle-days/monday-b.txt"
NOTE = "Kettle Days 2031 – Monday\n\nQueues – Bo Larsson\n\n• one\n"
FILES = {A: NOTE, B: NOTE.replace("Queues – Bo Larsson", "Spouts – Ana Ruiz")}


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the paths of the files whose bytes are read from now on."""
    paths: list[str] = []

    def read_file(path: Path, root: Path) -> bytes:
        paths.append(path.relative_to(root).as_posix())
        return path.read_bytes()

    monkeypatch.setattr(read_files, "read_file", read_file)
    return paths


@pytest.fixture
def parsed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the paths of the notes that are parsed from now on."""
    paths: list[str] = []
    read_note = pipeline.read_note

    def counted(data: bytes, path: str, **known: object) -> object:
        paths.append(path)
        return read_note(data, path, **known)  # type: ignore[arg-type]

    monkeypatch.setattr(pipeline, "read_note", counted)
    return paths


@pytest.fixture
def settled(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the tests' files be old enough for their times to tell of any change."""
    monkeypatch.setattr(read_files, "_RESOLUTION", -1)


def test_only_an_edited_note_is_parsed_again(
    tmp_path: Path, catalogue_of: Make, parsed: list[str]
) -> None:
    catalogue_of(FILES)
    kept = tmp_path / "kept"
    load_catalogue(tmp_path, cache=kept)
    parsed.clear()
    load_catalogue(tmp_path, cache=kept)
    assert parsed == []
    (tmp_path / A).write_text(f"{NOTE}• two\n", encoding="utf-8")
    load_catalogue(tmp_path, cache=kept)
    assert set(parsed) == {A}


@pytest.mark.usefixtures("settled")
def test_a_file_whose_stat_is_as_before_is_not_read(
    tmp_path: Path, catalogue_of: Make, read: list[str]
) -> None:
    catalogue_of(FILES)
    kept = tmp_path / "kept"
    load_catalogue(tmp_path, cache=kept, by_stat=True)
    read.clear()
    load_catalogue(tmp_path, cache=kept, by_stat=True)
    assert read == []
    load_catalogue(tmp_path, cache=kept)
    assert read == [A, B]


@pytest.mark.usefixtures("settled")
def test_new_bytes_of_the_old_size_and_time_are_noticed(tmp_path: Path, catalogue_of: Make) -> None:
    catalogue_of(FILES)
    path, kept = tmp_path / A, tmp_path / "kept"
    load_catalogue(tmp_path, cache=kept, by_stat=True)
    before = path.stat()
    path.write_text(NOTE.replace("Queues", "Valves"), encoding="utf-8")
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert [talk.title for talk in load_catalogue(tmp_path, cache=kept, by_stat=True).talks] == [
        "Valves",
        "Spouts",
    ]


def test_a_file_that_was_just_written_is_read_again(
    tmp_path: Path, catalogue_of: Make, read: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    catalogue_of(FILES)
    kept = tmp_path / "kept"
    load_catalogue(tmp_path, cache=kept, by_stat=True)
    read.clear()
    load_catalogue(tmp_path, cache=kept, by_stat=True)
    assert read == [A, B]
    later = max((tmp_path / name).stat().st_ctime_ns for name in FILES) + 3_000_000_000
    monkeypatch.setattr(read_files.time, "time_ns", lambda: later)
    load_catalogue(tmp_path, cache=kept, by_stat=True)
    read.clear()
    load_catalogue(tmp_path, cache=kept, by_stat=True)
    assert read == []


def test_a_note_that_others_know_is_read_anew(tmp_path: Path, catalogue_of: Make) -> None:
    """The second note tells that the name in the first is a person's."""
    head = "Kettle Days 2031 – Monday – Session 1\n\n"
    catalogue_of({A: f"{head}Copper – Marietta Kowalczyk\n\n• one\n"})
    kept = tmp_path / "kept"
    load_catalogue(tmp_path, cache=kept)
    catalogue_of(
        {
            B: f"{head}Steam\nSpeakers: Copper Kettle\n\n• one\n",
            A: f"{head}Copper Kettle\n\n• one\n",
        }
    )
    assert load_catalogue(tmp_path, cache=kept).notes == load_catalogue(tmp_path).notes


def test_a_note_that_is_sure_of_its_people_is_read_once(
    catalogue_of: Make, parsed: list[str]
) -> None:
    catalogue_of(FILES | {A.replace("-a", "-c"): NOTE.replace("Queues", "Kettles")})
    assert len(parsed) == 3  # two of them by a speaker whom another note makes known


def test_people_are_merged_again_when_a_page_changes(
    tmp_path: Path, catalogue_of: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    catalogue_of(FILES)
    kept = tmp_path / "kept"
    before = load_catalogue(tmp_path, cache=kept)
    with monkeypatch.context() as patch:
        patch.delattr(people, "merge_people")
        assert load_catalogue(tmp_path, cache=kept).people == before.people
    catalogue_of({"speakers/bo-larsson.md": "---\nname: Bo L.\naliases: [Bo Larsson]\n---\n"})
    assert load_catalogue(tmp_path, cache=kept).people["bo-larsson"].name == "Bo L."


def test_what_is_gone_is_forgotten(tmp_path: Path, catalogue_of: Make) -> None:
    catalogue_of(FILES)
    kept = tmp_path / "kept"
    load_catalogue(tmp_path, cache=kept)
    (tmp_path / B).unlink()
    (tmp_path / A).write_text(f"{NOTE}• two\n", encoding="utf-8")
    load_catalogue(tmp_path, cache=kept)
    database = sqlite3.connect(kept)
    counts = {
        table: database.execute(f"SELECT count(*) FROM {table}") for table in cache.CacheTable
    }
    assert {table: count.fetchone()[0] for table, count in counts.items()} == {
        cache.CacheTable.PAGE: 0,
        cache.CacheTable.NAMES: 1,
        cache.CacheTable.NOTE: 1,
        cache.CacheTable.SUMMARY: 1,
        cache.CacheTable.TOPICS: 1,
        cache.CacheTable.PEOPLE: 1,
        cache.CacheTable.POSTINGS: 0,
    }
    assert database.execute("SELECT path FROM file").fetchall() == [(A,)]
    database.close()


@pytest.mark.parametrize("left", [0, 1, 100, 5000, 9000])
def test_a_database_that_was_cut_costs_time_only(
    tmp_path: Path, catalogue_of: Make, left: int, parsed: list[str]
) -> None:
    plain = catalogue_of({**FILES, B: NOTE + "• a line\n" * 800})
    kept = tmp_path / "kept"
    load_catalogue(tmp_path, cache=kept)
    kept.write_bytes(kept.read_bytes()[:left])
    for _ in range(2):
        assert load_catalogue(tmp_path, cache=kept, by_stat=True).notes == plain.notes
    parsed.clear()
    assert load_catalogue(tmp_path, cache=kept, by_stat=True).notes == plain.notes
    assert parsed == []


def test_damaged_values_are_made_again(tmp_path: Path, catalogue_of: Make) -> None:
    plain = catalogue_of(FILES)
    kept = tmp_path / "kept"
    load_catalogue(tmp_path, cache=kept)
    database = sqlite3.connect(kept)
    for table in cache.CacheTable:
        database.execute(f"UPDATE {table} SET value = substr(value, 1, 20)")
    database.commit()
    database.close()
    for _ in range(2):
        assert load_catalogue(tmp_path, cache=kept, by_stat=True).notes == plain.notes


def test_values_of_other_code_are_not_used(
    tmp_path: Path, catalogue_of: Make, parsed: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    catalogue_of(FILES)
    kept = tmp_path / "kept"
    load_catalogue(tmp_path, cache=kept)
    parsed.clear()
    monkeypatch.setattr(cache, "extension_digest", lambda: 1)
    load_catalogue(tmp_path, cache=kept)
    assert set(parsed) == {A, B}


def test_a_database_that_somebody_writes_to_is_not_waited_for_long(
    tmp_path: Path, catalogue_of: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cache, "_TIMEOUT", 0.01)
    plain = catalogue_of(FILES)
    kept = tmp_path / "kept"
    load_catalogue(tmp_path, cache=kept)
    other = sqlite3.connect(kept, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    assert load_catalogue(tmp_path, cache=kept).notes == plain.notes
    other.close()
    assert kept.stat().st_size > 0


def test_a_place_that_cannot_be_written_is_no_fault(tmp_path: Path, catalogue_of: Make) -> None:
    plain = catalogue_of(FILES)
    (tmp_path / "taken").write_text("", encoding="utf-8")
    assert load_catalogue(tmp_path, cache=tmp_path / "taken" / "kept").notes == plain.notes
    assert load_catalogue(tmp_path, cache=tmp_path).notes == plain.notes
