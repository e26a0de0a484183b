"""The elements of a page, independent of builder and markup.

``line`` is the line of a block in the raw note, 0 if it is not from a note. Text in a block is
literal: nothing in it is markup.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal as OneOf
from typing import TypeAlias

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
    """An external link, which is replaced if the ledger has it as dead.

    ``resource`` is the URL in the ledger if ``url`` is a place in it, as in a recording.
    """

    url: str
    children: tuple[Inline, ...]
    resource: str = ""


@dataclass(frozen=True, slots=True)
class CrossReference:
    """A reference to an object of the domain, or to a page when ``kind`` is ``doc``.

    ``target`` is the object's name in the inventory (``speaker``: slug, ``topic``:
    slug, ``event``: ``2015/linux-conf-au``, ``talk``: ``<docname>#<slug>``) or a docname, which
    may have an anchor.
    """

    kind: ObjectKind | OneOf["doc"]
    target: str
    text: str


@dataclass(frozen=True, slots=True)
class Span:
    classes: tuple[str, ...]
    children: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class SourceLink:
    """Inline text that links to the copy of the note ``path``, in outputs that have one."""

    path: str
    children: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Initials:
    """An avatar beside the name of a person, in HTML only: a picture, or a disc with initials.

    ``picture`` is its path, relative to the root.
    """

    text: str
    picture: str = ""


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
    """A heading that is not in the table of contents."""

    children: tuple[Inline, ...]
    line: int = 0


@dataclass(frozen=True, slots=True)
class Container:
    classes: tuple[str, ...]
    blocks: tuple[PageBlock, ...]


@dataclass(frozen=True, slots=True)
class Fold:
    """Blocks that a ``summary`` opens; only HTML folds them."""

    summary: str
    blocks: tuple[PageBlock, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with a permanent anchor, and the blocks below it."""

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

    ``name`` is its name in the inventory (see :class:`CrossReference`), ``display`` its title,
    ``aliases`` are other names. ``node_id`` is empty for the page itself.
    """

    kind: ObjectKind
    name: str
    display: str
    node_id: str = ""
    aliases: tuple[str, ...] = ()
    line: int = 0


@dataclass(frozen=True, slots=True)
class Page:
    """A generated page, or the generated part of a hand-written one.

    With ``has_prose``, ``blocks`` follow the heading and prose of a hand-written file, but for
    paragraphs at their beginning, which stand between the two; ``title`` is used only if the file
    has no heading. ``children`` are the docnames of the toctree.
    """

    docname: str
    title: str
    blocks: tuple[PageBlock, ...]
    has_prose: bool = False
    objects: tuple[PageObject, ...] = ()
    children: tuple[str, ...] = ()
    description: str = ""
    picture: str = ""
    """The path of a picture of the person, relative to the root."""
    lead: str = ""
    """The beginning of the title that breadcrumbs and date above the text say already."""


def iter_external_urls(blocks: Iterable[PageBlock]) -> Iterator[str]:
    """Yield every external URL that blocks link to, in order."""
    for block in blocks:
        match block:
            case Para(children) | Rubric(children):
                yield from _inline_urls(children)
            case List(items):
                yield from iter_external_urls(inner for item in items for inner in item.blocks)
            case BlockQuote(inner) | Container(_, inner) | Fold(_, inner):
                yield from iter_external_urls(inner)
            case PageTable(rows):
                yield from _inline_urls(inline for row in rows for cell in row for inline in cell)
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
