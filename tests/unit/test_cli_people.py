"""``confnotes people``: what it says of names, and what it writes."""

from __future__ import annotations

from pathlib import Path

import pytest
from confnotes.catalogue import load_catalogue
from confnotes.cli import main
from confnotes.lint.identity_edits import add_alias

pytestmark = pytest.mark.usefixtures("project")

KETTLES = "years/2031/kettle-days/monday.txt"
HOPS, YEAST = "years/2015/hop-fest/day-1.txt", "years/2016/hop-fest/day-1.md"
FILES = {
    "conf.py": "",
    "topics/hops.md": "---\nphrases: [hops]\n---\n",
    "topics/kettles.md": "---\nphrases: [kettle]\n---\n",
    KETTLES: (
        "Kettle Days 2031 – Monday\n\n"
        "Kettles – Ana Ruiz (Acme) and Bo Li\n\n• a kettle\n\n"
        "More kettles\nSpeakers: Benjamin Okafor, Bo Li\n\n• a kettle\n\n"
        "Small kettles\nSpeaker: Ben Okafor\n\n• a kettle\n"
    ),
    HOPS: "Hop Fest 2015 – Day 1\n\nAna Ruiz (Hops Ltd)\n\n• hops\n",
    YEAST: "# Hop Fest 2016 – Day 1\n\n## Yeast – **Ana Ruiz**\n\n- hops\n",
}


def said(capsys: pytest.CaptureFixture[str], *options: str, status: int = 0) -> list[str]:
    assert main(["people", *options]) == status
    shown = capsys.readouterr()
    return (shown.err if status == 2 else shown.out).splitlines()


def test_names_in_doubt_are_listed_with_evidence_and_command(
    capsys: pytest.CaptureFixture[str],
) -> None:
    merge, merging, split, splitting = said(capsys, status=1)
    assert merge == (
        "‘Ben Okafor’ may be ‘Benjamin Okafor’: the same family name, first names alike; "
        "talks: 1 of 2031 and 1 of 2031; both on Kettles; both at Kettle Days"
    )
    assert merging == "  confnotes people --merge 'Ben Okafor' 'Benjamin Okafor'"
    elsewhere = said(capsys, "--root", str(Path.cwd()), status=1)[1]
    assert elsewhere == f"  confnotes people --root {Path.cwd()} {merging.partition('people ')[2]}"
    assert split == (
        "‘Ana Ruiz’ may be two people: 1 talk of 2031 on Kettles (Acme) and "
        "2 talks of 2015–2016 on Hops (Hops Ltd) have nothing in common"
    )
    assert splitting == f"  confnotes people --split 'Ana Ruiz' ana-ruiz-acme {KETTLES}:3"


def test_years_apart_are_evidence_where_no_talk_has_a_topic(
    capsys: pytest.CaptureFixture[str],
) -> None:
    for path in Path("topics").iterdir():
        path.unlink()
    assert [line[:32] for line in said(capsys, status=1)[2::2]] == [
        "‘Ana Ruiz’ may be two people: 1 "
    ]


def test_a_merge_writes_an_alias_and_is_asked_about_no_more(
    capsys: pytest.CaptureFixture[str],
) -> None:
    page = "speakers/benjamin-okafor.md"
    assert said(capsys, "--merge", "Ben Okafor", "Benjamin Okafor") == [page, page]
    assert Path(page).read_text() == "---\naliases: [Ben Okafor]\nname: Benjamin Okafor\n---\n"
    assert not any("Okafor" in line for line in said(capsys, status=1))


@pytest.mark.parametrize(
    ("page", "merged"),
    [
        ("# B\n", "---\naliases: [B. O]\n---\n# B\n"),
        ("---\nname: B\n---\n", "---\naliases: [B. O]\nname: B\n---\n"),
        ("---\naliases: []\n---\n", "---\naliases: [B. O]\n---\n"),
        ("---\naliases: [A, 'C: d'] # x\n---\n", "---\naliases: [A, 'C: d', B. O] # x\n---\n"),
        ("---\naliases: A\nsort: B\n---\n", "---\naliases: [A, B. O]\nsort: B\n---\n"),
        ("---\naliases:\n  - A\n  - C\nsort: B\n---\n",
         "---\naliases:\n  - A\n  - C\n  - B. O\nsort: B\n---\n"),
        ("---\r\naliases:\r\n- A\r\n---\r\n", "---\r\naliases:\r\n- A\r\n- B. O\r\n---\r\n"),
        ("---\naliases:\n  [A,\n   C]\n---\n", None),
    ],
    ids=repr,
)  # fmt: skip
def test_an_alias_is_written_in_the_form_of_the_page(page: str, merged: str | None) -> None:
    path = Path("bo.md")
    path.write_bytes(page.encode())
    assert add_alias(Path(), "bo.md", "B. O") is (merged is not None)
    assert path.read_bytes().decode() == (merged or page)


def test_a_split_writes_two_pages_and_ids_and_nothing_else(
    capsys: pytest.CaptureFixture[str],
) -> None:
    before = {path: Path(path).read_text() for path in (KETTLES, HOPS, YEAST)}
    written = said(capsys, "--split", "Ana Ruiz", "ana-ruiz-brewer", "years/2015", YEAST)
    assert written == [
        "speakers/ana-ruiz-brewer.md", "speakers/ana-ruiz.md", HOPS, YEAST, KETTLES,
    ]  # fmt: skip
    for path, person in (
        (KETTLES, "ana-ruiz"),
        (HOPS, "ana-ruiz-brewer"),
        (YEAST, "ana-ruiz-brewer"),
    ):
        text = Path(path).read_text()
        assert text.replace(f" [{person}]", "") == before[path]
        assert text.count(f"[{person}]") == 1
    catalogue = load_catalogue(Path())
    assert len(catalogue.talks_by_person["ana-ruiz-brewer"]) == 2
    assert len(catalogue.talks_by_person["ana-ruiz"]) == 1
    assert not any("Ana" in line for line in said(capsys, status=1))


def test_a_line_that_would_be_read_otherwise_is_left(capsys: pytest.CaptureFixture[str]) -> None:
    Path(HOPS).write_text("Hop Fest 2015 – Day 1\n\nHops\nSpeaker: Ruiz, Ana\n\n• hops\n")
    before = Path(HOPS).read_bytes()
    said(capsys, "--split", "Ana Ruiz", "ana-ruiz-brewer", HOPS, status=1)
    assert Path(HOPS).read_bytes() == before


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--merge", "Ana Ruis", "Bo Li"], "nobody is called ‘Ana Ruis’; did you mean ‘Ana Ruiz’?"),
        (["--merge", "Bo Li", "bo li"], "‘Bo Li’ and ‘bo li’ are one person already"),
        (["--split", "Ana Ruiz", "Ana", HOPS], "‘Ana’ is no id; type it as ‘ana-ruiz-…’"),
        (["--split", "Bo Li", "bo-li-b", HOPS], f"‘Bo Li’ has no talk at {HOPS}"),
        (["--split", "Bo Li", "b-l"], "type --split NAME ID PLACE…, --merge NAME INTO, or nothing"),
    ],
)  # fmt: skip
def test_what_cannot_be_done_is_told(
    options: list[str], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert said(capsys, *options, status=2) == [f"confnotes: {message}"]
    assert not Path("speakers").exists()
