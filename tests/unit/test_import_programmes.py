"""Programmes: each format is read as the same talks, and nothing that stands there is lost."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TypeAlias

import pytest
from confnotes.catalogue import load_catalogue
from confnotes.catalogue.programme import (
    Programme,
    ProgrammeError,
    ScheduledTalk,
    merge_programmes,
    parse_programme,
    render_programme,
)
from confnotes.cli import main
from confnotes.imports.programmes import read_programme_file

Read: TypeAlias = Callable[[str, str], Programme | None]

XML = """<?xml version="1.0" encoding="utf-8"?>
<schedule>
 <conference><acronym>kd31</acronym><title>Kettle Days 2031</title></conference>
 <day date="2031-05-12" index="1"><room name="Hall">
  <event guid="k-1" id="7"><date>2031-05-12T10:00:00+02:00</date><start>10:00</start>
   <duration>00:45</duration><room>Hall</room><title>Kettles &amp; tea</title>
   <subtitle>A start</subtitle>
   <track>Tea</track><type>lecture</type><language>en</language><url>https://kd.example/7</url>
   <persons><person id="1">Ana Ruiz</person><person id="2">Bo Li</person></persons>
   <links><link href="https://kd.example/7.mp4">Video recording (mp4)</link></links>
   <attachments><attachment type="slides" href="https://kd.example/7.pdf">Kettles</attachment>
    <attachment href="javascript:alert(1)">Slides</attachment></attachments>
  </event>
  <event guid="k-2"><start>11:00</start><title>CANCELLED: Spouts</title></event>
  <event guid="k-3"><start>12:00</start><title></title></event>
 </room></day>
</schedule>
"""
CALENDAR = """BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//kettles//EN
X-WR-CALNAME:Kettle Days 2031
X-WR-TIMEZONE:Europe/Vienna
BEGIN:VEVENT
UID:k-1
SUMMARY:Kettles & tea
DTSTART:20310512T080000Z
DTEND:20310512T084500Z
LOCATION:Hall
URL:https://kd.example/7
ATTENDEE;ROLE=REQ-PARTICIPANT;CN="Ana Ruiz":invalid:nomail
ATTENDEE;ROLE=REQ-PARTICIPANT;CN="Bo Li":invalid:nomail
END:VEVENT
BEGIN:VEVENT
UID:k-2
SUMMARY:Spouts
STATUS:CANCELLED
DTSTART;TZID=Europe/Vienna:20310512T110000
DURATION:PT30M
END:VEVENT
END:VCALENDAR
"""
RUBY = """---
# to do: more
- title: "Kettles & tea"
  event_name: Kettle Days 2031
  speakers: [Ana Ruiz, TODO]
  date: 2031-05-12
  video_provider: youtube
  video_id: abc
  slides_url: https://kd.example/7.pdf
- title: Lightning talks
  video_provider: children
  talks:
    - title: Lids
      speakers: [Bo Li]
      date: "2031-05-13"
      video_provider: vimeo
      video_id: "12"
"""

RUBY_SCHEDULE = """---
days:
  - date: "2031-05-12"
    grid:
      - {start_time: "09:00", end_time: "10:00", slots: 1, items: [Tea]}
      - {start_time: "10:00", end_time: "10:45", slots: 1}
  - date: 2031-05-14
    grid: [{start_time: "10:00", slots: 1}, {start_time: "11:00", slots: 100000000000}]
  - 7
