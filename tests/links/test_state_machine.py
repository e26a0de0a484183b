"""What an answer means: dead takes three failures, on three days, three days apart."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from confnotes.linkcheck import state_machine
from confnotes.linkcheck.codes import LinkCode, explain_code
from confnotes.linkcheck.ledger import LedgerEntry, LinkState, Waiver
from confnotes.linkcheck.state_machine import CheckResult
from hypothesis import given
from hypothesis import strategies as st

DAY = date(2031, 3, 1)
NEW = LedgerEntry(address="http://a.example/x")
GONE = ["404", "410", LinkCode.NO_HOST, LinkCode.REDIRECTED_HOME]
BLOCKED = ["400", "401", "403", "405", "429", "451", "500", "503", "999"]
BLOCKED += [
    LinkCode.TIMEOUT,
    LinkCode.TLS,
    LinkCode.CONNECTION,
    LinkCode.DNS_FAILURE,
    LinkCode.INVALID_RESPONSE,
    LinkCode.REDIRECTS,
]
BLOCKED += [LinkCode.PRIVATE, LinkCode.ROBOTS]


def after(record: LedgerEntry, *answers: tuple[int, str]) -> LedgerEntry:
    """Return ``record`` after each (day, code)."""
    for day, code in answers:
        record = state_machine.update_entry(record, CheckResult(code), DAY + timedelta(days=day))
    return record


@pytest.mark.parametrize("code", GONE)
def test_three_failures_three_days_apart_are_death(code: str) -> None:
    assert after(NEW, (0, code)).state is LinkState.SUSPECT
    assert after(NEW, (0, code), (3, code)).state is LinkState.SUSPECT
    dead = after(NEW, (0, code), (3, code), (6, code))
    assert dead.state is LinkState.DEAD
    assert state_machine.is_newly_dead(dead, DAY + timedelta(days=6))
    assert not state_machine.is_newly_dead(dead, DAY + timedelta(days=7))


def test_failures_too_near_to_each_other_count_once() -> None:
    near = after(NEW, *[(day, "404") for day in (0, 0, 1, 2, 3, 4, 5)])
    assert near.state is LinkState.SUSPECT
    assert near.failed == (DAY, DAY + timedelta(days=3))


@pytest.mark.parametrize("code", BLOCKED)
def test_blocked_is_never_dead(code: str) -> None:
    blocked = after(NEW, *[(day, code) for day in range(0, 90, 10)])
    assert blocked.state is LinkState.BLOCKED
    assert blocked.failed == ()


def test_blocked_neither_counts_nor_forgives() -> None:
    record = after(NEW, (0, "404"), (3, "503"), (6, "404"), (9, "timeout"), (12, "404"))
    assert record.state is LinkState.DEAD


def test_an_answer_forgives_everything() -> None:
    record = after(NEW, (0, "404"), (3, "404"), (4, "200"), (6, "404"))
    assert record.state is LinkState.SUSPECT
    assert record.alive == DAY + timedelta(days=4)
    assert after(NEW, (0, "404"), (3, "404"), (6, "404"), (99, "204")).state is LinkState.ALIVE


def test_the_dead_stay_dead_until_they_answer() -> None:
    dead = after(NEW, (0, "404"), (3, "404"), (6, "404"))
    later = after(dead, (50, "503"), (90, "404"))
    assert later.state is LinkState.DEAD
    assert later.failed == dead.failed


def test_a_missing_anchor_is_alive() -> None:
    record = after(NEW, (0, LinkCode.NO_ANCHOR))
    assert (record.state, record.code) == (LinkState.ALIVE, "no-anchor")


def test_only_a_permanent_target_is_kept_and_only_as_long_as_it_is_true() -> None:
    moved = state_machine.update_entry(NEW, CheckResult("200", target="http://b.example/"), DAY)
    assert moved.target == "http://b.example/"
    assert state_machine.update_entry(moved, CheckResult("200"), DAY).target == ""


def test_a_waiver_holds_until_its_last_day() -> None:
    waived = replace(NEW, state=LinkState.WAIVED, waiver=Waiver(DAY, "moving"))
    assert not state_machine.waiver_has_expired(waived, DAY)
    assert not state_machine.is_due(waived, DAY)
    assert state_machine.waiver_has_expired(waived, DAY + timedelta(days=1))
    assert state_machine.is_due(waived, DAY + timedelta(days=1))
    assert after(waived, (1, "404")).state is LinkState.WAIVED
    assert after(waived, (1, "200")) == replace(
        NEW, state=LinkState.ALIVE, alive=DAY + timedelta(1), checked=DAY + timedelta(1), code="200"
    )


def test_nothing_is_asked_twice_on_a_day() -> None:
    for code in [*GONE, *BLOCKED, "200"]:
        assert not state_machine.is_due(after(NEW, (0, code)), DAY)


def test_ages_vary_by_address_and_are_the_same_everywhere() -> None:
    ages = set()
    for number in range(200):
        record = replace(after(NEW, (0, "200")), address=f"http://a.example/{number}")
        ages |= {
            next(n for n in range(99) if state_machine.is_due(record, DAY + timedelta(days=n)))
        }
    assert min(ages) >= 22
    assert max(ages) <= 38
    assert len(ages) > 10


@given(st.lists(st.tuples(st.integers(0, 40), st.sampled_from([*GONE, *BLOCKED, "200"]))))
def test_every_death_has_three_failures_apart(answers: list[tuple[int, str]]) -> None:
    record = after(NEW, *sorted(answers, key=lambda answer: answer[0]))
    assert (record.state is LinkState.DEAD) == (len(record.failed) == 3)
    gaps = [b - a for a, b in zip(record.failed, record.failed[1:], strict=False)]
    assert all(gap >= timedelta(days=3) for gap in gaps)


@pytest.mark.parametrize("code", [*GONE, *BLOCKED, *LinkCode, "200", "777", ""])
def test_every_code_is_explained(code: str) -> None:
    assert len(explain_code(code)) > 10
