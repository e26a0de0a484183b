"""Rules that find problems across all notes, without Sphinx."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from confnotes.catalogue import Catalogue
from confnotes.lint import event_rules, file_rules, speaker_rules, talk_rules, topic_rules
from confnotes.lint.codes import LintCode
from confnotes.lint.source_lines import lines_of
from confnotes.model import Problem

__all__ = ["LintCode", "find_problems"]

RULES: tuple[Callable[[Catalogue], Iterator[Problem]], ...] = (
    talk_rules.low_confidence,
    talk_rules.without_page,
    talk_rules.without_speaker,
    talk_rules.duplicate_talks,
    talk_rules.given_before,
    talk_rules.also_at_unknown,
    talk_rules.without_text,
    talk_rules.dropped_text,
    event_rules.misspelt_events,
    event_rules.similar_events,
    speaker_rules.similar_names,
    speaker_rules.ambiguous_name,
    speaker_rules.unknown_id,
    speaker_rules.suspicious_name,
    speaker_rules.single_word_name,
    speaker_rules.unpreferred_spelling,
    speaker_rules.unused_page,
    file_rules.unused_files,
    file_rules.large_pictures,
    topic_rules.similar_topics,
    topic_rules.unused_topics,
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
