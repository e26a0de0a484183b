"""A saved page of a blog, with one post or many, without what the blog puts around them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from confnotes.imports import dump
from confnotes.imports.post import About, Post
from confnotes.imports.text import heading, line, parse, typed
from confnotes.notes import NO_KNOWN_ENTITIES, KnownEntities
from confnotes.notes.entities.session_heading import find_date
from confnotes.notes.syntax.boilerplate import boilerplate_reason

if TYPE_CHECKING:
    from bs4 import BeautifulSoup
    from bs4.element import Tag

_ENTRIES = (
    ".h-entry, article, .hentry, .blog-post, .post-outer, "
    "[itemtype*=BlogPosting], [itemtype$='schema.org/Article']"
)
_TITLES = (".entry-title", ".p-name", ".post-title", "[itemprop~=headline]", "h1", "header h2")
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
"""Elements of a kind in which a date is looked for."""
_LINKS = (".u-url[href]", ".entry-title a[href]", ".post-title a[href]", "a[rel~=bookmark][href]")
_TAGS = "a[rel~=tag], .p-category"
_AROUND = (
    "nav, form, footer:not(blockquote footer), aside:not(article aside), [hidden], "
    "[role=navigation], [role=banner], [role=contentinfo], [role=complementary], [role=search]"
)
_FURNITURE = re.compile(
    r"(?:.*[-_])?(?:addthis|addtoany|advert|breadcrumbs?|comments?|commentlist|cookies?|likes?|menu|nav|"
    r"navigation|newsletter|pager|pagination|pingbacks?|promo|related|relatedposts|replies|reply|"
    r"respond|share|sharedaddy|sharing|sidebar|skip|social|subscribe|trackbacks?|webmentions?|"
    r"widgets?)(?:[-_].*)?|"
    r"(?:jp|sd|wpcnt|wpl)[-_].*|(?:entry|post)-(?:footer|meta)|author-box|byline|cat-links|"
    r"edit-link|posted-on|printfriendly|screen-reader-text|site-(?:footer|header)|tags-links",
    re.IGNORECASE,
)
"""A word of a class that says that this is not the post."""
_FURNITURE_IDS = frozenset({"comments", "disqus_thread", "respond", "sidebar", "footer", "header"})
_NEVER = frozenset("a article body code h1 h2 h3 h4 h5 h6 html li main p pre ul ol".split())


def posts(
    data: bytes,
    origin: str,
    path: str,
    *,
    named: bool = False,
    known: KnownEntities = NO_KNOWN_ENTITIES,
) -> list[Post]:
    """Return the posts of an HTML page; a page that marks none is one post itself.

    ``named`` says that the file's own name is worth keeping for its only post.
    """
    page = parse(data)
    base = _base(page)
    entries = _entries(page)
    found = [
        _read(entry, base)
        for entry in entries or [page.select_one("main") or page.select_one("body") or page]
    ]
    if len(found) == 1:
        (about, text, at) = found[0]
        several = dump.split(
            f"{about.title}\n\n{text}".encode("utf-8", "replace"), origin, path, known=known
        )
        if len(several) > 1:
            return several
        found = [(_completed(about, page, base), text, at)]
    return [
        Post(
            origin,
            at,
            text.encode("utf-8", "replace"),
            path,
            about.link or about.title or text,
            named and len(found) == 1,
            about,
        )
        for about, text, at in found
        if text
    ]


def _entries(page: BeautifulSoup) -> list[Tag]:
    """Return the outermost elements that are marked as posts; comments may be marked so too."""
    marked = {id(tag): tag for tag in page.select(_ENTRIES)}
    return [
        tag
        for tag in marked.values()
        if not any(id(above) in marked or _is_furniture(above) for above in tag.parents)
    ]


def _read(entry: Tag, base: str) -> tuple[About, str, int]:
    """Return what ``entry`` says of itself, its text, and its line."""
    at = entry.sourceline or 1
    top = _first(entry, _TITLES)
    permalink = _first(entry, _LINKS)
    link = _absolute(base, str(permalink["href"])) if permalink else ""
    about = About(
        title=heading(top) if top else "",
        posted=_date(entry),
        link=link,
        tags=tuple(dict.fromkeys(line(tag).replace(",", " ") for tag in entry.select(_TAGS))),
    )
    skipped = {id(tag) for tag in [*entry.select(_AROUND), *_furniture(entry)]}
    bodies = [
        body
        for body in entry.select(_BODIES)
        if not any(id(tag) in skipped for tag in (body, *body.parents))
    ]
    if not bodies and top is not None:
        skipped.add(id(top))
    text = typed(bodies[0] if bodies else entry, base=about.link or base, skipped=skipped)
    return about, _without_furniture(text), at


def _without_furniture(text: str) -> str:
    """Leave out paragraphs like ``Share``, which no class gives away."""
    paragraphs = text.rstrip("\n").split("\n\n")
    kept = "\n\n".join(one for one in paragraphs if not boilerplate_reason(one.strip("\n"))).strip(
        "\n"
    )
    return f"{kept}\n" if kept else ""


def _furniture(entry: Tag) -> Iterator[Tag]:
    around_bodies = {id(tag) for body in entry.select(_BODIES) for tag in (body, *body.parents)}
    for tag in entry.find_all(True):
        if _is_furniture(tag) and id(tag) not in around_bodies:
            yield tag


def _is_furniture(tag: Tag) -> bool:
    if tag.name in _NEVER and tag.name != "ul":
        return False
    words = tag.get_attribute_list("class")
    return tag.get("id") in _FURNITURE_IDS or any(_FURNITURE.fullmatch(str(word)) for word in words)


def _completed(about: About, page: BeautifulSoup, base: str) -> About:
    """Add what a page's head says of its only post."""
    top = page.find("h1")
    said = _meta(page, "og:title") or (heading(top) if top else "")
    published = _meta(page, "article:published_time")
    return About(
        about.title or said,
        about.posted or _day(published),
        about.link or base,
        about.tags or tuple(_metas(page, "article:tag")),
    )


def _base(page: BeautifulSoup) -> str:
    """Return the page's own address, empty when it does not say it."""
    canonical = page.select_one("link[rel~=canonical][href]")
    return str(canonical["href"]) if canonical else _meta(page, "og:url")


def _meta(page: BeautifulSoup, name: str) -> str:
    return next(iter(_metas(page, name)), "")


def _metas(page: BeautifulSoup, name: str) -> list[str]:
    return [str(tag["content"]).strip() for tag in page.select(f'meta[property="{name}"][content]')]


def _first(entry: Tag, selectors: tuple[str, ...]) -> Tag | None:
    """Return the first element of the first selector that has one."""
    return next((found for selector in selectors if (found := entry.select_one(selector))), None)


def _date(entry: Tag) -> date | None:
    for selector in _DATES:
        for tag in entry.select(selector, limit=_MAX_DATES):
            for said in (tag.get("datetime"), tag.get("content"), tag.get("title"), line(tag)):
                if said and (day := _day(str(said))):
                    return day
    return None


def _day(said: str) -> date | None:
    try:
        return date.fromisoformat(said.strip()[:10])
    except ValueError:
        return find_date(said)


def _absolute(base: str, address: str) -> str:
    try:
        url = urljoin(base, address)
    except ValueError:
        return ""
    return url if url.startswith(("http://", "https://")) else ""
