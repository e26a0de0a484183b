"""Notes brought in from elsewhere: sources become posts, posts a plan, and a plan files."""

from __future__ import annotations

from confnotes.imports.plan import ImportPlan, ImportState, PlannedNote, plan_import
from confnotes.imports.project_index import ProjectIndex, scan
from confnotes.imports.source_post import Skipped, SourceError, SourcePost
from confnotes.imports.sources import read_source
from confnotes.imports.write import create, write

__all__ = [
    "ImportPlan",
    "ImportState",
    "PlannedNote",
    "ProjectIndex",
    "Skipped",
    "SourceError",
    "SourcePost",
    "create",
    "plan_import",
    "read_source",
    "scan",
    "write",
]
