"""Rules that find problems across all notes, without Sphinx."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from confnotes.catalogue import Catalogue
from confnotes.lint import events, files, people, talks, topics
from confnotes.lint.codes import LintCode
from confnotes.lint.source_lines import lines_of
from confnotes.model import Problem

__all__ = ["LintCode", "find_problems"]

RULES: tuple[Callable[[Catalogue], Iterator[Problem]], ...] = (
    talks.low_confidence,
    talks.without_page,
    talks.without_speaker,
    talks.duplicate_talks,
    talks.given_before,
    talks.also_at_unknown,
    talks.without_text,
    talks.dropped_text,
    events.misspelt_events,
    events.similar_events,
    people.similar_names,
    people.ambiguous_name,
    people.unknown_id,
    people.suspicious_name,
    people.single_word_name,
    people.unpreferred_spelling,
    people.unused_page,
    files.unused_files,
    files.large_pictures,
    topics.similar_topics,
    topics.unused_topics,
)
"""Each rule yields the problems of one code, each once."""


def find_problems(
    catalogue: Catalogue, tell: Callable[[str], None] = lambda _: None
) -> list[Problem]:
    """Return every problem of ``catalogue``, sorted by path and line, each once.

    ``tell`` is called with the name of each rule before it runs.
    """
    lines_of.cache_clear()
    found = set(catalogue.problems)
    for rule in RULES:
        tell(rule.__name__.replace("_", " "))
        found.update(rule(catalogue))
    return sorted(found)
