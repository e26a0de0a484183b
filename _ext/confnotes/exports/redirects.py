"""Redirects: ``redirects.txt``, and the former addresses of merged speakers.

A line has an old place and a new one, ``docname`` or ``docname#anchor``. Lines that begin with
``#`` are comments.
"""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from pathlib import Path
from typing import NamedTuple, TypeAlias
from urllib.parse import quote, unquote

from confnotes.catalogue import Catalogue
from confnotes.catalogue.codes import CatalogueCode
from confnotes.documented_enum import ProblemCode
from confnotes.files import SourceFileError, read_file
from confnotes.model import Problem
from confnotes.output_folder import path_fault
from confnotes.slugs import RESERVED, slugify
from confnotes.suggest import did_you_mean

NAME = "redirects.txt"
_UNTYPED = re.compile(r"[\s%]")
"""Separators of a line, and the percent sign: they must be encoded."""
Anchors: TypeAlias = Callable[[str], Collection[str]]
"""The anchors of a page, by its docname."""


class RedirectTarget(NamedTuple):
    """A page, or an anchor on it."""

    docname: str
    anchor: str = ""

    def __str__(self) -> str:
        return f"{self.docname}#{self.anchor}" if self.anchor else self.docname


class Redirect(NamedTuple):
    """``line`` is its line in ``redirects.txt``, 0 if it has none."""

    old: RedirectTarget
    new: RedirectTarget
    line: int = 0


def load_redirects(root: Path) -> tuple[list[Redirect], list[Problem]]:
    """Return the redirects of a project, and the problems of their lines."""
    path = root / NAME
    if not os.path.lexists(path):
        return [], []
    try:
        text = read_file(path, root).decode("utf-8", "replace")
    except SourceFileError as reason:
        return [], [Problem.of(CatalogueCode.UNREADABLE, NAME, f"the file is not read: {reason}")]
    return parse_redirects(text)


def parse_redirects(text: str) -> tuple[list[Redirect], list[Problem]]:
    """Return the redirects in ``text``, and the problems of its lines."""
    redirects: list[Redirect] = []
    problems: list[Problem] = []
    for number, line in enumerate(text.removeprefix("\N{BYTE ORDER MARK}").split("\n"), 1):
        words = line.split()
        if not words or line.startswith("#"):
            continue
        message = "" if len(words) == 2 else f"expected ‘old/page new/page’, got ‘{line.strip()}’"
        places = [_target(word) for word in words]
        for word, place in zip(words, places, strict=True):
            if not message and (reason := _fault_of(place)):
                message = f"‘{word}’ is no place on the site: {reason}"
        if message:
            hint = "write ‘old/page new/page’"
            problems.append(_problem(number, RedirectCode.BAD_LINE, message, hint))
        else:
            redirects.append(Redirect(places[0], places[1], number))
    return redirects, problems


def validate(
    redirects: Iterable[Redirect], docnames: AbstractSet[str], anchors: Anchors
) -> tuple[list[Redirect], list[Problem]]:
    """Return the valid redirects, and the problems of the others."""
    sound: dict[RedirectTarget, Redirect] = {}
    problems: list[Problem] = []
    for redirect in redirects:
        if problem := _fault(redirect, sound, docnames, anchors):
            problems.append(problem)
        else:
            sound[redirect.old] = redirect
    return list(sound.values()), problems


def alias_redirects(catalogue: Catalogue, taken: Collection[str]) -> Iterator[Redirect]:
    """Yield a redirect from the page that each alias of a speaker had, or would have had.

    Docnames in ``taken``, and those of aliases that two speakers share, are left out.
    """
    wanted = {
        (f"speakers/{slugify(alias)}", person.docname)
        for person in catalogue.people.values()
        for alias in person.aliases
    }
    claims = Counter(old for old, _new in wanted)
    for old, new in sorted(wanted):
        if claims[old] == 1 and old not in taken:
            yield Redirect(RedirectTarget(old), RedirectTarget(new))


def _fault(
    redirect: Redirect,
    earlier: Mapping[RedirectTarget, Redirect],
    docnames: AbstractSet[str],
    anchors: Anchors,
) -> Problem | None:
    old, new, line = redirect
    if old in earlier:
        message = f"‘{old}’ has been redirected in line {earlier[old].line} already"
        return _problem(line, RedirectCode.DUPLICATE, message, "delete one of the two")
    if old.docname in RESERVED or _exists(old, docnames, anchors):
        message = f"the redirect source ‘{old}’ is an existing page"
        hint = "delete this line, or what is there"
        return _problem(line, RedirectCode.SOURCE_EXISTS, message, hint)
    if new.docname not in docnames:
        on = earlier.get(new) or earlier.get(RedirectTarget(new.docname))
        nearest = f"type ‘{on.new}’" if on else did_you_mean(new.docname, sorted(docnames))
        message = f"there is no page ‘{new.docname}’"
        return _problem(line, RedirectCode.TARGET_MISSING, message, nearest)
    if not _exists(new, docnames, anchors):
        message = f"there is no ‘#{new.anchor}’ on ‘{new.docname}’"
        nearest = did_you_mean(new.anchor, sorted(anchors(new.docname)))
        return _problem(line, RedirectCode.TARGET_MISSING, message, nearest)
    return None


def _exists(place: RedirectTarget, docnames: AbstractSet[str], anchors: Anchors) -> bool:
    if place.docname not in docnames:
        return False
    return not place.anchor or place.anchor in anchors(place.docname)


def unwritable_problem(redirect: Redirect, reason: str) -> Problem:
    message = f"no page can be written at ‘{redirect.old.docname}’: {reason}"
    return _problem(redirect.line, RedirectCode.UNWRITABLE, message, "give another old place")


def quote_address(place: str) -> str:
    """Return a docname, with its anchor if it has one, encoded for ``redirects.txt``."""
    return _UNTYPED.sub(lambda match: quote(match[0]), place)


def _target(typed: str) -> RedirectTarget:
    docname, _hash, anchor = typed.partition("#")
    return RedirectTarget(unquote(docname).removeprefix("/").removesuffix(".html"), unquote(anchor))


def _fault_of(place: RedirectTarget) -> str:
    """Return why no page can be at ``place``, empty if one can."""
    folders = place.docname.split("/")[:-1]
    if any(folder.endswith(".html") for folder in folders):
        return "a page is not a folder"
    return path_fault(place.docname)


def _problem(line: int, code: RedirectCode, message: str, suggestion: str) -> Problem:
    return Problem.of(code, NAME, message, suggestion, line=line)


class RedirectCode(ProblemCode):
    """Codes of problems. The text after a code is what the guide prints."""

    BAD_LINE = "bad-redirect", "a line of redirects.txt is not an old and a new place"
    DUPLICATE = "duplicate-redirect", "redirects.txt names an old place twice"
    GONE = "gone-address", "a published address is gone, and no redirect leads on"
    SOURCE_EXISTS = "redirect-source-exists", "the old place of a redirect exists"
    UNWRITABLE = "redirect-unwritable", "the page of a redirect cannot be written"
    TARGET_MISSING = "redirect-target-missing", "the new place of a redirect does not exist"
