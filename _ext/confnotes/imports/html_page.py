"""Read the posts of a saved HTML page, without the boilerplate of the blog."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from confnotes.imports import text_dump
from confnotes.imports.html_to_text import heading_text, html_to_text, parse_html, text_in_one_line
from confnotes.imports.source_post import PostMetadata, SourcePost
from confnotes.model import NO_KNOWN_ENTITIES, KnownEntities
from confnotes.notes.languages.dates import find_date
from confnotes.notes.syntax.boilerplate import boilerplate_reason
from confnotes.urls import absolute_url

if TYPE_CHECKING:
    from bs4 import BeautifulSoup
    from bs4.element import Tag

_ENTRIES = (
    ".h-entry, article, .hentry, .blog-post, .post-outer, "
    "[itemtype*=BlogPosting], [itemtype$='schema.org/Article']"
)
_TITLES = (
    ".entry-title",
    ".p-name",
    ".post-title",
    "[itemprop~=headline]",
    "p.title",
    "h1",
    "header h2",
)
_BODIES = (
    ".entry-content, .e-content, .post-content, .post-body, .article-content, .article-body, "
    ".gh-content, [itemprop~=articleBody]"
)
_DATES = (
    ".dt-published",
    "[itemprop~=datePublished]",
    ".published",
    "time",
    ".entry-date",
    ".post-date",
)
_MAX_DATES = 5
"""Elements of a kind in which to look for a date."""
_LINKS = (".u-url[href]", ".entry-title a[href]", ".post-title a[href]", "a[rel~=bookmark][href]")
_TAGS = "a[rel~=tag], .p-category"
_NON_CONTENT = (
    "nav, form, footer:not(blockquote footer), aside:not(article aside), [hidden], "
    "[role=navigation], [role=banner], [role=contentinfo], [role=complementary], [role=search]"
)
_BOILERPLATE = re.compile(
    r"(?:.*[-_])?(?:addthis|addtoany|advert|breadcrumbs?|comments?|commentlist|cookies?|likes?|menu|nav|"
    r"navigation|newsletter|pager|pagination|pingbacks?|promo|related|relatedposts|replies|reply|"
    r"respond|share|sharedaddy|sharing|sidebar|skip|social|subscribe|trackbacks?|webmentions?|"
    r"widgets?)(?:[-_].*)?|"
    r"(?:jp|sd|wpcnt|wpl)[-_].*|(?:entry|post)-(?:footer|meta)|author-box|byline|cat-links|"
    r"edit-link|posted-on|printfriendly|screen-reader-text|site-(?:footer|header)|tags-links",
    re.IGNORECASE,
)
"""Class names of elements that are not part of a post."""
_BOILERPLATE_IDS = frozenset(
    {"comments", "disqus_thread", "respond", "sidebar", "footer", "header"}
)
_NEVER = frozenset("a article body code h1 h2 h3 h4 h5 h6 html li main p pre ul ol".split())


def html_posts(
    data: bytes,
    origin: str,
    path: str,
    *,
    named: bool = False,
    known: KnownEntities = NO_KNOWN_ENTITIES,
) -> list[SourcePost]:
    """Return the posts of an HTML page; a page without marked posts is one post.

    With ``named``, the only post of a page keeps the name of the file.
    """
    page = parse_html(data)
    base = _base(page)
    entries = _entries(page) or [page.select_one("main") or page.select_one("body") or page]
    found = [_read(entry, base) for entry in entries]
    if len(found) == 1:
        (about, text, at) = found[0]
        whole = f"{about.title}\n\n{text}".encode("utf-8", "replace")
        several = text_dump.split_posts(whole, origin, path, known=known)
        if len(several) > 1:
            return several
        found = [(_completed(about, page, base), text, at)]
    return [
        SourcePost(
            origin=origin,
            line=at,
            text=text.encode("utf-8", "replace"),
            path=path,
            identity=about.link or about.title or text,
            named=named and len(found) == 1,
            metadata=about,
        )
        for about, text, at in found
        if text
    ]


def _entries(page: BeautifulSoup) -> list[Tag]:
    """Return the outermost elements that are marked as posts, without comments."""
    marked = {id(tag): tag for tag in page.select(_ENTRIES)}
    return [
        tag
        for tag in marked.values()
        if not any(id(above) in marked or _is_boilerplate(above) for above in tag.parents)
    ]


def _read(entry: Tag, base: str) -> tuple[PostMetadata, str, int]:
    """Return the metadata of ``entry``, its text, and its line."""
    at = entry.sourceline or 1
    top = _first(entry, _TITLES)
    permalink = _first(entry, _LINKS)
    link = absolute_url(base, str(permalink["href"])) if permalink else ""
    about = PostMetadata(
        title=heading_text(top) if top else "",
        posted=_date(entry),
        link=link,
        tags=tuple(
            dict.fromkeys(text_in_one_line(tag).replace(",", " ") for tag in entry.select(_TAGS))
        ),
    )
    skipped = {*map(id, _boilerplate(entry))}
    bodies = [
        body
        for body in entry.select(_BODIES)
        if not any(id(tag) in skipped for tag in (body, *body.parents))
    ]
    if not bodies and top is not None:
        skipped.add(id(top))
    text = html_to_text(bodies[0] if bodies else entry, base=about.link or base, skipped=skipped)
    paragraphs = text.rstrip("\n").split("\n\n")  # such as ``Share`` without a class that tells
    kept = (one for one in paragraphs if not boilerplate_reason(one.strip("\n")))
    text = "\n\n".join(kept).strip("\n")
    return about, f"{text}\n" if text else "", at


def _boilerplate(entry: Tag) -> Iterator[Tag]:
    """Yield the elements that are not the author's text, and the comments of Google Docs."""
    yield from entry.select(_NON_CONTENT)
    around_bodies = {id(tag) for body in entry.select(_BODIES) for tag in (body, *body.parents)}
    for tag in entry.find_all(True):
        if _is_boilerplate(tag) and id(tag) not in around_bodies:
            yield tag
    for link in entry.select('a[href^="#cmnt"]'):
        parent = link.parent
        if str(link.get("id", "")).startswith("cmnt_ref") or parent is None:
            yield link
        else:
            yield parent


