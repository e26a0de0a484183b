"""Builds measured, side by side with other tools, as a table."""

from __future__ import annotations

import argparse
import compileall
import json
import os
import platform
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path

import confnotes

from tests.bench import corpus, stock
from tests.bench.measure import Cost, FailedError, run, size
from tests.bench.tools import OTHERS, Tool, sphinx

HISTORY = Path("_build/bench/history.jsonl")
_HEADINGS = (
    "", "wall s", "starts", "CPU s", "CPU ratio", "memory MB", "output MB", "search kB", "pages",
)  # fmt: skip
_SHOWN = "{:<34}{:>8}{:>8}{:>8}{:>11}{:>11}{:>11}{:>11}{:>8}"
_START, _CLEAN = "a Sphinx start, one page", "confnotes, clean"
_TIMES = 3
"""How often a short build is measured; the median counts."""


@dataclass(frozen=True)
class Row:
    """One build. ``output`` and ``search`` are bytes; ``search`` is what one query downloads."""

    name: str
    notes: int
    cost: Cost
    output: int = 0
    search: int = 0
    pages: int = 0


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("corpus", nargs="?", default="invented", choices=["invented", "pyvideo"])
    parser.add_argument("--notes", type=int, nargs="+", default=[100, 1000, 4000])
    parser.add_argument("--alone", action="store_true", help="measure no other tools")
    parser.add_argument("--keep", type=Path, help="a new folder for what is built")
    chosen = parser.parse_args()
    compileall.compile_dir(Path(confnotes.__file__).parent, quiet=1)  # as pip does with others
    with tempfile.TemporaryDirectory() as folder:
        work = (chosen.keep or Path(folder)).absolute()
        if chosen.corpus == "pyvideo":
            shared = os.environ.get("CONFNOTES_SHARED")
            if not shared:
                parser.error("CONFNOTES_SHARED does not say where the data is")
            _report(_pyvideo(work, Path(shared)))
        for notes in chosen.notes if chosen.corpus == "invented" else ():
            _report(_invented(work / str(notes), notes, () if chosen.alone else OTHERS))
        if chosen.corpus == "invented" and len(chosen.notes) > 1:
            small, large = sorted(chosen.notes)[-2:]
            more = _growth(work, small, large)
            print(f"a note of {large:,} takes {more:.2f} times the CPU of a note of {small:,}")
    return 0


def _invented(work: Path, notes: int, others: tuple[Tool, ...]) -> Iterator[Row]:
    project = work / "notes"
    corpus.invented(project, notes)
    yield from _ours(work, notes)
    for tool in others:
        if not tool.installed:
            print(f"{tool.name}: not installed; run .venv/bin/pip install -e '.[bench]'")
        elif notes <= tool.most:
            folder = work / tool.name
            tool.prepare(project, folder)
            output = work / f"{tool.name} html"
            yield _row(tool.name, notes, tool.command(folder, output), output)


def _pyvideo(work: Path, shared: Path) -> Iterator[Row]:
    talks = corpus.pyvideo(work / "notes", shared)
    print(f"{talks:,} talks")
    yield from _ours(work, sum(1 for _ in work.rglob("notes/years/**/*.txt")))


def _ours(work: Path, notes: int) -> Iterator[Row]:
    """Yield what builds of the project ``notes`` in ``work`` take, and one of a single page."""
    stock.write(work / "one/index.md", "# One page\n")
    stock.write(work / "one/conf.py", stock.CONF)
    one, project, output = work / "one-html", work / "notes", work / "html"
    yield _row(_START, notes, sphinx(work / "one", one), one, partial(_anew, one), times=_TIMES)
    command = sphinx(project, output)
    yield _row(_CLEAN, notes, command, output)
    yield _row("confnotes, no change", notes, command, output, times=_TIMES)
    first = min(project.glob("years/**/*.txt"))
    for name, edit in (("edit", _edit), ("add", _add)):
        before = partial(edit, first)
        yield _row(f"confnotes, one-note {name}", notes, command, output, before, times=_TIMES)
    yield from _commands(project, first, notes)


def _commands(project: Path, note: Path, notes: int) -> Iterator[Row]:
    """Yield what ``show`` and ``check`` of a note take: the first time, then after each edit."""
    cache = project.with_name("cache")
    for name, times in (("first", 1), ("one-note edit", _TIMES)):
        for command in ("show", "check"):
            typed = [sys.executable, "-m", "confnotes", command, note]
            costs = []
            for turn in range(times):
                _edit(note, turn)
                costs.append(run(typed, project, XDG_CACHE_HOME=str(cache)))
            yield Row(f"confnotes {command}, {name}", notes, _median(costs))


