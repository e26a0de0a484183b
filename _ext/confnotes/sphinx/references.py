"""References that lead nowhere: one message each, and what to type instead."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from docutils import nodes
from docutils.utils import get_source_line
from myst_parser.sphinx_ext.myst_refs import MystReferenceResolver
from myst_parser.warnings_ import MystWarnings
from sphinx import addnodes
from sphinx.transforms import SphinxTransform
from sphinx.util import docname_join, logging
from sphinx.util.matching import get_matching_files

from confnotes.sphinx.domain import KINDS, ConferenceDomain
from confnotes.suggest import did_you_mean

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.domains import Domain
    from sphinx.environment import BuildEnvironment

logger = logging.getLogger(__name__)


class LinkResolver(MystReferenceResolver):
    """Resolves MyST links as MyST does, but knows generated pages and says what is near a miss.

    A link that leads nowhere becomes its own words, so that nobody finds fault with it twice.
    """

    default_priority = MystReferenceResolver.default_priority - 1  # leaves it nothing to do

    @property
    def app(self) -> Sphinx:
        # MyST asks for it by a name that Sphinx is giving up.
        return self.env._app

    def run(self, **kwargs: Any) -> None:
        for node in self.document.findall(addnodes.pending_xref):
            if node["reftype"] == "myst" and not node["refdomain"]:
                _find_generated(node, self.env)
        super().run(**kwargs)

    def resolve_myst_ref_doc(self, node: addnodes.pending_xref) -> None:
        docname, anchor = node["reftarget"], node["reftargetid"]
        if anchor and docname in self.env.all_docs and not self._has_anchor(docname, anchor):
            slugs = self.env.metadata[docname].get("myst_slugs", {})
            message = f"no heading ‘{anchor}’ in ‘{docname}’"
            self._report(node, anchor, message, did_you_mean(anchor, slugs))
            node["reftargetid"] = None
        super().resolve_myst_ref_doc(node)

    def _has_anchor(self, docname: str, anchor: str) -> bool:
        slugs = self.env.metadata[docname].get("myst_slugs", {})
        return (
            anchor in slugs
            or any(anchor == node_id for _line, node_id, _title in slugs.values())
            or self._std_label_in_doc(docname, anchor) is not None
        )

    def _resolve_myst_ref_intersphinx(  # type: ignore[override]  # words, if no link
        self,
        node: nodes.Element,
        contnode: nodes.Element,
        target: str,
        only_domains: list[str] | None,
    ) -> nodes.Element | None:
        """Resolve by the inventories of other projects; nothing else has been found."""
        found: nodes.Element | None = super()._resolve_myst_ref_intersphinx(
            node, contnode, target, only_domains
        )
        if found is not None or node.get("reflocalid"):
            return found
        hint = did_you_mean(target, _near(target, node["refdoc"], self.env))
        self._report(node, target, f"unknown reference ‘{target}’", hint)
        return contnode

    def _report(self, node: nodes.Element, typed: str, message: str, hint: str) -> None:
        subtype = MystWarnings.XREF_MISSING
        place = _place(node, typed)
        self.log_warning(node["reftarget"], _with(message, hint), subtype, location=place)


def _find_generated(node: addnodes.pending_xref, env: BuildEnvironment) -> None:
    """Let a link to a page's file, ``../speakers/ana-ruiz.md``, find it though nobody wrote it."""
    path, _, anchor = node["reftarget"].partition("#")
    if path.endswith(".md"):
        docname = docname_join(node["refdoc"], path.removesuffix(".md"))
        if docname in env.all_docs:
            node.attributes.update(refdomain="doc", reftarget=docname, reftargetid=anchor or None)


def _near(target: str, docname: str, env: BuildEnvironment) -> Iterator[str]:
    """Yield what a MyST link to ``target`` in ``docname`` could have meant."""
    here = posixpath.dirname(docname)
    if "/" in target or target.endswith(".md"):
        for document in env.all_docs:
            yield posixpath.relpath(env.doc2path(document, base=False).as_posix(), here or ".")
        return
    yield from env.metadata[docname].get("myst_slugs", {})
    yield from env.domains.standard_domain.labels
    yield from _domain(env).names(KINDS)


