"""Tidy HTML: insert omitted end tags, and remove comments and scripts.

It follows the rules by which browsers build a tree, as far as text needs them. Every token is
processed once and nesting is bounded, so the time is linear.
"""

from __future__ import annotations

import re
from collections.abc import Collection

from confnotes.notes.syntax.hidden_elements import VOID

MAX_DEPTH = 128
"""Elements that may be open at once; one more replaces the innermost."""
LISTS = frozenset({"ul", "ol", "menu", "dl"})
HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
BLOCKS = (
    LISTS
    | HEADINGS
    | frozenset(
        "address article aside blockquote body caption center dd details dialog div dt fieldset "
        "figcaption figure footer form header hgroup html legend li main nav p pre section summary "
        "table tbody td tfoot th thead tr".split()
    )
)
_SCOPES = frozenset({"table", "td", "th", "caption", "html"})
"""Elements whose content cannot end elements outside; only tags of tables can."""
_NO_SCOPES = frozenset("table thead tbody tfoot tr td th caption body html".split())
_NOTHING: tuple[frozenset[str], frozenset[str]] = (frozenset(), frozenset())
_ENDS = {
    **dict.fromkeys([*BLOCKS, "hr"], (frozenset({"p"}), _SCOPES)),
    "li": (frozenset({"li"}), LISTS | _SCOPES),
    **dict.fromkeys(["dt", "dd"], (frozenset({"dt", "dd"}), LISTS | _SCOPES)),
    **dict.fromkeys(["td", "th"], (frozenset({"td", "th"}), frozenset({"table", "tr"}))),
    "tr": (frozenset({"tr"}), frozenset({"table"})),
    **dict.fromkeys(
        ["thead", "tbody", "tfoot"],
        (frozenset({"thead", "tbody", "tfoot"}), frozenset({"table"})),
    ),
    "a": (frozenset({"a"}), BLOCKS),
}
"""The open elements that a start tag ends, and the elements beyond which it ends none."""
_TOKEN = re.compile(
    r"""
      <!--.*?(?:-->|\Z)                                            # a comment
    | <(?P<raw>script|style|title|textarea)(?=[\s/>])(?:[^<>]*+(?<=/)>|.*?(?:</(?P=raw)\s*+>|\Z))
    | <(?:[!?]|/(?![a-z]))[^<>]*+>?                                # a declaration or no tag at all
    | <(?P<end>/?)(?P<name>[a-z][^\s/<>]*+)(?:[^<>"']++|"[^"]*+"|'[^']*+'|["'])*+>
    | <                                                            # a sign, and no markup
    """,
    re.VERBOSE | re.DOTALL | re.IGNORECASE,
)


def tidy_html(html: str) -> str:
    """Return ``html`` with every element closed, and on the same lines as before."""
    parts: list[str] = []
    open_elements: list[str] = []
    position = 0
    for token in _TOKEN.finditer(html):
        parts.append(html[position : token.start()])
        position = token.end()
        text, name = token.group(), (token["name"] or "").lower()
        if text == "<":
            parts.append("&lt;")
        elif not name:
            parts.append(f"<!--{chr(10) * text.count(chr(10))}-->")
        elif token["end"] and name != "br":
            scopes = () if name in _NO_SCOPES else _SCOPES
            parts += _close(_innermost({name}, open_elements, scopes), open_elements)
        else:
            parts += _close(_kept_open_by(name, open_elements), open_elements)
            if name in VOID or _is_empty(text, name):
                parts.append("<br>" if name == "br" else text)
                continue
            parts += _close(MAX_DEPTH - 1, open_elements)
            parts.append(f"{text[:-1]} >" if text.endswith("/>") else text)
            open_elements.append(name)
    return "".join([*parts, html[position:], *_close(0, open_elements)])


def _is_empty(text: str, name: str) -> bool:
    """Return True for an empty XHTML element; any other last slash is part of a URL."""
    return text.endswith("/>") and (text[-3] in " \t\r\n\f\"'" or len(text) == len(name) + 3)


def _kept_open_by(name: str, open_elements: list[str]) -> int:
    """Return the number of elements that stay open at the start tag ``name``."""
    names, scopes = _ENDS.get(name, _NOTHING)
    kept = _innermost(names, open_elements, scopes)
    is_in_heading = kept > 0 and open_elements[kept - 1] in HEADINGS
    return kept - 1 if name in HEADINGS and is_in_heading else kept


def _innermost(names: Collection[str], open_elements: list[str], scopes: Collection[str]) -> int:
    """Return the index of the innermost open element of ``names``, not looking beyond ``scopes``.

    Return the number of open elements if there is none.
    """
    for index in range(len(open_elements) - 1, -1, -1):
        if open_elements[index] in names:
            return index
        if open_elements[index] in scopes:
            break
    return len(open_elements)


def _close(count: int, open_elements: list[str]) -> list[str]:
    """Close all but the first ``count`` elements; return their end tags."""
    closed = [f"</{name}>" for name in reversed(open_elements[count:])]
    del open_elements[count:]
    return closed
