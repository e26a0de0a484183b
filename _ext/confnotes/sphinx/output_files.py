"""The files of an output, and how to remove one that nothing makes any more."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from sphinx.builders.html import INVENTORY_FILENAME, StandaloneHTMLBuilder

from confnotes.output_folder import OutputFolder
from confnotes.sphinx.assets import iter_files

if TYPE_CHECKING:
    from sphinx.builders import Builder

_OF_A_SETTING = ("translations.js", "*-stemmer.js", "pygments_dark.css", "opensearch.xml")
"""What Sphinx makes in ``_static``, or does not, as language and theme are."""


def expected_files(builder: Builder) -> Iterator[str]:
    """Yield the pages of the output and what is copied to them, as paths below it.

    A path may come twice. Left out is what a build always makes, and what other
    extensions put there, which is theirs.
    """
    for docname in builder.env.found_docs:
        yield from _page(builder, docname)
    if isinstance(builder, StandaloneHTMLBuilder):
        if builder.search:
            yield from _page(builder, "search")
        if builder.get_builder_config("use_index", "html"):
            yield from _page(builder, "genindex")
        yield from _copies(builder)


def _page(builder: Builder, docname: str) -> Iterator[str]:
    if find := getattr(builder, "get_output_path", None):  # the HTML family
        yield str(find(docname)).removeprefix(f"{builder.outdir}{os.sep}")
    elif suffix := getattr(builder, "out_suffix", ""):
        yield f"{docname}{suffix}"


def _copies(builder: StandaloneHTMLBuilder) -> Iterator[str]:
    config, env = builder.config, builder.env
    themed = builder.theme.get_theme_dirs() if builder.theme else ()  # JSON has no theme
    themes = (folder / "static" for folder in themed)
    icons = [icon for icon in (config.html_logo, config.html_favicon) if icon]
    ours = _own(builder, [*config.html_static_path, *icons])
    extra = _own(builder, config.html_extra_path)
    for folder, names in (
        (f"{builder.imagedir}/", (name for _documents, name in env.images.values())),
        ("_downloads/", (str(name) for _documents, name in env.dlfiles.values())),
        ("_static/", (_rendered(name) for name, _path in iter_files([*themes, *ours]))),
        ("", (_rendered(name) for name, _path in iter_files(extra))),
    ):
        for name in names:
            yield folder + name


def _own(builder: Builder, paths: list[str]) -> list[Path]:
    return [Path(builder.confdir, path) for path in paths]


def _rendered(name: str) -> str:
    """Return what Sphinx calls the copy of a file, which may be a template."""
    return name.removesuffix("_t").removesuffix(".jinja")


def search_index_is_missing(builder: Builder) -> bool:
    """Return True if Sphinx's search index is missing; only re-writing every page makes it."""
    if not isinstance(builder, StandaloneHTMLBuilder) or not builder.search:
        return False
    return not Path(builder.outdir, builder.searchindex_filename).is_file()


def keep_inventory(builder: StandaloneHTMLBuilder) -> None:
    """Leave an inventory alone that is there: Sphinx writes the same one again."""
    if Path(builder.outdir, INVENTORY_FILENAME).is_file():
        builder.dump_inventory = lambda: None  # type: ignore[method-assign]


def remove_config_dependent_assets(builder: Builder) -> None:
    """Delete what Sphinx makes again if the settings still want it."""
    for name in _OF_A_SETTING:
        for path in Path(builder.outdir, "_static").glob(name):
            path.unlink()


def remove_doctree(folder: Path, docname: str) -> None:
    """Delete the doctree of ``docname``."""
    OutputFolder(folder).delete(f"{docname}.doctree")


def remove_backup(builder: Builder) -> None:
    """Delete what Sphinx keeps of its settings in the build before."""
    Path(builder.outdir, ".buildinfo.bak").unlink(missing_ok=True)
