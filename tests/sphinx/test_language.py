"""A site whose readers speak another language."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from gettext import NullTranslations
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po
from bs4 import BeautifulSoup
from confnotes import pages
from confnotes.catalogue import load_catalogue
from confnotes.model import Event, TalkKind
from confnotes.pages import dates, i18n
from confnotes.search.documents import search_documents
from confnotes.sphinx.themes import PACKAGE
from confnotes.sphinx.translations import translations

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

FIELD = re.compile(r"{\w*}")


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


PAGES = {
    "de": ("2 Vortragende", "Montag, 3. März 2031"),
    "fr": ("2 orateurs", "lundi 3 mars 2031"),
    "es": ("2 ponentes", "lunes, 3 de marzo de 2031"),
    "ja": ("2人の発表者", "2031年3月3日（月曜日）"),
}


@pytest.mark.parametrize("language", PAGES)
def test_words_come_with_the_extension(language: str) -> None:
    i18n.set_translations(translations([PACKAGE / "locale"], language))
    people, day = PAGES[language]
    assert i18n.counted(2, "{} speaker", "{} speakers") == people
    assert dates.format_weekday(date(2031, 3, 3)) == day


@pytest.mark.parametrize(
    ("language", "one_month", "two_months"),
    [
        ("de", "3.–5. März 2031", "30. März – 2. April 2031"),
        ("es", "3–5 de marzo de 2031", "30 de marzo – 2 de abril de 2031"),
        ("fr", "3–5 mars 2031", "30 mars – 2 avril 2031"),
        ("ja", "2031年3月3日–5日", "2031年3月30日 – 4月2日"),
    ],
)
def test_spans_of_days(language: str, one_month: str, two_months: str) -> None:
    i18n.set_translations(translations([PACKAGE / "locale"], language))
    march = date(2031, 3, 3), date(2031, 3, 5)
    april = date(2031, 3, 30), date(2031, 4, 2)
    for (start, end), shown in ((march, one_month), (april, two_months)):
        event = Event(name="a", series="a", year=2031, start=start, end=end)
        assert dates.format_range(event) == shown


@pytest.mark.parametrize("language", PAGES)
@pytest.mark.parametrize("kind", TalkKind)
def test_a_kind_is_translated_in_the_facet_and_in_titles_made_of_it(
    tmp_path: Path, language: str, kind: TalkKind
) -> None:
    known = translations([PACKAGE / "locale"], language)
    i18n.set_translations(known)
    note = tmp_path / "years/2031/kettle-days/monday.txt"
    note.parent.mkdir(parents=True)
    note.write_text(f"Kettle Days 2031\n\nAna Ruiz\nSpeakers: Ana Ruiz\nKind: {kind}\n* boil\n")
    catalogue = load_catalogue(tmp_path, translate=i18n._)
    [document] = search_documents(catalogue, str, language)
    shown = known.gettext(kind.capitalize())
    assert ("kind", shown) in document.facets
    assert catalogue.talks[0].title == f"{shown}: Ana Ruiz"
    assert shown not in {"Talk", "Other", "Q&a"}


@pytest.mark.parametrize("language", PAGES)
def test_every_word_of_pages_is_translated(language: str) -> None:
    keywords = {"_": None, "counted": (2, 3), "label_of": (2, 3)}
    wanted = extract_from_dir(Path(pages.__file__).parent, keywords=keywords)
    singular = {found[2] if isinstance(found[2], str) else found[2][0] for found in wanted}
    path = PACKAGE / "locale" / language / "LC_MESSAGES" / "confnotes.po"
    with path.open("rb") as file:
        catalogue = read_po(file, language)
    translated = {
        message.id if isinstance(message.id, str) else message.id[0]: message
        for message in catalogue
        if message.string and all(message.string)
    }
    assert singular - translated.keys() == set()
    for message in translated.values():
        shown = [message.string] if isinstance(message.string, str) else message.string
        assert {tuple(sorted(FIELD.findall(one))) for one in shown if message.id} <= {
            tuple(sorted(FIELD.findall(one)))
            for one in ([message.id] if isinstance(message.id, str) else message.id)
        }


def test_a_project_overrules_a_word_and_keeps_the_others(site: Site) -> None:
    entry = 'msgid "Speakers"\nmsgstr "Sprechende"\n'
    head = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n\n'
    site.write("locales/de/LC_MESSAGES/confnotes.po", head + entry)
    assert site.build(language="de").warnings == []
    front = BeautifulSoup(site.text("index.html"), "html.parser").get_text(" ")
    assert "Neueste Notizen" in front
    assert "Sprechende" in BeautifulSoup(site.text("speakers/index.html"), "html.parser").get_text()


def test_nothing_of_the_frame_is_left_in_english(site: Site) -> None:
    assert site.build(language="de", html_theme="furo").warnings == []
    page = BeautifulSoup(site.text("speakers/bo-li.html"), "html.parser")
    labels = {str(one["aria-label"]) for one in page.select("[aria-label]")}
    assert not [label for label in labels if label.startswith(("Toggle", "On ", "Search"))]
    assert page.select_one(".toc-title").get_text(strip=True) == "Auf dieser Seite"
    assert page.select_one(".skip-to-content").get_text(strip=True) == "Zum Inhalt springen"
    assert page.select_one("h1 > .headerlink")["title"] == "Link zu dieser Überschrift"
    assert "Gemacht mit" in page.footer.get_text()


def test_the_next_project_speaks_its_own_language(site: Site) -> None:
    site.write("locales/pl/LC_MESSAGES/confnotes.po", POLISH)
    site.build(language="pl")
    site.build(language="en")
    assert "Prelegenci" not in site.text("speakers/index.html")


def test_a_language_of_a_country_has_the_words_of_the_language(site: Site) -> None:
    site.write("locales/pl/LC_MESSAGES/confnotes.po", POLISH)
    site.write("locales/pl_PL/LC_MESSAGES/confnotes.po", POLISH.replace("marca", "Marca"))
    site.build(language="pl_PL")
    assert dates.format_date(date(2031, 3, 3)) == "3 Marca 2031"
    (site.source / "locales/pl_PL/LC_MESSAGES/confnotes.po").unlink()
    site.build(language="pl_PL")
    assert dates.format_date(date(2031, 3, 3)) == "3 marca 2031"


def test_a_catalogue_that_cannot_be_read_is_reported_and_the_site_is_built(site: Site) -> None:
    path = site.source / "locales/de/LC_MESSAGES/confnotes.po"
    path.parent.mkdir(parents=True)
    path.write_bytes('msgid "Speakers"\nmsgstr "Größen"\n'.encode("latin-1"))
    (warning,) = site.build(language="de").warnings
    assert "confnotes.po" in warning
    assert "Vortragende" in site.text("speakers/index.html")
