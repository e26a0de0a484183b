"""A talk's heading taken apart: title, speakers, track, kind.

Every way to cut a heading is read, each reading is weighed (log-odds), and the
best one wins if it beats having no speaker at all.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

from confnotes.notes import weights
from confnotes.notes.entities.name_model import name_score
from confnotes.notes.entities.talk_kinds import detect_kind, match_kind_label
from confnotes.notes.headings.annotations import strip_annotations
from confnotes.notes.headings.forms import Form, HeadingParse
from confnotes.notes.headings.parse_context import NO_CONTEXT, ParseContext
from confnotes.notes.headings.parses_with_speakers import HeadingParser
from confnotes.notes.headings.separators import clean_title
from confnotes.notes.languages.patterns import compile_phrases

MAX_LENGTH = 800
_QUOTED = (
    r"^(?:\S+ ){3,}(?P<talk>[“\"„«](?:[^\s“”\"„«»]+ ){2,}[^“”\"„«»]+[”\"“»],?"
    r" (?i:<people.by>) [^\W\da-z_].*)$"
)
"""A talk that a sentence names: ``Want to wait? See “Queues that never fill” by Ana Ruiz``."""


def best_parse(text: str, line: int, context: ParseContext = NO_CONTEXT) -> HeadingParse:
    """Return the best reading of a line of the note."""
    return parse_heading(context.strip_markup(text), line, context)[0]


@lru_cache(maxsize=256)  # several stages read the same lines
def parse_heading(
    text: str, line: int, context: ParseContext = NO_CONTEXT
) -> tuple[HeadingParse, ...]:
    """Return the readings of a heading without markup, best first; one has no speaker."""
    text, kind, label = strip_annotations(text)
    if quoted := compile_phrases(_QUOTED).match(text):
        text = quoted["talk"]
    whole = HeadingParse(Form.TITLE, clean_title(text), (), weights.NEUTRAL, "", kind, label)
    if len(text) > MAX_LENGTH:
        return (whole,)
    found = [whole, *HeadingParser(text, line, context, kind).read(label)]
    found = [_without_kind(_penalise_repeated_speaker(parse)) for parse in found]
    return tuple(sorted(found, key=lambda parse: -parse.score))


def _without_kind(parse: HeadingParse) -> HeadingParse:
    """Return a reading without the kind in front of its title: ``Keynote: Queues``."""
    label = match_kind_label(parse.title)
    title = clean_title(parse.title[label.end() :]) if label else ""
    if not title or name_score(title) > weights.CONFIDENT:
        return parse
    return replace(parse, title=title, kind=detect_kind(parse.title))


def sibling_prior(parses: Sequence[HeadingParse]) -> dict[Form, float]:
    """Return a prior for each form of heading, in log-odds, from confident parses of siblings."""
    sure = [parse.form for parse in parses if parse.score > weights.CONFIDENT and parse.speakers]
    if len(sure) < 2:
        return {}
    shares = {form: sure.count(form) / len(sure) for form in Form}
    orders = (Form.TITLE_SPEAKER, Form.SPEAKER_TITLE, Form.SPEAKER)
    return {
        form: weights.FORM_HABIT * (shares[form] - weights.FORM_HABIT_FROM)
        if shares[form]
        else weights.FORM_NEVER_SEEN
        for form in orders
    }


def apply_prior(parses: Sequence[HeadingParse], prior: Mapping[Form, float]) -> list[HeadingParse]:
    """Return the readings of a line in the order that a ``prior`` on their forms gives them."""

    def posterior(parse: HeadingParse) -> HeadingParse:
        labelled = parse.form is Form.SPEAKER and (parse.title or parse.speakers[0].affiliation)
        bonus = 0.0 if labelled else prior.get(parse.form, 0.0)
        return replace(parse, score=parse.score + bonus) if bonus else parse

    return sorted(map(posterior, parses), key=lambda parse: -parse.score)


def _penalise_repeated_speaker(parse: HeadingParse) -> HeadingParse:
    """Settle ``Ana – Queues by Ana``: a pasted title has its speaker, the dash is the note's."""
    names = [speaker.name for speaker in parse.speakers]
    if parse.form is Form.TITLE_SPEAKER and parse.title.startswith(f"{' '.join(names)} –"):
        return replace(parse, score=parse.score - weights.WRONG_SEPARATOR)
    return parse
