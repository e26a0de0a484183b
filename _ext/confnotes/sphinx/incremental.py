"""Decide from content digests which documents to re-read and which outputs to re-write.

Sphinx asks whether a file is newer than its output. That misses a note replaced by
an older one, two notes swapped, a page whose neighbours changed, an output that somebody
has damaged. So each document has two digests, one of what its doctree is made from and
one of what its output shows; and each file that was made has a stamp. Those of the last
build that finished are kept in the doctree folder. What an interrupted build has written
does not fit its stamp, so it is made again. A document that drew a warning keeps no digest,
so the warning returns until its cause is gone.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from dataclasses import replace
from pathlib import Path
from typing import Any
from weakref import WeakKeyDictionary

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.builders import Builder
from sphinx.environment import BuildEnvironment

from confnotes.catalogue import Catalogue
from confnotes.digests import digest
from confnotes.exports.redirects import NAME as REDIRECTS
from confnotes.file_stamps import Stamp, StampedFiles, files_below
from confnotes.linkcheck.ledger import NAME as LEDGER
from confnotes.output_folder import Manifest, OutputFolder
from confnotes.pages.page_cache import PageCache
from confnotes.sitecheck import SiteLinks
from confnotes.sphinx import _compat, fingerprints, output_files
from confnotes.sphinx.fingerprints import changed_documents
from confnotes.sphinx.last_build import BuildState, DocumentDigests, Output
from confnotes.sphinx.logging import log_unwritten
from confnotes.sphinx.navigation import shared_navigation
from confnotes.sphinx.project import notes_project
from confnotes.sphinx.sphinx_events import CATALOGUE_LOADED
from confnotes.sphinx.themes import asset_bytes


class IncrementalBuild:
    """Follows one build through Sphinx's events; an instance belongs to one application."""

    files: StampedFiles
    """The output as the last build left it."""
    manifest: Manifest
    """The files that builds have put into the output."""
    records: tuple[str, ...]
    """Digests of the records in the search index."""
    links: SiteLinks
    """The links of the output's pages: of the last build, then of this one."""

    def __init__(self) -> None:
        self._state = BuildState()
        self._then = self._now = Output()
        self._prose: DocumentDigests = {}
        self._read: DocumentDigests = {}
        self._reading: list[str] = []
        self._resolved: set[str] = set()
        self._rendered: set[str] = set()
        self._warned = _compat.WarningCollector()
        self._stamps: dict[str, Stamp] = {}

    def load_previous(self, app: Sphinx) -> None:
        """``builder-inited``: load the state of the last build."""
        self._outdir = Path(app.outdir)
        self._state = BuildState.load(app.doctreedir)
        self._name = f"{app.builder.name} {os.path.relpath(self._outdir, app.doctreedir)}"
        self._then = self._state.outputs.get(self._name, Output())
        self.files = StampedFiles(self._outdir, self._then.files)
        self._doctrees = StampedFiles(Path(app.doctreedir), self._state.doctrees)
        self.records = self._then.records
        self.links = self._then.links
        self.manifest = Manifest(self._outdir)
        _compat.add_warning_filter(self._warned)

    def set_notes(self, app: Sphinx, catalogue: Catalogue) -> None:
        """Take a digest of all notes and of the code that reads them."""
        self._tools = fingerprints.toolchain_digest(app)
        beside = (app.srcdir / name for name in (LEDGER, REDIRECTS))
        texts = [path.read_bytes() if path.is_file() else b"" for path in beside]
        self._now = Output(notes=digest(self._tools, catalogue.source_digest, *texts))

    def load_pages(self, catalogue: Catalogue, jobs: int) -> PageCache:
        """Return the generated pages; ``jobs`` processes make those that may have changed."""
        self._pages = PageCache(
            catalogue,
            self._state.made,
            toolchain_digest=self._tools,
            input_digest=self._now.notes,
            jobs=jobs,
        )
        return self._pages

    def get_outdated(
        self,
        app: Sphinx,
        env: BuildEnvironment,
        added: AbstractSet[str],
        changed: AbstractSet[str],
        removed: AbstractSet[str],
    ) -> set[str]:
        """``env-get-outdated``: return the documents whose doctree is stale."""
        project = notes_project(env)
        tools = fingerprints.toolchain_digest(app)
        inventories = fingerprints.inventories_digest(app)
        self._look = digest(*asset_bytes(app))
        settings = digest(tools, self._look, fingerprints.config_digest(app), inventories)
        self._now = replace(self._now, settings=settings)
        self._prose = {
            docname: digest(tools, *fingerprints.prose_inputs(project, docname, inventories))
            for docname in env.found_docs
        }
        read = fingerprints.document_digests(project, self._prose)
        included = fingerprints.dependency_digests(env)
        used = fingerprints.context_digests(env, env.found_docs, included)
        damaged = {name for name in env.found_docs if not self._doctrees.fits(f"{name}.doctree")}
        changed = changed_documents(read, self._state.read)
        changed |= changed_documents(used, self._state.used)
        return changed | damaged

    def note_reading(self, app: Sphinx, env: BuildEnvironment, docnames: list[str]) -> None:
        """``env-before-read-docs``: what is read may say something else, whatever its digest."""
        self._reading = docnames

    def notes_unchanged(self) -> bool:
        """Return True if the output was made, whole, of the same notes."""
        return self._then.notes == self._now.notes

    def output_is_current(self) -> bool:
        """Return True if the output was made, whole, of the same notes with the same settings."""
        return self.notes_unchanged() and self._then.settings == self._now.settings

    def get_stale_outputs(self, app: Sphinx, env: BuildEnvironment) -> set[str]:
        """``env-updated``: return the documents whose output is stale."""
        self._read = fingerprints.document_digests(notes_project(env), self._prose)
        self._included = included = fingerprints.dependency_digests(env)
        read = digest(repr((sorted(self._read.items()), sorted(included.items()))))
        self._now = replace(self._now, read=read)
        self._files = set(output_files.expected_files(app.builder, notes_project(env).has_prose))
        then = self._then
        made_of_all = output_files.search_index_files(app.builder)
        if self.files.are_damaged(self._files.union(made_of_all)):
            then = self._then = replace(then, pages={})
        is_as_before = self._is_as_before() and all(then.pages.values())
        if is_as_before and then.pages and not self._reading:
            self._now = replace(self._now, pages=then.pages)
            return set()
        everywhere = shared_navigation(app)
        pages = {
            docname: digest(
                self._look,
                made_from,
                included.get(docname, ""),
                everywhere,
                *fingerprints.shown_parts(app, docname),
            )
            for docname, made_from in self._read.items()
        }
        self._now = replace(self._now, pages=pages)
        return changed_documents(pages, then.pages)

    def _is_as_before(self) -> bool:
        return self.output_is_current() and self._now.read == self._then.read

    def remove_stale_files(self, app: Sphinx, builder: Builder) -> None:
        """``write-started``: remove what no document stands for any more, and no setting."""
        if self._now.settings != self._then.settings:
            output_files.remove_config_dependent_assets(builder)
        self.manifest.replace("documents", self._files)
        for docname in self._state.read.keys() - self._read.keys():
            OutputFolder(app.doctreedir).delete(f"{docname}.doctree")

    def note_written(self, app: Sphinx, doctree: nodes.document, docname: str) -> None:
        """``doctree-resolved``: the builder is writing this document."""
        self._resolved.add(docname)

    def note_rendered(
        self, app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: object
    ) -> None:
        """``html-page-context``: a page that is no document is written in every build."""
        if doctree is None:
            self._rendered.update(output_files.page_files(app.builder, page))

    def has_same_files(self, names: AbstractSet[str]) -> bool:
        """Return True if no document was written, and the files ``names`` have not changed."""
        is_as_before = not self._resolved and self._is_as_before()
        is_known = is_as_before and names <= self._then.files.keys()
        return is_known and not self.files.are_damaged(names)

    def write_files(self, feature: str, files: Iterable[tuple[str, str | bytes]]) -> None:
        """Make and write the ``files`` of ``feature``, unless nothing has changed."""
        if not self.has_same_files(self.manifest.names(feature)):
            log_unwritten(self.manifest.write(feature, files))

    def stamps(self, app: Sphinx) -> dict[str, Stamp]:
        """Return the stamps of all files of this build but Pagefind's, once they are written."""
        if not self._stamps:
            names = self.manifest.names() | self._rendered
            names.update(output_files.search_index_files(app.builder), [output_files.INVENTORY])
            self._stamps = self.files.stamps(names)
        return self._stamps

    def save_state(self, app: Sphinx, exception: Exception | None) -> None:
        """``build-finished``, last: save the state of this build."""
        if exception is not None:
            return
        (self._outdir / ".buildinfo.bak").unlink(missing_ok=True)  # of the previous build
        unsure = dict.fromkeys(self._warned.docnames(app.env), "")
        written = {
            docname: each if docname in self._resolved else self._then.pages.get(docname, "")
            for docname, each in self._now.pages.items()
        }
        files = self.stamps(app) | self.files.stamps(files_below(self._outdir, "pagefind"))
        output = replace(
            self._now, pages=written | unsure, files=files, records=self.records, links=self.links
        )
        state = BuildState(
            read=self._read | unsure,
            used=fingerprints.context_digests(app.env, self._read, self._included),
            doctrees=self._doctrees.stamps(f"{name}.doctree" for name in self._read),
            made=self._pages.to_stored(),
            outputs={**self._state.outputs, self._name: output},
        )
        if state != self._state:
            state.save(app.doctreedir)


_builds: WeakKeyDictionary[Sphinx, IncrementalBuild] = WeakKeyDictionary()


def incremental_build(app: Sphinx) -> IncrementalBuild:
    return _builds[app]


def setup(app: Sphinx) -> None:
    build = _builds[app] = IncrementalBuild()
    app.connect("builder-inited", build.load_previous, priority=2)
    app.connect(CATALOGUE_LOADED, build.set_notes)
    app.connect("env-get-outdated", build.get_outdated)
    app.connect("env-before-read-docs", build.note_reading)
    app.connect("env-updated", build.get_stale_outputs, priority=800)  # redirects are read
    app.connect("write-started", build.remove_stale_files)
    app.connect("doctree-resolved", build.note_written)
    app.connect("html-page-context", build.note_rendered)
    app.connect("build-finished", build.save_state, priority=990)  # all files are written
