"""What is read of a source tree: regular files inside the project, of bounded size."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable
from pathlib import Path

import pytest
from confnotes.files import SourceFileError, read_file


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "secret").write_text("outside", encoding="utf-8")
    (tmp_path / "project" / "years").mkdir(parents=True)
    (tmp_path / "project" / "years" / "note.txt").write_text("inside", encoding="utf-8")
    return tmp_path / "project"


def test_a_file_is_read(root: Path) -> None:
    assert read_file(root / "years" / "note.txt", root) == b"inside"


def test_a_link_inside_the_project_is_followed(root: Path) -> None:
    (root / "years" / "link.txt").symlink_to("note.txt")
    assert read_file(root / "years" / "link.txt", root) == b"inside"


def test_the_project_may_be_reached_through_a_link(root: Path, tmp_path: Path) -> None:
    (tmp_path / "alias").symlink_to(root)
    assert read_file(tmp_path / "alias" / "years" / "note.txt", tmp_path / "alias") == b"inside"


def _fifo(path: Path) -> None:
    os.mkfifo(path)


def _socket(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(os.path.relpath(path))


@pytest.mark.parametrize(
    ("make", "reason"),
    [
        (lambda path: path.symlink_to("../../secret"), "the link leads out of the project"),
        (lambda path: path.symlink_to("/etc/passwd"), "the link leads out of the project"),
        (lambda path: path.symlink_to("/dev/zero"), "the link leads out of the project"),
        (lambda path: path.symlink_to("nowhere"), "No such file or directory"),
        (lambda path: path.symlink_to("x"), "Too many levels of symbolic links"),
        (lambda path: path.symlink_to("."), "it is no regular file"),
        (Path.mkdir, "it is no regular file"),
        (_fifo, "it is no regular file"),
        (_socket, "it is no regular file"),
    ],
    ids=["file", "absolute", "device", "broken", "circle", "folder", "mkdir", "fifo", "socket"],
)
def test_nothing_else_is_read(root: Path, make: Callable[[Path], None], reason: str) -> None:
    make(root / "years" / "x")
    with pytest.raises(SourceFileError, match=reason):
        read_file(root / "years" / "x", root)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read every file")
def test_a_file_without_permission_is_an_error(root: Path) -> None:
    (root / "years" / "note.txt").chmod(0)
    with pytest.raises(SourceFileError, match="Permission denied"):
        read_file(root / "years" / "note.txt", root)


def test_a_file_of_any_size_is_read_no_further_than_the_limit(root: Path) -> None:
    with (root / "years" / "huge.txt").open("wb") as file:
        file.truncate(1 << 40)  # sparse
    with pytest.raises(SourceFileError, match="larger than 10 MB"):
        read_file(root / "years" / "huge.txt", root)


def test_a_path_with_a_zero_byte_is_an_error(root: Path) -> None:
    with pytest.raises(SourceFileError):
        read_file(root / "a\0b", root)
