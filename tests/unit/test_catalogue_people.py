"""One person, one page; two people, two pages."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

import pytest
from confnotes.catalogue import Catalogue
from confnotes.pages import build_page

from tests.page_text import render_myst

Make: TypeAlias = Callable[[dict[str, str]], Catalogue]
FOLDER = "years/2031/pipe-days"


def notes(*speakers: str) -> dict[str, str]:
    """Return one note per speaker, each saying who spoke in a field."""
    return {
        f"{FOLDER}/session-{number}.txt": f"Pipe Days 2031 – Day 1 – Session {number}\n\n"
        f"A talk on joint {number}\nSpeakers: {name}\n\n• Text\n"
        for number, name in enumerate(speakers, 1)
    }


@pytest.mark.parametrize(
    "other",
    ["ana ruiz", "ANA RUIZ", "Ana Ruíz", "Ana Ruiz.", "Ana  Ruiz", "Dr. Ana Ruiz", "Ana Ruiz, PhD"],
    ids=repr,
)
def test_spellings_of_one_name_are_one_person(catalogue_of: Make, other: str) -> None:
    catalogue = catalogue_of(notes("Ana Ruiz", other, "Ana Ruiz"))
    assert [person.name for person in catalogue.people.values()] == ["Ana Ruiz"]
    assert len(catalogue.talks_by_person["ana-ruiz"]) == 3


def test_vowel_signs_tell_names_apart(catalogue_of: Make) -> None:
    """They are letters, which marks of other scripts are not."""
    people = catalogue_of(notes("मीना शर्मा", "मान शर्मा", "मीना शर्मा")).people
    assert sorted(person.name for person in people.values()) == ["मान शर्मा", "मीना शर्मा"]


def test_a_middle_initial_is_another_name(catalogue_of: Make) -> None:
    assert list(catalogue_of(notes("Ana Ruiz", "Ana B. Ruiz")).people) == ["ana-b-ruiz", "ana-ruiz"]


def test_the_most_frequent_spelling_is_shown(catalogue_of: Make) -> None:
    catalogue = catalogue_of(notes("Ana Ruiz", "Ana Ruíz", "Ana Ruíz"))
    assert catalogue.people["ana-ruiz"].name == "Ana Ruíz"
    assert catalogue.people["ana-ruiz"].aliases == ("Ana Ruiz",)


def test_between_equals_nobody_is_shouted_at(catalogue_of: Make) -> None:
    assert catalogue_of(notes("ANA RUIZ", "Ana Ruiz")).people["ana-ruiz"].name == "Ana Ruiz"


def test_a_page_decides_on_the_name(catalogue_of: Make) -> None:
    page = {"speakers/ana-ruiz.md": "---\nname: Ana Ruíz\naliases: [Aninha]\n---\n# Ana\n"}
    catalogue = catalogue_of({**notes("Ana Ruiz", "Ana Ruiz", "Aninha"), **page})
    assert [person.name for person in catalogue.people.values()] == ["Ana Ruíz"]
    assert catalogue.person("aninha") is catalogue.people["ana-ruiz"]


def test_a_page_without_a_name_is_called_as_its_heading(catalogue_of: Make) -> None:
    assert catalogue_of({"speakers/bo.md": "# Bo Li\n"}).people["bo"].name == "Bo Li"


def test_the_address_of_a_page_is_a_name_too(catalogue_of: Make) -> None:
    page = {"speakers/ana-ruiz.md": "# Ana Ruíz Campo\n"}
    assert list(catalogue_of({**notes("Ana Ruiz"), **page}).people) == ["ana-ruiz"]


def test_an_alias_that_is_somebody_elses_name_is_an_error_at_both_places(
    catalogue_of: Make,
) -> None:
    catalogue = catalogue_of(
        {
            "speakers/ana-ruiz.md": "---\nname: Ana Ruiz\n---\n",
            "speakers/bo-li.md": "---\nname: Bo Li\naliases:\n  - Ana Ruíz\n---\n",
        }
    )
    [problem] = catalogue.problems
    assert str(problem) == (
        "speakers/bo-li.md:4:5 duplicate-name ‘Ana Ruíz’ is already claimed in "
        "speakers/ana-ruiz.md:2; change or remove one of the two"
    )
    assert catalogue.person("Ana Ruíz") is catalogue.people["ana-ruiz"]


def test_one_alias_of_two_people_is_an_error(catalogue_of: Make) -> None:
    pages = {f"speakers/{n}.md": f"---\nname: {n}\naliases: [Boss]\n---\n" for n in ("ana", "bo")}
    [problem] = catalogue_of(pages).problems
    assert (problem.path, problem.line) == ("speakers/bo.md", 3)
    assert "speakers/ana.md:3" in problem.message


def test_an_address_does_not_depend_on_the_spelling_shown(catalogue_of: Make) -> None:
    first = list(catalogue_of(notes("Zoë O'Hara")).people)
    assert list(catalogue_of(notes("Zoe OHara")).people) == first == ["zoe-ohara"]


def test_names_in_every_script_have_an_address_of_their_own(catalogue_of: Make) -> None:
    slugs = list(catalogue_of(notes("王小明", "李小龙")).people)
    assert len(set(slugs)) == 2
    assert all(slug.isascii() for slug in slugs)


def test_links_come_as_a_list_or_as_pairs(catalogue_of: Make) -> None:
    catalogue = catalogue_of(
        {
            "speakers/ana.md": "---\nlinks:\n  - label: Blog\n    url: https://ana.example.org\n---\n",
            "speakers/bo.md": "---\nlinks:\n  Code: https://bo.example.org\n  Odd: bo\n---\n",
        }
    )
    assert [(link.label, link.url) for link in catalogue.people["ana"].links] == [
        ("Blog", "https://ana.example.org")
    ]
    assert [link.label for link in catalogue.people["bo"].links] == ["Code"]
    assert [problem.line for problem in catalogue.problems] == [4]


def test_sorting_follows_a_persons_own_setting(catalogue_of: Make) -> None:
    catalogue = catalogue_of(
        {
            "speakers/ana.md": "---\nname: Ana Ruiz Campo\nsort: Ruiz\n---\n",
            "speakers/bo.md": "---\nname: Bo Smit\n---\n",
            "speakers/cleo.md": "---\nname: Cleo de Vries\n---\n",
        }
    )
    assert [person.slug for person in catalogue.people_sorted] == ["cleo", "ana", "bo"]


UNSURE = "Pipe Days 2031 – Day 1 – Session 9\n\nPumps – Ana Ruiz\n\n• Basil Quill is co-presenting"


def test_an_unsure_name_has_no_page_but_stays_on_that_of_its_talk(catalogue_of: Make) -> None:
    catalogue = catalogue_of({f"{FOLDER}/unsure.txt": UNSURE})
    talk = catalogue.talks[0]
    assert [one.name for one in talk.talk.speakers] == ["Ana Ruiz", "Basil Quill"]
    assert list(catalogue.people) == ["ana-ruiz"]
    assert talk.people == ("ana-ruiz",)
    shown = render_myst(build_page(catalogue, f"{FOLDER}/unsure"))
    assert "Basil Quill" in shown
    assert "speaker}`Ana Ruiz <ana-ruiz>`" in shown
    assert "speaker}`Basil" not in shown


def test_an_unsure_name_of_somebody_known_leads_to_the_page(catalogue_of: Make) -> None:
    catalogue = catalogue_of({f"{FOLDER}/unsure.txt": UNSURE, **notes("Basil Quill")})
    assert len(catalogue.talks_by_person["basil-quill"]) == 2


def test_a_name_whose_address_is_a_page_of_somebody_else_gets_another(catalogue_of: Make) -> None:
    catalogue = catalogue_of(notes("李 伟"))
    [slug] = catalogue.people
    catalogue = catalogue_of({f"speakers/{slug}.md": "# Bo Larsson\n"})
    names = {one.slug: one.name for one in catalogue.people.values()}
    assert names.pop(slug) == "Bo Larsson"
    assert list(names.values()) == ["李 伟"]
