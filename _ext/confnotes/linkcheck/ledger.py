"""The ledger ``links.jsonl``: the state of every external URL, one JSON object a line.

Lines are sorted by URL and have dates but no times, so that git can merge what two branches
learnt about different URLs. Where a union merge leaves two lines for one URL, the later check
counts, and a waiver or an archived copy in either.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, fields, replace
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Any, TypeAlias

from confnotes.files import SourceFileError, atomic_write, read_file
from confnotes.invisible_characters import strip_invisible
from confnotes.suggest import did_you_mean
from confnotes.urls import is_safe_url

NAME = "links.jsonl"
MAX_BYTES = 100_000_000
MAX_PROBLEMS = 100
"""Problems after which the rest of a ledger is not read."""
_MAX_QUOTE = 80


class LinkState(StrEnum):
    """The state of a URL, as far as it is known."""

    UNKNOWN = "unknown"
    ALIVE = "alive"
    SUSPECT = "suspect"
    DEAD = "dead"
    BLOCKED = "blocked"
    WAIVED = "waived"
    RESERVED = "reserved"


@dataclass(frozen=True, slots=True)
class Waiver:
    """A person's decision not to check a URL up to and including the day ``until``."""

    until: date
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerEntry:
    """One line of the ledger; the names of the fields are its keys."""

    address: str
    """As typed, without credentials; see :func:`confnotes.urls.redact`."""
    state: LinkState = LinkState.UNKNOWN
    alive: date | None = None
    """The last day on which it was alive."""
    checked: date | None = None
    code: str = ""
    """An HTTP status or a :class:`confnotes.linkcheck.codes.LinkCode`."""
    failed: tuple[date, ...] = ()
    """The days of failures that count, oldest first; it died on the third."""
    target: str = ""
    """Where it redirects to permanently."""
    archived: str = ""
    """The URL of an archived copy."""
    waiver: Waiver | None = None


Ledger: TypeAlias = dict[str, LedgerEntry]
"""Entries by URL."""


class LedgerError(Exception):
    """The ledger cannot be read; ``problems`` are (line, message), the first line is 1."""

    def __init__(self, name: str, problems: list[tuple[int, str]]) -> None:
        super().__init__("\n".join(f"{name}:{line}: {message}" for line, message in problems))
        self.problems = problems


def load_ledger(path: Path) -> Ledger:
    """Return the entries in ``path``, none if there is no such file.

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
            entry = _parse(line)
        except ValueError as error:
            problems.append((number, strip_invisible(str(error))))
        else:
            ledger[entry.address] = _merge(ledger.get(entry.address, entry), entry)
    if problems:
        raise LedgerError(path.name, problems)
    return ledger


def save_ledger(ledger: Mapping[str, LedgerEntry], path: Path) -> bool:
    """Write ``ledger`` to ``path``, whole or not at all. Return True if the file changed.

    Raises OSError.
    """
    data = "".join(f"{_format(entry)}\n" for _, entry in sorted(ledger.items())).encode()
    if data == (path.read_bytes() if path.is_file() else b""):
        return False
    with atomic_write(path) as new, new.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    return True


def is_checkable(url: str) -> bool:
    """Return True if ``url`` can be checked and kept: a safe http or https URL.

    Braces are allowed, as people type them in running text.
    """
    encoded = url.replace("{", "%7B").replace("}", "%7D")
    return is_safe_url(encoded) and url.lower().startswith("http")


def _merge(*entries: LedgerEntry) -> LedgerEntry:
    older, newer = sorted(entries, key=lambda entry: entry.checked or date.min)
    newer = replace(newer, archived=newer.archived or older.archived)
    if older.waiver and not newer.waiver and newer.state is not LinkState.ALIVE:
        return replace(newer, state=LinkState.WAIVED, waiver=older.waiver)
    return newer


def _format(entry: LedgerEntry) -> str:
    values = {name: value for name, value in asdict(entry).items() if value}
    return json.dumps(values, ensure_ascii=False, default=str)  # ``str`` is for dates


def _parse(line: bytes) -> LedgerEntry:
    """Return the entry on ``line``. Raises ValueError with a message that says what to write."""
    if re.match(rb"<{7}|={7}|>{7}|\|{7}", line):
        raise ValueError("unresolved merge conflict; keep the lines of both sides")
    try:
        values = json.loads(line.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise ValueError(f"not UTF-8 in column {error.start + 1}") from None
    except json.JSONDecodeError as error:
        raise ValueError(f"not JSON in column {error.colno}: {error.msg}") from None
    except RecursionError:
        raise ValueError("not an entry: nested too deeply") from None
    if not isinstance(values, dict) or not isinstance(values.get("address"), str):
        raise ValueError('an entry is {"address": "…", "state": "…"}')  # noqa: TRY004  # data
    entry = LedgerEntry(**{name: _value(name, value) for name, value in values.items()})
    if entry.state is LinkState.WAIVED and not entry.waiver:
        raise ValueError('“waived” needs "waiver": {"until": "2031-01-31", "reason": "…"}')
    for name in ("address", "target", "archived"):
        if (url := getattr(entry, name)) and not is_checkable(url):
            raise ValueError(f"‘{name}’ is not an http or https URL: {_quote(url)}")
    return entry


def _value(name: str, value: object) -> Any:
    match name, value:
        case "state", str() if value in set(LinkState):
            return LinkState(value)
        case "state", _:
            raise ValueError(f"unknown state {_quote(value)}; {_hint(str(value), LinkState)}")
        case (("alive" | "checked"), str()):
            return _day(name, value)
        case (("address" | "target" | "archived"), str()):
            return value
        case "code", str() if re.fullmatch(r"[a-z0-9-]{0,40}", value):
            return value
        case "failed", list():
            return tuple(sorted({_day(name, day) for day in value}))
        case "waiver", {"until": until, "reason": str(reason), **rest} if not rest:
            return Waiver(_day("until", until), strip_invisible(reason))
    names = [field.name for field in fields(LedgerEntry)]
    if name not in names:
        raise ValueError(f"unknown key {_quote(name)}; {_hint(name, names)}")
    raise ValueError(f"‘{name}’ cannot be {_quote(value)}")


def _day(name: str, value: object) -> date:
    if isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", value):
        with suppress(ValueError):
            return date.fromisoformat(value)
    raise ValueError(f"‘{name}’ is a day like 2031-01-31, not {_quote(value)}")


def _hint(word: str, known: Iterable[str]) -> str:
    return did_you_mean(word[:_MAX_QUOTE], known) or f"one of {', '.join(known)}"


def _quote(value: object) -> str:
    """Return ``value`` as a message shows it: short, and ‘in quotes’ if it is text."""
    text = value if isinstance(value, str) else json.dumps(value)
    text = f"{text[:_MAX_QUOTE]}…" if len(text) > _MAX_QUOTE else text
    return f"‘{text}’" if isinstance(value, str) else text
