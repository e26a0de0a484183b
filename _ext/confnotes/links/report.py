"""What a run found, for people and for machines: every place of every bad address."""

from __future__ import annotations

import shlex
from collections import Counter, defaultdict
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from confnotes.links import policy
from confnotes.links.archive import is_archived, stand_in
from confnotes.links.codes import Code, explain
from confnotes.links.ledger import Ledger, Record, State
from confnotes.links.redact import redact

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from confnotes.links.check import Occurrence


class Finding(StrEnum):
    """What a run says about an address."""

    NEWLY_DEAD = "newly-dead"
    WAIVER_OVER = "waiver-over"
    DEAD = "dead"
    SUSPECT = "suspect"
    BLOCKED = "blocked"
    NO_ANCHOR = "no-anchor"


RED = frozenset({Finding.NEWLY_DEAD, Finding.WAIVER_OVER})
"""What fails the check; with a broken ledger, that is all."""


@dataclass(frozen=True, slots=True)
class Report:
    """``lines`` are ``path:line: finding: address – why``, sorted; ``red`` those that fail."""

    lines: tuple[str, ...]
    red: frozenset[str]
    data: tuple[dict[str, object], ...]
    counts: dict[str, int]


def report(ledger: Ledger, occurrences: Iterable[Occurrence], today: date, base: str) -> Report:
    """Return what there is to say of ``ledger`` ``today``; ``base`` is the archive's address."""
    places: defaultdict[str, list[Occurrence]] = defaultdict(list)
    for occurrence in sorted(set(occurrences), key=_order):
        places[redact(occurrence.address)].append(occurrence)
    found = {
        address: (finding, message(ledger[address], finding))
        for address in places
        if address in ledger and (finding := find(ledger[address], today))
    }
    lines: dict[str, Finding] = {}
    for place in sorted((place for address in found for place in places[address]), key=_order):
        address = redact(place.address)
        finding, why = found[address]
        lines[f"{place.path}:{place.line}: {finding}: {address} – {why}"] = finding
    return Report(
        lines=tuple(lines),
        red=frozenset(line for line, finding in lines.items() if finding in RED),
        data=tuple(
            _entry(record, places[address], found.get(address), base)
            for address, record in sorted(ledger.items())
        ),
        counts=dict(sorted(Counter(record.state.value for record in ledger.values()).items())),
    )


def _order(place: Occurrence) -> tuple[str, int, str]:
    return place.path, place.line, place.address


def find(record: Record, today: date) -> Finding | None:
    """Return what is to be said of a record, None if all is well or nobody asked yet."""
    if record.waiver:
        return Finding.WAIVER_OVER if policy.has_expired(record, today) else None
    match record.state:
        case State.DEAD:
            return Finding.NEWLY_DEAD if policy.is_news(record, today) else Finding.DEAD
        case State.SUSPECT:
            return Finding.SUSPECT
        case State.BLOCKED:
            return Finding.BLOCKED
        case _:
            return Finding.NO_ANCHOR if record.code == Code.NO_ANCHOR else None


def message(record: Record, finding: Finding) -> str:
    """Return why, and what to type where something is to be done."""
    why = explain(record.code)
    address = shlex.quote(record.address)
    match finding:
        case Finding.NEWLY_DEAD:
            dates = ", ".join(day.isoformat() for day in record.failed)
            return (
                f"{why} ({dates}); mend it, or type confnotes links archive {address} [COPY], "
                f"or confnotes links waive {address} UNTIL REASON"
            )
        case Finding.WAIVER_OVER:
            until = record.waiver.until.isoformat() if record.waiver else ""
            return (
                f"its waiver ended on {until} and {why}; mend it, "
                f"or type confnotes links waive {address} UNTIL REASON"
            )
        case Finding.DEAD if is_archived(record.address):
            return f"{why}; it was a copy itself, so nothing stands in for it"
        case Finding.DEAD if record.archived:
            return f"{why}; its archived copy is linked instead"
        case Finding.DEAD:
            return f"{why}; what the archive has nearest the talk is linked instead"
        case Finding.SUSPECT:
            return f"{why}; failure {len(record.failed)} of {policy.FAILURES}"
        case _:
            return why


def _entry(
    record: Record,
    places: Sequence[Occurrence],
    found: tuple[Finding, str] | None,
    base: str,
) -> dict[str, object]:
    finding, why = found or (None, "")
    days = [place.day for place in places if place.day]
    return {
        "address": record.address,
        "state": record.state,
        "code": record.code,
        "checked": record.checked and record.checked.isoformat(),
        "alive": record.alive and record.alive.isoformat(),
        "target": record.target,
        "archived": record.archived or stand_in(record, min(days, default=None), base),
        "finding": finding,
        "message": why,
        "red": finding in RED,
        "places": [{"path": place.path, "line": place.line} for place in places],
    }
