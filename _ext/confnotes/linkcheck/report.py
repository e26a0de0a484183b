"""What a run found, for people and for machines: every place of every bad address."""

from __future__ import annotations

import shlex
from collections import Counter, defaultdict
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from confnotes.linkcheck import policy
from confnotes.linkcheck.archive import is_archived, replacement_url
from confnotes.linkcheck.codes import LinkCode, explain
from confnotes.linkcheck.ledger import Ledger, LedgerEntry, LinkState
from confnotes.linkcheck.redact import redact

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from confnotes.linkcheck.runner import LinkOccurrence


class LinkFinding(StrEnum):
    """What a run says about an address."""

    NEWLY_DEAD = "newly-dead"
    WAIVER_OVER = "waiver-over"
    DEAD = "dead"
    SUSPECT = "suspect"
    BLOCKED = "blocked"
    NO_ANCHOR = "no-anchor"


FAILING = frozenset({LinkFinding.NEWLY_DEAD, LinkFinding.WAIVER_OVER})
"""What fails the check; with a broken ledger, that is all."""


@dataclass(frozen=True, slots=True)
class Report:
    """``lines`` are ``path:line: finding: address – why``, sorted; ``failures`` those that fail."""

    lines: tuple[str, ...]
    failures: frozenset[str]
    data: tuple[dict[str, object], ...]
    counts: dict[str, int]


def report(ledger: Ledger, occurrences: Iterable[LinkOccurrence], today: date, base: str) -> Report:
    """Return what there is to say of ``ledger`` ``today``; ``base`` is the archive's address."""
    places: defaultdict[str, list[LinkOccurrence]] = defaultdict(list)
    for occurrence in sorted(set(occurrences), key=_order):
        places[redact(occurrence.address)].append(occurrence)
    found = {
        url: (finding, message(ledger[url], finding))
        for url in places
        if url in ledger and (finding := classify(ledger[url], today))
    }
    lines: dict[str, LinkFinding] = {}
    for place in sorted((place for url in found for place in places[url]), key=_order):
        url = redact(place.address)
        finding, why = found[url]
        lines[f"{place.path}:{place.line}: {finding}: {url} – {why}"] = finding
    return Report(
        lines=tuple(lines),
        failures=frozenset(line for line, finding in lines.items() if finding in FAILING),
        data=tuple(
            _entry(record, places[url], found.get(url), base)
            for url, record in sorted(ledger.items())
        ),
        counts=dict(sorted(Counter(record.state.value for record in ledger.values()).items())),
    )


def _order(occurrence: LinkOccurrence) -> tuple[str, int, str]:
    return occurrence.path, occurrence.line, occurrence.address


def classify(record: LedgerEntry, today: date) -> LinkFinding | None:
    """Return what is to be said of a record, None if all is well or nobody asked yet."""
    if record.waiver:
        return LinkFinding.WAIVER_OVER if policy.has_expired(record, today) else None
    match record.state:
        case LinkState.DEAD:
            return (
                LinkFinding.NEWLY_DEAD if policy.is_newly_dead(record, today) else LinkFinding.DEAD
            )
        case LinkState.SUSPECT:
            return LinkFinding.SUSPECT
        case LinkState.BLOCKED:
            return LinkFinding.BLOCKED
        case _:
            return LinkFinding.NO_ANCHOR if record.code == LinkCode.NO_ANCHOR else None


def message(record: LedgerEntry, finding: LinkFinding) -> str:
    """Return why, and what to type where something is to be done."""
    why = explain(record.code)
    url = shlex.quote(record.address)
    match finding:
        case LinkFinding.NEWLY_DEAD:
            dates = ", ".join(day.isoformat() for day in record.failed)
            return (
                f"{why} ({dates}); mend it, or type confnotes links archive {url} [COPY], "
                f"or confnotes links waive {url} UNTIL REASON"
            )
        case LinkFinding.WAIVER_OVER:
            until = record.waiver.until.isoformat() if record.waiver else ""
            return (
                f"its waiver ended on {until} and {why}; mend it, "
                f"or type confnotes links waive {url} UNTIL REASON"
            )
        case LinkFinding.DEAD if is_archived(record.address):
            return f"{why}; it was a copy itself, so nothing stands in for it"
        case LinkFinding.DEAD if record.archived:
            return f"{why}; its archived copy is linked instead"
        case LinkFinding.DEAD:
            return f"{why}; what the archive has nearest the talk is linked instead"
        case LinkFinding.SUSPECT:
            return f"{why}; failure {len(record.failed)} of {policy.MAX_FAILURES}"
        case _:
            return why


def _entry(
    record: LedgerEntry,
    occurrences: Sequence[LinkOccurrence],
    found: tuple[LinkFinding, str] | None,
    base: str,
) -> dict[str, object]:
    finding, why = found or (None, "")
    days = [occurrence.day for occurrence in occurrences if occurrence.day]
    return {
        "address": record.address,
        "state": record.state,
        "code": record.code,
        "checked": record.checked and record.checked.isoformat(),
        "alive": record.alive and record.alive.isoformat(),
        "target": record.target,
        "archived": record.archived or replacement_url(record, min(days, default=None), base),
        "finding": finding,
        "message": why,
        "red": finding in FAILING,
        "places": [
            {"path": occurrence.path, "line": occurrence.line} for occurrence in occurrences
        ],
    }
