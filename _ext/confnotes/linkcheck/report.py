"""The report of a run, for people and for machines: every occurrence of every bad URL."""

from __future__ import annotations

import shlex
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from confnotes.linkcheck import state_machine
from confnotes.linkcheck.archive import is_archived, replacement_url
from confnotes.linkcheck.codes import LinkCode, explain_code
from confnotes.linkcheck.ledger import Ledger, LedgerEntry, LinkState
from confnotes.shell_command import with_shell_commands
from confnotes.urls import redact


class LinkOccurrence(NamedTuple):
    """A URL at a line of a file. ``day`` is the day of the talk that it belongs to."""

    path: str
    line: int
    address: str
    day: date | None = None


class LinkFinding(StrEnum):
    """What a report says about a URL."""

    NEWLY_DEAD = "newly-dead"
    WAIVER_OVER = "waiver-over"
    DEAD = "dead"
    SUSPECT = "suspect"
    BLOCKED = "blocked"
    NO_ANCHOR = "no-anchor"


FAILING = frozenset({LinkFinding.NEWLY_DEAD, LinkFinding.WAIVER_OVER})
"""The findings that fail the check."""
_REPORTED = frozenset({LinkState.DEAD, LinkState.SUSPECT, LinkState.BLOCKED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """``lines`` are ``path:line: finding: URL – why``, sorted; ``failures`` are some of them."""

    lines: tuple[str, ...]
    failures: frozenset[str]
    data: tuple[dict[str, object], ...]
    counts: dict[str, int]


def make_report(
    ledger: Ledger, occurrences: Iterable[LinkOccurrence], today: date, archive: str
) -> Report:
    """Return the report on ``ledger``; ``archive`` is the URL of the archive."""
    by_url: defaultdict[str, list[LinkOccurrence]] = defaultdict(list)
    lines: dict[str, LinkFinding] = {}
    for occurrence in sorted(set(occurrences), key=lambda each: each[:3]):
        url = redact(occurrence.address)
        by_url[url].append(occurrence)
        if url in ledger and (finding := finding_of(ledger[url], today)):
            why = message(ledger[url], finding)
            lines[f"{occurrence.path}:{occurrence.line}: {finding}: {url} – {why}"] = finding
    return Report(
        lines=tuple(lines),
        failures=frozenset(line for line, finding in lines.items() if finding in FAILING),
        data=tuple(
            _data(entry, by_url.get(url, []), today, archive)
            for url, entry in sorted(ledger.items())
        ),
        counts=dict(sorted(Counter(entry.state.value for entry in ledger.values()).items())),
    )


def finding_of(entry: LedgerEntry, today: date) -> LinkFinding | None:
    """Return what a report says about an entry of the ledger, None if it has nothing to say."""
    if entry.waiver:
        return LinkFinding.WAIVER_OVER if state_machine.waiver_has_expired(entry, today) else None
    if state_machine.is_newly_dead(entry, today):
        return LinkFinding.NEWLY_DEAD
    if entry.code == LinkCode.NO_ANCHOR and entry.state is LinkState.ALIVE:
        return LinkFinding.NO_ANCHOR
    return LinkFinding(entry.state.value) if entry.state in _REPORTED else None


def message(entry: LedgerEntry, finding: LinkFinding) -> str:
    """Return the reason for a finding, and the command to run if there is one."""
    why = explain_code(entry.code)
    url = shlex.quote(entry.address)
    waive = with_shell_commands(f"`confnotes links waive {url} UNTIL REASON`")
    match finding:
        case LinkFinding.NEWLY_DEAD:
            days = ", ".join(day.isoformat() for day in entry.failed)
            archive = with_shell_commands(f"`confnotes links archive {url} [COPY]`")
            return f"{why} ({days}); fix it, or run {archive} or {waive}"
        case LinkFinding.WAIVER_OVER:
            until = entry.waiver.until.isoformat() if entry.waiver else ""
            return f"its waiver ended on {until} and {why}; fix it, or run {waive}"
        case LinkFinding.DEAD if is_archived(entry.address):
            return f"{why}; the link already points to an archive; no replacement"
        case LinkFinding.DEAD if entry.archived:
            return f"{why}; replaced by its archived copy"
        case LinkFinding.DEAD:
            return f"{why}; replaced by the copy in the archive that is nearest to the talk"
        case LinkFinding.SUSPECT:
            return f"{why}; failure {len(entry.failed)} of {state_machine.MAX_FAILURES}"
        case _:
            return why


def _data(
    entry: LedgerEntry, occurrences: list[LinkOccurrence], today: date, archive: str
) -> dict[str, object]:
    finding = finding_of(entry, today) if occurrences else None
    day = min((each.day for each in occurrences if each.day), default=None)
    return {
        "address": entry.address,
        "state": entry.state,
        "code": entry.code,
        "checked": entry.checked and entry.checked.isoformat(),
        "alive": entry.alive and entry.alive.isoformat(),
        "target": entry.target,
        "archived": entry.archived or replacement_url(entry, day, archive),
        "finding": finding,
        "message": message(entry, finding) if finding else "",
        "red": finding in FAILING,
        "places": [{"path": each.path, "line": each.line} for each in occurrences],
    }
