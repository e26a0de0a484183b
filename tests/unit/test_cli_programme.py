"""``confnotes programme``."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from confnotes.cli import main
from confnotes.notes.pipeline import read_note

NOTE = "years/2031/kettle-days/monday.txt"
HEAD = "Kettle Days 2031 – Monday\nDate: 2031-05-12\n\n"


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / NOTE).parent.mkdir(parents=True)
    (tmp_path / "conf.py").touch()
    monkeypatch.chdir(tmp_path)
    return tmp_path


def plant(note: str, *talks: dict[str, Any], path: str = NOTE) -> None:
    known = [{"id": f"k-{number}", **talk} for number, talk in enumerate(talks)]
    text = json.dumps({"event": "Kettle Days 2031", "talks": known})
    Path(path).with_name("programme.json").write_text(text, encoding="utf-8")
    Path(path).write_text(note, encoding="utf-8", newline="")


def said(capsys: pytest.CaptureFixture[str], *options: str, status: int = 1) -> list[str]:
    assert main(["programme", *options]) == status
    return capsys.readouterr().out.splitlines()


BELOW = "below the heading if that is right"
IN = "in the heading if that is right"
KETTLES = {"title": "Kettles for all", "speakers": ["Ana Ruiz"], "start": "2031-05-12T10:00"}


@pytest.mark.parametrize(
    ("heading", "talk", "code", "message"),
    {
        "renamed": (
            "Kettles for everybody – Ana Ruiz",
            KETTLES,
            "renamed-talk",
            "calls ‘Kettles for everybody’ ‘Kettles for all’; rename it if that is right",
        ),
        "one more speaker": (
            "Kettles for all – Ana Ruiz",
            {**KETTLES, "speakers": ["Ana Ruiz", "Bo"]},
            "other-speaker",
            f"names Ana Ruiz, Bo, the note Ana Ruiz; type ‘Speakers: Ana Ruiz, Bo’ {BELOW}",
        ),
        "another speaker": (
            "Kettles for all – Bo Li",
            KETTLES,
            "other-speaker",
            f"names Ana Ruiz, the note Bo Li; type Ana Ruiz in place of Bo Li {IN}",
        ),
        "another speaker, below the title": (
            "Kettles for all\nby Bo Li",
            KETTLES,
            "other-speaker",
            f"names Ana Ruiz, the note Bo Li; type ‘Speakers: Ana Ruiz’ {BELOW}",
        ),
        "a first name alone": (
            "Kettles for all – Ana Ruiz",
            {**KETTLES, "speakers": ["Ana"]},
            "other-speaker",
            f"names Ana, the note Ana Ruiz; type Ana in place of Ana Ruiz {IN}",
        ),
        "moved": (
            "Kettles for all – Ana Ruiz",
            {**KETTLES, "start": "2031-05-13"},
            "moved-talk",
            f"has it on 2031-05-13, the note on 2031-05-12; type ‘Date: 2031-05-13’ {BELOW}",
        ),
        "cancelled": (
            "Kettles for all – Ana Ruiz",
            {**KETTLES, "cancelled": True},
            "cancelled-talk",
            "says that ‘Kettles for all’ was cancelled; delete it if it was",
        ),
    }.values(),
)
def test_each_difference_is_a_line(
    project: Path,
    capsys: pytest.CaptureFixture[str],
    heading: str,
    talk: dict[str, Any],
    code: str,
    message: str,
) -> None:
    plant(f"{HEAD}{heading}\n\n* boil\n", talk)
    assert said(capsys) == [f"{NOTE}:4:1 {code} the programme {message}"]


@pytest.mark.parametrize(
    ("note", "talk"),
    {
        "a short title": ("Kettles for all – Ana Ruiz", {**KETTLES, "subtitle": "And for you"}),
        "another spelling": ("Kettles for all – Ana Ruíz", KETTLES),
        "a middle name": ("Kettles for all – Ana Ruiz", {**KETTLES, "speakers": ["Ana B Ruiz"]}),
        "a letter": ("Kettles for allo – Ana Ruiz", KETTLES),
        "a longer title": ("Kettles for all: in the kitchen – Ana Ruiz", KETTLES),
        "no title": ("Keynote – Ana Ruiz", {**KETTLES, "kind": "keynote"}),
        "a talk after midnight": (
            "Kettles for all – Ana Ruiz",
            {**KETTLES, "start": "2031-05-13T00:15:00+02:00"},
        ),
        "no speaker typed": ("Kettles for all", KETTLES),
        "none announced": ("Kettles for all – Ana Ruiz", {**KETTLES, "speakers": []}),
        "a field says who": ("Kettles for all\nSpeakers: Bo Li", KETTLES),
        "a field says when": ("Kettles for all – Ana Ruiz\nDate: 2031-05-14", KETTLES),
        "nothing like it": ("Spouts – Bo Li", KETTLES),
    }.values(),
)
def test_what_does_not_differ(
    project: Path, capsys: pytest.CaptureFixture[str], note: str, talk: dict[str, Any]
) -> None:
    plant(f"{HEAD}{note}\n\n* boil\n", talk)
    assert said(capsys, status=0) == []


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_fix_writes_field_lines_and_nothing_else(
    project: Path, capsys: pytest.CaptureFixture[str], end: str
) -> None:
    lines = [
        "Kettle Days 2031 – Monday", "Date: 2031-05-12", "",
        "Kettles for all – Ana Ruiz", "", "* boil", "",
        "Lids that never leak – Cleo Nkemelu", "", "* close", "",
    ]  # fmt: skip
    lids = {"title": "Lids that never leak", "speakers": ["Cleo Nkemelu"], "start": "2031-05-13"}
    both = {**KETTLES, "speakers": ["Ana Ruiz", "Bo Li"], "start": "2031-05-14"}
    plant(end.join(lines), both, lids)
    assert said(capsys, "--fix", status=0) == ["3 field lines written"]
    lines[8:8] = ["Date: 2031-05-13"]
    lines[4:4] = ["Speakers: Ana Ruiz, Bo Li", "Date: 2031-05-14"]
    written = Path(NOTE).read_bytes().decode().split(end)
    assert sorted(written) == sorted(lines)
    assert said(capsys, "--fix", status=0) == ["0 field lines written"]


def test_fix_leaves_somebody_else_in_a_heading_to_the_author(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = f"{HEAD}Kettles for all – Bo Li\n\n* boil\n"
    plant(text, KETTLES)
    left, written = said(capsys, "--fix")
    assert left.endswith(f"type Ana Ruiz in place of Bo Li {IN}")
    assert written == "0 field lines written"
    assert Path(NOTE).read_text() == text
    Path(NOTE).write_text(text.replace("Bo Li", "Ana Ruiz"))
    assert said(capsys, status=0) == []


def test_fix_in_markdown(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = NOTE.replace(".txt", ".md")
    text = "# Kettle Days 2031 – Monday\n\nKettles for all – Bo Li\n----\n\n- boil\n"
    plant(text, {**KETTLES, "speakers": ["Bo Li", "Ana Ruiz"]}, path=path)
    said(capsys, "--fix", status=0)
    (talk,) = read_note(Path(path).read_bytes(), path).talks
    assert (talk.title, [one.name for one in talk.speakers]) == (
        "Kettles for all",
        ["Bo Li", "Ana Ruiz"],
    )
    assert Path(path).read_text().replace("Speakers: Bo Li, Ana Ruiz\n", "") == text


def test_what_cannot_be_written_safely_is_left_and_listed(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = f"{HEAD}Kettles for all – Bo Li\n\n* boil\n"
    plant(text, {**KETTLES, "speakers": ["Bo Li", "Ruiz, Ana; and others", "1"]})
    *left, written = said(capsys, "--fix")
    assert len(left) == 1
    assert written == "0 field lines written"
    assert Path(NOTE).read_text() == text


def test_only_the_notes_that_are_named(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    plant(f"{HEAD}Kettles for all – Bo Li\n\n* boil\n", KETTLES)
    other = Path("years/2031/spout-days")
    other.mkdir()
    assert said(capsys, str(other), status=0) == []
    assert len(said(capsys, NOTE)) == 1


def test_without_a_programme_it_says_what_to_do(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["programme"]) == 2
    assert "run `confnotes import schedule.xml` first" in capsys.readouterr().err
