"""The ledger: what is known of every address, one JSON object a line, in ``links.jsonl``.

Lines are sorted by address and hold dates, never times, so that two branches that
learnt about different addresses merge. Where a union merge left two lines for one
address, the later check counts, and what a person said in either.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Any, TypeAlias

from confnotes.keeping import whole
from confnotes.plain_text import strip_invisible
from confnotes.source_files import SourceFileError, read_file
from confnotes.suggest import did_you_mean
from confnotes.urls import is_safe_url

NAME = "links.jsonl"
MAX_BYTES = 100_000_000
MAX_PROBLEMS = 100
"""Problems after which the rest of a ledger is not read."""


class LinkState(StrEnum):
    """What an address is, as far as anyone asked."""

    UNKNOWN = "unknown"
    ALIVE = "alive"
    SUSPECT = "suspect"
    DEAD = "dead"
    BLOCKED = "blocked"
    WAIVED = "waived"
    RESERVED = "reserved"


@dataclass(frozen=True, slots=True)
class Waiver:
    """A person's word that an address is to be left alone, up to and including ``until``."""

    until: date
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerEntry:
    """One line of the ledger."""

    address: str
    """As typed, without credentials; see :func:`confnotes.linkcheck.redact.redact`."""
    state: LinkState = LinkState.UNKNOWN
    alive: date | None = None
    """When it last was."""
    checked: date | None = None
    code: str = ""
    """An HTTP status or a :class:`confnotes.linkcheck.codes.Code`."""
    failed: tuple[date, ...] = ()
    """The failures that count, oldest first; the third was its death."""
    target: str = ""
    """Where it redirects to for good."""
    archived: str = ""
    """The address of an archived copy."""
    waiver: Waiver | None = None


Ledger: TypeAlias = dict[str, LedgerEntry]
"""Records by address."""


class LedgerError(Exception):
    """The ledger cannot be read; ``problems`` are (line, message), the first line is 1."""

    def __init__(self, name: str, problems: list[tuple[int, str]]) -> None:
        super().__init__("\n".join(f"{name}:{line}: {message}" for line, message in problems))
        self.problems = problems


def load(path: Path) -> Ledger:
    """Return the records in ``path``, none if there is no such file.

    Raises :class:`LedgerError`, which names every bad line.
    """
    if not os.path.lexists(path):
        return {}
    try:
        data = read_file(path, path.parent, max_bytes=MAX_BYTES)
    except SourceFileError as error:
        raise LedgerError(path.name, [(1, f"the ledger cannot be read: {error}")]) from None
    ledger: Ledger = {}
    problems: list[tuple[int, str]] = []
    for number, line in enumerate(data.splitlines(), 1):
        if not line.strip():
            continue
        if len(problems) == MAX_PROBLEMS:
            problems.append((number, "too many errors; the rest of the ledger was not read"))
            break
        try:
            record = _parse(line)
        except ValueError as error:
            problems.append((number, strip_invisible(str(error))))
        else:
            ledger[record.address] = _merged(ledger.get(record.address, record), record)
    if problems:
        raise LedgerError(path.name, problems)
    return ledger


def is_checkable(url: str) -> bool:
    """Return True if ``url`` can be checked and kept: a safe http or https URL.

    Braces are allowed, as people type them in running text.
    """
    encoded = url.replace("{", "%7B").replace("}", "%7D")
    return is_safe_url(encoded) and url.lower().startswith("http")


def save(ledger: Mapping[str, LedgerEntry], path: Path) -> bool:
    """Write ``ledger`` to ``path``, whole or not at all. Return True if the file changed.

    Raises OSError.
    """
    text = "".join(f"{_line(record)}\n" for _, record in sorted(ledger.items()))
    data = text.encode()
    if data == (path.read_bytes() if path.is_file() else b""):
        return False
    with whole(path) as new, new.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    return True


