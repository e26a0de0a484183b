"""All notes taken together: every derived fact comes from here."""

from __future__ import annotations

from confnotes.catalogue.load import load
from confnotes.catalogue.records import (
    Catalogue,
    NoteEntry,
    Person,
    TalkEntry,
    Written,
)
from confnotes.catalogue.topics import Match, Topic

__all__ = [
    "Catalogue",
    "Match",
    "NoteEntry",
    "Person",
    "TalkEntry",
    "Topic",
    "Written",
    "load",
]
