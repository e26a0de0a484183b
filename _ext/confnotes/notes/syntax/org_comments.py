"""Where comments stand in Org."""

from __future__ import annotations

import re

from confnotes.notes.syntax.commented_text import CommentedText
from confnotes.notes.syntax.dialects.org import closed_blocks

_BLOCK = re.compile(r"#\+begin_(comment|src|example|export)\b", re.IGNORECASE)
_HEADING = re.compile(r"(\*+) (?:(?!COMMENT\b)[A-Z][A-Z_-]* )?(?:\[#\w\] ?)?(COMMENT\b)?")
_TAGS = re.compile(r"\s:((?:[^\s:]+:)+)$")
_EXCLUDED_TAGS = re.compile(r"#\+exclude_tags:(.*)", re.IGNORECASE)
_OTHER_FORMAT = re.compile(r"#\+(?:latex|beamer|ascii|texinfo|odt|md|man):")
_INLINE = re.compile(r"@@(?!html:)[\w-]+:.*?@@")


def find_org_comments(source: CommentedText) -> None:
    """Find lines that begin with ``#``, comment blocks and what is kept from export."""
    hidden, is_private, block, stars = False, False, "", 0
    closed = closed_blocks(source.lines)
    excluded = [_EXCLUDED_TAGS.match(line.text) for line in source.lines]
    private = {tag for match in excluded if match for tag in match[1].split()} or {"noexport"}
    for row, line in enumerate(source.lines):
        text = line.text.casefold()
        if block:
            hidden = is_private
            if block != "export":
                source.code.add(row)
            block = "" if text == f"#+end_{block}" else block
        elif (match := _BLOCK.match(text)) and (match[1] == "comment" or row in closed):
            block = match[1]
            is_private = block == "comment" or ":exports none" in text
            is_private |= block == "export" and text.split()[1:2] != ["html"]
            hidden = is_private
        elif heading := _HEADING.match(line.text if not line.indent else ""):
            if not stars or len(heading[1]) <= stars:
                tags = _TAGS.search(line.text)
                is_kept = heading[2] or (tags and not private.isdisjoint(tags[1].split(":")))
                stars = len(heading[1]) if is_kept else 0
            hidden = False
        else:
            is_comment = text == "#" or text.startswith(("# ", "#+comment:"))
            hidden = is_comment or bool(_OTHER_FORMAT.match(text))
        if hidden or stars:
            source.hide(row, row + 1)
        elif not block:
            found = _INLINE.finditer(source.rows[row])
            source.comments += [(row, *match.span()) for match in found]
