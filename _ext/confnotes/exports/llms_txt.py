"""``llms.txt``: an overview of the site for language models."""

from __future__ import annotations

from collections.abc import Iterator

from confnotes.catalogue import Catalogue
from confnotes.exports.api import FILES
from confnotes.exports.atom import MAIN_FEED
from confnotes.exports.site import Site

_MAX_TALKS = 10

_ABOUT = """\
> Notes from conference talks, as somebody in the room typed them: what the speakers said in short,
> not word for word.

Each session of an event has a page, and each talk a section with a permanent anchor on it. To quote
a talk, name its speakers and its event, and link to its section.
"""
_INDEXES = (
    ("years/index", "Years", "events, and their sessions day by day"),
    ("speakers/index", "Speakers", "everyone by family name, with their talks"),
    ("topics/index", "Topics", "subjects from the broad to the narrow, with their talks"),
)


def llms_txt(catalogue: Catalogue, site: Site) -> str:
    """Return the file, in Markdown; its length does not depend on the size of the site."""
    return "\n".join(_lines(catalogue, site)) + "\n"


def _lines(catalogue: Catalogue, site: Site) -> Iterator[str]:
    yield f"# {' '.join(site.name.split())}\n\n{_ABOUT}\n## Indexes\n"
    for docname, title, about in _INDEXES:
        yield _item(title, about, site.page(docname))
    yield "\n## Data\n"
    numbers = (catalogue.talks, catalogue.people, catalogue.topics, catalogue.events)
    for name, records in zip(FILES, numbers, strict=True):
        path = f"api/{name}.json"
        schema = site.file(f"api/{name}.schema.json")
        yield _item(path, f"{len(records)} {name}; JSON Schema in {schema}", site.file(path))
    yield _item("objects.inv", "names and addresses, for Sphinx", site.file("objects.inv"))
    if site.base_url and catalogue.talks:
        yield _item(MAIN_FEED, "Atom feed of the newest talks", site.file(MAIN_FEED))
    if catalogue.events:
        yield "\n## Newest events\n"
    for event in list(catalogue.events.values())[: -_MAX_TALKS - 1 : -1]:
        yield _item(event.name, _escape(event.location), site.page(event.docname))


def _item(title: str, about: str, address: str) -> str:
    return f"- [{_escape(title)}]({address})" + (f": {about}" if about else "")


def _escape(text: str) -> str:
    return "".join(f"\\{char}" if char in r"\[]<`*_" else char for char in text)
