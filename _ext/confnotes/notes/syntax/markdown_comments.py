"""Where comments stand in Markdown, in raw HTML and in what Google Docs writes."""

from __future__ import annotations

import re
from collections.abc import Sequence

from confnotes.notes.syntax.code_and_tables import Fences
from confnotes.notes.syntax.commented_text import CommentedText, is_private_directive
from confnotes.notes.syntax.inline import code_spans
from confnotes.notes.syntax.lines import Line
from confnotes.notes.syntax.lists import parse_list_marker

_COMMENTS = (
    (r"<!--", re.compile(r"-->")),  # HTML
    (r"%%", re.compile(r"%%")),  # Obsidian
    (r"\{%-?\s*comment\s*-?%\}", re.compile(r"\{%-?\s*endcomment\s*-?%\}")),  # Jekyll
    (r"\{\{/\*", re.compile(r"\*/\}\}")),  # Hugo
    (r"\{\{[<%]\s*comment\s*[>%]\}\}", re.compile(r"\{\{[<%]\s*/comment\s*[>%]\}\}")),
    (r"\{/\*(?=\s)", re.compile(r"\*/\}")),  # MDX
    (r"\{#-?(?=\s)", re.compile(r"#\}")),  # Nunjucks, in Eleventy
    (r"\{\{!--", re.compile(r"--\}\}")),  # Handlebars
    (r"\{>>", re.compile(r"<<\}")),  # CriticMarkup
    (r"(?i:#\+begin_comment\b)", re.compile(r"#\+end_comment\b", re.IGNORECASE)),  # Logseq
)
"""What opens and closes a comment in Markdown."""
_TOKEN = re.compile(rf"\\.|(?P<code>`+)|{'|'.join(f'({opener})' for opener, _ in _COMMENTS)}")
_HTML_TOKEN = re.compile(r"\\.|(?P<code>`+)|(<!--)")
"""What opens a comment in the raw HTML of other languages."""
_PRIVATE_FENCE = re.compile(
    r"(?:> ?|[-*+] |\d{1,9}[.)] )*(?P<fence>`{3,}|~{3,}|:{3,}) ?"
    r"\{(?:(?P<name>[\w-]+)\} ?(?P<argument>.*)|=(?!html\}).*)$"
)
"""What MyST has of other builders, ``{only} latex``, and Pandoc of other formats, ``{=latex}``."""
_PROSE_FENCE = re.compile(r"[`~]+ ?\{(?!\S*code|highlight)[\w-]+\}")
"""A directive of MyST whose text is Markdown."""
_PERCENT_LINE = re.compile(r"[\s>]*%(?!%)")
_GAP = r"[^\S\n]*(?:\n(?:[^\S\n]|>)*)?"
_LINK_TO_NOWHERE = re.compile(
    rf"(?:[^\S\n]|>|[-*+] |\d{{1,9}}[.)] )*\[[^\[\]\n]+\]:(?:[^\S\n]*#|{_GAP}<#?>)"
    rf"(?:{_GAP}(?P<quote>[(\"'])|[^\S\n]*$)",
    re.MULTILINE,
)
"""A definition of a link that nobody can follow, ``[//]: # (text)``, is Markdown's comment."""
_QUOTES = {"(": ")", '"': '"', "'": "'"}
_REMARK = re.compile(r"\[([a-z]{1,2})\](?=\S)")


def find_markdown_comments(source: CommentedText) -> None:
    """Find what :data:`_COMMENTS` lists, MyST's ``%`` lines and links to nowhere.

    A comment that is never closed goes to the end. Percent signs within a line are text then.
    """
    rows, fences = source.rows, Fences(source.lines)
    found = ((row, rows[row].rfind("%%")) for row in reversed(range(len(rows))))
    last = next((place for place in found if place[1] >= 0), (-1, -1))
    closer = None
    row = source.start
    while row < len(rows):
        if not closer and (after := _private_fence_end(source, row)):
            source.hide(row, after)
            row = after
            continue
        if not closer and fences.opens(row):
            end, after = fences.end(row)
            is_prose = _PROSE_FENCE.match(fences.text(row))
            if is_prose and end == after:  # it is never closed
                row += 1
                continue
            first = row + 1 if is_prose else _dedented(source.lines, row, end)
            if first < end:
                _find_in_fence(source, first, end)
            row = after
            continue
        text = rows[row]
        if not closer and _PERCENT_LINE.match(text):
            source.hide(row, row + 1)
        elif not closer and (after := _link_to_nowhere_end(rows, row)):
            source.hide(row, after)
            row = after
            continue
        else:
            closer = find_row_comments(source, row, closer, last)
        row += 1


