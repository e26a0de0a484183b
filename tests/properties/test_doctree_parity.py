"""What is made straight from a page, nodes or HTML, is what Sphinx makes of the page's text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from difflib import unified_diff
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from confnotes.pages import page_model
from confnotes.pages.page_model import PageObject
from confnotes.sphinx.doctree_builder import append_page
from confnotes.sphinx.lazy_bodies import expand_blocks
from docutils import nodes
from docutils.readers import standalone
from docutils.utils import new_document
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from myst_parser.parsers.sphinx_ import MystParser
from sphinx.builders import Builder
from sphinx.registry import SphinxComponentRegistry
from sphinx.search import WordCollector
from sphinx.search.en import SearchEnglish
from sphinx.testing.util import SphinxTestApp
from sphinx.util.docutils import _get_settings, sphinx_domains

from tests.page_text import render_myst

CONF = """\
extensions = ["confnotes"]
primary_domain = "conf"
myst_enable_extensions = ["attrs_block", "attrs_inline", "colon_fence"]
"""
DOCNAME = "years/2031/days/one"
OBJECTS = (
    PageObject("speaker", "ana-ruiz", "Ana Ruiz", "ana-ruiz"),
    PageObject("event", "2031/days", "Days", ""),
)
HOSTILE = (
    "__init__ *a* **b** `c` ``d`` <b> </b> &amp; \\ \\* [x](y) ![x](y) {role}`x` {{sub}} $x$ $$ "
    "# ## > - + * 1. 1) | --- === ``` ~~~ ::: % +++ (t)= ^[f] [^1] http://example.org/a_b_ "
    "www.example.org ana@example.org :name: |s| text_ -- ... \" ' <!-- --> é 漢字 🙂 a~b~c ~~d~~"
).split()
words = st.one_of(
    st.sampled_from(HOSTILE),
    st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "S")), min_size=1, max_size=8),
)
texts = st.lists(words, min_size=1, max_size=5).map(" ".join)
classes = st.lists(st.sampled_from(["aside", "facts", "kind"]), max_size=2, unique=True).map(tuple)
text = texts.map(page_model.Text)
urls = st.builds(
    page_model.ExternalLink,
    st.sampled_from(["https://example.org/a_(b)?c=d&e=*f*", "http://x.org"]),
    st.tuples(text),
)
# MyST cannot write these words as a role's: they go into a link, which leads to the same place.
labels = texts.filter(lambda label: "<" not in label and not label.startswith(("`", "!")))
refs = st.builds(
    page_model.CrossReference,
    st.sampled_from(["talk", "speaker", "topic", "event", "doc"]),
    st.sampled_from(["ana-ruiz", "2031/days", "one#talk", "index", "nobody"]),
    labels,
).filter(lambda ref: ref.kind != "doc" or "#" not in ref.target)  # Sphinx's role has no anchors
inline = st.one_of(
    text,
    st.builds(page_model.Emphasis, st.tuples(text)),
    st.builds(page_model.Strong, st.tuples(text)),
    st.builds(page_model.Literal, texts.filter(lambda code: code.strip("`") == code)),
    urls,
    refs,
    st.builds(page_model.Span, st.just(("aside",)), st.tuples(text)),
)
inlines = st.lists(inline, min_size=1, max_size=4).map(tuple)
lines = st.just(0)
leaves = st.one_of(
    st.builds(page_model.Para, inlines, lines, classes),
    st.builds(page_model.CodeBlock, texts, st.sampled_from(["text", "python"]), lines),
    st.builds(page_model.Rubric, inlines, lines),
)
nested = st.recursive(
    leaves,
    lambda inner: st.one_of(
        st.builds(
            page_model.List,
            st.lists(
                st.builds(
                    page_model.ListItem, st.lists(inner, min_size=1, max_size=3).map(tuple), lines
                ),
                min_size=1,
                max_size=3,
            ).map(tuple),
            st.booleans(),
            lines,
            classes,
        ),
        st.builds(page_model.BlockQuote, st.lists(inner, min_size=1, max_size=2).map(tuple), lines),
        st.builds(
            page_model.Container,
            st.just(("facts",)),
            st.lists(inner, min_size=1, max_size=2).map(tuple),
        ),
    ),
    max_leaves=8,
)
bodies = st.lists(nested, max_size=4).map(tuple)


def sections(slugs: list[str]) -> st.SearchStrategy[tuple[page_model.PageBlock, ...]]:
    made = [
        st.builds(page_model.Section, st.just(slug), inlines, bodies, lines, classes)
        for slug in slugs
    ]
    return st.tuples(*made)


pages = st.builds(
    page_model.Page,
    docname=st.just(DOCNAME),
    title=texts,
    blocks=st.tuples(bodies, sections(["first-talk", "second-talk"])).map(
        lambda two: two[0] + two[1]
    ),
)


class Project:
    """Has one page."""

    def __init__(self, page: page_model.Page, builder: Builder) -> None:
        self._one, self.builder = page, builder

    def page(self, docname: str) -> page_model.Page:
        return self._one

    def is_of_note(self, docname: str) -> bool:
        return True


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SphinxTestApp]:
    source: Path = tmp_path_factory.mktemp("parity")
    (source / "conf.py").write_text(CONF)
    (source / "index.md").write_text("# Home\n")
    app = SphinxTestApp(srcdir=source)
    app.build()
    app.env.domains["conf"].note_objects("index", OBJECTS)
    app.env.domains["conf"].note_objects(DOCNAME, (PageObject("talk", "one#talk", "T", "talk"),))
    yield app
    app.cleanup()


def document(app: SphinxTestApp, fill: Callable[[nodes.document], None]) -> nodes.document:
    made = new_document(
        "page", _get_settings(standalone.Reader, MystParser, defaults=app.env.settings)
    )
    app.env.prepare_settings(DOCNAME)
    with sphinx_domains(app.env):
        fill(made)
    return made


def resolve(app: SphinxTestApp, made: nodes.document) -> None:
    app.env.current_document = type(app.env.current_document)()  # as after documents are read
    app.env.resolve_references(made, DOCNAME, app.builder)


def normal(made: nodes.document) -> list[str]:
    """Return the tree as lines of text.

    Left out are docutils' notes on names of targets, and messages that it keeps to itself.
    """
    for message in list(made.findall(nodes.system_message)):
        assert message["level"] == 1
        message.parent.remove(message)
    for element in made.findall(nodes.Element):
        for attribute in ("names", "dupnames"):
            element.attributes.pop(attribute, None)
    join_texts(made)
    return made.pformat().splitlines()


def join_texts(made: nodes.document) -> None:
    """Make one text of those that follow one another, as a parser makes one."""
    for element in made.findall(nodes.Element):
        joined: list[nodes.Node] = []
        for child in element.children:
            if joined and isinstance(child, nodes.Text) and isinstance(joined[-1], nodes.Text):
                joined[-1] = nodes.Text(joined[-1] + child)
            else:
                joined.append(child)
        element.children = joined


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(page=pages)
def test_same_tree(app: SphinxTestApp, page: page_model.Page) -> None:
    def parse(made: nodes.document) -> None:
        registry = SphinxComponentRegistry()
        registry.add_source_parser(MystParser)
        parser = registry.create_source_parser("markdown", config=app.config, env=app.env)
        parser.parse(render_myst(page), made)

    def build(made: nodes.document) -> None:
        append_page(page, made)
        expand_blocks(made, Project(page, app.builder))

    straight = document(app, build)
    parsed = document(app, parse)
    assert list(unified_diff(normal(straight), normal(parsed), lineterm="")) == []


def para(*children: page_model.Inline) -> page_model.Para:
    return page_model.Para(children)


def listed(*items: tuple[page_model.PageBlock, ...], ordered: bool = False) -> page_model.List:
    return page_model.List(tuple(map(page_model.ListItem, items)), ordered)


LINK = re.compile(
    r'<a class="reference internal" (href="[^"]*")><span class="[^"]*">([^<]*)</span></a>'
)
"""A link on the site as Sphinx writes it; without its classes it says as much."""

ONE = para(page_model.Text("one & <two> “three” 'four' \"five\" ana@example.org"))
CODE = para(page_model.Literal("two  blanks"), page_model.CrossReference("doc", "index", "Home"))
LINKS = para(page_model.ExternalLink("mailto:ana@example.org", (page_model.Text("Ana"),)))
LISTS = (
    listed((ONE,), (CODE, listed((ONE, listed((CODE,))), ordered=True))),
    listed((ONE, listed((ONE,), (listed((CODE,)),)))),
    listed((ONE, CODE), (ONE, listed((ONE,), (CODE,)))),
    listed((listed((ONE,)), listed((ONE,)))),
    listed((page_model.BlockQuote((listed((ONE,)),)),), (LINKS,)),
    listed((page_model.Container(("facts",), (ONE, listed((ONE,)))),), ordered=True),
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(page=pages)
@example(page=page_model.Page(docname=DOCNAME, title="Lists", blocks=LISTS))
def test_same_html(app: SphinxTestApp, page: page_model.Page) -> None:
    def build(made: nodes.document) -> None:
        append_page(page, made)
        resolve(app, made)

    def by_nodes(made: nodes.document) -> None:
        append_page(page, made)
        expand_blocks(made, Project(page, app.builder))
        resolve(app, made)

    app.env.project = Project(page, app.builder)
    straight, expected = document(app, build), document(app, by_nodes)
    written = LINK.sub(r"<a \1>\2</a>", html(app, expected))
    shown = LINK.sub(r"<a \1>\2</a>", html(app, straight))
    assert without_classes(shown) == without_classes(written)
    assert found(straight) == found(expected)


def without_classes(html: str) -> list[str]:
    """Return lines of ``html``, links without their classes, items without a paragraph's tag."""
    page = BeautifulSoup(html, "html.parser")
    for link in page.select("a.reference.external"):
        del link["class"]
    for item in page("li"):
        plain = [part for part in item("p", recursive=False) if not part.attrs]
        is_first = plain and not any(True for _ in plain[0].find_previous_siblings())
        if is_first and len(plain) == 1 and "\n" not in plain[0].decode():
            plain[0].unwrap()
    return str(page).splitlines()


def found(made: nodes.document) -> list[str]:
    """Return the words that a search finds in a document."""
    join_texts(made)
    collector = WordCollector(made, SearchEnglish({}))
    made.walk(collector)
    return collector.found_words


def html(app: SphinxTestApp, made: nodes.document) -> str:
    """Return what the HTML builder writes of a document."""
    made.settings = app.builder.docsettings
    app.builder.current_docname = DOCNAME
    visitor = app.builder.create_translator(made, app.builder)
    made.walkabout(visitor)
    return "".join(visitor.fragment)
