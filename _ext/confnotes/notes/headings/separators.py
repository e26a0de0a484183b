"""Separators of a heading: the signs and words at which it can be cut."""

from __future__ import annotations

import re
from functools import cache

from confnotes.notes.entities.words_around_names import ambiguous_by, begins_with_given_name
from confnotes.notes.headings.annotations import INNER_ANNOTATION
from confnotes.notes.languages.patterns import expand_phrases, is_unspaced
from confnotes.notes.languages.phrase_tables import phrases

_BRACKETS = re.compile(
    r"\([^()]*\)|\[[^\[\]]*\]|[\"“][^\"“”]*[\"”]|（[^（）]*）|「[^「」]*」|『[^『』]*』|《[^《》]*》|【[^【】]*】"
)
_SEPARATORS = 14


@cache
def separator_pattern() -> re.Pattern[str]:
    """Return the pattern of all signs and words at which a heading can be cut."""
    weak = ambiguous_by()
    by = "|".join(
        re.escape(word)
        for word in (*phrases("people.by"), "By", "BY", "be")
        if not is_unspaced(word) and word not in weak
    )
    pattern = (
        r"(?P<dash>\s+-{1,3}\s+|\s+-(?=[^\s\d-]{2,20}-$)|\s+[–—―]\s*|[–—―]\s+|(?<=[^\W\d_])—+(?=[^\W\d_]))"
        r"|(?P<pipe>\s*[|│·•]\s+|\s*｜\s*|\s+//\s+|\s+~\s+|\s+::\s+|\s+→\s+)"
        rf"|(?P<by>[,.]?\s+(?:{by})(?:\s*:)?\s+(?=[^\W\da-z_]|@|[a-z]+ (?:and|&) |\[)|"
        r"\s+by\s+(?=\S+(?:\s\S+)?$))"
        rf"|(?P<of>\s+(?:{'|'.join(weak)})\s+(?=[^\W\da-z_]))"
        r"|(?P<on>\s+on\s+(?=[^\W_]))"
        rf"|(?P<with>,?\s+<people.with>\s+(?=[^\W\da-z_]|@))"
        rf"|(?P<note>{INNER_ANNOTATION})"
        r"|(?P<colon>:\s+|\s*：\s*)"
        r"|(?P<comma>,\s+)"
        r"|(?P<slash>\s+/\s+|\s*／\s*)"
        r"|(?P<quote>(?<=[」』》])\s*(?=[^\W_]))"
        r"|(?P<titled>\s+(?=\S+<names.titles_after>$))"
        r"|(?P<handle>[\s!?.]+(?=@\w))"
        r"|(?P<stop>[!?.]\s+(?=[^\W\da-z_]))"
    )
    return re.compile(expand_phrases(pattern))


def trailing_punctuation(separator: re.Match[str]) -> str:
    """Return the mark that a cut takes from the end of a sentence, which is the title's."""
    return separator.group().strip() if separator.lastgroup in {"stop", "handle"} else ""


def find_separators(text: str) -> list[re.Match[str]]:
    """Return where ``text`` can be cut, outside its brackets and quotes."""
    brackets = [match.span() for match in _BRACKETS.finditer(text)]
    separators = [
        separator
        for separator in separator_pattern().finditer(text)
        if (separator.lastgroup != "of" or begins_with_given_name(text[separator.end() :]))
        and not any(start < separator.start() < end >= separator.end() for start, end in brackets)
    ]
    return (
        separators
        if len(separators) <= _SEPARATORS
        else [*separators[: _SEPARATORS // 2], *separators[-_SEPARATORS // 2 :]]
    )
