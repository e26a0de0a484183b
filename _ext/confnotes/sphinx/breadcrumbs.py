"""The place of every document: what the catalogue says, and toctrees for pages outside it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from confnotes.pages.navigation import Entry, Navigation
from confnotes.sphinx.project import notes_project

if TYPE_CHECKING:
    from sphinx.environment import BuildEnvironment


def navigation_for(env: BuildEnvironment, docname: str) -> tuple[Entry, Navigation] | None:
    """Return ``docname``, which need not be a document, with its title, and its place.

    None in a project without notes. Every page leads to the catalogue's indexes, and
    to whatever else stands in the toctree of the front page.
    """
    project = notes_project(env)
    indexes = top_level_pages(env)
    if not indexes:
        return None
    here = project.navigation(docname) or _outside(env, docname, env.toctree_includes)
    return _entry(env, docname), replace(here, top_level=indexes)


def top_level_pages(env: BuildEnvironment) -> tuple[Entry, ...]:
    """Return the pages that every page leads to, none in a project without notes."""
    home = env.config.root_doc
    front = notes_project(env).navigation(home)
    if front is None:
        return ()
    indexes = dict(front.top_level)
    others = (n for n in env.toctree_includes.get(home, ()) if n not in indexes)
    return (*front.top_level, *_entries(env, others))


def _outside(
    env: BuildEnvironment, docname: str, includes: Mapping[str, Sequence[str]]
) -> Navigation:
    """Return the place of a page that is no part of the catalogue, as toctrees have it."""
    home = env.config.root_doc
    parents = {child: parent for parent in sorted(includes) for child in includes[parent]}
    trail = [docname]
    while (parent := parents.get(trail[-1])) and parent not in (home, *trail):
        trail.append(parent)
    row = _entries(env, includes.get(parents.get(docname, ""), ()))
    at = row.index(_entry(env, docname)) if row else 0
    return Navigation(
        _entries(env, (home, *reversed(trail[1:]))),
        row[at - 1] if at > 0 else None,
        row[at + 1] if at + 1 < len(row) else None,
        row,
        _entries(env, includes.get(docname, ())),
    )


def _entries(env: BuildEnvironment, docnames: Iterable[str]) -> tuple[Entry, ...]:
    return tuple(_entry(env, docname) for docname in docnames)


def _entry(env: BuildEnvironment, docname: str) -> Entry:
    title = env.titles.get(docname)
    return docname, title.astext() if title else ""
