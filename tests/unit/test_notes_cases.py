"""Each file of ``tests/cases/notes`` is one shape of note: input, ``# output``, what is understood.

A first line ``# path: NAME`` gives the note's path. Dropping a file in is adding a test.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from confnotes.notes.pipeline import read_posts

from tests.case_files import read_case
from tests.unit.notes_outline import outline

CASES = sorted((Path(__file__).parents[1] / "cases" / "notes").glob("*.txt"))
assert CASES


def read_note_case(case: Path) -> tuple[str, str, str]:
    """Return the note's path, its text and the outline expected of it."""
    typed, expected = read_case(case)
    path = "note.txt"
    if typed.startswith("# path: "):
        first, _, typed = typed.partition("\n")
        path = first.removeprefix("# path: ")
    return path, typed, expected


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_note_is_read(case: Path) -> None:
    path, typed, expected = read_note_case(case)
    assert outline(read_posts(typed.encode(), path)) == expected.rstrip("\n")
