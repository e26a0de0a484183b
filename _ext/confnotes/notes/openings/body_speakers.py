"""Speakers that a talk's body names; the text stays where it is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import islice

from confnotes.model import Block, ListBlock, ListEntry, Quote, Subheading
from confnotes.names import name_key
from confnotes.notes.codes import NoteCode
from confnotes.notes.entities.people import parse_people
from confnotes.notes.openings.builder import TalkBuilder
from confnotes.notes.openings.leading_items import leading_speaker_items
from confnotes.notes.syntax.inline import strip_inline_markup
from confnotes.notes.syntax.texts import iter_texts

_CO_PRESENTER = re.compile(r"\bco[- ]?(?:present|speak|host|author|talk)\w*", re.IGNORECASE)
_BY_IN_TEXT = re.compile(
    r"\b(?:talk|session|keynote|presentation|workshop|tutorial|presented|given|delivered|held|"
    r"speech|hosted|led|run)\b(?: \w+){0,3}? (?:by|from|with)\s+(?P<who>(?:[^.!?;:]|"
    r"\.(?=\w)){3,120})",
    re.IGNORECASE,
)
_CAPITALISED = re.compile(
    r"[^\W\da-z_][\w'’.-]*(?:\s(?:van|von|de|der|den|da|di|del|la|le|el|al|bin|ter|"
    r"[^\W\da-z_][\w'’.-]*)){0,4}"
)
_WHO = re.compile(r"(?:who|speakers?|presenters?|by|people|panel|panel?lists?)\??:?", re.IGNORECASE)


def add_speakers_from_body(builder: TalkBuilder, body: Sequence[Block]) -> None:
    """Find speakers that a bullet or the running text names; the text stays where it is."""
    if builder.has_speaker_field or not body:
        return
    first = next((block for block in body[:3] if not isinstance(block, Subheading)), body[0])
    if isinstance(first, ListBlock):
        for item in first.items[:4]:
            _co_presenters(builder, item)
        if not builder.speakers:
            _first_bullets(builder, first)
    if not builder.speakers:
        for line, text in islice(iter_texts(body[:3]), 8):
            if _speaker_in_text(builder, line, text):
                return
    if not builder.speakers and isinstance(first, Quote):
        for line, text in islice(iter_texts([first]), 12):
            who = (
                parse_people(
                    strip_inline_markup(text, builder.markup), line, builder.context.known_names
                )
                if len(text) < 120
                else None
            )
            if who and who.score > 1.0:
                builder.add(
                    who, NoteCode.SPEAKER_IN_TEXT, "a line of the quoted block was read as", line
                )
                return


def _co_presenters(builder: TalkBuilder, item: ListEntry) -> None:
    text = strip_inline_markup(item.text[:200], builder.markup)
    match = _CO_PRESENTER.search(text)
    if match is None:
        return
    have = {name_key(speaker.name) for speaker in builder.speakers}
    for found in _CAPITALISED.finditer(f"{text[: match.start()]}\n{text[match.end() :]}"):
        who = parse_people(found.group(), item.line, builder.context.known_names)
        if who is None or name_key(who.speakers[0].name) in have:
            continue
        if who.score > (-0.5 if " " in who.speakers[0].name else 1.5):
            builder.add(who, NoteCode.CO_PRESENTER, "a bullet names the co-presenter", item.line)


def _first_bullets(builder: TalkBuilder, block: ListBlock) -> None:
    for item, who in leading_speaker_items(block, builder.markup, builder.context):
        builder.add(who, NoteCode.SPEAKER_BELOW, "the first bullet was read as", item.line)
    for item in block.items[:3] if not builder.speakers else ():
        inner = item.children[0] if item.children else None
        if isinstance(inner, ListBlock) and _WHO.fullmatch(
            strip_inline_markup(item.text[:40], builder.markup)
        ):
            _listed_people(builder, inner, item.text)
            return


def _listed_people(builder: TalkBuilder, block: ListBlock, label: str) -> None:
    """Read the people listed under a bullet such as ``Who``: a row of them, or the first alone."""
    for item in block.items[:12]:
        who = parse_people(
            strip_inline_markup(item.text[:200], builder.markup),
            item.line,
            builder.context.known_names,
        )
        if who is None or who.score < 0 or any(" " not in speaker.name for speaker in who.speakers):
            return
        builder.add(who, NoteCode.SPEAKER_BELOW, f"a bullet under ‘{label}’ was read as", item.line)


def _speaker_in_text(builder: TalkBuilder, line: int, text: str) -> bool:
    plain = strip_inline_markup(text[:400], builder.markup)
    match = _BY_IN_TEXT.search(plain)
    if match is None:
        return False
    found = _CAPITALISED.match(match["who"].strip())
    if found is None:
        return False
    who = parse_people(found.group(), line, builder.context.known_names)
    if who is None or who.score < -1.0 or " " not in who.speakers[0].name:
        return False
    builder.add(who, NoteCode.SPEAKER_IN_TEXT, "the text names the speaker", line)
    return True
