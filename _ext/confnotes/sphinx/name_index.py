"""The index of names in HTML builds: what the catalogue knows, and pages that persons wrote."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING

from docutils import nodes

from confnotes.catalogue import Catalogue
from confnotes.pages.dates import format_range
from confnotes.pages.i18n import _, counted
from confnotes.search.name_index import FOLDER, IndexEntry, name_index_files
from confnotes.sphinx import logging
from confnotes.sphinx.incremental import incremental_build
from confnotes.sphinx.project import notes_project
from confnotes.sphinx.site import HTML_BUILDERS, manifest

if TYPE_CHECKING:
    from sphinx.application import Sphinx


def write_name_index(app: Sphinx, exception: Exception | None) -> None:
    """``build-finished``: write the index, or delete it where the settings want none."""
    if exception is not None or app.builder.name not in HTML_BUILDERS:
        return
    files: Iterable[tuple[str, str]] = ()
    if app.config.confnotes_search:
        build = incremental_build(app)
        is_there = (app.outdir / FOLDER / "index.json").is_file()
        if is_there and build.nothing_written() and build.is_whole(FOLDER):
            return
        about = {"labels": labels(), "search": app.builder.get_target_uri("search")}
        files = name_index_files(list(_entries(app)), about)
    logging.report_unwritten(manifest(app).write("names", files))


def labels() -> dict[str, str]:
    """Return what the dialog says."""
    return {
        "search": _("Search"),
        "close": _("Close"),
        "people": _("People"),
        "topics": _("Topics"),
        "events": _("Events"),
        "pages": _("Pages"),
        "talks": _("Talks"),
        "all": _("All talks found for “{}”"),
        "none": _("Nothing found"),
        "found": _("Found: {}"),
        "hint": _("People, topics, events, talks; -word excludes"),
    }


def _entries(app: Sphinx) -> Iterator[IndexEntry]:
    yield from catalogue_entries(notes_project(app).catalogue, app.builder.get_target_uri)
    yield from _page_entries(app)


def catalogue_entries(catalogue: Catalogue, uri: Callable[[str], str]) -> Iterator[IndexEntry]:
    """Yield people, topics and events."""
    for person in catalogue.people.values():
        told = len(catalogue.talks_by_person.get(person.slug, ()))
        yield IndexEntry("people", person.label, uri(person.docname), person.aliases,
                         _talks(told), told)  # fmt: skip
    for topic in catalogue.topics.values():
        told = len(catalogue.talks_under_topic.get(topic.slug, ()))
        yield IndexEntry("topics", topic.title, uri(topic.docname), topic.phrases,
                         _talks(told), told)  # fmt: skip
    for docname, event in catalogue.events.items():
        told = sum(len(entry.talks) for entry in catalogue.notes_by_event.get(docname, ()))
        yield IndexEntry("events", event.name, uri(docname), event.aliases,
                         format_range(event) or f"{event.year:04}", told)  # fmt: skip


def _talks(number: int) -> str:
    return counted(number, "{} talk", "{} talks") if number else ""


def _page_entries(app: Sphinx) -> Iterator[IndexEntry]:
    """Yield the sections of the pages on which nothing is generated."""
    project = notes_project(app)
    for docname in sorted(app.env.found_docs):
        hidden = "nosearch" in app.env.metadata.get(docname, {})
        if hidden or project.has_generated_part(docname):
            continue
        title = app.env.titles[docname].astext()
        uri = app.builder.get_target_uri(docname)
        for section in app.env.get_doctree(docname).findall(nodes.section):
            is_page = not isinstance(section.parent, nodes.section)
            heading = section.next_node(nodes.title)
            yield IndexEntry(
                "pages",
                title if is_page or heading is None else heading.astext(),
                uri if is_page else f"{uri}#{section['ids'][0]}",
                detail="" if is_page else title,
                weight=int(is_page),
                text=" ".join(_own_texts(section)),
            )


def _own_texts(section: nodes.section) -> Iterator[str]:
    """Yield the text of a section, but for its title and the sections in it."""
    for child in section.children:
        if not isinstance(child, nodes.section | nodes.title):
            yield " ".join(text.astext() for text in child.findall(nodes.Text))


def setup(app: Sphinx) -> None:
    app.connect("build-finished", write_name_index)
