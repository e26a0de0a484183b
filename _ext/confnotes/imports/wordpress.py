"""Read the published posts of a WordPress export (WXR 1.0 to 1.2) as a stream.

Names and addresses of authors and commenters, comments and drafts are not read. The parser
refuses entities and document types.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import KW_ONLY, dataclass, field
from datetime import date
from email.utils import parsedate_to_datetime
from typing import BinaryIO
from xml.sax import SAXParseException
from xml.sax.expatreader import ExpatParser
from xml.sax.handler import ContentHandler, feature_namespaces
from xml.sax.xmlreader import AttributesNSImpl, Locator

import defusedxml.sax
from defusedxml import DefusedXmlException

from confnotes.files import MAX_BYTES
from confnotes.imports.codes import ImportCode
from confnotes.imports.html_to_text import heading_text, html_to_text, parse_html, text_in_one_line
from confnotes.imports.shortcodes import expand_shortcodes
from confnotes.imports.source_post import PostMetadata, Skipped, SourceError, SourcePost
from confnotes.model import Problem
from confnotes.slugs import slugify
from confnotes.urls import is_safe_url

_CHUNK = 1 << 16
_MAX_TOKEN = 1 << 20
"""Bytes of one tag or comment, which the parser scans again with every chunk."""
_WORDPRESS = "http://wordpress.org/export/"
_WANTED = frozenset(
    "title link guid pubDate category wp:status wp:post_type wp:post_date wp:post_password "
    "http://purl.org/rss/1.0/modules/content/:encoded".split()
)
"""Elements of an item that are read, as :func:`_prefixed`."""
_NO_TAG = frozenset({"uncategorized", "uncategorised"})
_BLOCKS = "<!-- wp:"


def wordpress_posts(stream: BinaryIO, origin: str) -> Iterator[SourcePost | Skipped | Problem]:
    """Yield the posts of an export, with one chunk of it in memory.

    Raises SourceError where the XML is broken, unsafe, or no export.
    """
    parser = defusedxml.sax.make_parser()
    handler = _Handler(parser)
    parser.forbid_dtd = True
    parser.setFeature(feature_namespaces, True)
    parser.setContentHandler(handler)
    for _ in _fed(parser, stream, origin):
        for item in handler.take():
            yield _post(item, origin)
    if not handler.is_export:
        message = f"this is no WordPress export but {handler.root or 'empty'}"
        hint = "export the blog in WordPress under Tools, Export, All content, or save its pages"
        raise SourceError(Problem.of(ImportCode.NOT_AN_EXPORT, origin, message, hint))


def _fed(parser: ExpatParser, stream: BinaryIO, origin: str) -> Iterator[None]:
    """Feed ``stream`` to ``parser``, chunk by chunk. Raises SourceError."""
    position, waiting = None, 0
    try:
        while chunk := stream.read(_CHUNK):
            parser.feed(chunk)
            yield
            before, position = position, (parser.getLineNumber(), parser.getColumnNumber())
            waiting = waiting + len(chunk) if position == before else 0
            if waiting > _MAX_TOKEN:
                break
        else:
            parser.close()
    except SAXParseException as error:
        message = f"the XML is broken here: {error.getMessage()}"
        advice = "fix this place or export the blog again"
        raise _fault(ImportCode.BROKEN_XML, origin, message, advice, error) from error
    except DefusedXmlException as error:
        message = "the file declares a document type or entities, as no WordPress export does"
        advice = "delete the <!DOCTYPE …> if you trust the file"
        raise _fault(ImportCode.UNSAFE_XML, origin, message, advice, parser) from error
    except (LookupError, ValueError) as error:
        message = f"the encoding that it declares is not read: {error}"
        raise _fault(ImportCode.BROKEN_XML, origin, message, "save it as UTF-8", parser) from error
    if waiting > _MAX_TOKEN:
        message = f"a tag or comment is longer than {_MAX_TOKEN >> 20} MB"
        raise _fault(ImportCode.BROKEN_XML, origin, message, "shorten it", parser)


def _fault(
    code: ImportCode, origin: str, message: str, advice: str, at: Locator | SAXParseException
) -> SourceError:
    line, column = at.getLineNumber() or 1, (at.getColumnNumber() or 0) + 1
    return SourceError(Problem.of(code, origin, message, advice, line=line, column=column))


@dataclass(slots=True)
class _Item:
    """One ``<item>``: the texts of its wanted elements, its categories, its line."""

    line: int
    _: KW_ONLY
    texts: dict[str, str] = field(default_factory=dict)
    tags: list[tuple[str, str]] = field(default_factory=list)
    """Each as (domain, text); the domain of a tag is ``post_tag``."""
    is_too_large: bool = False


class _Handler(ContentHandler):
    """Collects the elements of items that :func:`_post` needs."""

    def __init__(self, at: Locator) -> None:
        super().__init__()
        self._at = at
        self.root = ""
        self.is_export = False
        self._items: list[_Item] = []
        self._item: _Item | None = None
        self._text: list[str] | None = None
        self._size = 0
        self._domain = ""

    def take(self) -> list[_Item]:
        """Return the items that are complete, each once."""
        taken, self._items = self._items, []
        return taken

    def startElementNS(  # noqa: N802
        self, name: tuple[str | None, str], qname: str | None, attrs: AttributesNSImpl
    ) -> None:
        self.root = self.root or name[1]
        self.is_export = self.is_export or _prefixed(name).startswith("wp:")
        if name == (None, "item"):
            self._item = _Item(self._at.getLineNumber() or 1)
        elif self._item is not None and _prefixed(name) in _WANTED:
            self._text, self._size = [], 0
            self._domain = str(attrs.get((None, "domain"), ""))

    def characters(self, content: str) -> None:
        if self._text is not None and self._item is not None:
            self._size += len(content)
            if self._size <= MAX_BYTES:
                self._text.append(content)
            else:
                self._item.is_too_large = True

    def endElementNS(self, name: tuple[str | None, str], qname: str | None) -> None:  # noqa: N802
        if self._item is None:
            return
        if name == (None, "item"):
            self._items.append(self._item)
            self._item = None
        elif self._text is not None:
            text = "".join(self._text)
            if name == (None, "category"):
                self._item.tags.append((self._domain, text))
            elif _prefixed(name) in _WANTED:
                self._item.texts[name[1]] = text
            self._text = None


def _prefixed(name: tuple[str | None, str]) -> str:
    """Return a name with its namespace; that of WordPress, in any version, is ``wp``."""
    space, local = name[0] or "", name[1]
    space = "wp" if space.startswith(_WORDPRESS) else space
    return f"{space}:{local}" if space else local


def _post(item: _Item, origin: str) -> SourcePost | Skipped | Problem:
    kind = item.texts.get("post_type", "").strip()
    status = item.texts.get("status", "").strip()
    if kind != "post":
        return Skipped(origin, item.line, kind or "unknown")
    if status != "publish":
        return Skipped(origin, item.line, f"post: {status or 'unknown'}")
    if item.texts.get("post_password", "").strip():
        return Skipped(origin, item.line, "post: password")
    if item.is_too_large:
        message = f"a post larger than {MAX_BYTES // 1_000_000} MB"
        return Problem.of(ImportCode.UNREADABLE, origin, message, line=item.line)
    title = heading_text(parse_html(item.texts.get("title", "")))
    link = "".join(item.texts.get("link", "").split())
    link = link if is_safe_url(link) else ""
    content = item.texts.get("encoded", "")
    text = html_to_text(
        parse_html(expand_shortcodes(content)), base=link, breaks=_BLOCKS not in content
    )
    if not text and not title:
        return Skipped(origin, item.line, "post: empty")
    about = PostMetadata(title=title, posted=_date(item), link=link, tags=_tags(item))
    identity = f"{item.texts.get('guid', '').strip()} {link}".strip() or title
    path, data = f"{slugify(title)}.txt", text.encode("utf-8", "replace")
    return SourcePost(
        origin=origin, line=item.line, text=data, path=path, identity=identity, metadata=about
    )


def _date(item: _Item) -> date | None:
    """Return the local day of the post, None if it is all zeros."""
    with suppress(ValueError):
        return date.fromisoformat(item.texts.get("post_date", "").strip()[:10])
    try:
        return parsedate_to_datetime(item.texts.get("pubDate", "")).date()
    except (ValueError, OverflowError):
        return None


def _tags(item: _Item) -> tuple[str, ...]:
    """Return tags, then categories, each once; exports before 1.1 name each twice."""
    tags: dict[str, str] = {}
    for _, text in sorted(item.tags, key=lambda tag: tag[0] != "post_tag"):
        tag = text_in_one_line(parse_html(text)).replace(",", " ")
        if tag and tag.casefold() not in _NO_TAG:
            tags.setdefault(tag.casefold(), tag)
    return tuple(tags.values())
