"""A run of the link check: which addresses are due, what came of asking, what that changes."""

from __future__ import annotations

import asyncio
import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urldefrag, urlsplit

from confnotes.links import archive, net, policy
from confnotes.links.codes import Code
from confnotes.links.fetch import Asker, Manners, NotAskedError, Outcome
from confnotes.links.ledger import Ledger, Record, State, is_checkable
from confnotes.links.redact import redact

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable


class Occurrence(NamedTuple):
    """One place where an address stands. ``day`` is that of the talk it belongs to."""

    path: str
    line: int
    address: str
    day: date | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """What a run may do. ``budget`` is in seconds; ``only`` a regular expression.

    ``forget`` says that addresses which stand nowhere are to leave the ledger.
    """

    today: date
    manners: Manners = field(default_factory=Manners)
    budget: float = 600
    archive: str = archive.WAYBACK
    wants_anchor: Callable[[str, str], bool] = lambda page, fragment: True
    """Whether to look for the fragment on the page."""
    refresh: bool = False
    offline: bool = False
    only: str = ""
    forget: bool = True


class Checker:
    """One run. ``ledger`` is right after every answer, so a run may end at any moment.

    ``unasked`` counts the addresses that nobody was asked for, by reason. ``tell`` hears of
    each answer: the record, how many are answered, and how many will be.
    """

    def __init__(
        self,
        ledger: Ledger,
        occurrences: Iterable[Occurrence],
        plan: Plan,
        tell: Callable[[Record, int, int], None],
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
            address: _reserved(address) or ledger.get(address, Record(address=address))
            for address in self._typed
        }
        if plan.only or not plan.forget:
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
        asker = Asker(self._plan.manners, urlsplit(self._plan.archive).hostname or "")
        try:
            async with asyncio.timeout(self._plan.budget), asyncio.TaskGroup() as group:
                for page, addresses in self._pages().items():
                    group.create_task(self._page(asker, page, addresses))
        except TimeoutError:
            self._skip_the_rest(f"the budget of {self._plan.budget:g} s was spent")

    def _skip_the_rest(self, reason: str) -> None:
        if rest := len(self.due) - self.answered - self.unasked.total():
            self.unasked[reason] += rest

    def _is_due(self, address: str) -> bool:
        record = self.ledger[address]
        if self._plan.only and not re.search(self._plan.only, address):
            return False
        if record.state is State.RESERVED:
            return False
        if record.waiver and not policy.has_expired(record, self._plan.today):
            return False
        return self._plan.refresh or policy.is_due(record, self._plan.today)

    def _age(self, address: str) -> tuple[date, str]:
        return self.ledger[address].checked or date.min, address

    def _pages(self) -> dict[str, list[str]]:
        """Return what is due by page: addresses that differ in their fragment share one."""
        pages: defaultdict[str, list[str]] = defaultdict(list)
        for address in self.due:
            pages[urldefrag(self._typed[address]).url].append(address)
        return pages

    async def _page(self, asker: Asker, page: str, addresses: list[str]) -> None:
        fragments = {address: urldefrag(self._typed[address]).fragment for address in addresses}
        for address, fragment in fragments.items():
            if fragment and not self._plan.wants_anchor(page, fragment):
                fragments[address] = ""
        try:
            outcome = await asker.ask(page, frozenset(filter(None, fragments.values())))
        except NotAskedError as error:
            self.unasked[str(error)] += len(addresses)
            return
        for address, fragment in fragments.items():
            self._learn(address, outcome, lacks=fragment in outcome.missing)
        dead = [address for address in addresses if self.ledger[address].state is State.DEAD]
        if dead:
            await self._confirm_copy(asker, page, dead)
        for address in addresses:
            self.answered += 1
            self._tell(self.ledger[address], self.answered, len(self.due))

    def _learn(self, address: str, outcome: Outcome, *, lacks: bool) -> None:
        answer = replace(outcome.answer, code=Code.NO_ANCHOR) if lacks else outcome.answer
        self.ledger[address] = policy.learn(self.ledger[address], answer, self._plan.today)

    async def _confirm_copy(self, asker: Asker, page: str, addresses: list[str]) -> None:
        """Record the copy that the archive really has, under its real date, for a mere guess."""
        days = [day for address in addresses for day in self._days[address]]
        day = min(days, default=None)
        base = self._plan.archive
        wanted = [
            address
            for address in addresses
            if self.ledger[address].archived in {"", archive.nearest(address, day, base)}
        ]
        if not wanted or archive.is_archived(page):
            return
        asked = archive.nearest(redact(page), day, base)
        try:
            outcome = await asker.ask(asked, obey=False)
        except NotAskedError:
            return
        made = archive.taken(outcome.final)
        if outcome.answer.is_alive and made:
            for address in wanted:
                copy = archive.nearest(address, made, base)
                self.ledger[address] = replace(self.ledger[address], archived=copy)


def _reserved(address: str) -> Record | None:
    """Return the record of an address whose host name is reserved, None for all others."""
    if not net.is_reserved(urlsplit(address).hostname or ""):
        return None
    return Record(address=address, state=State.RESERVED, code=Code.RESERVED)
