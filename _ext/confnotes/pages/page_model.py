"""The elements of a page, independent of builder and markup.

``line`` is the line of the page's source file (the raw note) that a block
stands for, 0 when it was derived. Text in a block is literal: nothing in it is markup.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal as OneOf
from typing import TypeAlias

_MAX_PREVIEW = 200
ObjectKind: TypeAlias = OneOf["talk", "speaker", "topic", "event"]


@dataclass(frozen=True, slots=True)
class Text:
    text: str


@dataclass(frozen=True, slots=True)
class Emphasis:
    children: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Strong:
    children: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Literal:
    text: str


@dataclass(frozen=True, slots=True)
class ExternalLink:
    """A link to the world outside; what it leads to today is the ledger's business.

    ``resource`` is the address that the ledger has, where ``url`` is that of a place in it.
    """

    url: str
    children: tuple[Inline, ...]
    resource: str = ""


@dataclass(frozen=True, slots=True)
class CrossReference:
    """A reference to an object of the domain, or to a page when ``kind`` is ``doc``.

    ``target`` is the object's name in the inventory (``speaker``: slug, ``topic``:
    slug, ``event``: ``2015/linux-conf-au``, ``talk``: ``<docname>#<slug>``) or a docname.
    """

    kind: ObjectKind | OneOf["doc"]
    target: str
    text: str


@dataclass(frozen=True, slots=True)
class Span:
    """Inline text set apart by CSS classes."""

    classes: tuple[str, ...]
    children: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class SourceLink:
    """Inline text that leads to the copy of a note, ``path``, in outputs that have one."""

    path: str
    children: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Initials:
    """A disc with the initials of a person, drawn beside the name; the web alone has it."""

    text: str


Inline: TypeAlias = (
    Text
    | Emphasis
    | Strong
    | Literal
    | ExternalLink
    | CrossReference
    | Span
    | SourceLink
    | Initials
)


@dataclass(frozen=True, slots=True)
class Para:
    children: tuple[Inline, ...]
    line: int = 0
    classes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ListItem:
    blocks: tuple[PageBlock, ...]
    line: int = 0


@dataclass(frozen=True, slots=True)
class List:
    items: tuple[ListItem, ...]
    ordered: bool = False
    line: int = 0
    classes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CodeBlock:
    """``language`` is the name of a lexer of Pygments."""

    text: str
    language: str = "text"
    line: int = 0


@dataclass(frozen=True, slots=True)
class BlockQuote:
    blocks: tuple[PageBlock, ...]
    line: int = 0


@dataclass(frozen=True, slots=True)
class PageTable:
    """A table; the first row is the header when ``header``."""

    rows: tuple[tuple[tuple[Inline, ...], ...], ...]
    header: bool = True
    line: int = 0


@dataclass(frozen=True, slots=True)
class Rubric:
    """A heading that stays out of the table of contents."""

    children: tuple[Inline, ...]
    line: int = 0


@dataclass(frozen=True, slots=True)
class Container:
    """Blocks set apart by CSS classes."""

    classes: tuple[str, ...]
    blocks: tuple[PageBlock, ...]


@dataclass(frozen=True, slots=True)
class Fold:
    """Blocks behind a ``summary`` that opens them; the web alone folds them."""

    summary: str
    blocks: tuple[PageBlock, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with a permanent anchor, and what stands below it."""

    node_id: str
    title: tuple[Inline, ...]
    blocks: tuple[PageBlock, ...]
    line: int = 0
    classes: tuple[str, ...] = ()


PageBlock: TypeAlias = (
    Para | List | CodeBlock | BlockQuote | PageTable | Rubric | Container | Fold | Section
)


@dataclass(frozen=True, slots=True)
class PageObject:
    """Something a page defines, for the domain and the inventory.

    ``name`` is the inventory's name (see :class:`Ref`), ``display`` what people
    call it, ``aliases`` other names it answers to. ``node_id`` is empty for the page itself.
    """

    kind: ObjectKind
    name: str
    display: str
    node_id: str = ""
    aliases: tuple[str, ...] = ()
    line: int = 0


@dataclass(frozen=True, slots=True)
class Page:
    """A page, or the derived part of one that a person began.

    ``has_prose`` says that ``blocks`` follow a hand-written MyST file (its heading
    and prose come first, and ``title`` only serves where that file has none).
    ``children`` are the docnames below this page, for Sphinx's toctree.
    """

    docname: str
    title: str
    blocks: tuple[PageBlock, ...]
    has_prose: bool = False
    objects: tuple[PageObject, ...] = ()
    children: tuple[str, ...] = ()
    description: str = ""
    picture: str = ""
    """The path of a picture of what the page is about, relative to the root."""
    lead: str = ""
    """The beginning of the title that breadcrumbs and date above the text say already."""


def iter_external_urls(blocks: Iterable[PageBlock]) -> Iterator[str]:
    """Yield every address that blocks link to, in the order of the page."""
    for block in blocks:
        match block:
            case Para(children) | Rubric(children):
                yield from _inline_urls(children)
            case List(items):
                for item in items:
                    yield from iter_external_urls(item.blocks)
            case BlockQuote(inner) | Container(_, inner) | Fold(_, inner):
                yield from iter_external_urls(inner)
            case PageTable(rows):
                for cells in rows:
                    for cell in cells:
                        yield from _inline_urls(cell)
            case Section(_, title, inner):
                yield from _inline_urls(title)
                yield from iter_external_urls(inner)


def _inline_urls(inlines: Iterable[Inline]) -> Iterator[str]:
    for inline in inlines:
        match inline:
            case ExternalLink(url, children, resource):
                yield resource or url
                yield from _inline_urls(children)
            case Emphasis(children) | Strong(children) | Span(_, children):
                yield from _inline_urls(children)


def shorten_description(text: str) -> str:
    """Return ``text``, cut at a word if it is longer than a link preview or a search hit shows."""
    if len(text) <= _MAX_PREVIEW:
        return text
    return text[:_MAX_PREVIEW].rpartition(" ")[0].rstrip(",;:–- ") + " …"
