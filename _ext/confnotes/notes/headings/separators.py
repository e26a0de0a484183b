"""Where a heading can be cut, and titles without the quotes, signs and the track around them."""

from __future__ import annotations

import re
from functools import cache

from confnotes.notes.entities.words_around_names import ambiguous_by, begins_with_frequent_name
from confnotes.notes.headings.annotations import INNER_ANNOTATION
from confnotes.notes.languages.patterns import expand_phrases, is_unspaced
from confnotes.notes.languages.phrase_tables import phrases

_BRACKETS = re.compile(
    r"\([^()]*\)|\[[^\[\]]*\]|[\"“][^\"“”]*[\"”]|（[^（）]*）|「[^「」]*」|『[^『』]*』|《[^《》]*》|【[^【】]*】"
)
_SEPARATORS = 14
_TRACK = re.compile(
    r"\b(?:mini-?conf(?:erence)?|track|devroom|dev room|room|stage|stream|symposium|"
    r"hall|theat(?:er|re))\b|^(?:session|block|slot) ?\w?$",
    re.IGNORECASE,
)
_QUOTED = re.compile(
    r"^(?:\"(?P<straight>[^\"]+)\"|[“”„«「『《](?P<curly>[^“”„«»「」『』《》]+)[“”»」』》])$"
)
_HANDLE = r"@(?P<handle>(?![A-Z][a-z]+\b)\w[\w.]*)"
"""``@Globex`` is a company."""
_HANDLE_LAST = re.compile(
    rf"^(?P<title>[^@]*[^@\s(–—|-])\s*[–—|(-]?\s*{_HANDLE}\)?(?: \((?P<company>[^()@]+)\))?$"
)
_HANDLE_FIRST = re.compile(rf"^{_HANDLE}(?P<company>)\s+[–—|-]+\s+(?P<title>\S.*)$")


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
        rf"(?P<note>{INNER_ANNOTATION})"
        r"|(?P<dash>\s+-{1,3}\s+|\s+-(?=[^\s\d-]{2,20}-$)|\s+[–—―]\s*|[–—―]\s+|(?<=[^\W\d_])—+(?=[^\W\d_])"
        r"|(?<=[」』》”])[-–—]+(?=[^\W\d_]))"
        r"|(?P<pipe>\s*[|│·•]\s+|\s*｜\s*|\s+//\s+|\s+~\s+|\s+::\s+|\s+→\s+)"
        rf"|(?P<by>[,.]?\s+(?:{by})(?:\s*:)?\s+(?=[^\W\da-z_]|@|[a-z]+ (?:and|&) |\[)|"
        r"\s+by\s+(?=\S+(?:\s\S+)?$))"
        rf"|(?P<of>\s+(?:{'|'.join(weak)})\s+(?=[^\W\da-z_]))"
        r"|(?P<on>\s+on\s+(?=[^\W_]))"
        rf"|(?P<with>,?\s+<people.with>\s+(?=[^\W\da-z_]|@))"
        r"|(?P<colon>:\s+|\s*：\s*)"
        r"|(?P<comma>,\s+)"
        r"|(?P<slash>\s+/\s+|\s*／\s*|(?<=[」』》])/(?=[^\W_]))"
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
        if (separator.lastgroup != "of" or begins_with_frequent_name(text[separator.end() :]))
        and not any(start < separator.start() < end >= separator.end() for start, end in brackets)
    ]
    return (
        separators
        if len(separators) <= _SEPARATORS
        else [*separators[: _SEPARATORS // 2], *separators[-_SEPARATORS // 2 :]]
    )


def clean_title(text: str) -> str:
    """Return a title without the signs and quotes around it."""
    text = text.strip().strip("|–—｜").strip(" ,:-：／") if text.strip("-–—|,: ") else text
    quoted = _QUOTED.match(text)
    return (quoted["straight"] or quoted["curly"]).strip() if quoted else text


def split_handle(text: str) -> tuple[str, str, str]:
    """Split ``Queues @ana (Acme)``, after a name, into the title, the handle and the company.

    The handle may stand first: ``@ana – Queues``.
    """
    match = _HANDLE_LAST.match(text) or _HANDLE_FIRST.match(text)
    return (match["title"], match["handle"], match["company"] or "") if match else (text, "", "")


def split_track(left: str) -> tuple[str, str]:
    """Split ``Open Cloud Miniconf – Title`` into the title and the track."""
    for separator in separator_pattern().finditer(left):
        before = left[: separator.start()].strip()
        if separator.lastgroup in {"dash", "pipe"} or (
            separator.lastgroup == "colon" and "onf" in before
        ):
            if _TRACK.search(before) and len(before.split()) <= 6:
                return left[separator.end() :], before
            break
    return left, ""