def _is_boilerplate(tag: Tag) -> bool:
    if tag.name in _NEVER and tag.name != "ul":
        return False
    words = tag.get_attribute_list("class")
    return tag.get("id") in _BOILERPLATE_IDS or any(
        _BOILERPLATE.fullmatch(str(word)) for word in words
    )


def _completed(about: PostMetadata, page: BeautifulSoup, base: str) -> PostMetadata:
    """Complete the metadata of the only post of a page from those of the page."""
    top = page.find("h1")
    titles = [about.title, *_metas(page, "og:title"), heading_text(top) if top else ""]
    days = map(_day, _metas(page, "article:published_time"))
    return PostMetadata(
        title=next(filter(None, titles), ""),
        posted=about.posted or next(days, None),
        link=about.link or base,
        tags=about.tags or tuple(_metas(page, "article:tag")),
    )


def _base(page: BeautifulSoup) -> str:
    """Return the canonical URL of the page, empty if it has none."""
    canonical = page.select_one("link[rel~=canonical][href]")
    return str(canonical["href"]) if canonical else next(iter(_metas(page, "og:url")), "")


def _metas(page: BeautifulSoup, name: str) -> list[str]:
    return [str(tag["content"]).strip() for tag in page.select(f'meta[property="{name}"][content]')]


def _first(entry: Tag, selectors: tuple[str, ...]) -> Tag | None:
    """Return the first element of the first selector that has one."""
    return next((found for selector in selectors if (found := entry.select_one(selector))), None)


def _date(entry: Tag) -> date | None:
    tags = (tag for one in _DATES for tag in entry.select(one, limit=_MAX_DATES))
    for tag in tags:
        values = (*map(tag.get, ("datetime", "content", "title")), text_in_one_line(tag))
        for value in filter(None, values):
            if day := _day(str(value)):
                return day
    return None


def _day(value: str) -> date | None:
    try:
        return date.fromisoformat(value.strip()[:10])
    except ValueError:
        return find_date(value)
