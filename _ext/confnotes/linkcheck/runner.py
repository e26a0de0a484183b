"""A run of the link check: which addresses are due, what came of asking, what that changes."""

from __future__ import annotations

import asyncio
import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urldefrag, urlsplit

from confnotes.linkcheck import archive, policy, public_network
from confnotes.linkcheck.codes import LinkCode
from confnotes.linkcheck.fetcher import Fetcher, FetchOptions, FetchResult, NotFetchedError
from confnotes.linkcheck.ledger import Ledger, LedgerEntry, LinkState, is_checkable
from confnotes.linkcheck.redact import redact

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable


class LinkOccurrence(NamedTuple):
    """One place where an address stands. ``day`` is that of the talk it belongs to."""

    path: str
    line: int
    address: str
    day: date | None = None


@dataclass(frozen=True, slots=True)
class CheckOptions:
    """What a run may do. ``budget`` is in seconds; ``only`` a regular expression.

    ``prune`` says that addresses which stand nowhere are to leave the ledger.
    """

    today: date
    fetch: FetchOptions = field(default_factory=FetchOptions)
    budget: float = 600
    archive: str = archive.WAYBACK
    wants_anchor: Callable[[str, str], bool] = lambda page, fragment: True
    """Whether to look for the fragment on the page."""
    refresh: bool = False
    offline: bool = False
    only: str = ""
    prune: bool = True


class Checker:
    """One run. ``ledger`` is right after every answer, so a run may end at any moment.

    ``unasked`` counts the addresses that nobody was asked for, by reason. ``tell`` hears of
    each answer: the record, how many are answered, and how many will be.
    """

    def __init__(
        self,
        ledger: Ledger,
        occurrences: Iterable[LinkOccurrence],
        plan: CheckOptions,
        tell: Callable[[LedgerEntry, int, int], None],
    ) -> None:
        self._plan = plan
        self._tell = tell
        self._typed: dict[str, str] = {}
        self._days: defaultdict[str, list[date]] = defaultdict(list)
        for occurrence in occurrences:
            if is_checkable(occurrence.address):
                known_as = redact(occurrence.address)
                self._typed[known_as] = occurrence.address
                self._days[known_as] += [occurrence.day] if occurrence.day else []
        self.ledger = {
            url: _reserved(url) or ledger.get(url, LedgerEntry(address=url)) for url in self._typed
        }
        if plan.only or not plan.prune:
            self.ledger = {**ledger, **self.ledger}
        self.due = sorted(filter(self._is_due, self._typed), key=self._age)
        self.answered = 0
        self.unasked: Counter[str] = Counter()

    def run(self) -> None:
        """Ask for all that is due. Interrupted, it leaves the ledger with what was learnt."""
        if not self.due or self._plan.offline:
            return
        try:
            asyncio.run(self._run())
        except KeyboardInterrupt:
            self._skip_the_rest("the run was interrupted")
            raise

    async def _run(self) -> None:
        asker = Fetcher(self._plan.fetch, urlsplit(self._plan.archive).hostname or "")
        try:
            async with asyncio.timeout(self._plan.budget), asyncio.TaskGroup() as group:
                for page, urls in self._pages().items():
                    group.create_task(self._page(asker, page, urls))
        except TimeoutError:
            self._skip_the_rest(f"the budget of {self._plan.budget:g} s was spent")

    def _skip_the_rest(self, reason: str) -> None:
        if rest := len(self.due) - self.answered - self.unasked.total():
            self.unasked[reason] += rest

    def _is_due(self, url: str) -> bool:
        record = self.ledger[url]
        if self._plan.only and not re.search(self._plan.only, url):
            return False
        if record.state is LinkState.RESERVED:
            return False
        if record.waiver and not policy.has_expired(record, self._plan.today):
            return False
        return self._plan.refresh or policy.is_due(record, self._plan.today)

    def _age(self, url: str) -> tuple[date, str]:
        return self.ledger[url].checked or date.min, url

    def _pages(self) -> dict[str, list[str]]:
        """Return what is due by page: addresses that differ in their fragment share one."""
        pages: defaultdict[str, list[str]] = defaultdict(list)
        for url in self.due:
            pages[urldefrag(self._typed[url]).url].append(url)
        return pages

    async def _page(self, asker: Fetcher, page: str, urls: list[str]) -> None:
        fragments = {url: urldefrag(self._typed[url]).fragment for url in urls}
        for url, fragment in fragments.items():
            if fragment and not self._plan.wants_anchor(page, fragment):
                fragments[url] = ""
        try:
            outcome = await asker.fetch(page, frozenset(filter(None, fragments.values())))
        except NotFetchedError as error:
            self.unasked[str(error)] += len(urls)
            return
        for url, fragment in fragments.items():
            self._record(url, outcome, lacks=fragment in outcome.missing)
        dead = [url for url in urls if self.ledger[url].state is LinkState.DEAD]
        if dead:
            await self._confirm_copy(asker, page, dead)
        for url in urls:
            self.answered += 1
            self._tell(self.ledger[url], self.answered, len(self.due))

    def _record(self, url: str, outcome: FetchResult, *, lacks: bool) -> None:
        answer = replace(outcome.result, code=LinkCode.NO_ANCHOR) if lacks else outcome.result
        self.ledger[url] = policy.update(self.ledger[url], answer, self._plan.today)

    async def _confirm_copy(self, asker: Fetcher, page: str, urls: list[str]) -> None:
        """Record the copy that the archive really has, under its real date, for a mere guess."""
        days = [day for url in urls for day in self._days[url]]
        day = min(days, default=None)
        base = self._plan.archive
        wanted = [
            url
            for url in urls
            if self.ledger[url].archived in {"", archive.wayback_url(url, day, base)}
        ]
        if not wanted or archive.is_archived(page):
            return
        asked = archive.wayback_url(redact(page), day, base)
        try:
            outcome = await asker.fetch(asked, obey=False)
        except NotFetchedError:
            return
        made = archive.snapshot_date(outcome.final)
        if outcome.result.is_alive and made:
            for url in wanted:
                copy = archive.wayback_url(url, made, base)
                self.ledger[url] = replace(self.ledger[url], archived=copy)


def _reserved(url: str) -> LedgerEntry | None:
    """Return the record of an address whose host name is reserved, None for all others."""
    if not public_network.is_reserved(urlsplit(url).hostname or ""):
        return None
    return LedgerEntry(address=url, state=LinkState.RESERVED, code=LinkCode.RESERVED)
