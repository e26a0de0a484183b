"""Rules that look for problems in all notes together, without Sphinx."""

from __future__ import annotations

from collections.abc import Callable

from confnotes.catalogue import Catalogue
from confnotes.checks import events, files, people, talks, topics
from confnotes.checks.codes import READ, Code
from confnotes.checks.lines import lines_of
from confnotes.checks.rule import Rule
from confnotes.model import Problem, Severity

__all__ = ["READ", "RULES", "Code", "Rule", "run"]

RULES = (
    Rule(Code.UNSURE, Severity.WARNING, talks.unsure),
    Rule(Code.NO_SPEAKER, Severity.INFO, talks.without_speaker),
    Rule(Code.DUPLICATE_TALK, Severity.WARNING, talks.duplicates),
    Rule(Code.NO_TEXT, Severity.WARNING, talks.without_text),
    Rule(Code.DROPPED, Severity.INFO, talks.dropped),
    Rule(Code.EVENT_SPELLING, Severity.WARNING, events.misspelt),
    Rule(Code.NEAR_EVENT, Severity.WARNING, events.near),
    Rule(Code.NEAR_NAME, Severity.WARNING, people.near),
    Rule(Code.ODD_NAME, Severity.WARNING, people.odd),
    Rule(Code.HALF_NAME, Severity.INFO, people.half),
    Rule(Code.FIELD_SPELLING, Severity.INFO, people.spelling),
    Rule(Code.UNUSED_SPEAKER, Severity.INFO, people.unused),
    Rule(Code.UNUSED_FILE, Severity.WARNING, files.unused),
    Rule(Code.NEAR_TOPIC, Severity.WARNING, topics.near),
    Rule(Code.UNUSED_TOPIC, Severity.INFO, topics.unused),
)


def run(catalogue: Catalogue, tell: Callable[[str], None] = lambda _: None) -> list[Problem]:
    """Return every problem of ``catalogue``, sorted by place, each once.

    ``tell`` is called with the code of each rule before it runs.
    """
    lines_of.cache_clear()
    found = set(catalogue.problems)
    for rule in RULES:
        tell(rule.code.value)
        found.update(rule.problems(catalogue))
    return sorted(found, key=lambda one: (one.path, one.line, one.column, one.code, one.message))
