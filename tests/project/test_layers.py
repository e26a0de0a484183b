"""Data goes one way, and all but the last layer works where Sphinx is not installed."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import confnotes
import pytest

PACKAGE = Path(confnotes.__file__).parent

WORDS = set(
    """
    body character_references declared_encodings digests documented_enum file_stamps files grouping
    model names
    output_folder parallel shell_command invisible_characters slugs suffixes suggest url_finder urls
    """.split()
)
"""Modules that everybody may use."""

MAY_USE: dict[str, set[str]] = {
    "notes": set(),
    "linkcheck": set(),
    "catalogue": {"notes"},
    "pages": {"catalogue", "lint", "notes", "linkcheck"},
    "lint": {"catalogue", "notes"},
    "imports": {"catalogue", "notes"},
    "exports": {"catalogue", "notes", "pages"},
    "search": {"catalogue", "notes", "pages"},
    "sitecheck": set(),
    "sphinx": {"catalogue", "linkcheck", "exports", "notes", "pages", "search", "sitecheck"},
    "cli": {"catalogue", "lint", "imports", "linkcheck", "exports", "notes"},
}
"""The packages that each package knows: the picture in CONTRIBUTING.md."""

CORE = sorted(
    ".".join(("confnotes", *path.relative_to(PACKAGE).with_suffix("").parts)).removesuffix(
        ".__init__"
    )
    for path in PACKAGE.rglob("*.py")
    if path.relative_to(PACKAGE).parts[0] != "sphinx" and path.name != "__main__.py"
)


def test_the_core_needs_no_sphinx() -> None:
    program = (
        "import sys\n"
        "for name in ('sphinx', 'docutils', 'myst_parser'): sys.modules[name] = None\n"
        f"for name in {CORE}: __import__(name)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=False
    )
    assert done.stderr == ""
    assert done.returncode == 0


def test_a_build_imports_no_http_client_and_no_reader_before_it_needs_them() -> None:
    program = (
        "import sys, confnotes.sphinx\n"
        "print(*sys.modules.keys() & {'aiohttp', 'pagefind', 'confnotes.notes.pipeline'})\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == ""


def _imported(tree: ast.AST) -> Iterator[str]:
    """Yield each package or module of ours that a file imports, not only for its types."""
    for node in ast.iter_child_nodes(tree):
        match node:
            case ast.If(test=ast.Name(id="TYPE_CHECKING")):
                pass
            case ast.ImportFrom(module="confnotes", names=names):
                yield from (name.name for name in names)
            case ast.ImportFrom(module=str(module)) if module.startswith("confnotes."):
                yield module.split(".")[1]
            case ast.Import(names=names):
                yield from (n.name.split(".")[1] for n in names if n.name.startswith("confnotes."))
            case _:
                yield from _imported(node)


@pytest.mark.parametrize(
    "package", sorted(path.parent.name for path in PACKAGE.glob("*/__init__.py"))
)
def test_data_goes_one_way(package: str) -> None:
    allowed = WORDS | MAY_USE[package] | {package, "__version__"}
    for path in (PACKAGE / package).rglob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        assert set(_imported(tree)) - allowed == set(), path


def test_nobody_is_below_himself() -> None:
    def below(package: str) -> set[str]:
        return MAY_USE[package].union(*(below(other) for other in MAY_USE[package]))

    assert [package for package in MAY_USE if package in below(package)] == []
