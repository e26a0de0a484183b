"""The body of a talk as blocks of a page, with links into its recording.

A moment, ``12:34`` or ``1:02:03`` at the beginning of a line, links to that place.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache, partial
from typing import TypeAlias, assert_never
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from pygments.lexers import get_lexer_by_name  # type: ignore[import-untyped, unused-ignore]
from pygments.util import ClassNotFound  # type: ignore[import-untyped, unused-ignore]

from confnotes import body
from confnotes.body import iter_lines
from confnotes.model import Link, Markup, Talk
from confnotes.notes.syntax.fields import FieldName, field_of
from confnotes.pages.inline_markup import Resolver, parse_inline
from confnotes.pages.page_model import (
    BlockQuote,
    CodeBlock,
    ExternalLink,
    Inline,
    List,
    ListItem,
    PageBlock,
    PageTable,
    Para,
    Rubric,
    Text,
)
from confnotes.urls import is_safe_url

_Inline: TypeAlias = Callable[[str], tuple[Inline, ...]]
_ASIDE = re.compile(r"NOTE:\s|\(I(?:['’](?:m|ve|d|ll))?\s[^()]*\)[.!?]?\s*\Z")
"""A remark of the note-taker: with a label, or in brackets in the first person."""
_MOMENT = re.compile(
    r"(?:(?P<hours>\d{1,2}):(?=[0-5]\d:))?(?P<minutes>\d{1,3}):(?P<seconds>[0-5]\d)"
    r"(?!\w|:\d|\s*[-–—]\s*\d|\s*(?:[ap]\.?m|uhr|h)\b)",
    re.IGNORECASE,
)
"""A moment, but no span of time, and no marked time of day."""
_MAX_HOUR = 23
_START = re.compile(
    r"(?:www\.)?youtube(?:-nocookie)?\.com/embed/|(?:www\.)?(?:dailymotion\.com|dai\.ly)/"
    r"|(?:www\.)?archive\.org/details/|[^/]+/(?:w/[0-9A-Za-z]{22}|videos/(?:watch|embed)/[\w-]{22,36})(?:/|$)"
)
"""Hosts and paths whose players take seconds as ``start``; PeerTube, on any host, is the last."""
_T = re.compile(r"(?:(?:www|m)\.)?(?:youtube\.com|youtu\.be|twitch\.tv)/")
"""Hosts whose players take ``754s`` as ``t``."""


def to_page_blocks(
    typed: Iterable[body.Block],
    markup: Markup,
    resolve: Resolver | None = None,
    recording: str = "",
) -> tuple[PageBlock, ...]:
    """Return ``typed`` as blocks of a page.

    ``resolve`` is for links between notes, ``recording`` the URL that moments link into.
    """
    inline = partial(parse_inline, markup=markup, resolve=resolve)
    if recording:
        return tuple(_blocks(typed, lambda text: tuple(link_moments(inline(text), recording))))
    return tuple(_blocks(typed, inline))


def _blocks(typed: Iterable[body.Block], inline: _Inline) -> Iterator[PageBlock]:
    for block in typed:
        match block:
            case body.Paragraph(line, text):
                yield _para(line, text, inline)
            case body.ListBlock(line, items, ordered):
                yield List(tuple(_item(item, inline) for item in items), ordered, line)
            case body.Preformatted(line, text, language):
                yield CodeBlock(text, _lexer(language), line)
            case body.Quote(line, children):
                yield BlockQuote(tuple(_blocks(children, inline)), line)
            case body.Subheading(line, text):
                yield Rubric(inline(text), line)
            case body.Table(line, rows, header):
                cells = tuple(tuple(inline(cell) for cell in row) for row in rows)
                yield PageTable(cells, header, line)
            case _:
                assert_never(block)


def _item(item: body.ListEntry, inline: _Inline) -> ListItem:
    text = _para(item.line, item.text, inline)
    return ListItem((text, *_blocks(item.children, inline)), item.line)


def _para(line: int, text: str, inline: _Inline) -> Para:
    return Para(inline(text), line, ("conf-aside",) if _ASIDE.match(text) else ())


@cache
def _lexer(language: str) -> str:
    """Return ``language`` if Pygments has a lexer of that name, else ``text``."""
    try:
        get_lexer_by_name(language)
    except ClassNotFound:
        return "text"
    return language


def is_video(material: Link) -> bool:
    return field_of(material.label) is FieldName.VIDEO


def recording_of(talk: Talk, known: str = "") -> str:
    """Return the URL of the recording of ``talk``: as typed, else ``known`` in the programme."""
    videos = (to.url for to in talk.materials if is_video(to))
    return next((url for url in (*videos, known) if is_safe_url(url) and "://" in url), "")


def link_moments(inlines: Iterable[Inline], recording: str) -> Iterator[Inline]:
    """Yield the inlines of a text, with each moment at the beginning of a line as a link."""
    for at, inline in enumerate(inlines):
        if not isinstance(inline, Text):
            yield inline
            continue
        lines = inline.text.split("\n")
        for number, line in enumerate(lines):
            rest, end = line, "\n" if number < len(lines) - 1 else ""
            if (number or not at) and (moment := _MOMENT.match(line)):
                url = seek_url(recording, _seconds(moment))
                yield ExternalLink(url, (Text(moment[0]),), recording)
                rest = line[moment.end() :]
            if rest or end:
                yield Text(rest + end)


def seek_url(recording: str, seconds: int) -> str:
    """Return the URL of a place in a recording: in the form of its host, else a media fragment."""
    parts = urlsplit(recording)
    place = f"{parts.hostname or ''}{parts.path}"
    if _START.match(place):
        name, value = "start", str(seconds)
    elif _T.match(place):
        name, value = "t", f"{seconds}s"
    else:
        kept = [part for part in parts.fragment.split("&") if part and not part.startswith("t=")]
        return urlunsplit(parts._replace(fragment="&".join((*kept, f"t={seconds}"))))
    query = [pair for pair in parse_qsl(parts.query, keep_blank_values=True) if pair[0] != name]
    return urlunsplit(parts._replace(query=urlencode([*query, (name, value)]), fragment=""))


def is_agenda(talk: Talk) -> bool:
    """Return True if there are several times, all of them times of day in steps of five minutes."""
    found = [moment for line in iter_lines(talk.body) if (moment := _MOMENT.match(line.text))]
    return len(found) > 1 and all(
        not moment["hours"]
        and int(moment["minutes"]) <= _MAX_HOUR
        and int(moment["seconds"]) % 5 == 0
        for moment in found
    )


def _seconds(moment: re.Match[str]) -> int:
    minutes = int(moment["hours"] or 0) * 60 + int(moment["minutes"])
    return minutes * 60 + int(moment["seconds"])
