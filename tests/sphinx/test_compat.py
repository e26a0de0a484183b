"""What ``_compat`` and ``_workarounds`` need of other packages is there and behaves as it must."""

from __future__ import annotations

import logging
import pickle
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import sphinx.util.docutils
from confnotes.sphinx import _compat, _toctree_workarounds, _workarounds
from docutils.parsers.rst import Parser
from docutils.readers.standalone import Reader
from sphinx.project import Project
from sphinx.search import IndexBuilder
from sphinx.util.logging import getLogger

if TYPE_CHECKING:
    from sphinx.testing.util import SphinxTestApp

CONF = """\
extensions = ["myst_parser", "sphinx.ext.intersphinx"]
html_theme = "basic"
myst_heading_anchors = 2
"""
BOOK = """\
def setup(app):
    from confnotes.sphinx.epub import PortableBookBuilder
    app.add_builder(PortableBookBuilder, override=True)
"""
LINKCHECK = """\
def setup(app):
    from confnotes.sphinx._compat import accept_hyperlinks
    from sphinx.builders.dummy import DummyBuilder
    own = {"name": "linkcheck", "init": accept_hyperlinks}
    app.add_builder(type("Own", (DummyBuilder,), own), override=True)
"""
INDEX = "# Home\n\n```{toctree}\n:hidden:\nprose\n```\n\n## A part\n"


@pytest.fixture
def app(tmp_path: Path, make_app: Callable[..., SphinxTestApp]) -> SphinxTestApp:
    (tmp_path / "conf.py").write_text(CONF)
    (tmp_path / "index.md").write_text(INDEX)
    (tmp_path / "prose.md").write_text("# Prose\n")
    return make_app(srcdir=tmp_path)


@pytest.fixture
def built(app: SphinxTestApp) -> SphinxTestApp:
    app.build()
    return app


def test_a_project_says_which_documents_there_are(app: SphinxTestApp) -> None:
    class Fewer(Project):
        def discover(self, *args: Any, **settings: Any) -> set[str]:
            self.docnames = super().discover(*args, **settings) - {"prose"}
            return self.docnames

    _compat.replace_project(app, Fewer(app.srcdir, app.config.source_suffix))
    app.env.find_files(app.config, app.builder)
    assert app.env.found_docs == {"index"}


def test_discovery_is_silent_until_the_project_is_replaced(app: SphinxTestApp) -> None:
    (app.srcdir / "prose.rst").write_text("Prose\n=====\n")

    def discover() -> str:
        before = len(app.warning.getvalue())
        Project(app.srcdir, {".md": "markdown", ".rst": "restructuredtext"}).discover()
        return app.warning.getvalue()[before:]

    _workarounds.silence_discovery(app, app.config)
    assert discover() == ""
    _workarounds.end_discovery_silence()
    assert "multiple files found" in discover()


def test_myst_tells_the_anchors_of_a_page(app: SphinxTestApp) -> None:
    app.build()
    line, node_id, title = _compat.anchors(app.env, "index")["a-part"]
    assert (line, node_id, title) == (8, "a-part", "A part")
    assert _compat.anchors(app.env, "nowhere") == {}


def test_myst_resolves_links_to_anchors_that_are_added(built: SphinxTestApp) -> None:
    _compat.add_anchors(built.env, "prose", {"added": (1, "added", "Added")})
    assert _compat.anchors(built.env, "prose")["added"] == (1, "added", "Added")


def test_reading_is_serial_and_writing_is_not(app: SphinxTestApp) -> None:
    app.parallel = 7
    reading = _workarounds.SerialReading()
    reading.begin(app, app.env, [])
    assert app.parallel == 1
    reading.end(app, app.env)
    assert app.parallel == 7


def test_toctrees_that_are_shown_have_parents(built: SphinxTestApp) -> None:
    env = built.env
    assert env.files_to_rebuild["prose"] == {"index"}
    _toctree_workarounds.drop_toctree_parents(built, env.get_doctree("index"))
    assert env.files_to_rebuild == {}
    _toctree_workarounds.restore_toctree_parents(built, env)
    assert env.files_to_rebuild["prose"] == {"index"}
    _toctree_workarounds.ignore_hidden_toctrees(built, built.builder)
    assert "prose" not in env.files_to_rebuild, "the toctree of the front page is hidden"


