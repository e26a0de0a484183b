"""What a file or a folder holds: each line as it was typed, boilerplate aside."""

from __future__ import annotations

import os
import socket
from collections.abc import Iterable
from pathlib import Path

import pytest
from confnotes.imports.source_post import Skipped, SourcePost
from confnotes.imports.sources import iter_source_posts
from confnotes.imports.text_dump import split_posts
from confnotes.model import Problem
from hypothesis import given
from hypothesis import strategies as st

from tests.file_trees import write_files

DUMP = """Quarry Days 2031 – Day 1 – Session 1

Quiet pumps – Ana Ruiz

  • They  hum\u00a0 softly
\u00a0

Share

Quarry Days 2031 – Day 1 – Session 2

Deep wells – Bo Lindqvist

\u2022 Dig
Share"""


def test_a_dump_is_cut_at_its_heads() -> None:
    first, second = split_posts(DUMP.encode(), "dump.txt", "dump.txt")
    assert first.text.decode() == (
        "Quarry Days 2031 – Day 1 – Session 1\n\nQuiet pumps – Ana Ruiz\n\n"
        "  • They  hum\u00a0 softly\n"
    )
    assert second.text.decode().endswith("\n\n• Dig\n")
    assert (first.line, second.line) == (1, 10)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends_stay(end: str) -> None:
    first, _ = split_posts(DUMP.replace("\n", end).encode(), "dump.txt", "dump.txt")
    assert first.text.count(end.encode()) == 5


def test_bytes_that_are_not_utf_8_stay() -> None:
    data = DUMP.replace("hum", "h\udc80m").encode("utf-8", "surrogateescape")
    assert b"h\x80m" in b"".join(post.text for post in split_posts(data, "dump.txt", "dump.txt"))


def test_utf_16_becomes_utf_8() -> None:
    first, second = split_posts(DUMP.encode("utf-16"), "dump.txt", "dump.txt")
    assert "They  hum" in first.text.decode()
    assert "Dig" in second.text.decode()


@given(st.binary())
def test_any_bytes_survive(data: bytes) -> None:
    kept = b"".join(post.text for post in split_posts(b"x\n" + data, "a.txt", "a.txt"))
    assert kept.startswith(b"x") or b"\0" in data


def test_a_folder_keeps_every_byte(tmp_path: Path) -> None:
    texts = {
        "notes/2031/quarry-days/wells.md": b"# Wells\r\n\r\nShare\r\n\xff",
        "notes/2031/quarry-days/pumps.rst": b"Pumps\n=====\n",
        "notes/2031/quarry-days/valves": b"Valves by Ana Ruiz",
    }
    write_files(tmp_path, texts)
    found = [one for one in iter_source_posts(tmp_path / "notes") if isinstance(one, SourcePost)]
    assert {post.path: post.to_note_bytes() for post in found} == {
        path if "." in path else f"{path}.txt": text for path, text in texts.items()
    }


def test_what_is_no_note_is_left_out(tmp_path: Path) -> None:
    names = ("README.md", "LICENSE", "a.py", ".hidden", ".git/x.md", "node_modules/y.md")
    others: dict[str, str | bytes] = {"empty.txt": "", "prog": "\0", "b.txt": b"\x89PNG\r\n"}
    write_files(tmp_path, {**dict.fromkeys(names, "text"), **others})
    reasons = sorted(one.reason for one in iter_source_posts(tmp_path) if isinstance(one, Skipped))
    assert reasons == [
        ".py file",
        "binary file",
        "empty file",
        "file of a repository",
        "file of a repository",
        "image",
        "readme",
    ]


def messages(root: Path, found: Iterable[object]) -> list[str]:
    return [str(one).replace(f"{root}/", "") for one in found if isinstance(one, Problem)]


