"""``confnotes mv``: a page moves, its old address leads on, and references follow."""

from __future__ import annotations

from pathlib import Path

import pytest
from confnotes.cli import main

NOTE = "years/2031/kettle-days/day-1.txt"
FILES = {
    "conf.py": "",
    "index.md": "# Tea\n\n```{toctree}\n:hidden:\nguide\ntopics/tea\n```\n",
    "guide.md": """\
# Guide

{topic}`tea`, {topic}`the leaf <tea>`, {topic}`Hot tea`, {speaker}`tea`, {doc}`topics/tea`,
{doc}`/topics/tea`, [tea](topics/tea.md#green), [tea](topics/tea.html), tea, topics/teapot,
{talk}`years/2031/kettle-days/day-1#queues`, [notes](years/2031/kettle-days/day-1.txt)

[leaf]: /topics/tea.md
""",
    "topics/tea.md": "---\ntitle: Hot tea\n---\n\n# Hot tea\n\n[pots](pots.md)\n",
    "topics/pots.md": "---\ntitle: Pots\nparent: tea\n---\n\n# Pots\n\nSee [tea](tea.md).\n",
    "speakers/bo-larsson.md": "---\nname: Bo Larsson\n---\n",
    NOTE: """\
Kettle Days 2031 – Day 1

Queues that never fill – Ina Vik
Topics: tea, Pots

• They said Topics: tea
""",
    "redirects.txt": "# moved\ntopics/leaves topics/tea#green\ntopics/drinks topics/pots\n",
}


def read(path: str) -> str:
    return Path(path).read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("topics/tea", "topics/drinks"),
        ("topics/tea.md", "topics/drinks.md"),
        ("/topics/tea.html", "topics/drinks.html"),
    ],
)
def test_a_topic(project: Path, old: str, new: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["mv", old, new]) == 0
    assert capsys.readouterr().out == "topics/drinks.md\n"
    assert not Path("topics/tea.md").exists()
    assert read("topics/drinks.md") == FILES["topics/tea.md"]
    assert read("topics/pots.md") == FILES["topics/pots.md"].replace("tea\n", "drinks\n").replace(
        "tea.md", "drinks.md"
    )
    assert read("index.md") == FILES["index.md"].replace("topics/tea", "topics/drinks")
    assert (
        read("guide.md")
        == """\
# Guide

{topic}`drinks`, {topic}`the leaf <drinks>`, {topic}`Hot tea`, {speaker}`tea`, {doc}`topics/drinks`,
{doc}`/topics/drinks`, [tea](topics/drinks.md#green), [tea](topics/drinks.html), tea, topics/teapot,
{talk}`years/2031/kettle-days/day-1#queues`, [notes](years/2031/kettle-days/day-1.txt)

[leaf]: /topics/drinks.md
"""
    )
    assert read(NOTE) == FILES[NOTE].replace("Topics: tea, Pots", "Topics: drinks, Pots")
    assert read("redirects.txt") == (
        "# moved\ntopics/leaves topics/drinks#green\n\ntopics/tea topics/drinks\n"
    )
    assert main(["check", "redirects.txt"]) == 0


def test_the_last_move_from_an_address_counts(project: Path) -> None:
    assert main(["mv", "topics/leaves", "topics/pots"]) == 0
    assert read("redirects.txt").splitlines()[1:] == [
        "",
        "topics/drinks topics/pots",
        "topics/leaves topics/pots",
    ]


def test_a_name_with_a_blank(project: Path) -> None:
    assert main(["mv", "topics/tea", "topics/hot tea"]) == 0
    assert read("redirects.txt").splitlines()[1:] == [
        "topics/leaves topics/hot%20tea#green",
        "topics/drinks topics/pots",
        "topics/tea topics/hot%20tea",
    ]
    assert main(["check", "redirects.txt"]) == 0


def test_a_note(project: Path) -> None:
    assert main(["mv", NOTE, "years/2032/pot-days/monday"]) == 0
    assert read("years/2032/pot-days/monday.txt") == FILES[NOTE]
    assert not Path(NOTE).exists()
    assert "{talk}`years/2032/pot-days/monday#queues`" in read("guide.md")
    assert "[notes](years/2032/pot-days/monday.txt)" in read("guide.md")
    last = read("redirects.txt").splitlines()[-1]
    assert last == "years/2031/kettle-days/day-1 years/2032/pot-days/monday"


@pytest.mark.parametrize(
    ("old", "new", "moved"),
    [
        ("kettle-days/day-3", "kettle-days/last", "kettle-days/last.TXT"),
        ("kettle-days", "tea-days", "tea-days/day-3.TXT"),
    ],
)
def test_a_suffix_stays_as_it_is_typed(project: Path, old: str, new: str, moved: str) -> None:
    Path("years/2031/kettle-days/day-3.TXT").write_text(FILES[NOTE], encoding="utf-8")
    Path("guide.md").write_text("[last](/years/2031/kettle-days/day-3.TXT)\n", encoding="utf-8")
    assert main(["mv", f"years/2031/{old}", f"years/2031/{new}"]) == 0
    assert read(f"years/2031/{moved}") == FILES[NOTE]
    assert read("guide.md") == f"[last](/years/2031/{moved})\n"


