"""What a project says of people, events and topics: each of its notes is read in this context."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from confnotes.catalogue import events, people
from confnotes.catalogue.cache import Cache, Table
from confnotes.catalogue.discovery import discover
from confnotes.catalogue.files import Files
from confnotes.catalogue.front_matter import FrontMatter
from confnotes.catalogue.read_notes import Readings, readable
from confnotes.catalogue.topics import Vocabulary
from confnotes.digests import digest


class Context:
    """The pages of the project below ``root``, and the names in its notes.

    ``by_stat``: a file that ``stat`` shows to be unchanged is not read. ``jobs`` processes read
    notes.
    """

    def __init__(
        self,
        root: Path,
        cache: Cache,
        *,
        by_stat: bool = False,
        is_excluded: Callable[[str], bool] = lambda path: False,
        jobs: int = 1,
    ) -> None:
        self.root = root
        self.tree = discover(root, is_excluded)
        files = Files(root, cache, by_stat=by_stat)
        page_paths, unread_pages = readable(files, self.tree.pages)
        note_paths, unread_notes = readable(files, self.tree.notes)
        self.problems = [*unread_pages, *unread_notes, *self.tree.problems]
        self.pages = _front_matter(page_paths, files, cache)
        self.speakers = self._below("speakers")
        self.vocabulary = Vocabulary(self._below("topics"))
        self.events = {
            docname: events.event_from_page(docname, page)
            for docname, page in self.pages.items()
            if events.is_event(docname)
        }
        """Those that have a page."""
        self.claimed = people.index_names(self.speakers)
        self.notes = Readings(
            note_paths, files, cache, events=self.events, people=self.claimed, jobs=jobs
        )
        cache.set_files(files.states)
        self.not_utf8 = frozenset(files.not_utf8)
        paths = sorted(files.states)
        self.digest = digest(repr((self.tree, self.problems)), *map(files.digest, paths))
        """What changes with any file."""

    def _below(self, folder: str) -> dict[str, FrontMatter]:
        return {
            docname: page
            for docname, page in self.pages.items()
            if docname.startswith(f"{folder}/") and docname != f"{folder}/index"
        }


def _front_matter(paths: Mapping[str, str], files: Files, cache: Cache) -> dict[str, FrontMatter]:
    """Return the front matter of the pages at ``paths``, by docname as these are."""

    def keys(docnames: Iterable[str]) -> dict[str, str]:
        return {name: digest(paths[name], files.digest(paths[name])) for name in docnames}

    wanted = keys(paths)
    kept = cache.find(Table.PAGE, wanted.values())
    missing = [docname for docname, key in wanted.items() if key not in kept]
    fresh = {
        docname: FrontMatter(paths[docname], files.read(paths[docname])) for docname in missing
    }
    cache.add(Table.PAGE, {key: fresh[docname] for docname, key in keys(missing).items()})
    cache.keep_only(Table.PAGE, set(keys(paths).values()))
    return {docname: fresh.get(docname) or kept[key] for docname, key in wanted.items()}
