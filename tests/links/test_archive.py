"""Archived copies: which one stands in for a dead page, and when none does."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from confnotes.linkcheck.archive import is_archived, replacement_url, snapshot_date, wayback_url
from confnotes.linkcheck.ledger import LedgerEntry, LinkState

TALK = date(2015, 1, 16)
DEAD = LedgerEntry(address="http://a.example/x?y#z", state=LinkState.DEAD, alive=date(2020, 5, 4))
WEB = "https://web.archive.org/web"


def test_the_copy_nearest_the_talk() -> None:
    assert replacement_url(DEAD, TALK) == f"{WEB}/20150116/http://a.example/x?y#z"


def test_without_a_talk_the_day_it_was_last_alive_then_the_latest() -> None:
    assert replacement_url(DEAD, None) == f"{WEB}/20200504/http://a.example/x?y#z"
    assert replacement_url(replace(DEAD, alive=None), None) == f"{WEB}/http://a.example/x?y#z"


def test_a_copy_on_record_is_taken_where_it_is_near() -> None:
    kept = replace(DEAD, archived=f"{WEB}/20150301/http://a.example/x")
    assert replacement_url(kept, TALK) == kept.archived
    assert replacement_url(kept, None) == kept.archived
    assert replacement_url(kept, date(2025, 1, 16)) == wayback_url(kept.address, date(2025, 1, 16))


def test_a_copy_without_a_date_was_chosen_by_hand() -> None:
    kept = replace(DEAD, archived="https://archive.today/AbCdE")
    assert replacement_url(kept, TALK) == kept.archived


@pytest.mark.parametrize("state", [state for state in LinkState if state is not LinkState.DEAD])
def test_only_the_dead_need_one(state: LinkState) -> None:
    assert replacement_url(replace(DEAD, state=state), TALK) == ""
    assert replacement_url(None, TALK) == ""


@pytest.mark.parametrize(
    "address",
    [
        f"{WEB}/20150116/http://a.example/",
        "http://archive.org/details/pipes",
        "https://archive.is/AbCdE",
        "https://wayback.archive-it.org/1/http://a.example/",
    ],
)
def test_a_copy_is_never_wrapped_again(address: str) -> None:
    assert is_archived(address)
    assert replacement_url(replace(DEAD, address=address), TALK) == ""


def test_other_hosts_are_no_archives() -> None:
    assert not is_archived("http://archive.example.org/web/20150116/")
    assert not is_archived("http://notarchive.org/")
    assert not is_archived("http://[")


@pytest.mark.parametrize(
    ("copy", "day"),
    [
        (f"{WEB}/20150116/http://a/", TALK),
        (f"{WEB}/20150116123456/http://a/", TALK),
        (f"{WEB}/20150116123456id_/http://a/", TALK),
        (f"{WEB}/2015/http://a/", None),
        (f"{WEB}/20159999/http://a/", None),
        ("https://archive.today/AbCdE", None),
    ],
)
def test_the_day_of_a_copy(copy: str, day: date | None) -> None:
    assert snapshot_date(copy) == day
