"""Expand WordPress's shortcodes, ``[caption]…[/caption]``, to HTML.

Only known names are expanded: a person may type ``[sic]``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape

from confnotes.character_references import unescape

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
    last_end = {tag["name"].lower(): tag.start() for tag in tags if tag["end"]}
    position, opened = 0, ""
    for tag in tags:
        name = tag["name"].lower()
        if opened:
            if tag["end"] and name == opened:
                code = html[position : tag.start()]
                yield f"<pre>{escape(unescape(code), quote=False)}</pre>"
                position, opened = tag.end(), ""
        elif not (tag["end"] or tag["escape"]) and tag.start() < last_end.get(name, 0):
            yield html[position : tag.start()]
            position, opened = tag.end(), name
    yield html[position:]


def _kept(match: re.Match[str]) -> str:
    """Return the text of a shortcode; doubled brackets escape it."""
    if match["open"] and match["close"]:
        return match.group()[1:-1]
    address = _ADDRESS.search(unescape(match["said"]))
    kept = f"<p>{escape(address.group(), quote=False)}</p>" if address else ""
    return f"{match['open']}{kept}{match['close']}"
