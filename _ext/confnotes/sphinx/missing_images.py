"""Missing images, and pictures of people outside the project: one message each, with a hint."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms import SphinxTransform
from sphinx.util import logging
from sphinx.util.matching import get_matching_files

from confnotes.files import leads_out
from confnotes.sphinx.parsers import PORTRAIT
from confnotes.sphinx.source_locations import locate_typed
from confnotes.suggest import did_you_mean, with_hint

logger = logging.getLogger(__name__)


class MissingImages(SphinxTransform):
    """Reports images that it does not find, and shows their alternative text instead.

    Prose may show what a link leads to elsewhere, as with Sphinx; ``picture:`` may not.
    """

    default_priority = 879  # just before Sphinx collects images

    def apply(self, **kwargs: Any) -> None:
        for image in list(self.document.findall(nodes.image)):
            uri = image["uri"]
            if "://" in uri or uri.startswith("data:") or uri.endswith(".*"):
                continue
            path, absolute = self.env.relfn2path(uri, self.env.docname)
            is_file, is_portrait = Path(absolute).is_file(), PORTRAIT in image["classes"]
            if is_file and not (is_portrait and leads_out(Path(absolute), self.env.srcdir)):
                continue
            self.env.note_dependency(path)
            hint = "copy the file" if is_file else did_you_mean(uri, self._images(Path(path)))
            fault = "the link leads out of the project" if is_file else "image file not found"
            logger.warning("%s", with_hint(f"{fault}: ‘{uri}’", hint),
                           location=locate_typed(image, uri), type="image",
                           subtype="not_readable")  # fmt: skip
            image.replace_self(nodes.inline("", image.get("alt", "")))

    def _images(self, missing: Path) -> Iterator[str]:
        here = posixpath.dirname(self.env.docname)
        for found in get_matching_files(
            self.env.srcdir, [f"**{missing.suffix}"], self.config.exclude_patterns
        ):
            yield posixpath.relpath(found, here or ".")


def setup(app: Sphinx) -> None:
    app.add_transform(MissingImages)
