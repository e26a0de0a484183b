"""Navigation: the way up, what is next, what is near; never more than a few links."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from confnotes.catalogue import Catalogue
from confnotes.pages import docnames
from confnotes.pages.navigation import index_pages, navigation_for

Make: TypeAlias = Callable[[dict[str, str]], Catalogue]
FOLDER = "years/2031/pipe-days"


def files(notes: int) -> dict[str, str]:
    made = {
        f"{FOLDER}/s{n}.txt": f"Pipe Days 2031 – Day 1 – Session {n}\n\nOf pipe {n}\n"
        f"Speakers: Ana Ruiz{n}\n\n• Text\n"
        for n in range(1, notes + 1)
    }
    return {**made, "topics/a.md": "# A\n", "topics/b.md": "---\nparent: a\n---\n# B\n"}


def test_a_note_stands_in_its_event(catalogue_of: Make) -> None:
    here = navigation_for(catalogue_of(files(3)), f"{FOLDER}/s2")
    assert [title for _, title in here.breadcrumbs] == ["Home", "Years", "2031", "Pipe Days 2031"]
    assert here.previous == (f"{FOLDER}/s1", "Day 1 – Session 1")
    assert here.next == (f"{FOLDER}/s3", "Day 1 – Session 3")
    assert [docname for docname, _ in here.siblings] == [f"{FOLDER}/s{n}" for n in (1, 2, 3)]


def test_the_last_note_has_none_after_it(catalogue_of: Make) -> None:
    assert navigation_for(catalogue_of(files(3)), f"{FOLDER}/s3").next is None


def test_an_event_has_its_sessions_below(catalogue_of: Make) -> None:
    here = navigation_for(catalogue_of(files(2)), f"{FOLDER}/index")
    assert [docname for docname, _ in here.children] == [f"{FOLDER}/s1", f"{FOLDER}/s2"]


def test_a_topic_stands_below_its_parent(catalogue_of: Make) -> None:
    here = navigation_for(catalogue_of(files(1)), "topics/b")
    assert here.breadcrumbs[-1] == ("topics/a", "A")


def test_the_front_page_is_called_as_its_author_calls_it(catalogue_of: Make) -> None:
    catalogue = catalogue_of({**files(1), "index.md": "# Pipe notes\n"})
    assert navigation_for(catalogue, f"{FOLDER}/s1").breadcrumbs[0] == ("index", "Pipe notes")


def test_navigation_is_bounded_and_leads_to_pages(catalogue_of: Make) -> None:
    catalogue = catalogue_of(files(40))
    names = set(docnames(catalogue))
    for docname in names:
        here = navigation_for(catalogue, docname)
        links = [*here.breadcrumbs, *here.siblings, *here.children, *index_pages(catalogue)]
        links += [entry for entry in (here.previous, here.next) if entry]
        assert len(links) < 40
        assert {target for target, _ in links} <= names
    middle = navigation_for(catalogue, f"{FOLDER}/s20")
    assert (f"{FOLDER}/s20", "Day 1 – Session 20") in middle.siblings
    last = navigation_for(catalogue, f"{FOLDER}/s40")
    assert [docname for docname, _ in last.siblings] == [f"{FOLDER}/s{n}" for n in range(29, 41)]
