"""Every code that the guide documents can occur: a case shows it, or a test expects it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from confnotes import lint
from confnotes.catalogue import load_catalogue
from confnotes.catalogue.codes import CatalogueCode as Tree
from confnotes.exports.redirects import RedirectCode
from confnotes.imports.codes import ImportCode
from confnotes.linkcheck.codes import LinkCode
from confnotes.notes.codes import GuessCode
from confnotes.notes.codes import NoteCode as Notes
from confnotes.notes.pipeline import read_note, read_posts
from confnotes.notes.source import MAX_LINE_LENGTH

from tests.case_files import read_case
from tests.unit.test_lint_cases import CASES, plant
from tests.unit.test_notes_cases import CASES as NOTES
from tests.unit.test_notes_cases import read_note_case

TESTS = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """Return the codes of all problems and guesses in the cases."""
    notes = []
    found: set[str] = set()
    for case in CASES:
        root = tmp_path_factory.mktemp(case.stem)
        plant(read_case(case)[0], root)
        catalogue = load_catalogue(root)
        notes += [entry.note for entry in catalogue.notes.values()]
        found.update(problem.code for problem in lint.find_problems(catalogue))
    for case in NOTES:
        path, typed, _ = read_note_case(case)
        notes += read_posts(typed.encode(), path)
    notes.append(read_note(b"a" * (MAX_LINE_LENGTH + 1), "n.txt"))  # too long for a case
    for note in notes:
        guesses = (*note.guesses, *(guess for talk in note.talks for guess in talk.guesses))
        found.update(one.code for one in (*note.problems, *guesses))
    return found


@pytest.mark.parametrize("code", [*Notes, *GuessCode, *Tree, *lint.LintCode])
def test_a_case_shows_the_code(shown: set[str], code: str) -> None:
    assert code in shown


@pytest.mark.parametrize("code", [*ImportCode, *RedirectCode, *LinkCode])
def test_a_test_expects_the_code(code: ImportCode | RedirectCode | LinkCode) -> None:
    texts = [path.read_text(encoding="utf-8") for path in TESTS.rglob("*.py")]
    expected = re.compile(rf"[\"\d] ?{code}[\" ]|{type(code).__name__}\.{code.name}\b")
    assert any(map(expected.search, texts))
