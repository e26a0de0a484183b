"""Trees of notes and pages, made for one test."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from confnotes.catalogue import Catalogue, load


@pytest.fixture
def catalogue_of(tmp_path: Path) -> Callable[[dict[str, str]], Catalogue]:
    """Return a function that writes files (path → text) and reads the catalogue of all so far."""

    def make(files: dict[str, str]) -> Catalogue:
        for name, text in files.items():
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        return load(tmp_path)

    return make
