"""Unresolved references: one message each, with a suggestion."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from typing import Any

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.domains import Domain
from sphinx.environment import BuildEnvironment
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util import docname_join, logging

from confnotes.sphinx._compat import anchors, is_in_inventory
from confnotes.sphinx.domain import KINDS, ConferenceDomain, conference_domain
from confnotes.sphinx.project import notes_project
from confnotes.sphinx.source_locations import locate_typed
from confnotes.suggest import did_you_mean, with_hint

logger = logging.getLogger(__name__)

_KEY = "confnotes_references"


class MystLinks(SphinxPostTransform):
    """Reports unresolved MyST links, with a suggestion; MyST resolves the others.

    An unresolved link becomes its own text, so that it is reported once.
    """

    default_priority = 8  # before MyST's own, 9

    def run(self, **kwargs: Any) -> None:
        for node in list(self.document.findall(addnodes.pending_xref)):
            if node["reftype"] != "myst":
                continue
            if not node["refdomain"]:
                _find_generated(node, self.env)
            if node["refdomain"] == "doc":
                self._check_anchor(node)
            elif not node.get("reflocalid") and not self._is_known(node):
                target = node["reftarget"]
                hint = did_you_mean(target, _near(target, node["refdoc"], self.env))
                self._report(node, target, f"unknown reference ‘{target}’", hint)
                node.replace_self(node.children)

    def _check_anchor(self, node: addnodes.pending_xref) -> None:
        """Report an anchor that its page lacks; the link to the page stays."""
        docname, anchor = node["reftarget"], node["reftargetid"]
        if anchor and docname in self.env.all_docs and not self._has_anchor(docname, anchor):
            message = f"no heading ‘{anchor}’ in ‘{docname}’"
            hint = did_you_mean(anchor, anchors(self.env, docname))
            self._report(node, anchor, message, hint)
            node["reftargetid"] = None

    def _has_anchor(self, docname: str, anchor: str) -> bool:
        slugs, std = anchors(self.env, docname), self.env.domains.standard_domain
        labels = {**std.anonlabels, **std.labels}.items()
        return (
            anchor in slugs
            or any(anchor == node_id for _line, node_id, _title in slugs.values())
            or any(label[0] == docname and anchor in (name, label[1]) for name, label in labels)
        )

    def _is_known(self, node: addnodes.pending_xref) -> bool:
        """Return True if a document, an object or an inventory has the target of a link."""
        env, target = self.env, node["reftarget"]
        std, only = env.domains.standard_domain, self.config.myst_ref_domains
        if target.lower() in {*std.labels, *std.anonlabels}:
            return True
        if docname_join(node["refdoc"], target) in env.all_docs:
            return True
        for domain in env.domains.values():
            if (only is None or domain.name in only) and self._has(domain, node):
                return True
        if "*" in target:  # a pattern, for MyST
            return True
        return is_in_inventory(env, target)

    def _has(self, domain: Domain, node: addnodes.pending_xref) -> bool:
        """Return True if ``domain`` has the target of a link."""
        place = self.env, node["refdoc"], notes_project(self.env).builder
        what = node["reftarget"], node, nodes.inline()
        try:
            return bool(domain.resolve_any_xref(*place, *what))
        except NotImplementedError:  # nor does every domain of Sphinx's own
            roles = (domain.resolve_xref(*place, role, *what) for role in domain.roles)
            return any(found is not None for found in roles)

    def _report(self, node: nodes.Element, typed: str, message: str, hint: str) -> None:
        """Log a warning as MyST does, unless ``nitpick_ignore`` names the target."""
        target = node["reftarget"]
        ignored = {("myst", target)} & {*self.config.nitpick_ignore}
        patterns = self.config.nitpick_ignore_regex
        if ignored or any(
            re.fullmatch(kind, "myst") and re.fullmatch(name, target) for kind, name in patterns
        ):
            return
        place = locate_typed(node, typed)
        logger.warning("%s", with_hint(message, hint), location=place, type="myst",
                       subtype="xref_missing")  # fmt: skip


def _find_generated(node: addnodes.pending_xref, env: BuildEnvironment) -> None:
    """Resolve a link to the file of a generated page, ``../speakers/ana-ruiz.md``.

    In a page of the same folder ``#ana-ruiz`` is that document and that person, for MyST two.
    """
    path, _, anchor = node["reftarget"].partition("#")
    name = path.removesuffix(".md")
    docname = docname_join(node["refdoc"], name)
    is_own = not node.get("reflocalid") and docname in {f"speakers/{name}", f"topics/{name}"}
    if (is_own or path != name) and docname in env.all_docs:
        node.attributes.update(refdomain="doc", reftarget=docname, reftargetid=anchor or None)


def _near(target: str, docname: str, env: BuildEnvironment) -> Iterator[str]:
    """Yield the names that a MyST link to ``target`` may have meant."""
    here = posixpath.dirname(docname)
    if "/" in target or target.endswith(".md"):
        for document in env.all_docs:
            yield posixpath.relpath(env.doc2path(document, base=False).as_posix(), here or ".")
        return
    yield from anchors(env, docname)
    yield from env.domains.standard_domain.labels
    yield from conference_domain(env).names(KINDS)


def warn_missing(app: Sphinx, domain: Domain | None, node: addnodes.pending_xref) -> bool | None:
    """Report the unknown target of a role, with a suggestion, in place of Sphinx."""
    env, kind, target = app.env, node["reftype"], node["reftarget"]
    if isinstance(domain, ConferenceDomain):
        hint = domain.suggest_other_role(kind, target) or did_you_mean(target, domain.names([kind]))
    elif kind == "any" and domain is None:
        known = [
            *conference_domain(env).names(KINDS),
            *env.all_docs,
            *env.domains.standard_domain.labels,
        ]
        hint = did_you_mean(target, known)
    elif kind == "doc":
        hint = did_you_mean(target.lstrip("/"), env.all_docs)
    else:
        return None
    what = {"any": "reference", "doc": "document"}.get(kind, kind)
    message = with_hint(f"unknown {what} ‘{target}’", hint)
    logger.warning("%s", message, location=locate_typed(node, target), type="ref", subtype=kind)
    return True


def record_references(app: Sphinx, doctree: nodes.document) -> None:
    """``doctree-read``: record role, target and fragment of each reference in prose."""
    env = app.env
    docname = env.current_document.docname
    page = notes_project(env).page(docname)
    if page is not None and not page.has_prose:
        return
    if found := list(doctree.findall(addnodes.pending_xref)):
        env.metadata[docname][_KEY] = tuple(
            (node["reftype"], _absolute(node), node.get("reftargetid")) for node in found
        )


def _absolute(node: addnodes.pending_xref) -> str:
    """Return the target of a reference; a document's name begins with a slash."""
    return f"/{node['reftarget']}" if node.get("refdomain") == "doc" else node["reftarget"]


