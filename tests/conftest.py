"""Sphinx projects under test: copied, built, edited, built again."""

from __future__ import annotations

import gc
import os
import shutil
import subprocess
import sys
import warnings
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import count
from multiprocessing import get_context
from pathlib import Path

import pytest
from hypothesis import settings
from jinja2 import FileSystemBytecodeCache
from sphinx import jinja2glue
from sphinx.builders.html._assets import _file_checksum_inner
from sphinx.cmd.build import build_main
from sphinx.config import Config
from sphinx.testing.util import SphinxTestApp
from sphinx.util.console import strip_escape_sequences

from tests.file_trees import write_files

pytest_plugins = ["sphinx.testing.fixtures"]

settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")

os.environ["PATH"] = (
    f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"  # as activated
)

_BUILDS = count(1)
ROOTS = Path(__file__).parent / "roots"


@pytest.fixture(scope="session", autouse=True)
def compiled_templates(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Let all builds share what Jinja makes of the theme's templates: a tenth of their time."""
    cache = FileSystemBytecodeCache(str(tmp_path_factory.mktemp("templates")))
    environment = partial(jinja2glue.SandboxedEnvironment, bytecode_cache=cache)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(jinja2glue, "SandboxedEnvironment", environment)
        yield


@pytest.fixture(autouse=True)
def cache_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder in which commands keep what they have read, one for each test."""
    folder = tmp_path.with_name(f"{tmp_path.name}-cache")
    monkeypatch.setenv("XDG_CACHE_HOME", str(folder))
    return folder


@dataclass(frozen=True)
class Build:
    """What one run of a builder said and did."""

    warnings: list[str]
    read: list[str]
    """Documents read, in order."""
    written: set[str]
    """Files of the output that are new or have new times, without those of ``_static``."""
    statuscode: int
    said: str
    """What it told on the way."""


@dataclass
class Site:
    """A copy of a project below ``tests/roots``, with its output beside it."""

    source: Path
    output: Path
    make_app: Callable[..., SphinxTestApp] = SphinxTestApp
    defaults: Mapping[str, object] = field(default_factory=lambda: {"nitpicky": True})
    """Settings of every build."""

    @classmethod
    def copy(
        cls, root: str, folder: Path, make_app: Callable[..., SphinxTestApp] = SphinxTestApp
    ) -> Site:
        shutil.copytree(ROOTS / f"test-{root}", folder / "source")
        return cls(folder / "source", folder / "build", make_app)

    def without_search(self) -> Site:
        """Make no index of talks, which takes a fifth of the time of a small build."""
        return replace(self, defaults={**self.defaults, "confnotes_search": False})

    def build(self, builder: str = "html", *, parallel: int = 0, **settings: object) -> Build:
        before = self._times(builder)
        _file_checksum_inner.cache_clear()  # Sphinx keeps them as long as its process lives
        Config.config_values["templates_path"].default.clear()  # to which themes append
        read: list[str] = []
        app = self.make_app(
            builder,
            srcdir=self.source,
            builddir=self.output,
            parallel=parallel,
            confoverrides={**self.defaults, **settings},
            warningiserror=True,
        )
        app.connect("env-before-read-docs", lambda app, env, docnames: read.extend(docnames))
        app.build()
        app.cleanup()
        if not next(_BUILDS) % 16:
            gc.collect()  # small builds leave more than they search
        after = self._times(builder)
        return Build(
            warnings=strip_escape_sequences(app.warning.getvalue()).splitlines(),
            read=read,
            written={name for name, time in after.items() if before.get(name) != time},
            statuscode=app.statuscode,
            said=strip_escape_sequences(app.status.getvalue()),
        )

    def text(self, name: str, builder: str = "html") -> str:
        return (self.output / builder / name).read_text(encoding="utf-8")

    def bytes(self, builder: str = "html") -> dict[str, bytes]:
        """Return every file of the output."""
        root = self.output / builder
        return {
            path.relative_to(root).as_posix(): path.read_bytes()
            for path in sorted(root.rglob("*"))
            if path.is_file()
        }

    def edit(self, name: str, old: str, new: str) -> None:
        path = self.source / name
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new), encoding="utf-8")

    def write(self, name: str, text: str) -> None:
        write_files(self.source, {name: text})

    def _times(self, builder: str) -> dict[str, int]:
        root = self.output / builder
        return {
            path.relative_to(root).as_posix(): path.stat().st_mtime_ns
            for path in root.rglob("*")
            if path.is_file() and "_static" not in path.parts
        }


@pytest.fixture
def make_site(tmp_path: Path, make_app: Callable[..., SphinxTestApp]) -> Callable[..., Site]:
    def make(root: str, name: str = "site") -> Site:
        return Site.copy(root, tmp_path / name, make_app)

    return make


@pytest.fixture
def site(make_site: Callable[..., Site]) -> Site:
    return make_site("conference")


@pytest.fixture(scope="module")
def make_shared_site(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Site]:
    """Return what copies a project that several tests look at, and none changes."""
    return lambda root: Site.copy(root, tmp_path_factory.mktemp("shared"))


@pytest.fixture(scope="session")
def conference(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a project that was built, called ``site``, and of a copy, ``kept``."""
    folder = tmp_path_factory.mktemp("conference")
    site = Site.copy("conference", folder / "site")
    assert site.build().warnings == []
    (folder / "site").rename(folder / "kept")
    return folder


@pytest.fixture
def built(conference: Path, make_app: Callable[..., SphinxTestApp]) -> Site:
    """Return a project that a build with the default settings has just left."""
    folder = conference / "site"
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(conference / "kept", folder)
    return Site(folder / "source", folder / "build", make_app)


@pytest.fixture
def build_elsewhere(site: Site, tmp_path: Path) -> Callable[..., dict[str, bytes]]:
    """Return what builds in another process, which leaves no code and no words in this one.

    With other variables of the ``environment`` it loads all code anew.
    """

    def build(name: str, **environment: str) -> dict[str, bytes]:
        words = ["-q", "-W", "-d", f"{tmp_path / name}-doctrees", site.source, tmp_path / name]
        arguments = list(map(str, words))
        if environment:
            command = [sys.executable, "-m", "sphinx", *arguments]
            subprocess.run(command, check=True, env={**os.environ, **environment})
        else:
            process = get_context("fork").Process(target=_build, args=(arguments,))
            process.start()
            process.join()
            assert process.exitcode == 0
        pages = sorted(path for path in (tmp_path / name).rglob("*") if path.is_file())
        return {str(path.relative_to(tmp_path / name)): path.read_bytes() for path in pages}

    return build


def _build(arguments: list[str]) -> None:
    warnings.simplefilter("default")  # of themes
    sys.exit(build_main(arguments))
