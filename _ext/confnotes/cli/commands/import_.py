"""``confnotes import``: import notes, each as its author typed it, and programmes of events.

A source is a file of one post or many, a folder of notes, a WordPress export, or a saved HTML page
of a blog. Notes may be plain text, Markdown, reStructuredText, Org or AsciiDoc. Each goes into the
folder of its year and event, which come from its text, its front matter, and the names of its file
and folders. A new event gets a page, for you to complete. What a blog puts around its posts is left
out. Nothing is ever overwritten, and a second run changes nothing.

The programme of an event is read, too: schedule.xml and schedule.json of frab, pretalx and c3voc,
iCalendar, pyvideo's JSON (a file, or the folder of an event) and RubyEvents' videos.yml. It goes
into programme.json beside the page of the event; importing a newer one, or the recordings, adds
what it knows.

examples:
  confnotes import --dry-run old-blog.xml
  confnotes import old-blog.xml saved-page.html ~/notes
  confnotes import ~/notes/quarry --event "Quarry Days 2031"
  confnotes import schedule.xml pycon-us-2031/

exit status:
  0  all is in its place
  1  something was left out that may be a note
  2  nothing could be done
"""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from confnotes.catalogue.programme import ProgrammeError
from confnotes.cli.output import CommandError, Progress, error_text, pluralize
from confnotes.cli.project import find_project_root
from confnotes.grouping import group
from confnotes.imports.codes import ImportCode
from confnotes.imports.plan import ImportPlan, ImportState, PlannedNote, plan_import
from confnotes.imports.programme_plan import plan_programme, write_programme
from confnotes.imports.programmes import read_programme_file
from confnotes.imports.project_index import ProjectIndex, scan_project
from confnotes.imports.source_post import Skipped, SourceError, SourcePost
from confnotes.imports.sources import iter_source_posts
from confnotes.imports.write import write_plan
from confnotes.invisible_characters import escape_invisible
from confnotes.model import Problem
from confnotes.notes.entities.session_heading import SessionHeading, parse_session_heading
from confnotes.shell_command import with_shell_commands

MAX_GUESSES = 12
"""Lines of a list that is there to be glanced at."""


def _event(context: click.Context, option: click.Parameter, text: str | None) -> SessionHeading:
    when = parse_session_heading(text or "")
    if text is not None and (not when.event or when.year is None):
        raise click.BadParameter(f"‘{text}’ has no name and year; write it like ‘Quarry Days 2031’")
    return when


@click.command
@click.argument(
    "sources", nargs=-1, required=True, metavar="SOURCE…", type=click.Path(path_type=Path)
)
@click.option(
    "--into",
    type=click.Path(path_type=Path),
    metavar="FOLDER",
    help="The folder of years (default: years/ of the project around here).",
)
@click.option("--dry-run", is_flag=True, help="Show the plan and write nothing.")
@click.option(
    "--event",
    callback=_event,
    metavar="NAME",
    help="The event, with its year, of notes that name none: ‘Quarry Days 2031’.",
)
def command(
    sources: Sequence[Path], into: Path | None, event: SessionHeading, *, dry_run: bool
) -> int:
    missing = [source for source in sources if not os.path.exists(source)]  # noqa: PTH110
    if missing:
        lines = (f"{source}: there is no such file or folder" for source in missing)
        raise CommandError("\n".join(lines))
    years = into or Path(os.path.relpath(find_project_root(Path()) or Path())) / "years"
    with Progress("reading the project") as progress:
        existing = scan_project(years)
        rows, others, faults = _programmes(sources, existing, years, event, dry_run=dry_run)
        found: list[SourcePost | Skipped | Problem] = []
        for source in others:
            for one in iter_source_posts(source, known=existing.known):
                found.append(one)
                progress.update(f"reading {len(found)}")
        posts = [one for one in found if isinstance(one, SourcePost)]
        total = len(posts)
        done = plan_import(
            posts,
            existing,
            default=event,
            on_progress=lambda number: progress.update(f"placing {number}/{total}"),
        )
        if not dry_run:
            done = write_plan(
                done, years, lambda count: progress.update(f"writing {count}/{total}")
            )
    for row in rows:
        print(row)
    if others:
        left_out = [one for one in found if isinstance(one, Skipped)]
        _report(done, left_out, years, dry_run=dry_run)
    problems = [*faults, *(one for one in found if isinstance(one, Problem)), *done.problems]
    for problem in problems:
        print(problem, file=sys.stderr)
    return 1 if problems else 0


