"""The files of a project, read in order: pages, then the notes, which need what pages say."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from itertools import chain
from pathlib import Path
from types import MappingProxyType

from confnotes.catalogue import events, people
from confnotes.catalogue.cache import Cache, CacheTable
from confnotes.catalogue.codes import CatalogueCode
from confnotes.catalogue.discovery import discover
from confnotes.catalogue.exclusions import excluded_by_conf
from confnotes.catalogue.hide_former_names import faults_of_paths
from confnotes.catalogue.page_front_matter import FrontMatter
from confnotes.catalogue.programme import Programme, ProgrammeError, parse_programme
from confnotes.catalogue.read_files import ProjectFiles
from confnotes.catalogue.read_notes import NoteReadings, readable_files
from confnotes.catalogue.topics import Vocabulary
from confnotes.digests import digest
from confnotes.model import Problem
from confnotes.parallel import PROCESSORS


class ProjectSources:
    """The pages, programmes and notes below ``root``, and the people, events and topics of pages.

    For ``by_stat``, ``is_excluded``, ``unsaved`` and ``jobs`` see
    :func:`confnotes.catalogue.load.load_catalogue`.
    """

    def __init__(
        self,
        root: Path,
        cache: Cache,
        *,
        by_stat: bool = False,
        is_excluded: Callable[[str], bool] | None = None,
        unsaved: Mapping[str, bytes] = MappingProxyType({}),
        jobs: int = PROCESSORS,
    ) -> None:
        self.root = root
        self.unsaved = unsaved
        self.tree = discover(root, is_excluded or excluded_by_conf(root))
        files = ProjectFiles(root, cache, by_stat=by_stat, unsaved=unsaved)
        found = (self.tree.pages, self.tree.notes, self.tree.programmes)
        readable, unread = zip(*(readable_files(files, paths) for paths in found), strict=True)
        page_paths, note_paths, programme_paths = readable
        self.problems = [*chain.from_iterable(unread), *self.tree.problems]
        self.pages = _front_matter(page_paths, files, cache)
        self.former, faults = people.index_former_names(self._below("speakers"))
        paths = [*self.tree.assets, *chain.from_iterable(each.values() for each in found)]
        self.problems += [*faults, *faults_of_paths(self.former, paths)]
        self.hidden = {
            docname: FrontMatter(path, data)
            for docname, path in (page_paths.items() if self.former.names else ())
            if (data := self.former.hide_page(files.read(path), path)) != files.read(path)
        }
        """The pages whose files have a former name, with it hidden."""
        self.pages |= self.hidden
        self.speakers = self._below("speakers")
        self.vocabulary = Vocabulary(self._below("topics"))
        self.events = {
            docname: events.event_from_page(docname, page)
            for docname, page in self.pages.items()
            if events.is_event(docname)
        }
        """Those that have a page."""
        self.claimed = people.index_speaker_names(self.speakers)
        self.notes = NoteReadings(
            note_paths,
            files,
            cache,
            events=self.events,
            people={*self.claimed, *people.namesakes(self.speakers)},
            former=self.former,
            jobs=jobs,
        )
        self.programmes = dict(self._programmes(programme_paths, files))
        cache.set_file_states(files.states)
        self.not_utf8 = frozenset(files.not_utf8)
        paths = sorted(files.states)
        self.digest = digest(repr((self.tree, self.problems)), *map(files.digest, paths))
        """A digest of all files."""

    def _programmes(
        self, paths: Mapping[str, str], files: ProjectFiles
    ) -> Iterator[tuple[str, Programme]]:
        for docname, path in paths.items():
            try:
                yield docname, parse_programme(self.former.hide_bytes(files.read(path), path))
            except ProgrammeError as error:
                code, hint = CatalogueCode.INVALID_PROGRAMME, "fix it, or import it again"
                line, column = error.line, error.column
                problem = Problem.of(code, path, str(error), hint, line=line, column=column)
                self.problems.append(problem)

    def _below(self, folder: str) -> dict[str, FrontMatter]:
        return {
            docname: page
            for docname, page in self.pages.items()
            if docname.startswith(f"{folder}/") and docname != f"{folder}/index"
        }


def _front_matter(
    paths: Mapping[str, str], files: ProjectFiles, cache: Cache
) -> dict[str, FrontMatter]:
    """Return the front matter of the pages at ``paths``, by docname as these are."""

    def key(path: str) -> str:
        return digest(path, files.digest(path))

    wanted = {path: key(path) for path in paths.values()}
    kept = cache.find(CacheTable.PAGE, wanted.values())
    missing = [path for path in paths.values() if wanted[path] not in kept]
    fresh = {path: FrontMatter(path, files.read(path)) for path in missing}
    made = {key(path): front for path, front in fresh.items()}
    cache.add(CacheTable.PAGE, made, {key(path) for path in paths.values()})
    return {name: fresh.get(path) or kept[wanted[path]] for name, path in paths.items()}
