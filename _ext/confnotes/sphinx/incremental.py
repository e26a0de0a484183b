"""Decide from content digests which documents to re-read and which outputs to re-write.

Sphinx asks whether a file is newer than its output. That misses a note replaced by
an older one, two notes swapped, a page whose neighbours changed, an output that a
killed build left half done. So each document has two digests, one of what its
doctree is made from and one of what its output shows; those of the last build that
finished are kept in the doctree folder. A document that drew a warning keeps none,
so the warning returns until its cause is gone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from confnotes.digests import digest
from confnotes.exports.redirects import NAME as REDIRECTS
from confnotes.linkcheck.ledger import NAME as LEDGER
from confnotes.output_folder import OutputFolder
from confnotes.sphinx import fingerprints, output_files
from confnotes.sphinx.breadcrumbs import navigation_for, top_level_pages
from confnotes.sphinx.build_state import BuildState, DocumentDigests, Output
from confnotes.sphinx.project import notes_project
from confnotes.sphinx.references import resolved_targets
from confnotes.sphinx.warning_collector import WarningCollector

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.application import Sphinx
    from sphinx.builders import Builder
    from sphinx.environment import BuildEnvironment

    from confnotes.catalogue import Catalogue


class IncrementalBuild:
    """Follows one build through Sphinx's events; an instance belongs to one application.

    Each of ``shows`` yields what a document shows of something that no doctree holds.
    """

    def __init__(self, *shows: Callable[[BuildEnvironment, str], Iterator[str]]) -> None:
        self._shows = shows
        self._then = self._kept = BuildState()
        self._now = Output()
        self._read: DocumentDigests = {}
        self._beside: DocumentDigests = {}
        self._reading: list[str] = []
        self._resolved: set[str] = set()
        self._warned = WarningCollector()

    def load_previous(self, app: Sphinx) -> None:
        """``builder-inited``: remember the last build."""
        self._path = Path(app.doctreedir) / "confnotes.json"
        self._then = self._kept = BuildState.load(self._path)
        self._name = f"{app.builder.name} {app.outdir}"
        self._warned.attach()

    def set_input_digest(self, app: Sphinx, catalogue: Catalogue) -> str:
        """Return what stands for all notes and what reads them."""
        beside = (app.srcdir / name for name in (LEDGER, REDIRECTS))
        texts = [path.read_bytes() if path.is_file() else b"" for path in beside]
        self._now = Output(
            notes=digest(fingerprints.toolchain_digest(app), catalogue.source_digest, *texts)
        )
        return self._now.notes

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
        self._look = fingerprints.asset_digest(app)
        self._now = replace(
            self._now, settings=digest(tools, self._look, fingerprints.config_digest(app))
        )
        self._read = {
            docname: digest(tools, *fingerprints.source_parts(project, docname))
            for docname in env.found_docs
        }
        self._beside = fingerprints.doctree_stamps(
            env, env.found_docs, fingerprints.dependency_digests(env)
        )
        found = stale(self._read, self._then.doctrees) | stale(
            self._beside, self._then.dependencies
        )
        if found:
            unsure = {**self._then.doctrees, **dict.fromkeys(found, "")}
            self._keep(replace(self._kept, doctrees=unsure))
        return found

    def reading(self, app: Sphinx, env: BuildEnvironment, docnames: list[str]) -> None:
        """``env-before-read-docs``: what is read may say something else, whatever its digest."""
        self._reading = docnames

    def notes_unchanged(self) -> bool:
        """Return True if the output was made, whole, of the same notes."""
        return self._then.output(self._name).notes == self._now.notes

    def output_is_current(self) -> bool:
        """Say whether the output was made, whole, of the same notes and with the same settings."""
        then = self._then.output(self._name)
        return self.notes_unchanged() and then.settings == self._now.settings

    def get_stale_outputs(self, app: Sphinx, env: BuildEnvironment) -> set[str]:
        """``env-updated``: return the documents whose output is stale."""
        self._included = included = fingerprints.dependency_digests(env)
        read = digest(repr((sorted(self._read.items()), sorted(included.items()))))
        self._now = replace(
            self._now, read=read, files=sorted(output_files.expected_files(app.builder))
        )
        then = self._then.output(self._name)
        is_as_before = self._now == replace(then, pages={}) and all(then.pages.values())
        is_lacking = output_files.search_index_is_missing(app.builder)
        if is_as_before and not self._reading and not is_lacking:
            self._now = then
            return set()
        indexes = repr(top_level_pages(env))
        pages = {
            docname: digest(
                self._look,
                made_from,
                included.get(docname, ""),
                indexes,
                self._place(env, docname),
                *resolved_targets(env, docname),
                *(text for shows in self._shows for text in shows(env, docname)),
            )
            for docname, made_from in self._read.items()
        }
        self._now = replace(self._now, pages=pages)
        return set(pages) if is_lacking else stale(pages, then.pages)

    def _place(self, env: BuildEnvironment, docname: str) -> str:
        derived = notes_project(env).digests(docname)
        return derived.navigation if derived else repr(navigation_for(env, docname))

    def write_started(self, app: Sphinx, builder: Builder) -> None:
        """``write-started``: remove what no document stands for any more, and no setting."""
        then = self._then.output(self._name)
        if self._now != then:
            self._begin_output()
        if self._now.settings != then.settings:
            output_files.remove_config_dependent_assets(builder)
        output = OutputFolder(builder.outdir)
        for name in set(then.files) - set(self._now.files):
            output.delete(name)
        for docname in self._then.doctrees.keys() - self._read.keys():
            output_files.remove_doctree(app.doctreedir, docname)

    def note_written(self, app: Sphinx, doctree: nodes.document, docname: str) -> None:
        """``doctree-resolved``: the builder is writing this document."""
        if not self._resolved:
            self._begin_output()
        self._resolved.add(docname)

    def nothing_written(self) -> bool:
        """Return True if the output is made of what it was, and no document was written anew."""
        return not self._resolved and self._now == self._then.output(self._name)

    def finished(self, app: Sphinx, exception: Exception | None) -> None:
        """``build-finished``: remember this build."""
        if exception is not None:
            return
        output_files.remove_backup(app.builder)
        unsure = dict.fromkeys(self._warned.docnames(app.env), "")
        before = self._then.output(self._name).pages
        written = {
            docname: each if docname in self._resolved else before.get(docname, "")
            for docname, each in self._now.pages.items()
        }
        output = replace(self._now, pages=written | unsure)
        state = BuildState(
            doctrees=self._read | unsure,
            dependencies=self._beside
            | fingerprints.doctree_stamps(app.env, self._reading, self._included),
            outputs=self._then.outputs,
        )
        self._keep(state.with_output(self._name, output))

    def _begin_output(self) -> None:
        """Keep no digest of an output that this build may leave half done."""
        then = self._then.output(self._name)
        unsure = then.invalidated(self._now.pages, self._now.files)
        self._keep(self._kept.with_output(self._name, unsure))

    def _keep(self, state: BuildState) -> None:
        if state != self._kept:
            state.save(self._path)
            self._kept = state


def stale(now: Mapping[str, str], then: Mapping[str, str]) -> set[str]:
    """Return the documents whose digest is not what it was."""
    return {docname for docname, digest in now.items() if then.get(docname) != digest}
