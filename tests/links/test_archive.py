"""Archived copies: which one stands in for a dead page, and when none does."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from confnotes.links.archive import is_archived, nearest, stand_in, taken
from confnotes.links.ledger import Record, State

TALK = date(2015, 1, 16)
DEAD = Record(address="http://a.example/x?y#z", state=State.DEAD, alive=date(2020, 5, 4))
WEB = "https://web.archive.org/web"


def test_the_copy_nearest_the_talk() -> None:
    assert stand_in(DEAD, TALK) == f"{WEB}/20150116/http://a.example/x?y#z"


def test_without_a_talk_the_day_it_was_last_alive_then_the_latest() -> None:
    assert stand_in(DEAD, None) == f"{WEB}/20200504/http://a.example/x?y#z"
    assert stand_in(replace(DEAD, alive=None), None) == f"{WEB}/http://a.example/x?y#z"


def test_a_copy_on_record_is_taken_where_it_is_near() -> None:
    kept = replace(DEAD, archived=f"{WEB}/20150301/http://a.example/x")
    assert stand_in(kept, TALK) == kept.archived
    assert stand_in(kept, None) == kept.archived
    assert stand_in(kept, date(2025, 1, 16)) == nearest(kept.address, date(2025, 1, 16))


def test_a_copy_without_a_date_was_chosen_by_hand() -> None:
    kept = replace(DEAD, archived="https://archive.today/AbCdE")
    assert stand_in(kept, TALK) == kept.archived


@pytest.mark.parametrize("state", [state for state in State if state is not State.DEAD])
def test_only_the_dead_need_one(state: State) -> None:
    assert stand_in(replace(DEAD, state=state), TALK) == ""
    assert stand_in(None, TALK) == ""


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
    assert stand_in(replace(DEAD, address=address), TALK) == ""


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
    assert taken(copy) == day
