"""``confnotes links``: check external links; list, explain, waive and archive them."""

from __future__ import annotations

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

import click

from confnotes.catalogue.archive_dates import ArchiveDates
from confnotes.cli.output import CommandError
from confnotes.cli.project import load_project, required_root, root_option
from confnotes.files import SourceFileError, read_file
from confnotes.invisible_characters import strip_invisible
from confnotes.linkcheck import ledger, state_machine
from confnotes.linkcheck.archive import is_archived, wayback_url
from confnotes.linkcheck.codes import explain_code
from confnotes.linkcheck.ledger import (
    NAME,
    Ledger,
    LedgerEntry,
    LedgerError,
    LinkState,
    Waiver,
    is_checkable,
)
from confnotes.suffixes import NOTE_SUFFIXES, suffix_of
from confnotes.suggest import did_you_mean
from confnotes.url_finder import find_urls
from confnotes.urls import redact


@click.group()
@root_option
@click.pass_context
def command(context: click.Context, root: Path | None) -> None:
    context.obj = required_root(root)


@command.command(help="Check the URLs that are due, as `make linkcheck` does.")
@click.option("--refresh", is_flag=True, help="Also check URLs that are not due.")
@click.option("--offline", is_flag=True, help="Check nothing; report what is known.")
@click.option("--only", metavar="PATTERN", help="Check only URLs that match a regular expression.")
@click.pass_obj
def check(root: Path, only: str | None, *, refresh: bool, offline: bool) -> int:
    settings = ["refresh=1"] * refresh + ["offline=1"] * offline
    settings += [f"only={_pattern(only).pattern}"] if only else []
    options = [part for each in settings for part in ("-D", f"confnotes_linkcheck_{each}")]
    output = root / "_build" / "linkcheck"
    output.mkdir(parents=True, exist_ok=True)
    for folder in (root, output):
        if not os.access(folder, os.W_OK):
            raise CommandError(f"{folder}: the results cannot be written; change its permissions")
    sphinx = [sys.executable, "-m", "sphinx", "-b", "linkcheck", str(root), str(output), *options]
    with subprocess.Popen(sphinx) as check_process:  # noqa: S603  # our own
        before = signal.signal(signal.SIGTERM, lambda *_: check_process.terminate())
        try:
            while True:
                try:
                    return check_process.wait()
                except KeyboardInterrupt:  # the check has got it, too, and saves its results
                    continue
        finally:
            signal.signal(signal.SIGTERM, before)


@command.command("list", help="List URLs and their states.")
@click.argument("pattern", default="")
@click.option(
    "--state",
    type=click.Choice([state.value for state in LinkState]),
    help="Only those in this state.",
)
@click.pass_obj
def list_links(root: Path, pattern: str, state: str | None) -> int:
    wanted = _pattern(pattern)
    for address, record in sorted(_load_ledger(root).items()):
        if wanted.search(address) and state in (None, record.state):
            checked = str(record.checked or "never")
            print(f"{record.state:8} {checked:10} {record.code:>18} {address}")
    return 0


@command.command("explain", help="Show why a URL is in its state.")
@click.argument("address", metavar="URL")
@click.pass_obj
def explain_link(root: Path, address: str) -> int:
    record = _find_entry(_load_ledger(root), address)
    print(record.address, *_describe(record), *_occurrences(root, record.address), sep="\n  ")
    return 0


@command.command(
    short_help="Do not check a URL until a day.",
    help="Do not check a URL until a day like 2031-01-31, for a reason in words.",
)
@click.argument("address", metavar="URL")
@click.argument("until")
@click.argument("reason", nargs=-1, required=True, metavar="REASON…")
@click.pass_obj
def waive(root: Path, address: str, until: str, reason: tuple[str, ...]) -> int:
    try:
        last = date.fromisoformat(until)
    except ValueError:
        raise CommandError(f"‘{until}’ is not a day; write one like 2031-01-31") from None
    if last < datetime.now(UTC).date():
        raise CommandError(f"{last} is in the past; a waiver needs a day to come")
    waiver = Waiver(last, strip_invisible(" ".join(reason)))
    return _update(root, address, state=LinkState.WAIVED, waiver=waiver)


@command.command(
    short_help="Set the archived copy of a URL.",
    help="Set the archived copy of a URL; by default the one nearest to the talk.",
)
@click.argument("address", metavar="URL")
@click.argument("copy", default="")
@click.pass_obj
def archive(root: Path, address: str, copy: str) -> int:
    address = redact(address)
    if is_archived(address):
        raise CommandError("the URL is an archived copy itself")
    if copy and not is_checkable(copy):
        raise CommandError(
            f"‘{copy}’ is not the URL of a copy; write one that begins with https://"
        )
    record = _find_entry(_load_ledger(root), address)
    catalogue = load_project(root)
    day = ArchiveDates.from_catalogue(catalogue).addresses.get(address) or record.alive
    return _update(root, address, archived=redact(copy) or wayback_url(address, day))


def _load_ledger(root: Path) -> Ledger:
    try:
        return ledger.load_ledger(root / NAME)
    except LedgerError as error:  # path, line and message
        print(error, file=sys.stderr)
        raise click.exceptions.Exit(CommandError.exit_code) from None


def _update(root: Path, address: str, **values: object) -> int:
    known = _load_ledger(root)
    record = replace(_find_entry(known, address), **values)  # type: ignore[arg-type]
    ledger.save_ledger({**known, record.address: record}, root / NAME)
    print(record.address, *_describe(record), sep="\n  ")
    return 0


def _find_entry(known: Ledger, address: str) -> LedgerEntry:
    try:
        return known[redact(address)]
    except KeyError:
        hint = did_you_mean(address, known)
        raise CommandError(f"{redact(address)} is not in {NAME}; {hint or 'try list'}") from None


def _describe(record: LedgerEntry) -> Iterator[str]:
    yield f"{record.state}: {explain_code(record.code)}"
    if record.checked:
        alive = f"last alive {record.alive}" if record.alive else "never seen alive"
        yield f"checked {record.checked}, {alive}"
    if record.failed:
        days = ", ".join(map(str, record.failed))
        yield f"failures that count: {days} (dead after {state_machine.MAX_FAILURES})"
    if record.target:
        yield f"moved for good to {record.target}"
    if record.archived:
        yield f"archived copy: {record.archived}"
    if record.waiver:
        yield f"waived until {record.waiver.until}: {record.waiver.reason}"


def _occurrences(root: Path, address: str) -> Iterator[str]:
    """Yield ``path:line`` of each line with ``address``."""
    host = urlsplit(address).hostname or ""
    for folder, below, names in os.walk(root):
        below[:] = sorted(name for name in below if name[0] not in "._")
        for path in (Path(folder, name) for name in sorted(names)):
            if suffix_of(path.name) not in NOTE_SUFFIXES:
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
        raise CommandError(f"‘{text}’ is not a regular expression: {error}") from None
