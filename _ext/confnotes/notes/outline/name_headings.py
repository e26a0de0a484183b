"""Lines that are only names and head the bullets below them."""

from __future__ import annotations

from collections.abc import Sequence

from confnotes.notes.outline.candidate import PLAIN_LEVEL, Candidate


def mark_name_headings(found: Sequence[Candidate], by_index: dict[int, Candidate]) -> None:
    """Mark names over bullets that are headings: at least half have no line above for a title."""
    plain = [c for c in found if c.level == PLAIN_LEVEL]
    names = [c for c in plain if c.is_name_only and c.bullets]
    below_lists = sum(c.index > 0 and c.index - 1 not in by_index for c in names)
    for candidate in names:
        candidate.heads_alone = 2 * below_lists >= len(names) > 1
