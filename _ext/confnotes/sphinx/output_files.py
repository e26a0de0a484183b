"""The files that a build makes in its output."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import cast

from sphinx.builders import Builder
from sphinx.builders.html import StandaloneHTMLBuilder

from confnotes.sphinx._compat import theme_folders
from confnotes.sphinx.themes import asset_files

INVENTORY = "objects.inv"
_OF_A_SETTING = ("translations.js", "*-stemmer.js", "pygments_dark.css", "opensearch.xml")
"""Files of ``_static`` that depend on the language and the theme."""
_BOOKS = {
    "epub": ["epub_basename"],
    "latex": ["latex_documents"],
    "texinfo": ["texinfo_documents"],
}
"""Settings that name the files of whole projects, by builder."""


def expected_files(builder: Builder, has_prose: Callable[[str], bool]) -> Iterator[str]:
    """Yield the pages of the output and the files copied to it, as paths below it.

    Sphinx copies the sources of the documents that ``has_prose`` accepts. A path may be yielded
    twice. Files that a build always makes, and those of other extensions, are left out.
    """
    config = builder.config
    for docname in builder.env.found_docs:
        yield from page_files(builder, docname)
        is_html = isinstance(builder, StandaloneHTMLBuilder)
        if is_html and config.html_copy_source and has_prose(docname):
            yield source_copy_path(builder, docname)
    for option in _BOOKS.get(builder.name, ()):
        yield from _books(builder, getattr(config, option))
    if isinstance(builder, StandaloneHTMLBuilder):
        for page in config.html_additional_pages:
            yield from page_files(builder, page)
        if builder.search:
            yield from page_files(builder, "search")
        if builder.get_builder_config("use_index", "html"):
            yield from page_files(builder, "genindex")
        yield from _copies(builder)


def page_files(builder: Builder, docname: str) -> Iterator[str]:
    if hasattr(builder, "get_output_path"):  # the HTML family
        yield output_path(builder, docname)
    elif suffix := getattr(builder, "out_suffix", ""):
        yield f"{docname}{suffix}"


def output_path(builder: Builder, docname: str) -> str:
    """Return the path of an HTML page below the output."""
    path = str(cast("StandaloneHTMLBuilder", builder).get_output_path(docname))
    return path.removeprefix(f"{builder.outdir}{os.sep}")


def _books(builder: Builder, option: str | list[tuple[str, ...]]) -> Iterator[str]:
    """Yield the files of whole books: one of the given name, or those of a list."""
    if isinstance(option, str):
        yield f"{option}.{builder.name}"
    else:
        yield from (entry[1] for entry in option)


def source_copy_path(builder: Builder, docname: str) -> str:
    """Return the path of Sphinx's copy of the source of a page."""
    path = str(builder.env.doc2path(docname, base=False))
    end = builder.config.html_sourcelink_suffix
    return f"_sources/{path}" if path == f"{docname}{end}" else f"_sources/{path}{end}"


def search_index_files(builder: Builder) -> Iterator[str]:
    """Yield the files of Sphinx's search index."""
    if isinstance(builder, StandaloneHTMLBuilder) and builder.search:
        yield builder.searchindex_filename


def _copies(builder: StandaloneHTMLBuilder) -> Iterator[str]:
    config, env = builder.config, builder.env
    themes = (folder / "static" for folder in theme_folders(builder))
    icons = [icon for icon in (config.html_logo, config.html_favicon) if icon]
    ours = _own(builder, [*config.html_static_path, *icons])
    extra = _own(builder, config.html_extra_path)
    for folder, names in (
        (f"{builder.imagedir}/", (name for _documents, name in env.images.values())),
        ("_downloads/", (str(name) for _documents, name in env.dlfiles.values())),
        ("_static/", (_rendered(name) for name, _path in asset_files([*themes, *ours]))),
        ("", (_rendered(name) for name, _path in asset_files(extra))),
    ):
        for name in names:
            yield folder + name


def _own(builder: Builder, paths: list[str]) -> list[Path]:
    return [Path(builder.confdir, path) for path in paths]


def _rendered(name: str) -> str:
    """Return the name of Sphinx's copy of a file, which may be a template."""
    return name.removesuffix("_t").removesuffix(".jinja")


def remove_config_dependent_assets(builder: Builder) -> None:
    """Delete files that Sphinx makes again if the settings still need them."""
    for name in _OF_A_SETTING:
        for path in Path(builder.outdir, "_static").glob(name):
            path.unlink()
