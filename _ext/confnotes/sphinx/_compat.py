"""What the extension uses of Sphinx, MyST and docutils that they do not document.

Each use names its upstream issue, and when it can go. ``tests/sphinx/test_compat.py`` checks
that what it needs exists and behaves as it must.
"""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

import sphinx.util.docutils
from docutils.utils import DependencyList
from myst_parser.sphinx_ext.main import setup_sphinx
from sphinx.addnodes import toctree
from sphinx.builders.epub3 import Epub3Builder
from sphinx.errors import ExtensionError
from sphinx.ext.intersphinx import InventoryAdapter
from sphinx.project import Project
from sphinx.util.logging import NAMESPACE, WarningStreamHandler

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

    from docutils import nodes
    from docutils.frontend import Values
    from sphinx.application import Sphinx
    from sphinx.builders import Builder
    from sphinx.builders.html import StandaloneHTMLBuilder
    from sphinx.config import Config
    from sphinx.environment import BuildEnvironment

Anchors = dict[str, tuple[int, str, str]]
"""The anchors of a document: line, id and title of a section, by anchor."""

# Documents


def replace_project(app: Sphinx, project: Project) -> None:
    """Replace the project, which lists the documents.

    Upstream: sphinx#1139. Remove when an extension can add documents.
    """
    app.project = app.env.project = project


def silence_first_discovery(app: Sphinx, config: Config) -> None:
    """``config-inited``: suppress warnings about documents until the project is replaced.

    Upstream: sphinx#1139, as above.
    """
    _discovery.addFilter(_drop)


def end_silence() -> None:
    """Stop suppressing warnings about documents."""
    _discovery.removeFilter(_drop)


_discovery = logging.getLogger(f"{NAMESPACE}.{Project.__module__}")


def _drop(record: logging.LogRecord) -> bool:
    return False


# MyST


def load_myst(app: Sphinx) -> None:
    """Set up MyST, without its parser where another extension reads ``.md`` already.

    Upstream: no issue found. Remove when ``myst_parser`` can be loaded beside another parser.
    """
    try:
        app.setup_extension("myst_parser")
    except ExtensionError:
        if "myst_enable_extensions" not in app.config:
            setup_sphinx(app)


def anchors(env: BuildEnvironment, docname: str) -> Anchors:
    """Return the anchors of a document's sections, as MyST keeps them to resolve links.

    Upstream: no issue found. Remove when MyST has a function for them.
    """
    slugs: Anchors = env.metadata[docname].get("myst_slugs", {})
    return slugs


def add_anchors(env: BuildEnvironment, docname: str, added: Mapping[str, Any]) -> None:
    """Register anchors of generated sections for links in MyST; see :func:`anchors`."""
    env.metadata[docname].setdefault("myst_slugs", {}).update(added)


# Reading


class SerialReading:
    """Reads in one process, whatever ``-j`` says; an instance belongs to one application.

    A process that reads sends back the whole environment for each of its shares. To take these
    in costs three times what it costs to read documents that are made of notes.

    Upstream: no issue found. Remove when Sphinx merges only what was read.
    """

    def __init__(self) -> None:
        self._parallel = 1

    def begin(self, app: Sphinx, env: BuildEnvironment, docnames: list[str]) -> None:
        """``env-before-read-docs``."""
        self._parallel = app.parallel
        app.parallel = 1

    def end(self, app: Sphinx, env: BuildEnvironment) -> None:
        """``env-updated``."""
        app.parallel = self._parallel


def drop_toctree_parents(app: Sphinx, doctree: nodes.document) -> None:
    """``doctree-read``: clear ``files_to_rebuild``, the documents to write with others.

    Sphinx looks through all of it for each document that it reads: 2 % of a build of 1,000 notes,
    and four times as much time for twice the pages.

    Upstream: no issue found. Remove when ``TocTreeCollector.clear_doc`` looks at one document.
    """
    app.env.files_to_rebuild = {}


def restore_toctree_parents(app: Sphinx, env: BuildEnvironment) -> None:
    """``env-updated``: restore ``files_to_rebuild``, before Sphinx checks the toctrees."""
    env.files_to_rebuild = _parents(env.toctree_includes)


def forget_hidden(app: Sphinx, builder: Builder) -> None:
    """``write-started``: let pages be written with the documents that their toctrees show.

    Sphinx writes a page with those that its hidden toctrees have, and not with those that a
    toctree shows below others.

    Upstream: no issue found. Remove when Sphinx looks at which toctrees are hidden.
    """
    app.env.files_to_rebuild = _parents(
        {parent: _shown(app.env, parent) for parent in app.env.toctree_includes}
    )


