"""A programme beside the notes: which talk is which, and what pages show of it."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest
from confnotes.catalogue.programme_match import scheduled_talks
from confnotes.pages import build_page
from confnotes.search.documents import search_documents

from tests.page_text import render_myst

if TYPE_CHECKING:
    from confnotes.catalogue import Catalogue

EVENT = "years/2031/kettle-days/index"
NOTE = "years/2031/kettle-days/monday"
HEAD = "Kettle Days 2031 – Monday\nDate: 2031-05-12\n"
KETTLES = {
    "id": "k-1",
    "title": "Kettles for everybody",
    "subtitle": "A start",
    "speakers": ["Ana Ruiz"],
    "start": "2031-05-12T10:00:00+02:00",
    "room": "Hall",
    "url": "https://kd.example/1",
    "video": "https://kd.example/1.mp4",
    "slides": "https://kd.example/1.pdf",
}


@pytest.fixture
def beside(
    catalogue_of: Callable[[dict[str, str]], Catalogue],
) -> Callable[..., Catalogue]:
    """Return a function that puts announced talks beside the talks of a note."""

    def make(note: str, *talks: dict[str, Any], day: str = HEAD) -> Catalogue:
        programme = json.dumps({"event": "Kettle Days 2031", "talks": talks})
        files = {
            f"{NOTE}.txt": f"{day}\n{note}\n",
            EVENT.replace("index", "programme.json"): programme,
        }
        return catalogue_of({"years/2031/kettle-days/index.md": "# Kettle Days 2031\n", **files})

    return make


def talk(number: int, title: str, *speakers: str, **more: Any) -> dict[str, Any]:
    return {"id": f"k-{number}", "title": title, "speakers": [*speakers], **more}


@pytest.mark.parametrize(
    ("note", "talks", "expected"),
    {
        "the same title": ("Kettles for all – Bo Li", [talk(1, "Kettles for All")], "k-1"),
        "a slip": ("Ketles for all – Bo Li", [talk(1, "Kettles for all")], "k-1"),
        "a short title and the speaker": (
            "Kettles – Ana Ruiz",
            [talk(1, "Kettles, considered", "Ana Ruiz"), talk(2, "Spouts", "Ana Ruiz")],
            "k-1",
        ),
        "a part of the title": (
            "Lids that never leak – Bo Li",
            [talk(1, "Lids that never leak in the kitchens of the world")],
            "k-1",
        ),
        "another spelling of the name": (
            "Kettles at home – Ana Ruíz",
            [talk(1, "Our kettles at home", "ana ruiz")],
            "k-1",
        ),
        "a short title alone says nothing": ("Keynote – Bo Li", [talk(1, "Keynote address")], None),
        "a speaker alone says nothing": ("Lids – Ana Ruiz", [talk(1, "Spouts", "Ana Ruiz")], None),
        "no title, of the speaker’s talks the one of its kind": (
            "Keynote – Ana Ruiz",
            [
                talk(1, "Lids", "Ana Ruiz", kind="talk"),
                talk(2, "On tea", "Ana Ruiz", kind="keynote"),
            ],
            "k-2",
        ),
        "the speaker decides between equal titles": (
            "Keynote – Ana Ruiz",
            [talk(1, "Keynote", "Bo Li"), talk(2, "Keynote", "Ana Ruiz")],
            "k-2",
        ),
        "the day decides between equal talks": (
            "Kettles for all – Ana Ruiz",
            [
                talk(1, "Kettles for all", "Ana Ruiz", start="2031-05-11T10:00"),
                talk(2, "Kettles for all", "Ana Ruiz", start="2031-05-12T10:00"),
            ],
            "k-2",
        ),
    }.values(),
)
def test_a_noted_talk_is_found_in_the_programme(
    beside: Callable[..., Catalogue], note: str, talks: list[dict[str, Any]], expected: str | None
) -> None:
    found = scheduled_talks(beside(f"{note}\n* boil", *talks))
    assert [scheduled.id for scheduled in found.values()] == ([expected] if expected else [])


def test_no_announced_talk_is_two_noted_ones(beside: Callable[..., Catalogue]) -> None:
    note = "Kettles for all – Ana Ruiz\n* boil\n\nKettles for all, too – Ana Ruiz\n* pour"
    found = scheduled_talks(beside(note, talk(1, "Kettles for all", "Ana Ruiz")))
    assert list(found) == [f"{NOTE}#kettles-for-all"]


def test_a_search_result_says_that_there_is_a_recording(
    beside: Callable[..., Catalogue],
) -> None:
    note = "Kettles for all – Ana Ruiz\n* boil\n\nLids – Bo Li\n* leak"
    found = search_documents(beside(note, KETTLES), lambda docname: f"{docname}.html", "en")
    assert {one.meta["title"]: one.meta.get("recorded") for one in found} == {
        "Kettles for all": "(Recording)",
        "Lids": None,
    }


def row(catalogue: Catalogue) -> str:
    text = render_myst(build_page(catalogue, NOTE)).replace("\\", "")
    rows = [line for line in text.split("\n") if "**Programme:** " in line]
    return rows[0].partition(":** ")[2] if rows else ""


def test_a_note_shows_what_only_the_programme_knows(beside: Callable[..., Catalogue]) -> None:
    catalogue = beside("Kettles for all – Ana Ruiz\n* 12:34 boil", KETTLES)
    assert row(catalogue) == (
        "*Kettles for everybody: A start* · Monday, 12 May 2031 10:00 · Hall"
        " · [Abstract](<https://kd.example/1>)"
        " · [[Recording](<https://kd.example/1.mp4>)]{.conf-watch}"
        " · [Slides](<https://kd.example/1.pdf>)"
    )
    text = render_myst(build_page(catalogue, NOTE)).replace("\\", "")
    assert "## Kettles for all\n" in text, "the typed title stays"
    assert "[12:34](<https://kd.example/1.mp4#t=754>) boil" in text


def test_a_field_line_overrules_the_programme(beside: Callable[..., Catalogue]) -> None:
    fields = "Video: https://v.example/own\nSlides: https://v.example/own.pdf\n\n* 12:34 boil"
    catalogue = beside(f"Kettles for everybody – Ana Ruiz\n{fields}", KETTLES)
    assert row(catalogue) == (
        "*A start* · Monday, 12 May 2031 10:00 · Hall · [Abstract](<https://kd.example/1>)"
    )
    assert "own#t=754" in render_myst(build_page(catalogue, NOTE)).replace("\\", "")


def test_speakers_are_shown_where_the_note_has_none(beside: Callable[..., Catalogue]) -> None:
    catalogue = beside(
        "Kettles for everybody\n* boil\n\nSpouts and lids – Ana Ruiz\n* pour",
        talk(1, "Kettles for everybody", "Ana Ruiz", "Cleo Nkemelu"),
    )
    assert "{conf:speaker}`Ana Ruiz <ana-ruiz>`, Cleo Nkemelu" in row(catalogue)
    assert "cleo-nkemelu" not in catalogue.people


def test_a_note_without_its_talk_in_a_programme_has_no_row(
    beside: Callable[..., Catalogue],
) -> None:
    assert row(beside("Lids – Bo Li\n* boil", KETTLES)) == ""


def programme(catalogue: Catalogue) -> list[str]:
    text = render_myst(build_page(catalogue, EVENT)).replace("\\", "")
    return [
        line for line in text.partition("## Programme")[2].split("\n") if line[:2] in {"- ", "::"}
    ]


def test_the_page_of_an_event_has_what_was_noted_and_missed(
    beside: Callable[..., Catalogue],
) -> None:
    catalogue = beside(
        "Kettles for all – Ana Ruiz\n* boil",
        KETTLES,
        talk(2, "Spouts", "Bo Li", start="2031-05-13T09:00", url="https://kd.example/2"),
        talk(3, "Lids", cancelled=True),
    )
    lines = [line for line in programme(catalogue) if line.startswith("- ")]
    assert lines[0].startswith(
        f"- 10:00 {{conf:talk}}`Kettles for everybody <{NOTE}#kettles-for-all>`"
    )
    assert lines[0].endswith(" · Hall")
    assert lines[1:] == [
        "- 09:00 [Spouts](<https://kd.example/2>)[ by Bo Li]{.conf-by} · missed",
        "- Lids · cancelled",
    ]


def test_a_very_long_programme_stays_light(beside: Callable[..., Catalogue]) -> None:
    many = [
        talk(n, f"Talk {n}", "Bo Li", start="2031-05-13T09:00", url=f"https://kd.example/{n}")
        for n in range(2, 500)
    ]
    lines = programme(beside("Kettles for everybody! – Ana Ruiz\n* boil", KETTLES, *many))
    items = [line for line in lines if line.startswith("- ")]
    assert len(items) == 499
    assert items[0].endswith(" · Hall")
    assert items[1] == "- 09:00 Talk 2"


def test_signs_make_no_other_title(beside: Callable[..., Catalogue]) -> None:
    catalogue = beside("Kettles, for everybody! – Ana Ruiz\n* boil", {**KETTLES, "subtitle": ""})
    assert row(catalogue).startswith("Monday, 12 May 2031 10:00 · Hall")


def test_an_event_without_a_programme_has_no_section(
    catalogue_of: Callable[[dict[str, str]], Catalogue],
) -> None:
    catalogue = catalogue_of({f"{NOTE}.txt": f"{HEAD}\nKettles – Ana Ruiz\n* boil\n"})
    assert programme(catalogue) == []


def test_what_a_programme_says_is_no_markup(beside: Callable[..., Catalogue]) -> None:
    hostile = talk(1, "<b>[x](y)</b> {raw}`z`", "**Bo**", room="`code`")
    text = render_myst(build_page(beside("Lids – Ana Ruiz\n* boil", hostile), EVENT))
    assert r"\<b\>\[x\]\(y\)\<\/b\> \{raw\}\`z\`" in text
    assert r"\*\*Bo\*\*" in text


def test_what_no_reader_sees_is_on_no_page(beside: Callable[..., Catalogue]) -> None:
    hostile = talk(1, "Spouts\n\n\u202eand\ud800 taps\0", "Bo\u202e Li", room="Hall\n- two")
    text = render_myst(build_page(beside("Lids – Ana Ruiz\n* boil", hostile), EVENT))
    assert "Spouts and taps" in text
    assert "Bo Li" in text
    assert r"Hall \- two" in text
