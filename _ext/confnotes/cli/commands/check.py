"""``confnotes check``: report what is unclear or wrong in the notes.

Reads the whole project, without Sphinx, and prints one line for each fault, sorted:

  path:line:column severity code message; what to write instead

What is said more than 20 times is counted, unless you name a PATH.

An error breaks the site. A warning is likely to be wrong, and a note of level info may be right.

examples:
  confnotes check
  confnotes check years/2015 --strict
  confnotes check --fix

exit status:
  0  no error (with --strict: no warning, either)
  1  an error
  2  nothing could be checked
"""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Sequence, Sized
from pathlib import Path

import click

from confnotes import lint
from confnotes.catalogue import Catalogue
from confnotes.catalogue.codes import CatalogueCode
from confnotes.cli.output import CommandError, Progress, pluralize
from confnotes.cli.problem_formats import render_problems
from confnotes.cli.project import load_project, path_filter, required_root, root_option
from confnotes.documented_enum import ProblemCode, Severity
from confnotes.lint import fixes
from confnotes.model import Problem
from confnotes.notes.codes import NoteCode


@click.command
@click.argument("paths", nargs=-1, metavar="[PATH…]", type=click.Path(path_type=Path))
@root_option
@click.option("--fix", is_flag=True, help="Correct field lines and front matter.")
@click.option("--strict", is_flag=True, help="Exit with 1 on warnings, too.")
@click.option(
    "--format",
    "style",
    type=click.Choice(["text", "json", "github"]),
    default="text",
    help="How to print problems.",
)
@click.option("--list-rules", is_flag=True, help="Print every code and exit.")
def command(
    paths: Sequence[Path],
    root: Path | None,
    style: str,
    *,
    fix: bool,
    strict: bool,
    list_rules: bool,
) -> int:
    if list_rules:
        width = max(map(len, documented_codes()))
        for code, (severity, explanation) in documented_codes().items():
            print(f"{code:{width}}  {severity:7}  {explanation}")
        return 0
    for path in paths:
        if not os.path.lexists(path):
            raise CommandError(f"there is no {path}")
    root = required_root(root, *paths)
    catalogue, problems = _problems(root, paths)
    if fix and (fixed := fixes.apply_fixes(root, fixes.find_fixes(catalogue, problems))):
        print("\n".join(map(str, fixed)), file=sys.stderr)
        catalogue, problems = _problems(root, paths)
    if text := render_problems(problems, root, style, is_summed_up=not paths):
        click.echo(text)
    print(_summary(catalogue, problems), file=sys.stderr)
    fatal = {Severity.ERROR, Severity.WARNING} if strict else {Severity.ERROR}
    return int(any(problem.severity in fatal for problem in problems))


def documented_codes() -> dict[str, tuple[Severity, str]]:
    """Return the severity and the explanation of each code that a check may print."""
    from confnotes.exports.redirects import RedirectCode

    enums: tuple[type[ProblemCode], ...] = (NoteCode, CatalogueCode, RedirectCode, lint.LintCode)
    codes = sorted(code for enum in enums for code in enum)
    return {code.value: (code.severity, code.description) for code in codes}


def _problems(root: Path, paths: Sequence[Path]) -> tuple[Catalogue, list[Problem]]:
    is_asked = path_filter(root, paths)
    has_redirects = is_asked("redirects.txt")
    catalogue = load_project(root, lambda path: has_redirects or is_asked(path))
    with Progress("checking the notes") as progress:
        problems = lint.find_problems(catalogue, progress.update)
        if has_redirects:  # it may name any page
            from confnotes.exports import published_addresses

            problems += published_addresses.lint_addresses(catalogue)
        problems.sort()
    return catalogue, [problem for problem in problems if is_asked(problem.path)]


def _summary(catalogue: Catalogue, problems: Sequence[Problem]) -> str:
    notes = catalogue.summaries.values()
    talks = pluralize(sum(len(note.talks) for note in notes), "talk")
    files: dict[str, Sized] = {
        f"{pluralize(len(notes), 'note')} with {talks}": notes,
        pluralize(len(catalogue.handwritten), "page"): catalogue.handwritten,
        pluralize(len(catalogue.assets), "asset"): catalogue.assets,
        f"{len(catalogue.unread)} not read": catalogue.unread,
        f"{len(catalogue.excluded)} left out by conf.py": catalogue.excluded,
    }
    total = pluralize(sum(map(len, files.values())), "file")
    kinds = ", ".join(text for text, found in files.items() if len(found) or found is notes)
    counts = Counter(problem.severity for problem in problems)
    severities = ", ".join(
        f"{counts[one]} info" if one is Severity.INFO else pluralize(counts[one], one.value)
        for one in Severity
        if counts[one]
    )
    return f"{total}: {kinds}; {severities or 'no problems found'}"
