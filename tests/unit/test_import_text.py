"""HTML becomes what a person would have typed; one case a file in ``tests/cases/imports``."""

from __future__ import annotations

from pathlib import Path

import pytest
from confnotes.imports.text import line, parse, typed
from hypothesis import given
from hypothesis import strategies as st

CASES = sorted((Path(__file__).parents[1] / "cases" / "imports").glob("*.txt"))
assert CASES


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_case(case: Path) -> None:
    html, _, expected = case.read_text(encoding="utf-8").partition("# output\n")
    assert typed(parse(html), base="https://blog.example.org/post") == expected


def test_line_breaks_count_where_a_blog_lets_them() -> None:
    html = "A head\n<ul>\n\t<li>one</li>\n</ul>\nline one<br />\nline two\n\nnext"
    assert typed(parse(html), breaks=True) == ("A head\n\n  • one\n\nline one\nline two\n\nnext\n")


def test_a_line_has_no_breaks() -> None:
    assert line(parse("Quarry<br>Days &#8211; <em>Day 1</em>")) == "Quarry Days – Day 1"


def test_no_depth_is_too_deep() -> None:
    depth = 3000
    text = typed(parse("<ul><li>x" * depth + "</li></ul>" * depth))
    assert text.count("• x") == depth


TAGS = (
    "<ul> <li> </li> </ul> <p> <br> <b> </b> <h2> <table> <td> <tr> <blockquote> </blockquote> "
    "<pre> </pre> <a\thref='x:y'> </a> <dl> <dd> word & &lt; R&D; &nbsp;"
).split(" ")


@given(st.lists(st.sampled_from(TAGS)))
def test_any_tags_give_every_word(tags: list[str]) -> None:
    assert typed(parse("".join(tags))).count("word") == tags.count("word")


@pytest.mark.parametrize("text", ["Q&A", "AT&T is", "a &b; c", "R&D;", "1 < 2", "I <3 it", "<- x"])
def test_signs_that_are_no_markup_stay(text: str) -> None:
    assert line(parse(text)) == text
    assert line(parse(f"<p>{text}</p>".encode())) == text


@given(st.binary())
def test_any_bytes_give_text(data: bytes) -> None:
    typed(parse(data))
