"""``confnotes show``."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from confnotes.catalogue import load_catalogue
from confnotes.cli import main

NOTE = """\
Kettle Days 2031 – Day 2 – Session 1

Queues that never fill – Marietta Kowalczyk
Slides: https://example.org/queues.pdf

  • Why queues fill
    • arrivals come in bunches
  • Pelle Lindqvist is co-presenting
Share
"""


FILES = {
    "conf.py": "",
    "topics/queues.md": "---\ntitle: Queues\nphrases: [queue, queues]\n---\n",
    "years/2031/kettle-days/index.md": "---\nname: Kettle Days 2031\nstart: 2031-05-12\n---\n",
    "years/2031/kettle-days/day-2-session-1.txt": NOTE,
}
FILE = "years/2031/kettle-days/day-2-session-1.txt"


def test_json_is_the_contract(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["show", "--json", FILE]) == 0
    (note,) = json.loads(capsys.readouterr().out)
    assert {name: note[name] for name in ("path", "line", "title", "event", "series", "year")} == {
        "path": FILE,
        "line": 1,
        "title": "Kettle Days 2031 – Day 2 – Session 1",
        "event": "Kettle Days 2031",
        "series": "Kettle Days",
        "year": 2031,
    }
    assert (note["day"], note["date"], note["session"]) == ("Day 2", "2031-05-13", "Session 1")
    assert [(one["line"], one["text"]) for one in note["dropped"]] == [(9, "Share")]
    assert note["problems"] == []
    (talk,) = note["talks"]
    assert (talk["line"], talk["title"], talk["kind"]) == (3, "Queues that never fill", "talk")
    assert [(one["name"], one["affiliation"]) for one in talk["speakers"]] == [
        ("Marietta Kowalczyk", ""),
        ("Pelle Lindqvist", ""),
    ]
    assert talk["topics"] == ["Queues"]
    assert talk["body_lines"] == 3
    assert talk["body"] == [
        {"line": 6, "depth": 1, "text": "Why queues fill"},
        {"line": 7, "depth": 2, "text": "arrivals come in bunches"},
        {"line": 8, "depth": 1, "text": "Pelle Lindqvist is co-presenting"},
    ]
    assert talk["materials"] == [
        {"line": 4, "url": "https://example.org/queues.pdf", "label": "Slides"}
    ]
    assert [(one["line"], one["code"]) for one in talk["guesses"]] == [(8, "co-presenter")]


def test_problems_in_json(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    note = NOTE.replace("Slides: https://example.org/queues.pdf", "Date: 2031-02-30")
    Path("years/2031/kettle-days/b.txt").write_text(note, "utf-8")
    main(["show", "--json", "years/2031/kettle-days/b.txt"])
    (note,) = json.loads(capsys.readouterr().out)
    (problem,) = note["problems"]
    assert (problem["line"], problem["code"], problem["severity"]) == (4, "bad-date", "error")
    assert {"column", "message", "suggestion"} <= problem.keys()


def test_outline(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["show", FILE]) == 0
    said = capsys.readouterr().out
    assert "Kettle Days 2031 · Day 2 = 2031-05-13 · Session 1" in said
    assert "     3  Queues that never fill\n        speaker  Marietta Kowalczyk\n" in said
    assert "topic    Queues  ‘Queues’ in line 3" in said
    assert "line 8: • Pelle Lindqvist is co-presenting" in said
    assert "line 9: Share  (sharing links of a blog)" in said
    assert "\x1b" not in said


def test_a_dump_of_posts_shows_each(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    dump = tmp_path / "dump.txt"
    dump.write_text(NOTE + "\n" + NOTE.replace("Session 1", "Session 2"), encoding="utf-8")
    main(["show", "--json", str(dump)])
    notes = json.loads(capsys.readouterr().out)
    assert [note["session"] for note in notes] == ["Session 1", "Session 2"]


def test_what_is_piped_in(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(NOTE.encode())))
    assert main(["show", "-"]) == 0
    assert "Marietta Kowalczyk" in capsys.readouterr().out


def test_a_file_that_is_not_there(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["show", "no-such-note.txt"]) == 2
    assert "confnotes: no-such-note.txt: No such file or directory" in capsys.readouterr().err


@pytest.mark.parametrize("data", [b"", b"\xff\xfe\x00", b"\x00" * 9, b"- " * 500])
def test_any_bytes_are_shown(
    data: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "note.txt").write_bytes(data)
    assert main(["show", str(tmp_path / "note.txt")]) == 0
    assert main(["show", "--json", str(tmp_path / "note.txt")]) == 0


OPENED = """
import sys
opened = []
sys.addaudithook(lambda event, args: opened.append(str(args[0])) if event == "open" else None)
from confnotes.catalogue import read_files
from confnotes.cli import main
read_files._RESOLUTION = -1
status = main(["show", sys.argv[1]])
print(status, sorted({path for path in opened if path.startswith((sys.argv[2], "years"))}))
"""


def test_once_read_only_the_settings_and_the_file_that_is_shown_are_opened(project: Path) -> None:
    other = NOTE.replace("Session 1", "Session 2")
    (project / "years/2031/kettle-days/other.txt").write_text(other, encoding="utf-8")
    command = [sys.executable, "-c", OPENED, FILE, str(project)]
    said = [
        subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()
        for _ in range(2)
    ]
    assert "other.txt" in said[0].pop()
    assert said[1].pop() == f"0 {[str(project / 'conf.py'), str(project / FILE)]}"
    assert said[0] == said[1]


def test_a_note_of_the_project_is_shown_as_it_is_built(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """What a note alone is unsure of is not known to itself as a name."""
    path = project / "years/2031/kettle-days/unsure.txt"
    path.write_text("Kettle Days 2031 – Day 2\n\nSteam, Marietta\n\n• one\n", encoding="utf-8")
    built = load_catalogue(project).notes["years/2031/kettle-days/unsure"].note
    main(["show", "--json", str(path)])
    (shown,) = json.loads(capsys.readouterr().out)
    assert [one["title"] for one in shown["talks"]] == [talk.title for talk in built.talks]
    assert [one["message"] for talk in shown["talks"] for one in talk["guesses"]] == [
        guess.message for talk in built.talks for guess in talk.guesses
    ]


def test_a_cache_that_others_can_write_to_is_not_used(
    project: Path, cache_home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = cache_home / "confnotes"
    folder.mkdir(parents=True)
    folder.chmod(0o777)
    assert main(["show", FILE]) == 0
    assert list(folder.iterdir()) == []
    folder.chmod(0o700)
    assert main(["show", FILE]) == 0
    assert [path.suffix for path in folder.iterdir()] == [".sqlite"]


def test_without_a_place_for_a_cache_all_is_read(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["show", FILE])
    usual = capsys.readouterr().out
    monkeypatch.setenv("XDG_CACHE_HOME", "/dev/null/cache")
    assert main(["show", FILE]) == 0
    assert capsys.readouterr().out == usual


def test_nothing_is_written_into_the_project(project: Path) -> None:
    before = sorted(project.rglob("*"))
    main(["show", FILE])
    main(["check"])
    assert sorted(project.rglob("*")) == before


def test_one_bad_file_does_not_hide_the_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("good.txt").write_text("Of kettles – Ana Ruiz\n\n• steam\n", encoding="utf-8")
    Path("circle.txt").symlink_to("circle.txt")
    Path("zero").symlink_to("/dev/zero")
    Path("talk.tex").write_text("* Of kettles\n", encoding="utf-8")
    assert main(["show", "circle.txt", "zero", "talk.tex", "good.txt"]) == 2
    said = capsys.readouterr()
    assert said.err.splitlines() == [
        "confnotes: circle.txt: Too many levels of symbolic links",
        "confnotes: zero: it is larger than 10 MB; split it",
        "confnotes: talk.tex: ‘.tex’ is not read; save it as .txt or .md",
    ]
    assert "Of kettles" in said.out


def test_a_project_shows_only_files_that_it_reads(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    folder = Path("years/2031/kettle-days")
    folder.mkdir(parents=True)
    Path("conf.py").touch()
    os.mkfifo(folder / "fifo.txt")
    (folder / "passwd.txt").symlink_to("/etc/passwd")
    assert main(["show", str(folder / "fifo.txt"), str(folder / "passwd.txt")]) == 2
    said = capsys.readouterr()
    assert "it is no regular file" in said.err
    assert "the link leads out of the project" in said.err
    assert "root:" not in said.out


def test_a_note_in_the_cache_is_not_read_again(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["show", FILE])
    first = capsys.readouterr()
    monkeypatch.setattr("confnotes.notes.pipeline.Source", None)
    assert main(["show", FILE]) == 0
    assert capsys.readouterr() == first


def test_all_processors_read_notes(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []

    def read(function: Callable[[str], object], items: Sequence[str], jobs: int) -> list[object]:
        asked.append(jobs)
        return [function(item) for item in items]

    monkeypatch.setattr("confnotes.catalogue.read_notes.map_parallel", read)
    main(["show", FILE])
    main(["check", FILE])
    assert set(asked) == {os.cpu_count()}
