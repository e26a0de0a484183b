"""``confnotes import`` from the command line to the files."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from confnotes.body import Block, ListBlock
from confnotes.cli import main
from confnotes.files import create_file
from confnotes.imports.plan import ImportState, plan_import
from confnotes.imports.project_index import scan_project
from confnotes.imports.source_post import SourcePost
from confnotes.imports.sources import iter_source_posts
from confnotes.imports.write import write_plan
from confnotes.notes.pipeline import read_note, read_posts

if TYPE_CHECKING:
    from confnotes.model import Note

DUMP = "".join(
    f"Quarry Days 2031 – Day 1 – Session {n}\n\nWells {n} by Ana Ruiz\n\n  • deep\n\nShare\n\n"
    for n in (1, 2)
)


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "dump.txt").write_text(DUMP, encoding="utf-8")
    return tmp_path


def run(*arguments: str) -> int:
    return main(["import", *arguments])


def files(root: Path) -> dict[str, bytes]:
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in root.rglob("*")
        if path.is_file()
    }


def test_a_dry_run_shows_the_plan_and_writes_nothing(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = files(project)
    assert run("dump.txt", "--dry-run") == 0
    said = capsys.readouterr().out
    assert "years/2031/quarry-days/day-1-session-2.txt  1 talk  from dump.txt:9" in said
    assert "2 notes with 2 talks; 2 new. Nothing was written" in said
    assert files(project) == before


def test_a_second_run_changes_nothing(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("dump.txt") == 0
    before = files(project)
    assert sorted(before) == [
        "dump.txt",
        "years/2031/quarry-days/day-1-session-1.txt",
        "years/2031/quarry-days/day-1-session-2.txt",
        "years/2031/quarry-days/index.md",
    ]
    assert run("dump.txt") == 0
    assert files(project) == before
    assert "2 already there" in capsys.readouterr().out


def test_a_note_that_was_moved_is_there(project: Path) -> None:
    run("dump.txt")
    note = project / "years/2031/quarry-days/day-1-session-1.txt"
    note.rename(note.with_name("opening.txt"))
    before = files(project)
    assert run("dump.txt") == 0
    assert files(project) == before


def test_another_text_is_never_overwritten(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run("dump.txt")
    note = project / "years/2031/quarry-days/day-1-session-1.txt"
    note.write_text("mended", encoding="utf-8")
    assert run("dump.txt") == 1
    assert note.read_text(encoding="utf-8") == "mended"
    assert f"years/2031/quarry-days/{note.name}:1:1 file-exists" in capsys.readouterr().err


def test_a_broken_source_does_not_stop_the_others(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (project / "blog.xml").write_text("<rss>", encoding="utf-8")
    assert run("blog.xml", "dump.txt") == 1
    assert capsys.readouterr().err.startswith("blog.xml:1:6 broken-xml the XML is broken here")
    assert len(files(project / "years")) == 3


def test_a_source_that_is_not_there(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("dump.text") == 2
    assert capsys.readouterr().err == "confnotes: dump.text: there is no such file or folder\n"


def test_nothing_is_written_through_a_link_that_leads_out(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    outside = project / "outside"
    outside.mkdir()
    (project / "years").mkdir()
    (project / "years/2031").symlink_to(outside)
    (project / "wells.txt").write_text("Pump Days 2032 – Day 1\n\nWells – Bo Li", encoding="utf-8")
    assert run("dump.txt", "wells.txt") == 1
    said = capsys.readouterr()
    for number in (1, 2):
        path = f"years/2031/quarry-days/day-1-session-{number}.txt"
        reason = "it cannot be written: a link leads out of years/"
        assert f"{path}:1:1 cannot-write {reason}\n" in said.err
    assert "3 notes with 3 talks; 1 new." in said.out
    assert list(outside.iterdir()) == []
    assert (project / "years/2032/pump-days/day-1.txt").exists()


def test_a_folder_of_years_that_is_a_link_to_elsewhere(project: Path, tmp_path: Path) -> None:
    (project / "site").mkdir()
    (project / "elsewhere").mkdir()
    (project / "site/years").symlink_to(project / "elsewhere")
    assert run("dump.txt", "--into", "site/years") == 1
    assert list((project / "elsewhere").iterdir()) == []


def test_what_stands_in_the_way_stays(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = project / "years/2031/quarry-days"
    folder.mkdir(parents=True)
    (folder / "day-1-session-1.txt").symlink_to("nowhere")
    (folder / "day-1-session-2.txt").mkdir()
    (project / "years/2032").write_text("a file", encoding="utf-8")
    (project / "wells.txt").write_text("Pump Days 2032 – Day 1\n\nWells – Bo Li", encoding="utf-8")
    assert run("dump.txt", "wells.txt") == 1
    said = capsys.readouterr().err
    assert said.count(" file-exists the file exists with another text than ") == 2
    assert "years/2032/pump-days/day-1.txt:1:1 cannot-write it cannot be written: " in said
    assert "0 new" in run_and_read(capsys, "dump.txt")


def run_and_read(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    run(*arguments)
    return capsys.readouterr().out


def test_a_file_that_appears_after_the_plan_is_left_alone(project: Path) -> None:
    posts = [
        post for post in iter_source_posts(project / "dump.txt") if isinstance(post, SourcePost)
    ]
    made = plan_import(posts, scan_project(project / "years"))
    there = project / made.notes[0].target
    there.parent.mkdir(parents=True)
    there.write_text("mine", encoding="utf-8")
    done = write_plan(made, project / "years")
    assert [one.state for one in done.notes] == [ImportState.CONFLICT, ImportState.NEW]
    assert there.read_text(encoding="utf-8") == "mine"
    assert [str(problem.code) for problem in done.problems] == ["file-exists"]


def test_files_of_no_bytes_are_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tmp_path.joinpath("wells.txt").touch()
    read = "confnotes.imports.project_index.read_file"
    monkeypatch.setattr(read, lambda path, root: pytest.fail(f"{path} was read"))
    assert scan_project(tmp_path).by_docname == {"years/wells": "years/wells.txt"}


def test_an_event_for_notes_that_name_none(project: Path) -> None:
    (project / "wells.txt").write_text("Wells by Ana Ruiz\n\n* deep\n", encoding="utf-8")
    assert run("wells.txt") == 1
    assert run("wells.txt", "--event", "Quarry Days 2031", "--into", "site/years") == 0
    assert sorted(files(project / "site")) == [
        "years/2031/quarry-days/index.md",
        "years/2031/quarry-days/wells.txt",
    ]


def test_progress_on_a_terminal_only(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("confnotes.cli.output.PROGRESS_DELAY", 0)
    run("dump.txt", "--dry-run")
    assert capsys.readouterr().err == ""
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    run("dump.txt", "--dry-run")
    assert "placing 2/2 …" in capsys.readouterr().err
    run("dump.txt")
    assert "writing 2/2 …" in capsys.readouterr().err


def test_a_file_is_created_whole_and_never_over_another(tmp_path: Path) -> None:
    path = tmp_path / "new" / "note.txt"
    create_file(path, b"one", below=tmp_path)
    with pytest.raises(FileExistsError):
        create_file(path, b"two", below=tmp_path)
    assert os.listdir(path.parent) == ["note.txt"]  # noqa: PTH208
    assert path.read_bytes() == b"one"


def facts(note: Note) -> list[object]:
    talks = [
        (talk.heading, talk.title, [speaker.name for speaker in talk.speakers], outline(talk.body))
        for talk in note.talks
    ]
    return [note.title, note.day, note.session, talks, outline(note.intro), outline(note.closing)]


def outline(blocks: tuple[Block, ...]) -> list[object]:
    return [
        [(item.text, outline(item.children)) for item in block.items]
        if isinstance(block, ListBlock)
        else getattr(block, "text", "")
        for block in blocks
    ]


def same(dump: bytes, root: Path) -> None:
    """What is written is read like what it was cut from."""
    written = [
        read_note(data, path) for path, data in files(root).items() if not path.endswith("index.md")
    ]
    posts = read_posts(dump, "dump.txt")
    assert sorted(map(facts, written), key=str) == sorted(map(facts, posts), key=str)


def test_what_is_cut_is_read_the_same(project: Path) -> None:
    run("dump.txt")
    same(DUMP.encode(), project / "years")


@pytest.mark.skipif("CONFNOTES_SHARED" not in os.environ, reason="needs CONFNOTES_SHARED")
def test_ten_real_posts(project: Path) -> None:
    seed = Path(os.environ["CONFNOTES_SHARED"]) / "seeds" / "linux-conf-au-notes.txt"
    assert run(str(seed)) == 0
    assert sorted(files(project / "years")) == [
        *(
            f"2015/linux-conf-au/{name}"
            for name in (
                "day-4-keynotes.txt",
                *(f"day-4-session-{number}.txt" for number in (1, 2, 3)),
                "day-5-keynote-panel.txt",
                *(f"day-5-session-{number}.txt" for number in (1, 2, 3)),
                "index.md",
            )
        ),
        *(
            f"2016/linux-conf-au/{name}"
            for name in ("index.md", "monday-session-1.txt", "monday-session-3.txt")
        ),
    ]
    same(seed.read_bytes(), project / "years")
