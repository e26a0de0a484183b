"""Where comments stand in AsciiDoc, and what its conditions hide."""

from __future__ import annotations

import re

from confnotes.notes.syntax.commented_text import CommentedText
from confnotes.notes.syntax.dialects.asciidoc import is_underline

_BLOCK = re.compile(r"(?:/{4,}|-{4,}|\.{4,}|\+{4,})$|`{3,}(?=[\w+#.-]*$)")
_STYLED_BLOCK = re.compile(r"(?:--|([/=*_+.-])\1{3,}|\|={3,})$")
_CONDITION = re.compile(r"(?P<name>ifdef|ifndef|ifeval)::(?P<what>.*?)\[(?P<text>.*)\]$")
_ATTRIBUTE = re.compile(r":(?P<is_unset>!?)(?P<name>[\w-]+)(?P<is_off>!?):(?: |$)")
_COMMENT = re.compile(r"\[comment\b[^\]]*\]$")


def find_asciidoc_comments(source: CommentedText) -> None:
    """Find lines that begin with ``//``, blocks between slashes, and what is a ``[comment]``."""
    unmet = _rows_of_unmet_conditions(source)
    for row in unmet:
        source.hide(row, row + 1)
    block, hidden, is_comment = "", False, False
    last = {line.text: row for row, line in enumerate(source.lines) if row not in unmet}
    for row, line in enumerate(source.lines):
        if row in unmet:
            continue
        opener = (_STYLED_BLOCK if is_comment else _BLOCK).match(line.text)
        if block:
            if not block.startswith("+"):
                source.code.add(row)
            block = "" if line.text == block else block
        elif opener and (
            is_comment
            or opener[0].startswith("/")
            or (last.get(opener[0], 0) > row and not is_underline(source.lines, row))
        ):
            block = opener[0]
            hidden, is_comment = is_comment or block.startswith("/"), False
        elif is_comment or _COMMENT.match(line.text):
            hidden = is_comment = bool(line.text)
        else:
            hidden = line.text.startswith("//") and not line.text.startswith("///")
        if hidden:
            source.hide(row, row + 1)


def _rows_of_unmet_conditions(source: CommentedText) -> set[int]:
    """Return what ``ifdef`` and its like hide; attributes are those that the note itself sets."""
    rows: set[int] = set()
    attributes: set[str] = set()
    conditions: list[tuple[int, bool]] = []
    for row, line in enumerate(source.lines):
        match = _CONDITION.match(line.text)
        if line.text.startswith("endif::") and conditions:
            conditions.pop()
        elif match:
            combine = all if "+" in match["what"] else any
            is_set = combine(name in attributes for name in re.split("[,+]", match["what"]))
            is_met = match["name"] != "ifeval" and is_set == (match["name"] == "ifdef")
            if match["name"] == "ifeval" or not match["text"]:
                conditions.append((row + 1, is_met))
            elif not is_met or not all(is_met for _, is_met in conditions):
                rows.add(row)
        elif not all(is_met for _, is_met in conditions):
            rows.add(row)
        elif attribute := _ATTRIBUTE.match(line.text):
            is_off = attribute["is_unset"] or attribute["is_off"]
            (attributes.discard if is_off else attributes.add)(attribute["name"])
    source.unclosed = next((row for row, is_met in conditions if not is_met), 0)
    return rows
