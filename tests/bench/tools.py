"""The tools measured: how each is given its project, and which command builds it."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from tests.bench import stock

Command = list[str | Path]

_MKDOCS = """\
site_name: Bench
theme:
  name: material
{features}plugins: [search, tags]
"""
_PRUNED = "  features: [navigation.prune, navigation.indexes]\n"
_HUGO = 'baseURL = "/"\ntitle = "Bench"\ndisableKinds = ["RSS"]\n'
_LAYOUT = "<!doctype html><title>{{ .Title }}</title><body>{{ .Content }}</body>\n"
_LISTING = '<ul>{{ range .Pages }}<li><a href="{{ .RelPermalink }}">{{ .Title }}</a>{{ end }}</ul>'


@dataclass(frozen=True)
class Tool:
    """``prepare(project, folder)`` writes the pages of our project for the tool into a folder.

    ``command(folder, output)`` builds them. ``most`` is the number of notes
    beyond which the tool is not asked to.
    """

    name: str
    module: str
    prepare: Callable[[Path, Path], None]
    command: Callable[[Path, Path], Command]
    most: int = 10_000

    @property
    def installed(self) -> bool:
        return find_spec(self.module) is not None


def sphinx(folder: Path, output: Path) -> Command:
    """Return the command that builds a Sphinx project, with its doctrees beside the output."""
    doctrees = output.with_name(f"{output.name}-doctrees")
    return [sys.executable, "-m", "sphinx", "-q", "-j", "auto", "-d", doctrees, folder, output]


def _mkdocs(folder: Path, output: Path) -> Command:
    return [
        sys.executable,
        "-m",
        "mkdocs",
        "build",
        "-q",
        "-f",
        folder / "mkdocs.yml",
        "-d",
        output,
    ]


def _material(features: str) -> Callable[[Path, Path], None]:
    def prepare(project: Path, folder: Path) -> None:
        stock.markdown(project, folder / "docs")
        stock.write(folder / "mkdocs.yml", _MKDOCS.format(features=features))

    return prepare


def _hugo(folder: Path, output: Path) -> Command:
    return [Path(sys.executable).with_name("hugo"), "--quiet", "-s", folder, "-d", output]


def _bare(project: Path, folder: Path) -> None:
    """Hugo with the least layout; it brings none, and no search."""
    stock.markdown(project, folder / "content")
    for index in (folder / "content").rglob("index.md"):
        index.rename(index.with_name("_index.md"))  # else it swallows the pages beside it
    stock.write(folder / "hugo.toml", _HUGO)
    stock.write(folder / "layouts" / "_default" / "single.html", _LAYOUT)
    stock.write(folder / "layouts" / "_default" / "list.html", _LAYOUT + _LISTING)


OTHERS = (
    Tool("Sphinx, MyST, Furo", "furo", stock.sphinx, sphinx, most=150),
    Tool("Material for MkDocs", "material", _material(""), _mkdocs, most=1000),
    Tool("Material, pruned", "material", _material(_PRUNED), _mkdocs, most=1000),
    Tool("Hugo, bare", "hugo", _bare, _hugo),
)
