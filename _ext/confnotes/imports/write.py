"""Write planned notes: whole files, never over another, never outside the folder of years."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from confnotes.files import create_file
from confnotes.imports.codes import ImportCode
from confnotes.imports.plan import ImportPlan, ImportState, conflict_problem
from confnotes.imports.project_index import file_of
from confnotes.model import Problem


def write_plan(
    plan: ImportPlan, years: Path, on_progress: Callable[[int], None] = lambda count: None
) -> ImportPlan:
    """Write the new notes of ``plan`` and the pages of their events below ``years``.

    Return the executed plan, with a problem for each file that could not be written.
    ``on_progress`` is called before each note with its number.
    """
    notes, pages, problems = [], {}, list(plan.problems)
    for count, note in enumerate(plan.notes, 1):
        on_progress(count)
        fault = None
        if note.state is ImportState.NEW:
            fault = _written(note.target, note.data, years, conflict_problem(note))
        notes.append(replace(note, state=ImportState.CONFLICT) if fault else note)
        problems += [fault] if fault else []
    entered = {f"{note.event}.md" for note in notes if note.state is ImportState.NEW}
    for path in sorted(entered & plan.pages.keys()):
        message = "a file exists already; not overwritten"
        conflict = Problem.of(ImportCode.FILE_EXISTS, path, message)
        if fault := _written(path, plan.pages[path], years, conflict):
            problems.append(fault)
        else:
            pages[path] = plan.pages[path]
    return ImportPlan(tuple(notes), pages, tuple(problems))


def _written(path: str, data: bytes, years: Path, conflict: Problem) -> Problem | None:
    """Write one file; return the problem if it failed, ``conflict`` if another is there."""
    try:
        create_file(file_of(path, years), data, below=years)
    except FileExistsError:
        return conflict
    except OSError as error:
        message = f"it cannot be written: {error.strerror or error}"
        return Problem.of(ImportCode.UNWRITABLE, path, message)
    return None
