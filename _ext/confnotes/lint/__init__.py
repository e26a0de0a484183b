"""Rules that look for problems in all notes together, without Sphinx."""

from __future__ import annotations

from collections.abc import Callable

from confnotes.catalogue import Catalogue
from confnotes.lint import events, files, people, talks, topics
from confnotes.lint.codes import LintCode
from confnotes.lint.rule import Rule
from confnotes.lint.source_lines import lines_of
from confnotes.model import Problem

__all__ = ["RULES", "LintCode", "Rule", "find_problems"]

RULES = (
    Rule(LintCode.UNSURE, talks.low_confidence),
    Rule(LintCode.UNSURE_SPEAKER, talks.without_page),
    Rule(LintCode.NO_SPEAKER, talks.without_speaker),
    Rule(LintCode.DUPLICATE_TALK, talks.duplicates),
    Rule(LintCode.SAME_TALK, talks.same),
    Rule(LintCode.UNKNOWN_EVENT, talks.also_at_unknown),
    Rule(LintCode.EMPTY_BODY, talks.without_text),
    Rule(LintCode.DROPPED, talks.dropped),
    Rule(LintCode.EVENT_SPELLING, events.misspelt),
    Rule(LintCode.SIMILAR_EVENT, events.similar),
    Rule(LintCode.SIMILAR_NAME, people.similar_names),
    Rule(LintCode.AMBIGUOUS_NAME, people.ambiguous_name),
    Rule(LintCode.UNKNOWN_SPEAKER_ID, people.unknown_id),
    Rule(LintCode.SUSPICIOUS_NAME, people.suspicious_name),
    Rule(LintCode.SINGLE_WORD_NAME, people.single_word_name),
    Rule(LintCode.FIELD_SPELLING, people.unpreferred_spelling),
    Rule(LintCode.UNUSED_SPEAKER, people.unused_page),
    Rule(LintCode.UNUSED_FILE, files.unused),
    Rule(LintCode.SIMILAR_TOPIC, topics.similar),
    Rule(LintCode.UNUSED_TOPIC, topics.unused),
)


def find_problems(
    catalogue: Catalogue, tell: Callable[[str], None] = lambda _: None
) -> list[Problem]:
    """Return every problem of ``catalogue``, sorted by place, each once.

    ``tell`` is called with the code of each rule before it runs.
    """
    lines_of.cache_clear()
    found = set(catalogue.problems)
    for rule in RULES:
        tell(rule.code.value)
        found.update(rule.problems(catalogue))
    return sorted(found, key=lambda one: (one.path, one.line, one.column, one.code, one.message))
