"""Plan and write a programme beside the page of its event, merged with an existing one."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from confnotes.catalogue.programme import (
    NAME,
    Programme,
    ProgrammeError,
    day_of,
    merge_programmes,
    parse_programme,
    render_programme,
)
from confnotes.files import SourceFileError, create_file, read_file, replace_file
from confnotes.imports.codes import ImportCode
from confnotes.imports.new_pages import render_event_page
from confnotes.imports.placement import Events
from confnotes.imports.project_index import ProjectIndex, file_of
from confnotes.imports.source_post import SourceError
from confnotes.model import Problem
from confnotes.notes.entities.event_names import series_name
from confnotes.notes.entities.session_heading import SessionHeading, parse_session_heading


@dataclass(frozen=True, kw_only=True)
class PlannedProgramme:
    """Files to write, by path from the project’s root; ``old`` is an existing programme."""

    path: str
    programme: Programme
    old: Programme | None
    files: dict[str, bytes]

    @property
    def added(self) -> int:
        """The number of new talks."""
        known = {talk.id for talk in self.old.talks} if self.old else set()
        return sum(talk.id not in known for talk in self.programme.talks)


def plan_programme(
    programme: Programme, origin: str, existing: ProjectIndex, years: Path, default: SessionHeading
) -> PlannedProgramme:
    """Return the plan. Raises SourceError without an event, or if the old file is broken."""
    events = Events(existing.known.events)
    docname = events.find_or_add(_heading(programme, default), in_text=True)
    if not docname:
        message = "the programme has no name or no year of its event"
        raise SourceError(Problem.of(ImportCode.NO_EVENT, origin, message, "pass `--event`"))
    path = str(PurePosixPath(docname).with_name(NAME))
    days = [day for talk in programme.talks if (day := day_of(talk.start))]
    event = replace(
        events.by_docname()[docname], start=min(days, default=None), end=max(days, default=None)
    )
    old = _existing(years, path)
    merged = merge_programmes(old or Programme(event=event.name, talks=()), programme)
    files = {path: render_programme(merged).encode("utf-8", "replace")}
    page = f"{docname}.md"
    if docname.casefold() not in existing.by_docname and not file_of(page, years).exists():
        files[page] = render_event_page(event)
    return PlannedProgramme(path=path, programme=merged, old=old, files=files)


def write_programme(plan: PlannedProgramme, years: Path) -> None:
    """Write each file whole or not at all. Raises OSError."""
    for path, data in plan.files.items():
        file = file_of(path, years)
        if path == plan.path and plan.old:
            replace_file(file, data.decode())
        else:
            create_file(file, data, below=years)


def _heading(programme: Programme, default: SessionHeading) -> SessionHeading:
    """Return the event: the default, else by the name and days of the programme."""
    if default.event:
        return default
    found = parse_session_heading(programme.event)
    name = programme.event or found.event
    days = [day.year for talk in programme.talks if (day := day_of(talk.start))]
    year = found.year or min(days, default=None)
    return SessionHeading(event=name, series=series_name(name) or name, year=year if name else None)


def _existing(years: Path, path: str) -> Programme | None:
    file = file_of(path, years)
    if not file.exists() and not file.is_symlink():
        return None
    try:
        return parse_programme(read_file(file, years))
    except (ProgrammeError, SourceFileError) as error:
        message = f"the programme there cannot be read: {error}"
        hint = "fix it, or move it away and import again"
        raise SourceError(Problem.of(ImportCode.FILE_EXISTS, path, message, hint)) from None
