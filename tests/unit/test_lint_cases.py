"""Each case is a tree of files, and what a check says of it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from confnotes import lint
from confnotes.catalogue import load_catalogue

from tests.case_files import read_case
from tests.file_trees import write_files

CASES = sorted((Path(__file__).parent.parent / "cases" / "lint").glob("*.txt"))
_FILE = re.compile(r"^=== (.+?)(?: in (latin-1|utf-16)| of (\d+) kB)?\n", re.MULTILINE)


def plant(case: str, root: Path) -> None:
    """Write the files of a case, each after a line ``=== path``.

    The line may end in an encoding, ``in latin-1``, or in a size, ``of 300 kB``.
    """
    _, *parts = _FILE.split(case)
    for name, encoding, size, text in zip(*(parts[at::4] for at in range(4)), strict=True):
        whole = text + "\n" * 1000 * int(size or 0)
        write_files(root, {name: whole.encode(encoding or "utf-8")})


@pytest.mark.parametrize("case", CASES, ids=lambda path: path.stem)
def test_case(case: Path, tmp_path: Path) -> None:
    source, expected = read_case(case)
    plant(source, tmp_path)
    only = re.findall(r"^# only: (\S+)$", source, re.MULTILINE)
    found = [
        f"{one.path}:{one.line}:{one.column} {one.severity} {one.code} {one.message}; "
        f"{one.suggestion}"
        for one in lint.find_problems(load_catalogue(tmp_path))
        if not only or one.code in only
    ]
    assert "\n".join(found) == expected.strip("\n")


def test_every_code_of_a_rule_has_a_case() -> None:
    cases = "".join(read_case(path)[1] for path in CASES)
    assert [code for code in lint.LintCode if f" {code} " not in cases] == []
