"""One escape, and text that stays text."""

from __future__ import annotations

import string
from datetime import date
from gettext import NullTranslations

import pytest
from confnotes.body import Preformatted
from confnotes.imports.new_pages import escape
from confnotes.model import Event, Markup
from confnotes.pages import dates, i18n
from confnotes.pages.page_model import (
    BlockQuote,
    CodeBlock,
    CrossReference,
    Emphasis,
    Inline,
    List,
    ListItem,
    Literal,
    Page,
    PageBlock,
    PageTable,
    Para,
    Strong,
    Text,
)
from confnotes.pages.talk_body import to_page_blocks
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from tests.page_text import render_myst


def written(*blocks: PageBlock) -> str:
    return render_myst(Page("a", "", tuple(blocks), has_prose=True))


def line(*inlines: Inline) -> str:
    return written(Para(inlines)).rstrip("\n")


@given(st.text(st.characters(categories=("L", "N", "P", "S")), min_size=1))
def test_escaped_text_is_one_paragraph_of_text(typed: str) -> None:
    tokens = MarkdownIt("js-default").parse(escape(typed))
    assert [token.type for token in tokens] == ["paragraph_open", "inline", "paragraph_close"]
    shown = tokens[1].children or []
    assert "".join(child.content for child in shown) == typed
    assert {child.type for child in shown} <= {"text", "text_special"}


def test_every_mark_is_escaped() -> None:
    assert escape(string.punctuation) == "".join(f"\\{mark}" for mark in string.punctuation)


@pytest.mark.parametrize(
    ("code", "shown"),
    [("a", "`a`"), ("a`b", "``a`b``"), ("`a", "`` `a ``"), (" a ", "`  a  `")],
)
def test_code_is_taken_whole(code: str, shown: str) -> None:
    assert line(Literal(code)) == shown


def test_marks_inside_words_stay_marks() -> None:
    assert line(Text("ab"), Strong((Text("c"),)), Text("d")) == "a&#98;**c**&#100;"
    assert line(Text("a "), Emphasis((Text("c"),)), Text(".")) == "a *c*\\."


def test_marks_beside_marks_differ() -> None:
    marked = Emphasis((Text("a"),)), Emphasis((Text("b"),)), Strong((Text("c"),))
    assert line(*marked) == "*a*_b_**c**"
    assert line(Emphasis((Strong((Text("a"),)),))) == "*__a__*"
    assert line(Literal("a"), Literal("b")) == "`a`{literal}`b`"


@pytest.mark.parametrize("words", ["<b>", "!important", "`a"])
def test_words_that_a_role_would_misread_go_into_a_link(words: str) -> None:
    assert line(CrossReference("speaker", "ana", words)) == f"[{escape(words)}](<#ana>)"
    assert line(CrossReference("doc", "x/y", words)) == f"[{escape(words)}](<project:/x/y.md>)"


def test_lists_that_follow_each_other_stay_two() -> None:
    one = List((ListItem((Para((Text("a"),)),)),))
    assert written(one, one) == "- a\n\n{}\n\n- a\n"


def test_a_fence_is_longer_than_any_in_it() -> None:
    assert written(CodeBlock("```\nx")).startswith("````{code-block} text\n:force:\n")


def test_an_unknown_language_is_text() -> None:
    for language, lexer in (("", "text"), ("no such language", "text"), ("python", "python")):
        blocks = to_page_blocks([Preformatted(1, "x", language)], Markup.PLAIN)
        assert blocks == (CodeBlock("x", lexer, 1),)


def test_quotes_and_tables() -> None:
    quote = BlockQuote((Para((Text("a"),)), Para((Text("b"),))))
    assert written(quote) == "> a\n> \n> b\n"
    rows = (((Text("h|"),), (Text("k"),)), ((Text("v"),),))
    assert written(PageTable(rows)) == "| h\\| | k |\n| --- | --- |\n| v |  |\n"


@pytest.mark.parametrize(
    ("start", "end", "shown"),
    [
        (date(2031, 3, 3), date(2031, 3, 5), "3–5 March 2031"),
        (date(2031, 1, 30), date(2031, 2, 2), "30 January – 2 February 2031"),
        (date(2031, 12, 30), date(2032, 1, 2), "30 December 2031 – 2 January 2032"),
        (date(2031, 3, 3), date(2031, 3, 3), "3 March 2031"),
        (date(2031, 3, 3), None, "3 March 2031"),
        (None, None, ""),
    ],
)
def test_spans_of_days(start: date | None, end: date | None, shown: str) -> None:
    assert dates.format_range(Event(name="a", series="a", year=2031, start=start, end=end)) == shown


def test_words_can_be_translated() -> None:
    class Loud(NullTranslations):
        def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
            return (msgid1 if n == 1 else msgid2).upper()

    i18n.set_translations(Loud())
    try:
        assert i18n.counted(2, "{} talk", "{} talks") == "2 TALKS"
    finally:
        i18n.set_translations(NullTranslations())
