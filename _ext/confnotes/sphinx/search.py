"""Sphinx's own search index, kept exact over incremental builds."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sphinx.builders.html import StandaloneHTMLBuilder


def tidy(builder: StandaloneHTMLBuilder, *, as_before: bool) -> None:
    """Have an index written that holds what the pages hold, if it is not there ``as_before``.

    Sphinx keeps words that no page holds any more, with no page to lead to.
    """
    index = builder.indexer
    if index is None:
        return
    if as_before and (builder.outdir / builder.searchindex_filename).is_file():
        builder.indexer = None
        return
    for words in (index._mapping, index._title_mapping):
        for word in [word for word, docnames in words.items() if not docnames]:
            del words[word]
