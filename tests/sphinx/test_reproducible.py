"""The same sources make the same bytes: whoever builds, where, when, and after which builds."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import confnotes

if TYPE_CHECKING:
    import pytest
    from conftest import Site

ROOT = Path(__file__).parents[1] / "roots" / "test-conference"
NOTE = "years/2031/pipeline-days/monday-session-2.txt"
HERE = {"PYTHONHASHSEED": "1", "TZ": "Pacific/Auckland", "LC_ALL": "C", "LANGUAGE": "de"}
THERE = {"PYTHONHASHSEED": "2", "TZ": "America/Lima", "LC_ALL": "C.UTF-8", "LANGUAGE": ""}
READ_THE_DOCS = ("html", "singlehtml", "epub", "latex")
"""What it builds, one after the other, with the same doctrees."""


def contents(folder: Path) -> dict[str, bytes]:
    """Return all files but books: Sphinx archives the files beside each with their times."""
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in files
        if path.suffix != ".epub"
    }


PROGRAM = """
import sys
from sphinx.cmd.build import build_main

options, made = sys.argv[1:-1], sys.argv[-1]
for builder in ("html", "epub", "latex"):
    if build_main([*options, "-b", builder, "-d", f"{made}/doctrees", f"{made}/{builder}"]):
        sys.exit(f"{builder} failed")
"""


def test_nothing_around_a_build_is_in_it(tmp_path: Path) -> None:
    def build(name: str, processes: int, around: dict[str, str]) -> dict[str, bytes]:
        source, made = tmp_path / name / "source", tmp_path / name / "made"
        shutil.copytree(ROOT, source)
        for number, path in enumerate(sorted(source.rglob("*"))):
            os.utime(path, (processes * 10**8 + number,) * 2)
        code = tmp_path / name / "code"
        shutil.copytree(Path(confnotes.__file__).parent, code / "confnotes")
        always = {"SOURCE_DATE_EPOCH": "1900000000", "PYTHONPATH": str(code)}
        options = ["-q", "-n", "-W", "-j", str(processes), source]
        subprocess.run(
            [sys.executable, "-c", PROGRAM, *options, made],
            env={**os.environ, **always, **around},
            check=True,
        )
        shutil.rmtree(made / "doctrees")
        return contents(made)

    one, other = build("here", 1, HERE), build("there/and/deeper", 4, THERE)
    assert {"html/index.html", "epub/index.xhtml"} <= one.keys() == other.keys()
    assert [name for name in one if one[name] != other[name]] == []


def test_builders_take_turns(
    make_site: Callable[..., Site], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1900000000")
    shared = make_site("conference", "shared")
    for builder in READ_THE_DOCS:
        assert shared.build(builder).warnings == []
    shared.edit(NOTE, "Leaks at scale – Cleo Nkemelu", "Leaks at any scale – Bo Li")
    for builder in READ_THE_DOCS:
        assert shared.build(builder).warnings == []
        alone = make_site("conference", builder)
        shutil.copytree(shared.source, alone.source, dirs_exist_ok=True)
        alone.build(builder)
        made, wanted = contents(shared.output / builder), contents(alone.output / builder)
        assert made.keys() == wanted.keys(), builder
        assert [name for name in made if made[name] != wanted[name]] == [], builder
