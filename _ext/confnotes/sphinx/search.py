"""Sphinx's own search index, kept exact over incremental builds."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sphinx.search import IndexBuilder


def drop_unused_words(index: IndexBuilder) -> None:
    """Forget words that no page holds any more; Sphinx keeps them, with no page to lead to."""
    for words in (index._mapping, index._title_mapping):
        for word in [word for word, docnames in words.items() if not docnames]:
            del words[word]
