"""Invented notes that were once misread, kept outside of the project with the right reading."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from tests.labelled import read_labelled

CASES = Path(os.environ.get("CONFNOTES_SHARED", "/nonexistent"), "reader", "cases")
MISREAD = {
    "byline-and-venue-lines": "an author named in a heading of his own is read as a speaker",
    "siblings-decided-apart": "a name in small letters with a company is not seen in a bullet",
}
SUFFIXES = (".txt", ".md", ".rst")


@pytest.mark.skipif(not CASES.is_dir(), reason="CONFNOTES_SHARED has no labelled notes")
@pytest.mark.parametrize("case", sorted(CASES.glob("*.json")), ids=lambda case: case.stem)
def test_note_is_read_right(case: Path, request: pytest.FixtureRequest) -> None:
    if reason := MISREAD.get(case.stem):
        request.applymarker(pytest.mark.xfail(reason=reason, strict=True))
    label = json.loads(case.read_text(encoding="utf-8"))
    text = next(path for s in SUFFIXES if (path := case.with_suffix(s)).is_file())
    assert read_labelled(label, text).faults == []
