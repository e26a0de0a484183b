"""The builder: what it reports and where, what it keeps, when it is red."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from confnotes.linkcheck.ledger import (
    Ledger,
    LedgerEntry,
    LinkState,
    Waiver,
    load_ledger,
    save_ledger,
)

from tests.links.server import Host, Hosts

if TYPE_CHECKING:
    from conftest import Build, Site

TODAY = datetime.now(UTC).date()
NOTE = "years/2030/pipe-days/wednesday.txt"


@pytest.fixture
def site(make_site: Callable[..., Site]) -> Site:
    return make_site("links")


def type_note(site: Site, *bullets: str) -> None:
    """Type a note whose bullets begin on line 5."""
    head = "Pipe Days 2030 – Wednesday – Session 1\n\nPipes that hold – Ana Ruiz\n\n"
    site.write(NOTE, head + "".join(f"• {bullet}\n" for bullet in bullets))


def check(site: Site, **settings: object) -> Build:
    """Check links; ``timeout`` is Sphinx's own setting, the others are ours."""
    ours = {"archive": "http://127.0.0.1:9/web/", **settings}
    named = {
        "linkcheck_timeout" if name == "timeout" else f"confnotes_linkcheck_{name}": value
        for name, value in ours.items()
    }
    return site.build("linkcheck", **named)


def lines(site: Site) -> list[str]:
    return site.text("output.txt", "linkcheck").splitlines()


def keep(site: Site, *records: LedgerEntry) -> None:
    save_ledger({record.address: record for record in records}, site.source / "links.jsonl")


def kept(site: Site) -> Ledger:
    return load_ledger(site.source / "links.jsonl")


def about_to_die(address: str) -> LedgerEntry:
    failed = (TODAY - timedelta(days=9), TODAY - timedelta(days=5))
    return LedgerEntry(
        address=address, state=LinkState.SUSPECT, checked=failed[1], code="404", failed=failed
    )


def dead(address: str, since: date) -> LedgerEntry:
    failed = (since - timedelta(days=9), since - timedelta(days=5), since)
    return LedgerEntry(
        address=address, state=LinkState.DEAD, checked=since, code="404", failed=failed
    )


def test_every_place_of_a_bad_address_is_named(site: Site, host: Host) -> None:
    gone = f"{host.url}/404"
    type_note(site, "first", f"see {gone}.", f"fine {host.url}/page", f"again ({gone})")
    site.write("speakers/ana-ruiz.md", f"# Ana Ruiz\n\nWrites\n[elsewhere]({gone}).\n")
    built = check(site)
    why = f"suspect: {gone} – the host answers “Not Found”; failure 1 of 3"
    assert lines(site) == [
        f"speakers/ana-ruiz.md:4: {why}",
        f"{NOTE}:6: {why}",
        f"{NOTE}:8: {why}",
    ]
    assert built.statuscode == 0
    assert kept(site)[gone].state is LinkState.SUSPECT


def test_the_report_for_machines(site: Site, host: Host) -> None:
    type_note(site, f"{host.url}/404")
    check(site)
    report = json.loads(site.text("output.json", "linkcheck"))
    assert report["counts"] == {"suspect": 1}
    assert report["red"] == 0
    (entry,) = report["addresses"]
    assert (entry["address"], entry["finding"], entry["code"]) == (
        f"{host.url}/404",
        "suspect",
        "404",
    )
    assert entry["places"] == [{"path": NOTE, "line": 5}]


def test_fields_bare_hosts_and_event_addresses_are_checked(site: Site) -> None:
    site.write(
        NOTE,
        "Pipe Days 2030 – Wednesday – Session 1\n\nPipes that hold – Ana Ruiz\n"
        "Slides: http://slides.example.org/\n\n• at code.example.org\n",
    )
    site.edit("years/2030/pipe-days/index.md", "series:", "url: http://days.example.org/\nseries:")
    check(site, offline=True)
    assert list(kept(site)) == [
        "http://code.example.org",
        "http://days.example.org/",
        "http://slides.example.org/",
    ]
    places = {
        entry["address"]: entry["places"][0]
        for entry in json.loads(site.text("output.json", "linkcheck"))["addresses"]
    }
    assert places["http://slides.example.org/"] == {"path": NOTE, "line": 4}
    assert places["http://code.example.org"] == {"path": NOTE, "line": 6}


def test_newly_dead_is_red_on_its_day_and_says_what_to_type(site: Site, host: Host) -> None:
    gone = f"{host.url}/410"
    type_note(site, gone)
    keep(site, about_to_die(gone))
    assert check(site).statuscode == 1
    assert lines(site)[0].startswith(f"{NOTE}:5: newly-dead: {gone} – ")
    assert f"confnotes links waive {gone} UNTIL REASON" in lines(site)[0]
    assert check(site).statuscode == 1
    assert host.pages() == {"/410": 1}