def _parents(held: Mapping[str, Iterable[str]]) -> dict[str, set[str]]:
    parents: defaultdict[str, set[str]] = defaultdict(set)
    for parent, children in held.items():
        for child in children:
            parents[child].add(parent)
    return dict(parents)


def _shown(env: BuildEnvironment, docname: str) -> set[str]:
    """Return the documents that the toctrees in ``docname`` show."""
    shown: set[str] = set()
    ahead = [(docname, False)]
    while ahead:
        at, with_hidden = ahead.pop()
        for tree in env.tocs[at].findall(toctree) if at in env.tocs else ():
            if with_hidden or not tree.get("hidden"):
                new = set(tree["includefiles"]) - shown
                shown |= new
                ahead += ((child, with_hidden or tree.get("includehidden", False)) for child in new)
    return shown


def reuse_settings(app: Sphinx, env: BuildEnvironment, docnames: list[str]) -> None:
    """``env-before-read-docs``: make the settings of docutils once for each parser.

    For each document Sphinx makes a parser of command lines, with a hundred options, to learn
    their defaults: 6 % of a build of 1,000 notes.

    Upstream: no issue found. Remove when Sphinx does so once.
    """
    known: dict[tuple[type, ...], tuple[Mapping[str, Any], Values]] = {}

    def get_settings(
        *components: Any, defaults: Mapping[str, Any], read_config_files: bool = False
    ) -> Values:
        key = tuple(each if isinstance(each, type) else type(each) for each in components)
        before = known.get(key)
        if before is None or before[0] != defaults:
            made = _make_settings(
                *components, defaults=defaults, read_config_files=read_config_files
            )
            before = known[key] = dict(defaults), made
        settings = before[1].copy()
        settings.record_dependencies = DependencyList()
        return settings

    sphinx.util.docutils._get_settings = get_settings


def make_settings_anew(app: Sphinx, env: BuildEnvironment) -> None:
    """``env-updated``: see :func:`reuse_settings`."""
    sphinx.util.docutils._get_settings = _make_settings


_make_settings: Callable[..., Any] = sphinx.util.docutils._get_settings


# What documents are made with


class WarningCollector(logging.Filter):
    """Lets every warning pass and collects the places (``path:line``) they name.

    What is wrong with the catalogue is said in every build, so it is not collected.

    Upstream: sphinx#725. Remove when Sphinx reads documents again that drew a warning.
    """

    def __init__(self) -> None:
        super().__init__()
        self._places: set[str] = set()

    def attach(self) -> None:
        """Begin to collect from what is about to be shown."""
        for handler in logging.getLogger(NAMESPACE).handlers:
            if isinstance(handler, WarningStreamHandler):
                handler.addFilter(self)

    def filter(self, record: logging.LogRecord) -> bool:
        if getattr(record, "type", None) != "confnotes":
            self._places.add(str(getattr(record, "location", "") or ""))
        return True

    def docnames(self, env: BuildEnvironment) -> set[str]:
        """Return the documents whose files were named."""
        if not self._places:
            return set()
        named = {place.rsplit(":", 1)[0] for place in self._places} | self._places
        return {docname for docname in env.found_docs if str(env.doc2path(docname)) in named}


def versions(app: Sphinx) -> tuple[object, ...]:
    """Return the versions of all extensions, and of what they keep in the environment.

    Upstream: no issue found. Remove when Sphinx documents them.
    """
    extensions = {name: extension.version for name, extension in app.extensions.items()}
    return sorted(extensions.items()), sorted(app.registry.get_envversion(app).items())


def inventories(env: BuildEnvironment) -> Mapping[str, Any]:
    """Return the inventories of other projects that intersphinx has loaded, by name.

    Upstream: sphinx#13275 calls it semi-public. Remove when it is public.
    """
    return InventoryAdapter(env).named_inventory


def is_in_inventory(env: BuildEnvironment, target: str) -> bool:
    """Return True if an inventory of another project has ``target``."""
    return any(target in objects for objects in InventoryAdapter(env).main_inventory.values())


# HTML


def add_template_folder(app: Sphinx, folder: Path) -> None:
    """Add a folder of templates after the template loader was created.

    Upstream: no issue found. Remove when Sphinx has ``add_template_path``.
    """
    app.config.templates_path = [*app.config.templates_path, str(folder)]
    if templates := getattr(app.builder, "templates", None):
        templates.init(app.builder, getattr(app.builder, "theme", None))


