"""What programs put around text in Markdown: ids, properties, callouts, HTML.

Notion puts an id of 32 digits behind each name; Google Docs wraps addresses in redirects and
writes images as data.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from urllib.parse import unquote

from confnotes.notes.codes import DropReason
from confnotes.notes.entities.path_clues import EXPORT_ID
from confnotes.notes.syntax.dialects.rewriting import Rewriter
from confnotes.notes.syntax.fields import is_label
from confnotes.notes.syntax.front_matter import Front
from confnotes.notes.syntax.inline import MAX_LENGTH
from confnotes.notes.syntax.lines import Line
from confnotes.urls import iter_redirects, unwrap_redirects

_PROPERTY = re.compile(r"^(?P<key>[^\W\d_][\w /().#-]{0,40}?)(?<! ):(?: +(?P<value>\S.*))?$")
_OF_SESSION = frozenset({"event", "conference", "day", "session"})
_OF_NOTE = _OF_SESSION | {"place", "location", "venue", "city", "date", "tags", "keywords"}
_HEADING_ID = re.compile(rf"^#+ .*?(?P<id>\s{EXPORT_ID.pattern})$")
_PAGE_LINK = re.compile(
    rf"(?<!!)\[(?P<text>[^\[\]]+)\]\((?P<target>[^()\s]*(?:%20|[ _-]){EXPORT_ID.pattern}"
    r"(?:\.md|\.csv)?)\)"
)
_RELATION = re.compile(rf" \((?P<target>[^()\s]*{EXPORT_ID.pattern}(?:\.md|\.csv)?)\)")
"""Where the name of a page in a property leads."""
_INLINE_FIELD = re.compile(
    r"^(?P<mark>[-*+] )?(?P<close>\[)?(?:\*\*)?(?P<key>[^\W\d_][\w -]{0,30}?)(?:\*\*)?::(?:\*\*)? +"
    r"(?P<value>\S.*)$"
)
_TAG = r"</?(?:aside|details|summary|center|div|p)(?: [^<>]*)?>"
_ANCHOR = r"<a (?:name|id)=[^<>]*(?:/>|></a>)"
"""What a link in the same file leads to."""
_TAGS = re.compile(rf"^(?:{_TAG} ?)+|(?: ?{_TAG})+$|<br ?/?>|{_ANCHOR}", re.IGNORECASE)
"""Tags around a line; within it, they may be what it is about."""
_ATTRIBUTE_LIST = re.compile(r"\{:[^{}]*\}|(?<=[)\]])\{[^{}]*=[^{}]*\}")
"""What kramdown, the Markdown of Jekyll, says of an element, and Pandoc of a link."""
_LINK = re.compile(
    r"(?P<tag><a(?= )[^<>]*? href=([\"'])(?P<url>(?:https?|mailto):[^\s\"'<>()]+)\2[^<>]*>)"
    r"(?P<text>[^<>\[\]]+)</a>",
    re.IGNORECASE,
)
_IMAGE_DATA = re.compile(r"^\[[\w-]+\]: *<?data:image/")
_CALLOUT = re.compile(r"^(?P<quote>(?:> ?)+)\[!(?P<kind>[\w-]+)\][+-]? ?")
"""The first line of a callout of Obsidian or an alert of GitHub."""
_FENCE = re.compile(r"^(?:`{3,}|~{3,})")
_HEADING = re.compile(r"^#{1,6} ")
_ATTRIBUTES = re.compile(r" ?\{[#.][^{}]*\}(?=\**$)")
_ESCAPE = re.compile(r"\\(?=[!-)+-./:;=>?@^{|}~])")
"""Signs that mean nothing within a heading, which Google Docs escapes."""
_TAG_LINE = re.compile(r"^#{4,6} tags?: *(?P<value>.*)$", re.IGNORECASE)
_CONTENTS = re.compile(r"^\[toc\]$", re.IGNORECASE)
_CONTAINER = re.compile(r"^:{3,} *(?:info|success|warning|danger|spoiler)\b *(?P<text>.*)$")
_TRIGGER = re.compile(
    r"</?(?:aside|details|summary|center|div|p|br)\b|<a (?:name|id)=|</a>|::|data:image/"
    r"|\{:|[)\]]\{|^(?:> ?)+\[!|/url\?|^#"
    r"|^:::|^\[toc",
    re.IGNORECASE,
)


def clean_markdown(lines: Sequence[Line], *, has_id: bool) -> Front:
    """Return the properties under the title of a Markdown note as fields, the rest cleaned.

    ``has_id`` says that the name of the file has an id as Notion gives.
    """
    out = Rewriter()
    start, end = _property_lines(lines, at_once=has_id)
    is_code = False
    for place, line in enumerate(lines):
        if start <= place < end and _is_of_note(line, every=has_id):
            match = _PROPERTY.match(line.text)
            if match:
                value = _without_relations(out, line, match["value"] or "")
                out.add_field(line, match["key"], value)
                continue
        is_code = is_code != bool(_FENCE.match(line.text))
        if is_code or not (has_id or _TRIGGER.search(line.text)):
            out.lines.append(line)
        else:
            _clean_line(out, line)
    return out.result()


def _clean_line(out: Rewriter, line: Line) -> None:
    text = line.text
    if _IMAGE_DATA.match(text):
        out.drop(line, DropReason.IMAGE_DATA)
        return
    if len(text) > MAX_LENGTH:
        out.lines.append(line)
        return
    if _CONTENTS.match(text) or set(text) == {":"}:
        out.drop(line, DropReason.SETTING)
        return
    if tags := _TAG_LINE.match(text):
        out.add_field(line, "tags", ", ".join(tags["value"].replace("`", " ").split()))
        return
    if container := _CONTAINER.match(text):
        out.drop(line, DropReason.BLOCK_FRAME, text.removesuffix(container["text"]).strip())
        text = container["text"]
    if _HEADING.match(text):
        text = _clean_heading(out, line, text)
    text = _without_relations(out, line, text)
    if _inline_field(out, line):
        return
    for link in _PAGE_LINK.finditer(text):
        out.drop(line, DropReason.WIKI_LINK, unquote(link["target"]))
    text = _PAGE_LINK.sub(lambda match: f"[[{_page(match)}]]", text)
    if callout := _CALLOUT.match(text):
        kind, title = callout["kind"], text[callout.end() :]
        if title:
            out.drop(line, DropReason.CALLOUT, kind)
        text = f"{callout['quote']}{title or kind.capitalize()}"
    if "`" not in text and line.indent < 4:
        for tag in _TAGS.finditer(text):
            out.drop(line, DropReason.HTML, tag[0].strip())
        for link in _LINK.finditer(text):
            out.drop(line, DropReason.HTML, link["tag"])
        text = _LINK.sub(r"[\g<text>](\g<url>)", text)
        for attributes in _ATTRIBUTE_LIST.finditer(text):
            out.drop(line, DropReason.BLOCK_ATTRIBUTES, attributes[0])
        text = _ATTRIBUTE_LIST.sub("", _TAGS.sub(" ", text))
    for redirect in iter_redirects(text):
        out.drop(line, DropReason.REDIRECT, redirect)
    text = " ".join(unwrap_redirects(text).split())
    if text == line.text:
        out.lines.append(line)
    elif text or not line.text:
        out.keep(line, text, line.indent)


def _without_relations(out: Rewriter, line: Line, text: str) -> str:
    for relation in _RELATION.finditer(text):
        out.drop(line, DropReason.WIKI_LINK, unquote(relation["target"]))
    return _RELATION.sub("", text)


def _inline_field(out: Rewriter, line: Line) -> bool:
    """Read ``Speaker:: Ana Ruiz``, as Dataview has it in Obsidian; return False if it is none."""
    match = _INLINE_FIELD.match(line.text)
    if match is None:
        return False
    key, value = match["key"], match["value"].removesuffix((match["close"] and "]") or "")
    if is_label(key):
        out.keep(line, f"{match['mark'] or ''}{key}: {value}", line.indent)
        return True
    if key.casefold() in _OF_NOTE:
        out.add_field(line, key, value)
        return True
    return False


def _clean_heading(out: Rewriter, line: Line, text: str) -> str:
    """Return a heading without the id of an export, attributes and escapes."""
    if heading := _HEADING_ID.match(text):
        out.drop(line, DropReason.EXPORT_ID, heading["id"].strip())
        text = text[: heading.start("id")]
    for attributes in _ATTRIBUTES.finditer(text):
        out.drop(line, DropReason.BLOCK_ATTRIBUTES, attributes[0].strip())
    return _ESCAPE.sub("", _ATTRIBUTES.sub("", text))


def _page(link: re.Match[str]) -> str:
    name = EXPORT_ID.sub("", unquote(link["target"]).rpartition("/")[2].partition(".")[0]).strip()
    return link["text"] if name == link["text"] else f"{name}|{link['text']}"


def _property_lines(lines: Sequence[Line], *, at_once: bool) -> tuple[int, int]:
    """Return where the properties right under the first heading begin and end."""
    texts: Iterator[int] = (place for place, line in enumerate(lines) if line.text)
    title = next(texts, None)
    if title is None or not lines[title].text.startswith("# "):
        return 0, 0
    start = end = next(texts, len(lines))
    while end < len(lines) and lines[end].text:
        end += 1
    block = [_PROPERTY.match(line.text) for line in lines[start:end]]
    keys = {match["key"].casefold() for match in block if match}
    is_properties = all(block) and (at_once or (len(block) > 1 and keys & _OF_SESSION))
    return (start, end) if is_properties else (0, 0)


def _is_of_note(line: Line, *, every: bool) -> bool:
    match = _PROPERTY.match(line.text)
    key = match["key"].casefold() if match else ""
    return key in _OF_NOTE or (every and not is_label(key))
