"""Parse inline markup of notes: emphasis, code and links, in the markup of the note.

Everything else is text: HTML, roles, directives, relative links. No character of the content is
lost. URLs in running text become links in every markup.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING, TypeAlias

from markdown_it import MarkdownIt

from confnotes.invisible_characters import strip_invisible
from confnotes.model import Markup
from confnotes.notes.syntax.wiki_links import WIKI_LINK, wiki_link
from confnotes.pages.page_model import (
    CrossReference,
    Emphasis,
    ExternalLink,
    Inline,
    Literal,
    Strong,
    Text,
)
from confnotes.url_finder import find_urls
from confnotes.urls import is_safe_url

if TYPE_CHECKING:
    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token

Resolver: TypeAlias = Callable[[str, str], CrossReference | None]
_RESOLVER = "resolve"

_MAX_LENGTH = 20_000
"""Characters; a longer text is not parsed, so that no text is slow."""
_RST = re.compile(
    r"(?<![\w`\\])``(?P<literal>(?=\S)(?:[^`]|`(?!`))+(?<=\S))``(?![\w`])"
    r"|(?<![\w*\\])\*\*(?P<strong>(?=\S)[^*]+(?<=[^\s\\]))\*\*(?![\w*])"
    r"|(?<![\w*\\])\*(?P<emphasis>(?=\S)[^*]+(?<=[^\s\\]))\*(?![\w*])"
    r"|(?<![\w`\\])`(?P<label>[^`<>]*)<(?P<url>[^`<>\s]+)>`__?(?!\w)"
    r"|\\(?P<escaped>[^\w\s])"
)


def parse_inline(text: str, markup: Markup, resolve: Resolver | None = None) -> tuple[Inline, ...]:
    """Return ``text``, typed in ``markup``, as inlines.

    ``resolve`` returns the reference for ``[[name|text]]``, None if the name is unknown.
    """
    if len(text) > _MAX_LENGTH or markup is Markup.PLAIN:
        return tuple(_linked(text))
    if markup is Markup.RST:
        return _merged(_rst(text))
    children = _markdown().parseInline(text, {_RESOLVER: resolve})[0].children or []
    return _merged(_walk(iter(children)))


def _linked(text: str) -> Iterator[Inline]:
    """Yield ``text`` with its URLs as links."""
    done = 0
    for start, end, url in find_urls(text):
        if done < start:
            yield Text(text[done:start])
        yield ExternalLink(url, (Text(text[start:end]),))
        done = end
    if done < len(text):
        yield Text(text[done:])


@cache
def _markdown() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False})
    parser.inline.ruler.before("link", "wiki_link", _wiki_link)
    return parser


def _wiki_link(state: StateInline, silent: bool) -> bool:
    """Read ``[[name|text]]`` as a token that holds its reference."""
    if state.src[state.pos] not in "![":
        return False
    match = WIKI_LINK.match(state.src, state.pos, state.posMax)
    if match is None:
        return False
    if not silent:
        link, resolve = wiki_link(match), state.env.get(_RESOLVER)
        token = state.push("wiki_link", "", 0)
        token.content = link.text
        token.meta["reference"] = resolve(link.page, link.text) if resolve else None
    state.pos = match.end()
    return True


def _walk(tokens: Iterator[Token], *, linked: bool = True) -> Iterator[Inline]:
    """Yield the inlines of ``tokens``, up to the end of their element."""
    for token in tokens:
        match token.type:
            case "text" | "text_special":
                yield Text(token.content)
            case "softbreak" | "hardbreak":
                yield Text("\n")
            case "code_inline":
                yield Literal(token.content)
            case "em_open":
                yield Emphasis(_merged(_walk(tokens, linked=linked), linked=linked))
            case "strong_open":
                yield Strong(_merged(_walk(tokens, linked=linked), linked=linked))
            case "link_open":
                children = _merged(_walk(tokens, linked=False), linked=False)
                yield from _link(str(token.attrs["href"]), children)
                yield from _titled(token)
            case "image":
                children = _merged(_walk(iter(token.children or []), linked=False), linked=False)
                yield from _link(str(token.attrs["src"]), children)
                yield from _titled(token)
            case "wiki_link" if linked and token.meta["reference"]:
                yield token.meta["reference"]
            case _:
                if token.nesting < 0:
                    return
                yield Text(token.content)


def safe_link(url: str, text: str = "") -> Inline:
    """Return a link to ``url`` with ``text``, or both as text if the URL is not safe."""
    if _may_be_link(url):
        return ExternalLink(url, (Text(text or url),))
    return Text(f"{text} ({url})" if text and text != url else url)


def _may_be_link(url: str) -> bool:
    """Return True if ``url`` is safe, or one that is a link in plain text, such as ``ftp:``."""
    if is_safe_url(url):
        return True
    return strip_invisible(url) == url and find_urls(url) == [(0, len(url), url)]


def _link(url: str, children: tuple[Inline, ...]) -> Iterator[Inline]:
    """Yield an external link, else the text and the target of a relative one."""
    if _may_be_link(url):
        yield ExternalLink(url, children or (Text(url),))
        return
    yield from children
    yield Text(f" ({url})" if children else url)


def _titled(token: Token) -> Iterator[Inline]:
    if title := token.attrs.get("title"):
        yield Text(f" ({title})")


def _rst(text: str) -> Iterator[Inline]:
    done = 0
    for match in _RST.finditer(text):
        yield Text(text[done : match.start()])
        done = match.end()
        if literal := match["literal"]:
            yield Literal(literal)
        elif strong := match["strong"]:
            yield Strong(_merged([Text(_unescaped(strong))]))
        elif emphasis := match["emphasis"]:
            yield Emphasis(_merged([Text(_unescaped(emphasis))]))
        elif url := match["url"]:
            label = _unescaped(match["label"].strip())
            yield from _link(url, (Text(label),) if label else ())
        else:
            yield Text(match["escaped"])
    yield Text(text[done:])


def _unescaped(text: str) -> str:
    return re.sub(r"\\([^\w\s])", r"\1", text)


def _merged(
    inlines: Sequence[Inline] | Iterator[Inline], *, linked: bool = True
) -> tuple[Inline, ...]:
    """Join adjacent texts, then find the URLs in them."""
    joined: list[Inline] = []
    for inline in inlines:
        last = joined[-1] if joined else None
        if isinstance(inline, Text) and isinstance(last, Text):
            joined[-1] = Text(last.text + inline.text)
        elif inline != Text(""):
            joined.append(inline)
    if not linked:
        return tuple(joined)
    return tuple(
        part
        for inline in joined
        for part in (_linked(inline.text) if isinstance(inline, Text) else (inline,))
    )
