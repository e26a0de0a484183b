"""What each kind of page says, as MyST text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from gettext import NullTranslations
from typing import TypeAlias

import pytest
from confnotes.body import Paragraph
from confnotes.catalogue import Catalogue
from confnotes.pages import build_page, docnames, i18n, split_notes, year_pages, yearly_talks
from confnotes.pages import speaker_pages as speakers_module
from confnotes.pages.mentions import people_mentioned_in
from confnotes.pages.navigation import navigation_for
from confnotes.pages.page_model import (
    Container,
    Fold,
    List,
    PageBlock,
    Section,
    iter_external_urls,
)
from confnotes.pages.related import related_talks

from tests.page_text import render_myst

Make: TypeAlias = Callable[[dict[str, str]], Catalogue]
FOLDER = "years/2031/pipe-days"
FILES = {
    f"{FOLDER}/index.md": "---\nname: Pipe Days 2031\nstart: 2031-03-03\nend: 2031-03-05\n"
    "place: Lyon\nurl: https://pipes.example.org\n---\n# Pipe Days 2031\n",
    f"{FOLDER}/one.txt": """Pipe Days 2031 – Monday – Session 1

Queues that never fill – Ana Ruiz

• A queue is a *pipe*
  • twice a day

Valves, with care
Speakers: Bo Li, Ana Ruíz
Topics: Water
Slides: https://slides.example.org/v
Kind: workshop