"""
WIDGET = {
    "talks": [
        {
            "code": "ABC",
            "id": 7,
            "title": "Kettles & tea",
            "speakers": ["S1", "S9", None],
            "start": "2031-05-12T10:00:00+02:00",
            "end": "2031-05-12T10:45:00+02:00",
            "room": 3,
            "track": 4,
            "state": None,
        },
        {"id": 8, "title": "Lunch", "room": 3},
        None,
    ],
    "rooms": [{"id": 3, "name": {"de": "Saal", "en": "Hall"}}],
    "tracks": [{"id": 4, "name": {"en": "Tea"}}],
    "speakers": [{"code": "S1", "name": "Ana Ruiz"}, 5],
}
SLOT = {
    "room": {"en": "Hall"},
    "start": "2031-05-12T10:00:00+02:00",
    "end": "2031-05-12T10:45:00+02:00",
}
SUBMISSION = {
    "code": "ABC",
    "title": "Kettles & tea",
    "speakers": [{"code": "S1", "name": "Ana Ruiz"}],
    "track": {"id": 4, "name": {"en": "Tea"}},
}
API = {"results": [{**SUBMISSION, "slot": SLOT}]}
"""Of the first version; the second has slots."""


def pyvideo(**more: object) -> str:
    known = {
        "title": "Kettles & tea",
        "speakers": ["Ana Ruiz"],
        "recorded": "2031-05-12",
        "language": "eng",
        "videos": [{"type": "youtube", "url": "https://youtu.be/abc"}],
        "related_urls": [{"label": "Slides", "url": "https://kd.example/7.pdf"}],
    }
    return json.dumps({**known, **more})


def schedule_json() -> str:
    event = {
        "guid": "k-1",
        "date": "2031-05-12T10:00:00+02:00",
        "start": "10:00",
        "duration": "00:45",
        "room": "Hall",
        "title": "Kettles & tea",
        "subtitle": "A start",
        "track": "Tea",
        "type": "lecture",
        "language": "en",
        "url": "https://kd.example/7",
        "persons": [{"public_name": "Ana Ruiz"}, {"name": "Bo Li"}, None],
        "links": [{"title": "Recording", "url": "https://kd.example/7.mp4"}],
        "attachments": [{"title": "Slides", "url": "https://kd.example/7.pdf"}, 3],
    }
    spouts = {"guid": "k-2", "start": "11:00", "title": "Abgesagt: Spouts"}
    rooms = {"Hall": [event, spouts, "no event", {"guid": "k-3"}]}
    days = [{"date": "2031-05-12", "rooms": rooms}, None]
    return json.dumps({"schedule": {"conference": {"title": "Kettle Days 2031", "days": days}}})


KETTLES = ScheduledTalk(
    id="k-1",
    title="Kettles & tea",
    subtitle="A start",
    speakers=("Ana Ruiz", "Bo Li"),
    start="2031-05-12T10:00:00+02:00",
    minutes=45,
    room="Hall",
    track="Tea",
    kind="lecture",
    language="en",
    url="https://kd.example/7",
    video="https://kd.example/7.mp4",
    slides="https://kd.example/7.pdf",
)


@pytest.fixture
def read(tmp_path: Path) -> Read:
    def make(name: str, text: str) -> Programme | None:
        (tmp_path / name).write_text(text, encoding="utf-8")
        return read_programme_file(tmp_path / name)

    return make


@pytest.mark.parametrize(
    ("name", "text", "room"), [("a.xml", XML, ""), ("a.json", schedule_json(), "Hall")]
)
def test_a_schedule(read: Read, name: str, text: str, room: str) -> None:
    spouts = ScheduledTalk(
        id="k-2", title="Spouts", start="2031-05-12T11:00", room=room, cancelled=True
    )
    assert read(name, text) == Programme(event="Kettle Days 2031", talks=(KETTLES, spouts))


def test_a_schedule_of_the_second_version(read: Read) -> None:
    event = {
        "guid": "k-1",
        "start": "2031-05-12T10:00:00+02:00",
        "end": "2031-05-12T10:45:00+02:00",
        "room": {"name": "Hall", "slug": "hall"},
        "track": {"slug": "tea"},
        "title": "Kettles & tea",
        "subtitle": "A start",
        "type": "TALK",
        "language": "en",
        "url": "https://kd.example/7",
        "participants": [
            {"name": "Ana Ruiz", "role": "SPEAKER"}, {"name": "Bo Li"},
            {"name": "Cy Orr", "role": "MODERATOR"}, None,
        ],
        "links": [{"url": "https://kd.example/7.mp4", "type": "RECORDING"}],
        "attachments": [{"url": "https://kd.example/7.pdf", "type": "SLIDES"}, 3],
    }  # fmt: skip
    spouts = {"guid": "k-2", "title": "Spouts", "state": "CANCELED", "end": 4}
    text = {"conference": {"title": "Kettle Days 2031"}, "events": [event, spouts, "no event"]}
    known = replace(KETTLES, track="tea", kind="talk")
    cancelled = ScheduledTalk(id="k-2", title="Spouts", cancelled=True)
    assert read("a.json", json.dumps({"schedule": text})) == Programme(
        event="Kettle Days 2031", talks=(known, cancelled)
    )


def test_a_calendar(read: Read) -> None:
    made = read("a.ics", CALENDAR.replace("\n", "\r\n"))
    assert made
    kettles, spouts = made.talks
    assert (made.event, kettles.title, kettles.speakers) == (
        "Kettle Days 2031", "Kettles & tea", ("Ana Ruiz", "Bo Li")
    )  # fmt: skip
    assert (kettles.start, kettles.minutes) == (KETTLES.start, 45)
    assert (kettles.room, kettles.url, kettles.cancelled) == ("Hall", KETTLES.url, False)
    assert (spouts.id, spouts.start[:16], spouts.minutes) == ("k-2", "2031-05-12T11:00", 30)
    assert spouts.cancelled


def test_a_calendar_that_is_called_a_calendar_names_no_event(read: Read) -> None:
    made = read("a.ics", CALENDAR.replace("CALNAME:Kettle Days 2031", "CALNAME;VALUE=TEXT:iCal"))
    assert made
    assert made.event == ""


def test_a_calendar_of_pretalx_has_speakers_in_its_titles(read: Read) -> None:
    text = CALENDAR.replace("kettles//EN", "pretalx//kd.example//").replace(
        "SUMMARY:Kettles & tea", "SUMMARY:Kettles - and tea - Ana Ruiz\\, Bo Li"
    )
    text = "\n".join(line for line in text.split("\n") if not line.startswith("ATTENDEE"))
    made = read("a.ics", text)
    assert made
    assert (made.talks[0].title, made.talks[0].speakers) == (
        "Kettles - and tea",
        ("Ana Ruiz", "Bo Li"),
    )


def test_repeated_talks_of_a_calendar_are_all_there(read: Read) -> None:
    event = CALENDAR[CALENDAR.index("BEGIN:VEVENT") : CALENDAR.index("END:VEVENT") + 11]
    again = event.replace("20310512T", "20310513T")
    made = read("a.ics", CALENDAR.replace(event, event + again + again))
    assert made
    ids = [talk.id for talk in made.talks]
    assert ids == ["k-1", "k-2", "k-1@2031-05-13T10:00:00+02:00"]


def test_recordings_of_pyvideo(read: Read, tmp_path: Path) -> None:
    folder = tmp_path / "kettle-days-2031"
    (folder / "videos").mkdir(parents=True)
    (folder / "category.json").write_text('{"title": "Kettle Days 2031"}')
    (folder / "videos/a.json").write_text(pyvideo())
    (folder / "videos/b.json").write_text(pyvideo(title="Lids", speakers=["TODO"], videos=[]))
    made = read_programme_file(folder)
    assert made
    assert made.event == "Kettle Days 2031"
    assert [(talk.id, talk.speakers, talk.video) for talk in made.talks] == [
        ("kettles-tea-ana-ruiz", ("Ana Ruiz",), "https://youtu.be/abc"),
        ("lids", (), ""),
    ]
    assert {talk.slides for talk in made.talks} == {KETTLES.slides}
    alone = read("one.json", pyvideo())
    assert alone
    assert alone.talks == made.talks[:1]


def test_recordings_of_rubyevents(read: Read) -> None:
    made = read("videos.yml", RUBY)
    assert made
    assert made.event == "Kettle Days 2031"
    assert [(talk.title, talk.speakers, talk.start, talk.video) for talk in made.talks] == [
        ("Kettles & tea", ("Ana Ruiz",), "2031-05-12", "https://www.youtube.com/watch?v=abc"),
        ("Lids", ("Bo Li",), "2031-05-13", "https://vimeo.com/12"),
    ]


@pytest.mark.parametrize("value", [f"0x{'f' * 5000}", "soon", "[1]", "1.5", "yes", "-1"])
@pytest.mark.parametrize("field", ["id", "minutes"])
def test_a_value_of_another_type_or_size_is_not_known(read: Read, field: str, value: str) -> None:
    made = read("videos.yml", RUBY.replace("video_id: abc", f"{field}: {value}"))
    assert made
    assert [talk.title for talk in made.talks] == ["Kettles & tea", "Lids"]
    assert parse_programme(render_programme(made).encode()) == made


def test_a_schedule_of_rubyevents_gives_its_recordings_their_times(
    read: Read, tmp_path: Path
) -> None:
    (tmp_path / "schedule.yml").write_text(RUBY_SCHEDULE, encoding="utf-8")
    one = '- {{title: {}, date: 2031-05-14, video_provider: vimeo, video_id: "13"}}\n'
    made = read("videos.yml", RUBY + one.format("Spouts") + one.format("Steam"))
    assert made
    assert [(talk.title, talk.start, talk.minutes) for talk in made.talks] == [
        ("Kettles & tea", "2031-05-12T10:00", 45),
        ("Lids", "2031-05-13", 0),
        ("Spouts", "2031-05-14", 0),
        ("Steam", "2031-05-14", 0),
    ]


@pytest.mark.parametrize(
    "form", [WIDGET, API, {"results": [{**SUBMISSION, "slots": [SLOT]}]}], ids=["widget", "1", "2"]
)
def test_talks_of_pretalx(read: Read, form: object) -> None:
    made = read("schedule.json", json.dumps(form))
    assert made == Programme(
        event="",
        talks=(
            ScheduledTalk(
                id="ABC",
                title="Kettles & tea",
                speakers=("Ana Ruiz",),
                start="2031-05-12T10:00:00+02:00",
                minutes=45,
                room="Hall",
                track="Tea",
            ),
        ),
    )


def test_a_talk_of_pretalx_is_there_once_for_each_of_its_slots(read: Read) -> None:
    again = {**SLOT, "start": "2031-05-13T10:00:00+02:00", "end": None}
    made = read("a.json", json.dumps({"results": [{**SUBMISSION, "slots": [SLOT, again, 7]}]}))
    assert made
    assert [(talk.id, talk.minutes) for talk in made.talks] == [
        ("ABC", 45),
        ("ABC@2031-05-13T10:00:00+02:00", 0),
    ]


def test_codes_and_numbers_of_pretalx_without_their_names_are_nobody_s(read: Read) -> None:
    bare = {**SUBMISSION, "speakers": ["S1"], "track": 4, "submission_type": 19, "slots": [2941]}
    made = read("a.json", json.dumps({"results": [bare]}))
    assert made
    assert made.talks == (ScheduledTalk(id="ABC", title="Kettles & tea"),)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("note.txt", "Kettle Days 2031\n\nKettles - Ana Ruiz\n* boil\n"),
        ("a.xml", "<rss><channel/></rss>"),
        ("a.json", '{"talks": 3}'),
        ("a.json", "[1, 2]"),
        ("a.yml", "- title: a\n- b\n"),
    ],
)
def test_what_is_no_programme_is_none(read: Read, name: str, text: str) -> None:
    assert read(name, text) is None


@pytest.mark.parametrize(
    "length", ["DTEND:20310511T080000Z", "DTEND:21310512T080000Z", "DURATION:-PT30M"]
)
def test_a_length_that_no_talk_has_is_not_known(read: Read, length: str) -> None:
    [kettles] = (
        talk
        for talk in read("a.ics", CALENDAR.replace("DTEND:20310512T084500Z", length)).talks
        if talk.id == "k-1"
    )
    assert kettles.minutes == 0
    assert parse_programme(render_programme(Programme(event="", talks=(kettles,))).encode())


@pytest.mark.parametrize(
    ("name", "text", "line", "column"),
    [
        ("a.xml", XML[:500], 9, 13),
        ("a.xml", "<schedule/>", 1, 1),
        ("a.xml", '<!DOCTYPE schedule [<!ENTITY a "b">]><schedule>&a;</schedule>', 1, 1),
        ("a.xml", "<schedule encoding='x'>\n &none;</schedule>", 2, 2),
        ("a.json", '{"schedule":\n {"days": }}', 2, 11),
        ("a.json", '{"schedule": ' + "[" * 200_000, 1, 1),
        ("a.json", '{"schedule": ' + "1" * 5_000 + "}", 1, 1),
        ("a.json", '{"schedule": {"conference": {"days": 7}}}', 1, 1),
        ("a.ics", CALENDAR.replace("X-WR-CAL", "?-WR-CAL"), 4, 1),
        ("a.ics", CALENDAR[:300], 14, 1),
        ("a.ics", "BEGIN:VCALENDAR\nEND:VCALENDAR\n", 1, 1),
        ("videos.yml", RUBY + "  - : [\n", 18, 3),
        ("videos.yml", RUBY + "- !odd a\n", 18, 3),
        ("videos.yml", RUBY.replace("more", "\x01"), 2, 10),
        ("schedule.yml", "days: []\n", 1, 1),
    ],
    ids=str,
)
def test_a_broken_programme_says_where_and_why(
    read: Read, name: str, text: str, line: int, column: int
) -> None:
    with pytest.raises(ProgrammeError) as caught:
        read(name, text)
    assert (caught.value.line, caught.value.column) == (line, column)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("name", "text"), [("a.json", schedule_json()), ("videos.yml", RUBY), ("a.ics", CALENDAR)]
)
def test_bytes_that_are_not_utf_8_are_where_they_stand(
    tmp_path: Path, name: str, text: str
) -> None:
    (tmp_path / name).write_text(text.replace("Bo Li", "Bö Li"), encoding="latin-1")
    if name == "a.ics":  # one byte of a calendar costs no talk
        assert read_programme_file(tmp_path / name)
        return
    with pytest.raises(ProgrammeError, match="is not UTF-8") as caught:
        read_programme_file(tmp_path / name)
    before = text[: text.index("Bo Li") + 1].split("\n")
    assert (caught.value.line, caught.value.column) == (len(before), len(before[-1]) + 1)


def test_a_schedule_may_have_a_document_type(read: Read) -> None:
    typed = XML.replace(
        "<schedule>", '<!DOCTYPE schedule SYSTEM "schedule.dtd" [<!-- a -->]>\n<schedule>'
    )
    made = read("a.xml", typed)
    assert made == read("b.xml", XML)
    assert made


def test_a_comment_before_a_schedule_may_have_a_tag_in_it(read: Read) -> None:
    made = read("a.xml", XML.replace("<schedule>", "<!-- by <export> -->\n<schedule>"))
    assert made == read("b.xml", XML)


def test_what_stands_before_a_schedule_costs_time_once(read: Read) -> None:
    """Comments that may end in several places must not be tried in every combination."""
    head = '<?xml version="1.0"?>\n<?xml-stylesheet href="a.xsl"?>' + "<!-- a -->" * 5_000
    made = read("a.xml", head + XML.partition("?>")[2])
    assert made
    assert len(made.talks) == 2
    assert read("b.xml", "<!-- a -->" * 5_000 + "<rss/>") is None


@pytest.mark.parametrize(
    "line",
    [
        "DTSTART:soon",
        "DTSTART:00010101T000000Z",
        "DTSTART:20310512T100000Z\nDURATION:P99999999999D",
    ],
)
def test_a_broken_time_in_a_calendar_costs_no_talk(read: Read, line: str) -> None:
    event = f"BEGIN:VEVENT\nUID:k-9\nSUMMARY:Lids\n{line}\nEND:VEVENT\nEND:VCALENDAR"
    text = CALENDAR.replace("END:VCALENDAR", event).replace("Europe/Vienna", "America/New_York")
    made = read("a.ics", text.replace("\n", "\r\n"))
    assert made
    assert {talk.title for talk in made.talks} == {"Kettles & tea", "Spouts", "Lids"}


def test_numbers_in_place_of_texts_are_texts(read: Read) -> None:
    text = schedule_json().replace('"room": "Hall"', '"room": 101').replace('"A start"', "7")
    made = read("a.json", text)
    assert made
    assert ("101", "7") in {(talk.room, talk.subtitle) for talk in made.talks}
    assert parse_programme(render_programme(made).encode()) == made


def test_a_recording_that_holds_itself_is_one_talk(read: Read) -> None:
    made = read("videos.yml", "- &a\n  title: Lids\n  video_provider: children\n  talks: [*a]\n")
    assert made
    assert [talk.title for talk in made.talks] == ["Lids"]


def test_what_should_be_a_list_and_is_none_costs_no_talk(read: Read) -> None:
    assert read("a.json", pyvideo(videos=5, related_urls=5, speakers=5))
    assert read("videos.yml", RUBY.replace("speakers: [Ana Ruiz, TODO]", "talks: 5"))


def test_the_file_keeps_everything() -> None:
    made = Programme(event="Kettle “Days”", talks=(KETTLES, ScheduledTalk(id="x", title="Lids")))
    text = render_programme(made)
    assert parse_programme(text.encode()) == made
    assert text.count("\n") == 4, "a talk is a line"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        '{"talks": [1]}',
        '{"talks": ' + "1" * 5_000 + "}",
        '{"talks": [{"id": "a", "title": "\\u202e"}]}',
        '{"talks": [{"id": "a"}]}',
        '{"talks": [{"id": "a", "title": "b"}, {"id": "a", "title": "c"}]}',
        '{"talks": [{"id": 7, "title": "b"}]}',
        '{"talks": [{"id": "a", "title": 2031}]}',
        '{"talks": [{"id": "a", "title": "b", "room": 101}]}',
        '{"talks": [{"id": "a", "title": "b", "speakers": [1]}]}',
        '{"talks": [{"id": "a", "title": "b", "speakers": ["Ana Ruiz", 1]}]}',
        '{"talks": [{"id": "a", "title": "b", "cancelled": 1}]}',
        '{"talks": [{"id": "a", "title": "b", "minutes": true}]}',
        '{"talks": [{"id": "a", "title": "b", "start": "noon"}]}',
        '{"talks": [{"id": "a", "title": "b", "minutes": 1' + "0" * 30 + "}]}",
        '{"talks": [{"id": "a", "title": "b", "minutes": -5}]}',
        '{"talks": [{"id": "a", "title": "b", "url": "javascript:x"}]}',
    ],
)
def test_a_file_that_is_no_programme(text: str) -> None:
    with pytest.raises(ProgrammeError):
        parse_programme(text.encode())


def test_speakers_to_be_announced_are_none() -> None:
    text = b'{"talks": [{"id": "1", "title": "Queues", "speakers": ["TBA"]}]}'
    assert [talk.speakers for talk in parse_programme(text).talks] == [()]


def test_a_newer_programme_and_recordings_add_what_they_know() -> None:
    lids = ScheduledTalk(id="k-9", title="Lids")
    old = Programme(event="Kettle Days 2031", talks=(KETTLES, lids))
    new = Programme(
        event="KD",
        talks=(
            ScheduledTalk(id="k-1", title="Kettles", room="Cellar"),
            ScheduledTalk(id="v-9", title="lids", video="https://v.example/9"),
            ScheduledTalk(id="k-3", title="Spouts", start="2031-05-11"),
        ),
    )
    merged = merge_programmes(old, new)
    assert merged.event == old.event
    assert [talk.id for talk in merged.talks] == ["k-3", "k-1", "k-9"]
    kettles, known = merged.talks[1:]
    assert (kettles.title, kettles.room, kettles.video) == ("Kettles", "Cellar", KETTLES.video)
    assert (known.title, known.video) == ("lids", "https://v.example/9")
    assert merge_programmes(merged, new) == merged


# The command


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "project"
    (folder / "years").mkdir(parents=True)
    (folder / "conf.py").touch()
    (tmp_path / "a.xml").write_text(XML)
    monkeypatch.chdir(folder)
    return folder


def test_a_programme_stands_beside_the_page_of_its_event(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["import", "../a.xml"]) == 0
    path = "years/2031/kettle-days/programme.json"
    assert capsys.readouterr().out == f"{path}  2 talks: 2 new\n"
    catalogue = load_catalogue(project)
    assert catalogue.problems == ()
    assert catalogue.assets == ()
    event = catalogue.event("Kettle Days 2031")
    assert event
    assert str(event.start) == str(event.end) == "2031-05-12"
    assert catalogue.programmes[event.docname].talks[0] == KETTLES
    before = {file: file.read_bytes() for file in project.rglob("*") if file.is_file()}
    assert main(["import", "../a.xml"]) == 0
    assert capsys.readouterr().out == f"{path}  2 talks: 0 new\n"
    assert {file: file.read_bytes() for file in project.rglob("*") if file.is_file()} == before


def test_the_event_may_be_named_and_has_its_page_already(project: Path) -> None:
    page = project / "years/2031/kd/index.md"
    page.parent.mkdir(parents=True)
    page.write_text("---\nname: KD 2031\n---\n# KD\n")
    assert main(["import", "../a.xml", "--event", "KD 2031"]) == 0
    assert page.read_text() == "---\nname: KD 2031\n---\n# KD\n"
    assert [file.name for file in (project / "years/2031").rglob("*.json")] == ["programme.json"]
    assert list(load_catalogue(project).programmes) == ["years/2031/kd/index"]


@pytest.mark.parametrize("name", ["Kettle Days", "Kettle Days 2031", "Kettle Days ’31"])
def test_an_event_is_found_with_and_without_its_year(project: Path, name: str) -> None:
    page = project / "years/2031/kd/index.md"
    page.parent.mkdir(parents=True)
    page.write_text(f"---\nname: {name}\n---\n", "utf-8")
    for title in ("Kettle Days", "Kettle Days 2031"):
        text = XML.replace("<title>Kettle Days 2031</title>", f"<title>{title}</title>", 1)
        Path("../a.xml").write_text(text, "utf-8")
        assert main(["import", "../a.xml"]) == 0
        assert list(load_catalogue(project).programmes) == ["years/2031/kd/index"]


def test_a_dry_run_writes_nothing(project: Path) -> None:
    assert main(["import", "../a.xml", "--dry-run"]) == 0
    assert list((project / "years").iterdir()) == []


@pytest.mark.parametrize(
    ("kept", "message"),
    [("{", "programme.json:1:1 file-exists"), (None, "a.xml:1:1 no-event")],
)
def test_what_stands_in_the_way_is_said(
    project: Path, capsys: pytest.CaptureFixture[str], kept: str | None, message: str
) -> None:
    path = project / "years/2031/kettle-days/programme.json"
    path.parent.mkdir(parents=True)
    if kept:
        path.write_text(kept)
    else:
        (project / "../a.xml").write_text(XML.replace("Kettle Days 2031", "").replace("kd31", ""))
    assert main(["import", "../a.xml"]) == 1
    assert message in capsys.readouterr().err
    assert not kept or path.read_text() == kept


def test_a_broken_one_is_told_with_its_line(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (project / "../b.xml").write_text(XML.replace("</room></day>", ""))
    assert main(["import", "../b.xml"]) == 1
    assert "../b.xml:17:3 broken-programme the XML is broken: " in capsys.readouterr().err


def test_a_programme_that_somebody_broke_is_a_problem(project: Path) -> None:
    folder = project / "years/2031/kettle-days"
    folder.mkdir(parents=True)
    (folder / "programme.json").write_text('{"talks": [\n{"id": "a"}\n')
    (problem,) = load_catalogue(project).problems
    assert (problem.path, problem.line, problem.code) == (
        "years/2031/kettle-days/programme.json", 3, "invalid-programme"
    )  # fmt: skip
