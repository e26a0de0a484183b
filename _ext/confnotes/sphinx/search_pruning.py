"""Sphinx's own search index, kept exact over incremental builds."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sphinx.builders.html import StandaloneHTMLBuilder


def prune_search_index(builder: StandaloneHTMLBuilder, *, as_before: bool) -> None:
    """Prune the search index; do nothing if nothing changed since the previous build.

    Sphinx keeps words that no page holds any more, with no page to lead to. To take pages
    that are gone out of the index, it goes through all others once for each word, as it
    has them in a dictionary: with a set, only through those that hold the word.
    """
    index = builder.indexer
    if index is None:
        return
    if as_before and (builder.outdir / builder.searchindex_filename).is_file():
        builder.indexer = None
        return
    index.prune(set(builder.env.all_docs))
    index.prune = lambda docnames: None  # type: ignore[method-assign]  # which Sphinx is about to do
    for words in (index._mapping, index._title_mapping):
        for word in [word for word, docnames in words.items() if not docnames]:
            del words[word]
