"""The reader of notes: any bytes in, a :class:`confnotes.model.Note` out."""

from __future__ import annotations

from confnotes.notes.pipeline import NO_KNOWN_ENTITIES, KnownEntities, read_note, read_posts
from confnotes.notes.syntax.comments import public_text

__all__ = ["NO_KNOWN_ENTITIES", "KnownEntities", "public_text", "read_note", "read_posts"]
