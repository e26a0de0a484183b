"""``confnotes check``: say what is unclear or wrong in the notes.

Reads the whole project, without Sphinx, and prints one line for each fault, sorted:

  path:line:column severity code message; what to type instead

An error breaks the site. A warning is likely to be wrong, and a note of level info may be right.

examples:
  confnotes check
  confnotes check years/2015 --strict
  confnotes check --fix
  confnotes check --format sarif > confnotes.sarif
  confnotes check --write-baseline --baseline known.jsonl    forgive what is there today
  confnotes check --baseline known.jsonl                     and hear of what is new

exit status:
  0  no error (with --strict: no warning, either)
  1  an error
  2  nothing could be checked
"""

from __future__ import annotations

import argparse
import os
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

from confnotes import checks
from confnotes.catalogue import Catalogue, load
from confnotes.checks import baseline, fixes
from confnotes.cli import formats, project
from confnotes.cli.colours import Colours
from confnotes.cli.patience import Patience
from confnotes.machines import redirects
from confnotes.machines.codes import Code as Redirects
from confnotes.model import Problem, Severity


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "paths", nargs="*", type=Path, metavar="PATH", help="what to hear of; all without"
    )
    parser.add_argument("--root", type=Path, metavar="DIR", help="the project's folder")
    parser.add_argument("--fix", action="store_true", help="correct field lines and front matter")
    parser.add_argument("--strict", action="store_true", help="let warnings fail, too")
    parser.add_argument(
        "--format", choices=("text", "json", "github", "sarif"), default="text", help="how to print"
    )
    parser.add_argument("--baseline", type=Path, metavar="FILE", help="faults to be silent about")
    parser.add_argument(
        "--write-baseline", action="store_true", help="write today's faults to the baseline"
    )
    parser.add_argument("--list-rules", action="store_true", help="print every code, and leave")


def run(arguments: argparse.Namespace) -> int:
    if arguments.list_rules:
        width = max(map(len, rules()))
        for code, (severity, explanation) in rules().items():
            print(f"{code:{width}}  {severity:7}  {explanation}")
        return 0
    try:
        return _check(arguments)
    except (_UsageError, baseline.BaselineError) as error:
        print(f"confnotes: {error}", file=sys.stderr)
        return 2


def rules() -> dict[str, tuple[Severity, str]]:
    """Return the severity and the explanation of each code that a check may print."""
    found = {str(code): (severity, code.explanation) for code, severity in checks.READ.items()}
    found |= {str(code): (Severity.ERROR, code.explanation) for code in Redirects}
    found |= {str(rule.code): (rule.severity, rule.code.explanation) for rule in checks.RULES}
    return dict(sorted(found.items()))


class _UsageError(Exception):
    """What was typed cannot be done; the message says why."""


def _check(arguments: argparse.Namespace) -> int:
    root = _root(arguments)
    if arguments.write_baseline and not arguments.baseline:
        raise _UsageError("say where: --write-baseline --baseline FILE")
    known = Counter[baseline.Sin]()
    if arguments.baseline and not arguments.write_baseline:
        known = baseline.load(arguments.baseline)
    catalogue, problems = _problems(root, arguments.paths)
    if arguments.fix and (made := _fixed(catalogue, problems)):
        print("\n".join(map(str, made)), file=sys.stderr)
        catalogue, problems = _problems(root, arguments.paths)
    if arguments.write_baseline:
        count = baseline.save(problems, root, arguments.baseline)
        print(f"{arguments.baseline}: {_count(count, 'fault')} forgiven", file=sys.stderr)
        return 0
    problems, gone = baseline.new(problems, root, known)
    if text := _printed(problems, root, arguments.format):
        print(text)
    print(_summary(catalogue, problems, gone), file=sys.stderr)
    fatal = {Severity.ERROR, Severity.WARNING} if arguments.strict else {Severity.ERROR}
    return int(any(problem.severity in fatal for problem in problems))


def _root(arguments: argparse.Namespace) -> Path:
    for path in arguments.paths:
        if not os.path.lexists(path):
            raise _UsageError(f"there is no {path}")
    if arguments.root:
        if not (arguments.root / "years").is_dir():
            raise _UsageError(f"{arguments.root} has no folder years/")
        return Path(arguments.root)
    roots = {project.find(path) for path in arguments.paths or [Path()]}
    root = roots.pop()
    if roots:
        raise _UsageError("these paths are of several projects; check one after the other")
    if root is None:
        raise _UsageError("no project here, which has conf.py and years/; go there, or add --root")
    return root


def _problems(root: Path, paths: Sequence[Path]) -> tuple[Catalogue, list[Problem]]:
    with Patience("reading the notes") as patience:
        catalogue = load(root, cache=project.cache(root), by_stat=True)
        problems = [*redirects.lint(catalogue), *checks.run(catalogue, patience.tell)]
        problems.sort(key=lambda one: (one.path, one.line, one.column))
    top = Path(os.path.realpath(root))
    wanted = [project.located(path) for path in paths]

    def is_asked(problem: Problem) -> bool:
        place = top / problem.path
        return not wanted or any(place.is_relative_to(path) for path in wanted)

    return catalogue, [problem for problem in problems if is_asked(problem)]


def _fixed(catalogue: Catalogue, problems: Iterable[Problem]) -> list[fixes.Fix]:
    try:
        return fixes.apply(catalogue.root, fixes.fixes(catalogue, problems))
    except OSError as error:
        raise _UsageError(f"{error.filename}: {error.strerror}; it is unchanged") from None


def _printed(problems: Sequence[Problem], root: Path, style: str) -> str:
    if style == "sarif":
        return formats.as_sarif(problems, root, rules())
    if style == "text":
        return formats.as_text(problems, root, Colours(sys.stdout))
    return formats.FORMATS[style](problems, root)


def _summary(catalogue: Catalogue, problems: Sequence[Problem], gone: int) -> str:
    counts = Counter(problem.severity for problem in problems)
    said = [_count(counts[one], one.value) for one in Severity if counts[one] and one != "info"]
    said += [f"{counts[Severity.INFO]} info"] if counts[Severity.INFO] else []
    files = [
        f"{_count(len(catalogue.notes), 'note')} with {_count(len(catalogue.talks), 'talk')}",
        *(
            _count(len(paths), what)
            for what, paths in (("page", catalogue.written), ("asset", catalogue.assets))
            if paths
        ),
    ]
    files += [f"{len(catalogue.unread)} not read"] if catalogue.unread else []
    total = sum(map(len, (catalogue.notes, catalogue.written, catalogue.assets, catalogue.unread)))
    seen = f"{_count(total, 'file')}: {', '.join(files)}"
    old = f"; {_count(gone, 'line')} of the baseline can go" if gone else ""
    return f"{seen}; {', '.join(said) or 'no problems found'}{old}"


def _count(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"