def test_a_circle_of_toctrees_is_a_message(app: SphinxTestApp, tmp_path: Path) -> None:
    (tmp_path / "prose.md").write_text("# Prose\n\n```{toctree}\nother\n```\n")
    (tmp_path / "other.md").write_text("# Other\n\n```{toctree}\nprose\n```\n")
    app.connect("write-started", _toctree_workarounds.break_toctree_circles)
    app.build()
    assert "circular toctree references detected" in app.warning.getvalue()
    assert (app.outdir / "other.html").is_file()


@pytest.fixture
def settings(app: SphinxTestApp) -> Iterator[Callable[..., Any]]:
    _workarounds.cache_settings(app, app.env, [])
    yield sphinx.util.docutils._get_settings
    _workarounds.end_settings_cache(app, app.env)


def test_settings_are_those_that_docutils_makes(
    app: SphinxTestApp, settings: Callable[..., Any]
) -> None:
    defaults = {"traceback": True, **app.env.settings}
    once, again = (settings(Reader, Parser(), defaults=defaults) for _ in range(2))
    _workarounds.end_settings_cache(app, app.env)
    expected = sphinx.util.docutils._get_settings(Reader, Parser(), defaults=defaults)
    lists = {"record_dependencies"}  # an object without equality
    for made in (once, again):
        assert _without(made, lists) == _without(expected, lists)
    once.record_dependencies.add("a file")
    once.smart_quotes = "of one document"
    assert again.record_dependencies.list == []
    assert again.smart_quotes != "of one document"


def test_other_defaults_give_other_settings(
    app: SphinxTestApp, settings: Callable[..., Any]
) -> None:
    for value in ("a", "b"):
        defaults = {**app.env.settings, "language_code": value}
        assert settings(Reader, Parser(), defaults=defaults).language_code == value


