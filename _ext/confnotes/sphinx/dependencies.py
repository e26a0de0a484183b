"""What reading a document has looked for: documents and files that may be there or not.

Sphinx knows the files that a document was made with. A file that was not there, or that is
gone, can change it as well: a link to it becomes another node, a picture has a variant in
the language of the site.
"""

from __future__ import annotations

from collections.abc import Iterator
from glob import escape, glob
from pathlib import Path
from typing import TYPE_CHECKING

from docutils import nodes
from sphinx import addnodes
from sphinx.util.i18n import get_image_filename_for_language

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

_KEY = "confnotes_lookups"


def note(app: Sphinx, doctree: nodes.document) -> None:
    """``doctree-read``: remember what a document has looked for, beside its other metadata."""
    if found := {*_documents(doctree), *_files(app.env, doctree)}:
        app.env.metadata[app.env.docname][_KEY] = sorted(found)


def answers(env: BuildEnvironment, docname: str) -> Iterator[str]:
    """Yield what is there today of what was looked for."""
    for kind, name in env.metadata.get(docname, {}).get(_KEY, ()):
        if kind == "document":
            yield f"{name} {name in env.found_docs}"
        else:
            yield repr(sorted(glob(name, root_dir=env.srcdir)))  # noqa: PTH207  as Sphinx does


def _documents(doctree: nodes.document) -> Iterator[tuple[str, str]]:
    for tree in doctree.findall(addnodes.toctree):
        for docname in tree["includefiles"]:
            yield "document", docname


def _files(env: BuildEnvironment, doctree: nodes.document) -> Iterator[tuple[str, str]]:
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
    return Path(env.relfn2path(typed, env.docname)[0]).as_posix()


def setup(app: Sphinx) -> None:
    app.connect("doctree-read", note)
