"""The state of a URL after a result: a state machine without a clock or a network.

::

    unknown ──▶ alive ◀──────────────┐
                  │ gone             │ answers
                  ▼                  │
               suspect ──gone, gone──▶ dead        (three days, at least three apart)
       any other answer: blocked, which neither counts as a failure nor forgives one
"""

from __future__ import annotations

import hashlib
from dataclasses import KW_ONLY, dataclass, replace
from datetime import date, timedelta

from confnotes.linkcheck.codes import LinkCode
from confnotes.linkcheck.ledger import LedgerEntry, LinkState

MAX_FAILURES = 3
MIN_INTERVAL = timedelta(days=3)
RECHECK_AFTER = {
    LinkState.UNKNOWN: timedelta(0),
    LinkState.ALIVE: timedelta(days=30),
    LinkState.SUSPECT: MIN_INTERVAL,
    LinkState.BLOCKED: timedelta(days=7),
    LinkState.DEAD: timedelta(days=90),
}
"""By state. All but that of suspects vary by URL, so that not everything is due at once."""

GONE = frozenset({"404", "410", LinkCode.NO_HOST, LinkCode.REDIRECTED_HOME})
"""The only results that count as failures."""


@dataclass(frozen=True, slots=True)
class CheckResult:
    code: str
    _: KW_ONLY
    target: str = ""
    """Where the URL redirects to permanently."""
    final: str = ""
    """The URL after all redirects."""
    missing: frozenset[str] = frozenset()
    """The fragments that are not on the page."""

    @property
    def is_alive(self) -> bool:
        return self.code == LinkCode.NO_ANCHOR or (len(self.code) == 3 and self.code[0] == "2")


def update_entry(entry: LedgerEntry, result: CheckResult, today: date) -> LedgerEntry:
    """Return ``entry`` as it is after the ``result`` of ``today``."""
    entry = replace(entry, checked=today, code=result.code)
    if result.is_alive:
        return replace(
            entry, state=LinkState.ALIVE, alive=today, failed=(), target=result.target, waiver=None
        )
    if entry.state is LinkState.DEAD or entry.waiver:
        return entry
    if result.code not in GONE:
        return replace(entry, state=LinkState.BLOCKED)
    failed = entry.failed
    if not failed or today - failed[-1] >= MIN_INTERVAL:
        failed = (*failed, today)
    state = LinkState.DEAD if len(failed) >= MAX_FAILURES else LinkState.SUSPECT
    return replace(entry, state=state, failed=failed)


def is_due(entry: LedgerEntry, today: date, *, refresh: bool = False) -> bool:
    """Return True if the URL is to be checked; with ``refresh`` however fresh the entry is."""
    if entry.state is LinkState.RESERVED:
        return False
    if entry.waiver:
        return waiver_has_expired(entry, today) and (refresh or entry.checked != today)
    if refresh or entry.checked is None:
        return True
    return today - entry.checked >= _max_age(entry) or today < entry.checked


def waiver_has_expired(entry: LedgerEntry, today: date) -> bool:
    return entry.waiver is not None and today > entry.waiver.until


def is_newly_dead(entry: LedgerEntry, today: date) -> bool:
    """Return True if the URL died today and has neither an archived copy nor a waiver."""
    return (
        entry.state is LinkState.DEAD
        and entry.failed[-1:] == (today,)
        and not entry.archived
        and not entry.waiver
    )


def _max_age(entry: LedgerEntry) -> timedelta:
    age = RECHECK_AFTER[entry.state]
    if entry.state is LinkState.SUSPECT:
        return age
    seed = f"{entry.address} {entry.checked}".encode("utf-8", "surrogatepass")
    spread = hashlib.sha256(seed).digest()[0] / 255  # 0 to 1, the same on every machine
    return timedelta(days=round(age.days * (0.75 + spread / 2)))
