"""``confnotes check``: what it prints, corrects and forgives."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from confnotes.cli import main

NOTE = "years/2031/kettle-days/monday-session-1.txt"
FILES = {
    "conf.py": "",
    "topics/water.md": "---\ntitle: Water\nparent: fluidz\n---\n",
    "topics/fluids.md": "---\ntitle: Fluids\n---\n",
    "speakers/zoe-obrien.md": "---\nname: Zoë O’Brien\n---\n",
    "years/2031/kettle-days/index.md": "---\nname: Kettle Days 2031\nstart: 12 May 2031\n---\n",
    NOTE: """\
Kettle Days 2031 – Monday – Session 1

Queues that never fill
Speakers: Bo Larsson, zoe obrien
Topics: Watre, Steam

• It said Topics: Watre, said zoe obrien

Tea without leaves – Zoe OBrien
Kind: wokshop
Topics: Water

• It said Kind: wokshop
""",
}


def test_a_line_for_each_fault_and_a_summary(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check"]) == 1
    said = capsys.readouterr()
    lines = said.out.splitlines()
    assert lines == sorted(lines, key=lambda line: line.partition(":")[0])
    message = (
        "there is no topic ‘Watre’; did you mean ‘Water’? If not, run `confnotes new --topic Watre`"
    )
    assert f"{NOTE}:5:9 error unknown-topic {message}" in lines
    assert said.err == "5 files: 1 note with 2 talks, 4 pages; 5 errors, 2 info\n"
    assert "\x1b" not in said.out


def test_paths_are_as_reached_from_here(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(project / "years/2031")
    main(["check", "kettle-days"])
    assert capsys.readouterr().out.startswith(
        "kettle-days/index.md:3:8 error invalid-front-matter "
    )


def test_only_what_is_asked_for(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "speakers"]) == 0
    assert capsys.readouterr().out == ""
    assert main(["check", "topics/water.md"]) == 1
    assert capsys.readouterr().out == (
        "topics/water.md:3:9 error unknown-parent "
        "there is no topic ‘fluidz’; did you mean ‘fluids’?\n"
    )


def test_a_folder_may_be_asked_for_by_a_link_to_it(
    project: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    link = tmp_path / "link-to-topics"
    link.symlink_to(project / "topics")
    assert main(["check", str(link)]) == 1
    assert "error unknown-parent" in capsys.readouterr().out


def test_a_link_in_a_circle_may_be_asked_for(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (project / "years/2031/kettle-days/circle.txt").symlink_to("circle.txt")
    assert main(["check", "years/2031/kettle-days/circle.txt"]) == 1
    said = capsys.readouterr()
    assert said.out.startswith("years/2031/kettle-days/circle.txt:1:1 error unreadable-file ")
    assert said.out.count("\n") == 1


def test_strict_lets_warnings_fail(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (project / NOTE).write_text("Kettle Days 2031 – Monday – Session 1\n", encoding="utf-8")
    assert main(["check", "years/2031/kettle-days/monday-session-1.txt"]) == 0
    assert main(["check", "--strict", NOTE]) == 1


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["no-such-folder"], "there is no no-such-folder"),
        (["--root", "topics"], "topics has no folder years/"),
    ],
)
def test_what_cannot_be_done(
    options: list[str], message: str, project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check", *options]) == 2
    assert capsys.readouterr().err == f"confnotes: {message}\n"


def test_outside_a_project(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["check"]) == 2
    assert "not in a project" in capsys.readouterr().err


def test_list_rules(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--list-rules"]) == 0
    rows = capsys.readouterr().out.splitlines()
    assert (
        "unknown-topic            error    a topics field names no topic of the vocabulary" in rows
    )


def test_fix_corrects_fields_and_nothing_that_was_said(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check", "--fix"]) == 1
    assert capsys.readouterr().err.splitlines()[:-1] == [
        "topics/water.md:3 unknown-parent ‘fluidz’ → ‘fluids’",
        "years/2031/kettle-days/index.md:3 invalid-front-matter ‘12 May 2031’ → ‘2031-05-12’",
        f"{NOTE}:4 name-spelling ‘zoe obrien’ → ‘Zoë O’Brien’",
        f"{NOTE}:5 unknown-topic ‘Watre’ → ‘Water’",
        f"{NOTE}:10 unknown-kind ‘wokshop’ → ‘workshop’",
    ]
    assert (
        (project / NOTE).read_text(encoding="utf-8")
        == """\
Kettle Days 2031 – Monday – Session 1

Queues that never fill
Speakers: Bo Larsson, Zoë O’Brien
Topics: Water, Steam

• It said Topics: Watre, said zoe obrien

Tea without leaves – Zoe OBrien
Kind: workshop
Topics: Water

