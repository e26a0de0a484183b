"""Addresses are unique and do not depend on the order of things."""

from __future__ import annotations

from confnotes.body import Paragraph
from confnotes.catalogue.people import index_speaker_names, merge_people
from confnotes.catalogue.phrase_matcher import PhraseMatcher
from confnotes.catalogue.summaries import SpeakerSummary
from confnotes.catalogue.talks import node_ids
from confnotes.model import Speaker, Talk
from confnotes.names import identity_key
from hypothesis import given
from hypothesis import strategies as st

names = st.text(min_size=1, max_size=12) | st.sampled_from(["Ana Ruiz", "ana ruíz", "ANA RUIZ."])
talks = st.builds(
    Talk,
    line=st.integers(1, 9),
    heading=st.just("heading"),
    title=st.sampled_from(["", "Queues", "queues!", "Pipes"]),
    speakers=st.lists(st.builds(Speaker, st.just(1), names), max_size=2).map(tuple),
    body=st.builds(Paragraph, st.integers(1, 9), st.sampled_from(["a", "b"])).map(lambda p: (p,)),
)


@given(st.lists(names))
def test_everybody_has_one_address(spoken: list[str]) -> None:
    speakers = [SpeakerSummary(name, 1, "") for name in spoken]
    people, by_name = merge_people({}, index_speaker_names({}), speakers)
    assert {identity_key(name) for name in spoken} == set(by_name)
    assert len({slug.casefold() for slug in people}) == len(people) == len(by_name)
    assert merge_people({}, index_speaker_names({}), reversed(speakers)) == (people, by_name)


@given(st.lists(talks, max_size=6).flatmap(lambda t: st.tuples(st.just(t), st.permutations(t))))
def test_anchors_survive_any_order(orders: tuple[list[Talk], list[Talk]]) -> None:
    def bodies(some: list[Talk]) -> dict[str, tuple[str, str]]:
        ids = node_ids(some)
        assert len(set(ids)) == len(some)
        return {one: (talk.title, repr(talk.speakers)) for one, talk in zip(ids, some, strict=True)}

    first, second = orders
    assert bodies(first) == bodies(second)


@given(st.lists(st.text(min_size=1, max_size=8), max_size=5), st.text())
def test_phrases_are_where_they_are_said_to_be(phrases: list[str], text: str) -> None:
    for start, end, phrase in PhraseMatcher((p, p) for p in phrases).find(text):
        shown = text[start:end]
        assert "".join(filter(str.isalnum, shown.casefold())) == "".join(
            filter(str.isalnum, phrase.casefold())
        )