def _merged(*records: LedgerEntry) -> LedgerEntry:
    older, newer = sorted(records, key=lambda record: record.checked or date.min)
    archived = newer.archived or older.archived
    if older.waiver and not newer.waiver and newer.state is not LinkState.ALIVE:
        return replace(newer, archived=archived, state=LinkState.WAIVED, waiver=older.waiver)
    return replace(newer, archived=archived)


def _line(record: LedgerEntry) -> str:
    return json.dumps(dict(_values(record)), ensure_ascii=False)


def _values(record: LedgerEntry) -> Iterator[tuple[str, object]]:
    for field in fields(record):
        match getattr(record, field.name):
            case "" | () | None:
                continue
            case Waiver(until, reason):
                yield field.name, {"until": until.isoformat(), "reason": reason}
            case date() as day:
                yield field.name, day.isoformat()
            case tuple() as days:
                yield field.name, [day.isoformat() for day in days]
            case value:
                yield field.name, value


def _parse(line: bytes) -> LedgerEntry:
    """Return the record on ``line``; raise ValueError with a message that says what to mend."""
    if re.match(rb"<{7}|={7}|>{7}|\|{7}", line):
        raise ValueError("a merge was left half done; keep the lines of both sides")
    try:
        values = json.loads(line.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise ValueError(f"not UTF-8 in column {error.start + 1}") from None
    except json.JSONDecodeError as error:
        raise ValueError(f"not JSON in column {error.colno}: {error.msg}") from None
    except RecursionError:
        raise ValueError("not a record: nested too deeply") from None
    if not isinstance(values, dict) or not isinstance(values.get("address"), str):
        raise ValueError('a record is {"address": "…", "state": "…"}')  # noqa: TRY004  # data
    record = LedgerEntry(address=values.pop("address"))
    for name, value in values.items():
        record = replace(record, **{name: _value(name, value)})
    if record.state is LinkState.WAIVED and not record.waiver:
        raise ValueError('“waived” needs "waiver": {"until": "2031-01-31", "reason": "…"}')
    for name in ("address", "target", "archived"):
        if (url := getattr(record, name)) and not is_checkable(url):
            raise ValueError(f"‘{name}’ is not an http or https URL: {_quote(url)}")
    return record


def _value(name: str, value: object) -> Any:
    match name, value:
        case "state", str() if value in set(LinkState):
            return LinkState(value)
        case "state", _:
            hint = did_you_mean(str(value)[:_MAX_QUOTE], LinkState)
            raise ValueError(
                f"unknown state {_quote(value)}; {hint or 'one of ' + ', '.join(LinkState)}"
            )
        case (("alive" | "checked"), str()):
            return _day(name, value)
        case (("target" | "archived"), str()):
            return value
        case "code", str() if re.fullmatch(r"[a-z0-9-]{0,40}", value):
            return value
        case "failed", list():
            return tuple(sorted({_day(name, day) for day in value}))
        case "waiver", {"until": until, "reason": str(reason), **rest} if not rest:
            return Waiver(_day("until", until), strip_invisible(reason))
    names = [field.name for field in fields(LedgerEntry)]
    if name not in names:
        hint = did_you_mean(name[:_MAX_QUOTE], names)
        raise ValueError(f"unknown key {_quote(name)}; {hint or 'one of ' + ', '.join(names)}")
    raise ValueError(f"‘{name}’ cannot be {_quote(value)}")


def _day(name: str, value: object) -> date:
    if isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", value):
        try:
            return date.fromisoformat(value)
        except ValueError:
            pass
    raise ValueError(f"‘{name}’ is a day like 2031-01-31, not {_quote(value)}")


_MAX_QUOTE = 80


def _quote(value: object) -> str:
    """Return ``value`` as a message shows it: short, and ‘in quotes’ if it is text."""
    if isinstance(value, str):
        return f"‘{value[:_MAX_QUOTE]}…’" if len(value) > _MAX_QUOTE else f"‘{value}’"
    text = json.dumps(value)
    return f"{text[:_MAX_QUOTE]}…" if len(text) > _MAX_QUOTE else text
