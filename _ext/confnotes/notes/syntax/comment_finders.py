"""Where comments stand in Markdown, reStructuredText and Org."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from confnotes.notes.syntax.code_and_tables import (
    CODE_DIRECTIVES,
    DIRECTIVE,
    EXPLICIT,
    TARGET,
    Fences,
    indented_end,
)
from confnotes.notes.syntax.dialects.org import closed_blocks
from confnotes.notes.syntax.lines import Line

_COMMENTS = (
    (r"<!--", re.compile(r"-->")),  # HTML
    (r"%%", re.compile(r"%%")),  # Obsidian
    (r"\{%-?\s*comment\s*-?%\}", re.compile(r"\{%-?\s*endcomment\s*-?%\}")),  # Jekyll
    (r"\{\{/\*", re.compile(r"\*/\}\}")),  # Hugo
    (r"\{\{[<%]\s*comment\s*[>%]\}\}", re.compile(r"\{\{[<%]\s*/comment\s*[>%]\}\}")),
    (r"\{/\*(?=\s)", re.compile(r"\*/\}")),  # MDX
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
_CONDITIONS = frozenset({"only", "ifconfig", "raw"})
"""Directives whose text is only shown under a condition, or in one format."""
_PERCENT_LINE = re.compile(r"[\s>]*%(?!%)")
_GAP = r"[^\S\n]*(?:\n(?:[^\S\n]|>)*)?"
_LINK_TO_NOWHERE = re.compile(
    rf"(?:[^\S\n]|>|[-*+] |\d{{1,9}}[.)] )*\[[^\[\]\n]+\]:(?:[^\S\n]*#|{_GAP}<#?>)"
    rf"(?:{_GAP}(?P<quote>[(\"'])|[^\S\n]*$)",
    re.MULTILINE,
)
"""A definition of a link that nobody can follow, ``[//]: # (text)``, is Markdown's comment."""
_QUOTES = {"(": ")", '"': '"', "'": "'"}
_ITEM = re.compile(
    r"(?:[-*+•‣⁃] +|\(?(?:\d+|[a-zA-Z]|[ivxlcdm]+|[IVXLCDM]+|#)[.)] +|:[^\s:][^:]*: +"
    r"|\.\. (?!code|sourcecode|highlight)[\w-]+:: +)+(?=\.\.(?:\s|$))"
)
"""What a comment may follow on its line: a list marker, the name of a field, a directive."""
_REMARK = re.compile(r"\[([a-z]{1,2})\](?=\S)")
_BACKTICKS = re.compile("`+")
_ORG_BLOCK = re.compile(r"#\+begin_(comment|src|example|export)\b", re.IGNORECASE)
_ORG_HEADING = re.compile(r"(\*+) (?:(?!COMMENT\b)[A-Z][A-Z_-]* )?(?:\[#\w\] ?)?(COMMENT\b)?")
_ORG_TAGS = re.compile(r"\s:((?:[^\s:]+:)+)$")
_ORG_EXCLUDED_TAGS = re.compile(r"#\+exclude_tags:(.*)", re.IGNORECASE)
_ORG_OTHER_FORMAT = re.compile(r"#\+(?:latex|beamer|ascii|texinfo|odt|md|man):")
_ORG_INLINE = re.compile(r"@@(?!html:)[\w-]+:.*?@@")


@dataclass(slots=True)
class CommentedText:
    """A text as rows (as typed) and lines; ``comments`` are (row, start, end), in order."""

    rows: list[str]
    lines: list[Line]
    start: int
    """The row after the front matter."""
    comments: list[tuple[int, int, int]] = field(default_factory=list)
    unclosed: int = 0
    """The number of the line that opens a comment which is never closed."""
    code: set[int] = field(default_factory=set)
    """The rows of code in reStructuredText, Org and AsciiDoc."""

    def hide(self, start: int, end: int) -> None:
        """Make comments of whole rows."""
        self.comments += [(row, 0, len(self.rows[row])) for row in range(start, end)]


def find_in_markdown(source: CommentedText) -> None:
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
            if is_prose and end < after:
                _find_in_directive(source, row + 1, end)
            row = row + 1 if is_prose and end == after else after
            continue
        text = rows[row]
        if not closer and _PERCENT_LINE.match(text):
            source.hide(row, row + 1)
        elif not closer and (after := _link_to_nowhere_end(rows, row)):
            source.hide(row, after)
            row = after
            continue
        else:
            closer = find_in_row(source, row, closer, last)
        row += 1


def _find_in_directive(source: CommentedText, start: int, end: int) -> None:
    """Find comments in the rows of a directive; of those never closed there, ``<!--`` is one."""
    inner = CommentedText(source.rows[start:end], source.lines[start:end], 0)
    find_in_markdown(inner)
    opener = inner.unclosed - 1
    is_text = opener >= 0 and "<!--" not in inner.rows[opener]
    found = inner.comments if not is_text else [one for one in inner.comments if one[0] < opener]
    source.comments += [(row + start, first, last) for row, first, last in found]


def _private_fence_end(source: CommentedText, row: int) -> int:
    """Return the row after a fence whose text is not in HTML, 0 if there is none."""
    match = _PRIVATE_FENCE.match(source.lines[row].text)
    if match is None or (match["name"] and not _is_private(match["name"], match["argument"])):
        return 0
    sign, length = match["fence"][0], len(match["fence"])
    for end in range(row + 1, len(source.rows)):
        text = source.lines[end].text.strip("> ")
        if set(text) == {sign} and len(text) >= length:
            return end + 1
    source.unclosed = row + 1
    return len(source.rows)


def _is_private(directive: str, argument: str | None) -> bool:
    """Return True if the text of a directive is not in the HTML of Sphinx."""
    return directive == "todo" or (directive in _CONDITIONS and argument != "html")


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


def find_in_row(
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


def code_spans(text: str) -> dict[int, int]:
    """Return where each code span of a row ends, by where it begins."""
    ends: dict[int, int] = {}
    nearest: dict[int, int] = {}
    for match in reversed([*_BACKTICKS.finditer(text)] if "`" in text else []):
        length = match.end() - match.start()
        if length in nearest:
            ends[match.start()] = nearest[length]
        nearest[length] = match.end()
    return ends


def find_html_comments(source: CommentedText) -> None:
    """Find ``<!-- -->`` outside code, in raw HTML and where somebody took it for a comment."""
    closer = None
    for row in range(source.start, len(source.rows)):
        if closer or row not in source.code:
            closer = find_in_row(source, row, closer, (-1, -1), _HTML_TOKEN)


def find_in_rst(source: CommentedText) -> None:
    """Find explicit markup that is no directive, target or footnote, with what is below it."""
    lines, fences = source.lines, Fences(source.lines)
    row = source.start
    while row < len(lines):
        line = lines[row]
        item = _ITEM.match(line.text)
        start = item.end() if item else 0
        text = line.text[start:]
        directive = DIRECTIVE.match(text)
        is_hidden = _is_private(*directive.groups()) if directive else _is_comment(text)
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


def _is_comment(text: str) -> bool:
    return bool(EXPLICIT.match(text)) and not TARGET.match(text)


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


def find_in_org(source: CommentedText) -> None:
    """Find lines that begin with ``#``, comment blocks and what is kept from export."""
    hidden, is_private, block, stars = False, False, "", 0
    closed = closed_blocks(source.lines)
    excluded = [_ORG_EXCLUDED_TAGS.match(line.text) for line in source.lines]
    private = {tag for match in excluded if match for tag in match[1].split()} or {"noexport"}
    for row, line in enumerate(source.lines):
        text = line.text.casefold()
        if block:
            hidden = is_private
            if block != "export":
                source.code.add(row)
            block = "" if text == f"#+end_{block}" else block
        elif (match := _ORG_BLOCK.match(text)) and (match[1] == "comment" or row in closed):
            block = match[1]
            is_private = block == "comment" or ":exports none" in text
            is_private |= block == "export" and text.split()[1:2] != ["html"]
            hidden = is_private
        elif heading := _ORG_HEADING.match(line.text if not line.indent else ""):
            if not stars or len(heading[1]) <= stars:
                tags = _ORG_TAGS.search(line.text)
                is_kept = heading[2] or (tags and not private.isdisjoint(tags[1].split(":")))
                stars = len(heading[1]) if is_kept else 0
            hidden = False
        else:
            is_comment = text == "#" or text.startswith("# ")
            hidden = is_comment or bool(_ORG_OTHER_FORMAT.match(text))
        if hidden or stars:
            source.hide(row, row + 1)
        elif not block:
            found = _ORG_INLINE.finditer(source.rows[row])
            source.comments += [(row, *match.span()) for match in found]