• It said Kind: wokshop
"""
    )


def test_a_second_fix_changes_nothing(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["check", "--fix"])
    before = {path: path.read_bytes() for path in project.rglob("*") if path.is_file()}
    capsys.readouterr()
    main(["check", "--fix"])
    assert "→" not in capsys.readouterr().err
    assert {path: path.read_bytes() for path in project.rglob("*") if path.is_file()} == before


def test_fix_keeps_line_ends_and_permissions(project: Path) -> None:
    note = project / NOTE
    note.write_bytes(note.read_bytes().replace(b"\n", b"\r\n"))
    note.chmod(0o640)
    main(["check", "--fix"])
    assert b"Topics: Water, Steam\r\n" in note.read_bytes()
    assert b"\n" not in note.read_bytes().replace(b"\r\n", b"")
    assert note.stat().st_mode & 0o777 == 0o640


def test_what_may_be_either_of_two_is_left(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (project / "topics/wafer.md").write_text("---\ntitle: Wafer\n---\n", encoding="utf-8")
    note = project / NOTE
    note.write_text(note.read_text("utf-8").replace("Watre", "Waper"), encoding="utf-8")
    main(["check", "--fix"])
    assert "Waper" not in capsys.readouterr().err


def test_a_word_that_is_twice_on_its_line_is_left(project: Path) -> None:
    note = project / NOTE
    twice = note.read_text("utf-8").replace("Watre, Steam", "Watre, Steam, Watre")
    assert "Watre, Steam, Watre" in twice
    note.write_text(twice, encoding="utf-8")
    main(["check", "--fix"])
    assert "Watre, Steam, Watre" in note.read_text("utf-8")


def test_redirects(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (project / "about.md").write_text("# About\n", encoding="utf-8")
    (project / "redirects.txt").write_text(
        "speakers/z-obrien speakers/zoe-obrien#kettles\n"
        "about topics/water\n"
        "topics/waters topics/watr\n"
        "topics/steam\n",
        encoding="utf-8",
    )
    assert main(["check", "redirects.txt"]) == 1
    assert capsys.readouterr().out == (
        "redirects.txt:2:1 error redirect-source-exists the redirect source ‘about’ "
        "is an existing page; delete this line, or what is there\n"
        "redirects.txt:3:1 error redirect-target-missing there is no page ‘topics/watr’; "
        "did you mean ‘topics/water’?\n"
        "redirects.txt:4:1 error bad-redirect expected ‘old/page new/page’, got ‘topics/steam’; "
        "write ‘old/page new/page’\n"
    )


def test_json(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--format", "json"]) == 1
    rows = json.loads(capsys.readouterr().out)
    assert {
        "path": NOTE,
        "line": 5,
        "column": 16,
        "code": "unknown-topic",
        "severity": "error",
        "message": "there is no topic ‘Steam’",
        "suggestion": "run `confnotes new --topic Steam`",
    } in rows


def test_github(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["check", "--format", "github", "topics/water.md"])
    assert capsys.readouterr().out == (
        "::error file=topics/water.md,line=3,col=9,title=unknown-parent::"
        "there is no topic ‘fluidz’; did you mean ‘fluids’?\n"
    )


def test_the_summary_counts_every_file(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("notes.org", "Index.md", "plan.svg", "more.TXT"):
        (project / NOTE).with_name(name).write_text("Drains – Cleo Diaz\n", encoding="utf-8")
    main(["check"])
    said = capsys.readouterr().err
    assert said.startswith("9 files: 3 notes with 4 talks, 4 pages, 1 asset, 1 not read; ")


def test_nothing_to_say(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--format", "json", "speakers"]) == 0
    said = capsys.readouterr()
    assert json.loads(said.out) == []
    assert said.err == "5 files: 1 note with 2 talks, 4 pages; no problems found\n"


def test_what_is_said_a_thousand_times_is_counted(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    topics = ", ".join(f"Steam{number}" for number in range(1000))
    text = FILES[NOTE].replace("Watre, Steam", topics)
    Path(NOTE).write_text(text, encoding="utf-8")
    assert main(["check"]) == 1
    said = capsys.readouterr().out.splitlines()
    assert len([line for line in said if "error unknown-topic" in line]) == 20
    hint = "name a file or folder to see those in it: `confnotes check PATH`"
    assert f"980 more unknown-topic; {hint}" in said
    main(["check", NOTE])
    said = capsys.readouterr().out.splitlines()
    assert len([line for line in said if "error unknown-topic" in line]) == 1000


def test_what_was_read_before_needs_no_reader(project: Path) -> None:
    program = (
        "import sys; from confnotes.cli import main; main(['check', 'years']);"
        "slow = {'confnotes.notes.pipeline', 'confnotes.notes.syntax.comments', 'multiprocessing'};"
        "print(*slow.intersection(sys.modules))"
    )
    environment = {**os.environ, "XDG_CACHE_HOME": str(project / "cache")}

    def check() -> str:
        done = subprocess.run(
            [sys.executable, "-c", program],
            env=environment, capture_output=True, text=True, check=True,
        )  # fmt: skip
        return done.stdout.splitlines()[-1]

    assert "confnotes.notes.pipeline" in check()
    assert check() == ""
