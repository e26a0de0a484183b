"""Which files count, front matter that is broken, anchors that stay, a cache that never lies."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

import pytest
from confnotes.catalogue import Catalogue, load

Make: TypeAlias = Callable[[dict[str, str]], Catalogue]
FOLDER = "years/2031/pipe-days"
HEAD = "Pipe Days 2031 – Day 1 – Session 1\n\n"
NOTE = f"{HEAD}Of pipes – Ana Ruiz\n\n• Text\n"


def test_files_elsewhere_do_not_count(catalogue_of: Make) -> None:
    catalogue = catalogue_of(
        {
            "README.txt": NOTE,
            "speakers/draft.txt": NOTE,
            "years/drafts/x/one.txt": NOTE,
            f"{FOLDER}/.one.txt.swp": NOTE,
            f"{FOLDER}/.hidden.txt": NOTE,
            f"{FOLDER}/photo.jpg": "",
        }
    )
    assert not catalogue.notes
    assert catalogue.problems == ()


def test_a_note_beside_the_events_of_a_year_is_an_error(catalogue_of: Make) -> None:
    [problem] = catalogue_of({"years/2031/one.txt": NOTE}).problems
    assert (problem.path, problem.code) == ("years/2031/one.txt", "misplaced-note")


def test_an_empty_project_has_an_empty_catalogue(tmp_path: Path) -> None:
    assert not load(tmp_path).notes


@pytest.mark.parametrize(
    ("one", "two"),
    [
        (f"{FOLDER}/one.md", f"{FOLDER}/one.txt"),
        (f"{FOLDER}/One.txt", f"{FOLDER}/one.txt"),
        (f"{FOLDER}/index.md", f"{FOLDER}/index.txt"),
        (f"{FOLDER}/one.txt", "years/2031/Pipe-Days/one.txt"),
    ],
)
def test_two_files_of_one_page_are_an_error(catalogue_of: Make, one: str, two: str) -> None:
    catalogue = catalogue_of({one: NOTE, two: NOTE})
    assert "same-page" in [problem.code for problem in catalogue.problems]


@pytest.mark.parametrize(
    ("front", "place"),
    [
        ("name: [", (3, 1)),
        ("name: {a: b}", (2, 7)),
        ("- name", (2, 1)),
        ("aliases: [[a]]", (2, 11)),
        ("name: a\nlinks: me", (3, 8)),
    ],
    ids=["unclosed", "mapping", "list", "nested", "links"],
)
def test_broken_front_matter_is_an_error_at_its_place(
    catalogue_of: Make, front: str, place: tuple[int, int]
) -> None:
    [problem] = catalogue_of({"speakers/ana.md": f"---\n{front}\n---\n# Ana\n"}).problems
    assert problem.code == "bad-page-header"
    assert (problem.line, problem.column) == place


def test_front_matter_nested_beyond_reason_is_an_error(catalogue_of: Make) -> None:
    catalogue = catalogue_of({"speakers/ana.md": f"---\na: {'[' * 9000}\n---\n# Ana\n"})
    assert [problem.code for problem in catalogue.problems] == ["bad-page-header"]
    assert catalogue.people["ana"].name == "Ana"


def test_values_are_taken_as_typed(catalogue_of: Make) -> None:
    catalogue = catalogue_of({"topics/no.md": "---\ntitle: No\nphrases: [2016, on]\n---\n"})
    assert catalogue.topics["no"].title == "No"
    assert catalogue.topics["no"].phrases == ("2016", "on")


def test_a_heading_in_a_code_block_is_none(catalogue_of: Make) -> None:
    catalogue = catalogue_of({"topics/sh.md": "```sh\n# a comment\n```\n\n# Shells\n"})
    assert catalogue.topics["sh"].title == "Shells"


def anchors(catalogue: Catalogue) -> dict[str, str]:
    return {talk.node_id: talk.talk.body[0].items[0].text for talk in catalogue.talks}  # type: ignore[union-attr]


def test_anchors_do_not_depend_on_the_order_of_talks(catalogue_of: Make) -> None:
    talks = [
        "Questions – Ana Ruiz\n\n• of Ana\n\n",
        "Questions – Bo Li\n\n• of Bo\n\n",
        "Questions – Bo Li\n\n• of Bo again\n\n",
        "Of pipes – Cleo Diaz\n\n• of Cleo\n\n",
    ]
    one = anchors(catalogue_of({f"{FOLDER}/one.txt": HEAD + "".join(talks)}))
    two = anchors(catalogue_of({f"{FOLDER}/one.txt": HEAD + "".join(reversed(talks))}))
    assert len(one) == 4
    assert one == two
    assert one["of-pipes"] == "of Cleo"


def test_what_other_notes_know_does_not_depend_on_names_of_files(catalogue_of: Make) -> None:
    sure = f"{HEAD}Valves\nSpeakers: Merritt Stone\n\n• Text\n"
    unsure = f"{HEAD}Merritt Stone – Rain and Iron\n\n• Text\n"
    one = catalogue_of({f"{FOLDER}/a.txt": sure, f"{FOLDER}/b.txt": unsure})
    two = catalogue_of({f"{FOLDER}/b.txt": sure, f"{FOLDER}/a.txt": unsure})
    assert sorted(t.title for t in one.talks) == sorted(t.title for t in two.talks)


def test_the_cache_changes_nothing(tmp_path: Path, catalogue_of: Make) -> None:
    plain = catalogue_of({f"{FOLDER}/one.txt": NOTE, "speakers/ana-ruiz.md": "# Ana Ruiz\n"})
    cache = tmp_path / "kept" / "notes"
    for _ in range(2):
        assert load(tmp_path, cache=cache).notes == plain.notes
    (tmp_path / FOLDER / "one.txt").write_text(NOTE.replace("Text", "Other"), encoding="utf-8")
    assert load(tmp_path, cache=cache).notes == load(tmp_path).notes


@pytest.mark.parametrize("damage", [b"", b"\x80", b"cposix\nsystem\n", b"N."])
def test_a_damaged_cache_is_ignored(tmp_path: Path, catalogue_of: Make, damage: bytes) -> None:
    plain = catalogue_of({f"{FOLDER}/one.txt": NOTE})
    cache = tmp_path / "notes"
    cache.write_bytes(damage)
    assert load(tmp_path, cache=cache).notes == plain.notes
    assert cache.read_bytes() != damage