def test_a_build_makes_the_settings_of_docutils_once_for_each_parser(
    app: SphinxTestApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[object] = []
    make = _workarounds._make_settings
    monkeypatch.setattr(
        _workarounds,
        "_make_settings",
        lambda *args, **keys: made.append(args) or make(*args, **keys),
    )
    app.connect("env-before-read-docs", _workarounds.cache_settings)
    app.connect("env-updated", _workarounds.end_settings_cache)
    app.build()
    assert len(app.env.all_docs) == 2
    assert len(made) == 1


def test_documents_that_drew_a_warning_are_known(built: SphinxTestApp) -> None:
    collector = _compat.WarningCollector()
    _compat.add_warning_filter(collector)
    logger = getLogger(__name__)
    logger.warning("odd", location=("prose", 1))
    logger.info("fine", location=("index", 1))
    assert collector.docnames(built.env) == {"prose"}
    for handler in logging.getLogger("sphinx").handlers:
        handler.removeFilter(collector)


def test_versions_name_every_extension(app: SphinxTestApp) -> None:
    extensions, formats = map(dict, _compat.versions(app))
    assert "myst_parser" in extensions
    assert {"sphinx", "sphinx.ext.intersphinx"} <= formats.keys()


def test_inventories_are_known(app: SphinxTestApp) -> None:
    assert _compat.inventories(app.env) == {}
    inventory = {"std:doc": {"far": ("Far", "1", "https://example.org/far.html", "-")}}
    app.env.intersphinx_inventory["std:doc"] = inventory["std:doc"]
    app.env.intersphinx_named_inventory["far"] = inventory
    assert dict(_compat.inventories(app.env)) == {"far": inventory}
    assert _compat.is_in_inventory(app.env, "far")
    assert not _compat.is_in_inventory(app.env, "near")


def test_templates_are_found_in_a_folder_that_is_added_late(
    app: SphinxTestApp, tmp_path: Path
) -> None:
    (tmp_path / "late").mkdir()
    (tmp_path / "late" / "late.html").write_text("late {{ word }}")
    _compat.add_template_folder(app, tmp_path / "late")
    assert app.builder.templates.render("late.html", {"word": "words"}) == "late words"


def test_assets_have_names(app: SphinxTestApp) -> None:
    app.add_css_file("mine.css")
    app.add_js_file("mine.js")
    seen: set[str] = set()

    def note(app: Any, page: str, template: str, context: dict[str, Any], tree: object) -> None:
        for kind in ("css_files", "script_files"):
            seen.update(map(_compat.asset_name, context[kind]))

    app.connect("html-page-context", note)
    app.build()
    assert {"_static/mine.css", "_static/mine.js"} <= seen


def test_sphinx_renders_no_titles_of_relations_that_are_forgotten(built: SphinxTestApp) -> None:
    assert built.builder.relations["prose"][0] == "index"
    assert built.builder.get_doc_context("prose", "", "")["parents"] == []
    assert built.builder.get_doc_context("index", "", "")["next"] is not None
    _workarounds.clear_relations(built.builder)
    assert built.builder.get_doc_context("index", "", "")["next"] is None


def test_the_search_index_holds_no_words_of_pages_that_are_gone(app: SphinxTestApp) -> None:
    app.build()
    index = IndexBuilder(app.env, "en", {}, "")
    index._mapping = {"kept": {"index", "gone"}, "lost": {"gone"}}
    index._title_mapping = {"lost": {"gone"}}
    index._titles = index._filenames = {"index": "Home", "gone": "Gone"}
    index._all_titles = {"index": [], "gone": []}
    _workarounds.prune_index(index, app.env.all_docs)
    assert index._mapping == {"kept": {"index"}}
    assert index._title_mapping == {}
    assert index._titles == {"index": "Home"}
    index.prune(["index"])
    assert index._mapping == {"kept": {"index"}}


def test_sphinx_neither_loads_nor_writes_indexes_that_are_kept(built: SphinxTestApp) -> None:
    indexes = [built.outdir / name for name in ("searchindex.js", "objects.inv")]
    for index in indexes:
        index.write_text("kept")
    _workarounds.skip_unchanged_index(built.builder, lambda: True)
    built.builder.prepare_writing(set())
    _workarounds.skip_indexes(built.builder)
    built.builder.finish()
    assert [index.read_text() for index in indexes] == ["kept", "kept"]
    assert "search index" not in built.warning.getvalue()


def test_stored_tables_of_contents_are_those_that_were_made(built: SphinxTestApp) -> None:
    before = {docname: str(toc) for docname, toc in built.env.tocs.items()}
    _toctree_workarounds.make_tocs_lazy(built, built.env)
    stored = built.env.tocs
    for _build in range(2):
        stored = pickle.loads(pickle.dumps(stored))
        assert "prose" in stored
        assert str(stored["prose"]) == before["prose"]
    assert {docname: str(toc) for docname, toc in stored.items()} == before
    assert str(stored.pop("prose")) == before["prose"]
    assert "prose" not in stored


def test_the_folders_of_a_theme_are_its_own_and_inherited(app: SphinxTestApp) -> None:
    (folder,) = _compat.theme_folders(app.builder)
    assert (folder / "page.html").is_file()


def test_builders_without_pages_have_no_theme(
    tmp_path: Path, app: SphinxTestApp, make_app: Callable[..., SphinxTestApp]
) -> None:
    assert _compat.theme_folders(make_app("latex", srcdir=tmp_path).builder) == []


def test_a_page_that_is_no_document_is_rendered(built: SphinxTestApp, tmp_path: Path) -> None:
    context = {"title": "Other", "body": "<p>other</p>"}
    page = _compat.render_page(built.builder, "other", context, tmp_path / "other.html")
    assert "<p>other</p>" in page
    assert "Other" in page


def test_a_book_lists_each_page_once_whatever_its_name(
    tmp_path: Path, app: SphinxTestApp, make_app: Callable[..., SphinxTestApp]
) -> None:
    (tmp_path / "prose.md").rename(tmp_path / "ä.md")
    (tmp_path / "index.md").write_text("# Home\n\n```{toctree}\nä\n```\n")
    (tmp_path / "conf.py").write_text(f'{CONF}version = "1"\n{BOOK}')
    book = make_app("epub", srcdir=tmp_path)
    book.build()
    listing = (book.outdir / "content.opf").read_text()
    assert listing.count('href="ä.xhtml"') + listing.count('href="%C3%A4.xhtml"') == 1


def test_sphinx_collects_links_for_any_builder_called_linkcheck(
    tmp_path: Path, app: SphinxTestApp, make_app: Callable[..., SphinxTestApp]
) -> None:
    (tmp_path / "conf.py").write_text(f"{CONF}{LINKCHECK}")
    (tmp_path / "prose.md").write_text("# Prose\n\n<https://example.org/>\n")
    other = make_app("linkcheck", srcdir=tmp_path)
    other.build()
    assert [*other.builder.hyperlinks] == ["https://example.org/"]


def test_a_build_can_fail_though_it_has_written_all(app: SphinxTestApp) -> None:
    app.connect("build-finished", lambda app, exception: _compat.set_failed_status(app.builder))
    app.build()
    assert app.statuscode == 1


def _without(made: Any, names: set[str]) -> dict[str, Any]:
    return {name: value for name, value in vars(made).items() if name not in names}
