"""Events, days and dates."""

from __future__ import annotations

from datetime import date
from pathlib import PurePosixPath

import pytest
from confnotes.model import Event, KnownEntities
from confnotes.notes.entities.path_clues import event_of_path
from confnotes.notes.entities.session_heading import parse_session_heading
from confnotes.notes.event_and_date import date_of_day
from confnotes.notes.languages.dates import find_date
from confnotes.notes.pipeline import read_note

KETTLE = Event(
    name="KettleConf 2031",
    series="KettleConf",
    year=2031,
    docname="years/2031/kettleconf/index",
    start=date(2031, 5, 5),
    end=date(2031, 5, 9),
    aliases=("KC 31",),
)
PATH = "years/2031/kettleconf/note.txt"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("KettleConf 2031 – Day 5 – Session 3", ("KettleConf 2031", "Day 5", "Session 3")),
        ("KettleConf 2031: Day 1", ("KettleConf 2031", "Day 1", "")),
        ("kc2031 - Monday - Keynotes", ("kc2031", "Monday", "Keynotes")),
        ("Tea.conf 2031 – Friday – Keynote/Panel", ("Tea.conf 2031", "Friday", "Keynote/Panel")),
        ("Kettle 2031 – Day 1 – Steam Miniconf", ("Kettle 2031", "Day 1", "Steam Miniconf")),
        ("Notes from KettleConf 2031 (Day 2)", ("KettleConf 2031", "Day 2", "")),
        ("Day 1 of KettleConf 2031", ("KettleConf 2031", "Day 1", "")),
        ("KettleConf 2031 trip report – Day 2", ("KettleConf 2031", "Day 2", "")),
        ("Notizen zur KesselConf 2031 – Tag 2", ("KesselConf 2031", "Tag 2", "")),
    ],
)  # fmt: skip
def test_heads_of_posts(text: str, expected: tuple[str, str, str]) -> None:
    when = parse_session_heading(text)
    assert when.is_post_head
    assert (when.event, when.day, when.session) == expected


@pytest.mark.parametrize(
    "text",
    ["Queues – Ana Ruiz", "State of Tea 2031 – Ana Ruiz", "Keynote – Ana Ruiz", "Day 2"],
)  # fmt: skip
def test_no_heads_of_posts(text: str) -> None:
    assert not parse_session_heading(text).is_post_head


@pytest.mark.parametrize(
    "text", ["2031-05-06", "6 May 2031", "May 6th, 2031", "Tuesday 6th of May 2031", "2031/5/6"]
)
def test_dates(text: str) -> None:
    assert find_date(text) == date(2031, 5, 6)


@pytest.mark.parametrize("day", ["Day 5", "Friday", "fifth day", "Day Five"])
def test_days(day: str) -> None:
    assert date_of_day(day, KETTLE) == date(2031, 5, 9)


@pytest.mark.parametrize("day", ["Day 9", "Sunday", "Day 0"])
def test_days_that_an_event_has_not(day: str) -> None:
    with pytest.raises(LookupError):
        date_of_day(day, KETTLE)


def _read(head: str) -> tuple[date | None, list[str], list[str]]:
    note = read_note(
        f"{head}\n\nQueues – Ana Ruiz\n".encode(), PATH, known=KnownEntities(events=(KETTLE,))
    )
    assert note.event == KETTLE.name
    return note.date, [g.code for g in note.guesses], [p.code for p in note.problems]


def test_a_date_is_reckoned() -> None:
    assert _read("KettleConf 2031 – Day 5") == (date(2031, 5, 9), ["date-from-day"], [])


def test_an_alias_is_no_misspelling() -> None:
    assert _read("KC 31 – Day 5")[1] == ["date-from-day"]


def test_a_misspelt_event_is_guessed() -> None:
    assert "event-spelling" in _read("KettleCnof 2031 – Day 5")[1]


@pytest.mark.parametrize("head", ["KettleConf 2031 – Day 9", "KettleConf 2031 – Sunday"])
def test_an_impossible_day_is_an_error(head: str) -> None:
    assert _read(head) == (None, [], ["impossible-day"])


def test_a_date_outside_the_event_is_an_error() -> None:
    assert _read("KettleConf 2031 – Day 1\nDate: 2031-08-01")[2] == ["impossible-day"]


@pytest.mark.parametrize(
    ("path", "event", "year"),
    [
        ("2031/kettleconf/queues.md", "kettleconf", 2031),
        ("kettleconf-2031/queues.md", "kettleconf 2031", 2031),
        ("2031-05-06-0930-kettleconf-queues.md", "", 2031),
        ("queues.md", "", None),
    ],
)
def test_paths(path: str, event: str, year: int | None) -> None:
    when = event_of_path(PurePosixPath(path))
    assert (when.event, when.year) == (event, year)
