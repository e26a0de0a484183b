"""The examples in the guide: each note is read as the table below it says."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from confnotes.notes.pipeline import read_note

if TYPE_CHECKING:
    from confnotes.model import Talk

PAGE = Path(__file__).parents[2] / "guide" / "note-takers.md"
EXAMPLE = re.compile(
    r"^### (?P<title>.+)\n\n```text\n(?P<note>(?:(?!```).*\n)+)```\n\n(?P<table>(?:\|.*\n)+)",
    re.MULTILINE,
)
EXAMPLES = {match["title"]: match for match in EXAMPLE.finditer(PAGE.read_text(encoding="utf-8"))}


def _cells(row: str) -> list[str]:
    return [cell.strip() for cell in row.strip().strip("|").split("|")]


def _row(talk: Talk) -> dict[str, str]:
    people = [
        f"{each.name} ({each.affiliation})" if each.affiliation else each.name
        for each in talk.speakers
    ]
    return {"Title": talk.title, "Speakers": ", ".join(people), "Kind": talk.kind}


def test_the_guide_has_examples() -> None:
    assert len(EXAMPLES) >= 6


@pytest.mark.parametrize("title", EXAMPLES)
def test_example(title: str) -> None:
    names, _, *rows = map(_cells, EXAMPLES[title]["table"].splitlines())
    typed = EXAMPLES[title]["note"]
    suffix = "md" if typed.startswith("#") else "txt"
    note = read_note(typed.encode(), f"years/2031/queue-days/day-2.{suffix}")
    found = [[_row(talk)[name] for name in names] for talk in note.talks]
    assert found == rows