def test_links_of_a_note_that_moves_lead_where_they_did(project: Path) -> None:
    folder = Path("years/2031/kettle-days")
    (folder / "day-2.md").write_text(
        "# Kettle Days 2031 – Day 2\n\n[1](day-1.txt) [t](/x) [h](#a)\n"
    )
    assert main(["mv", f"{folder}/day-2.md", "years/2031/pot-days/day-2.md"]) == 0
    text = read("years/2031/pot-days/day-2.md")
    assert "[1](../kettle-days/day-1.txt) [t](/x) [h](#a)" in text


def test_a_speaker_without_a_page_gets_one(project: Path) -> None:
    assert main(["mv", "speakers/ina-vik", "speakers/ina-vik-larsson"]) == 0
    assert read("speakers/ina-vik-larsson.md") == "---\nname: Ina Vik\n---\n"
    assert read("redirects.txt").endswith("speakers/ina-vik speakers/ina-vik-larsson\n")
    assert main(["check", "redirects.txt"]) == 0


def test_ids_after_a_name_follow_a_speaker(project: Path) -> None:
    note = project / "years/2031/kettle-days/ids.txt"
    text = "Kettle Days 2031 – Day 2\n\nBo Larsson [bo-larsson]: Kettles [bo]\n\n• tea\n"
    note.write_text(text, encoding="utf-8")
    assert main(["mv", "speakers/bo-larsson", "speakers/bo-larsson-cook"]) == 0
    assert note.read_text(encoding="utf-8") == text.replace("[bo-larsson]", "[bo-larsson-cook]")


def test_what_was_moved_by_hand_gets_its_redirect(project: Path) -> None:
    Path("topics/tea.md").rename("topics/drinks.md")
    assert main(["mv", "topics/tea", "topics/drinks"]) == 0
    assert "topics/tea topics/drinks\n" in read("redirects.txt")
    assert "[tea](topics/drinks.md#green)" in read("guide.md")


def test_a_talk_gets_its_redirect(project: Path) -> None:
    old, new = "years/2031/kettle-days/day-1#queues", "years/2031/kettle-days/day-1#lines"
    assert main(["mv", old, new]) == 0
    assert read("redirects.txt").endswith(f"{old} {new}\n")
    assert f"{{talk}}`{new}`" in read("guide.md")
    assert read(NOTE) == FILES[NOTE]


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (
            "topics/tee",
            "topics/x",
            "there is no note, event, topic or speaker ‘topics/tee’; did you mean",
        ),
        ("topics/tea", "topics/pots", "there is ‘topics/pots’ already; choose another place"),
        ("topics/tea", "speakers/tea", "‘speakers/tea’ is no place for it; write topics/<name>"),
        ("topics/tea", "topics/a/b", "‘topics/a/b’ is no place for it; write topics/<name>"),
        (NOTE, "years/2031/day-1", "write years/<year>/<event>/<note>"),
        (NOTE, "../day-1", "‘../day-1’ is no place for it"),
        ("topics/tea", 'topics/a"b', 'the name has ‘"’'),
        ("topics/tea", "topics/.tea", "begins with a dot is not read; choose another name"),
        (NOTE, "years/2031/.kettle/day-1", "begins with a dot is not read; choose another name"),
        ("topics/tea", "topics/data:tea", "is a scheme in an address; choose another name"),
        ("index.md", "years/2031/a/b", "is no note, event, topic or speaker; these can be moved"),
    ],
)
def test_what_cannot_be_moved(
    project: Path, old: str, new: str, message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["mv", old, new]) == 2
    assert message in capsys.readouterr().err
    assert {path: read(path) for path in FILES} == FILES


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("years/2031/kettle-days", "years/2032/tea-days"),
        ("years/2031/kettle-days/index.md", "years/2032/tea-days/index.md"),
    ],
)
def test_an_event_moves_with_its_notes(
    project: Path, old: str, new: str, capsys: pytest.CaptureFixture[str]
) -> None:
    index = "---\nname: Kettle Days 2031\n---\n[one](day-1.txt), [tea](../../../topics/tea.md)\n"
    Path("years/2031/kettle-days/index.md").write_text(index, "utf-8")
    roles = (
        "{event}`2031/kettle-days`, {event}`a <2031/kettle-days/day-2031-03-03>`, "
        "{event}`2031/kettle`\n"
    )
    Path("guide.md").write_text(FILES["guide.md"] + roles, "utf-8")
    assert main(["mv", old, new]) == 0
    assert capsys.readouterr().out == "years/2032/tea-days\n"
    assert not Path("years/2031/kettle-days").exists()
    assert read("years/2032/tea-days/day-1.txt") == FILES[NOTE]
    assert read("years/2032/tea-days/index.md") == index
    guide = read("guide.md")
    assert "[notes](years/2032/tea-days/day-1.txt)" in guide
    assert "{talk}`years/2032/tea-days/day-1#queues`" in guide
    assert guide.endswith(
        "{event}`2032/tea-days`, {event}`a <2032/tea-days/day-2031-03-03>`, {event}`2031/kettle`\n"
    )
    assert read("redirects.txt").splitlines()[-2:] == [
        "years/2031/kettle-days/day-1 years/2032/tea-days/day-1",
        "years/2031/kettle-days/index years/2032/tea-days/index",
    ]


@pytest.mark.parametrize("new", ["years/2031/a/b", "topics/a", "years/x/a", "years/2031/.."])
def test_an_event_moves_to_the_folder_of_one(project: Path, new: str) -> None:
    assert main(["mv", "years/2031/kettle-days", new]) == 2
    assert read(NOTE) == FILES[NOTE]
