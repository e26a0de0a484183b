"""Citations as BibTeX, for BibTeX and biblatex: UTF-8, titles kept in their case."""

from __future__ import annotations

import re
from collections.abc import Iterator

from confnotes.exports.citations.citation import Citation

_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_SEPARATOR = re.compile(r"\b(?:and|others)\b", re.IGNORECASE)
_LIGATURE = re.compile(r"(?<=-)(?=-)|(?<=')(?=')|(?<=[`?!])(?=`)")
"""Between two characters that TeX makes a ligature of: ``--flag`` would begin with a dash."""
_ESCAPES = str.maketrans(
    {
        **{char: f"\\{char}" for char in "$&%#_"},
        "\\": r"\textbackslash{}",
        # BibTeX counts braces, also those that are escaped.
        "{": r"\textbraceleft{}",
        "}": r"\textbraceright{}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        "<": r"\textless{}",
        ">": r"\textgreater{}",
        "|": r"\textbar{}",
    }
)


def entry(citation: Citation) -> str:
    """Return a citation as ``@misc``."""
    lines = "".join(f"  {name} = {value},\n" for name, value in _fields(citation))
    return f"@misc{{{citation.key},\n{lines}}}\n"


def _fields(citation: Citation) -> Iterator[tuple[str, str]]:
    if citation.authors:
        names = " and ".join(_name(*author) for author in citation.authors)
        yield "author", f"{{{names}}}"
    yield "title", f"{{{{{_escaped(citation.title)}}}}}"
    yield "howpublished", f"{{{_escaped(citation.occasion)}}}"
    if citation.date:
        yield "date", f"{{{citation.date.isoformat()}}}"
        yield "month", _MONTHS[citation.date.month - 1]
    yield "year", f"{{{citation.year}}}"
    if citation.url:
        yield "url", f"{{{citation.url}}}"


def _name(family: str, given: str) -> str:
    """Return a name; one word is put in braces, as BibTeX would split it."""
    if not given:
        return f"{{{_escaped(family)}}}"
    return ", ".join(_SEPARATOR.sub(r"{\g<0>}", _escaped(part)) for part in (family, given))


def _escaped(text: str) -> str:
    return _LIGATURE.sub("{}", text.translate(_ESCAPES))
