"""Speakers that a talk's body names; the text stays where it is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import islice

from confnotes.model import Block, Bullets, Item, Quote, Subheading
from confnotes.names import key
from confnotes.notes.codes import Code
from confnotes.notes.draft import Draft
from confnotes.notes.firstbullets import speaker_bullets
from confnotes.notes.inline import bare
from confnotes.notes.people import people
from confnotes.notes.texts import texts

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


def look_inside(at: Draft, body: Sequence[Block]) -> None:
    """Find speakers that a bullet or the running text names; the text stays where it is."""
    if at.said_speakers or not body:
        return
    first = next((block for block in body[:3] if not isinstance(block, Subheading)), body[0])
    if isinstance(first, Bullets):
        for item in first.items[:4]:
            _co_presenters(at, item)
        if not at.speakers:
            _first_bullets(at, first)
    if not at.speakers:
        for line, text in islice(texts(body[:3]), 8):
            if _speaker_in_text(at, line, text):
                return
    if not at.speakers and isinstance(first, Quote):
        for line, text in islice(texts([first]), 12):
            who = people(bare(text, at.markup), line, at.context.known) if len(text) < 120 else None
            if who and who.score > 1.0:
                at.add(who, Code.SPEAKER_IN_TEXT, "a line of the quoted block was read as", line)
                return


def _co_presenters(at: Draft, item: Item) -> None:
    text = bare(item.text[:200], at.markup)
    match = _CO_PRESENTER.search(text)
    if match is None:
        return
    have = {key(speaker.name) for speaker in at.speakers}
    for found in _CAPITALISED.finditer(f"{text[: match.start()]}\n{text[match.end() :]}"):
        who = people(found.group(), item.line, at.context.known)
        if who is None or key(who.speakers[0].name) in have:
            continue
        if who.score > (-0.5 if " " in who.speakers[0].name else 1.5):
            at.add(who, Code.CO_PRESENTER, "a bullet names the co-presenter", item.line)


def _first_bullets(at: Draft, block: Bullets) -> None:
    for item, who in speaker_bullets(block, at.markup, at.context):
        at.add(who, Code.SPEAKER_BELOW, "the first bullet was read as", item.line)
    for item in block.items[:3] if not at.speakers else ():
        inner = item.children[0] if item.children else None
        if isinstance(inner, Bullets) and _WHO.fullmatch(bare(item.text[:40], at.markup)):
            _listed_people(at, inner, item.text)
            return


def _listed_people(at: Draft, block: Bullets, label: str) -> None:
    """Read the people listed under a bullet such as ``Who``: a row of them, or the first alone."""
    for item in block.items[:12]:
        who = people(bare(item.text[:200], at.markup), item.line, at.context.known)
        if who is None or who.score < 0 or any(" " not in speaker.name for speaker in who.speakers):
            return
        at.add(who, Code.SPEAKER_BELOW, f"a bullet under ‘{label}’ was read as", item.line)


def _speaker_in_text(at: Draft, line: int, text: str) -> bool:
    plain = bare(text[:400], at.markup)
    match = _BY_IN_TEXT.search(plain)
    if match is None:
        return False
    found = _CAPITALISED.match(match["who"].strip())
    if found is None:
        return False
    who = people(found.group(), line, at.context.known)
    if who is None or who.score < -1.0 or " " not in who.speakers[0].name:
        return False
    at.add(who, Code.SPEAKER_IN_TEXT, "the text names the speaker", line)
    return True
