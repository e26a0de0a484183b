"""Lists of talks on all pages but those of notes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from confnotes.catalogue import Catalogue, TalkEntry, TopicMatch
from confnotes.pages import cross_references, dates, programme_blocks
from confnotes.pages.i18n import _, counted
from confnotes.pages.page_model import Inline, List, ListItem, Para, Strong, Text
from confnotes.pages.shorthands import Shown, bullets, join, para, span

_AROUND, _MAX_SPEAKERS = 120, 6
"""Characters shown on either side of a phrase in a long line; speakers of a talk."""


def newest_first(talks: Iterable[TalkEntry]) -> list[TalkEntry]:
    """Return ``talks``, which are in chronological order, newest day first."""
    return sorted(talks, key=lambda talk: (talk.event.split("/")[1], _day(talk)), reverse=True)


def talk_list(
    catalogue: Catalogue,
    talks: Iterable[TalkEntry],
    *,
    without: str = "",
    place: bool = True,
    topic: str = "",
) -> List:
    """Return a list of ``talks``, each with its speakers, except the person ``without``.

    ``place`` adds event and date; ``topic`` the line that gave each talk this topic,
    unless it is the title.
    """
    items = []
    for talk in talks:
        blocks = [Para(tuple(talk_line(catalogue, talk, without, place=place)))]
        if topic:
            matches = _matches(catalogue, talk, topic)
            blocks += [_matched_line(match) for match in matches if match.text != talk.title]
        items.append(ListItem(tuple(blocks)))
    return bullets("conf-talks", items)


def speakers(catalogue: Catalogue, slugs: Iterable[str]) -> tuple[Inline, ...]:
    """Return references to people, with commas; of many, to the first ones."""
    different = list(dict.fromkeys(slugs))
    shown: list[Shown] = [cross_references.person(catalogue, slug) for slug in different]
    if (more := len(different) - _MAX_SPEAKERS) > 0:
        shown[_MAX_SPEAKERS:] = [counted(more, "and {} more", "and {} more")]
    return join(shown, ", ")


def talk_line(
    catalogue: Catalogue, talk: TalkEntry, without: str = "", *, place: bool = False
) -> Iterator[Inline]:
    """Yield a talk and its speakers, unless it is called by them; see :func:`talk_list`."""
    yield cross_references.talk(talk)
    yield from programme_blocks.recorded_mark(catalogue, talk)
    others = [slug for slug in talk.people if slug != without]
    if others and talk.is_titled:
        sign = _(" with ") if without else _(" by ")
        yield span("conf-by", sign, *speakers(catalogue, others))
    if place:
        facts: list[Shown] = [cross_references.event(catalogue.events[talk.event])]
        if talk.date:
            facts.append(dates.format_date(talk.date))
        yield Text(" ")
        yield span("conf-when", *join(facts))


def _matches(catalogue: Catalogue, talk: TalkEntry, topic: str) -> list[TopicMatch]:
    """Return the matches of ``topic`` in ``talk``, else those of narrower topics."""
    own = [match for match in talk.topics if match.topic == topic]
    return own or [
        match
        for match in talk.topics
        if any(broader.slug == topic for broader in catalogue.ancestors(match.topic))
    ]


def _matched_line(match: TopicMatch) -> Para:
    """Return the line that gave a talk its topic, with the phrase in bold."""
    text, start, end = match.text, match.start, match.end
    if start == end:
        shown: Sequence[Inline] = (Text(_("said by its note: {}").format(text)),)
    else:
        before, after = text[:start], text[end:]
        if len(before) > _AROUND:
            before = "… " + before[-_AROUND:].partition(" ")[2]
        if len(after) > _AROUND:
            after = after[:_AROUND].rpartition(" ")[0] + " …"
        parts = (Text(before), Strong((Text(text[start:end]),)), Text(after))
        shown = [part for part in parts if part != Text("")]
    return para("conf-reason", *shown)


def _day(talk: TalkEntry) -> date:
    return talk.date or date(int(talk.event.split("/")[1]), 1, 1)
