"""Shorthands for common elements of pages. A ``str`` is an inline text."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TypeAlias, TypeVar

from confnotes.pages.page_model import (
    Inline,
    List,
    ListItem,
    PageBlock,
    Para,
    Section,
    Span,
    Strong,
    Text,
)

Shown: TypeAlias = Inline | str
_Key = TypeVar("_Key", str, int)
_MAX_PREVIEW = 200


def inlines(parts: Iterable[Shown]) -> tuple[Inline, ...]:
    return tuple([Text(part) if isinstance(part, str) else part for part in parts])


def join(parts: Iterable[Shown], between: str = " · ") -> tuple[Inline, ...]:
    """Return ``parts`` with ``between`` between them."""
    made = [inline for part in inlines(parts) for inline in (Text(between), part)]
    return tuple(made[1:])


def span(css_class: str, *parts: Shown) -> Span:
    return Span((css_class,), inlines(parts))


def label(text: str) -> Strong:
    """Return the label in front of a value."""
    return Strong((Text(f"{text}:"),))


def para(css_class: str, *parts: Shown, line: int = 0) -> Para:
    return Para(inlines(parts), line, (css_class,) if css_class else ())


def item(*parts: Shown) -> ListItem:
    return ListItem((Para(inlines(parts)),))


def bullets(css_class: str, items: Iterable[ListItem]) -> List:
    return List(tuple(items), classes=(css_class,))


def section(node_id: str, title: Shown, *blocks: PageBlock, css_class: str = "") -> Section:
    classes = (css_class,) if css_class else ()
    return Section(node_id, inlines([title]), blocks, classes=classes)


def most_common(numbers: Mapping[_Key, int], limit: int | None = None) -> list[tuple[_Key, int]]:
    """Return the pairs with the largest numbers, equal ones sorted by key."""
    return sorted(numbers.items(), key=lambda pair: (-pair[1], pair[0]))[:limit]


def shorten_description(text: str, limit: int = _MAX_PREVIEW) -> str:
    """Return ``text``, cut at a word to the length of link previews and search results."""
    if len(text) <= limit:
        return text
    return text[:limit].rpartition(" ")[0].rstrip(",;:·–- ") + " …"
