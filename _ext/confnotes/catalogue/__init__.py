"""The catalogue: people, topics, events and talks of all notes and hand-written pages."""

from __future__ import annotations

from confnotes.catalogue.catalogue import Catalogue, HandwrittenPage, NoteEntry, TalkEntry
from confnotes.catalogue.load import load_catalogue
from confnotes.catalogue.person import Person
from confnotes.catalogue.topics import Topic, TopicMatch

__all__ = [
    "Catalogue",
    "HandwrittenPage",
    "NoteEntry",
    "Person",
    "TalkEntry",
    "Topic",
    "TopicMatch",
    "load_catalogue",
]
