"""Whatever is in a tree, ``check`` and ``show`` end with an exit status, and say it in lines."""

from __future__ import annotations

import os
import tempfile
from contextlib import chdir, redirect_stderr, redirect_stdout, suppress
from io import StringIO
from pathlib import Path
from unicodedata import category

from confnotes.cli import main
from hypothesis import given, settings
from hypothesis import strategies as st

FOLDERS = [
    b"", b"years", b"years/2031", b"years/2031/queue-days", b"years/2031/queue-days/day1",
    b"years/drafts", b"speakers", b"topics",
]  # fmt: skip
NAMES = [
    b"index.md", b"Index.MD", b"index.txt", b"a.txt", b"a.TXT", b"a.md", b"a", b"a.org", b"a.jpg",
    b"e\xcc\x81.txt", b"\xc3\xa9.txt", b"\xff.txt", b"a\nb.md", b"\xe2\x80\xaea.txt", b"x" * 240,
    b"redirects.txt", b"links.jsonl",
]  # fmt: skip
TEXTS = [
    b"---\n", b"name: X\n", b"aliases: [A, B]\n", b"start: 9999-12-31\n", b"end: 0001-01-01\n",
    b"url: javascript:x\n", b"links: {a: {b: c}}\n", b"parent: a\n", b"title: a\n",
    b"phrases: [a]\n", b"a: &x [*x]\n", b"[", b"{", b"# X\n", b"```\n", b"\r", b"\0",
    b"\xff\xfe", b"\xef\xbb\xbf", b"\x85", b"\x1b[31m", b"\xe2\x80\xa8",
    b"Queue Days 2031 - Day 1 - Session 1\n\n", b"Of pipes - Ana Ruiz\n",
    b"Speakers: Bo Li\n", b"Topics: a\n", b"Date: 31 December 9999\n", b"- text\n",
]  # fmt: skip
LINKS = [b".", b"..", b"a.txt", b"index.md", b"nowhere", b"/etc/passwd", b"/dev/zero", b"/"]

names = st.sampled_from(NAMES) | st.binary(min_size=1, max_size=9)
contents = st.lists(st.sampled_from(TEXTS) | st.binary(max_size=9), max_size=9).map(b"".join)
entries = st.tuples(
    st.sampled_from(FOLDERS), names, st.sampled_from(["file"] * 6 + ["link", "fifo"]), contents
)


def plant(root: bytes, files: list[tuple[bytes, bytes, str, bytes]]) -> None:
    for folder, name, kind, content in files:
        path = os.path.join(root, folder, name)  # noqa: PTH118  # not every name is a text
        with suppress(OSError, ValueError):
            os.makedirs(os.path.dirname(path), exist_ok=True)  # noqa: PTH103, PTH120
            if kind == "link":
                os.symlink(LINKS[len(content) % len(LINKS)], path)  # noqa: PTH211
            elif kind == "fifo":
                os.mkfifo(path)
            else:
                with open(path, "xb") as file:  # noqa: PTH123
                    file.write(content)


@settings(max_examples=60, deadline=None)
@given(st.lists(entries, max_size=12))
def test_no_tree_ends_a_command(files: list[tuple[bytes, bytes, str, bytes]]) -> None:
    with tempfile.TemporaryDirectory() as folder, chdir(folder):
        Path("years").mkdir()
        Path("conf.py").touch()
        plant(os.fsencode(folder), files)
        shown = [path for path in Path("years").rglob("*") if path.is_file()][:2]
        for command in (["check", "--fix"], ["show", "conf.py", *map(str, shown)]):
            out = StringIO()
            with redirect_stdout(out), redirect_stderr(out):
                assert main(command) in {0, 1, 2}
            if command[0] == "check":
                assert {category(c) for c in out.getvalue() if c != "\n"}.isdisjoint({"Cc", "Cs"})
