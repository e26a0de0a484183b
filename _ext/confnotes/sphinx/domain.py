"""The domain of conferences: talks, speakers, topics and events, in any spelling of their names."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from collections.abc import Set as AbstractSet
from functools import cached_property
from typing import Any, ClassVar, NamedTuple, TypeAlias, cast, get_args

from docutils import nodes
from docutils.nodes import Element
from sphinx.addnodes import pending_xref
from sphinx.application import Sphinx
from sphinx.builders import Builder
from sphinx.domains import Domain, ObjType
from sphinx.environment import BuildEnvironment
from sphinx.roles import XRefRole
from sphinx.util import logging
from sphinx.util.nodes import make_refnode

from confnotes.names import name_key
from confnotes.pages.page_model import ObjectKind, PageObject

logger = logging.getLogger(__name__)

KINDS: tuple[ObjectKind, ...] = get_args(ObjectKind)


class ObjectMatch(NamedTuple):
    docname: str
    object: PageObject

    def node(self, builder: Builder, fromdocname: str, content: Element) -> nodes.reference:
        return make_refnode(builder, fromdocname, self.docname, self.object.node_id, content)


_Table: TypeAlias = defaultdict[tuple[str, str], list[ObjectMatch]]
"""Objects by kind and name."""


class ConferenceDomain(Domain):
    """Objects come from pages (:meth:`note_objects`); references name them in any spelling."""

    name = "conf"
    label = "conference"
    object_types = {kind: ObjType(kind, kind) for kind in KINDS}  # noqa: RUF012  as Sphinx does
    roles = {  # noqa: RUF012  as Sphinx does
        kind: XRefRole(innernodeclass=nodes.inline, warn_dangling=True) for kind in KINDS
    }
    initial_data: ClassVar[dict[str, Any]] = {"objects": {}}

    @property
    def objects(self) -> dict[str, tuple[PageObject, ...]]:
        """What each document defines, by docname."""
        return self.data["objects"]  # type: ignore[no-any-return]

    def note_objects(self, docname: str, objects: tuple[PageObject, ...]) -> None:
        """Register the objects that ``docname`` defines."""
        self.objects[docname] = objects
        self._forget_tables()

    def clear_doc(self, docname: str) -> None:
        self.objects.pop(docname, None)
        self._forget_tables()

    def merge_domaindata(self, docnames: AbstractSet[str], otherdata: dict[str, Any]) -> None:
        theirs = otherdata["objects"].items()
        self.objects.update((doc, data) for doc, data in theirs if doc in docnames)
        self._forget_tables()

    def check_consistency(self) -> None:
        for (kind, name), found in sorted(self._by_name.items()):
            for extra in found[1:]:
                logger.warning(
                    "duplicate %s ‘%s’, other instance in %s",
                    kind,
                    name,
                    self.env.doc2path(found[0].docname, base=False),
                    location=(extra.docname, extra.object.line),
                    type="ref",
                    subtype=kind,
                )

    def find(self, kinds: Iterable[str], target: str) -> list[ObjectMatch]:
        """Return what ``target`` names: in the inventory, else as typed, else folded."""
        kinds = tuple(kinds)
        return (
            self._found(self._by_name, kinds, target)
            or self._found(self._by_other_name, kinds, target)
            or self._found(self._by_key, kinds, name_key(target))
        )

    @staticmethod
    def _found(table: _Table, kinds: Iterable[str], name: str) -> list[ObjectMatch]:
        return [one for kind in kinds for one in table.get((kind, name), ())]

    def names(self, kinds: Iterable[str]) -> list[str]:
        """Return every name that a reference to an object of ``kinds`` may use."""
        wanted = set(kinds)
        every = (*self._by_other_name, *self._by_name)
        return [name for kind, name in every if kind in wanted]

    def suggest_other_role(self, kind: str, target: str) -> str:
        """Return the role to type if ``target`` is an object of another kind, else nothing."""
        others = self.find([other for other in KINDS if other != kind], target)
        return f"type {{{others[0].object.kind}}}`{target}`" if others else ""

    def resolve_xref(
        self,
        env: BuildEnvironment,
        fromdocname: str,
        builder: Builder,
        typ: str,
        target: str,
        node: pending_xref,
        contnode: Element,
    ) -> nodes.reference | None:
        found = self.find([typ], target)
        if not found:
            return None
        if len(found) > 1:
            logger.warning(
                "ambiguous target ‘%s’: %d %ss match; use one of %s",
                target,
                len(found),
                typ,
                ", ".join(f"‘{one.object.name}’" for one in found),
                location=node,
                type="ref",
                subtype=typ,
            )
        return found[0].node(builder, fromdocname, _content(node, contnode, found[0].object))

    def resolve_any_xref(
        self,
        env: BuildEnvironment,
        fromdocname: str,
        builder: Builder,
        target: str,
        node: pending_xref,
        contnode: Element,
    ) -> list[tuple[str, nodes.reference]]:
        return [
            (
                f"conf:{one.object.kind}",
                one.node(builder, fromdocname, _content(node, contnode, one.object)),
            )
            for one in self.find(KINDS, target)
        ]

    def get_objects(self) -> Iterator[tuple[str, str, str, str, str, int]]:
        for docname, objects in sorted(self.objects.items()):
            for defined in objects:
                anchor = defined.node_id
                yield defined.name, defined.display, defined.kind, docname, anchor, 1

    def get_full_qualified_name(self, node: Element) -> str | None:
        target = node.get("reftarget")
        found = self.find([node.get("reftype")], target) if target else []
        return f"{found[0].object.kind}.{found[0].object.name}" if found else None

    @cached_property
    def _by_name(self) -> _Table:
        """Objects by their names in the inventory."""
        return self._table(lambda one: (one.name,))

    @cached_property
    def _by_other_name(self) -> _Table:
        return self._table(lambda one: (one.display, *one.aliases))

    @cached_property
    def _by_key(self) -> _Table:
        """Objects by the keys of all their names."""
        return self._table(
            lambda one: map(name_key, (one.display, *one.aliases, one.name, one.node_id))
        )

    def _table(self, names_of: Callable[[PageObject], Iterable[str]]) -> _Table:
        table: _Table = defaultdict(list)
        for docname, objects in sorted(self.objects.items()):
            for one in objects:
                for name in filter(None, dict.fromkeys(names_of(one))):
                    table[one.kind, name].append(ObjectMatch(docname, one))
        return table

    def _forget_tables(self) -> None:
        for name in ("_by_name", "_by_other_name", "_by_key"):
            self.__dict__.pop(name, None)


def _content(node: pending_xref, content: Element, found: PageObject) -> Element:
    """Return the text of a reference: as typed, but never a bare inventory name."""
    if node.get("refexplicit") or node["reftarget"] != found.name:
        return content
    shown = nodes.inline(found.display, found.display)
    shown["classes"] += content.get("classes", [])
    return shown


def conference_domain(env: BuildEnvironment) -> ConferenceDomain:
    return cast("ConferenceDomain", env.domains["conf"])


def setup(app: Sphinx) -> None:
    app.add_domain(ConferenceDomain)
