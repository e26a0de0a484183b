"""Digests of the inputs of doctrees and pages: each changes when its output would."""

from __future__ import annotations

import os
import posixpath
from collections.abc import Iterable, Iterator, Mapping
from glob import escape, glob
from pathlib import Path

import docutils
import sphinx
from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util.i18n import get_image_filename_for_language

from confnotes.digests import digest, local_code_digest
from confnotes.sphinx import _compat
from confnotes.sphinx.last_build import DocumentDigests
from confnotes.sphinx.navigation import navigation_of_page
from confnotes.sphinx.project import NotesProject, notes_project
from confnotes.sphinx.sphinx_events import PAGE_INPUTS
from confnotes.sphinx.translations import translation_bytes
from confnotes.sphinx.unresolved_references import resolved_targets

_KEY = "confnotes_lookups"


def prose_inputs(project: NotesProject, docname: str, inventories: str) -> Iterator[str | bytes]:
    """Yield the bytes of a hand-written page.

    Prose may link to the ``inventories`` of other projects, so these are part of it.
    """
    if project.has_prose(docname):
        path = project.doc2path(docname, absolute=True)
        yield path.suffix
        yield path.read_bytes()
        yield inventories


def document_digests(project: NotesProject, prose: DocumentDigests) -> DocumentDigests:
    """Return the digests of documents: of their ``prose`` and of their generated parts."""
    return {name: digest(typed, _generated(project, name)) for name, typed in prose.items()}


def _generated(project: NotesProject, docname: str) -> str:
    """Return a digest of the generated part of a document, ``new`` before it is made."""
    made = project.cached_page(docname)
    return made.page_digest if made else "new" if project.has_generated_part(docname) else ""


def dependency_digests(env: BuildEnvironment) -> DocumentDigests:
    """Return a digest of the files that a document includes, for each that includes any.

    It covers the former names that are hidden in them.
    """
    former = repr(notes_project(env).catalogue.former.names)
    return {
        docname: digest(former, *_texts(env, map(str, paths)))
        for docname, paths in env.dependencies.items()
        if paths and docname in env.found_docs
    }


def _texts(env: BuildEnvironment, paths: Iterable[str]) -> Iterator[str | bytes]:
    for name in sorted(paths):
        path = Path(env.srcdir, name)
        yield name
        yield path.read_bytes() if path.is_file() else b""


def context_digests(
    env: BuildEnvironment, docnames: Iterable[str], included: DocumentDigests
) -> DocumentDigests:
    """Return a digest of the other inputs of each document: included files and lookups."""
    return {
        docname: digest(included.get(docname, ""), *lookup_results(env, docname))
        for docname in docnames
    }


def shown_parts(app: Sphinx, docname: str) -> Iterator[str]:
    """Yield what the page of a document shows that is not in its doctree."""
    made = notes_project(app).cached_page(docname)
    yield made.navigation_digest if made else repr(navigation_of_page(app.env, docname))
    yield from resolved_targets(app.env, docname)
    for texts in app.emit(PAGE_INPUTS, app.env, docname):
        yield from texts


def changed_documents(now: Mapping[str, str], then: Mapping[str, str]) -> set[str]:
    return {docname for docname, digest in now.items() if then.get(docname) != digest}


def toolchain_digest(app: Sphinx) -> str:
    """Return a digest of the code and translations that doctrees and pages are made with."""
    conf = Path(app.confdir, "conf.py")
    return digest(
        repr(
            (sphinx.__version__, docutils.__version__, _compat.versions(app), app.config.language)
        ),
        conf.read_bytes() if conf.is_file() else b"",
        local_code_digest(),
        *translation_bytes(app),
    )


def config_digest(app: Sphinx) -> str:
    """Return a digest of all settings that are a text, a number or None, as those on pages are."""
    shown = [(name, value) for name, value, *_ in app.config if isinstance(value, str | int | None)]
    return digest(repr(sorted(shown)))


def inventories_digest(app: Sphinx) -> str:
    """Return a digest of the inventories of other projects that intersphinx has loaded."""
    if "sphinx.ext.intersphinx" not in app.extensions:
        return ""
    found = _compat.inventories(app.env)
    return digest(*(f"{name} {found[name]!r}" for name in sorted(found)))


def record_lookups(app: Sphinx, doctree: nodes.document) -> None:
    """``doctree-read``: record in its metadata the documents and files that a document looks up."""
    if found := {*_documents_of(doctree), *_file_patterns(app.env, doctree)}:
        app.env.metadata[app.env.docname][_KEY] = sorted(found)


def lookup_results(env: BuildEnvironment, docname: str) -> Iterator[str]:
    """Yield the present results of the lookups that were recorded."""
    for kind, name in env.metadata.get(docname, {}).get(_KEY, ()):
        if kind == "document":
            yield f"{name} {name in env.found_docs}"
        else:
            found = sorted(glob(name, root_dir=env.srcdir))  # noqa: PTH207  as Sphinx does
            yield repr([(path, os.path.realpath(Path(env.srcdir, path))) for path in found])


def _documents_of(doctree: nodes.document) -> Iterator[tuple[str, str]]:
    for tree in doctree.findall(addnodes.toctree):
        for docname in tree["includefiles"]:
            yield "document", docname


def _file_patterns(env: BuildEnvironment, doctree: nodes.document) -> Iterator[tuple[str, str]]:
    """Yield patterns of files, relative to the source."""
    for node in doctree.findall(addnodes.pending_xref):
        if node["reftype"] == "myst" and node.get("refdomain") == "doc":
            yield "file", escape(env.doc2path(node["reftarget"], base=False).as_posix())
        elif node["reftype"] == "myst" and (target := node["reftarget"].partition("#")[0]):
            yield "file", escape(_relative(env, target))
    for download in doctree.findall(addnodes.download_reference):
        if "://" not in download["reftarget"]:
            yield "file", escape(_relative(env, download["reftarget"]))
    for image in doctree.findall(nodes.image):
        typed = image.get("original_uri", f"/{image['uri']}")
        if not {"?", ""} & image.get("candidates", {}).keys():
            for uri in (typed, get_image_filename_for_language(typed, env)):
                path = _relative(env, uri)
                yield "file", path if path.endswith(".*") else escape(path)


def _relative(env: BuildEnvironment, typed: str) -> str:
    """Return the path of a file below the source; Sphinx's own would follow its links."""
    folder = env.doc2path(env.docname, base=False).parent.as_posix()
    return posixpath.normpath(typed[1:] if typed[:1] == "/" else posixpath.join(folder, typed))


def setup(app: Sphinx) -> None:
    app.connect("doctree-read", record_lookups)
