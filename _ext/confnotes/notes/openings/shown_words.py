"""What of a line its talk shows: the title, the track, the kind, the speakers, the materials."""

from __future__ import annotations

import re

from confnotes.model import Markup, Talk
from confnotes.notes.syntax.inline import strip_inline_markup
from confnotes.notes.syntax.texts import urls_in

_WORD = re.compile(r"[^\W_]+")
CONNECTIVES = frozenset(
    "by and with the speaker speakers presenter presenters presented given talk a et und y".split()
)
"""Words between names, which say nothing by themselves."""
_GENITIVE = re.compile(r"['’]s\b")


def unshown_words(text: str, talk: Talk, markup: Markup) -> str:
    """Return the words of ``text`` that ``talk`` does not show; those of addresses do not count."""
    shown = [talk.title, talk.track, talk.kind.value, *(link.label for link in talk.materials)]
    for speaker in talk.speakers:
        shown += [speaker.name, speaker.affiliation, speaker.role, speaker.handle]
    have = CONNECTIVES | set(_WORD.findall(" ".join(shown).casefold()))
    return " ".join(
        token
        for token in strip_inline_markup(text, markup).split()
        if any(word.casefold() not in have for word in _WORD.findall(_GENITIVE.sub("", token)))
    )


def unshown_urls(text: str, talk: Talk) -> set[str]:
    """Return the addresses in ``text`` that are no material of ``talk``."""
    return set(urls_in(text)) - {link.url for link in talk.materials}
