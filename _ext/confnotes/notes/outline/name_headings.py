"""Headings that are only names: over bullets, or right above the titles of their talks."""

from __future__ import annotations

from collections.abc import Sequence

from confnotes.notes.outline.candidate import PLAIN_LEVEL, Candidate, by_level


def mark_name_headings(found: Sequence[Candidate], by_index: dict[int, Candidate]) -> None:
    """Mark the names among the candidates ``found`` that are headings by themselves."""
    _find_lone_names(found, by_index)
    for siblings in by_level(found):
        _find_names_above_titles(siblings, by_index)


def _find_lone_names(found: Sequence[Candidate], by_index: dict[int, Candidate]) -> None:
    """Find names over bullets that are headings: at least half have no line above for a title."""
    plain = [c for c in found if c.level == PLAIN_LEVEL]
    names = [c for c in plain if c.is_name_only and c.bullets]
    below_lists = sum(c.index > 0 and c.index - 1 not in by_index for c in names)
    for candidate in names:
        candidate.heads_alone = 2 * below_lists >= len(names) > 1


def _find_names_above_titles(siblings: Sequence[Candidate], by_index: dict[int, Candidate]) -> None:
    """Find headings that are only names where each, two or more, is right above a title."""
    names = [c for c in siblings if c.is_name_only and c.level < PLAIN_LEVEL]
    above = [by_index.get(c.index - 1) for c in names]
    below = [by_index.get(c.index + 1) for c in names]
    inner = sum(
        other is not None and other.level < c.level for other, c in zip(above, names, strict=True)
    )
    titled = sum(
        other is not None
        and other.level == c.level
        and not (other.best_parse.speakers or other.is_never_talk)
        for other, c in zip(below, names, strict=True)
    )
    if titled == len(names) > 1 and inner < 2:
        for candidate in names:
            candidate.is_above_title = True
