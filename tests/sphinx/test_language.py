"""A site whose readers speak another language."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from gettext import NullTranslations
from typing import TYPE_CHECKING

import pytest
from bs4 import BeautifulSoup
from confnotes.pages import dates, i18n

if TYPE_CHECKING:
    from conftest import Site

POLISH = r"""
msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\n"
"Plural-Forms: nplurals=3; plural=(n==1 ? 0 : n%10>=2 && n%10<=4 ? 1 : 2);\n"

msgid "Speakers"
msgstr "Prelegenci"

msgid "{} talk"
msgid_plural "{} talks"
msgstr[0] "{} wykład"
msgstr[1] "{} wykłady"
msgstr[2] "{} wykładów"

msgid "March"
msgstr "marca"

msgid "View the note as typed"
msgstr "Notatka w oryginale"

msgid "best first"
msgstr "najlepsze najpierw"
"""


@pytest.fixture(autouse=True)
def english_again() -> Iterator[None]:
    yield
    i18n.set_translations(NullTranslations())


def test_a_catalogue_in_the_project_says_what_pages_say(site: Site) -> None:
    site.write("locales/pl/LC_MESSAGES/confnotes.po", POLISH)
    build = site.build(language="pl", html_theme="furo")
    assert build.warnings == []
    note = site.text("years/2031/pipeline-days/monday-session-1.html")
    text = BeautifulSoup(note, "html.parser").get_text(" ")
    assert "Notatka w oryginale" in text
    assert "Prelegenci" in text
    assert dates.format_date(date(2031, 3, 3)) == "3 marca 2031"
    assert i18n.counted(1, "{} talk", "{} talks") == "1 wykład"
    assert i18n.counted(3, "{} talk", "{} talks") == "3 wykłady"
    assert i18n.counted(5, "{} talk", "{} talks") == "5 wykładów"
    assert "najlepsze najpierw" in site.text("search.html")


def test_the_prose_of_a_page_is_translated_and_its_lists_stay(site: Site) -> None:
    entry = 'msgid "Opens valves *slowly*."\nmsgstr "Otwiera *powoli*."\n'
    site.write("speakers/bo-li.md", "# Bo Li\n\nOpens valves *slowly*.\n")
    site.write("locales/pl/LC_MESSAGES/speakers/bo-li.po", POLISH.partition('msgid "Sp')[0] + entry)
    build = site.build(language="pl", gettext_compact=False)
    assert build.warnings == []
    page = BeautifulSoup(site.text("speakers/bo-li.html"), "html.parser")
    assert page.find("em", string="powoli").parent.name == "p"
    assert len(page.find_all("h1")) == 1
    assert len(page.select(".conf-talks")) == len(page.select("#talks > .conf-year")) == 2


def test_the_next_project_speaks_its_own_language(site: Site) -> None:
    site.write("locales/pl/LC_MESSAGES/confnotes.po", POLISH)
    site.build(language="pl")
    site.build(language="en")
    assert "Prelegenci" not in site.text("speakers/index.html")