def warn_missing(app: Sphinx, domain: Domain | None, node: addnodes.pending_xref) -> bool | None:
    """Say that a role's target is unknown, in place of Sphinx's own words."""
    env, kind, target = app.env, node["reftype"], node["reftarget"]
    if isinstance(domain, ConferenceDomain):
        hint = domain.elsewhere(kind, target) or did_you_mean(target, domain.names([kind]))
    elif kind == "any" and domain is None:
        known = [*_domain(env).names(KINDS), *env.all_docs, *env.domains.standard_domain.labels]
        hint = did_you_mean(target, known)
    elif kind == "doc":
        hint = did_you_mean(target.lstrip("/"), env.all_docs)
    else:
        return None
    what = {"any": "reference", "doc": "document"}.get(kind, kind)
    message = _with(f"unknown {what} ‘{target}’", hint)
    logger.warning("%s", message, location=_place(node, target), type="ref", subtype=kind)
    return True


def note_uses(env: BuildEnvironment, doctree: nodes.document, docname: str) -> None:
    """Remember what a page's own prose refers to, for :func:`meanings`."""
    _domain(env).uses[docname] = tuple(
        (node["reftype"], node["reftarget"], node.get("reftargetid"))
        for node in doctree.findall(addnodes.pending_xref)
    )


def meanings(env: BuildEnvironment, docname: str) -> Iterator[str]:
    """Yield, for each reference of :func:`note_uses`, what it leads to and is called today."""
    domain, std = _domain(env), env.domains.standard_domain
    for kind, target, fragment in domain.uses.get(docname, ()):
        other = docname_join(docname, target)
        title = env.titles.get(other)
        yield repr(
            (
                domain.find([kind] if kind in KINDS else KINDS, target),
                std.labels.get(target.lower()),
                std.anonlabels.get(target.lower()),
                other in env.all_docs and title is not None and title.astext(),
                env.metadata[other].get("myst_slugs", {}).get(fragment) if fragment else None,
            )
        )


class MissingFiles(SphinxTransform):
    """Reports images that are not there, and shows their alternative text instead."""

    default_priority = 879  # just before Sphinx collects images

    def apply(self, **kwargs: Any) -> None:
        for image in list(self.document.findall(nodes.image)):
            uri = image["uri"]
            if "://" in uri or uri.startswith("data:") or uri.endswith(".*"):
                continue
            path, absolute = self.env.relfn2path(uri, self.env.docname)
            if Path(absolute).is_file():
                continue
            self.env.note_dependency(path)
            logger.warning(
                "%s",
                _with(f"no image ‘{uri}’", did_you_mean(uri, self._images(Path(path)))),
                location=_place(image, uri),
                type="image",
                subtype="not_readable",
            )
            image.replace_self(nodes.inline("", image.get("alt", "")))

    def _images(self, missing: Path) -> Iterator[str]:
        here = posixpath.dirname(self.env.docname)
        for found in get_matching_files(
            self.env.srcdir, [f"**{missing.suffix}"], self.config.exclude_patterns
        ):
            yield posixpath.relpath(found, here or ".")


def _domain(env: BuildEnvironment) -> ConferenceDomain:
    return cast("ConferenceDomain", env.domains["conf"])


def _place(node: nodes.Element, typed: str) -> str:
    """Return the file and line of ``typed``; ``node`` only knows where its paragraph begins."""
    source, start = get_source_line(node)
    with suppress(OSError, TypeError, UnicodeDecodeError):
        lines = Path(source or "").read_text(encoding="utf-8").splitlines()
        for number, line in enumerate(lines[start - 1 :], start):
            if not line.strip():
                break
            if typed in line:
                return f"{source}:{number}"
    return f"{source}:{start or ''}"


def _with(message: str, hint: str) -> str:
    return f"{message}; {hint}" if hint else message