@pytest.mark.parametrize("name", ["a.txt", "a.docx", "a.xml", "a.html", "a"])
def test_what_people_type_elsewhere_is_no_note(tmp_path: Path, name: str) -> None:
    write_files(tmp_path, {f"notes/{name}": b"{\\rtf1 Wells}"})
    message = (
        f"notes/{name}:1:1 not-text this is not text but: RTF document; "
        "save it as text or HTML and import that file"
    )
    assert messages(tmp_path, iter_source_posts(tmp_path / "notes" / name)) == [message]
    assert messages(tmp_path, iter_source_posts(tmp_path / "notes")) == [message]


@pytest.mark.parametrize(
    ("name", "target", "text"),
    [
        ("a.org", "a.org", "* Wells - Ana Ruiz\n# private"),
        ("a.ADOC", "a.adoc", "= Wells - Ana Ruiz\n// private"),
        ("a.asciidoc", "a.adoc", "= Wells - Ana Ruiz"),
    ],
)
def test_org_and_asciidoc_keep_their_bytes(
    tmp_path: Path, name: str, target: str, text: str
) -> None:
    write_files(tmp_path, {name: text})
    (post,) = iter_source_posts(tmp_path / name)
    assert isinstance(post, SourcePost)
    assert (post.path, post.text) == (target, text.encode())


def test_an_image_that_is_named_is_a_message(tmp_path: Path) -> None:
    write_files(tmp_path, {"a.txt": b"GIF89a\1"})
    (message,) = messages(tmp_path, iter_source_posts(tmp_path / "a.txt"))
    assert message.startswith("a.txt:1:1 not-text this is not text but: image; import text, ")


@pytest.mark.parametrize("name", ["talks.csv", "Queues.PY", "slides.tex", "queues.notes"])
def test_a_suffix_that_no_build_reads_is_a_message(tmp_path: Path, name: str) -> None:
    source = tmp_path / name
    source.write_text("Queues – Ana Ruiz\n\n- one\n", encoding="utf-8")
    [said] = iter_source_posts(source)
    assert isinstance(said, Problem)
    message = f"‘{source.suffix.lower()}’ is not read; save it as .txt or .md"
    assert str(said) == f"{source.as_posix()}:1:1 not-text {message}"


def test_what_is_binary_far_from_its_start(tmp_path: Path) -> None:
    write_files(tmp_path, {"a.txt": b"Wells\n" * 20_000 + b"\0"})
    (message,) = messages(tmp_path, iter_source_posts(tmp_path / "a.txt"))
    assert "binary file" in message


def test_links_out_of_a_folder_are_not_followed(tmp_path: Path) -> None:
    write_files(tmp_path, {"secret.txt": "secret", "notes/wells.txt": "Wells"})
    (tmp_path / "notes/a.txt").symlink_to(tmp_path / "secret.txt")
    (tmp_path / "notes/b").symlink_to(tmp_path)
    (tmp_path / "notes/c.txt").symlink_to("wells.txt")
    (tmp_path / "notes/d").symlink_to("d")
    (tmp_path / "notes/e").symlink_to(".")
    found = list(iter_source_posts(tmp_path / "notes"))
    assert [post.path for post in found if isinstance(post, SourcePost)] == ["notes/wells.txt"]
    left_out = [Path(one.origin).name for one in found if isinstance(one, Skipped)]
    assert left_out == ["c.txt", "d", "e"]
    assert messages(tmp_path, found) == [
        f"notes/{name}:1:1 unreadable-source a link that leads out of the folder; "
        "import what it leads to"
        for name in ("a.txt", "b")
    ]


