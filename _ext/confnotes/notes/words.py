"""Words of a head: which of them its talk does not show."""

from __future__ import annotations

import re

from confnotes.model import Markup, Talk
from confnotes.notes.inline import bare

WORDS = re.compile(r"[^\W_]+")
JOINING = frozenset(
    "by and with the speaker speakers presenter presenters presented given talk a et und y".split()
)
"""Words between names, which say nothing by themselves."""
_GENITIVE = re.compile(r"['’]s\b")


def lost_words(talk: Talk, markup: Markup) -> str:
    """Return the words of a head that its talk does not show."""
    shown = [talk.title, talk.track, talk.kind.value]
    for speaker in talk.speakers:
        shown += [speaker.name, speaker.affiliation, speaker.role, speaker.handle]
    have = JOINING | set(WORDS.findall(" ".join(shown).casefold()))
    return " ".join(
        token
        for token in bare(talk.head, markup).split()
        if any(word.casefold() not in have for word in WORDS.findall(_GENITIVE.sub("", token)))
    )