def resolved_targets(env: BuildEnvironment, docname: str) -> Iterator[str]:
    """Yield, for each recorded reference, its target and title of today."""
    domain, std = conference_domain(env), env.domains.standard_domain
    for kind, target, fragment in env.metadata.get(docname, {}).get(_KEY, ()):
        other = docname_join(docname, target)
        title = env.titles.get(other)
        yield repr(
            (
                domain.find([kind] if kind in KINDS else KINDS, target),
                std.labels.get(target.lower()),
                std.anonlabels.get(target.lower()),
                other in env.all_docs and title is not None and title.astext(),
                anchors(env, other).get(fragment) if fragment else None,
            )
        )


def linked_documents(env: BuildEnvironment, docname: str) -> Iterator[str]:
    """Yield the documents that the recorded references of a page lead to."""
    domain, labels = conference_domain(env), env.domains.standard_domain.anonlabels
    for kind, target, _fragment in env.metadata[docname].get(_KEY, ()):
        if kind == "doc" or target.startswith("/"):
            found = docname_join(docname, target)
        elif objects := domain.find([kind] if kind in KINDS else KINDS, target):
            found = objects[0].docname
        else:
            found = labels.get(target.lower(), ("",))[0]
        if found in env.found_docs:
            yield found


def setup(app: Sphinx) -> None:
    app.add_post_transform(MystLinks)
    app.connect("warn-missing-reference", warn_missing)
    app.connect("doctree-read", record_references)
