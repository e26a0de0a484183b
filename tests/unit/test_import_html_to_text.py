"""HTML becomes what a person would have typed; one case a file in ``tests/cases/imports``."""

from __future__ import annotations

import cProfile
from html.parser import HTMLParser
from pathlib import Path

import pytest
from confnotes.imports import html_page
from confnotes.imports.html_tidy import MAX_DEPTH, tidy_html
from confnotes.imports.html_to_text import html_to_text, parse_html, text_in_one_line
from hypothesis import example, given
from hypothesis import strategies as st

from tests.case_files import read_case

CASES = sorted((Path(__file__).parents[1] / "cases" / "imports").glob("*.txt"))
assert CASES


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_case(case: Path) -> None:
    html, expected = read_case(case)
    assert html_to_text(parse_html(html), base="https://blog.example.org/post") == expected


def test_line_breaks_count_where_a_blog_lets_them() -> None:
    html = "A head\n<ul>\n\t<li>one</li>\n</ul>\nline one<br />\nline two\n\nnext"
    assert html_to_text(parse_html(html), breaks=True) == (
        "A head\n\n  • one\n\nline one\nline two\n\nnext\n"
    )


def test_a_line_has_no_breaks() -> None:
    assert (
        text_in_one_line(parse_html("Quarry<br>Days &#8211; <em>Day 1</em>"))
        == "Quarry Days – Day 1"
    )


def test_no_depth_is_too_deep() -> None:
    depth = 3000
    text = html_to_text(parse_html("<ul><li>x" * depth + "</li></ul>" * depth))
    assert text.count("• x") == depth


TAGS = (
    "<ul> <li> </li> </ul> <p> <br> <b> </b> <h2> <table> <td> <tr> <blockquote> </blockquote> "
    "<pre> </pre> <a\thref='x:y'> </a> <dl> <dd> word & &lt; R&D; &nbsp;"
).split(" ")


@given(st.lists(st.sampled_from(TAGS)))
def test_any_tags_give_every_word(tags: list[str]) -> None:
    assert html_to_text(parse_html("".join(tags))).count("word") == tags.count("word")


@pytest.mark.parametrize(
    "text",
    ["Q&A", "AT&T is", "a &b; c", "R&D;", "1 < 2", "I <3 it", "<- x", f"&#{'9' * 5000};"],
    ids=lambda text: text[:9],
)
def test_signs_that_are_no_markup_stay(text: str) -> None:
    assert text_in_one_line(parse_html(text)) == text
    assert text_in_one_line(parse_html(f"<p>{text}</p>".encode())) == text


HOSTILE = (
    "<a <p> <p <![ <? </ <!-- <ul><li>x <li>x <b>x <div> <div>x <table><tr><td>x <tr><td>x <pre> "
    "<blockquote>x <a\thref='http://e.org'>x <img\talt=x> <figure><img\talt=x> </p> </b> &lt <h2>x "
    "<nav>x</nav><p>x</p> <article>x <article>x</article> <div\tclass=share>x <script> <time>x"
).split(" ")


@pytest.mark.parametrize("start", ["", "<article>"])
@pytest.mark.parametrize("markup", HOSTILE)
def test_the_work_grows_with_the_length(
    markup: str, start: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("confnotes.imports.html_tidy.MAX_DEPTH", 4)

    def calls(count: int) -> int:
        profile = cProfile.Profile()
        profile.runcall(html_page.html_posts, (start + markup * count).encode(), "a.html", "a.txt")
        return sum(entry.callcount for entry in profile.getstats())

    calls(40)  # what is compiled or cached when it is first used
    assert calls(40) < 2.3 * calls(20)


class Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open_elements: list[str] = []

    def handle_starttag(self, tag: str, attrs: object) -> None:
        if tag not in {"br", "img"}:
            self.open_elements.append(tag)
        assert len(self.open_elements) <= MAX_DEPTH

    def handle_endtag(self, tag: str) -> None:
        assert self.open_elements.pop() == tag


@example(["<h2>", "<p>", "<h2>"])
@given(st.lists(st.sampled_from([*TAGS, *HOSTILE, "-->", ">", "'", '"', "</table>", "text"])))
def test_every_element_that_is_opened_is_closed(tags: list[str]) -> None:
    html = tidy_html("".join(tags))
    assert tidy_html(html) == html
    reader = Reader()
    reader.feed(html)
    reader.close()
    assert reader.open_elements == []


@pytest.mark.parametrize(
    ("declared", "encoding"),
    [("windows-1251", "cp1251"), ("gbk", "gbk"), ("shift_jis", "utf-8"), ("", "utf-8")],
)
def test_a_page_is_read_in_its_encoding(declared: str, encoding: str) -> None:
    text = "井戸" if encoding != "cp1251" else "Колодцы"
    html = f'<meta charset="{declared}"><p>{text}</p>'.encode(encoding)
    assert text_in_one_line(parse_html(html)) == text


@pytest.mark.parametrize("declared", ["punycode", "hex", "undefined", "no-such", "utf-8"])
def test_what_declares_no_encoding_of_text_is_read_as_windows_1252(declared: str) -> None:
    assert (
        text_in_one_line(parse_html(f'<meta charset="{declared}"><p>naïve'.encode("cp1252")))
        == "naïve"
    )


@given(st.binary())
def test_any_bytes_give_text(data: bytes) -> None:
    html_to_text(parse_html(data))
