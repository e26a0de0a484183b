"""Every note has its place before anything is written."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date

import pytest
from confnotes.imports.new_pages import render_event_page
from confnotes.imports.plan import ImportPlan, ImportState, plan_import
from confnotes.imports.project_index import ProjectIndex
from confnotes.imports.source_post import PostMetadata, SourcePost
from confnotes.model import Event, KnownEntities
from confnotes.notes.entities.session_heading import parse_session_heading
from confnotes.notes.misspelt_events import correct_event_spellings

QUARRY = Event(
    name="Quarry Days 2031",
    series="Quarry Days",
    year=2031,
    docname="years/2031/quarry/index",
    start=date(2031, 4, 1),
    end=date(2031, 4, 3),
    aliases=("QD 2031",),
)


def typed_post(data: bytes, path: str, identity: str, *, named: bool = False) -> SourcePost:
    return SourcePost(origin="x", line=1, text=data, path=path, identity=identity, named=named)


def text(
    head: str, *, path: str = "dump.txt", named: bool = False, body: str = "Wells"
) -> SourcePost:
    data = f"{head}\n\n{body} by Ana Ruiz\n\n  • deep\n".encode()
    return typed_post(data, path, f"{path}{data!r}", named=named)


def blog(title: str, posted: date | None, *tags: str) -> SourcePost:
    about = PostMetadata(title=title, posted=posted, link="https://blog.example.org/1", tags=tags)
    return replace(typed_post(b"Wells by Ana Ruiz\n", "x.txt", title), metadata=about)


def targets(made: ImportPlan) -> list[str]:
    return [one.target for one in made.notes]


def place(*posts: SourcePost, existing: ProjectIndex | None = None) -> list[str]:
    return targets(plan_import(posts, existing or ProjectIndex()))


@pytest.mark.parametrize(
    ("head", "target"),
    [
        ("Quarry Days 2031 – Day 5 – Session 3", "years/2031/quarry-days/day-5-session-3.txt"),
        ("Quarry Days 2031 – Monday – Session 1", "years/2031/quarry-days/monday-session-1.txt"),
        (
            "Quarry Days 2031 – Day 5 – Keynote/Panel",
            "years/2031/quarry-days/day-5-keynote-panel.txt",
        ),
    ],
)
def test_a_dump_is_placed_by_its_heads(head: str, target: str) -> None:
    assert place(text(head)) == [target]


@pytest.mark.parametrize(
    ("path", "target"),
    [
        ("notes/2031/quarry-days/wells.md", "years/2031/quarry-days/wells.md"),
        ("notes/QuarryCon/Graz/2031/wells.md", "years/2031/quarrycon/wells.md"),
        ("notes/quarry-days-2031/Deep Wells.md", "years/2031/quarry-days/deep-wells.md"),
        (
            "n/2031-04-02-0930-quarryconf-wells.md",
            "years/2031/quarryconf/2031-04-02-0930-quarryconf-wells.md",
        ),
    ],
)
def test_a_folder_is_placed_by_its_names(path: str, target: str) -> None:
    post = typed_post(b"# Wells by Ana Ruiz\n\n* deep\n", path, path, named=True)
    (found,) = place(post)
    assert found.rpartition("/")[2] == target.rpartition("/")[2]
    assert found.startswith("years/2031/quarry")


@pytest.mark.parametrize(
    ("path", "target", "location"),
    [
        ("src/QuarryCon/2031/wells.md", "years/2031/quarrycon/wells.md", ""),
        ("src/QuarryCon/Graz/2031/wells.md", "years/2031/quarrycon/wells.md", "Graz"),
        ("src/quarrycon2031/day1/wells.md", "years/2031/quarrycon/day1/wells.md", ""),
        ("src/2031/QuarryCon/Day 2/wells.md", "years/2031/quarrycon/day-2/wells.md", ""),
        ("src/2031/04-quarry-days/wells.md", "years/2031/quarry-days/wells.md", ""),
        ("talks/QuarryCon/2031-04-02 wells.md", "years/2031/quarrycon/2031-04-02-wells.md", ""),
    ],
)
def test_folders_name_the_event_its_place_and_the_day(
    path: str, target: str, location: str
) -> None:
    post = typed_post(b"# Wells\n\nSpeaker: Ana Ruiz\n", path, path, named=True)
    made = plan_import([post], ProjectIndex())
    assert targets(made) == [target]
    ((docname, page),) = made.pages.items()
    assert docname == "/".join(target.split("/")[:3]) + "/index.md"
    assert (b"place: Graz\n" in page) == bool(location)


def test_one_year_in_two_places_is_two_events() -> None:
    paths = [f"n/QuarryCon/{where}/2031/wells.md" for where in ("Graz", "Rome")]
    posts = [typed_post(f"# Of {p.split('/')[2]}\n".encode(), p, p, named=True) for p in paths]
    assert place(*posts) == [f"years/2031/quarrycon-{w}/wells.md" for w in ("graz", "rome")]


def test_a_meetup_is_named_by_its_own_heading() -> None:
    data = b"# Wells & Wine\n\n2031-05-12 in Graz\n\n## Pumps\n\nby Ana Ruiz\n\n- x\n"
    post = typed_post(data, "n/2031-05-12-wells.md", "1", named=True)
    made = plan_import([post], ProjectIndex())
    assert targets(made) == ["years/2031/wells-wine/2031-05-12-wells.md"]
    assert b"name: Wells & Wine 2031\n" in made.pages["years/2031/wells-wine/index.md"]
    assert made.notes[0].unsure == ()


def test_the_readme_of_a_folder_names_its_event() -> None:
    cover = typed_post(b"# Quarry Days Rome 2031\n\nHello\n", "n/qd/README.md", "1", named=True)
    note = typed_post(b"# Wells by Ana Ruiz\n", "n/qd/wells.md", "2", named=True)
    folders = {target.rpartition("/")[0] for target in place(cover, note)}
    assert len(folders) == 1


def test_a_misspelt_event_goes_where_the_others_are() -> None:
    heads = [f"Quarry Days 2031 – Day 1 – Session {n}" for n in (1, 2)]
    made = plan_import(
        [text(head) for head in (*heads, "Quarrry Days 2031 – Day 1 – Session 3")], ProjectIndex()
    )
    assert {target.split("/")[2] for target in targets(made)} == {"quarry-days"}
    assert [guess.code for guess in made.notes[2].unsure] == ["event-spelling"]


@pytest.mark.parametrize(
    ("name", "others"),
    [("PumpCon US 2031", "PumpCon UK 2031"), ("CodeConf 2031", "NodeConf 2031"),
     ("Quarry Days 2030", "Quarry Days 2031")],
)  # fmt: skip
def test_like_named_events_are_not_one(name: str, others: str) -> None:
    assert correct_event_spellings(Counter({name: 1, others: 5})) == {}


def test_a_clash_gives_both_a_name_that_depends_on_neither_s_place() -> None:
    one, two = (
        text("Quarry Days 2031 – Day 1 – Session 1", body=body) for body in ("Wells", "Pumps")
    )
    forward, backward = place(one, two), place(two, one)
    assert sorted(forward) == sorted(backward)
    assert len(set(forward)) == 2


def test_the_same_note_twice_is_one_file() -> None:
    note = text("Quarry Days 2031 – Day 1 – Session 1")
    made = plan_import([note, note], ProjectIndex())
    assert [one.state for one in made.notes] == [ImportState.NEW, ImportState.EXISTS]


@pytest.mark.parametrize("name", ["QD 2031", "quarry days 2031", "Stone Weeks 2031"])
def test_the_event_s_own_folder_is_kept(name: str) -> None:
    existing = ProjectIndex(
        KnownEntities(events=(replace(QUARRY, series="Stone Weeks"),)),
        {},
        {"years/2031/quarry/index": "years/2031/quarry/index.md"},
    )
    made = plan_import([text(f"{name} – Day 1 – Session 1")], existing)
    assert targets(made) == ["years/2031/quarry/day-1-session-1.txt"]
    assert made.pages == {}


def test_a_new_event_has_a_page() -> None:
    made = plan_import([text("Quarry Days 2031 – Day 1 – Session 1")], ProjectIndex())
    ((path, page),) = made.pages.items()
    assert path == "years/2031/quarry-days/index.md"
    assert page.startswith(b"---\nname: Quarry Days 2031\nseries: Quarry Days\n")
    assert page.endswith(b"---\n\n# Quarry Days 2031\n")


def test_nothing_in_an_event_s_name_is_markup() -> None:
    page = render_event_page(Event(name="{raw} __days__: 2031", series="", year=2031)).decode()
    assert "name: '{raw} __days__: 2031'\n" in page
    assert "# \\{raw\\} \\_\\_days\\_\\_\\: 2031\n" in page


@pytest.mark.parametrize(
    ("title", "posted", "field"),
    [
        ("Quarry Days 2031 – Day 2 – Session 1", date(2031, 4, 2), "Date: 2031-04-02"),
        ("Quarry Days 2031 – Day 2 – Session 1", date(2031, 4, 3), "Posted: 2031-04-03"),
        ("Stone Days 2031 – Day 0", date(2031, 4, 3), "Date: 2031-04-03"),
        ("Quarry Days 2031 – Session 1", date(2031, 5, 9), "Posted: 2031-05-09"),
        ("Stone Days 2031 – Wednesday – Session 1", date(2031, 4, 2), "Date: 2031-04-02"),
        ("Stone Days 2031 – Monday – Session 1", date(2031, 4, 2), "Posted: 2031-04-02"),
    ],
)
def test_the_day_of_a_post_is_that_of_its_talks_only_if_it_can_be(
    title: str, posted: date, field: str
) -> None:
    (one,) = plan_import([blog(title, posted)], ProjectIndex(KnownEntities(events=(QUARRY,)))).notes
    assert field in one.data.decode().splitlines()


def test_most_posts_of_an_event_tell_when_its_first_day_was() -> None:
    days = {1: date(2031, 6, 3), 2: date(2031, 6, 4), 3: date(2031, 6, 30)}
    posts = [blog(f"Stone Days 2031 – Day {day} – Talks", on) for day, on in days.items()]
    fields = [
        set(one.data.decode().splitlines()) for one in plan_import(posts, ProjectIndex()).notes
    ]
    assert fields[0] >= {"Date: 2031-06-03"}
    assert fields[1] >= {"Date: 2031-06-04"}
    assert fields[2] >= {"Posted: 2031-06-30"}


def test_two_days_are_not_one() -> None:
    posts = [blog(f"Stone Days 2031 – Day {day}", date(2031, 6, 30)) for day in (1, 2)]
    assert all(
        b"Posted: 2031-06-30\n" in one.data for one in plan_import(posts, ProjectIndex()).notes
    )


def test_a_tag_may_name_the_event_and_the_post_its_year() -> None:
    assert place(blog("Wells", date(2031, 4, 2), "PumpConf 2031")) == [
        "years/2031/pumpconf/wells.txt"
    ]
    made = plan_import([blog("Wells", date(2031, 4, 2))], ProjectIndex())
    assert targets(made) == ["years/2031/unsorted/wells.txt"]
    assert made.pages == {}
    assert made.notes[0].unsure[0].message.startswith("it names no event")


def test_a_note_without_a_year_is_not_placed_unless_told() -> None:
    made = plan_import([text("Wells")], ProjectIndex())
    assert not made.notes
    assert [problem.code for problem in made.problems] == ["no-event"]
    told = plan_import(
        [text("Wells")], ProjectIndex(), default=parse_session_heading("Quarry Days 2031")
    )
    assert targets(told)[0].startswith("years/2031/quarry-days/")
