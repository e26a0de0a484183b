"""``confnotes new``."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from confnotes.catalogue import load_catalogue
from confnotes.cli import main
from confnotes.notes.pipeline import read_note

HEAD = "Kettle Days 2031 – {} – {}\n\nQueues that never fill – Marietta Kowalczyk\n\n• measure\n"


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "years/2031/kettle-days"
    folder.mkdir(parents=True)
    (tmp_path / "conf.py").touch()
    (folder / "index.md").write_text(
        "---\nname: Kettle Days 2031\naliases: [KD]\nstart: 2031-05-12\nend: 2031-05-14\n---\n"
    )
    (folder / "day-1-session-2.txt").write_text(HEAD.format("Day 1", "Session 2"), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def new(capsys: pytest.CaptureFixture[str], *options: str) -> str:
    assert main(["new", "--no-input", "--date", "2040-01-01", *options]) == 0
    return capsys.readouterr().out.strip()


def test_follows_the_newest_note(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = new(capsys, "--title", "Tea", "--speaker", "Bo Larsson", "--speaker", "Ina Vik")
    assert path == "years/2031/kettle-days/day-1-session-3.txt"
    text = Path(path).read_text(encoding="utf-8")
    assert text == "Kettle Days 2031 – Day 1 – Session 3\n\nTea – Bo Larsson and Ina Vik\n\n"


def test_is_read_as_it_was_meant(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = new(capsys, "--title", "Tea without leaves", "--speaker", "Bo Larsson")
    note = read_note(Path(path).read_bytes(), path)
    assert (note.event, note.day, note.session) == ("Kettle Days 2031", "Day 1", "Session 3")
    assert [(one.title, one.speakers[0].name) for one in note.talks] == [
        ("Tea without leaves", "Bo Larsson")
    ]


def test_during_an_event_the_day_is_today(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["new", "--no-input", "--date", "2031-05-14"]) == 0
    assert capsys.readouterr().out.strip() == "years/2031/kettle-days/day-3-session-1.txt"


def test_days_are_named_as_before(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("years/2031/kettle-days/monday-session-1.txt").write_text(
        HEAD.format("Tuesday", "Session 1"), encoding="utf-8"
    )
    assert main(["new", "--no-input", "--date", "2031-05-14"]) == 0
    assert capsys.readouterr().out.strip() == "years/2031/kettle-days/wednesday-session-1.txt"


def test_event_by_alias(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = new(capsys, "--event", "kd", "--day", "Day 2", "--session", "Keynotes")
    assert Path(path).read_text(encoding="utf-8") == "Kettle Days 2031 – Day 2 – Keynotes\n\n"


def test_a_new_event_gets_a_page(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = new(capsys, "--event", "Pipe Days", "--year", "2033")
    assert path == "years/2033/pipe-days/session-1.txt"
    page = Path("years/2033/pipe-days/index.md").read_text(encoding="utf-8")
    assert page.startswith("---\nname: Pipe Days 2033\nseries: Pipe Days\n")


@pytest.mark.parametrize("year", ["0", "1066", "9999", "12031"])
def test_a_year_that_no_build_reads_is_refused(
    project: Path, year: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["new", "--no-input", "--event", "Pipe Days", "--year", year]) == 2
    assert "is no year of an event" in capsys.readouterr().err
    assert [path.name for path in Path("years").iterdir()] == ["2031"]


def test_an_edition_of_a_series(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = new(capsys, "--event", "Kettle Days 2032")
    assert path == "years/2032/kettle-days/session-1.txt"


def test_an_event_is_found_by_its_series(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = project / "years/2032/kd32"
    folder.mkdir(parents=True)
    (folder / "index.md").write_text("---\nname: KD32\nseries: Kettle Days\n---\n")
    assert new(capsys, "--event", "Kettle Days 2032") == "years/2032/kd32/session-1.txt"


def test_never_overwrites(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    note = Path("years/2031/kettle-days/day-1-session-2.txt")
    before = note.read_bytes()
    assert main(["new", "--no-input", "--day", "Day 1", "--session", "Session 2"]) == 1
    assert "there is years/2031/kettle-days/day-1-session-2.txt already" in capsys.readouterr().err
    assert note.read_bytes() == before


def test_twice_makes_two(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert new(capsys) != new(capsys)


def test_asks_on_a_terminal(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    answers = io.StringIO("\nDay 2\n\nTea\nBo Larsson, Ina Vik\n")
    answers.isatty = lambda: True  # type: ignore[method-assign]
    monkeypatch.setattr("sys.stdin", answers)
    assert main(["new", "--date", "2040-01-01"]) == 0
    said = capsys.readouterr()
    assert "Event [Kettle Days 2031]: Day [Day 1]: Session [Session 1]: " in said.err
    text = Path(said.out.strip()).read_text(encoding="utf-8")
    assert text == "Kettle Days 2031 – Day 2 – Session 1\n\nTea – Bo Larsson and Ina Vik\n\n"


def test_without_an_answer_no_note(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    answers = io.StringIO("")
    answers.isatty = lambda: True  # type: ignore[method-assign]
    monkeypatch.setattr("sys.stdin", answers)
    assert main(["new"]) == 2
    assert len(list(project.glob("years/*/*/*.txt"))) == 1


def test_an_empty_project_needs_an_event(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "years").mkdir()
    (tmp_path / "conf.py").touch()
    monkeypatch.chdir(tmp_path)
    assert main(["new", "--no-input"]) == 2
    assert "add --event NAME" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("name", "path", "title"),
    [
        ("packaging", "topics/packaging.md", "Packaging"),
        ("C++ & *stars*: a [tale]", "topics/cpp-stars-a-tale.md", "C++ & *stars*: a [tale]"),
    ],
)
def test_a_topic(
    project: Path, capsys: pytest.CaptureFixture[str], name: str, path: str, title: str
) -> None:
    assert new(capsys, "--topic", name) == path
    topic = load_catalogue(project).topic(name)
    assert topic is not None
    assert (topic.title, topic.phrases) == (title, (name,))


def test_a_topic_that_is_there_stays_as_it_is(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = Path(new(capsys, "--topic", "packaging"))
    before = path.read_bytes()
    assert main(["new", "--topic", "Packaging"]) == 1
    assert capsys.readouterr().err == "confnotes: there is topics/packaging already\n"
    assert path.read_bytes() == before
    assert main(["new", "--topic", " … "]) == 2