def _dedented(lines: Sequence[Line], row: int, end: int) -> int:
    """Return the first row that is less deep than the fence above, which may end with its item."""
    depth = lines[row].indent + (parse_list_marker(lines[row]) is not None)
    below = range(row + 1, end if depth else row)
    return next((one for one in below if lines[one].text and lines[one].indent < depth), end)


def _find_in_fence(source: CommentedText, start: int, end: int) -> None:
    """Find comments in text within a fence; of those never closed there, ``<!--`` is one."""
    inner = CommentedText(source.rows[start:end], source.lines[start:end], 0)
    find_markdown_comments(inner)
    opener = inner.unclosed - 1
    is_text = opener >= 0 and "<!--" not in inner.rows[opener]
    found = inner.comments if not is_text else [one for one in inner.comments if one[0] < opener]
    source.comments += [(row + start, first, last) for row, first, last in found]


def _private_fence_end(source: CommentedText, row: int) -> int:
    """Return the row after a fence whose text is not in HTML, 0 if there is none."""
    match = _PRIVATE_FENCE.match(source.lines[row].text)
    if match is None or (
        match["name"] and not is_private_directive(match["name"], match["argument"])
    ):
        return 0
    sign, length = match["fence"][0], len(match["fence"])
    for end in range(row + 1, len(source.rows)):
        text = source.lines[end].text.strip("> ")
        if set(text) == {sign} and len(text) >= length:
            return end + 1
    source.unclosed = row + 1
    return len(source.rows)


def _link_to_nowhere_end(rows: Sequence[str], row: int) -> int:
    """Return the row after a link to nowhere, 0 if there is none; a blank line ends its text."""
    match = _LINK_TO_NOWHERE.match("\n".join(rows[row : row + 3])) if "]:" in rows[row] else None
    if match is None:
        return 0
    above, _, before = match[0].rpartition("\n")
    row += match[0].count("\n")
    if not match["quote"]:
        return row + 1
    closer, text = _QUOTES[match["quote"]], rows[row][len(before) :]
    if closer in text and not text.rstrip().endswith(closer):
        return row if above else 0
    if closer in text:
        return row + 1
    row += 1
    while row < len(rows) and rows[row].strip() and not rows[row].rstrip().endswith(closer):
        row += 1
    return row + (row < len(rows) and bool(rows[row].strip()))


def find_row_comments(
    source: CommentedText,
    row: int,
    closer: re.Pattern[str] | None,
    last: tuple[int, int],
    token: re.Pattern[str] = _TOKEN,
) -> re.Pattern[str] | None:
    """Find comments in a row; ``closer`` ends one that is open before it, or after it."""
    text = source.rows[row]
    spans = code_spans(text)
    start = position = 0
    while True:
        if closer:
            end = closer.search(text, position)
            position = end.end() if end else len(text)
            source.comments.append((row, start, position))
            if not end:
                return closer
            closer, source.unclosed = None, 0
        match = token.search(text, position)
        if match is None:
            return None
        start, position = match.span()
        if match["code"]:
            position = spans.get(start, position)
        elif match.lastindex and (match[0] != "%%" or (row, start) < last or not start):
            closer, source.unclosed = _COMMENTS[match.lastindex - 2][1], row + 1


def find_html_comments(source: CommentedText) -> None:
    """Find ``<!-- -->`` outside code, in raw HTML and where somebody took it for a comment."""
    closer = None
    for row in range(source.start, len(source.rows)):
        if closer or row not in source.code:
            closer = find_row_comments(source, row, closer, (-1, -1), _HTML_TOKEN)


def find_in_google_docs(source: CommentedText) -> None:
    """Find the remarks that Google Docs puts below a text, and the signs that lead to them."""
    rows = source.rows
    marks = [(row, match) for row, text in enumerate(rows) if (match := _REMARK.match(text))]
    start = next((row for row, match in reversed(marks) if match[1] == "a"), len(rows))
    labels = {match[1] for row, match in marks if row >= start}
    places = [
        (row, *match.span())
        for row in range(start)
        for match in re.finditer(r"\[([a-z]{1,2})\](?![:(])", rows[row])
        if match[1] in labels
    ]
    if places:
        source.comments += places
        source.hide(start, len(rows))
