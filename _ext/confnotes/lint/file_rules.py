"""Rules on files that are neither notes nor pages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath
from urllib.parse import quote

from confnotes.catalogue import Catalogue
from confnotes.catalogue.events import event_of
from confnotes.grouping import group
from confnotes.invisible_characters import escape_invisible
from confnotes.lint.codes import LintCode
from confnotes.lint.source_lines import lines_of
from confnotes.model import Problem

_MAX_PICTURE = 200_000


def unused_files(catalogue: Catalogue) -> Iterator[Problem]:
    """Yield the files that neither a page nor a note of their event refers to."""
    by_event = group((event_of(path), path) for path in catalogue.assets)
    names = {PurePosixPath(path).name for path in catalogue.assets}
    on_pages = _named(catalogue, names, (page.path for page in catalogue.handwritten.values()))
    notes = group((event_of(name), note.path) for name, note in catalogue.summaries.items())
    for event, paths in by_event.items():
        left = {PurePosixPath(path).name for path in paths} - on_pages
        left -= _named(catalogue, left, notes.get(event, ()))
        for path in paths:
            if (name := PurePosixPath(path).name) in left:
                message = f"nothing refers to ‘{escape_invisible(name)}’"
                hint = "save it as .txt or .md if it is a note, refer to it, or delete it"
                shown = escape_invisible(path)
                yield Problem.of(LintCode.UNUSED_FILE, shown, message, hint)


def large_pictures(catalogue: Catalogue) -> Iterator[Problem]:
    for person in (one for one in catalogue.people.values() if one.picture):
        file = catalogue.root / person.picture
        if file.is_file() and (size := file.stat().st_size) > _MAX_PICTURE:
            message = f"‘{person.picture}’ has {size // 1000} kB, and lists show it, too"
            hint = "save it with 400 pixels on either side"
            page = catalogue.handwritten[person.docname].path
            yield Problem.of(LintCode.LARGE_PICTURE, page, message, hint)


def _named(catalogue: Catalogue, names: set[str], paths: Iterable[str]) -> set[str]:
    """Return the ``names`` that occur in the text of one of ``paths``, as typed or quoted."""
    left = {*names}
    for path in paths:
        if not left:
            break
        text = "\n".join(line.raw for line in lines_of(catalogue, path))
        left -= {name for name in left if name in text or quote(name) in text}
    return names - left
