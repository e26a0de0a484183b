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

from confnotes.links.codes import Code
from confnotes.links.ledger import Record, State

FAILURES = 3
APART = timedelta(days=3)
AGES = {
    State.UNKNOWN: timedelta(0),
    State.ALIVE: timedelta(days=30),
    State.SUSPECT: APART,
    State.BLOCKED: timedelta(days=7),
    State.DEAD: timedelta(days=90),
}
"""How long an answer stays fresh; but for suspects it varies, lest all fall due at once."""

GONE = frozenset({"404", "410", Code.NO_HOST, Code.HOME})
"""The only answers that count as failures."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of asking for an address. ``target`` is where it redirects to for good."""

    code: str
    target: str = ""

    @property
    def is_alive(self) -> bool:
        return self.code == Code.NO_ANCHOR or (len(self.code) == 3 and self.code[0] == "2")


def learn(record: Record, answer: Answer, today: date) -> Record:
    """Return ``record`` as it is after ``answer`` came ``today``."""
    asked = replace(record, checked=today, code=answer.code)
    if answer.is_alive:
        return replace(
            asked, state=State.ALIVE, alive=today, failed=(), target=answer.target, waiver=None
        )
    if record.state is State.DEAD or record.waiver:
        return asked
    if answer.code not in GONE:
        return replace(asked, state=State.BLOCKED)
    failed = record.failed
    if not failed or today - failed[-1] >= APART:
        failed = (*failed, today)
    state = State.DEAD if len(failed) >= FAILURES else State.SUSPECT
    return replace(asked, state=state, failed=failed)


def is_due(record: Record, today: date) -> bool:
    """Say whether the record's answer is too old to be relied on."""
    if record.state is State.RESERVED:
        return False
    if record.waiver:
        return has_expired(record, today) and record.checked != today
    if record.checked is None:
        return True
    return today - record.checked >= _fresh(record) or today < record.checked


def has_expired(record: Record, today: date) -> bool:
    """Say whether the record's waiver is over."""
    return record.waiver is not None and today > record.waiver.until


def is_news(record: Record, today: date) -> bool:
    """Say whether the address died today and nothing stands in for it."""
    return (
        record.state is State.DEAD
        and record.failed[-1:] == (today,)
        and not record.archived
        and not record.waiver
    )


def _fresh(record: Record) -> timedelta:
    age = AGES[record.state]
    if record.state is State.SUSPECT:
        return age
    seed = f"{record.address} {record.checked}".encode("utf-8", "surrogatepass")
    spread = hashlib.sha256(seed).digest()[0] / 255  # 0 to 1, the same on every machine
    return timedelta(days=round(age.days * (0.75 + spread / 2)))
