"""Notes brought in from elsewhere: sources become posts, posts a plan, and a plan files."""

from __future__ import annotations

from confnotes.imports.existing import Existing, look
from confnotes.imports.plan import Plan, Planned, State, plan
from confnotes.imports.post import LeftOut, Post, SourceError
from confnotes.imports.sources import read
from confnotes.imports.write import create, write

__all__ = [
    "Existing",
    "LeftOut",
    "Plan",
    "Planned",
    "Post",
    "SourceError",
    "State",
    "create",
    "look",
    "plan",
    "read",
    "write",
]
