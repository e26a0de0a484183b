"""One run of the link check: select the URLs that are due, fetch them, update the ledger."""

from __future__ import annotations

import asyncio
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date
from urllib.parse import urldefrag, urlsplit

from confnotes.grouping import group
from confnotes.linkcheck import archive, state_machine
from confnotes.linkcheck.codes import LinkCode
from confnotes.linkcheck.fetcher import Fetcher, NotFetchedError
from confnotes.linkcheck.ledger import Ledger, LedgerEntry, LinkState, is_checkable
from confnotes.linkcheck.options import CheckOptions
from confnotes.linkcheck.report import LinkOccurrence
from confnotes.urls import is_reserved_host, redact


class Checker:
    """One run.

    ``ledger`` is up to date after every result, so a run may end at any moment. ``skipped``
    counts the URLs that were due and not fetched, by reason. ``on_result`` is called with each
    updated entry, the number of results so far, and the number to expect.
    """

    def __init__(
        self,
        ledger: Ledger,
        occurrences: Iterable[LinkOccurrence],
        options: CheckOptions,
        on_result: Callable[[LedgerEntry, int, int], None],
    ) -> None:
        self._options = options
        self._on_result = on_result
        self._urls: dict[str, str] = {}
        """As typed, by ledger key."""
        self._days: defaultdict[str, list[date]] = defaultdict(list)
        for occurrence in occurrences:
            if is_checkable(occurrence.address):
                key = redact(occurrence.address)
                self._urls[key] = occurrence.address
                self._days[key] += [occurrence.day] if occurrence.day else []
        self.ledger = {} if options.prune and not options.only else dict(ledger)
        for key in self._urls:
            self.ledger[key] = ledger.get(key, LedgerEntry(address=key))
            if is_reserved_host(urlsplit(key).hostname or ""):
                self.ledger[key] = LedgerEntry(
                    address=key, state=LinkState.RESERVED, code=LinkCode.RESERVED
                )
        due = (
            key
            for key in self._urls
            if re.search(options.only, key)
            and state_machine.is_due(self.ledger[key], options.today, refresh=options.refresh)
        )
        self.due = sorted(due, key=lambda key: (self.ledger[key].checked or date.min, key))
        self.answered = 0
        self.skipped: Counter[str] = Counter()

    def run(self) -> None:
        """Fetch everything that is due. Raises KeyboardInterrupt; ``ledger`` is right even then."""
        if not self.due or self._options.offline:
            return
        try:
            asyncio.run(self._run())
        except KeyboardInterrupt:
            self._skip_rest("the run was interrupted")
            raise

    async def _run(self) -> None:
        archive_host = urlsplit(self._options.archive).hostname or ""
        budget = self._options.budget
        # URLs that differ in their fragment alone share one request
        pages = group((urldefrag(self._urls[key]).url, key) for key in self.due)
        async with Fetcher(self._options.fetch, archive_host) as fetcher:
            try:
                async with asyncio.timeout(budget), asyncio.TaskGroup() as tasks:
                    for page, keys in pages.items():
                        tasks.create_task(self._check_page(fetcher, page, keys))
            except TimeoutError:
                self._skip_rest(f"the budget of {budget:g} s was spent")

    def _skip_rest(self, reason: str) -> None:
        if rest := len(self.due) - self.answered - self.skipped.total():
            self.skipped[reason] += rest

    async def _check_page(self, fetcher: Fetcher, page: str, keys: Sequence[str]) -> None:
        fragments = {key: urldefrag(self._urls[key]).fragment for key in keys}
        wanted = {each for each in fragments.values() if self._options.wants_anchor(page, each)}
        try:
            result = await fetcher.fetch(page, wanted - {""})
        except NotFetchedError as error:
            self.skipped[str(error)] += len(keys)
            return
        for key, fragment in fragments.items():
            code = LinkCode.NO_ANCHOR if fragment in result.missing else result.code
            self.ledger[key] = state_machine.update_entry(
                self.ledger[key], replace(result, code=code), self._options.today
            )
        if not archive.is_archived(page):
            dead = [key for key in keys if self.ledger[key].state is LinkState.DEAD]
            await self._confirm_copy(fetcher, page, dead)
            if self._options.save_copies and result.is_alive:
                await self._save_copy(fetcher, page, keys)
        for key in keys:
            self.answered += 1
            self._on_result(self.ledger[key], self.answered, len(self.due))

    async def _confirm_copy(self, fetcher: Fetcher, page: str, keys: Sequence[str]) -> None:
        """Record the copy that the archive has, with its real date, unless a person chose one."""
        day = min((day for key in keys for day in self._days[key]), default=None)
        base = self._options.archive
        wanted = [
            key
            for key in keys
            if self.ledger[key].archived in {"", archive.wayback_url(key, day, base)}
        ]
        if not wanted:
            return
        try:
            copy = archive.wayback_url(redact(page), day, base)
            result = await fetcher.fetch(copy, respect_robots=False)
        except NotFetchedError:
            return
        snapshot = archive.snapshot_date(result.final)
        if result.is_alive and snapshot:
            for key in wanted:
                copy = archive.wayback_url(key, snapshot, base)
                self.ledger[key] = replace(self.ledger[key], archived=copy)

    async def _save_copy(self, fetcher: Fetcher, page: str, keys: Sequence[str]) -> None:
        """Have the archive make a copy unless it has one, and record it."""
        await self._confirm_copy(fetcher, page, keys)
        if any(self.ledger[key].archived for key in keys) or redact(page) != page:
            return
        url = archive.save_url(page, self._options.archive)
        with suppress(NotFetchedError):
            await fetcher.fetch(url, respect_robots=False)
            await self._confirm_copy(fetcher, page, keys)
