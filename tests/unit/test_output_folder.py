"""No file outside an output is written or deleted, whatever a name says."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from confnotes.file_stamps import Stamp
from confnotes.output_folder import MAX_NAME, OutputFolder, OutsideError
from hypothesis import example, given
from hypothesis import strategies as st

OUTSIDE = [
    "", "/etc/x", "../x", "a/../../x", "a//x", "./x", "a/", "a\nx", "a\x00x", "a\x85x", "\ud800",
    "a\\..\\x", "C:x", "a/C:/x",
    "x" * (MAX_NAME + 1), "x/" * 600 + "x",
]  # fmt: skip


@pytest.fixture
def output(tmp_path: Path) -> Path:
    folder = tmp_path / "output"
    folder.mkdir()
    (tmp_path / "x").write_text("kept")
    return folder


@pytest.mark.parametrize("name", OUTSIDE)
def test_a_name_that_is_no_path_below_the_folder(output: Path, name: str) -> None:
    with pytest.raises(OutsideError):
        OutputFolder(output).write(name, "written")
    OutputFolder(output).delete(name)
    assert sorted(output.parent.rglob("*")) == [output, output.parent / "x"]
    assert (output.parent / "x").read_text() == "kept"


def test_a_link_to_another_folder_is_not_followed(output: Path) -> None:
    (output / "sub").symlink_to(output.parent)
    with pytest.raises(OutsideError, match="delete this link"):
        OutputFolder(output).write("sub/x", "written")
    OutputFolder(output).delete("sub/x")
    OutputFolder(output).prune((), "sub")
    assert (output.parent / "x").read_text() == "kept"
    assert list(output.iterdir()) == []


def test_a_link_below_what_is_pruned_goes_and_what_it_leads_to_stays(output: Path) -> None:
    (output / "sub").mkdir()
    (output / "sub" / "link").symlink_to(output.parent)
    OutputFolder(output).prune((), "sub")
    assert (output.parent / "x").read_text() == "kept"
    assert list((output / "sub").iterdir()) == []


def test_a_link_to_a_file_is_replaced(output: Path) -> None:
    (output / "page").symlink_to(output.parent / "x")
    OutputFolder(output).write("page", "written")
    assert (output / "page").read_text() == "written"
    (output / "page").unlink()
    (output / "page").symlink_to(output.parent / "x")
    OutputFolder(output).delete("page")
    assert (output.parent / "x").read_text() == "kept"


def test_the_folder_itself_may_be_a_link(output: Path) -> None:
    link = output.parent / "link"
    link.symlink_to(output)
    OutputFolder(link).write("a/page", "written")
    assert (output / "a" / "page").read_text() == "written"
    OutputFolder(link).delete("a/page")
    assert list(output.iterdir()) == []


def test_a_folder_is_no_file(output: Path) -> None:
    (output / "sub").mkdir()
    OutputFolder(output).delete("sub")
    assert (output / "sub").is_dir()
    with pytest.raises(OSError, match="directory"):
        OutputFolder(output).write("sub", "written")


def test_what_is_the_same_keeps_its_time(output: Path) -> None:
    folder = OutputFolder(output)
    folder.write("page", "text")
    before = (output / "page").stat().st_mtime_ns
    folder.write("page", b"text")
    assert (output / "page").stat().st_mtime_ns == before


@given(st.text(st.sampled_from("a./\\\n\x00 %é"), max_size=12))
@example("a/..")
def test_a_path_is_below_its_folder(name: str) -> None:
    root = Path("/nowhere/output")
    try:
        path = OutputFolder(root).path(name)
    except OutsideError:
        return
    assert path.resolve().is_relative_to(root)
    assert path.resolve() != root


def test_a_folder_has_no_stamp(tmp_path: Path) -> None:
    assert Stamp.of(tmp_path) is None
    (tmp_path / "file").write_text("text")
    stamp = Stamp.of(tmp_path / "file")
    assert stamp
    assert stamp.fits(tmp_path / "file")
    assert not stamp.fits(tmp_path)


def test_stamps_of_the_same_bytes_are_equal(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("text")
    stamp = Stamp.of(file)
    os.utime(file, (1, 1))
    assert Stamp.of(file) == stamp
    file.write_text("test")
    assert Stamp.of(file) != stamp
