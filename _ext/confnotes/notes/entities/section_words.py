"""Headings that are parts of a talk or of a day, whoever speaks."""

from __future__ import annotations

import re

_SUBHEADING = re.compile(
    r"^(?:\d+[.)]? )?(?:the )?(?:questions?|q ?(?:&|and|n|\+) ?a|answers?|intro(?:duction)?|"
    r"background|"
    r"summary|conclusions?|overview|agenda|outline|abstract|notes?|my notes|links?|resources?|"
    r"references?|"
    r"further reading|takeaways?|key (?:points|takeaways|ideas)|take ?aways?|details?|description|"
    r"about(?: (?:me|us|the (?:speaker|talk|author)s?))?|bio|who|why\??|what\??|how\??|when|"
    r"where|demos?|"
    r"examples?|problems?|solutions?|advantages|disadvantages|pros|cons|benefits|features|goals|"
    r"history|"
    r"motivation|results?|future(?: work)?|next steps|todo|tl;?dr|faq|thoughts|comments?|tips|"
    r"tools|"
    r"slides?|videos?|books?|setup|installation|usage|implementation|architecture|lessons?(?: "
    r"learned)?|"
    r"challenges|recommendations|quotes?|misc(?:ellaneous)?|other|discussion|feedback|final "
    r"thoughts|"
    r"speakers?|topics?|tags|content(?:s)?|table of contents|toc|sponsors?|swag|food|venue|"
    r"disclaimer|"
    r"license|contributing|highlights|concepts?|context|overall|closing thoughts|general|ideas?|"
    r"action items|people|definitions?|terminology|credits|acknowledge?ments?|appendix|wrap[- ]?up|"
    r"recap|part \d+|step \d+.*|(?:rule|tip|lesson|example|phase|chapter|section|point|law|myth|"
    r"level|"
    r"stage|principle|pattern|anti-?pattern)s? ?#?\d+.*)[:.!]?$",
    re.IGNORECASE,
)
_GROUP = re.compile(
    r"^(?:(?:the|conference|main|all|my|other|selected) )*(?:talks?|sessions?|schedule|programme?|"
    r"presentations|keynotes|notes|tutorials|workshops|lightning talks|days?|tracks?|table of "
    r"contents|"
    r"agenda|posters|videos)(?: notes| attended| i attended| summaries| \d+)?[:.]?$",
    re.IGNORECASE,
)
_OCCASION = re.compile(
    r"\b(?:closing|opening|welcome|keynotes?|panel|lightning talks?|awards?|plenary|ceremony|q&a "
    r"with|"
    r"fireside chat)\b",
    re.IGNORECASE,
)
_BREAK = re.compile(
    r"^(?:lunch|break|coffee(?: break)?|breakfast|dinner|registration|party|drinks|networking|"
    r"(?:morning|afternoon|tea) (?:break|tea))$",
    re.IGNORECASE,
)


def is_subheading(text: str) -> bool:
    """Return True if ``text`` heads a part of a talk: ``Background``, ``Questions``, ``Step 2``."""
    return bool(_SUBHEADING.match(text))


def is_group_heading(text: str) -> bool:
    """Return True if ``text`` heads several talks: ``Sessions``, ``Talks I attended``."""
    return bool(_GROUP.match(text))


def is_plenary_item(text: str) -> bool:
    """Return True if ``text`` names a session of its own kind: ``Conference closing``."""
    return bool(_OCCASION.search(text)) and len(text.split()) <= 6


def is_break(text: str) -> bool:
    """Return True if ``text`` is a break: nobody speaks at lunch."""
    return bool(_BREAK.match(text))
