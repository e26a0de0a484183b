"""Where comments stand in reStructuredText."""

from __future__ import annotations

import re

from confnotes.notes.syntax.code_and_tables import (
    CODE_DIRECTIVES,
    DIRECTIVE,
    EXPLICIT,
    TARGET,
    Fences,
    indented_end,
)
from confnotes.notes.syntax.commented_text import CommentedText, is_private_directive

_ITEM = re.compile(
    r"(?:[-*+•‣⁃] +|\(?(?:\d+|[a-zA-Z]|[ivxlcdm]+|[IVXLCDM]+|#)[.)] +|:[^\s:][^:]*: +"
    r"|\.\. (?!code|sourcecode|highlight)[\w-]+:: +)+(?=\.\.(?:\s|$))"
)
"""What a comment may follow on its line: a list marker, the name of a field, a directive."""


def find_rst_comments(source: CommentedText) -> None:
    """Find explicit markup that is no directive, target or footnote, with what is below it."""
    lines, fences = source.lines, Fences(source.lines)
    row = source.start
    while row < len(lines):
        line = lines[row]
        item = _ITEM.match(line.text)
        start = item.end() if item else 0
        text = line.text[start:]
        directive = DIRECTIVE.match(text)
        is_hidden = bool(EXPLICIT.match(text)) and not TARGET.match(text)
        is_hidden = is_private_directive(*directive.groups()) if directive else is_hidden
        is_code = directive[1] in CODE_DIRECTIVES if directive else text.endswith("::")
        is_empty = text == ".." and row + 1 < len(lines) and not lines[row + 1].text
        after = row + 1
        if line.text.startswith("`") and fences.opens(row):
            after = fences.end(row)[1]
        elif (is_hidden or is_code) and not is_empty:
            after = indented_end(lines, row + 1, line.indent + start + 1)
        if is_hidden:
            source.hide(row, after)
        else:
            source.code.update(range(row + 1, after))
        row = after