• Open slowly
""",
    f"{FOLDER}/two.txt": "Pipe Days 2031 – Tuesday – Session 1\n\nCooper Vane – Acme\n\n• Water\n",
    "years/2030/pipe-days/old.txt": "Pipe Days 2030 – Day 1 – Session 1\n\n"
    "Old queues – Ana Ruiz\n\n• None\n",
    "speakers/ana-ruiz.md": "---\nlinks:\n  Blog: https://ana.example.org\n---\n# Ana Ruiz\n",
    "topics/queues.md": "---\nphrases: [queue, queues]\nparent: water\n---\n# Queues\n",
    "topics/water.md": "---\nphrases: [water]\n---\n# Water\n",
}


@pytest.fixture
def catalogue(catalogue_of: Make) -> Catalogue:
    return catalogue_of(FILES)


def text(catalogue: Catalogue, docname: str) -> str:
    return render_myst(build_page(catalogue, docname))


def test_every_page_can_be_made(catalogue: Catalogue) -> None:
    names = docnames(catalogue)
    assert len(set(names)) == len(names)
    for docname in names:
        made = build_page(catalogue, docname)
        assert made.docname == docname
        assert made.title
        assert made.description
        assert build_page(catalogue, docname) == made


def test_every_page_is_below_another_but_the_front_page(catalogue: Catalogue) -> None:
    names = docnames(catalogue)
    below = [name for docname in names for name in build_page(catalogue, docname).children]
    assert sorted(below) == sorted(set(names) - {"index"})


def test_a_project_without_notes_has_no_pages(catalogue_of: Make) -> None:
    assert docnames(catalogue_of({"index.md": "# Home\n"})) == ()


def test_a_note_says_where_and_when(catalogue: Catalogue) -> None:
    shown = text(catalogue, f"{FOLDER}/one")
    assert shown.startswith("# Pipe Days 2031 – Monday – Session 1\n")
    assert "Monday\\, 3 March 2031" in shown
    assert "· Lyon" in shown


def test_a_note_of_several_talks_says_how_many(catalogue: Catalogue) -> None:
    assert "[2 talks]{.conf-contents}" in text(catalogue, f"{FOLDER}/one")
    assert "conf-contents" not in text(catalogue, f"{FOLDER}/two")


def test_an_event_says_how_many_talks_it_has_and_on_what(catalogue: Catalogue) -> None:
    shown = text(catalogue, f"{FOLDER}/index")
    assert "· 3\N{NO-BREAK SPACE}talks" in shown
    topics = shown[shown.index("## Topics") :]
    assert topics.index("`Water <water>` [\\(2\\)]") < topics.index("`Queues <queues>`")


def test_a_talk_is_a_section_with_its_anchor(catalogue: Catalogue) -> None:
    shown = text(catalogue, f"{FOLDER}/one")
    assert "{#queues-that-never-fill .conf-talk}\n## Queues that never fill" in shown
    assert "- A queue is a \\*pipe\\*\n  \n  - twice a day" in shown


def test_a_talk_shows_names_as_typed_and_leads_to_the_person(catalogue: Catalogue) -> None:
    shown = text(catalogue, f"{FOLDER}/one")
    assert "{conf:speaker}`Ana Ruíz <ana-ruiz>`" in shown


def test_a_talk_shows_kind_topics_and_materials(catalogue: Catalogue) -> None:
    shown = text(catalogue, f"{FOLDER}/one")
    assert "[Workshop]{.conf-kind}" in shown
    assert "**Topics\\:** {conf:topic}`Water <water>`" in shown
    assert "[Slides](<https\\:\\/\\/slides\\.example\\.org\\/v>)" in shown


def test_an_unknown_topic_is_shown_all_the_same(catalogue_of: Make) -> None:
    note = FILES[f"{FOLDER}/one.txt"].replace("Topics: Water", "Topics: Steam, Steam")
    shown = text(catalogue_of({**FILES, f"{FOLDER}/one.txt": note}), f"{FOLDER}/one")
    assert "**Topics\\:** Steam\n" in shown


def test_a_speaker_has_talks_topics_and_company(catalogue: Catalogue) -> None:
    shown = text(catalogue, "speakers/ana-ruiz")
    assert "[Blog](<https" in shown
    assert "## 3 talks" in shown
    assert shown.index("Queues that never fill") < shown.index("Old queues")
    assert "[ with {conf:speaker}`Bo Li <bo-li>`]{.conf-by}" in shown
    assert "{conf:topic}`Queues <queues>` [\\(2\\)]" in shown
    assert "## Spoke with" in shown


def test_a_speaker_of_one_talk_has_talks_like_it(catalogue_of: Make) -> None:
    new = {
        f"{FOLDER}/one.txt": f"{FILES[f'{FOLDER}/one.txt']}\n\nPumps – Ina Vik\n\n• a queue\n",
        "years/2030/pipe-days/old.txt": "Pipe Days 2030 – Day 1\n\nTaps – Ida Ek\n\n• a queue\n",
    }
    catalogue = catalogue_of({**FILES, **new})
    assert "## Related talks" in text(catalogue, "speakers/ina-vik")
    assert "Related talks" not in text(catalogue, "speakers/ana-ruiz")


def test_a_written_page_keeps_its_own_heading(catalogue: Catalogue) -> None:
    made = build_page(catalogue, "speakers/ana-ruiz")
    assert made.has_prose
    assert not render_myst(made).startswith("# ")
    assert not build_page(catalogue, "speakers/bo-li").has_prose


def test_a_topic_shows_the_line_that_gave_it(catalogue: Catalogue) -> None:
    shown = text(catalogue, "topics/water")
    assert "said by its note\\: Water" in shown
    assert "{.conf-reason}\n  **Water**" in shown
    assert "[Narrower\\: {conf:topic}`Queues <queues>`]{.conf-hierarchy}" in shown
    assert "[Part of\\: {conf:topic}`Water <water>`]{.conf-hierarchy}" in text(
        catalogue, "topics/queues"
    )


def test_a_topic_has_speakers_and_neighbours(catalogue_of: Make) -> None:
    note = FILES[f"{FOLDER}/one.txt"].replace("*pipe*", "water pipe")
    shown = text(catalogue_of({**FILES, f"{FOLDER}/one.txt": note}), "topics/water")
    assert "{conf:speaker}`Ana Ruiz <ana-ruiz>` [\\(3\\)]" in shown
    assert "## Related topics\n\n{.conf-counts}\n- {conf:topic}`Queues <queues>`" in shown


def test_a_topic_shows_the_words_around_a_phrase_in_a_long_line(catalogue_of: Make) -> None:
    line = f"• {'before ' * 40}water {'after ' * 40}end"
    note = f"Pipe Days 2031 – Friday\n\nLong talk – Bo Li\n\n{line}\n"
    shown = text(catalogue_of({**FILES, f"{FOLDER}/long.txt": note}), "topics/water")
    [around] = re.findall(r"… ((?:before )+)\*\*water\*\*((?: after)+) …", shown)
    assert all(100 < len(part) <= 120 for part in around)


def test_related_talks_share_rare_topics_and_are_in_other_notes(catalogue_of: Make) -> None:
    talk = "Pumps – Ana Ruiz\nTopics: {}\n\n• text\n"
    topics = {2029: "Queues, Water", 2030: "Queues, Water", 2031: "Water", 2032: "Queues, Water"}
    notes = {
        f"years/{year}/pipe-days/a.txt": f"Pipe Days {year} – Day 1\n\n{talk.format(named)}"
        for year, named in topics.items()
    }
    notes["years/2030/pipe-days/a.txt"] += "\nValves – Bo Li\nTopics: Queues\n"
    pages = {name: page for name, page in FILES.items() if name.startswith("topics/")}
    related = related_talks(catalogue_of({**notes, **pages}))["years/2030/pipe-days/a#pumps"]
    assert [(one.talk.docname[6:10], one.topics) for one in related] == [
        ("2029", ("queues", "water")),
        ("2032", ("queues", "water")),
        ("2031", ("water",)),
    ]


def test_a_rare_topic_relates_talks_more_than_two_common_ones(catalogue_of: Make) -> None:
    named = {"a": "Rust, Ice, Tea", "b": "Ice, Tea", "c": "Rust"} | dict.fromkeys(
        "defg", "Ice, Tea"
    )
    notes = {
        f"years/2031/pipe-days/{name}.txt": f"Pumps {name} – Ana Ruiz\nTopics: {topics}\n\n• x\n"
        for name, topics in named.items()
    }
    pages = {f"topics/{name.lower()}.md": f"# {name}\n" for name in ("Rust", "Ice", "Tea")}
    first, *_others = related_talks(catalogue_of({**notes, **pages}))[f"{FOLDER}/a#pumps-a"]
    assert first.talk.docname == f"{FOLDER}/c"


def test_a_page_lists_related_talks_once_the_nearest_of_each_first(catalogue_of: Make) -> None:
    talk = "\nPumps {} – Ana Ruiz\nTopics: {}\n• text\n"
    topics = {"wet": "Water", "dry": "Queues"}
    notes = {
        f"years/{year}/pipe-days/a.txt": f"Pipe Days {year} – Day 1\n"
        + "".join(talk.format(f"{name} {year}", topic) for name, topic in topics.items())
        for year in range(2028, 2033)
    }
    pages = {name: page for name, page in FILES.items() if name.startswith("topics/")}
    _talks, _heading, shown = text(
        catalogue_of({**notes, **pages}), "years/2030/pipe-days/a"
    ).partition("## Related talks")
    titles = re.findall(r"{conf:talk}`Pumps (\w+) (\d+) <", shown)
    assert len(titles) == len(set(titles)) == 6
    assert {topic for topic, _year in titles[:2]} == {"wet", "dry"}


def test_a_topic_does_not_say_a_title_twice(catalogue: Catalogue) -> None:
    shown = text(catalogue, "topics/queues")
    assert shown.count("Queues that never fill") == 1
    assert "{conf:talk}`Queues that never fill <" in shown


def test_an_event_is_told_by_day(catalogue: Catalogue) -> None:
    shown = text(catalogue, f"{FOLDER}/index")
    assert "3–5 March 2031 · Lyon" in shown
    assert "{#day-2031-03-03}\n## Monday\\, 3 March 2031" in shown
    assert f"{{std:doc}}`Session 1 </{FOLDER}/one>`" in shown
    assert "Other editions" in shown


def test_a_year_lists_its_events(catalogue: Catalogue) -> None:
    assert "{conf:event}`Pipe Days 2031 <2031/pipe-days>`" in text(catalogue, "years/2031/index")
    index = text(catalogue, "years/index")
    assert index.index("## {std:doc}`2031") < index.index("## {std:doc}`2030")


def test_a_year_has_the_days_of_its_events_and_counts_talks(catalogue: Catalogue) -> None:
    shown = text(catalogue, "years/2031/index")
    monday = shown.index("{conf:event}`Monday, 3 March 2031 <2031/pipe-days/day-2031-03-03>`")
    assert monday < shown.index("Queues that never fill") < shown.index("Tuesday, 4 March")
    assert "· 3\N{NO-BREAK SPACE}talks" in shown


def test_bars_lead_to_the_talks_of_a_year(catalogue_of: Make) -> None:
    older = "Pipe Days 2029 – Day 1\n\nFirst pipes – Ana Ruiz\n\n• None\n"
    catalogue = catalogue_of({**FILES, "years/2029/pipe-days/older.txt": older})
    shown = text(catalogue, "speakers/ana-ruiz")
    assert "- [2]{.conf-bar .conf-bar-10} {conf:speaker}`2031 <ana-ruiz/2031>`" in shown
    named = {one.name: one.node_id for one in build_page(catalogue, "speakers/ana-ruiz").objects}
    assert named["ana-ruiz/2031"] == "in-2031"
    assert "{#in-2031 .conf-year}\n### 2031" in shown


def test_two_years_need_no_bars(catalogue: Catalogue) -> None:
    for docname in ("index", "years/index", "speakers/ana-ruiz", "topics/water"):
        assert "conf-bar" not in text(catalogue, docname)


def test_the_title_of_a_note_begins_with_its_event(catalogue_of: Make) -> None:
    titles = {
        "Pipe Days 2031 – Monday – Session 1": "Pipe Days 2031 – ",
        "pipe days 2031: 2031-03-04": "pipe days 2031: 4 March 2031",
        "Pipe Days 2031": "Pipe Days 2031",
        "Pipe Days 20310": "",
        "Monday": "",
    }
    notes = {
        f"{FOLDER}/n{at}.md": f"---\ntitle: '{title}'\nevent: Pipe Days 2031\n"
        "date: 2031-03-04\n---\n## Pipes – Ana Ruiz\n\n- None\n"
        for at, title in enumerate(titles)
    }
    catalogue = catalogue_of({**FILES, **notes})
    leads = [build_page(catalogue, name.removesuffix(".md")).lead for name in notes]
    assert leads == list(titles.values())


def test_cells_lead_to_the_talks_of_a_topic_in_a_year(catalogue: Catalogue) -> None:
    shown = text(catalogue, "topics/index")
    assert "[{conf:topic}`2 <queues/2031>`]{.conf-shade" not in shown
    assert "[{conf:topic}`1 <queues/2031>`]{.conf-shade" in shown
    assert "queues/2031" in {one.name for one in build_page(catalogue, "topics/queues").objects}


def test_a_topic_counts_the_talks_of_narrower_ones_once(catalogue_of: Make) -> None:
    files = {**FILES, "topics/pumps.md": "---\nphrases: [fill]\nparent: water\n---\n# Pumps\n"}
    catalogue = catalogue_of(files)
    names = [talk.object_name for talk in catalogue.talks_under_topic["water"]]
    assert len(names) == len(set(names)) == 4
    assert "{conf:topic}`Water <water>` [\\(4\\)]{.conf-count}" in text(catalogue, "topics/index")
    assert "Queues that never fill" in text(catalogue, "topics/water")


def test_speakers_are_listed_by_family_name(
    catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(speakers_module, "MAX_UNDIVIDED", 2)
    shown = text(catalogue, "speakers/index")
    letters = [line for line in shown.splitlines() if line.startswith("## ")]
    assert letters == ["## Heard most", "## L", "## R", "## V"]
    heard = shown[: shown.index("## L")]
    assert "{conf:speaker}`Ana Ruiz <ana-ruiz>` [\\(3\\)]" in heard
    assert "Bo Li" not in heard


def test_few_speakers_are_one_list(catalogue: Catalogue) -> None:
    shown = text(catalogue, "speakers/index")
    assert "\n## " not in shown
    names = re.findall(r"{conf:speaker}`([^<]+) <", shown)
    assert names == ["Bo Li", "Ana Ruiz", "Cooper Vane"]


def test_topics_are_a_tree_with_counts(catalogue: Catalogue) -> None:
    shown = text(catalogue, "topics/index")
    water, queues = "- {conf:topic}`Water <water>`", "  - {conf:topic}`Queues <queues>`"
    assert shown.index(water) < shown.index(queues)


def test_the_front_page_counts_and_shows_the_newest(catalogue: Catalogue) -> None:
    shown = text(catalogue, "index")
    assert "- [4]{.conf-number} talks\n- [3]{.conf-number} {std:doc}`speakers" in shown
    assert shown.index("Tuesday") < shown.index("Monday")
    assert "{conf:topic}`Water <water>` [4]{.conf-count}]{.conf-tile .conf-tile-4}" in shown


def test_a_card_names_the_first_talks_and_how_many_more(catalogue_of: Make) -> None:
    talks = "".join(f"Of pipe {n} – Ana Ruiz\n\n• Drip\n\n" for n in range(5))
    note = f"Pipe Days 2031 – Monday – Session 1\n\n{talks}"
    shown = text(catalogue_of({f"{FOLDER}/one.txt": note}), "index")
    card = shown[shown.index("Newest notes") :]
    assert "Of pipe 2" in card
    assert "Of pipe 3" not in card
    assert f"{{std:doc}}`and 2 more </{FOLDER}/one>`" in card


@pytest.mark.parametrize(
    ("first_line", "shown"),
    [
        ("Pipe Days 2031 – Monday – Session 1", "Monday · Session 1"),
        ("Pipe Days 2031 – 2031-03-04", "4 March 2031"),
        ("Pipe Days 2031 – Notes of the crew", "Notes of the crew"),
    ],
)
def test_a_card_says_nothing_twice(catalogue_of: Make, first_line: str, shown: str) -> None:
    index = f"{FOLDER}/index.md"
    note = f"{first_line}\n\nPipes – Ana Ruiz\n\n• Drip\n"
    made = text(catalogue_of({index: FILES[index], f"{FOLDER}/one.txt": note}), "index")
    [line] = [line for line in made.splitlines() if f"</{FOLDER}/one>" in line]
    assert (
        f"[{{conf:event}}`Pipe Days 2031 <2031/pipe-days>`]{{.conf-event}} {{std:doc}}`{shown} <"
        in line
    )
    assert line.count("4 March") <= 1


def test_a_note_called_like_its_talk_is_named_once(catalogue_of: Make) -> None:
    catalogue = catalogue_of({f"{FOLDER}/one.txt": "Of pipes – Ana Ruiz\n\n• Drip\n"})
    front = text(catalogue, "index")
    assert front[front.index("Newest notes") :].count("Of pipes") == 1
    assert text(catalogue, f"{FOLDER}/index").count("Of pipes") == 1


def test_a_note_is_called_by_what_its_event_does_not_say(catalogue_of: Make) -> None:
    index = f"{FOLDER}/index.md"
    note = "Pipe Days 2031 – 2031-03-04\n\nPipes – Ana Ruiz\n\n• Drip\n"
    catalogue = catalogue_of({index: FILES[index], f"{FOLDER}/one.txt": note})
    assert navigation_for(catalogue, f"{FOLDER}/index").children == (
        (f"{FOLDER}/one", "4 March 2031"),
    )
    event = text(catalogue, f"{FOLDER}/index")
    assert event.count("4 March 2031") == 1
    assert "Pipes" in event


def test_of_very_many_speakers_a_list_names_the_first(catalogue_of: Make) -> None:
    names = ["Ana Ruiz", "Bo Li", "Cy Orr", "Di Moe", "Ed Fox", "Flo Gee", "Gil Hay", "Hal Ives"]
    note = f"Pipe Days 2031\n\n## All the pipes\n\nSpeakers: {', '.join(names)}\n\n- Drip\n"
    shown = text(catalogue_of({f"{FOLDER}/one.txt": note}), f"{FOLDER}/index")
    assert "Flo Gee" in shown
    assert "Gil Hay" not in shown
    assert "and 2 more" in shown


def test_names_in_the_inventory(catalogue: Catalogue) -> None:
    [first, _second] = build_page(catalogue, f"{FOLDER}/one").objects
    assert (first.kind, first.name) == ("talk", f"{FOLDER}/one#queues-that-never-fill")
    person, *_years = build_page(catalogue, "speakers/ana-ruiz").objects
    assert (person.display, person.aliases) == ("Ana Ruiz", ("Ana Ruíz",))
    event, monday, _tuesday = build_page(catalogue, f"{FOLDER}/index").objects
    assert event.name == "2031/pipe-days"
    assert (monday.name, monday.node_id) == ("2031/pipe-days/day-2031-03-03", "day-2031-03-03")
    topic, *_years = build_page(catalogue, "topics/queues").objects
    assert topic.aliases == ("queue", "queues")


def test_many_speakers_are_split_by_letter(
    catalogue_of: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(speakers_module, "MAX_PEOPLE", 2)
    families = ["Adams", "Abel", "Abbot", "Ørsted", "Zhou", "Иванов"]
    pages = {f"speakers/p{n}.md": f"# Ana {family}\n" for n, family in enumerate(families)}
    catalogue = catalogue_of(pages)
    shown = build_page(catalogue, "speakers/index")
    letters = [docname.rpartition("/")[2].partition("-")[0] for docname in shown.children]
    assert letters == ["a", "o", "z", "cyrillic"]
    below = build_page(catalogue, "speakers/letters/a").children
    assert below == ("speakers/letters/ab", "speakers/letters/ad")
    listed = [
        name
        for split in (*below, *shown.children[1:])
        for name in build_page(catalogue, split).children
    ]
    assert len(listed) == len(families)
    above = [title for _, title in navigation_for(catalogue, listed[0]).breadcrumbs]
    assert above == ["Home", "Speakers", "A", "Ab"]


def test_who_is_called_like_a_letter_page_is_on_it(
    catalogue_of: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(speakers_module, "MAX_PEOPLE", 1)
    catalogue = catalogue_of(
        {f"speakers/{f}.md": f"# Bo {f.capitalize()}\n" for f in ("l", "li", "lim")}
    )
    assert build_page(catalogue, "speakers/letters/l").children == (
        "speakers/letters/li",
        "speakers/l",
    )
    assert build_page(catalogue, "speakers/letters/li").children == (
        "speakers/letters/lim",
        "speakers/li",
    )


def test_letters_of_other_scripts_are_below_the_name_of_the_script(
    catalogue_of: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(speakers_module, "MAX_PEOPLE", 1)
    names = {"fang": "王芳", "ivan": "Иван Петров"}
    catalogue = catalogue_of({f"speakers/{f}.md": f"# {name}\n" for f, name in names.items()})
    assert set(build_page(catalogue, "speakers/index").children) == {
        "speakers/letters/cyrillic",
        "speakers/letters/han",
    }


def test_a_block_too_large_for_any_page_has_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(split_notes, "MAX_SIZE", 340)
    large, small = Paragraph(1, "pipe " * 100), Paragraph(2, "valve")
    assert split_notes.body_parts((large, small)) == [(large,), (small,)]


def test_talks_too_large_for_one_page_have_several_each(
    catalogue_of: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(split_notes, "MAX_SIZE", 340)
    lines = [f"Line {n} of the first" for n in range(10)]
    bullets = "".join(f"- {line}\n" for line in lines)
    note = (
        "Pipe Days 2031 – Monday\n\n"
        f"## Pipes\n\nSpeaker: Ana Ruiz\n\n{bullets}\n## Valves\n\nSpeaker: Bo Li\n\n- Drip\n"
    )
    other = "Pipe Days 2031 – Tuesday\n\nPumps – Cy Orr\n\n• Drip\n"
    names = ("one/2", "one/3")
    others = {f"{FOLDER}/{name}.txt": other for name in names}
    catalogue = catalogue_of({f"{FOLDER}/one.txt": note, **others})
    children = build_page(catalogue, f"{FOLDER}/one").children
    assert children == (
        f"{FOLDER}/one/1",
        f"{FOLDER}/one/2_",
        f"{FOLDER}/one/3_",
    )
    assert set(children) <= set(docnames(catalogue))
    shown = text(catalogue, f"{FOLDER}/one")
    assert {one.node_id for one in build_page(catalogue, f"{FOLDER}/one").objects} == {
        "pipes",
        "valves",
    }
    assert "Ana Ruiz" in shown
    assert f"</{FOLDER}/one/1#pipes>`" in shown
    assert "Line 1" not in shown
    told = [line for name in children for line in lines if line in text(catalogue, name)]
    assert told == lines
    assert build_page(catalogue, children[1]).title == "Pipes (2)"
    place = navigation_for(catalogue, children[1])
    assert [title for _, title in place.breadcrumbs][-2:] == ["Pipe Days 2031", "Monday"]
    assert (place.previous, place.next) == ((children[0], "Pipes"), (children[2], "Valves"))


def test_many_talks_of_a_note_are_on_pages_of_some_each(
    catalogue_of: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(split_notes, "MAX_SIZE", 2_500)
    talks = "".join(f"## Pipe {n}\n\nSpeaker: Ana Ruiz\n\n- Drip {n}\n\n" for n in range(1, 6))
    catalogue = catalogue_of({f"{FOLDER}/one.txt": f"Pipe Days 2031 – Monday\n\n{talks}"})
    parts = build_page(catalogue, f"{FOLDER}/one").children
    assert [build_page(catalogue, name).title for name in parts] == ["Talks 1–2", "Talks 3–5"]
    assert f"</{FOLDER}/one/2#pipe-4>`" in text(catalogue, f"{FOLDER}/one")
    shown = [re.findall("Drip [0-9]", text(catalogue, name)) for name in parts]
    assert shown == [["Drip 1", "Drip 2"], ["Drip 3", "Drip 4", "Drip 5"]]


def test_a_year_of_many_talks_names_days_where_an_event_has_several(
    catalogue_of: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(year_pages, "_MAX_TALKS", 1)
    one_day = {"years/2031/day/a.txt": "Valve Day 2031 – 2031-05-01\n\nPumps – Cy Orr\n\n• Drip\n"}
    shown = text(catalogue_of({**FILES, **one_day}), "years/2031/index")
    assert "Pipe Days 2031" in shown
    days = [f"{{conf:event}}`{day}" in shown for day in ("3 March (2) <", "4 March <", "1 May")]
    assert days == [True, True, False]
    assert re.findall("## (.+)", shown) == ["March", "May"]


def test_the_front_page_names_who_is_heard_most(catalogue: Catalogue) -> None:
    _front, _heading, shown = text(catalogue, "index").partition("## Heard most")
    assert re.search(r"{conf:speaker}`(.+?) <[^`]+` \[\\\((\d)", shown).groups() == (
        "Ana Ruiz",
        "3",
    )


def test_a_list_says_which_talks_have_a_recording(catalogue_of: Make) -> None:
    note = FILES[f"{FOLDER}/one.txt"].replace("Topics: Water", "Video: https://v.example/1")
    shown = text(catalogue_of({**FILES, f"{FOLDER}/one.txt": note}), f"{FOLDER}/index")
    assert re.findall(r"`([^`]+) <[^`]+`\xa0\[\\\(Recording", shown) == ["Valves, with care"]


def test_a_number_of_one_is_not_said(catalogue_of: Make) -> None:
    shown = text(catalogue_of(FILES), "speakers/index")
    assert "{conf:speaker}`Ana Ruiz <ana-ruiz>` [\\(3\\)]" in shown
    assert "(1" not in shown.replace("\\", "")


def test_a_topic_of_many_talks_is_split_by_year(
    catalogue_of: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(yearly_talks, "MAX_TALKS", 1)
    catalogue = catalogue_of(FILES)
    assert build_page(catalogue, "topics/queues").children == (
        "topics/queues/2031",
        "topics/queues/2030",
    )
    assert "Old queues" in text(catalogue, "topics/queues/2030")
    assert "Old queues" not in text(catalogue, "topics/queues/2031")
    shown = text(catalogue, "topics/queues")
    assert "{conf:topic}`2030 <queues/2030>`" in shown
    assert "## 2 talks" in shown


def test_a_year_of_very_many_talks_has_several_pages(
    catalogue_of: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(yearly_talks, "MAX_TALKS", 1)
    catalogue = catalogue_of(FILES)
    pages = ("speakers/ana-ruiz/2031", "speakers/ana-ruiz/2031-2", "speakers/ana-ruiz/2030")
    assert build_page(catalogue, "speakers/ana-ruiz").children == pages
    assert build_page(catalogue, pages[1]).title == "Ana Ruiz in 2031 (2)"
    assert [title for _, title in navigation_for(catalogue, pages[1]).breadcrumbs][-1] == "Ana Ruiz"
    shown = [text(catalogue, docname) for docname in pages]
    for title in ("Queues that never fill", "Valves, with care"):
        assert sum(title in page_text for page_text in shown) == 1


def test_a_head_of_which_not_all_is_shown_is_shown_as_typed(catalogue_of: Make) -> None:
    note = (
        "Pipe Days 2031 – Monday – Session 1\n\n09:45 – 10:15 Ana Ruiz – Queues that fill\n\n• A\n"
    )
    shown = text(catalogue_of({f"{FOLDER}/one.txt": note}), f"{FOLDER}/one")
    assert "09" in shown
    assert "10" in shown


@pytest.mark.parametrize(
    ("bullets", "named"),
    [
        ("• As Bo Li and ANA RUIZ said", ("bo-li", "ana-ruiz")),
        ("• See Bo\n• Li was here", ()),
        ("• See Bo\n  • Li was here", ()),
        ("• Bo Lin, Bo L, Li", ()),
        ("• Then\n  • as told by Bo Li", ("bo-li",)),
        ("• Cooper Vane agrees with himself", ()),
    ],
)
def test_people_named_in_a_line_are_known(
    catalogue_of: Make, bullets: str, named: tuple[str, ...]
) -> None:
    talk = f"Pipe Days 2031 – Wednesday – Session 1\n\nMains – Cooper Vane\n\n{bullets}\n"
    made = catalogue_of({**FILES, f"{FOLDER}/three.txt": talk})
    assert people_mentioned_in(made).get(f"{FOLDER}/three#mains", ()) == named


@pytest.mark.parametrize(
    "heading",
    [
        "Mains, vorgestellt von Cooper Vane",
        "Mains, présenté par Cooper Vane",
        "Mains by Cooper Vane",
    ],
)
def test_a_heading_is_said_once_in_any_language(catalogue_of: Make, heading: str) -> None:
    talk = f"Pipe Days 2031 – Wednesday – Session 1\n\n{heading}\n\n• Iron lasts\n"
    made = catalogue_of({**FILES, f"{FOLDER}/three.txt": talk})
    assert heading not in text(made, f"{FOLDER}/three")


def test_links_between_notes_lead_to_what_has_the_name(catalogue_of: Make) -> None:
    links = "[[Ana Ruiz|she]], [[Water]], [[pipe days 2031]], [[Valves, with care]], [[two]]"
    note = f"# Of links\n\n- {links}, [[Nothing|none]], [[Tap]]\n"
    other = "---\naliases: [Tap, Spout]\n---\n# Of taps\n\n- a\n"
    catalogue = catalogue_of({**FILES, f"{FOLDER}/links.md": note, f"{FOLDER}/taps.md": other})
    shown = text(catalogue, f"{FOLDER}/links")
    for role in (
        "{conf:speaker}`she <ana-ruiz>`",
        "{conf:topic}`Water <water>`",
        "{conf:event}`pipe days 2031 <2031/pipe-days>`",
        f"{{conf:talk}}`Valves, with care <{FOLDER}/one#valves-with-care>`",
        f"{{std:doc}}`two </{FOLDER}/two>`",
        f"{{std:doc}}`Tap </{FOLDER}/taps>`",
    ):
        assert role in shown
    assert "none" in shown
    assert "Nothing" not in shown


@pytest.mark.parametrize(
    ("heading", "title", "anchor"),
    [
        ("Keynote: Ana Ruiz (Pipes Ltd)", "Keynote: Ana Ruiz (Pipes Ltd)", "keynote"),
        ("Ana Ruiz – Pipes Ltd", "Talk: Ana Ruiz (Pipes Ltd)", "ana-ruiz-pipes-ltd"),
    ],
)
def test_a_talk_known_by_its_speaker_is_called_so_everywhere(
    catalogue_of: Make, heading: str, title: str, anchor: str
) -> None:
    files = {
        f"{FOLDER}/one.txt": f"Pipe Days 2031 – Monday – Session 1\n\n{heading}\n\n• Water\n",
        f"{FOLDER}/two.txt": "Pipe Days 2031 – Monday – Session 2\n\nPumps – Bo Li\n\n• Water\n",
        "speakers/ana-ruiz.md": "# Ana Ruiz\n",
        "topics/water.md": "---\nphrases: [water]\n---\n# Water\n",
    }
    catalogue = catalogue_of(files)
    talk, _pumps = catalogue.talks
    assert talk.title == title
    assert talk.node_id == anchor
    for page in (f"{FOLDER}/index", f"{FOLDER}/two"):
        assert text(catalogue, page).count("Ana Ruiz") == 1


def test_topics_beyond_the_first_few_are_folded(catalogue_of: Make) -> None:
    topics = {f"topics/t{n}.md": f"---\nphrases: [drip]\n---\n# Topic {n}\n" for n in range(7)}
    note = "Pipe Days 2031 – Monday – Session 1\n\nPipes – Ana Ruiz\n\n• Drip\n"
    made = build_page(catalogue_of({f"{FOLDER}/one.txt": note, **topics}), f"{FOLDER}/one")
    [fold] = [block for block in blocks_of(made.blocks) if isinstance(block, Fold)]
    assert fold.summary == "and 2 more"


def blocks_of(blocks: tuple[PageBlock, ...]) -> Iterator[PageBlock]:
    for block in blocks:
        yield block
        if isinstance(block, Section | Container):
            yield from blocks_of(block.blocks)
        elif isinstance(block, List):
            for item in block.items:
                yield from blocks_of(item.blocks)


def test_numbers_have_the_separators_of_the_language() -> None:
    class German(NullTranslations):
        def gettext(self, message: str) -> str:
            return {"1,000": "1.000"}.get(message, message)

    assert (i18n.format_number(21715), i18n.format_number(999)) == ("21,715", "999")
    i18n.set_translations(German())
    try:
        assert i18n.counted(21715, "{} talk", "{} talks") == "21.715 talks"
    finally:
        i18n.set_translations(NullTranslations())


def test_a_series_has_a_page_of_its_editions(catalogue: Catalogue) -> None:
    shown = text(catalogue, "years/series/pipe-days")
    assert shown.index("Pipe Days 2031 <") < shown.index("Pipe Days 2030 <")
    assert "2 events · 4 talks" in shown
    [row] = [line for line in shown.splitlines() if line.startswith("| {conf:speaker}`Ana Ruiz")]
    assert "{conf:talk}`Old queues <years/2030/pipe-days/old#old-queues>`" in row
    assert "{std:doc}`Pipe Days </years/series/pipe-days>`" in text(catalogue, f"{FOLDER}/index")


def test_an_event_lists_the_other_editions_newest_first(catalogue_of: Make) -> None:
    note = "Pipe Days {} – Day 1\n\nOld queues – Ana Ruiz\n"
    more = {f"years/{year}/pipe-days/a.txt": note.format(year) for year in (2028, 2032)}
    others = text(catalogue_of({**FILES, **more}), f"{FOLDER}/index").partition("Other editions")[2]
    years = re.findall(r"<(\d+)/pipe-days>", others)
    assert years == ["2032", "2030", "2028"]


def test_a_table_of_speakers_has_the_latest_editions_newest_first(catalogue_of: Make) -> None:
    held = {
        f"years/{year}/pipe-days/a.txt": f"Pipe Days {year} – Day 1 – Session 1\n\n"
        f"Pipes of {year} – Ana Ruiz\n\n• Water\n"
        for year in range(2020, 2031)
    }
    shown = text(catalogue_of(held), "years/series/pipe-days")
    head, _rule, row = [line for line in shown.splitlines() if line.startswith("|")]
    assert re.findall(r"<(\d+)/pipe-days>", head) == [str(year) for year in range(2030, 2022, -1)]
    assert row.count("{conf:talk}") == 8


def test_an_event_held_once_has_no_page_of_its_series(catalogue_of: Make) -> None:
    once = {name: text for name, text in FILES.items() if "2030" not in name}
    catalogue = catalogue_of(once)
    assert not [name for name in docnames(catalogue) if "series" in name]
    assert "conf-series" not in text(catalogue, f"{FOLDER}/index")


def test_a_page_lists_the_talks_whose_notes_link_to_it(catalogue_of: Make) -> None:
    links = "[[Ana Ruiz]], [[Water|wet]], [[pipe days 2030]], [[two]], [[Nothing]], [[Pumps]]"
    note = f"# Pipe Days 2031\n\n## Pumps\n\nSpeaker: Bo Li\n\n- {links}\n"
    catalogue = catalogue_of({**FILES, f"{FOLDER}/three.md": note})
    for docname in (
        "speakers/ana-ruiz",
        "topics/water",
        "years/2030/pipe-days/index",
        f"{FOLDER}/two",
    ):
        mentioned = text(catalogue, docname).partition("## Mentioned in")[2]
        assert mentioned.count(f"<{FOLDER}/three#pumps>`") == 1, docname
    assert "Mentioned in" not in text(catalogue, f"{FOLDER}/three")


def test_a_page_lists_the_prose_that_mentions_it(catalogue_of: Make) -> None:
    prose = (
        "# Water\n\nSee {speaker}`her <Ana Ruiz>`, {event}`Pipe Days 2030` and {topic}`queues`;\n"
        "{talk}`Valves, with care`. Not ``{speaker}`Bo Li` ``.\n"
    )
    catalogue = catalogue_of({**FILES, "topics/water.md": prose})
    mentioned = "## Mentioned in\n\n{std:doc}`Water </topics/water>`"
    for docname in ("speakers/ana-ruiz", "years/2030/pipe-days/index", "topics/queues"):
        assert mentioned in text(catalogue, docname)
    assert mentioned in text(catalogue, f"{FOLDER}/one")
    assert "Mentioned in" not in text(catalogue, "speakers/bo-li")
    assert "Mentioned in" not in text(catalogue, f"{FOLDER}/two")


def test_a_field_that_the_talk_shows_is_not_shown_twice(catalogue_of: Make) -> None:
    front = "speaker: '[[Ana Ruiz]]'\nslides: https://slides.example.org/v\ntags: [talk, water]\n"
    note = f"---\n{front}room: 5\n---\n# Of taps\n\n- drip\n"
    shown = text(catalogue_of({**FILES, f"{FOLDER}/taps.md": note}), f"{FOLDER}/taps")
    shown = shown.replace("\\", "")
    assert shown.count("https://slides.example.org/v") == 1
    assert "**room:** 5" in shown
    assert not any(f"{name}:" in shown for name in ("speaker", "slides", "tags"))


def test_the_front_page_has_no_figure_of_nothing(catalogue_of: Make) -> None:
    note = "Pipe Days 2031 – Monday – Session 1\n\nPipes – Ana Ruiz\n\n• Drip\n"
    shown = text(catalogue_of({f"{FOLDER}/one.txt": note}), "index")
    assert "[1]{.conf-number} talk\n" in shown
    assert "[0]{.conf-number}" not in shown


def test_an_address_in_a_field_of_a_note_is_on_its_page(catalogue_of: Make) -> None:
    """Its words are, too, in another address."""
    note = (
        "---\nslides: https://example.org/tea/kettles\n"
        "category: https://example.org/kettles/tea\n---\n# Pumps – Ana Ruiz\n\n- x\n"
    )
    page = build_page(catalogue_of({f"{FOLDER}/one.md": note}), f"{FOLDER}/one")
    assert "https://example.org/kettles/tea" in iter_external_urls(page.blocks)