def test_only_regular_files_are_read(tmp_path: Path) -> None:
    write_files(tmp_path, {"notes/z.txt/wells.txt": "Wells"})
    os.mkfifo(tmp_path / "notes/a.txt")
    server = socket.socket(socket.AF_UNIX)
    server.bind(str(tmp_path / "notes/b.txt"))
    server.close()
    with (tmp_path / "notes/c.txt").open("wb") as file:
        file.truncate(1 << 30)
    with (tmp_path / "notes/d.txt").open("wb") as file:
        file.write(b"Wells\n" * 2_000_000)
    found = list(iter_source_posts(tmp_path / "notes"))
    assert [post.path for post in found if isinstance(post, SourcePost)] == [
        "notes/z.txt/wells.txt"
    ]
    assert messages(tmp_path, found) == [
        *(
            f"notes/{name}.txt:1:1 unreadable-source not a regular file; "
            "save what it holds to a file"
            for name in "ab"
        ),
        *(
            f"notes/{name}.txt:1:1 unreadable-source larger than 10 MB; split it into several files"
            for name in "cd"
        ),
    ]
    assert (
        "not a regular file" in messages(tmp_path, iter_source_posts(tmp_path / "notes/a.txt"))[0]
    )
    assert "not a regular file" in messages(tmp_path, iter_source_posts(Path("/dev/zero")))[0]


def test_names_of_any_bytes(tmp_path: Path) -> None:
    folder = os.fsencode(tmp_path / "notes")
    names = (b"caf\xe9.txt", b"a\nb.rtf", b"x" * 250 + b".txt")
    Path(os.fsdecode(folder)).mkdir()
    for name in names:
        Path(os.fsdecode(folder + b"/" + name)).write_bytes(
            b"{\\rtf1 Wells}" if name.endswith(b".rtf") else b"Wells"
        )
    found = list(iter_source_posts(tmp_path / "notes"))
    posts = [post for post in found if isinstance(post, SourcePost)]
    assert [post.path for post in posts] == ["notes/café.txt", f"notes/{'x' * 250}.txt"]
    assert posts[0].origin.endswith(r"notes/caf\udce9.txt")
    assert [m.split(":")[0] for m in messages(tmp_path, found)] == [r"notes/a\nb.rtf"]


def test_a_source_that_holds_nothing(tmp_path: Path) -> None:
    write_files(tmp_path, {"a.png": "x"})
    *_, error = iter_source_posts(tmp_path)
    assert isinstance(error, Problem)
    assert "no-post there is no note in it" in str(error)


def test_a_dump_in_a_folder_is_cut_too(tmp_path: Path) -> None:
    write_files(tmp_path, {"all.txt": DUMP})
    assert len(list(iter_source_posts(tmp_path))) == 2


@pytest.mark.parametrize("name", ["a.html", "a.txt", "a"])
def test_a_page_is_known_by_its_text(tmp_path: Path, name: str) -> None:
    write_files(tmp_path, {name: "<!DOCTYPE html><h1>Wells by Ana Ruiz</h1><p>Deep"})
    (post,) = iter_source_posts(tmp_path / name)
    assert isinstance(post, SourcePost)
    assert post.to_note_bytes() == b"Wells by Ana Ruiz\n\nDeep\n"


ARCHIVE = """From: <Saved by a browser>
MIME-Version: 1.0
Content-Type: multipart/related; type="text/html"; boundary="----b"

------b
Content-Type: text/html
Content-Transfer-Encoding: quoted-printable

<!DOCTYPE html><h1>Wells by Ana Ru=C3=ADz</h1><p>De=
ep
------b
Content-Type: image/png
Content-Transfer-Encoding: base64

AAAA
------b--
"""


def test_a_page_saved_in_one_file(tmp_path: Path) -> None:
    write_files(tmp_path, {"a.mhtml": ARCHIVE})
    (post,) = iter_source_posts(tmp_path / "a.mhtml")
    assert isinstance(post, SourcePost)
    assert post.to_note_bytes().decode() == "Wells by Ana Ruíz\n\nDeep\n"


def test_a_file_that_cannot_be_read_is_one_message(tmp_path: Path) -> None:
    write_files(tmp_path, {"a.xml": "<rss>", "b.txt": "Wells"})
    errors = [one for one in iter_source_posts(tmp_path) if isinstance(one, Problem)]
    assert [error.path for error in errors] == [str(tmp_path / "a.xml")]
