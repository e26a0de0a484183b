"""``confnotes links``: Check external links; list, explain, waive and archive them.

Without an action it checks the URLs that are due, as `make linkcheck` does.
"""

from __future__ import annotations

import argparse
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from urllib.parse import urlsplit

from confnotes.catalogue import load
from confnotes.catalogue.days import Days
from confnotes.cli import project
from confnotes.linkcheck import ledger, policy
from confnotes.linkcheck.archive import is_archived, wayback_url
from confnotes.linkcheck.codes import explain
from confnotes.linkcheck.ledger import (
    NAME,
    Ledger,
    LedgerEntry,
    LedgerError,
    LinkState,
    Waiver,
    is_checkable,
)
from confnotes.linkcheck.redact import redact
from confnotes.linkcheck.url_finder import find_urls
from confnotes.plain_text import strip_invisible
from confnotes.source_files import SourceFileError, read_file
from confnotes.suggest import did_you_mean

_TYPED = frozenset({".txt", ".md", ".rst"})
_ADDRESS = "as confnotes links list shows it"


class _UsageError(Exception):
    """The command cannot be carried out; the message is for the user."""


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--root", type=Path, help="the project's folder")
    _add_check_options(parser)
    parser.set_defaults(act=_check)
    actions = parser.add_subparsers(title="actions", metavar="ACTION")

    check = actions.add_parser("check", help="check the URLs that are due (the default)")
    _add_check_options(check, again=True)
    check.set_defaults(act=_check)

    listing = actions.add_parser("list", help="list URLs and their states")
    listing.add_argument("pattern", nargs="?", default="", help="a regular expression")
    listing.add_argument("--state", choices=list(LinkState), help="only those in this state")
    listing.set_defaults(act=_list)

    explaining = actions.add_parser("explain", help="show why a URL is in its state")
    explaining.add_argument("address", help=_ADDRESS)
    explaining.set_defaults(act=_explain)

    waiving = actions.add_parser("waive", help="do not check a URL until a day")
    waiving.add_argument("address", help=_ADDRESS)
    waiving.add_argument("until", help="the last day, like 2031-01-31")
    waiving.add_argument("reason", nargs="+", help="why, in words")
    waiving.set_defaults(act=_waive)

    archiving = actions.add_parser("archive", help="set the archived copy of a URL")
    archiving.add_argument("address", help=_ADDRESS)
    archiving.add_argument(
        "copy", nargs="?", default="", help="its URL; by default the copy nearest to the talk"
    )
    archiving.set_defaults(act=_archive)


def _add_check_options(parser: argparse.ArgumentParser, *, again: bool = False) -> None:
    """Add the options of a check; ``again``: the parent has them, with their defaults."""
    off, every = (argparse.SUPPRESS,) * 2 if again else (False, "")
    parser.add_argument(
        "--refresh", action="store_true", default=off, help="also check URLs that are not due"
    )
    parser.add_argument(
        "--offline", action="store_true", default=off, help="check nothing; report what is known"
    )
    parser.add_argument(
        "--only",
        metavar="PATTERN",
        default=every,
        help="check only URLs that match a regular expression",
    )


def run(args: argparse.Namespace) -> int:
    """Return 0, 1 if a check fails, 2 if the command cannot be carried out."""
    args.root = args.root or project.find(Path())
    if args.root is None:
        print("confnotes: not in a project; change directory or pass --root", file=sys.stderr)
        return 2
    try:
        return int(args.act(args))
    except (LedgerError, _UsageError) as error:
        print(error, file=sys.stderr)
    except OSError as error:
        print(f"{NAME}: {error.strerror or error}", file=sys.stderr)
    return 2


def _check(args: argparse.Namespace) -> int:
    settings = [f"{name}=1" for name in ("refresh", "offline") if getattr(args, name)]
    if args.only:
        _pattern(args.only)
        settings.append(f"only={args.only}")
    options = [part for each in settings for part in ("-D", f"confnotes_linkcheck_{each}")]
    output = args.root / "_build" / "linkcheck"
    command = [sys.executable, "-m", "sphinx", "-b", "linkcheck", args.root, output]
    with subprocess.Popen([*command, *options]) as check:  # noqa: S603  # our own
        before = signal.signal(signal.SIGTERM, lambda *_: check.terminate())
        try:
            while True:
                try:
                    return check.wait()
                except KeyboardInterrupt:  # the check has got it, too, and saves its results
                    continue
        finally:
            signal.signal(signal.SIGTERM, before)


