"""The ``linkcheck`` builder: bounded, polite, and red only for what is new and can be mended."""

from __future__ import annotations

import json
import signal
import threading
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from sphinx.builders.dummy import DummyBuilder
from sphinx.util import logging

from confnotes.linkcheck.ledger import NAME, LedgerError, load, save
from confnotes.linkcheck.report import report
from confnotes.linkcheck.runner import Checker, CheckOptions, LinkOccurrence
from confnotes.sphinx import linkcheck_settings as settings
from confnotes.sphinx.links import days, outside, talk_day
from confnotes.sphinx.places import place

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Set as AbstractSet
    from datetime import date

    from docutils import nodes
    from sphinx.config import Config

    from confnotes.linkcheck.ledger import Ledger, LedgerEntry

logger = logging.getLogger(__name__)


class LinkcheckBuilder(DummyBuilder):
    """Asks for what is due, keeps what it learns in the ledger, and reports.

    ``output.txt`` has a line for each place of each bad address, ``output.json``
    everything that is known.
    """

    name = "linkcheck"
    epilog = "The report is in %(outdir)s: output.txt for people, output.json for machines."

    def init(self) -> None:
        self.hyperlinks: dict[str, object] = {}  # for Sphinx's own collector; not used here
        self._found: list[LinkOccurrence] = []
        self._is_whole = False
        self._ignored = settings.patterns(self.config, "linkcheck_ignore")
        self._excluded = settings.patterns(self.config, "linkcheck_exclude_documents")
        settings.warn_of_replaced(self.config)

    def prepare_writing(self, docnames: AbstractSet[str]) -> None:
        self._days = days(self.env)
        self._is_whole = self.env.all_docs.keys() <= docnames

    def write_doc_serialized(self, docname: str, doctree: nodes.document) -> None:
        if settings.matches(self._excluded, docname):
            return
        for node, uri in outside(doctree):
            typed = place(self.env, docname, node, uri)
            if typed and not settings.matches(self._ignored, uri):
                day = talk_day(self._days, node, docname)
                self._found.append(LinkOccurrence(typed.path, typed.line, uri, day))

    def finish(self) -> None:
        path = Path(self.srcdir, NAME)
        try:
            before = load(path)
        except LedgerError as error:
            for line, message in error.problems:
                _fail(f"{NAME}:{line}: {message}")
            self._app.statuscode = 1
            return
        plan = _plan(self.config, datetime.now(UTC).date(), forget=self._is_whole)
        checker = Checker(before, self._found, plan, _tell)
        with _ending_as_ctrl_c():
            try:
                checker.run()
            finally:  # also when interrupted: what was learnt is kept
                self._keep(checker.ledger, path)
                self._report(checker, plan)

    def _keep(self, ledger: Ledger, path: Path) -> None:
        try:
            save(ledger, path)
        except OSError as error:
            _fail(f"{NAME}:1: the ledger cannot be written: {error.strerror or error}")
            self._app.statuscode = 1

    def _report(self, checker: Checker, plan: CheckOptions) -> None:
        found = report(checker.ledger, self._found, plan.today, plan.archive)
        text = "".join(f"{line}\n" for line in found.lines)
        (self.outdir / "output.txt").write_text(text, encoding="utf-8")
        data = {"counts": found.counts, "red": len(found.failures), "addresses": found.data}
        (self.outdir / "output.json").write_text(json.dumps(data, indent=1), encoding="utf-8")
        for line in found.lines:
            if line not in found.failures:
                logger.info(line)
        counts = ", ".join(f"{number} {state}" for state, number in found.counts.items())
        logger.info("links: %s", counts or "none")
        for reason, number in sorted(checker.unasked.items()):
            logger.info("links: %d not asked, since %s; the next run will", number, reason)
        for line in found.lines:
            if line in found.failures:
                _fail(line)
        if found.failures:
            self._app.statuscode = 1


def _plan(config: Config, today: date, *, forget: bool) -> CheckOptions:
    if config.confnotes_linkcheck_only:
        settings.compile_pattern("confnotes_linkcheck_only", config.confnotes_linkcheck_only)
    return CheckOptions(
        today=today,
        fetch=settings.manners(config),
        budget=config.confnotes_linkcheck_budget,
        archive=config.confnotes_linkcheck_archive,
        wants_anchor=settings.anchor_filter(config),
        refresh=config.confnotes_linkcheck_refresh,
        offline=config.confnotes_linkcheck_offline,
        only=config.confnotes_linkcheck_only,
        prune=forget,
    )


@contextmanager
def _ending_as_ctrl_c() -> Iterator[None]:
    """Let a signal that asks this process to end do what Ctrl-C does."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    names = ("SIGTERM", "SIGHUP")  # Windows has no SIGHUP
    numbers = [getattr(signal, name) for name in names if hasattr(signal, name)]
    before = {number: signal.signal(number, signal.default_int_handler) for number in numbers}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _tell(record: LedgerEntry, answered: int, total: int) -> None:
    logger.info("[%d/%d] %s %s %s", answered, total, record.state, record.code, record.address)


def _fail(line: str) -> None:
    place, _, message = line.partition(": ")
    logger.error("%s", message, location=place, type="confnotes", subtype="linkcheck")
