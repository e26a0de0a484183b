"""Write what was planned: whole files, never over another, never outside the folder of years."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path, PurePosixPath

from confnotes.imports.codes import ImportCode
from confnotes.imports.plan import ImportPlan, ImportState, conflict_problem
from confnotes.model import Problem


def write_plan(
    plan: ImportPlan, years: Path, *, seen: Callable[[int], None] = lambda count: None
) -> ImportPlan:
    """Write the new notes of ``plan`` and the pages of their events below ``years``.

    Return the plan as it was carried out, with a problem for each file that could not be written.
    """
    notes, pages, problems = [], {}, list(plan.problems)
    for count, note in enumerate(plan.notes, 1):
        if note.state is ImportState.NEW and (fault := _written(note.target, note.data, years)):
            note = replace(note, state=ImportState.CONFLICT)  # noqa: PLW2901
            problems.append(
                conflict_problem(note) if fault.code == ImportCode.FILE_EXISTS else fault
            )
        notes.append(note)
        seen(count)
    entered = {f"{note.event}.md" for note in notes if note.state is ImportState.NEW}
    for path in sorted(entered & plan.pages.keys()):
        if fault := _written(path, plan.pages[path], years):
            problems.append(fault)
        else:
            pages[path] = plan.pages[path]
    return ImportPlan(tuple(notes), pages, tuple(problems))


def _written(path: str, data: bytes, years: Path) -> Problem | None:
    """Write one file; return what prevented it."""
    try:
        create_file(years / PurePosixPath(path).relative_to("years"), data, below=years)
    except FileExistsError:
        return Problem.of(ImportCode.FILE_EXISTS, path, "a file exists already; not overwritten")
    except OSError as error:
        return Problem.of(
            ImportCode.UNWRITABLE, path, f"it cannot be written: {error.strerror or error}"
        )
    return None


def create_file(path: Path, data: bytes, *, below: Path) -> None:
    """Write a new file ``path`` below the folder ``below``.

    Raises FileExistsError if something is at ``path``, and OSError if it cannot be written or a
    symbolic link would lead it elsewhere.
    """
    _check_inside(path.parent, below)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except FileExistsError as error:
        raise NotADirectoryError(
            errno.ENOTDIR, "a folder’s place is taken", error.filename
        ) from None
    part = path.with_name(f".{path.name}.new")
    part.unlink(missing_ok=True)
    try:
        with part.open("xb") as stream:  # which follows no link
            stream.write(data)
        try:
            path.hardlink_to(part)
        except FileExistsError:
            raise
        except OSError:
            _move(part, path)
    finally:
        part.unlink(missing_ok=True)


def _check_inside(folder: Path, below: Path) -> None:
    top = Path(os.path.realpath(below))
    if not top.is_relative_to(os.path.realpath(below.parent)):
        raise PermissionError(errno.EPERM, "a link leads out of the project", str(below))
    if not Path(os.path.realpath(folder)).is_relative_to(top):
        raise PermissionError(errno.EPERM, f"a link leads out of {below.name}/", str(folder))


def _move(part: Path, path: Path) -> None:
    """Do without hard links, which some file systems lack."""
    if os.path.lexists(path):
        raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(path))
    part.replace(path)
