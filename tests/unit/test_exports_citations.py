"""Citations: what reference managers read, and keys that stay."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any

import bibtexparser
import pytest
import rispy
from bibtexparser.middlewares import SeparateCoAuthors, SplitNameParts
from confnotes.exports import Site, export_files, redirects
from confnotes.exports.citations import FORMATS, bibtex, csl_json, ris
from confnotes.exports.citations.citation import Citation, citation_keys
from confnotes.names import split_name
from hypothesis import example, given
from hypothesis import strategies as st
from pylatexenc.latex2text import (
    LatexNodes2Text,
    MacroTextSpec,
    get_default_latex_context_db,
)

if TYPE_CHECKING:
    from confnotes.catalogue import Catalogue

PUBLIC = Site("Notes", "https://notes.example/", "{}.html".format)
NOTE = "years/2031/kettle-days/monday"
FILES = {
    "years/2031/kettle-days/index.md": "---\nname: Kettle & Tea Days 2031\nplace: Graz\n---\n",
    f"{NOTE}.txt": "Kettle Days 2031 – Monday\n\n"
    "Kettles – Ana Ruiz and Guido van Tee\nDate: 2031-05-13\n* boil\n\n"
    "Spouts – Cher\n* pour\n",
}
TALK = Citation(
    key="2031/kettle-days/monday:kettles",
    title="Kettles",
    authors=(("Ruiz", "Ana"), ("van Tee", "Guido"), ("Cher", "")),
    kind="Keynote",
    event="Kettle & Tea Days 2031",
    place="Graz",
    year=2031,
    date=date(2031, 5, 13),
    url=f"https://notes.example/{NOTE}.html#kettles",
)
LINES = st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")) | st.just(" ")).map(
    lambda text: " ".join(text.split())
)


def bibtex_entry(citation: Citation) -> Mapping[str, Any]:
    names = [SeparateCoAuthors(), SplitNameParts()]
    library = bibtexparser.parse_string(bibtex.entry(citation), append_middleware=names)
    assert library.failed_blocks == []
    (entry,) = library.entries
    assert entry.key == citation.key
    return {field.key: field.value for field in entry.fields}


@cache
def latex_reader() -> LatexNodes2Text:
    """Return what gives the words that LaTeX prints."""
    signs = {"less": "<", "greater": ">", "bar": "|", "braceleft": "{", "braceright": "}"}
    known = get_default_latex_context_db()
    macros = [MacroTextSpec(f"text{name}", sign) for name, sign in signs.items()]
    macros.append(MacroTextSpec("textasciicircum", "^"))
    known.add_context_category("signs", prepend=True, macros=macros)
    return LatexNodes2Text(latex_context=known, keep_comments=True, strict_latex_spaces=True)


def test_bibtex() -> None:
    entry = bibtex_entry(TALK)
    authors = entry.pop("author")
    assert [(one.von, one.last, one.first) for one in authors] == [
        ([], ["Ruiz"], ["Ana"]),
        (["van"], ["Tee"], ["Guido"]),
        ([], ["{Cher}"], []),
    ]
    assert entry == {
        "title": "{Kettles}",
        "howpublished": r"Keynote at Kettle \& Tea Days 2031, Graz",
        "date": "2031-05-13",
        "month": "may",
        "year": "2031",
        "url": TALK.url,
    }


def test_ris() -> None:
    assert rispy.loads(ris.entry(TALK)) == [
        {
            "type_of_reference": "SLIDE",
            "id": TALK.key,
            "title": "Kettles",
            "authors": ["Ruiz, Ana", "van Tee, Guido", "Cher"],
            "type_of_work": "Keynote",
            "secondary_title": "Kettle & Tea Days 2031",
            "place_published": "Graz",
            "year": "2031",
            "date": "2031/05/13",
            "urls": [TALK.url],
        }
    ]


def test_csl_json() -> None:
    assert json.loads(csl_json.render([csl_json.entry(TALK)])) == [
        {
            "id": TALK.key,
            "type": "speech",
            "title": "Kettles",
            "author": [
                {"family": "Ruiz", "given": "Ana"},
                {"family": "van Tee", "given": "Guido"},
                {"literal": "Cher"},
            ],
            "genre": "Keynote",
            "event-title": "Kettle & Tea Days 2031",
            "event-place": "Graz",
            "issued": {"date-parts": [[2031, 5, 13]]},
            "URL": TALK.url,
        }
    ]


def test_what_is_not_known_is_left_out() -> None:
    bare = replace(TALK, authors=(), place="", date=None, url="")
    assert bibtex_entry(bare).keys() == {"title", "howpublished", "year"}
    assert not {"AU", "CY", "DA", "UR"} & {line[:2] for line in ris.entry(bare).split("\n")}
    assert json.loads(csl_json.render([csl_json.entry(bare)]))[0]["issued"] == {
        "date-parts": [[2031]]
    }


@given(LINES)
@example("--flag, ``x'' and ?` --- \\%{")
def test_no_title_is_markup(title: str) -> None:
    citation = replace(TALK, title=title)
    assert latex_reader().latex_to_text(bibtex_entry(citation)["title"]) == title
    assert json.loads(csl_json.render([csl_json.entry(citation)]))[0].get("title", "") == title
    (record,) = rispy.loads(ris.entry(citation))
    assert record["title"] == title


@pytest.mark.parametrize(
    ("name", "parts"),
    {
        "Ana Ruiz": ("Ruiz", "Ana"),
        "Guido van Tee": ("van Tee", "Guido"),
        "Ludo Van Den Tee": ("Van Den Tee", "Ludo"),
        "Sam Day Jr.": ("Day Jr.", "Sam"),
        "Cher": ("Cher", ""),
        "": ("", ""),
    }.items(),
)
def test_a_name_in_two_parts(name: str, parts: tuple[str, str]) -> None:
    assert split_name(name) == parts


def test_an_and_in_a_name_separates_nobody() -> None:
    authors = bibtex_entry(replace(TALK, authors=(("Tea and Milk", "And"),)))["author"]
    assert len(authors) == 1


def test_every_note_has_files_and_so_has_everything(
    catalogue_of: Callable[[dict[str, str]], Catalogue],
) -> None:
    made = dict(export_files(catalogue_of(FILES), ["index"], PUBLIC))
    for suffix, *_functions in FORMATS.values():
        assert made[NOTE + suffix] == made[f"citations{suffix}"]
    keys = [one["id"] for one in json.loads(made["citations.csl.json"])]
    assert keys == ["2031/kettle-days/monday:kettles", "2031/kettle-days/monday:spouts"]
    assert [one["citation_key"] for one in json.loads(made["api/talks.json"])] == keys
    assert made[f"{NOTE}.bib"].count("\n\n") == 1, "what cite.js splits at"
    assert made[f"{NOTE}.ris"].count("\n\n") == 1


def test_a_note_without_talks_has_no_files(
    catalogue_of: Callable[[dict[str, str]], Catalogue],
) -> None:
    made = dict(export_files(catalogue_of({f"{NOTE}.txt": ""}), ["index"], PUBLIC))
    assert [path for path in made if path.endswith(".bib")] == []


@pytest.mark.parametrize(
    "lines",
    [
        "years/2031/tea/old years/2031/kettle-days/monday",
        "years/2031/tea/old#kettles years/2031/kettle-days/monday#kettles",
        f"years/2031/tea/old years/2031/tea/new\nyears/2031/tea/new {NOTE}",
        f"years/2031/tea/old#kettles years/2031/new#pots\nyears/2031/new#pots {NOTE}#kettles",
    ],
)
def test_a_talk_that_moves_keeps_its_key(
    catalogue_of: Callable[[dict[str, str]], Catalogue], lines: str
) -> None:
    catalogue = catalogue_of({**FILES, "redirects.txt": lines})
    assert citation_keys(catalogue)[f"{NOTE}#kettles"] == "2031/tea/old:kettles"


def test_keys_stay_different_when_a_note_moves_and_a_talk_leaves_it(
    catalogue_of: Callable[[dict[str, str]], Catalogue],
) -> None:
    other = "years/2031/kettle-days/tuesday"
    lines = f"years/2031/tea/old {NOTE}\nyears/2031/tea/old#kettles {other}#kettles\n"
    talk = {f"{other}.txt": "Kettle Days 2031 – Tuesday\n\nKettles – Bo Li\n* boil\n"}
    keys = citation_keys(catalogue_of({**FILES, **talk, "redirects.txt": lines}))
    assert keys[f"{other}#kettles"] == "2031/tea/old:kettles"
    assert len(set(keys.values())) == len(keys)


def test_all_exports_together_read_the_redirects_once(
    catalogue_of: Callable[[dict[str, str]], Catalogue], monkeypatch: pytest.MonkeyPatch
) -> None:
    catalogue = catalogue_of({**FILES, "redirects.txt": f"years/2031/tea/old {NOTE}\n"})
    asked = []
    read = redirects.load_redirects
    monkeypatch.setattr(redirects, "load_redirects", lambda root: asked.append(root) or read(root))
    files = dict(export_files(catalogue, [NOTE], Site("Notes", "", str)))
    assert "2031/tea/old:kettles" in files["citations.bib"]
    assert "2031/tea/old:kettles" in files["api/talks.json"]
    assert asked == [catalogue.root]


def test_a_loop_of_redirects_ends(catalogue_of: Callable[[dict[str, str]], Catalogue]) -> None:
    lines = f"years/2031/a {NOTE}\n{NOTE} years/2031/a\n"
    assert citation_keys(catalogue_of({**FILES, "redirects.txt": lines}))


def test_a_key_has_nothing_that_bibtex_misreads(
    catalogue_of: Callable[[dict[str, str]], Catalogue],
) -> None:
    text = "Kettle Days 2031\n\nKettles – Ana Ruiz\n* boil\n"
    names = ("a,b", "a b", "Tée = {tea}")
    catalogue = catalogue_of({f"years/2031/kettle-days/{name}.txt": text for name in names})
    keys = set(citation_keys(catalogue).values())
    assert len(keys) == len(names)
    for key in keys:
        assert bibtex_entry(replace(TALK, key=key))
