"""Trees of notes and pages, made for one test."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from confnotes.catalogue import Catalogue, load_catalogue

from tests.file_trees import write_files


@pytest.fixture
def catalogue_of(tmp_path: Path) -> Callable[[dict[str, str]], Catalogue]:
    """Return a function that writes files (path → text) and reads the catalogue of all so far."""

    def make(files: dict[str, str]) -> Catalogue:
        write_files(tmp_path, files)
        return load_catalogue(tmp_path)

    return make


@pytest.fixture
def project(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Path:
    """Return the current folder, with the files (path → text) that ``FILES`` of a module says."""
    write_files(tmp_path, request.module.FILES)
    monkeypatch.chdir(tmp_path)
    return tmp_path
