"""Source files for Sphinx: which it finds, and copies of those that it cannot read."""

from __future__ import annotations

import codecs
import logging
import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.environment import BuildEnvironment
from sphinx.project import EXCLUDE_PATHS
from sphinx.util.matching import Matcher

from confnotes.catalogue.codes import CatalogueCode
from confnotes.catalogue.discovery import fault_of_page, linked_folders
from confnotes.catalogue.hide_former_names import FormerNames
from confnotes.documented_enum import Severity
from confnotes.files import SourceFileError, read_file
from confnotes.invisible_characters import escape_invisible
from confnotes.model import Problem
from confnotes.notes.syntax.lines import decode
from confnotes.output_folder import OutputFolder
from confnotes.sphinx._compat import add_warning_filter
from confnotes.sphinx.logging import log_problems
from confnotes.sphinx.output_files import output_path

COPIES = "confnotes-utf8"
"""The folder of copies in UTF-8, below the doctrees."""
_CONTROL = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]")


def exclude_links(app: Sphinx, config: Config) -> None:
    """``config-inited``: exclude symbolic links to folders, which may be circular."""
    if links := [*linked_folders(app.srcdir)]:
        config.exclude_patterns = [*config.exclude_patterns, *map(literal_pattern, links)]


def excluded_by_settings(app: Sphinx) -> Callable[[str], bool]:
    """Return a function that tells whether the settings of the site exclude a path."""
    config = app.config
    by_sphinx = (*app.builder.get_asset_paths(), *EXCLUDE_PATHS)
    excluded = Matcher([*config.exclude_patterns, *config.templates_path, *by_sphinx])
    included = Matcher(config.include_patterns)

    def is_excluded(path: str) -> bool:
        composed = unicodedata.normalize("NFC", path)
        if excluded(composed):
            return True
        return not included(composed) and not (app.srcdir / path).is_dir()

    return is_excluded


def copy_as_utf8(
    root: Path,
    others: Mapping[str, Path],
    known: Mapping[str, Path],
    folder: Path,
    former: FormerNames,
) -> tuple[dict[str, Path], set[str]]:
    """Copy each ``known`` page to ``folder``, and each of ``others`` that is not UTF-8.

    Others with a ``former`` name are copied, too; no copy has such a name. Return the copies by
    docname, and the docnames of the files that cannot be read. Faults of others are logged; those
    of known pages are problems of the catalogue.
    """
    copies: dict[str, Path] = {}
    unread: set[str] = set()
    output = OutputFolder(folder.parent)
    for docname, path in (*others.items(), *known.items()):
        fault = "" if docname in known else fault_of_page(path.as_posix())
        try:
            data = b"" if fault else read_file(root / path, Path(root.anchor))
        except SourceFileError as reason:
            fault = f"the file is not read: {reason}"
        if fault:
            unread.add(docname)
            problem = Problem.of(CatalogueCode.UNREADABLE, escape_invisible(str(path)), fault)
            log_problems([problem], root)
            continue
        text, faults = decode(former.hide_page(data, str(path)), str(path))
        if docname in known or text.encode() != data.removeprefix(codecs.BOM_UTF8):
            copies[docname] = folder / path
            output.write(f"{folder.name}/{path}", text)
        if docname not in known:
            log_problems((replace(fault, severity=Severity.ERROR) for fault in faults), root)
    wanted = {path.relative_to(folder.parent).as_posix() for path in copies.values()}
    output.prune(wanted, folder.name)
    return copies, unread


class SourceOfCopies(logging.Filter):
    """Names the source of a copy in warnings; an instance belongs to one application."""

    def attach(self, app: Sphinx) -> None:
        """``builder-inited``: begin, behind the filter that collects warnings."""
        self._copies, self._sources = f"{Path(app.doctreedir, COPIES)}/", f"{app.srcdir}/"
        add_warning_filter(self)

    def filter(self, record: logging.LogRecord) -> bool:
        if place := getattr(record, "location", None):
            record.location = str(place).replace(self._copies, self._sources)
        return True


def remove_controls(app: Sphinx, docname: str, content: list[str]) -> None:
    """``source-read``: remove control characters, which neither YAML nor XML allow."""
    content[0] = _CONTROL.sub("", content[0])


def report_same_paths(app: Sphinx, env: BuildEnvironment) -> None:
    """``env-updated``: report pages of one path: ``a`` and ``a/index`` under ``dirhtml``."""
    if app.builder.name != "dirhtml":
        return
    by_path: dict[str, Path] = {}
    for docname in sorted(env.found_docs):
        path = Path(env.doc2path(docname, base=False))
        other = by_path.setdefault(output_path(app.builder, docname), path)
        if other != path:
            message = f"same output page as {other.as_posix()}"
            hint, code = "rename one of the two", CatalogueCode.DUPLICATE_PAGE
            log_problems([Problem.of(code, path.as_posix(), message, hint)], app.srcdir)


def literal_pattern(path: str) -> str:
    """Return the glob pattern that matches ``path`` and nothing else."""
    composed = unicodedata.normalize("NFC", path)
    return re.sub(r"[*?\[]", lambda match: rf"[{match[0]}]", composed).replace("[[]", r"[\[]")


def setup(app: Sphinx) -> None:
    app.connect("config-inited", exclude_links)
    app.connect("builder-inited", SourceOfCopies().attach, priority=3)
    app.connect("source-read", remove_controls)
    app.connect("env-updated", report_same_paths)
