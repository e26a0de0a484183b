"""Names: what looks like one, and who a phrase names."""

from __future__ import annotations

import pytest
from confnotes.names import name_key
from confnotes.notes.entities.name_model import name_score
from confnotes.notes.entities.parse_people import parse_people
from confnotes.notes.headings.forms import Form
from confnotes.notes.headings.parse_context import ParseContext
from confnotes.notes.headings.parse_heading import best_parse


@pytest.mark.parametrize("name", ["Ana Ruiz", "Peter van den Berg", "Jürgen Müller", "Zoë O’Brien"])
@pytest.mark.parametrize(
    "title", ["Machine Learning", "Testing in production", "Cloud Native Queues"]
)
def test_a_name_is_likelier_than_a_title(name: str, title: str) -> None:
    assert name_score(name) > 0 > name_score(title)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ana Ruiz", ["Ana Ruiz"]),
        ("by Ana Ruiz", ["Ana Ruiz"]),
        ("Ana Ruiz and Tom Baker", ["Ana Ruiz", "Tom Baker"]),
        ("Ana Ruiz, Tom Baker, and Maria Jensen", ["Ana Ruiz", "Tom Baker", "Maria Jensen"]),
        ("Ana Ruiz & Tom Baker + 2 students", ["Ana Ruiz", "Tom Baker"]),
        ("Ana Ruiz; Tom Baker / Maria Jensen", ["Ana Ruiz", "Tom Baker", "Maria Jensen"]),
        ("Ana Ruiz (she/her)", ["Ana Ruiz"]),
        ("Ana Ruiz (sp?)", ["Ana Ruiz"]),
        ("Ana “Kettle” Ruiz", ["Ana “Kettle” Ruiz"]),
        ("ANA RUIZ", ["ANA RUIZ"]),
        ("🎉 Ana Ruiz", ["Ana Ruiz"]),
        ("Ana Ruiz, Bo Li, Otto, Tove Lindahl", ["Ana Ruiz", "Bo Li", "Otto", "Tove Lindahl"]),
        ("Yael Katz (Tilde, Inc.), Tom Dale (Tilde, Inc.)", ["Yael Katz", "Tom Dale"]),
    ],
)
def test_names(text: str, expected: list[str]) -> None:
    found = parse_people(text, 1)
    assert found
    assert [speaker.name for speaker in found.speakers] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ana Ruiz, Acme", ("", "Acme", "")),
        ("Ana Ruiz (Acme)", ("", "Acme", "")),
        ("Ana Ruiz - Principal Engineer, Acme", ("Principal Engineer", "Acme", "")),
        ("Ana Ruiz, CTO at Initech", ("CTO", "Initech", "")),
        ("Ana Ruiz @ana_r", ("", "", "ana_r")),
        ("Ana Ruiz (@ana_r, Acme)", ("", "Acme", "ana_r")),
        ("Ana Ruiz from Initech", ("", "Initech", "")),
    ],
)
def test_what_else_is_said_of_a_person(text: str, expected: tuple[str, str, str]) -> None:
    found = parse_people(text, 1)
    assert found
    (speaker,) = found.speakers
    assert speaker.name == "Ana Ruiz"
    assert (speaker.role, speaker.affiliation, speaker.handle) == expected


@pytest.mark.parametrize(
    "text", ["how to weed", "Part 2", "What?", "Questions", "$PATH", "10 queues"]
)
def test_no_names(text: str) -> None:
    assert parse_people(text, 1) is None


def test_a_known_name_settles_an_even_head() -> None:
    head = "Moss – Fern Glade"
    known = ParseContext(known_names=frozenset({name_key("Fern Glade")}))
    assert best_parse(head, 1, known).score > best_parse(head, 1).score
    assert best_parse(head, 1, known).form is Form.TITLE_SPEAKER