def test_dead_for_long_is_not_red(site: Site) -> None:
    gone = "http://gone.pipes.dev/x"
    type_note(site, gone)
    keep(site, dead(gone, TODAY - timedelta(days=1)))
    assert check(site).statuscode == 0
    assert lines(site)[0].startswith(f"{NOTE}:5: dead: ")


def test_newly_dead_with_a_copy_is_not_red(site: Site, hosts: Hosts) -> None:
    host, archive = hosts(), hosts("127.0.0.2")
    gone = f"{host.url}/404"
    type_note(site, gone)
    keep(site, about_to_die(gone))
    assert check(site, archive=f"{archive.url}/web/").statuscode == 0
    assert kept(site)[gone].archived == f"{archive.url}/web/20310118/{gone}"
    assert f"/web/20300116/{gone}" in archive.asked


def test_no_other_warning_is_red(site: Site) -> None:
    site.write("speakers/ana-ruiz.md", "# Ana Ruiz\n\n{speaker}`Nobody`\n")
    make = ["make", "--dry-run", "linkcheck"]
    project = Path(__file__).parents[2]
    ran = subprocess.run(make, cwd=project, capture_output=True, text=True, check=True)
    assert " -W" not in ran.stdout
    ran = subprocess.run(
        [sys.executable, "-m", "sphinx", "-n", "-b", "linkcheck", site.source, site.output],
        capture_output=True,
        text=True,
        check=True,
    )
    assert "Nobody" in ran.stderr


ANSWERS = {
    "200": "alive 200",
    "to/301/here": "alive 200",
    "to/302/here": "alive 200",
    "to/303/here": "alive 200",
    "to/307/here": "alive 200",
    "to/308/here": "alive 200",
    "to/302/x?/": "suspect redirects-home",
    "loop": "blocked too-many-redirects",
    "chain/1": "blocked too-many-redirects",
    "nowhere": "blocked invalid-response",
    "401": "blocked 401",
    "403": "blocked 403",
    "404": "suspect 404",
    "405": "blocked 405",
    "410": "suspect 410",
    "451": "blocked 451",
    "500": "blocked 500",
    "503": "blocked 503",
    "999": "blocked 999",
    "busy-once": "alive 200",
    "drip#good": "alive 200",
    "drip-headers": "blocked timeout",
    "endless#good": "alive 200",
    "endless-headers": "blocked invalid-response",
    "bomb#good": "alive 200",
    "zipped#good": "alive 200",
    "zipped#bad": "alive no-anchor",
    "chunked#good": "alive 200",
    "page#old": "alive 200",
    "page#bad": "alive no-anchor",
    "hang": "blocked timeout",
    "junk": "blocked invalid-response",
    "silent": "blocked no-connection",
    "private/x": "blocked robots",
}
"""What ``/<key>`` comes to."""


def test_every_answer(site: Site, hosts: Hosts, secure_host: Host) -> None:
    host = hosts(robots="User-agent: *\nDisallow: /private/\n")
    plain, for_ever, day = (hosts(f"127.0.0.{number}") for number in (2, 3, 4))
    expected = {f"{host.url}/{path}": answer for path, answer in ANSWERS.items()} | {
        f"{secure_host.url}/page": "blocked tls",
        f"{plain.url}/429": "blocked 429",
        f"{for_ever.url}/busy/1": "blocked 429",
        f"{day.url}/busy/86400": "blocked 429",
    }
    type_note(site, *expected)
    built = check(site)
    assert {
        address: f"{record.state} {record.code}" for address, record in kept(site).items()
    } == expected
    assert built.statuscode == 0
    assert host.asked["HEAD"] == 0
    assert for_ever.pages() == {"/busy/1": 2}
    assert day.pages() == {"/busy/86400": 1}


def test_blocked_is_never_red(site: Site, hosts: Hosts) -> None:
    host, busy = hosts(), hosts("127.0.0.2")
    paths = ("401", "403", "405", "451", "500", "503", "999", "hang")
    blocked = [f"{busy.url}/429", *(f"{host.url}/{path}" for path in paths)]
    type_note(site, *blocked)
    keep(site, *map(about_to_die, blocked))
    assert check(site, timeout=0.3).statuscode == 0
    assert {kept(site)[address].state for address in blocked} == {LinkState.BLOCKED}


def test_a_waiver_that_is_over_is_red(site: Site, host: Host) -> None:
    gone = f"{host.url}/404"
    type_note(site, gone)
    tomorrow, yesterday = TODAY + timedelta(days=1), TODAY - timedelta(days=1)
    keep(site, LedgerEntry(address=gone, state=LinkState.WAIVED, waiver=Waiver(tomorrow, "moving")))
    assert check(site).statuscode == 0
    keep(
        site, LedgerEntry(address=gone, state=LinkState.WAIVED, waiver=Waiver(yesterday, "moving"))
    )
    assert check(site).statuscode == 1
    assert f"its waiver ended on {yesterday}" in lines(site)[0]


