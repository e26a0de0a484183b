"""Other themes: their pages are as small, and an incremental build ends where a clean one does."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from bs4 import BeautifulSoup

if TYPE_CHECKING:
    from conftest import Site

NOTE = "years/2031/pipeline-days/monday-session-2.txt"
THEMES = ["pydata_sphinx_theme", "sphinx_book_theme", "alabaster"]


@pytest.mark.parametrize("theme", THEMES)
def test_a_name_that_changes_is_the_same_everywhere(
    site: Site, build_elsewhere: Callable[..., dict[str, bytes]], theme: str
) -> None:
    site.edit("conf.py", "furo", theme)
    site.edit("conf.py", "smartquotes", "html_copy_source = False\nsmartquotes")
    build_elsewhere("made")
    site.edit(NOTE, "Cleo Nkemelu", "Clea Nkemelu")
    assert build_elsewhere("made") == build_elsewhere("clean")


@pytest.mark.parametrize("theme", THEMES)
def test_pages_are_small_and_nothing_in_a_title_or_a_name_of_a_file_is_live(
    site: Site, build_elsewhere: Callable[..., dict[str, bytes]], theme: str
) -> None:
    site.edit("conf.py", "furo", theme)
    for number in range(30):
        head = f"Tap Week 2032 – Monday – Session {number}"
        name = f"{'ABCDEFGHIJKLMNOPQRSTUVWXYZ'[number % 26]}{'ae'[number // 26]}na Okafor"
        site.write(f"years/2032/tap-week/{number}.txt", f"{head}\n\nTaps – {name}\n\n• Drip\n")
    text = "Pipeline Days 2031 – Monday – Session 3\n\nQueues <img src=x onerror=go()> – Ana Ruiz\n"
    docname = "years/2031/pipeline-days/a';go('"
    site.write(f"{docname}.txt", text)
    site.write("speakers/lid.md", "---\nname: Lid <img src=x onerror=go()>\n---\nprose\n")
    built = build_elsewhere("made")
    page = built[NOTE.replace(".txt", ".html")].decode()
    assert re.findall('href="[^"#:]*/speakers/[^"]+-okafor.html"', page) == []
    assert "speakers/index.html" in page
    page = built[f"{docname}.html"].decode()
    assert f"'{docname}'" not in page
    for html in (page, built["speakers/lid.html"].decode()):
        assert BeautifulSoup(html, "html.parser").select("[onerror]") == []


def test_a_single_page_may_name_a_search_index_that_it_has_not(site: Site) -> None:
    site.edit("conf.py", "furo", "pydata_sphinx_theme")
    assert site.build("singlehtml").warnings == []


def test_every_icon_of_furo_is_drawn(built: Site) -> None:
    options = "{'source_edit_link': 'https://code.example.org/{filename}'}"
    built.edit("conf.py", "smartquotes", f"html_theme_options = {options}\nsmartquotes")
    assert built.build().warnings == []
    page = BeautifulSoup(
        built.text("years/2031/pipeline-days/monday-session-2.html"), "html.parser"
    )
    used = {str(icon["data-icon"]) for icon in page.select("svg[data-icon]")}
    assert {"sun", "menu", "pencil"} <= used
    assert page.select("svg > use") == []
    style = built.text("_static/confnotes.css")
    assert used <= set(re.findall(r'svg\[data-icon="(.+?)"\] { mask-image: url\(', style))


def test_a_theme_that_makes_its_own_sidebar_is_right(
    site: Site, build_elsewhere: Callable[..., dict[str, bytes]]
) -> None:
    site.write("own/__init__.py", OWN_THEME)
    site.write("own/theme.toml", "[theme]\ninherit = 'basic'\n")
    site.edit("conf.py", "furo", "own")
    path = "import os, sys; sys.path.insert(0, os.getcwd())"
    site.edit("conf.py", "smartquotes", f"{path}\nsmartquotes")
    site.edit("conf.py", "smartquotes", "extensions.append('own')\nsmartquotes")
    build_elsewhere("made")
    site.edit(NOTE, "Cleo Nkemelu", "Clea Nkemelu")
    assert build_elsewhere("made") == build_elsewhere("clean")


OWN_THEME = """
from pathlib import Path


def setup(app):
    app.add_html_theme("own", Path(__file__).parent)
    app.connect("html-page-context", show_all)
    return {"parallel_read_safe": True, "parallel_write_safe": True, "version": "1"}


def show_all(app, page, template, context, doctree):
    titles = [title.astext() for _docname, title in sorted(app.env.titles.items())]
    context["body"] = context.get("body", "") + ", ".join(titles)
"""
