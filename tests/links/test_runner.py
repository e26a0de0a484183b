"""A whole run: who is asked, how often, how fast, and what is learnt."""

from __future__ import annotations

import signal
from dataclasses import replace
from datetime import date, timedelta

import pytest
from confnotes.linkcheck.ledger import Ledger, LedgerEntry, LinkState, Waiver
from confnotes.linkcheck.options import CheckOptions
from confnotes.linkcheck.report import LinkOccurrence
from confnotes.linkcheck.runner import Checker
from confnotes.linkcheck.state_machine import is_due

from tests.links.server import HASTY, OPTIONS, Host, Hosts

TODAY = date(2031, 3, 1)
TALK = date(2030, 1, 16)


def plan(host: Host | None = None, **changes: object) -> CheckOptions:
    base = f"{host.url}/web/" if host else "http://127.0.0.1:9/web/"
    return replace(CheckOptions(today=TODAY, fetch=OPTIONS, archive=base), **changes)  # type: ignore[arg-type]


def run(ledger: Ledger, addresses: list[str], how: CheckOptions) -> Checker:
    places = [LinkOccurrence("a.txt", n, address, TALK) for n, address in enumerate(addresses, 1)]
    checker = Checker(ledger, places, how, lambda record, answered, total: None)
    checker.run()
    return checker


def suspect(address: str) -> LedgerEntry:
    """Return the record of an address that has failed twice and may die today."""
    failed = (TODAY - timedelta(days=9), TODAY - timedelta(days=5))
    return LedgerEntry(
        address=address, state=LinkState.SUSPECT, checked=failed[1], code="404", failed=failed
    )


@pytest.mark.parametrize("hangs", [True, False], ids=["hosts hang", "pages hang"])
def test_300_hanging_addresses_on_20_hosts_end_within_the_budget(
    hosts: Hosts, *, hangs: bool
) -> None:
    hanging = [hosts(f"127.0.0.{number}", hangs=hangs) for number in range(2, 22)]
    addresses = [f"{host.url}/hang/{number}" for host in hanging for number in range(15)]
    checker = run({}, addresses, plan(fetch=HASTY, budget=30))
    assert checker.answered == 300, "each had its turn before the budget was spent"
    assert {record.code for record in checker.ledger.values()} == {"timeout"}
    assert {record.state for record in checker.ledger.values()} == {LinkState.BLOCKED}


def test_when_the_budget_is_spent_the_rest_stays_as_it_was(hosts: Hosts) -> None:
    good, bad = hosts(), hosts("127.0.0.2", hangs=True)
    addresses = [f"{good.url}/page", f"{bad.url}/page"]
    checker = run({}, addresses, plan(fetch=replace(OPTIONS, timeout=60), budget=0.5))
    assert [checker.ledger[address].state for address in addresses] == ["alive", "unknown"]
    assert checker.answered == 1
    assert checker.skipped == {"the budget of 0.5 s was spent": 1}


def test_two_connections_and_a_pause(hosts: Hosts) -> None:
    host = hosts()
    addresses = [f"{host.url}/chunked/{number}" for number in range(6)]
    run({}, addresses, plan(fetch=replace(OPTIONS, min_delay=0.1)))
    assert host.most_open <= 2
    pauses = [b - a for a, b in zip(host.times, host.times[1:], strict=False)]
    assert min(pauses) >= 0.08


def test_a_page_is_fetched_once_for_all_its_anchors(host: Host) -> None:
    page = f"{host.url}/page"
    ledger = run({}, [page, f"{page}#good", f"{page}#old", f"{page}#bad"], plan()).ledger
    assert host.pages() == {"/page": 1}
    assert [record.code for _, record in sorted(ledger.items())] == [
        "200",
        "no-anchor",
        "200",
        "200",
    ]


def test_a_fresh_address_is_asked_again_on_request(host: Host) -> None:
    page, other = f"{host.url}/page", f"{host.url}/other"
    ledger = run({}, [page, other], plan()).ledger
    run(ledger, [page, other], plan(refresh=True, only="other$"))
    assert host.pages() == {"/page": 1, "/other": 2}


def test_only_keeps_what_it_does_not_ask_for(host: Host) -> None:
    kept = LedgerEntry(address="http://kept.example/")
    ledger = run({kept.address: kept}, [f"{host.url}/page"], plan(only="page")).ledger
    assert ledger[kept.address] == kept


def test_an_address_that_nobody_types_any_more_is_forgotten(host: Host) -> None:
    assert not run({"http://a/": LedgerEntry(address="http://a/")}, [], plan()).ledger


def test_offline_new_addresses_are_unknown(host: Host) -> None:
    ledger = run(
        {}, [f"{host.url}/page", "mailto:a@b.example", "ftp://b.example/"], plan(offline=True)
    )
    assert ledger.ledger == {f"{host.url}/page": LedgerEntry(address=f"{host.url}/page")}
    assert not host.asked


def test_a_waived_address_is_left_alone_until_its_day(host: Host) -> None:
    page = f"{host.url}/page"
    waived = LedgerEntry(address=page, state=LinkState.WAIVED, waiver=Waiver(TODAY, "moving"))
    assert run({page: waived}, [page], plan(refresh=True)).ledger[page] == waived
    assert not host.asked
    over = replace(waived, waiver=Waiver(TODAY - timedelta(days=1), "moving"))
    assert run({page: over}, [page], plan()).ledger[page].state is LinkState.ALIVE


