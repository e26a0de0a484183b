"""Rules that look for problems in all notes together, without Sphinx."""

from __future__ import annotations

from collections.abc import Callable

from confnotes.catalogue import Catalogue
from confnotes.lint import events, files, people, talks, topics
from confnotes.lint.codes import READER_SEVERITIES, LintCode
from confnotes.lint.rule import Rule
from confnotes.lint.source_lines import lines_of
from confnotes.model import Problem, Severity

__all__ = ["READER_SEVERITIES", "RULES", "LintCode", "Rule", "find_problems"]

RULES = (
    Rule(LintCode.UNSURE, Severity.WARNING, talks.low_confidence),
    Rule(LintCode.UNSURE_SPEAKER, Severity.WARNING, talks.without_page),
    Rule(LintCode.NO_SPEAKER, Severity.INFO, talks.without_speaker),
    Rule(LintCode.DUPLICATE_TALK, Severity.WARNING, talks.duplicates),
    Rule(LintCode.SAME_TALK, Severity.INFO, talks.same),
    Rule(LintCode.UNKNOWN_EVENT, Severity.WARNING, talks.also_at_unknown),
    Rule(LintCode.EMPTY_BODY, Severity.WARNING, talks.without_text),
    Rule(LintCode.DROPPED, Severity.INFO, talks.dropped),
    Rule(LintCode.EVENT_SPELLING, Severity.WARNING, events.misspelt),
    Rule(LintCode.SIMILAR_EVENT, Severity.WARNING, events.similar),
    Rule(LintCode.SIMILAR_NAME, Severity.WARNING, people.similar_names),
    Rule(LintCode.AMBIGUOUS_NAME, Severity.WARNING, people.ambiguous_name),
    Rule(LintCode.UNKNOWN_SPEAKER_ID, Severity.WARNING, people.unknown_id),
    Rule(LintCode.SUSPICIOUS_NAME, Severity.WARNING, people.suspicious_name),
    Rule(LintCode.SINGLE_WORD_NAME, Severity.INFO, people.single_word_name),
    Rule(LintCode.FIELD_SPELLING, Severity.INFO, people.unpreferred_spelling),
    Rule(LintCode.UNUSED_SPEAKER, Severity.INFO, people.unused_page),
    Rule(LintCode.UNUSED_FILE, Severity.WARNING, files.unused),
    Rule(LintCode.SIMILAR_TOPIC, Severity.WARNING, topics.similar),
    Rule(LintCode.UNUSED_TOPIC, Severity.INFO, topics.unused),
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
