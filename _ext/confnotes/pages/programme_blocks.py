"""The programme on the page of an event, and its fields for each noted talk."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from confnotes.catalogue import Catalogue, TalkEntry
from confnotes.catalogue.programme import ScheduledTalk, day_of
from confnotes.catalogue.programme_match import noted_talks, scheduled_talks
from confnotes.names import name_key
from confnotes.notes.syntax.fields import FieldName, field_of
from confnotes.pages import cross_references, dates
from confnotes.pages.i18n import _
from confnotes.pages.inline_markup import safe_link
from confnotes.pages.page_model import (
    CrossReference,
    Emphasis,
    Fold,
    Inline,
    ListItem,
    PageBlock,
    Rubric,
    Section,
    Text,
)
from confnotes.pages.shorthands import Shown, bullets, item, join, section, span
from confnotes.pages.talk_body import recording_of

_MAX_OPEN, _MAX_WHOLE = 60, 300
"""Talks up to which days are not folded; up to which missed talks have speakers and rooms."""


def announcement(catalogue: Catalogue, talk: TalkEntry) -> tuple[Inline, ...]:
    """Return the facts about a noted talk that only the programme has."""
    scheduled = scheduled_talks(catalogue).get(talk.object_name)
    if scheduled is None:
        return ()
    shown: list[Shown] = []
    if name_key(scheduled.title) != name_key(talk.title):
        shown.append(Emphasis((Text(_full_title(scheduled)),)))
    elif scheduled.subtitle:
        shown.append(Emphasis((Text(scheduled.subtitle),)))
    if scheduled.speakers and not talk.talk.speakers:
        shown.append(span("conf-by", *_speakers(catalogue, scheduled)))
    shown += [text for text in (_when(scheduled), scheduled.room) if text]
    if scheduled.cancelled:
        shown.append(_("cancelled"))
    typed = {field_of(to.label) for to in talk.talk.materials}
    addresses = (
        (_("Abstract"), scheduled.url, None),
        (_("Recording"), scheduled.video, FieldName.VIDEO),
        (_("Slides"), scheduled.slides, FieldName.SLIDES),
    )
    shown += [
        (watch_link if field is FieldName.VIDEO else safe_link)(url, label)
        for label, url, field in addresses
        if url and field not in typed
    ]
    return join(shown)


def recording(catalogue: Catalogue, talk: TalkEntry) -> str:
    """Return the URL of the recording of a talk, in its note or in the programme, or nothing."""
    scheduled = scheduled_talks(catalogue).get(talk.object_name)
    return recording_of(talk.talk, scheduled.video if scheduled else "")


def recorded_mark(catalogue: Catalogue, talk: TalkEntry) -> tuple[Inline, ...]:
    """Return the mark of a talk in a list if it has a recording."""
    mark = span("conf-recorded", f"({_('Recording')})")
    return (Text("\N{NO-BREAK SPACE}"), mark) if recording(catalogue, talk) else ()


def watch_link(url: str, label: str) -> Inline:
    return span("conf-watch", safe_link(url, label))


def programme_section(catalogue: Catalogue, event: str) -> Iterator[Section]:
    """Yield the programme of an event by days, with noted and missed talks."""
    programme = catalogue.programmes.get(event)
    if programme is None or not programme.talks:
        return
    noted = noted_talks(catalogue).get(event, {})
    is_brief = len(programme.talks) > _MAX_WHOLE
    days: defaultdict[str, list[ScheduledTalk]] = defaultdict(list)
    for scheduled in programme.talks:
        day = day_of(scheduled.start)
        days[dates.format_weekday(day) if day else _("Date not known")].append(scheduled)
    blocks: list[PageBlock] = []
    for title, talks in days.items():
        numbers = _("{noted} of {all} talks noted").format(
            noted=sum(talk.id in noted for talk in talks), all=len(talks)
        )
        items = [
            _missed(talk)
            if is_brief and talk.id not in noted
            else _item(catalogue, talk, noted.get(talk.id))
            for talk in talks
        ]
        listed = bullets("conf-programme", items)
        is_long = len(programme.talks) > _MAX_OPEN
        blocks += [Rubric((Text(title),)), Fold(numbers, (listed,)) if is_long else listed]
    yield section("programme", _("Programme"), *blocks)


def _missed(scheduled: ScheduledTalk) -> ListItem:
    return item(" ".join(filter(None, (_time(scheduled), scheduled.title))))


def _item(catalogue: Catalogue, scheduled: ScheduledTalk, noted: str | None) -> ListItem:
    line: list[Shown] = [time, " "] if (time := _time(scheduled)) else []
    if noted:
        line.append(CrossReference("talk", noted, scheduled.title))
    else:
        line.append(safe_link(scheduled.url, scheduled.title) if scheduled.url else scheduled.title)
    if scheduled.speakers:
        line.append(span("conf-by", _(" by "), *_speakers(catalogue, scheduled)))
    rest = [scheduled.room, _("cancelled") if scheduled.cancelled else "" if noted else _("missed")]
    if known := [text for text in rest if text]:
        line += [" · ", *join(known)]
    return item(*line)


def _speakers(catalogue: Catalogue, scheduled: ScheduledTalk) -> tuple[Inline, ...]:
    found: list[Shown] = []
    for name in scheduled.speakers:
        person = catalogue.person(name)
        found.append(cross_references.person(catalogue, person.slug) if person else name)
    return join(found, ", ")


def _full_title(scheduled: ScheduledTalk) -> str:
    return ": ".join(filter(None, (scheduled.title, scheduled.subtitle)))


def _time(scheduled: ScheduledTalk) -> str:
    """Return ``10:00``, empty if only the day is known."""
    return scheduled.start[11:16]


def _when(scheduled: ScheduledTalk) -> str:
    day = day_of(scheduled.start)
    return " ".join(filter(None, (dates.format_weekday(day) if day else "", _time(scheduled))))
