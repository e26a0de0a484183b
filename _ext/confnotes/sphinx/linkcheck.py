"""The ``linkcheck`` builder: checks URLs that are due, and fails for newly dead ones only."""

from __future__ import annotations

import json
import signal
import threading
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.builders.dummy import DummyBuilder
from sphinx.util import logging

from confnotes.catalogue.archive_dates import ArchiveDates
from confnotes.linkcheck.ledger import (
    NAME,
    Ledger,
    LedgerEntry,
    LedgerError,
    load_ledger,
    save_ledger,
)
from confnotes.linkcheck.options import matches_any
from confnotes.linkcheck.report import LinkOccurrence, Report, make_report
from confnotes.sphinx._compat import accept_hyperlinks, set_failed_status
from confnotes.sphinx.archived_links import iter_external_links, talk_day
from confnotes.sphinx.linkcheck_settings import (
    add_settings,
    pattern_setting,
    read_check_options,
    warn_of_replaced,
)
from confnotes.sphinx.project import notes_project
from confnotes.sphinx.source_locations import block_line, locate

if TYPE_CHECKING:
    from confnotes.linkcheck.runner import Checker  # imports aiohttp, which no build needs

logger = logging.getLogger(__name__)


class LinkcheckBuilder(DummyBuilder):
    """Checks URLs that are due, updates the ledger, and writes a report.

    ``output.txt`` has a line for each occurrence of each bad URL, ``output.json`` has everything.
    """

    name = "linkcheck"
    epilog = "The report is in %(outdir)s: output.txt for people, output.json for machines."

    def init(self) -> None:
        accept_hyperlinks(self)
        self._occurrences: list[LinkOccurrence] = []
        self._options = read_check_options(self.config, datetime.now(UTC).date())
        self._excluded = pattern_setting(self.config, "linkcheck_exclude_documents")
        self._reads_all = False
        warn_of_replaced(self.config)

    def prepare_writing(self, docnames: AbstractSet[str]) -> None:
        self._days = ArchiveDates.from_catalogue(notes_project(self.env).catalogue)
        self._reads_all = self.env.all_docs.keys() <= docnames

    def collect(self, docname: str, doctree: nodes.document) -> None:
        if matches_any(self._excluded, docname):
            return
        for node, url in iter_external_links(doctree):
            source = locate(self.env, docname, url, start=block_line(node))
            if source and not matches_any(self._options.fetch.ignore, url):
                day = talk_day(self._days, node, docname)
                self._occurrences.append(LinkOccurrence(source.path, source.line, url, day))

    def finish(self) -> None:
        from confnotes.linkcheck.runner import Checker

        path = Path(self.srcdir, NAME)
        try:
            ledger = load_ledger(path)
        except LedgerError:  # logged when the build began
            set_failed_status(self)
            return
        options = replace(self._options, prune=self._reads_all)
        checker = Checker(ledger, self._occurrences, options, _log_result)
        with _interrupt_on_termination():
            try:
                checker.run()
            finally:
                self._save(checker.ledger, path)
                result = make_report(
                    checker.ledger, self._occurrences, options.today, options.archive
                )
                self._report(result, checker)

    def _save(self, ledger: Ledger, path: Path) -> None:
        try:
            save_ledger(ledger, path)
        except OSError as error:
            self._fail(f"{NAME}:1", f"the ledger cannot be written: {error.strerror or error}")

    def _report(self, result: Report, checker: Checker) -> None:
        text = "".join(f"{line}\n" for line in result.lines)
        (self.outdir / "output.txt").write_text(text, encoding="utf-8")
        data = {"counts": result.counts, "red": len(result.failures), "addresses": result.data}
        (self.outdir / "output.json").write_text(json.dumps(data, indent=1), encoding="utf-8")
        for line in result.lines:
            if line not in result.failures:
                logger.info(line)
        counts = ", ".join(f"{number} {state}" for state, number in result.counts.items())
        logger.info("links: %s", counts or "none")
        for reason, number in sorted(checker.skipped.items()):
            logger.info("links: %d skipped (%s); will be retried next run", number, reason)
        for line in result.lines:
            if line in result.failures:
                source, _, message = line.partition(": ")
                self._fail(source, message)

    def _fail(self, source: str, message: str) -> None:
        logger.error("%s", message, location=source, type="confnotes", subtype="linkcheck")
        set_failed_status(self)


@contextmanager
def _interrupt_on_termination() -> Iterator[None]:
    """Treat a signal that asks this process to terminate like Ctrl-C."""
    names = ("SIGTERM", "SIGHUP")  # Windows has no SIGHUP, and only the main thread may do this
    is_main = threading.current_thread() is threading.main_thread()
    numbers = [getattr(signal, name) for name in names if is_main and hasattr(signal, name)]
    changed = [number for number in numbers if signal.getsignal(number) is signal.SIG_DFL]
    for number in changed:
        signal.signal(number, _interrupt)
    try:
        yield
    finally:
        for number in changed:
            signal.signal(number, signal.SIG_DFL)


def _interrupt(number: int, frame: FrameType | None) -> None:
    """Call the handler of SIGINT: that of asyncio cancels its tasks first."""
    handler = signal.getsignal(signal.SIGINT)
    (handler if callable(handler) else signal.default_int_handler)(number, frame)


def _log_result(entry: LedgerEntry, answered: int, total: int) -> None:
    logger.info("[%d/%d] %s %s %s", answered, total, entry.state, entry.code, entry.address)


def collect(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    if isinstance(app.builder, LinkcheckBuilder):
        app.builder.collect(docname, doctree)


def setup(app: Sphinx) -> None:
    app.add_builder(LinkcheckBuilder, override=True)
    add_settings(app)
    app.connect("doctree-resolved", collect)
