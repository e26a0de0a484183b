"""Missing images: one message each, with a suggestion."""

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

from confnotes.sphinx.source_locations import locate_typed
from confnotes.suggest import did_you_mean, with_hint

logger = logging.getLogger(__name__)


class MissingImages(SphinxTransform):
    """Reports images that are not there, and shows their alternative text instead."""

    default_priority = 879  # just before Sphinx collects images

    def apply(self, **kwargs: Any) -> None:
        for image in list(self.document.findall(nodes.image)):
            uri = image["uri"]
            if "://" in uri or uri.startswith("data:") or uri.endswith(".*"):
                continue
            path, absolute = self.env.relfn2path(uri, self.env.docname)
            if Path(absolute).is_file():
                continue
            self.env.note_dependency(path)
            hint = did_you_mean(uri, self._images(Path(path)))
            logger.warning("%s", with_hint(f"image file not found: ‘{uri}’", hint),
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
