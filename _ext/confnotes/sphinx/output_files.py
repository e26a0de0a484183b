"""The files of an output: those that a build makes, and whether they are damaged."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, cast

from sphinx.builders.html import StandaloneHTMLBuilder

from confnotes.file_stamps import Stamp
from confnotes.output_folder import OutputFolder
from confnotes.sphinx._compat import theme_folders
from confnotes.sphinx.themes import asset_files

if TYPE_CHECKING:
    from sphinx.builders import Builder

INVENTORY = "objects.inv"
_OF_A_SETTING = ("translations.js", "*-stemmer.js", "pygments_dark.css", "opensearch.xml")
"""Files of ``_static`` that depend on the language and the theme."""
_BOOKS = {
    "epub": ["epub_basename"],
    "latex": ["latex_documents"],
    "texinfo": ["texinfo_documents"],
}
"""Settings that name the files of whole projects, by builder."""


def expected_files(builder: Builder) -> Iterator[str]:
    """Yield the pages of the output and the files copied to it, as paths below it.

    A path may be yielded twice. Files that a build always makes, and those of other extensions,
    are left out.
    """
    config = builder.config
    for docname in builder.env.found_docs:
        yield from page_files(builder, docname)
        if isinstance(builder, StandaloneHTMLBuilder) and config.html_copy_source:
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
        yield page_path(builder, docname)
    elif suffix := getattr(builder, "out_suffix", ""):
        yield f"{docname}{suffix}"


def page_path(builder: Builder, docname: str) -> str:
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


def files_below(root: Path, folder: str) -> Iterator[str]:
    """Yield the files in a folder of the output, as paths below ``root``."""
    for parent, _folders, names in os.walk(root / folder):
        within = Path(parent).relative_to(root).as_posix()
        for name in names:
            yield f"{within}/{name}"


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


def remove_doctree(folder: Path, docname: str) -> None:
    OutputFolder(folder).delete(f"{docname}.doctree")


def remove_backup(builder: Builder) -> None:
    """Delete Sphinx's copy of the build info of the previous build."""
    Path(builder.outdir, ".buildinfo.bak").unlink(missing_ok=True)


class OutputFiles:
    """The files of an output, and ``then``, their stamps after the last build."""

    def __init__(self, root: Path, then: Mapping[str, Stamp]) -> None:
        self._root, self._then = root, then

    def are_damaged(self, names: Iterable[str]) -> bool:
        """Return True if a file of ``names`` that has a stamp does not fit it."""
        stamps = ((name, self._then.get(name)) for name in names)
        return any(stamp and not stamp.fits(f"{self._root}/{name}") for name, stamp in stamps)

    def are_whole(self, folder: str) -> bool:
        """Return True if ``folder`` has exactly the files of the last build."""
        then = {name for name in self._then if name.startswith(f"{folder}/")}
        now = set(files_below(self._root, folder))
        return then == now and not self.are_damaged(now)

    def stamps(self, names: Iterable[str]) -> dict[str, Stamp]:
        """Return the present stamps of ``names``, without those that are no files."""
        found = {
            name: Stamp.of(f"{self._root}/{name}", self._then.get(name)) for name in sorted(names)
        }
        return {name: stamp for name, stamp in found.items() if stamp}