def _list(args: argparse.Namespace) -> int:
    wanted = _pattern(args.pattern)
    for address, record in sorted(ledger.load(args.root / NAME).items()):
        if wanted.search(address) and args.state in (None, record.state):
            checked = str(record.checked or "never")
            print(f"{record.state:8} {checked:10} {record.code:>18} {address}")
    return 0


def _explain(args: argparse.Namespace) -> int:
    record = _record(ledger.load(args.root / NAME), args.address)
    print(record.address)
    for line in _story(record):
        print(f"  {line}")
    for place in _places(args.root, record.address):
        print(f"  {place}")
    return 0


def _waive(args: argparse.Namespace) -> int:
    try:
        until = date.fromisoformat(args.until)
    except ValueError:
        raise _UsageError(f"‘{args.until}’ is not a day; write one like 2031-01-31") from None
    if until < _today():
        raise _UsageError(f"{until} is in the past; a waiver needs a day to come")
    waiver = Waiver(until, strip_invisible(" ".join(args.reason)))
    return _change(args, state=LinkState.WAIVED, waiver=waiver)


def _archive(args: argparse.Namespace) -> int:
    address = redact(args.address)
    if is_archived(address):
        raise _UsageError("the URL is an archived copy itself")
    if args.copy and not is_checkable(args.copy):
        raise _UsageError(
            f"‘{args.copy}’ is not the URL of a copy; write one that begins with https://"
        )
    record = _record(ledger.load(args.root / NAME), address)
    catalogue = load(args.root, cache=project.cache(args.root), by_stat=True)
    day = Days.of(catalogue).addresses.get(address) or record.alive
    return _change(args, archived=redact(args.copy) or wayback_url(address, day))


def _change(args: argparse.Namespace, **values: object) -> int:
    path = args.root / NAME
    known = ledger.load(path)
    record = replace(_record(known, args.address), **values)  # type: ignore[arg-type]
    ledger.save({**known, record.address: record}, path)
    print(record.address)
    for line in _story(record):
        print(f"  {line}")
    return 0


def _record(known: Ledger, address: str) -> LedgerEntry:
    try:
        return known[redact(address)]
    except KeyError:
        hint = did_you_mean(address, known)
        raise _UsageError(
            f"{redact(address)} is not in {NAME}; {hint or 'run `confnotes links list`'}"
        ) from None


def _story(record: LedgerEntry) -> Iterator[str]:
    yield f"{record.state}: {explain(record.code)}"
    if record.checked:
        alive = f"last alive {record.alive}" if record.alive else "never seen alive"
        yield f"checked {record.checked}, {alive}"
    if record.failed:
        days = ", ".join(map(str, record.failed))
        yield f"failures that count: {days} (dead after {policy.MAX_FAILURES})"
    if record.target:
        yield f"moved for good to {record.target}"
    if record.archived:
        yield f"archived copy: {record.archived}"
    if record.waiver:
        yield f"waived until {record.waiver.until}: {record.waiver.reason}"


def _places(root: Path, address: str) -> Iterator[str]:
    """Yield ``path:line`` of each line with ``address``."""
    host = urlsplit(address).hostname or ""
    for folder, below, names in os.walk(root):
        below[:] = sorted(name for name in below if name[0] not in "._")
        for path in (Path(folder, name) for name in sorted(names)):
            if path.suffix not in _TYPED:
                continue
            try:
                text = read_file(path, root).decode("utf-8", "replace")
            except SourceFileError:  # which a build reports
                continue
            for number, line in enumerate(text.split("\n"), 1) if host in text.lower() else ():
                if address in {redact(url) for _, _, url in find_urls(line)}:
                    yield f"{path.relative_to(root).as_posix()}:{number}"


def _pattern(text: str) -> re.Pattern[str]:
    try:
        return re.compile(text)
    except re.error as error:
        raise _UsageError(f"‘{text}’ is not a regular expression: {error}") from None


def _today() -> date:
    return datetime.now(UTC).date()
