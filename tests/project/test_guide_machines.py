"""The guide for machines has every file and every field."""

from __future__ import annotations

from pathlib import Path
from typing import get_type_hints

import pytest
from confnotes.exports.api import FILES

GUIDE = (Path(__file__).parents[2] / "guide/machines.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", FILES)
def test_file(name: str) -> None:
    assert f"`api/{name}.json`" in GUIDE
    section = GUIDE.partition(f"### {name}.json")[2].partition("\n#")[0]
    rows = [row.split("|")[1] for row in section.splitlines() if row.startswith("| `")]
    assert [field.strip(" `") for row in rows for field in row.split(",")] == [
        *get_type_hints(FILES[name][0])
    ]
