"""Citations: every talk as BibTeX, CSL-JSON and RIS, in files for each note and for all talks."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from confnotes.catalogue import Catalogue
from confnotes.exports.citations import bibtex, csl_json, ris
from confnotes.exports.citations.citation import Citation, note_citations
from confnotes.exports.citations.keys import citation_keys
from confnotes.exports.site import Site

ALL = "citations"
"""The path, without its suffix, of the files that have every talk."""

FORMATS: Mapping[str, tuple[str, Callable[[Sequence[Citation]], str]]] = {
    "BibTeX": (".bib", bibtex.render),
    "CSL-JSON": (".csl.json", csl_json.render),
    "RIS": (".ris", ris.render),
}
"""The suffix of the files and the writer of each format."""


def citation_files(catalogue: Catalogue, site: Site) -> Iterator[tuple[str, str]]:
    """Yield each file's path and its text; a note's file has its talks in their order."""
    keys = citation_keys(catalogue)
    cited = {name: note_citations(catalogue, name, keys, site) for name in catalogue.notes}
    cited[ALL] = [one for citations in cited.values() for one in citations]
    for name, citations in cited.items():
        if citations:
            for suffix, render in FORMATS.values():
                yield name + suffix, render(citations)