def asset_name(file: object) -> str:
    """Return the file name of a style sheet or script in the context of templates.

    Upstream: no issue found. Remove when Sphinx documents these objects.
    """
    return str(getattr(file, "filename", ""))


def forget_relations(builder: StandaloneHTMLBuilder) -> None:
    """Clear the relations, so that Sphinx renders no titles for its own navigation.

    It renders five for each page: 8 % of a build of 1,000 notes.

    Upstream: no issue found. Remove when Sphinx renders a title once.
    """
    builder.relations.clear()


def keep_indexes(builder: StandaloneHTMLBuilder, is_unchanged: Callable[[], bool]) -> None:
    """Let Sphinx keep its search index and its inventory where no document was written.

    It loads and writes both in every build: a tenth of one that changes nothing.

    Upstream: no issue found. Remove when Sphinx does so itself.
    """
    load_index, dump_inventory = builder.load_indexer, builder.dump_inventory

    def load_if_changed(docnames: AbstractSet[str]) -> None:
        if docnames or not is_unchanged():
            load_index(docnames)

    def dump_if_changed() -> None:
        if not is_unchanged():
            dump_inventory()

    builder.load_indexer = load_if_changed  # type: ignore[method-assign]
    builder.dump_inventory = dump_if_changed  # type: ignore[method-assign]


def prune_index(builder: StandaloneHTMLBuilder, *, is_unchanged: bool) -> None:
    """Remove words and documents that are gone from the search index; keep one that is unchanged.

    Sphinx goes through all documents once for each word, keeps the words, and writes the
    index in every build, so one that was edited differs from one that is new.

    Upstream: sphinx#11120. Remove when ``IndexBuilder.prune`` does both.
    """
    index = builder.indexer
    if index is None:
        return
    if is_unchanged:
        builder.indexer = None
        return
    docnames = set(builder.env.all_docs)
    index.prune(docnames)
    index.prune = lambda docnames: None  # type: ignore[method-assign]  # which Sphinx is about to do
    for words in (index._mapping, index._title_mapping):
        for word in [word for word, held in words.items() if not held]:
            del words[word]


def theme_folders(builder: Builder) -> list[Path]:
    """Return the folders of the theme of an HTML builder, and of those that it inherits.

    Upstream: no issue found. Remove when ``Theme.get_theme_dirs`` is documented.
    """
    theme = getattr(builder, "theme", None)  # JSON has none
    return list(theme.get_theme_dirs()) if theme else []


def render_page(
    builder: StandaloneHTMLBuilder, name: str, context: dict[str, Any], path: Path
) -> str:
    """Return a page that is no document, as the theme shows it; it is written to ``path``, too.

    Upstream: no issue found. Remove when Sphinx can render a page without writing it.
    """
    builder.handle_page(name, context, outfilename=path)
    return path.read_text(encoding="utf-8")


class BookBuilder(Epub3Builder):
    """Finds each page of the contents among the files, whatever letters their names have.

    Sphinx compares quoted addresses with names of files: a page called ``ä.txt`` would be in the
    reading order twice, once as a file that is not there.

    Upstream: no issue found. Remove when ``Epub3Builder`` compares names.
    """

    def build_content(self) -> None:
        quoted = self.refnodes
        self.refnodes = [{**node, "refuri": unquote(node["refuri"])} for node in quoted]
        super().build_content()
        self.refnodes = quoted


# Other builders


def accept_hyperlinks(builder: Builder) -> None:
    """Prepare a builder called ``linkcheck`` for Sphinx's collector of links.

    Upstream: no issue found. Remove when the collector belongs to Sphinx's builder.
    """
    builder.hyperlinks = {}  # type: ignore[attr-defined]


def fail(builder: Builder) -> None:
    """Set the exit status of the build to 1; every file is still written.

    Upstream: no issue found. Remove when Sphinx documents the status code.
    """
    builder._app.statuscode = 1


def setup(app: Sphinx) -> None:
    reading = SerialReading()
    app.connect("config-inited", silence_first_discovery)
    app.connect("env-before-read-docs", reading.begin)
    app.connect("env-before-read-docs", reuse_settings)
    app.connect("doctree-read", drop_toctree_parents)
    app.connect("env-updated", restore_toctree_parents)
    app.connect("env-updated", make_settings_anew)
    app.connect("env-updated", reading.end)
    app.connect("write-started", forget_hidden)
