"""Moments: what leads into the recording of a talk, and where to."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING

import pytest
from confnotes.pages import build_page
from confnotes.pages.html_renderer import HtmlRenderer
from confnotes.pages.page_model import (
    Container,
    ExternalLink,
    List,
    PageBlock,
    Para,
    Section,
    Text,
    iter_external_urls,
)
from confnotes.pages.talk_body import seek_url

if TYPE_CHECKING:
    from confnotes.catalogue import Catalogue

NOTE = "years/2031/kettle-days/monday"
VIDEO = "Video: https://video.example/talk.mp4\n"


@pytest.fixture
def moments(
    catalogue_of: Callable[[dict[str, str]], Catalogue],
) -> Callable[..., list[tuple[str, str]]]:
    """Return a function that gives the links of a talk to other places of its recording."""

    def make(body: str, fields: str = VIDEO, suffix: str = "txt") -> list[tuple[str, str]]:
        mark = "# " if suffix == "md" else ""
        text = f"{mark}Kettle Days 2031 – Monday\n\n{mark and '## '}Kettles – Ana Ruiz\n{fields}\n"
        made = build_page(catalogue_of({f"{NOTE}.{suffix}": text + body}), NOTE)
        return list(_links(made.blocks))

    return make


def _links(blocks: Iterable[PageBlock]) -> Iterator[tuple[str, str]]:
    for block in blocks:
        match block:
            case Section(blocks=inner) | Container(blocks=inner):
                yield from _links(inner)
            case List(items):
                for item in items:
                    yield from _links(item.blocks)
            case Para(children):
                for inline in children:
                    match inline:
                        case ExternalLink(url, (Text(shown),), resource) if resource:
                            yield shown, url


AT = "https://video.example/talk.mp4#t="


@pytest.mark.parametrize(
    ("body", "expected"),
    {
        "* 12:34 boil\n* wait\n  * 1:02:03 pour": [("12:34", f"{AT}754"), ("1:02:03", f"{AT}3723")],
        "0:07 she begins\nand goes on\n75:00 ends": [("0:07", f"{AT}7"), ("75:00", f"{AT}4500")],
        "* 12:34": [("12:34", f"{AT}754")],
        "* 12:34: boil\n* 12:41 – pour": [("12:34", f"{AT}754"), ("12:41", f"{AT}761")],
        "* 10:00 alone may be one": [("10:00", f"{AT}600")],
        "* 10:00 one\n* 10:32 two": [("10:00", f"{AT}600"), ("10:32", f"{AT}632")],
        "* at 12:34 she pours": [],
        "* 12:61 is no time": [],
        "* 12:345 are too many digits": [],
        "* 12:34 pm is a time of day\n* 9:12am too\n* 14:21 Uhr": [],
        "* 10:31 – 11:17 a span": [],
        "* 9:00 coffee\n* 9:30 kettles\n* 10:45 spouts": [],
    }.items(),
)  # fmt: skip
def test_lines_that_begin_with_a_moment(
    moments: Callable[..., list[tuple[str, str]]], body: str, expected: list[tuple[str, str]]
) -> None:
    assert moments(body) == expected


@pytest.mark.parametrize(
    "fields", ["", "Slides: https://video.example/talk.mp4\n", "Video: mailto:ana@tea.example\n"]
)
def test_without_a_recording_there_is_no_link(
    moments: Callable[..., list[tuple[str, str]]], fields: str
) -> None:
    assert moments("* 12:34 boil", fields) == []


@pytest.mark.parametrize("label", ["Recording", "Vidéo", "Aufzeichnung"])
def test_a_recording_may_have_any_label_of_one(
    moments: Callable[..., list[tuple[str, str]]], label: str
) -> None:
    assert moments("* 12:34 boil", VIDEO.replace("Video", label)) == [("12:34", f"{AT}754")]


def test_markdown_around_a_moment_stays(moments: Callable[..., list[tuple[str, str]]]) -> None:
    assert moments("- 12:34 *boil*\n", suffix="md") == [("12:34", f"{AT}754")]
    assert moments("- `12:34` boil\n", suffix="md") == []


def test_a_moment_is_shown_as_typed_and_checked_as_its_recording() -> None:
    link = ExternalLink(f"{AT}754", (Text("12:34"),), "https://video.example/talk.mp4")
    block = Para((link, Text(" boil")))
    html = HtmlRenderer(lambda _: None, lambda _: None, str).block(block)
    assert html == f'<p><a href="{AT}754">12:34</a> boil</p>\n'
    assert list(iter_external_urls([block])) == ["https://video.example/talk.mp4"]


@pytest.mark.parametrize(
    ("recording", "url"),
    {
        "https://www.youtube.com/watch?v=abc&t=9s#x": "https://www.youtube.com/watch?v=abc&t=754s",
        "https://youtu.be/abc": "https://youtu.be/abc?t=754s",
        "https://youtube.com/live/abc": "https://youtube.com/live/abc?t=754s",
        "https://www.youtube.com/embed/abc": "https://www.youtube.com/embed/abc?start=754",
        "https://vimeo.com/123": "https://vimeo.com/123#t=754",
        "https://media.ccc.de/v/38c3-a#t=5": "https://media.ccc.de/v/38c3-a#t=754",
        "https://www.twitch.tv/videos/12": "https://www.twitch.tv/videos/12?t=754s",
        "https://archive.org/details/a": "https://archive.org/details/a?start=754",
        "https://www.dailymotion.com/video/x": "https://www.dailymotion.com/video/x?start=754",
        "https://tube.example/w/kkGMgK9ZtnKfYAgnEtQxbv": (
            "https://tube.example/w/kkGMgK9ZtnKfYAgnEtQxbv?start=754"
        ),
        "https://tube.example/videos/watch/9c9de5e8-0a1e-484a-b099-e80766180a6d?a=1": (
            "https://tube.example/videos/watch/9c9de5e8-0a1e-484a-b099-e80766180a6d?a=1&start=754"
        ),
        "https://files.example/a.webm?token=x#track=en": (
            "https://files.example/a.webm?token=x#track=en&t=754"
        ),
        "https://youtube.com.example/watch": "https://youtube.com.example/watch#t=754",
    }.items(),
)
def test_each_host_has_its_way_to_a_place(recording: str, url: str) -> None:
    assert seek_url(recording, 754) == url
