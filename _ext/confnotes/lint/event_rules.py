"""Rules on events."""

from __future__ import annotations

from collections.abc import Iterator

from confnotes.catalogue import Catalogue
from confnotes.catalogue.events import event_of
from confnotes.lint.codes import LintCode
from confnotes.lint.similarity import similar_titles
from confnotes.model import Event, Problem
from confnotes.names import identity_key
from confnotes.notes.codes import GuessCode


def misspelt_events(catalogue: Catalogue) -> Iterator[Problem]:
    """Yield notes whose heading calls the event neither by its name nor by an alias."""
    for entry in catalogue.notes.values():
        note, event = entry.note, catalogue.events[entry.event]
        guesses = {one.code: one.message for one in note.guesses}
        value = guesses.get(GuessCode.EVENT_SPELLING, "")
        is_typed = note.event and GuessCode.EVENT_FROM_PATH not in guesses
        names = map(identity_key, (event.name, *event.aliases))
        if is_typed and not value and identity_key(note.event) not in names:
            value = f"‘{note.event}’ was taken for ‘{event.name}’"
        if value:
            hint = f"correct it, or add it to the aliases of {event.docname}.md"
            yield Problem.of(LintCode.EVENT_SPELLING, note.path, value, hint, note.line)


def similar_events(catalogue: Catalogue) -> Iterator[Problem]:
    """Yield series whose names differ by a slip."""
    first: dict[str, Event] = {}
    for event in catalogue.events.values():
        first.setdefault(event.series, event)
    for one, other, _ in similar_titles(first):
        if identity_key(one) == identity_key(other):
            continue
        early, late = sorted((first[one], first[other]), key=lambda event: event.docname)
        place = _path(catalogue, early)
        message = f"series ‘{late.series}’ is nearly identical to ‘{early.series}’ of {place}"
        hint = f"if they are one, type ‘series: {early.series}’ in {late.docname}.md"
        yield Problem.of(LintCode.SIMILAR_EVENT, _path(catalogue, late), message, hint)


def _path(catalogue: Catalogue, event: Event) -> str:
    """Return the path of an event's page, or of its first note if there is none."""
    if written := catalogue.handwritten.get(event.docname):
        return written.path
    notes = (note for name, note in catalogue.summaries.items() if event_of(name) == event.docname)
    return next((note.path for note in notes), f"{event.docname}.md")
