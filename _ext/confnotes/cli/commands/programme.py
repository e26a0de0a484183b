"""``confnotes programme``: list where notes and the programmes of their events differ.

A line says where a talk is renamed, has other speakers, is on another day, or was cancelled. A
field line in the note is its author's last word, and is not asked about. Programmes come from
`confnotes import`.

examples:
  confnotes programme
  confnotes programme years/2031/kettle-days
  confnotes programme --fix years/2031/kettle-days/monday.txt

exit status:
  0  nothing differs
  1  something does
  2  nothing could be read or written
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from confnotes.cli.output import CommandError, pluralize
from confnotes.cli.project import load_project, path_filter, required_root, root_option
from confnotes.lint.fixes import add_field
from confnotes.lint.programme_differences import Difference, differences


@click.command
@click.argument("paths", nargs=-1, metavar="[PATH…]", type=click.Path(path_type=Path, exists=True))
@click.option(
    "--fix", is_flag=True, help="Write field lines: the programme’s speakers and days are right."
)
@root_option
def command(paths: Sequence[Path], root: Path | None, *, fix: bool) -> int:
    project = required_root(root, *paths)
    catalogue = load_project(project)
    if not catalogue.programmes:
        raise CommandError("there is no programme.json; run `confnotes import schedule.xml` first")
    is_wanted = path_filter(project, paths)
    found = [one for one in differences(catalogue) if is_wanted(one[0].path)]
    left = _unfixed(project, found) if fix else found
    for problem, _field in left:
        print(problem)
    if fix:
        print(f"{pluralize(len(found) - len(left), 'field line')} written")
    return 1 if left else 0


def _unfixed(project: Path, found: Sequence[Difference]) -> list[Difference]:
    """Write the fields, from the end of each note; return the differences that are left."""
    left = []
    for problem, field in reversed(found):
        if not field or not add_field(project, problem.path, problem.line, field):
            left.append((problem, field))
    return left[::-1]
