"""Navigation in templates, of bounded size: from the catalogue, or from toctrees."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from html import escape
from typing import Any, NamedTuple, TypeAlias, cast

from sphinx.application import Sphinx
from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.environment import BuildEnvironment
from sphinx.locale import _

from confnotes.names import initials
from confnotes.pages import missing_data_page
from confnotes.pages.i18n import counted
from confnotes.pages.navigation import Entry, Navigation, index_pages
from confnotes.sphinx._workarounds import clear_relations
from confnotes.sphinx.project import notes_project
from confnotes.sphinx.themes import may_show_all_documents

Uri: TypeAlias = Callable[[str], str]
"""From a docname to its address, relative to the page that is written."""


class _Branch(NamedTuple):
    """An entry of the sidebar, and the entries below it."""

    entry: Entry
    below: Sequence[_Branch] = ()
    is_more: bool = False
    """The entry links to the page that lists the entries left out here."""


def add_navigation(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: object
) -> None:
    """``html-page-context``."""
    if found := navigation_of_page(app.env, pagename):
        _set_context(context, *found, top_level_pages(app.env), app.config.html_theme)
        clear_relations(cast("StandaloneHTMLBuilder", app.builder))


def _set_context(
    context: dict[str, Any], here: Entry, place: Navigation, indexes: Iterable[Entry], theme: str
) -> None:
    """Set ``toctree``, ``parents``, ``prev`` and ``next`` of a template's context to bounded ones.

    Every theme reads them. This handler of ``html-page-context`` runs first, so a theme that
    processes them in its own gets the small ones. Furo would take a tenth of a build to make the
    tree foldable; it gets an empty one, and our template shows ``conf_tree``.
    """
    uri: Uri = context["pathto"]
    on_the_way = {docname for docname, _title in place.breadcrumbs} | {here[0]}
    tree = _html(_branches(here, place, indexes), on_the_way, here[0], uri)
    context["conf_tree"] = tree
    context["conf_breadcrumbs"] = [_link(entry, uri) for entry in place.breadcrumbs]
    context["conf_initials"] = initials(here[1]) if _is_person(here[0]) else ""
    context["toctree"] = lambda **options: "" if theme == "furo" else tree
    context["parents"] = [_link(entry, uri) for entry in place.breadcrumbs[1:]]
    links = [link for link in context.get("rellinks", ()) if link[2] not in {"N", "P"}]
    for name, entry, key, label in (
        ("next", place.next, "N", _("next")),
        ("prev", place.previous, "P", _("previous")),
    ):
        context[name] = _link(entry, uri) if entry else None
        links += [(entry[0], escape(entry[1]), key, label)] if entry else []
    context["rellinks"] = links


def _is_person(docname: str) -> bool:
    folder, *below = docname.split("/")
    return folder == "speakers" and len(below) == 1 and below != ["index"]


def _branches(here: Entry, place: Navigation, indexes: Iterable[Entry]) -> list[_Branch]:
    """Return the top-level pages; the one above ``here`` has its siblings and children below it."""
    way = place.breadcrumbs[1:]
    below = [_Branch(entry) for entry in place.children]
    below += _more(here[0], place.more_children)
    row = place.siblings if here[0] in dict(place.siblings) else (here,)
    branches = [_Branch(entry, below if entry[0] == here[0] else ()) for entry in row]
    if way:
        branches += _more(way[-1][0], place.more_siblings)
    for entry in reversed(way):
        branches = [_Branch(entry, branches)]
    opened = {branch.entry[0]: branch.below for branch in branches}
    return [_Branch(entry, opened.get(entry[0], ())) for entry in indexes]


def _more(docname: str, number: int) -> list[_Branch]:
    """Return an entry “and 5 more” that links to ``docname``, none if ``number`` is 0."""
    text = counted(number, "and {} more", "and {} more")
    return [_Branch((docname, text), is_more=True)] if number else []


def _html(
    branches: Iterable[_Branch], on_the_way: set[str], here: str, uri: Uri, level: int = 1
) -> str:
    items = []
    for (docname, title), below, is_more in branches:
        current = "current " if docname in on_the_way and not is_more else ""
        page = "current-page " if docname == here and not is_more else ""
        inner = _html(below, on_the_way, here, uri, level + 1) if below else ""
        items.append(
            f'<li class="{current}{page}toctree-l{level}">'
            f'<a class="{current}reference internal" href="{escape(uri(docname))}">'
            f"{escape(title)}</a>{inner}</li>"
        )
    return f'<ul class="current">{"".join(items)}</ul>'


def _link(entry: Entry, uri: Uri) -> dict[str, str]:
    docname, title = entry
    return {"link": uri(docname), "title": escape(title)}


def navigation_of_page(env: BuildEnvironment, docname: str) -> tuple[Entry, Navigation] | None:
    """Return the entry and the navigation of ``docname``, which need not be a document.

    None in a project without notes. Every page links to the indexes of the catalogue, and to all
    else in the toctree of the front page.
    """
    project = notes_project(env)
    if not top_level_pages(env):
        return None
    here = project.navigation(docname) or _outside(env, docname, env.toctree_includes)
    return _entry(env, docname), here


def top_level_pages(env: BuildEnvironment) -> tuple[Entry, ...]:
    """Return the pages that every page links to, none in a project without notes."""
    home = env.config.root_doc
    project = notes_project(env)
    if not project.has_generated_part(home):
        return ()
    indexes = index_pages(project.catalogue)
    below = _for_readers(env.toctree_includes.get(home, ()))
    others = (docname for docname in below if docname not in dict(indexes))
    return (*indexes, *_entries(env, others))


def _for_readers(docnames: Iterable[str]) -> Iterator[str]:
    """Yield all pages but that of what is missing, which is for whoever keeps the site."""
    return (docname for docname in docnames if docname != missing_data_page.DOCNAME)


def shared_navigation(app: Sphinx) -> str:
    """Return the navigation on all pages: top-level pages, in some themes all documents."""
    env, tree = app.env, []
    if may_show_all_documents(app):
        tree = [
            (docname, title.astext(), env.toctree_includes.get(docname, []))
            for docname, title in sorted(env.titles.items())
        ]
    return repr((top_level_pages(env), tree))


def _outside(
    env: BuildEnvironment, docname: str, includes: Mapping[str, Sequence[str]]
) -> Navigation:
    """Return the navigation of a page outside the catalogue, from toctrees."""
    home = env.config.root_doc
    parents = {child: parent for parent in sorted(includes) for child in includes[parent]}
    trail = [docname]
    while (parent := parents.get(trail[-1])) and parent not in (home, *trail):
        trail.append(parent)
    row = _entries(env, _for_readers(includes.get(parents.get(docname, ""), ())))
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


def setup(app: Sphinx) -> None:
    app.connect("html-page-context", add_navigation)
