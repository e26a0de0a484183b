"""Names that look alike, looked for among some of all people."""

from __future__ import annotations

from confnotes.lint.similarity import find_similar_names
from hypothesis import given, settings
from hypothesis import strategies as st

PAIRS = [
    ("Ana Ruiz", "Anaruiz"),
    ("Ana Ruiz", "Ruiz Ana"),
    ("Ana Ruiz", "Anna Ruiz"),
    ("Ana Larsson", "Ana Larson"),
    ("Zoë O’Brien", "Z. OBrien"),
    ("Ben Kowalczyk", "Benjamin Kowalczyk"),
]
"""In each, the two names have no other sign in common but one."""


@given(pairs=st.lists(st.sampled_from(PAIRS), min_size=1, max_size=4), data=st.data())
@settings(max_examples=200, deadline=None)
def test_among_some_the_same_pairs_are_found(
    pairs: list[tuple[str, str]], data: st.DataObject
) -> None:
    people = [name for pair in pairs for name in pair]
    among = data.draw(st.sets(st.sampled_from(people), min_size=1, max_size=2))
    assert find_similar_names(people, among) == [
        pair for pair in find_similar_names(people) if not among.isdisjoint(pair[:2])
    ]
