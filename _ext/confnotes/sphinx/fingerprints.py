"""What doctrees and pages are made from: digests that change when one of them would."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import docutils
import sphinx

from confnotes.code_digest import local_code
from confnotes.digests import digest
from confnotes.sphinx import _compat, dependencies
from confnotes.sphinx.assets import asset_bytes
from confnotes.sphinx.build_state import DocumentDigests
from confnotes.sphinx.translations import translation_bytes

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

    from confnotes.sphinx.project import NotesProject


def source_parts(project: NotesProject, docname: str, inventories: str) -> Iterator[str | bytes]:
    """Yield what stands for the derived page in ``docname``, and what somebody wrote there.

    What somebody wrote may lead into the ``inventories`` of other projects.
    """
    if derived := project.digests(docname):
        yield derived.page
    if derived is None or docname in project.catalogue.handwritten:
        path = project.doc2path(docname, absolute=True)
        yield path.suffix
        yield path.read_bytes()
        yield inventories


def dependency_digests(env: BuildEnvironment) -> DocumentDigests:
    """Return a digest of the files that a document includes, for each that includes any."""
    return {
        docname: digest(*_texts(env, map(str, paths)))
        for docname, paths in env.dependencies.items()
        if paths and docname in env.found_docs
    }


def _texts(env: BuildEnvironment, paths: Iterable[str]) -> Iterator[str | bytes]:
    for name in sorted(paths):
        path = Path(env.srcdir, name)
        yield name
        yield path.read_bytes() if path.is_file() else b""


def used(
    env: BuildEnvironment, docnames: Iterable[str], included: DocumentDigests
) -> DocumentDigests:
    """Return a digest of what a document was read with, beside its text, for each of them."""
    return {
        docname: digest(included.get(docname, ""), *dependencies.answers(env, docname))
        for docname in docnames
    }


def toolchain_digest(app: Sphinx) -> str:
    """Return a digest of all code and words that doctrees and pages are made with."""
    conf = Path(app.confdir, "conf.py")
    return digest(
        repr(
            (sphinx.__version__, docutils.__version__, _compat.versions(app), app.config.language)
        ),
        conf.read_bytes() if conf.is_file() else b"",
        local_code(),
        *translation_bytes(app),
    )


def config_digest(app: Sphinx) -> str:
    """Return what stands for all settings that have one value, as those have that pages show."""
    shown = [(name, value) for name, value, *_ in app.config if isinstance(value, str | int | None)]
    return digest(repr(sorted(shown)))


def asset_digest(app: Sphinx) -> str:
    """Return what stands for the files that every page is made with."""
    return digest(*asset_bytes(app))


def inventories(app: Sphinx) -> str:
    """Return a digest of the inventories of other projects that intersphinx has loaded."""
    if "sphinx.ext.intersphinx" not in app.extensions:
        return ""
    found = _compat.inventories(app.env)
    return digest(*(f"{name} {found[name]!r}" for name in sorted(found)))
