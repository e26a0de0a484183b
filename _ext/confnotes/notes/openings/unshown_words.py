"""The words of a line that its talk does not show as title, track, kind, speaker or material."""

from __future__ import annotations

import re
from functools import cache

from confnotes.model import Markup, Talk
from confnotes.notes.entities.unspaced_names import strip_honorific
from confnotes.notes.languages.patterns import is_unspaced
from confnotes.notes.languages.phrase_tables import phrases
from confnotes.notes.syntax.inline import strip_inline_markup
from confnotes.notes.syntax.links_in_text import targets_in

_WORD = re.compile(r"[^\W_]+")
_REFERENCE = re.compile(r"\]\[([^\[\]]+)\]")
"""What a link of Markdown refers to; its address stands elsewhere."""
_HANDLE = re.compile(r"\(?(@[\w.@-]*\w)[):,;.]*$", re.ASCII)
_GENITIVE = re.compile(r"['’]s\b")


def unshown_words(text: str, talk: Talk, markup: Markup) -> str:
    """Return the words of ``text`` that ``talk`` does not show; those of addresses do not count."""
    shown = [talk.title, talk.track, talk.kind.value, *(link.label for link in talk.materials)]
    for speaker in talk.speakers:
        shown += [speaker.name, speaker.affiliation, speaker.role, speaker.handle, speaker.id]
    joined = " ".join(shown).casefold()
    have = {word.casefold() for word in _WORD.findall(" ".join(shown))}  # ``İ`` becomes two signs
    handles = {*joined.split(), *(f"@{one.handle}".casefold() for one in talk.speakers)}
    plain = strip_inline_markup(text, markup)
    lost = [
        token
        for token in plain.split()
        if ((handle := _HANDLE.match(token)) and handle[1].casefold() not in handles)
        or any(
            word.casefold() not in have
            and not _is_connective(word)
            and not (is_unspaced(word) and strip_honorific(word).casefold() in joined)
            for word in _WORD.findall(_GENITIVE.sub("", token))
        )
    ]
    lost += (label for label in _REFERENCE.findall(text) if label not in plain)
    return " ".join(lost)


def _is_connective(word: str) -> bool:
    """Return True if ``word`` joins names; ``EN`` names a language."""
    return word.casefold() in connectives() and not (word.isupper() and len(word) == 2)


@cache
def connectives() -> frozenset[str]:
    """Return words such as ``by`` and ``and``, which may be missing where the rest is shown."""
    keys = (
        "people.joiners",
        "people.by",
        "people.with",
        "people.at",
        "fields.speakers",
        "names.titles_after",
    )
    text = " ".join(phrase for key in keys for phrase in phrases(key))
    return frozenset(_WORD.findall(f"{text} the a talk presentation".casefold()))


def unshown_targets(text: str, talk: Talk) -> set[str]:
    """Return the targets of links in ``text`` that are no material of ``talk``."""
    return set(targets_in(text)) - {link.url for link in talk.materials}
