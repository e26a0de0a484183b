"""Citations: every talk as BibTeX, CSL-JSON and RIS, in files for each note and for all talks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import ModuleType

from confnotes.catalogue import Catalogue
from confnotes.exports.citations import bibtex, csl_json, ris
from confnotes.exports.citations.citation import citation_keys, cite
from confnotes.exports.site import Site

ALL = "citations"
"""The path, without its suffix, of the files of all talks."""

FORMATS: Mapping[str, tuple[str, ModuleType]] = {
    "BibTeX": (".bib", bibtex),
    "CSL-JSON": (".csl.json", csl_json),
    "RIS": (".ris", ris),
}
"""The suffix of the files, and the module with ``entry`` for one citation and ``render``."""


def citation_files(catalogue: Catalogue, site: Site) -> Iterator[tuple[str, str]]:
    """Yield each file's path and its text; a note's file has its talks in their order."""
    keys = citation_keys(catalogue)
    cited = {
        name: [cite(catalogue, talk, keys[talk.object_name], site) for talk in note.talks]
        for name, note in catalogue.notes.items()
    }
    for suffix, module in FORMATS.values():
        entries = {name: [*map(module.entry, talks)] for name, talks in cited.items() if talks}
        for name, written in entries.items():
            yield name + suffix, module.render(written)
        if entries:
            every = (entry for written in entries.values() for entry in written)
            yield ALL + suffix, module.render(every)
