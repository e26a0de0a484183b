"""Inline markup: a little of it works, everything else is text, nothing is lost."""

from __future__ import annotations

import re
from pathlib import Path

import confnotes.pages
import pytest
from confnotes.model import Markup
from confnotes.pages.inline_markup import parse_inline, safe_link
from confnotes.pages.page_model import (
    CrossReference,
    Emphasis,
    ExternalLink,
    Inline,
    Literal,
    Strong,
    Text,
)
from hypothesis import given
from hypothesis import strategies as st


def outline(made: tuple[Inline, ...]) -> str:
    """Return inlines as one line: ``<b>…</b>`` for strong and so on."""
    return "".join(map(_outline, made))


def _outline(inline: Inline) -> str:
    match inline:
        case Text(text):
            return text
        case Literal(text):
            return f"<code>{text}</code>"
        case Emphasis(children):
            return f"<i>{outline(children)}</i>"
        case Strong(children):
            return f"<b>{outline(children)}</b>"
        case ExternalLink(url, children):
            return f"<a {url}>{outline(children)}</a>"
        case CrossReference(_, target, text):
            return f"<ref {target}>{text}</ref>"
    raise TypeError(inline)


def resolve(name: str, text: str) -> CrossReference | None:
    return CrossReference("speaker", "ana-ruiz", text) if name == "Ana Ruiz" else None


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("*a* and **b** and `c*d`", "<i>a</i> and <b>b</b> and <code>c*d</code>"),
        ("[slides](https://a.example.org/x)", "<a https://a.example.org/x>slides</a>"),
        ("[slides](x.pdf)", "slides (x.pdf)"),
        ("[bad](javascript:alert(1))", "[bad](javascript:alert(1))"),
        ('[a](https://a.example.org "why")', "<a https://a.example.org>a</a> (why)"),
        ("![a cat](https://a.example.org/c.png)", "<a https://a.example.org/c.png>a cat</a>"),
        ("![a cat](cat.png)", "a cat (cat.png)"),
        ("see https://a.example.org.", "see <a https://a.example.org>https://a.example.org</a>."),
        ("<b>bold</b> &amp; <hostname>", "<b>bold</b> & <hostname>"),
        ("{role}`x` and {{ y }}", "{role}<code>x</code> and {{ y }}"),
        (r"\*no\* emphasis", "*no* emphasis"),
        ("one\ntwo", "one\ntwo"),
        ("**a *b* c**", "<b>a <i>b</i> c</b>"),
        ("see [[Lids#Loose|loose lids]]", "see loose lids"),
        ("[[Ana Ruiz]], [[#Later]]", "<ref ana-ruiz>Ana Ruiz</ref>, Later"),
        ("**[[Ana Ruiz|she]]** ![[lid.png|300]]", "<b><ref ana-ruiz>she</ref></b> lid.png"),
        ("`[[Ana Ruiz]]` \\[[Ana Ruiz]]", "<code>[[Ana Ruiz]]</code> [[Ana Ruiz]]"),
    ],
)
def test_markdown(typed: str, shown: str) -> None:
    assert outline(parse_inline(typed, Markup.MARKDOWN, resolve)) == shown


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("*a*, **b** and ``c*d``", "<i>a</i>, <b>b</b> and <code>c*d</code>"),
        ("`slides <https://a.example.org>`_ too", "<a https://a.example.org>slides</a> too"),
        ("`slides <x.pdf>`__", "slides (x.pdf)"),
        ("2 * 3 * 4 and N*nodes", "2 * 3 * 4 and N*nodes"),
        (":role:`x` |sub| [1]_", ":role:`x` |sub| [1]_"),
        (r"\*no\*", "*no*"),
        ("at https://a.example.org", "at <a https://a.example.org>https://a.example.org</a>"),
    ],
)
def test_restructuredtext(typed: str, shown: str) -> None:
    assert outline(parse_inline(typed, Markup.RST)) == shown


@pytest.mark.parametrize("typed", ["*a* `b` <c> __init__ $PATH [x](y)", r"a\*b", "N*m*k"])
def test_plain_text_is_literal(typed: str) -> None:
    assert parse_inline(typed, Markup.PLAIN) == (Text(typed),)


def test_addresses_in_plain_text_are_links() -> None:
    shown = outline(parse_inline("(see https://a.example.org/x)", Markup.PLAIN))
    assert shown == "(see <a https://a.example.org/x>https://a.example.org/x</a>)"


def bare(made: tuple[Inline, ...]) -> str:
    return "".join(
        inline.text if isinstance(inline, Text | Literal) else bare(inline.children)  # type: ignore[union-attr]
        for inline in made
    )


@given(st.text())
def test_plain_text_keeps_every_character(typed: str) -> None:
    assert bare(parse_inline(typed, Markup.PLAIN)) == typed


@given(st.sampled_from([Markup.MARKDOWN, Markup.RST]), st.text("ab *_`[]()<>:/\\!&;\n|{}"))
def test_markup_keeps_every_letter(markup: Markup, typed: str) -> None:
    def letters(text: str) -> str:
        return "".join(filter(str.isalnum, text))

    assert letters(bare(parse_inline(typed, markup))) == letters(typed)


@pytest.mark.parametrize("markup", [Markup.MARKDOWN, Markup.RST])
@pytest.mark.parametrize("mark", ["*", "`", "[", "``", "![", "`<", "_", "**a"])
def test_a_long_text_of_marks_is_read(markup: Markup, mark: str) -> None:
    typed = mark * (20_000 // len(mark))
    assert bare(parse_inline(typed, markup))


UNSAFE = ["javascript:alert(1)", "JaVaScRiPt://a.example/%0Aalert(1)", "data:text/html,x",
          "vbscript:x", "file:///etc/passwd", "java script:x", "https://a.example/\u202ex",
          "https://a.example/\n", " https://a.example", "//a.example", "x.pdf", "https:",
          'https://a.example/"onclick="x']  # fmt: skip


@pytest.mark.parametrize("url", UNSAFE)
def test_a_url_that_may_act_is_text(url: str) -> None:
    assert safe_link(url, "Slides") == Text(f"Slides ({url})")
    assert safe_link(url) == safe_link(url, url) == Text(url)


@pytest.mark.parametrize("url", ["https://a.example/x?y=1#z", "mailto:bo@a.example",
                                 "ftp://a.example/x"])  # fmt: skip
def test_a_url_that_is_safe_is_a_link(url: str) -> None:
    assert safe_link(url, "Slides") == ExternalLink(url, (Text("Slides"),))
    assert safe_link(url) == ExternalLink(url, (Text(url),))


def test_no_other_module_of_pages_makes_links() -> None:
    for path in Path(confnotes.pages.__file__).parent.glob("*.py"):
        if path.stem != "inline":
            text = path.read_text(encoding="utf-8")
            assert re.search(r"(?<!case )\bUrl\(", text) is None, path.name
