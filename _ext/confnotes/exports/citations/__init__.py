"""Citations: every talk as BibTeX, CSL-JSON and RIS, in files for each note and for all talks."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from confnotes.catalogue import Catalogue
from confnotes.exports.citations import bibtex, csl_json, ris
from confnotes.exports.citations.citation import Citation, citation_keys, cite
from confnotes.exports.site import Site

ALL = "citations"
"""The path, without its suffix, of the files of all talks."""

FORMATS: Mapping[str, tuple[str, Callable[[Citation], str], Callable[[Iterable[str]], str]]] = {
    "BibTeX": (".bib", bibtex.entry, "\n".join),
    "CSL-JSON": (".csl.json", csl_json.entry, csl_json.render),
    "RIS": (".ris", ris.entry, "\n".join),
}
"""The suffix of the files, and functions that make an entry of a citation and a file of entries."""


def citation_files(catalogue: Catalogue, site: Site) -> Iterator[tuple[str, str]]:
    """Yield each file's path and its text; a note's file has its talks in their order."""
    keys = citation_keys(catalogue)
    cited = {
        name: [cite(catalogue, talk, keys[talk.object_name], site) for talk in note.talks]
        for name, note in catalogue.notes.items()
    }
    for suffix, make_entry, join in FORMATS.values():
        entries = {name: [*map(make_entry, talks)] for name, talks in cited.items() if talks}
        for name, written in entries.items():
            yield name + suffix, join(written)
        if entries:
            every = (entry for written in entries.values() for entry in written)
            yield ALL + suffix, join(every)
