"""Check of the internal links of a built site: each leads to a file and an anchor of it."""

from confnotes.sitecheck.check import BrokenLink, find_broken_links
from confnotes.sitecheck.link_index import CheckedPages, LinkIndex

__all__ = ["BrokenLink", "CheckedPages", "LinkIndex", "find_broken_links"]