def _growth(work: Path, small: int, large: int) -> float:
    """Build both corpora at the same time, so that both suffer alike from whatever else runs.

    Return the CPU time for a note of the ``large`` one, in those of the ``small`` one, which
    is built as often as it goes into the other.
    """

    def cost(notes: int, at: int) -> float:
        project, output = work / str(notes) / "notes", work / f"{notes}-{at}"
        return run([*sphinx(project, output), "-j", "1"], work).cpu

    with ThreadPoolExecutor() as both:
        other = both.submit(cost, large, 0)
        often = [cost(small, at) for at in range(max(1, large // small))]
        return other.result() / large / (sum(often) / len(often) / small)


def _edit(note: Path, turn: int) -> None:
    with note.open("a", encoding="utf-8") as text:
        text.write(f"  • one more thing was said, thing {turn}\n")


def _add(note: Path, turn: int) -> None:
    text = note.read_text(encoding="utf-8").replace("Session 1", f"Session 9{turn}")
    note.with_name(f"session-9{turn}.txt").write_text(text, encoding="utf-8")


def _nothing(turn: int) -> None:
    pass


def _anew(output: Path, turn: int) -> None:
    for made in output.parent.glob(f"{output.name}*"):
        shutil.rmtree(made)


def _row(
    name: str,
    notes: int,
    command: list[str | Path],
    output: Path,
    before: Callable[[int], None] = _nothing,
    *,
    times: int = 1,
) -> Row:
    """Return the row of the build whose wall time is the median of that many ``times``."""
    costs = []
    for turn in range(times):
        before(turn)
        costs.append(run(command, output.parent))
    pages = sum(1 for _ in output.rglob("*.html"))
    return Row(name, notes, _median(costs), size(output), _search(output), pages)


def _median(costs: list[Cost]) -> Cost:
    return sorted(costs, key=lambda cost: cost.wall)[len(costs) // 2]


def _search(output: Path) -> int:
    """Return how many bytes a reader downloads for one query.

    With Pagefind: its code, the list of the language, one part of the index, and ten results.
    """
    whole = [output / name for name in ("searchindex.js", "search/search_index.json")]
    if (found := output / "pagefind").is_dir():
        parts = [max(_sizes(found, f"{folder}/*"), default=0) for folder in ("index",)]
        results = sorted(_sizes(found, "fragment/*"))[-10:]
        code = [*_sizes(found, "pagefind.js"), *_sizes(found, "wasm.en.pagefind")]
        return sum((*parts, *results, *code, *_sizes(found, "*.pf_meta")))
    return sum(path.stat().st_size for path in whole if path.is_file())


def _sizes(folder: Path, pattern: str) -> list[int]:
    return [path.stat().st_size for path in folder.glob(pattern)]


def _report(rows: Iterator[Row]) -> None:
    """Print each row as soon as it is measured, and keep it.

    CPU ratios are to our clean build, wall ratios to a Sphinx start.
    """
    print(_SHOWN.format(*_HEADINGS))
    known: dict[str, Row] = {}
    while True:
        try:
            row = next(rows, None)
        except FailedError as error:
            print(error)
            return
        if row is None:
            return
        known[row.name] = row
        _print(row, known.get(_START), known.get(_CLEAN))
        _keep(row)


def _print(row: Row, start: Row | None, clean: Row | None) -> None:
    cost = row.cost
    print(
        _SHOWN.format(
            f"{row.name} ({row.notes:,})",
            f"{cost.wall:.1f}",
            f"{cost.wall / start.cost.wall:.1f}" if start else "",
            f"{cost.cpu:.1f}",
            f"{cost.cpu / clean.cost.cpu:.2f}" if clean else "",
            f"{cost.memory / 1e6:.0f}",
            f"{row.output / 1e6:.1f}",
            f"{row.search / 1e3:.0f}",
            row.pages,
        ),
        flush=True,
    )


def _keep(row: Row) -> None:
    HISTORY.parent.mkdir(parents=True, exist_ok=True)
    about = {"time": time.strftime("%Y-%m-%dT%H:%M:%S"), "python": platform.python_version()}
    with HISTORY.open("a", encoding="utf-8") as history:
        print(json.dumps({**about, **asdict(row)}), file=history)


if __name__ == "__main__":
    sys.exit(main())
