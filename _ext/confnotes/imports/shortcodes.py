"""WordPress's shortcodes, ``[caption]…[/caption]``, turned into the HTML they stand for.

Only known names count: a person may type ``[sic]``.
"""

from __future__ import annotations

import re
from html import escape, unescape

_CODE = re.compile(
    r"\[(?P<open>\[?)(?P<name>code|sourcecode|cc|highlight)(?P<said>(?:\s[^\[\]\n]*|=[^\[\]\n]*)?)\]"
    r"(?P<text>.*?)\[/(?P=name)\]",
    re.DOTALL | re.IGNORECASE,
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


def expand(html: str) -> str:
    """Return ``html`` without shortcodes; their text, their code and their addresses stay."""
    return _SHORTCODE.sub(_kept, _CODE.sub(_code, html))


def _code(match: re.Match[str]) -> str:
    if match["open"]:
        return match.group()
    return f"<pre>{escape(unescape(match['text']), quote=False)}</pre>"


def _kept(match: re.Match[str]) -> str:
    """Return what stays of a shortcode; doubled brackets are WordPress's way to type one."""
    if match["open"] and match["close"]:
        return match.group()[1:-1]
    address = _ADDRESS.search(unescape(match["said"]))
    kept = f"<p>{escape(address.group(), quote=False)}</p>" if address else ""
    return f"{match['open']}{kept}{match['close']}"
