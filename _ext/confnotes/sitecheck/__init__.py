"""Check the internal links of a built site: each must lead to a file and an anchor."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping
from functools import cache
from typing import NamedTuple

from confnotes.sitecheck.link_index import (
    PageLinks,
    SiteLinks,
    pages_to_check,
    read_links,
    resolve_href,
)

__all__ = ["BrokenLink", "SiteLinks", "find_broken_links", "pages_to_check", "read_links"]


class BrokenLink(NamedTuple):
    """A broken link ``href`` on ``page``, as typed there; ``target`` is its resolved path."""

    page: str
    href: str
    message: str
    target: str


def find_broken_links(
    names: Iterable[str],
    pages: Mapping[str, PageLinks],
    files: Container[str],
    base: str,
    *,
    link_suffix: str = ".html",
    file_suffix: str = ".html",
) -> Iterator[BrokenLink]:
    """Yield the broken links of the pages ``names``; the site is served under the path ``base``.

    A link that ends in ``link_suffix`` leads to the file with ``file_suffix``.
    """

    @cache
    def anchors(name: str) -> set[str]:
        return {"", "top", *pages[name].anchors}

    @cache
    def target(folder: str, typed: str) -> tuple[str, str]:
        path, fragment = resolve_href(folder, typed)
        if path.startswith("/"):
            path = f"{path}/".removeprefix(base).rstrip("/") or "index.html"
        if path and path not in files:
            page = f"{path.removesuffix(link_suffix)}{file_suffix}"
            path = page if page in files else f"{path}/index{file_suffix}".lstrip("/")
        return path, fragment

    for name in names:
        facts = pages[name]
        for twice in facts.duplicate_ids:
            yield BrokenLink(name, twice, f"duplicate id ‘{twice}’", f"#{twice}")
        folder = name.rpartition("/")[0]
        for typed in facts.links:
            path, fragment = target(folder, typed)
            path = path or name
            if path not in files:
                yield BrokenLink(name, typed, f"broken link ‘{typed}’: file not found", path)
            elif path in pages and fragment not in anchors(path):
                message = f"broken link ‘{typed}’: no such anchor in {path}"
                yield BrokenLink(name, typed, message, f"{path}#{fragment}")
