"""``confnotes import``: bring notes in, each as its author typed it.

A source is a text file of one post or many, a folder of text, Markdown or reStructuredText
notes, a WordPress export, or a saved HTML page of a blog. Each note goes into the folder of
its year and event; these come from its text, its front matter, its file's name and folders.
A new event gets a page, for you to complete. What a blog puts around its posts is left out.
Nothing is ever overwritten, and a second run changes nothing.

examples:
  confnotes import --dry-run old-blog.xml
  confnotes import old-blog.xml saved-page.html ~/notes
  confnotes import ~/notes/quarry --event "Quarry Days 2031"

exit status:
  0  all is in its place
  1  something was left out that may be a note
  2  nothing could be done
"""

from __future__ import annotations

import argparse
import os
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

from confnotes.cli import project
from confnotes.imports import (
    LeftOut,
    Plan,
    Planned,
    Post,
    SourceError,
    State,
    look,
    plan,
    read,
    write,
)
from confnotes.notes import Known
from confnotes.notes.when import When, parse

_BAR = 24
_FEW = 12
"""Lines of a list that is there to be glanced at."""


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "sources",
        nargs="+",
        type=Path,
        metavar="SOURCE",
        help="a text file of one post or many, a folder, a WordPress export, a saved HTML page",
    )
    parser.add_argument(
        "--into",
        type=Path,
        metavar="FOLDER",
        help="the project's folder of years (default: years/ of the project around here)",
    )
    parser.add_argument("--dry-run", action="store_true", help="show the plan and write nothing")
    parser.add_argument(
        "--event",
        type=_event,
        metavar="NAME",
        help="the event, with its year, of notes that name none: ‘Quarry Days 2031’",
    )


def run(args: argparse.Namespace) -> int:
    """Return 0 when all is in its place, 1 when something was left, 2 when nothing can be done."""
    args.into = args.into or _years()
    missing = [source for source in args.sources if not os.path.exists(source)]  # noqa: PTH110  # never raises
    if missing:
        print(
            "\n".join(f"{source}: there is no such file or folder" for source in missing),
            file=sys.stderr,
        )
        return 2
    existing = look(args.into)
    posts, left_out, errors = _read(args.sources, existing.known)
    bar = _Bar("placing", len(posts))
    made = plan(posts, existing, default=args.event, seen=bar.show)
    bar.clear()
    if not args.dry_run:
        bar = _Bar("writing", len(made.notes))
        made = write(made, args.into, seen=bar.show)
        bar.clear()
    _report(made, left_out, args)
    problems = (*(error.problem for error in errors), *made.problems)
    for problem in problems:
        print(problem, file=sys.stderr)
    return 1 if problems else 0


def _years() -> Path:
    return Path(os.path.relpath(project.find(Path()) or Path())) / "years"


def _event(text: str) -> When:
    when = parse(text)
    if not when.event or when.year is None:
        raise argparse.ArgumentTypeError(
            f"‘{text}’ has no name and year; type it like ‘Quarry Days 2031’"
        )
    return when


def _read(
    sources: Sequence[Path], known: Known
) -> tuple[list[Post], list[LeftOut], list[SourceError]]:
    posts: list[Post] = []
    left_out: list[LeftOut] = []
    errors: list[SourceError] = []
    bar = _Bar("reading")
    for source in sources:
        for found in read(source, known=known):
            match found:
                case Post():
                    posts.append(found)
                case LeftOut():
                    left_out.append(found)
                case SourceError():
                    errors.append(found)
            bar.show(len(posts))
    bar.clear()
    return posts, left_out, errors


# What is said


def _report(made: Plan, left_out: Sequence[LeftOut], args: argparse.Namespace) -> None:
    for row in _rows(made, every=args.dry_run):
        print(row)
    _list("Left out", list(_left_out(left_out)))
    _list("To look at", list(_unsure(made)), most=None if args.dry_run else _FEW)
    print(f"\n{_next(made, args)}")


def _list(title: str, rows: Sequence[str], most: int | None = None) -> None:
    if rows:
        print(f"\n{title}:")
        for row in rows[:most]:
            print(f"  {row}")
        if most is not None and len(rows) > most:
            print(f"  … and {len(rows) - most} more")


def _rows(made: Plan, *, every: bool) -> Iterator[str]:
    """Yield a line for each event; with ``every``, one for each note, too."""
    folders: defaultdict[str, list[Planned]] = defaultdict(list)
    for one in made.notes:
        folders[one.target.rpartition("/")[0]].append(one)
    for folder, notes in sorted(folders.items()):
        states = Counter(one.state for one in notes)
        said = [f"{count} {state}" for state, count in states.items()]
        said += ["a page for the event"] if f"{folder}/index.md" in made.pages else []
        yield f"{folder}/  {_noted(notes)}: {', '.join(said)}"
        for one in notes if every else ():
            state = "" if one.state is State.NEW else f"  {one.state}"
            talks = _count(one.talks, "talk")
            yield f"  {one.path}  {talks}  from {one.post.origin}:{one.post.line}{state}"


def _left_out(left_out: Sequence[LeftOut]) -> Iterator[str]:
    """Yield what was left out by its reasons; what is single has its place."""
    places: defaultdict[str, list[str]] = defaultdict(list)
    for one in left_out:
        places[one.reason].append(f"{one.origin}:{one.line}")
    for reason, found in sorted(places.items(), key=lambda item: (-len(item[1]), item[0])):
        yield f"{len(found)} × {reason}{f': {found[0]}' if len(found) == 1 else ''}"


def _unsure(made: Plan) -> Iterator[str]:
    for one in made.notes:
        if one.state is not State.NEW:
            continue
        if not one.talks:
            yield f"{one.target}:1 no talk was found"
        for guess in one.unsure:
            sure = f" ({guess.confidence:.0%} sure)" if guess.confidence else ""
            yield f"{one.target}:{guess.line} {guess.message}{sure}"


def _next(made: Plan, args: argparse.Namespace) -> str:
    new = sum(one.state is State.NEW for one in made.notes)
    said = f"{_noted(made.notes)}; {new} new."
    if args.dry_run:
        return f"{said} Nothing was written: this was a dry run."
    if not new:
        return f"{said} Nothing was written."
    complete = "say when and where it was in each new index.md, then " if made.pages else ""
    return f"{said} Next: {complete}type `confnotes check {args.into}`."


def _noted(notes: Sequence[Planned]) -> str:
    talks = sum(one.talks for one in notes)
    return f"{_count(len(notes), 'note')} with {_count(talks, 'talk')}"


def _count(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"


class _Bar:
    """How far a step has come, on one line of a terminal; says nothing elsewhere."""

    def __init__(self, doing: str, total: int = 0) -> None:
        self._doing, self._total = doing, total
        self._shown = sys.stderr.isatty()

    def show(self, done: int) -> None:
        if not self._shown:
            return
        filled = _BAR * done // self._total if self._total else 0
        bar = f"[{'=' * filled:{_BAR}}] {done}/{self._total}" if self._total else str(done)
        print(f"\r{self._doing} {bar}", end="", file=sys.stderr, flush=True)

    def clear(self) -> None:
        if self._shown:
            print("\r\x1b[K", end="", file=sys.stderr, flush=True)
