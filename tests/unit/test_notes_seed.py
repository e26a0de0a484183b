"""The seed: a dump of ten posts, as they were pasted from a blog. Facts only, none of its "
"sentences."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from confnotes import body
from confnotes.model import Note, Talk, TalkKind
from confnotes.notes.pipeline import read_note, read_posts

SHARED = os.environ.get("CONFNOTES_SHARED")
pytestmark = pytest.mark.skipif(
    not SHARED, reason="CONFNOTES_SHARED does not name the folder that holds seeds/"
)
NAME = "linux-conf-au-notes.txt"

SPEAKERS = [
    "Casey West; Steven Ellis; Tycho Andersen",
    "Ruben Rubio Rey",
    "Monty Taylor; ",
    "Ben Kero; Christopher Lameter",
    "Mark Atwood; Rusty Russell",
    "",
    "Donna Benjamin; Katie Miller, Steve Pousty",
    "Mark McClain; Peter Gutmann",
    "Lana Brindley, Alexandra Settle",
    "Cooper Lees (Facebook); Carol Smith (Google); Mark McLoughlin (Red Hat)",
]


@pytest.fixture(scope="module")
def data() -> bytes:
    return (Path(str(SHARED)) / "seeds" / NAME).read_bytes()


@pytest.fixture(scope="module")
def notes(data: bytes) -> tuple[Note, ...]:
    return read_posts(data, NAME)


@pytest.fixture(scope="module")
def talks(notes: tuple[Note, ...]) -> list[Talk]:
    return [talk for note in notes for talk in note.talks]


def _named(talk: Talk) -> str:
    return ", ".join(f"{s.name} ({s.affiliation})".removesuffix(" ()") for s in talk.speakers)


def test_ten_notes_nineteen_talks(notes: tuple[Note, ...], talks: list[Talk]) -> None:
    assert len(notes) == 10
    assert len(talks) == 19


def test_speakers(notes: tuple[Note, ...]) -> None:
    assert ["; ".join(_named(talk) for talk in note.talks) for note in notes] == SPEAKERS


def test_sessions(notes: tuple[Note, ...]) -> None:
    assert {note.event for note in notes} == {"Linux.conf.au 2015", "Linux.conf.au 2016"}
    assert [(note.day, note.session) for note in notes[:3]] == [
        ("Monday", "Session 3"),
        ("Monday", "Session 1"),
        ("Day 5", "Session 3"),
    ]


def test_every_bullet_at_its_depth(data: bytes, talks: list[Talk]) -> None:
    typed = {
        number: len(line) - len(line.lstrip(" "))
        for number, line in enumerate(data.decode().splitlines(), 1)
        if line.lstrip(" ").startswith("•")
    }
    read = {
        line.line: line.depth for talk in talks for line in body.iter_lines(talk.body) if line.depth
    }
    assert len(read) == 459
    assert {number: 2 * depth for number, depth in read.items()} == typed


def test_guesses(notes: tuple[Note, ...], talks: list[Talk]) -> None:
    of_talks = [guess.code for talk in talks for guess in talk.guesses]
    assert of_talks.count("speaker-first") == 3
    assert of_talks.count("co-presenter") == 2
    of_notes = [(guess.line, guess.code) for note in notes for guess in note.guesses]
    assert of_notes == [(358, "event-spelling"), (569, "closing-paragraph")]


def test_titles(talks: list[Talk]) -> None:
    assert [talk.line for talk in talks if not talk.title] == [520, 542, 552]
    assert talks[3].track == "Open Cloud Miniconf"
    assert talks[10].kind is TalkKind.PANEL
    assert {talk.kind for talk in talks[-3:]} == {TalkKind.KEYNOTE}


def test_only_furniture_is_dropped(notes: tuple[Note, ...]) -> None:
    assert {drop.text for note in notes for drop in note.dropped} == {"Share"}
    assert sum(len(note.dropped) for note in notes) == 10


def test_as_one_note_it_loses_nothing(data: bytes) -> None:
    note = read_note(data, NAME)
    assert [problem.code for problem in note.problems] == ["several-posts"]
    assert (
        sum(bool(line.depth) for talk in note.talks for line in body.iter_lines(talk.body)) == 459
    )