def test_the_third_failure_is_death_and_the_copy_is_confirmed(hosts: Hosts) -> None:
    host, archive = hosts(), hosts("127.0.0.2")
    page = f"{host.url}/404"
    ledger = run({page: suspect(page)}, [page], plan(archive)).ledger
    assert ledger[page].state is LinkState.DEAD
    assert ledger[page].archived == f"{archive.url}/web/20310118/{page}"
    assert list(archive.asked) == [f"/web/20300116/{page}", f"/web/20310118123456/{page}"]


def test_a_copy_that_was_only_guessed_is_confirmed_later(hosts: Hosts) -> None:
    host, archive = hosts(), hosts("127.0.0.2")
    page = f"{host.url}/404"
    guess = f"{archive.url}/web/20300116/{page}"
    record = replace(suspect(page), archived=guess)
    ledger = run({page: record}, [page], plan(archive)).ledger
    assert ledger[page].archived == f"{archive.url}/web/20310118/{page}"


def test_a_copy_that_somebody_chose_stays(hosts: Hosts) -> None:
    host, archive = hosts(), hosts("127.0.0.2")
    page = f"{host.url}/404"
    record = replace(suspect(page), archived="https://archive.today/AbCdE")
    assert run({page: record}, [page], plan(archive)).ledger[page].archived == record.archived
    assert not archive.asked


def test_a_copy_that_is_not_there_is_not_recorded(hosts: Hosts) -> None:
    host, archive = hosts(), hosts("127.0.0.2")
    page = f"{host.url}/404"
    how = replace(plan(archive), archive=f"{archive.url}/404/")
    assert run({page: suspect(page)}, [page], how).ledger[page].archived == ""


def test_credentials_are_never_written(host: Host) -> None:
    secret = host.url.replace("//", "//ana:hunter2@") + "/page?token=hunter2&a=b"
    ledger = run({}, [secret], plan()).ledger
    assert list(ledger) == [f"{host.url}/page?token=…&a=b"]
    assert "hunter2" not in repr(ledger)
    assert list(host.pages()) == ["/page?token=hunter2&a=b"]


def test_a_reserved_name_has_a_state_of_its_own() -> None:
    urls = ["http://www.example.org/x", "https://pipes.invalid/"]
    known = {urls[1]: suspect(urls[1])}
    checker = run(known, urls, plan(refresh=True))
    assert [(record.state, record.code) for record in checker.ledger.values()] == [
        ("reserved", "reserved"),
        ("reserved", "reserved"),
    ]
    assert checker.due == []
    assert all(not is_due(record, TODAY) for record in checker.ledger.values())


@pytest.mark.parametrize("day", [date.min, date.max])
def test_days_at_the_ends_of_the_calendar(host: Host, day: date) -> None:
    page = f"{host.url}/page"
    known = LedgerEntry(address=page, state=LinkState.ALIVE, checked=day, alive=day)
    assert run({page: known}, [page], plan()).ledger[page].checked == TODAY


@pytest.mark.usefixtures("heeds_ctrl_c")
def test_what_was_learnt_before_an_interruption_is_kept(host: Host) -> None:
    def interrupt(record: LedgerEntry, answered: int, total: int) -> None:
        signal.raise_signal(signal.SIGINT)

    places = [LinkOccurrence("a.txt", 1, f"{host.url}/page")]
    checker = Checker({}, places, plan(), interrupt)
    with pytest.raises(KeyboardInterrupt):
        checker.run()
    assert checker.ledger[f"{host.url}/page"].state is LinkState.ALIVE


def test_the_archive_is_asked_to_keep_what_it_has_not(hosts: Hosts) -> None:
    host, archive = hosts(), hosts("127.0.0.2")
    known, new, gone = (f"{host.url}/{name}" for name in ("known", "new", "404"))
    secret = f"{host.url}/secret?token=tea"
    archive.copies = {known}
    ledger = run({}, [known, new, gone, secret], plan(archive, save_copies=True)).ledger
    assert ledger[known].archived == f"{archive.url}/web/20310118/{known}"
    assert ledger[new].archived == f"{archive.url}/web/20310118/{new}"
    assert archive.copies == {known, new}
    assert [path for path in archive.asked if path.startswith("/save/")] == [f"/save/{new}"]


def test_the_archive_is_not_asked_to_keep_anything_by_itself(hosts: Hosts) -> None:
    host, archive = hosts(), hosts("127.0.0.2")
    archive.copies = set()
    run({}, [f"{host.url}/new"], plan(archive))
    assert archive.pages() == {}


def test_an_archive_that_keeps_nothing_does_no_harm(hosts: Hosts) -> None:
    host, archive = hosts(), hosts("127.0.0.2", hangs=True)
    how = plan(archive, save_copies=True, fetch=HASTY)
    (entry,) = run({}, [f"{host.url}/new"], how).ledger.values()
    assert entry.state is LinkState.ALIVE
    assert entry.archived == ""
