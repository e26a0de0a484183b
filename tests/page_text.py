"""A page as MyST text: what nodes are compared with, what other tools build in benchmarks.

Every ASCII punctuation character of words gets a backslash. The rest is a fixed set of constructs,
chosen because each becomes one plain docutils node:

* a class or an anchor: a line ``{.name}`` or ``{#anchor}`` above the block (``attrs_block``)
* :class:`Section`: a heading, ``#`` for the page and ``##`` and deeper for sections
* :class:`Container`: a fence of colons without a name (``colon_fence``)
* :class:`CodeBlock`: the directive ``code-block`` with ``:force:``
* :class:`Rubric`: the directive ``rubric``
* :class:`PageTable`: a table of pipes; without a header the directive ``list-table``
* :class:`Span`: ``[words]{.name}`` (``attrs_inline``)
* :class:`Emphasis` and :class:`Strong`: stars, or underscores where a star is beside them; letters
  right beside them become character references, so that every mark is seen as one
* :class:`CrossReference`: a role with a title, ``{conf:speaker}`words <target>```; words that a
  role would misread (see ``_UNSAFE_IN_ROLE``) go into a link, ``[words](#target)``
* the pages below: a hidden ``toctree`` at the end

Lists and quotes that follow each other are kept apart by an empty ``{}`` line.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import assert_never

from confnotes.imports.new_pages import escape
from confnotes.pages import page_model

_UNSAFE_IN_ROLE = re.compile(r"^[!`]|<")
"""A role takes ``!`` first for a refusal, ``<`` for its target, and begins with no backtick."""


def render_myst(page: page_model.Page) -> str:
    """Return the whole text of ``page``, or of the part that follows a hand-written one."""
    parts = [] if page.has_prose else [f"# {_inlines((page_model.Text(page.title),))}"]
    parts += _blocks(page.blocks, 2)
    if page.children:
        parts.append(
            _fence("`", "{toctree}", [":hidden:", "", *(f"/{below}" for below in page.children)])
        )
    return "\n\n".join(parts) + "\n"


def _blocks(blocks: Iterable[page_model.PageBlock], level: int) -> Iterator[str]:
    before: page_model.PageBlock | None = None
    for block in blocks:
        if isinstance(block, page_model.List | page_model.BlockQuote) and isinstance(
            before, type(block)
        ):
            yield "{}"
        yield _block(block, level)
        before = block


def _block(block: page_model.PageBlock, level: int) -> str:
    match block:
        case page_model.Para(children, _, classes):
            return _marked(classes, _inlines(children))
        case page_model.List(items, ordered, _, classes):
            mark = "1. " if ordered else "- "
            texts = ("\n\n".join(_blocks(item.blocks, level)) for item in items)
            rows = (_prefixed(mark, " " * len(mark), text) for text in texts)
            return _marked(classes, "\n".join(rows))
        case page_model.CodeBlock(code, language):
            name = "{code-block} " + language
            return _fence("`", name, [":force:", "", *code.split("\n")])
        case page_model.BlockQuote(blocks):
            return _prefixed("> ", "> ", "\n\n".join(_blocks(blocks, level)))
        case page_model.PageTable(rows, header):
            return _table(rows) if header else _list_table(rows)
        case page_model.Rubric(children):
            return _fence(":", "{rubric} " + _inlines(children), [])
        case page_model.Container(classes, blocks):
            inner = "\n\n".join(_blocks(blocks, level))
            return _marked(classes, _fence(":", "", inner.split("\n")))
        case page_model.Fold(_, blocks):
            return "\n\n".join(_blocks(blocks, level))
        case page_model.Section(node_id, title, blocks, _, classes):
            heading = _marked(classes, f"{'#' * level} {_inlines(title)}", node_id)
            return "\n\n".join((heading, *_blocks(blocks, level + 1)))
        case _:
            assert_never(block)


def _inlines(inlines: Sequence[page_model.Inline], outer: str = "") -> str:
    """Return ``inlines`` as one text; ``outer`` is the mark of the emphasis that they are in."""
    made = []
    mark = ""
    for before, inline, after in zip((None, *inlines), inlines, (*inlines[1:], None), strict=False):
        if isinstance(inline, page_model.Emphasis | page_model.Strong):
            mark = "_" if (mark or outer) == "*" else "*"
            run = mark * (2 if isinstance(inline, page_model.Strong) else 1)
            made.append(f"{run}{_inlines(inline.children, mark)}{run}")
            continue
        mark = ""
        if isinstance(inline, page_model.Text):
            made.append(_escape_next_to_emphasis(inline.text, before, after))
        elif isinstance(inline, page_model.Literal) and isinstance(before, page_model.Literal):
            made.append("{literal}" + _ticks(inline.text))
        else:
            made.append(_inline(inline))
    return "".join(made)


def _escape_next_to_emphasis(
    words: str, before: page_model.Inline | None, after: page_model.Inline | None
) -> str:
    """Return ``words`` as text whose ends look like punctuation where a mark is beside them.

    Inside a word a mark of emphasis would be no mark.
    """
    emphases = page_model.Emphasis | page_model.Strong
    start = int(isinstance(before, emphases) and words[:1].isalnum())
    rest = words[start:]
    end = len(rest) - int(isinstance(after, emphases) and rest[-1:].isalnum())
    return _reference(words[:start]) + escape(rest[:end]) + _reference(rest[end:])


def _reference(char: str) -> str:
    return f"&#{ord(char)};" if char else ""


def _inline(
    inline: page_model.Literal
    | page_model.ExternalLink
    | page_model.CrossReference
    | page_model.Span
    | page_model.SourceLink
    | page_model.Initials,
) -> str:
    match inline:
        case page_model.Literal(code):
            return _ticks(code)
        case page_model.ExternalLink(url, children):
            return f"[{_inlines(children)}](<{escape(url)}>)"
        case page_model.CrossReference(kind, target, words) if _UNSAFE_IN_ROLE.search(words):
            return (
                f"[{escape(words)}](<{f'project:/{target}.md' if kind == 'doc' else f'#{target}'}>)"
            )
        case page_model.CrossReference("doc", target, words):
            return "{std:doc}" + _ticks(f"{words} </{target}>")
        case page_model.CrossReference(kind, target, words):
            return f"{{conf:{kind}}}" + _ticks(f"{words} <{target}>")
        case page_model.Span(classes, children):
            return f"[{_inlines(children)}]{{{_dotted(classes)}}}"
        case page_model.SourceLink(_, children):
            return _inlines(children)
        case page_model.Initials():
            return ""
        case _:
            assert_never(inline)


def _ticks(code: str) -> str:
    longest = max(map(len, re.findall("`+", code)), default=0)
    ticks = "`" * (longest + 1)
    pad = " " if code[:1] in "` " or code[-1:] in "` " else ""
    return f"{ticks}{pad}{code}{pad}{ticks}"


def _marked(classes: Sequence[str], block: str, node_id: str = "") -> str:
    marks = [f"#{node_id}"] if node_id else []
    marks += [_dotted(classes)] if classes else []
    return f"{{{' '.join(marks)}}}\n{block}" if marks else block


def _dotted(classes: Iterable[str]) -> str:
    return " ".join(f".{name}" for name in classes)


def _fence(mark: str, name: str, lines: Sequence[str]) -> str:
    """Return a fence longer than any inside it."""
    inner = (re.match(rf" *({mark}*)", line) for line in lines)
    longest = max((len(match[1]) for match in inner if match), default=0)
    fence = mark * max(3, longest + 1)
    return "\n".join((fence + name, *lines, fence))


def _prefixed(first: str, other: str, block: str) -> str:
    """Return ``block`` with ``first`` before its first line and ``other`` before all others."""
    return first + block.replace("\n", "\n" + other)


def _table(rows: Sequence[Sequence[Sequence[page_model.Inline]]]) -> str:
    columns = max(map(len, rows), default=1)
    lines = [f"| {' | '.join(_cells(row, columns))} |" for row in rows]
    lines.insert(1, f"|{' --- |' * columns}")
    return "\n".join(lines)


def _cells(row: Sequence[Sequence[page_model.Inline]], columns: int) -> list[str]:
    cells = [_inlines(cell).replace("\n", " ") for cell in row]
    return cells + [""] * (columns - len(cells))


def _list_table(rows: Sequence[Sequence[Sequence[page_model.Inline]]]) -> str:
    columns = max(map(len, rows), default=1)
    lines = [":widths: auto", ""]
    for row in rows:
        for place, cell in enumerate(_cells(row, columns)):
            lines.append(f"{'  -' if place else '* -'} {cell}".rstrip())
    return _fence("`", "{list-table}", lines)
