"""Events, their days and their order."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TypeAlias

import pytest
from confnotes.catalogue import Catalogue

Make: TypeAlias = Callable[[dict[str, str]], Catalogue]
FOLDER = "years/2031/pipe-days"
PAGE = "---\nname: Pipe Days 2031\nstart: 2031-03-03\nend: 2031-03-05\nplace: Lyon\n---\n# Pipes\n"


def note(day: str, session: str) -> str:
    return f"Pipe Days 2031 – {day} – {session}\n\nOf pipes – Ana Ruiz\n\n• Text\n"


def test_a_page_describes_its_event(catalogue_of: Make) -> None:
    event = catalogue_of({f"{FOLDER}/index.md": PAGE}).events[f"{FOLDER}/index"]
    assert (event.name, event.series, event.year) == ("Pipe Days 2031", "Pipe Days", 2031)
    assert (event.start, event.end) == (date(2031, 3, 3), date(2031, 3, 5))


def test_an_event_without_a_page_is_called_as_its_notes_call_it(catalogue_of: Make) -> None:
    catalogue = catalogue_of({f"{FOLDER}/one.txt": note("Day 1", "Session 1")})
    assert catalogue.events[f"{FOLDER}/index"].name == "Pipe Days 2031"
    assert catalogue.event("pipe days 2031") is catalogue.events[f"{FOLDER}/index"]


def test_a_typed_name_counts_more_than_those_of_folders(catalogue_of: Make) -> None:
    untitled = {f"{FOLDER}/{n}.txt": "Of pipes – Ana Ruiz\n\n• Text\n" for n in range(3)}
    typed = note("Day 1", "Session 1").replace("Pipe Days", "PipeDays")
    catalogue = catalogue_of({**untitled, f"{FOLDER}/one.txt": typed})
    assert catalogue.events[f"{FOLDER}/index"].name == "PipeDays 2031"


def test_days_become_dates(catalogue_of: Make) -> None:
    catalogue = catalogue_of(
        {f"{FOLDER}/index.md": PAGE, f"{FOLDER}/one.txt": note("Day 2", "Session 1")}
    )
    [talk] = catalogue.talks
    assert talk.date == date(2031, 3, 4)


def test_notes_are_in_the_order_of_the_sessions(catalogue_of: Make) -> None:
    sessions = [
        ("Day 2", "Session 1"), ("Day 1", "Session 10"), ("Day 1", "Closing"),
        ("Day 1", "Session 2"), ("Day 1", "Keynotes"),
    ]  # fmt: skip
    files = {f"{FOLDER}/{n}.txt": note(day, what) for n, (day, what) in enumerate(sessions)}
    labels = [entry.label for entry in catalogue_of(files).notes.values()]
    assert labels == [
        "Day 1 – Keynotes", "Day 1 – Session 2", "Day 1 – Session 10", "Day 1 – Closing",
        "Day 2 – Session 1",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "sessions",
    [
        ["Opening", "Morning", "Session 3", "Afternoon", "Evening", "Closing"],
        ["Vormittag", "Nachmittag", "Abend"],
        ["Matin", "Après-midi", "Soirée"],
        ["午前の部", "午後の部", "夜の部"],
    ],
)
def test_the_afternoon_is_after_the_morning(catalogue_of: Make, sessions: list[str]) -> None:
    files = {f"{FOLDER}/{n}.txt": note("Day 1", what) for n, what in enumerate(reversed(sessions))}
    labels = [entry.note.session for entry in catalogue_of(files).notes.values()]
    assert labels == sessions


def test_weekdays_are_in_order_without_dates(catalogue_of: Make) -> None:
    days = ["Wednesday", "Friday", "Monday"]
    files = {f"{FOLDER}/{day}.txt": note(day, "Session 1") for day in days}
    assert [e.note.day for e in catalogue_of(files).notes.values()] == [
        "Monday", "Wednesday", "Friday",
    ]  # fmt: skip


def test_events_are_in_the_order_they_were_held(catalogue_of: Make) -> None:
    pages = {
        f"years/{start[:4]}/{name}/index.md": f"---\nname: {name}\nstart: {start}\n---\n"
        for name, start in [("b", "2031-01-01"), ("a", "2031-05-01"), ("c", "2030-12-01")]
    }
    catalogue = catalogue_of(pages)
    assert [event.name for event in catalogue.events.values()] == ["c", "b", "a"]
    assert [event.name for event in catalogue.years[2031]] == ["b", "a"]


def test_editions_of_a_series_know_each_other(catalogue_of: Make) -> None:
    pages = {
        f"years/{year}/pipe-days/index.md": f"---\nname: Pipe Days {year}\n---\n"
        for year in (2031, 2030)
    }
    catalogue = catalogue_of(pages)
    event = catalogue.events[f"{FOLDER}/index"]
    assert [edition.year for edition in catalogue.editions(event)] == [2030, 2031]


def test_dates_that_are_none_are_errors_at_their_line(catalogue_of: Make) -> None:
    page = "---\nstart: 2031-02-30\nend: soon\n---\n# Pipe Days 2031\n"
    problems = catalogue_of({f"{FOLDER}/index.md": page}).problems
    assert [(problem.line, problem.column) for problem in problems] == [(2, 8), (3, 6)]


def test_an_event_cannot_end_before_it_begins(catalogue_of: Make) -> None:
    page = PAGE.replace("2031-03-05", "2031-03-01")
    [problem] = catalogue_of({f"{FOLDER}/index.md": page}).problems
    assert problem.line == 4


def test_two_events_of_one_name_are_an_error(catalogue_of: Make) -> None:
    pages = {f"years/2031/{name}/index.md": "---\nname: Pipes\n---\n" for name in ("a", "b")}
    [problem] = catalogue_of(pages).problems
    assert (problem.path, problem.code) == ("years/2031/b/index.md", "duplicate-name")