def _programmes(
    sources: Sequence[Path],
    existing: ProjectIndex,
    years: Path,
    event: SessionHeading,
    *,
    dry_run: bool,
) -> tuple[list[str], list[Path], list[Problem]]:
    """Bring programmes in; return what was done, the other sources, and what is wrong."""
    rows, others, problems = [], [], []
    for source in sources:
        origin = escape_invisible(source.as_posix())
        try:
            programme = read_programme_file(source)
            if programme is None:
                others.append(source)
                continue
            plan = plan_programme(programme, origin, existing, years, event)
            if not dry_run:
                write_programme(plan, years)
            talks = pluralize(len(plan.programme.talks), "talk")
            rows.append(f"{plan.path}  {talks}: {plan.added} new")
        except ProgrammeError as error:
            code = ImportCode.BROKEN_PROGRAMME
            line, column = error.line, error.column
            problems.append(Problem.of(code, origin, str(error), line=line, column=column))
        except SourceError as error:
            problems.append(error.problem)
        except OSError as error:
            message = f"it cannot be read or written: {error_text(error)}"
            problems.append(Problem.of(ImportCode.UNWRITABLE, origin, message))
    return rows, others, problems


def _report(done: ImportPlan, left_out: Sequence[Skipped], years: Path, *, dry_run: bool) -> None:
    for row in _rows(done, every=dry_run):
        print(row)
    _list("Left out", list(_left_out(left_out)))
    _list("To look at", list(_unsure(done)), most=None if dry_run else MAX_GUESSES)
    print(f"\n{_summary(done, years, dry_run=dry_run)}")


def _list(title: str, rows: Sequence[str], most: int | None = None) -> None:
    if rows:
        print(f"\n{title}:")
        for row in rows[:most]:
            print(f"  {row}")
        if most is not None and len(rows) > most:
            print(f"  … and {len(rows) - most} more")


def _rows(done: ImportPlan, *, every: bool) -> Iterator[str]:
    """Yield a line for each event; with ``every``, one for each note, too."""
    for event, notes in sorted(group((one.event, one) for one in done.notes).items()):
        states = Counter(one.state for one in notes)
        value = [f"{number} {state}" for state, number in states.items()]
        value += ["a page for the event"] if f"{event}.md" in done.pages else []
        yield f"{event.removesuffix('index')}  {_noted(notes)}: {', '.join(value)}"
        for one in notes if every else ():
            state = "" if one.state is ImportState.NEW else f"  {one.state}"
            talks = pluralize(one.talks, "talk")
            yield f"  {one.path}  {talks}  from {one.post.origin}:{one.post.line}{state}"


def _left_out(left_out: Sequence[Skipped]) -> Iterator[str]:
    """Yield a line for each reason to leave something out; a single case has its place."""
    places = group((one.reason, f"{one.origin}:{one.line}") for one in left_out)
    for reason, found in sorted(places.items(), key=lambda item: (-len(item[1]), item[0])):
        yield f"{len(found)} × {reason}{f': {found[0]}' if len(found) == 1 else ''}"


def _unsure(done: ImportPlan) -> Iterator[str]:
    for one in done.notes:
        if one.state is not ImportState.NEW:
            continue
        if not one.talks:
            yield f"{one.target}:1 no talk was found"
        for guess in one.unsure:
            sure = f" ({guess.confidence:.0%} sure)" if guess.confidence else ""
            yield f"{one.target}:{guess.line} {guess.message}{sure}"


def _summary(done: ImportPlan, years: Path, *, dry_run: bool) -> str:
    new = sum(note.state is ImportState.NEW for note in done.notes)
    summary = f"{_noted(done.notes)}; {new} new."
    if dry_run:
        return f"{summary} Nothing was written: this was a dry run."
    if not new:
        return f"{summary} Nothing was written."
    complete = "write when and where it was in each new index.md, then " if done.pages else ""
    return f"{summary} Next: {complete}{with_shell_commands(f'run `confnotes check {years}`.')}"


def _noted(notes: Sequence[PlannedNote]) -> str:
    talks = sum(one.talks for one in notes)
    return f"{pluralize(len(notes), 'note')} with {pluralize(talks, 'talk')}"
