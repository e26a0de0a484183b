"""The reader of notes: any bytes in, a :class:`confnotes.model.Note` out."""

from __future__ import annotations

from confnotes.notes.comments import public_text
from confnotes.notes.reader import NOTHING_KNOWN, Known, read_note, read_posts

__all__ = ["NOTHING_KNOWN", "Known", "public_text", "read_note", "read_posts"]
