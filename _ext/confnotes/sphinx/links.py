"""Links to the world outside, as the ledger has them: a dead one leads to its archived copy.

Nothing here opens a socket; the linkcheck builder does.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, cast

from docutils import nodes
from sphinx.environment.collectors import EnvironmentCollector
from sphinx.util import logging

from confnotes.catalogue.days import Days
from confnotes.linkcheck.archive import replacement_url, snapshot_date, wayback_url
from confnotes.linkcheck.ledger import NAME, Ledger, LedgerError, LinkState, is_checkable, load
from confnotes.linkcheck.redact import redact
from confnotes.pages.addresses import addresses
from confnotes.sphinx.bodies import unfold
from confnotes.sphinx.project import notes_project

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet
    from datetime import date
    from pathlib import Path

    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

    from confnotes.linkcheck.ledger import LedgerEntry
    from confnotes.pages.blocks import PageBlock

logger = logging.getLogger(__name__)

_UNMARKED = frozenset({"linkcheck", "gettext"})
"""Builders that want addresses as they were typed."""


class AddressCollector(EnvironmentCollector):
    """Remembers which addresses each document links to."""

    def clear_doc(self, app: Sphinx, env: BuildEnvironment, docname: str) -> None:
        _addresses(env).pop(docname, None)

    def merge_other(
        self,
        app: Sphinx,
        env: BuildEnvironment,
        docnames: AbstractSet[str],
        other: BuildEnvironment,
    ) -> None:
        theirs = _addresses(other)
        _addresses(env).update((name, theirs[name]) for name in docnames if name in theirs)

    def process_doc(self, app: Sphinx, doctree: nodes.document) -> None:
        found = {redact(uri) for _, uri in outside(doctree)}
        if page := notes_project(app.env).page(app.env.docname):
            found |= {redact(uri) for uri in addresses(page.blocks) if is_checkable(uri)}
        _addresses(app.env)[app.env.docname] = tuple(sorted(found))


class LinkLedger:
    """The ledger during one build; an instance belongs to one application."""

    def __init__(self) -> None:
        self._ledger: Ledger = {}
        self._days = Days()
        self._archive = ""

    def begin(self, app: Sphinx) -> None:
        """``builder-inited``, once the notes are read: read the ledger."""
        self._archive = app.config.confnotes_linkcheck_archive
        self._days = days(app.env)
        try:
            self._ledger = load(app.srcdir / NAME)
        except LedgerError as error:
            self._ledger = {}
            if app.builder.name != "linkcheck":  # which says so itself
                _tell(error, app.srcdir / NAME)

    def shown(self, env: BuildEnvironment, docname: str) -> Iterator[str]:
        """Yield what the document shows of the ledger; all of it, and nothing else."""
        for address in _addresses(env).get(docname, ()):
            record = self._ledger.get(address)
            if record and record.state is LinkState.DEAD:
                days = self._days.addresses.get(address), self._days.pages.get(docname)
                yield repr((address, record.archived, record.alive, days, self._archive))

    def mark(self, app: Sphinx, doctree: nodes.document, docname: str) -> None:
        """``doctree-resolved``: lead references to dead addresses to their archived copies."""
        if app.builder.name in _UNMARKED or not self._ledger:
            return
        unfold(doctree, notes_project(app.env), self._has_dead)
        for node, uri in list(outside(doctree)):
            record = self._ledger.get(redact(uri))
            day = talk_day(self._days, node, docname)
            copy = replacement_url(record, day, self._archive)
            if record and copy and isinstance(node, nodes.reference):
                guess = wayback_url(record.address, day or record.alive, self._archive)
                kind = "nearest" if copy == guess else "of"
                _lead(node, record, copy, kind, spell_out=app.builder.format == "text")

    def _has_dead(self, blocks: Iterable[PageBlock]) -> bool:
        found = (self._ledger.get(redact(uri)) for uri in addresses(blocks) if is_checkable(uri))
        return any(record is not None and record.state is LinkState.DEAD for record in found)

    def count(self, app: Sphinx, exception: Exception | None) -> None:
        """``build-finished``: say how many addresses nobody has asked for yet."""
        if exception is not None or app.builder.name == "linkcheck":
            return
        addresses = {address for found in _addresses(app.env).values() for address in found}
        unknown = sum(
            address not in self._ledger or self._ledger[address].state is LinkState.UNKNOWN
            for address in addresses
        )
        if unknown:
            logger.info(
                "%d of %d addresses were never checked; type make linkcheck",
                unknown,
                len(addresses),
            )


def _tell(error: LedgerError, path: Path) -> None:
    for line, message in error.problems:
        logger.error("%s", message, location=f"{path}:{line}", type="confnotes", subtype="ledger")


def outside(doctree: nodes.document) -> Iterator[tuple[nodes.Element, str]]:
    """Yield what leads out of the site, links and remote images, with its address."""
    for reference in doctree.findall(nodes.reference):
        if is_checkable(reference.get("refuri", "")):
            yield reference, reference["refuri"]
    for image in doctree.findall(nodes.image):
        candidates: dict[str, str] = image.get("candidates", {})
        if is_checkable(candidates.get("?", "")):
            yield image, candidates["?"]


def days(env: BuildEnvironment) -> Days:
    """Return the days of the project's talks."""
    return Days.of(notes_project(env).catalogue)


def talk_day(known: Days, node: nodes.Element, docname: str) -> date | None:
    """Return the day of the talk that ``node`` is about."""
    sections: list[str] = []
    parent: nodes.Element | None = node
    while parent is not None:
        if isinstance(parent, nodes.section):
            sections += (name.rpartition("#")[2] for name in parent["ids"])
        if "docname" in parent:  # an assembled document, as LaTeX has it
            docname = parent["docname"]
            break
        parent = parent.parent
    return known.day(docname, sections, node.get("refuri", ""))


def _lead(
    reference: nodes.reference, record: LedgerEntry, copy: str, kind: str, *, spell_out: bool
) -> None:
    """Lead ``reference`` to ``copy``, and say so beside it; where it led stays readable.

    ``kind`` says how the copy relates to its day: "of" or "nearest".
    """
    made = snapshot_date(copy)
    when = f" {kind} {made}" if made else ""
    words = [f"dead link, archived copy{when}"]
    if spell_out:
        words.append(copy)
    if record.address.removeprefix("http://") not in reference.astext():
        words.append(f"was {record.address}")
    note = nodes.inline("", f" ({'; '.join(words)})", classes=["dead-link-note"])
    reference["refuri"] = copy
    reference["classes"].append("dead-link")
    if isinstance(reference.parent, nodes.TextElement):
        reference.parent.insert(reference.parent.index(reference) + 1, note)
    else:
        reference += note


def _addresses(env: BuildEnvironment) -> dict[str, tuple[str, ...]]:
    """Return the addresses by docname, kept with the environment."""
    return cast("dict[str, tuple[str, ...]]", vars(env).setdefault("confnotes_addresses", {}))
