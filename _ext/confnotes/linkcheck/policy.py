"""What an answer means for a record: a state machine without a clock or a network.

::

    unknown ──▶ alive ◀──────────────┐
                  │ gone             │ answers
                  ▼                  │
               suspect ──gone, gone──▶ dead        (three days, at least three apart)
       any other answer: blocked, which neither counts as a failure nor forgives one
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
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
"""How long an answer stays fresh; but for suspects it varies, lest all fall due at once."""

GONE = frozenset({"404", "410", LinkCode.NO_HOST, LinkCode.REDIRECTED_HOME})
"""The only answers that count as failures."""


@dataclass(frozen=True, slots=True)
class CheckResult:
    """What came of asking for an address. ``target`` is where it redirects to for good."""

    code: str
    target: str = ""

    @property
    def is_alive(self) -> bool:
        return self.code == LinkCode.NO_ANCHOR or (len(self.code) == 3 and self.code[0] == "2")


def update(record: LedgerEntry, result: CheckResult, today: date) -> LedgerEntry:
    """Return ``record`` as it is after ``result`` came ``today``."""
    asked = replace(record, checked=today, code=result.code)
    if result.is_alive:
        return replace(
            asked, state=LinkState.ALIVE, alive=today, failed=(), target=result.target, waiver=None
        )
    if record.state is LinkState.DEAD or record.waiver:
        return asked
    if result.code not in GONE:
        return replace(asked, state=LinkState.BLOCKED)
    failed = record.failed
    if not failed or today - failed[-1] >= MIN_INTERVAL:
        failed = (*failed, today)
    state = LinkState.DEAD if len(failed) >= MAX_FAILURES else LinkState.SUSPECT
    return replace(asked, state=state, failed=failed)


def is_due(record: LedgerEntry, today: date) -> bool:
    """Say whether the record's answer is too old to be relied on."""
    if record.state is LinkState.RESERVED:
        return False
    if record.waiver:
        return has_expired(record, today) and record.checked != today
    if record.checked is None:
        return True
    return today - record.checked >= _fresh(record) or today < record.checked


def has_expired(record: LedgerEntry, today: date) -> bool:
    """Say whether the record's waiver is over."""
    return record.waiver is not None and today > record.waiver.until


def is_newly_dead(record: LedgerEntry, today: date) -> bool:
    """Say whether the address died today and nothing stands in for it."""
    return (
        record.state is LinkState.DEAD
        and record.failed[-1:] == (today,)
        and not record.archived
        and not record.waiver
    )


def _fresh(record: LedgerEntry) -> timedelta:
    age = RECHECK_AFTER[record.state]
    if record.state is LinkState.SUSPECT:
        return age
    seed = f"{record.address} {record.checked}".encode("utf-8", "surrogatepass")
    spread = hashlib.sha256(seed).digest()[0] / 255  # 0 to 1, the same on every machine
    return timedelta(days=round(age.days * (0.75 + spread / 2)))
