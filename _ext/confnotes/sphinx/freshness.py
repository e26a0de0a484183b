"""What must be read and written again: bytes are compared, never times alone.

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
from typing import TYPE_CHECKING, Any, cast

import docutils
import sphinx

from confnotes.links.ledger import NAME as LEDGER
from confnotes.machines.redirects import NAME as REDIRECTS
from confnotes.sphinx import outputs
from confnotes.sphinx.looks import files, spoken
from confnotes.sphinx.project import NotesProject
from confnotes.sphinx.references import meanings
from confnotes.sphinx.state import Digests, State, digest
from confnotes.sphinx.warned import WarnedPlaces
from confnotes.sphinx.whereabouts import whereabouts

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.application import Sphinx
    from sphinx.builders import Builder
    from sphinx.environment import BuildEnvironment

    from confnotes.catalogue import Catalogue


class Freshness:
    """Follows one build through Sphinx's events; an instance belongs to one application.

    Each of ``shows`` yields what a document shows of something that no doctree holds.
    """

    def __init__(self, *shows: Callable[[BuildEnvironment, str], Iterator[str]]) -> None:
        self._shows = shows
        self._then = self._kept = State()
        self._notes = self._frame = ""
        self._read: Digests = {}
        self._shown: Digests = {}
        self._resolved: set[str] = set()
        self._warned = WarnedPlaces()

    def begin(self, app: Sphinx) -> None:
        """``builder-inited``: remember the last build."""
        self._path = Path(app.doctreedir) / "confnotes.json"
        self._then = self._kept = State.load(self._path)
        self._warned.listen()

    def knows(self, app: Sphinx, catalogue: Catalogue) -> bool:
        """Say whether the last build was of the same notes, and read by the same code."""
        beside = (app.srcdir / name for name in (LEDGER, REDIRECTS))
        texts = [path.read_bytes() if path.is_file() else b"" for path in beside]
        self._notes = digest(_tools(app), app.config.language, catalogue.made_from, *texts)
        self._as_before = self._notes == self._then.notes
        if not self._as_before:
            self._forget(notes="")
        return self._as_before

    def has_shown(self, app: Sphinx) -> bool:
        """Say whether the output was made, whole, of the same notes."""
        return self._then.frames.get(_output(app), "").endswith(f" {self._notes}")

    def _forget(self, **changes: Any) -> None:
        """Keep no digest of what this build may leave half done, should it not finish."""
        self._then = replace(self._then, **changes)
        self._keep(self._then)

    def _keep(self, state: State) -> None:
        if state != self._kept:
            state.save(self._path)
            self._kept = state

    def outdated(
        self,
        app: Sphinx,
        env: BuildEnvironment,
        added: AbstractSet[str],
        changed: AbstractSet[str],
        removed: AbstractSet[str],
    ) -> set[str]:
        """``env-get-outdated``: return the documents whose doctree is stale."""
        project = cast("NotesProject", env.project)
        tools = _tools(app)
        known = self._digests(project)
        self._read = {
            docname: known.get(docname) or digest(tools, *_source(project, docname))
            for docname in env.found_docs
        }
        found = stale(_with_sizes(self._read, app.doctreedir), self._then.read)
        if found:
            self._forget(read={**self._then.read, **dict.fromkeys(found, "")})
        return found

    def _digests(self, project: NotesProject) -> Digests:
        """Return the digests of documents that can be no others if the notes are the same."""
        if not self._as_before:
            return {}
        return {
            docname: kept.rpartition(" ")[0]
            for docname, kept in self._then.read.items()
            if project.is_made_of_notes(docname)
        }

    def updated(self, app: Sphinx, env: BuildEnvironment) -> set[str]:
        """``env-updated``: return the documents whose output is stale."""
        look = digest(*files(app))
        with_settings = digest(look, _tools(app), repr(sorted(_settings(app))))
        self._frame = f"{with_settings} {self._notes}"
        if self._is_all_as_before(_output(app)):
            self._shown = self._then.written[_output(app)]
            return set()
        self._shown = {
            docname: digest(
                look,
                made_from,
                repr(whereabouts(env, docname)),
                *meanings(env, docname),
                *(text for shows in self._shows for text in shows(env, docname)),
            )
            for docname, made_from in self._read.items()
        }
        then = self._then.written.get(_output(app), {})
        self._keep(self._then.unsure(_output(app), {*then, *self._shown}))
        return stale(self._shown, then)

    def _is_all_as_before(self, output: str) -> bool:
        """Say whether no page can show anything but what it showed."""
        then = self._then
        read = {docname: kept.rpartition(" ")[0] for docname, kept in then.read.items()}
        written = then.written.get(output, {})
        return (
            self._as_before
            and self._frame == then.frames.get(output)
            and self._read == read
            and self._read.keys() == written.keys()
            and all(written.values())
        )

    def write_started(self, app: Sphinx, builder: Builder) -> None:
        """``write-started``: remove files of another look; Sphinx copies those of this one."""
        look, _, _notes = self._then.frames.get(_output(app), "").partition(" ")
        if not self._frame.startswith(f"{look} "):
            outputs.remove_statics(builder)

    def resolved(self, app: Sphinx, doctree: nodes.document, docname: str) -> None:
        """``doctree-resolved``: the builder is writing this document."""
        self._resolved.add(docname)

    def has_written_nothing(self, app: Sphinx) -> bool:
        """Say whether the output has the documents that it had, none of them written anew."""
        return not self._resolved and self._shown == self._then.written.get(_output(app))

    def finished(self, app: Sphinx, exception: Exception | None) -> None:
        """``build-finished``: remove what is not wanted, and remember this build."""
        if exception is not None:
            return
        output = _output(app)
        before = self._then.written.get(output, {})
        faulty = self._warned.documents(app.env)
        for docname in before.keys() - self._shown.keys():
            outputs.remove(app.builder, docname)
        for docname in self._then.read.keys() - self._read.keys():
            outputs.remove_doctree(app.doctreedir, docname)
        outputs.remove_backup(app.builder)
        unsure = dict.fromkeys(faulty, "")
        written = {
            docname: digest if docname in self._resolved else before.get(docname, "")
            for docname, digest in self._shown.items()
        }
        self._keep(
            State(
                read=_with_sizes(self._read, app.doctreedir) | unsure,
                written={**self._then.written, output: written | unsure},
                notes=self._notes,
                frames={**self._then.frames, output: self._frame},
            )
        )


def stale(now: Mapping[str, str], then: Mapping[str, str]) -> set[str]:
    """Return the documents whose digest is not what it was."""
    return {docname for docname, digest in now.items() if then.get(docname) != digest}


def _source(project: NotesProject, docname: str) -> Iterator[str | bytes]:
    """Yield what the doctree of ``docname`` is made from."""
    if known := project.digest(docname):
        yield known
        return
    page = project.page(docname)
    if page is not None:
        yield repr(page)
    if page is None or page.written:
        path = project.doc2path(docname, absolute=True)
        yield path.suffix
        yield path.read_bytes()


def _with_sizes(digests: Mapping[str, str], folder: Path) -> Digests:
    """Return ``digests``, each with the size of the doctree, so that half of one is stale."""
    return {docname: f"{digest} {_size(folder, docname)}" for docname, digest in digests.items()}


def _size(folder: Path, docname: str) -> int:
    try:
        return (folder / f"{docname}.doctree").stat().st_size
    except OSError:
        return 0


def _tools(app: Sphinx) -> str:
    """Return what stands for the versions and the words of all that makes doctrees."""
    extensions = {name: extension.version for name, extension in app.extensions.items()}
    formats = app.registry.get_envversion(app)
    versions = sphinx.__version__, docutils.__version__, sorted(extensions.items())
    return digest(repr((versions, sorted(formats.items()))), *spoken(app))


def _settings(app: Sphinx) -> Iterator[tuple[str, str | int | None]]:
    """Yield the settings that have one value, as all do that pages show."""
    for name, value, *_ in app.config:
        if isinstance(value, str | int | None):
            yield name, value


def _output(app: Sphinx) -> str:
    """Return what tells one output of this project from another: its builder and folder."""
    return f"{app.builder.name} {app.outdir}"
