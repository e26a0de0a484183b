"""Expand WordPress's shortcodes, ``[caption]…[/caption]``, to HTML.

Only known names are expanded: a person may type ``[sic]``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape, unescape

_CODE = re.compile(
    r"(?P<escape>\[?)\[(?P<end>/?)(?P<name>code|sourcecode|cc|highlight)"
    r"(?:[\s=][^\[\]\n]*)?\]",
    re.IGNORECASE,
)
_NAMES = (
    "audio|caption|contact-form|contact-field|embed|flickr|gallery|googlemaps|instagram|playlist|"
    "polldaddy|presentation|scribd|slideshare|soundcloud|ted|tweet|twitter|video|vimeo|wp_caption|"
    "youtube|wpvideo|slideshow|jetpack[\\w-]*|vc_[\\w-]*|et_pb_[\\w-]*"
)
_SHORTCODE = re.compile(
    rf"\[(?P<open>\[?)(?P<end>/?)(?:{_NAMES})(?P<said>(?:[\s=][^\[\]]*)?)\](?P<close>\]?)",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"https?://[^\s\"'\[\]<>]+")


def expand_shortcodes(html: str) -> str:
    """Return ``html`` without shortcodes; their text, their code and their addresses stay."""
    return _SHORTCODE.sub(_kept, "".join(_with_code(html)))


def _with_code(html: str) -> Iterator[str]:
    """Yield ``html`` in parts, with ``<pre>`` for each pair of shortcodes around code."""
    tags = list(_CODE.finditer(html))
    next_end: dict[str, int] = {}
    ends: list[int | None] = []
    for index, tag in reversed([*enumerate(tags)]):
        name = tag["name"].lower()
        ends.append(next_end.get(name))
        if tag["end"]:
            next_end[name] = index
    ends.reverse()
    position = 0
    for tag, end in zip(tags, ends, strict=True):
        if end is None or tag["end"] or tag["escape"] or tag.start() < position:
            continue
        code = html[tag.end() : tags[end].start()]
        yield html[position : tag.start()]
        yield f"<pre>{escape(unescape(code), quote=False)}</pre>"
        position = tags[end].end()
    yield html[position:]


def _kept(match: re.Match[str]) -> str:
    """Return the text of a shortcode; doubled brackets escape it."""
    if match["open"] and match["close"]:
        return match.group()[1:-1]
    address = _ADDRESS.search(unescape(match["said"]))
    kept = f"<p>{escape(address.group(), quote=False)}</p>" if address else ""
    return f"{match['open']}{kept}{match['close']}"