def test_a_broken_ledger_is_red_and_left_alone(site: Site, host: Host) -> None:
    type_note(site, f"{host.url}/page")
    site.write("links.jsonl", '{"address": "http://a/"}\n{"address"\n')
    built = check(site)
    assert built.statuscode == 1
    assert [
        line for line in built.warnings if "links.jsonl:2: ERROR: not JSON in column 11" in line
    ]
    assert (
        site.source.joinpath("links.jsonl").read_text() == '{"address": "http://a/"}\n{"address"\n'
    )
    assert not host.asked
    assert [line for line in site.build().warnings if "links.jsonl:2: ERROR: not JSON" in line]


def test_a_second_run_sends_and_writes_nothing(site: Site, host: Host) -> None:
    type_note(site, f"{host.url}/page", f"{host.url}/404", f"{host.url}/403")
    check(site)
    before = site.source.joinpath("links.jsonl").stat()
    host.asked.clear()
    check(site)
    assert not host.asked
    assert site.source.joinpath("links.jsonl").stat().st_mtime_ns == before.st_mtime_ns


def test_a_check_of_one_page_keeps_what_is_known_of_others(site: Site, host: Host) -> None:
    type_note(site, f"{host.url}/page")
    other = LedgerEntry(address="http://days.example.org/", state=LinkState.ALIVE)
    keep(site, other)
    command = [sys.executable, "-m", "sphinx", "-b", "linkcheck", ".", "out"]
    subprocess.run([*command, NOTE], cwd=site.source, check=True)
    assert kept(site)[other.address] == other
    assert host.pages() == {"/page": 1}
    subprocess.run(command, cwd=site.source, check=True)
    assert other.address not in kept(site), "for no page has it"


def test_500_addresses_twice_are_asked_once(site: Site, host: Host) -> None:
    type_note(site, *(f"{host.url}/page/{number}" for number in range(500)))
    check(site, timeout=60)  # a busy machine may be late
    assert host.pages().total() == 500
    host.asked.clear()
    check(site, timeout=60)
    assert host.asked.total() == 0


def test_why_something_was_not_asked(site: Site, hosts: Hosts) -> None:
    busy, slow = hosts(), hosts("127.0.0.2", hangs=True)
    pages = [f"{busy.url}/page/{number}" for number in range(4)]
    type_note(site, f"{busy.url}/busy/86400", *pages, f"{slow.url}/page")
    said = check(site, timeout=60, gap=0.2, budget=2).said
    assert "links: 1 skipped (the budget of 2 s was spent); will be retried next run" in said
    assert " skipped (rate-limited by the host); will be retried next run" in said


def test_a_missing_anchor_is_told_but_not_red(site: Site, host: Host) -> None:
    type_note(site, f"{host.url}/page#good", f"{host.url}/page#bad")
    assert check(site).statuscode == 0
    (line,) = lines(site)
    assert line.startswith(f"{NOTE}:6: no-anchor: {host.url}/page#bad – ")


def test_no_credentials_in_any_output(site: Site, host: Host) -> None:
    type_note(site, host.url.replace("//", "//ana:hunter2@") + "/404?token=hunter2")
    built = check(site)
    said = [*built.warnings, *lines(site), site.text("output.json", "linkcheck"), repr(kept(site))]
    assert f"{host.url}/404?token=…" in lines(site)[0]
    assert not any("hunter2" in text for text in said)


def test_private_addresses_are_not_asked_unless_it_is_allowed(site: Site, host: Host) -> None:
    type_note(site, f"{host.url}/page")
    check(site, allow_private=False)
    assert kept(site)[f"{host.url}/page"].code == "private"
    assert not host.asked


def test_what_linkcheck_ignore_matches_is_not_asked(site: Site, host: Host) -> None:
    type_note(site, f"{host.url}/page", f"{host.url}/other")
    site.build("linkcheck", linkcheck_ignore=[r".*/other"])
    assert host.pages() == {"/page": 1}


@pytest.mark.usefixtures("heeds_ctrl_c")
@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.parametrize("command", ["sphinx -b linkcheck . out", "confnotes links check"])
def test_a_signal_keeps_what_was_learnt(
    site: Site, hosts: Hosts, command: str, how: signal.Signals
) -> None:
    good, bad = hosts(), hosts("127.0.0.2", hangs=True)
    type_note(site, f"{good.url}/page", f"{bad.url}/page")
    site.edit("conf.py", "timeout = 3.0", "timeout = 30")
    process = subprocess.Popen(
        [sys.executable, "-m", *command.split()],
        cwd=site.source,
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    assert process.stdout
    for line in process.stdout:
        if "alive 200" in line:
            break
    if how is signal.SIGINT:
        os.killpg(process.pid, how)  # as a terminal does
    else:
        process.send_signal(how)
    said, _ = process.communicate(timeout=20)
    assert process.returncode != 0
    assert "links: 1 alive, 1 unknown" in said
    assert "links: 1 skipped (the run was interrupted); will be retried next run" in said
    assert kept(site)[f"{good.url}/page"].state is LinkState.ALIVE
    assert kept(site)[f"{bad.url}/page"].state is LinkState.UNKNOWN
