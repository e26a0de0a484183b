"""Similar names and titles. Candidate pairs come from blocks that share a key."""

from __future__ import annotations

import re
from collections.abc import Container, Hashable, Iterable, Iterator, Sequence
from itertools import combinations
from typing import NamedTuple, TypeAlias, TypeVar

from confnotes.grouping import group
from confnotes.names import name_key, normalize, sort_key
from confnotes.notes.misspelt_events import is_slip

_T = TypeVar("_T")
_NICKNAME = 3
"""Letters of the shortest first name that may stand for a longer one: ``Ben`` for ``Benjamin``."""
_OTHER_PERSON = frozenset("a e i o y s ie la le na ne ina ine ette".split())
"""Endings that make another first name of one: Daniel, Daniela."""
_CROWD = 2
"""First names in a family that make an initial or a short first name ambiguous."""
_MAX_PARTS = 40
"""Letters of a word, or words of a title, in which a slip is looked for; its time is the square."""

Pair: TypeAlias = tuple[str, str, str]
"""Two names that may be one, and the evidence."""


class _Name(NamedTuple):
    text: str
    key: str
    family: str
    given: tuple[str, ...]


def find_similar_names(people: Iterable[str], among: Container[str] | None = None) -> list[Pair]:
    """Return the pairs of ``people`` that may be one person, each once, by the alphabet.

    Names of one :func:`confnotes.names.name_key` are one person, and no pair. With ``among``, at
    least one name of a pair is among these.
    """
    split = [_split(name) for name in _alike(sorted(set(people)), among)]
    found: dict[tuple[str, str], str] = {}
    for why, pairs in (
        ("the same letters", _pairs_by_key((name.key.replace(" ", ""), name) for name in split)),
        (
            "the same words",
            _pairs_by_key((" ".join(sorted(name.key.split())), name) for name in split),
        ),
        ("the same family name, first names alike", _similar_given(split)),
        ("the same first name, family names alike", _similar_family(split)),
    ):
        for one, other in pairs:
            if one.key != other.key:
                found.setdefault((one.text, other.text), why)
    return [
        (one, other, why)
        for (one, other), why in sorted(found.items())
        if among is None or one in among or other in among
    ]


def similar_titles(subjects: Iterable[str]) -> Iterator[Pair]:
    """Yield the pairs of ``subjects`` that differ by a slip, a blank or a plural, sorted."""
    words = {subject: normalize(subject).split() for subject in sorted(set(subjects))}
    found = dict.fromkeys(_pairs_by_key((_bare(one), one) for one in words), "the same letters")
    other_words = (
        ((at, *typed[:at], *typed[at + 1 :]), one)
        for one, typed in words.items()
        for at in range(len(typed) if len(typed) <= _MAX_PARTS else 0)
    )
    for one, other in _pairs_by_key(other_words):
        if _is_slip_of_a_word(words[one], words[other]):
            found.setdefault((one, other), "almost the same letters")
    for pair, why in sorted(found.items()):
        yield *pair, why


def unambiguous_match(typed: str, known: Iterable[str]) -> str:
    """Return the only one of ``known`` that ``typed`` may mean, else an empty text."""
    bare = _bare(typed)
    by_letters = {one: _bare(one) for one in known}
    near = [one for one, letters in by_letters.items() if letters == bare]
    near = near or [one for one, letters in by_letters.items() if _is_sure_slip(bare, letters)]
    return near[0] if len(near) == 1 else ""


def _split(name: str) -> _Name:
    family, given = sort_key(name)
    return _Name(text=name, key=name_key(name), family=family, given=tuple(given.split()))


def _alike(names: list[str], among: Container[str] | None) -> list[str]:
    """Return the names that share a word, or all letters, with one of ``among``.

    No others can be in a pair with one of these, or in its family.
    """
    if among is None:
        return names
    keys = [name_key(name) for name in names if name in among]
    words = {word for key in keys for word in key.split()}
    letters = {key.replace(" ", "") for key in keys}
    return [
        name
        for name in names
        if not words.isdisjoint((key := name_key(name)).split()) or key.replace(" ", "") in letters
    ]


def _pairs_by_key(signed: Iterable[tuple[Hashable, _T]]) -> Iterator[tuple[_T, _T]]:
    """Yield the pairs of values that have the same key."""
    for block in group(signed).values():
        yield from combinations(block, 2)


def _similar_given(split: Iterable[_Name]) -> Iterator[tuple[_Name, _Name]]:
    for family in group((name.family, name) for name in split if name.given).values():
        if len(family) == 1:
            continue
        for start, fitting in group(_by_start(family)).items():
            yield from _short_and_long(start, fitting)
        by_slip = ((key, name) for name in family for key in _all_but_one(name.given[0]))
        for one, other in _pairs_by_key(by_slip):
            if _is_slip_of_given(*sorted((one, other), key=lambda name: len(name.given[0]))):
                yield one, other


def _by_start(family: Iterable[_Name]) -> Iterator[tuple[str, _Name]]:
    """Yield each first name under each of its beginnings."""
    for name in family:
        first = name.given[0][:_MAX_PARTS]
        yield from ((first[:length], name) for length in range(1, len(first) + 1))


def _short_and_long(start: str, fitting: Sequence[_Name]) -> Iterator[tuple[_Name, _Name]]:
    """Yield the pairs of ``fitting``, which begin with ``start``, that have it as a first name.

    ``C. Lameter`` and ``Ben Kero`` may be Christopher and Benjamin, if nobody else may.
    """
    short = [name for name in fitting if name.given[0] == start]
    others = {name.given[0] for name in fitting} - {start}
    if short and len(others) >= _CROWD:
        fitting = short
    if short:
        for one, other in combinations(fitting, 2):
            if _may_be_short(start, one, other):
                yield one, other


def _may_be_short(start: str, one: _Name, other: _Name) -> bool:
    """Return True if two names may be one, of whose first names one or both are ``start``."""
    ends = {name.given[0].removeprefix(start) for name in (one, other)}
    if ends == {""}:
        return len(start) > 1 and _is_subset(one.given[1:], other.given[1:])
    return "" in ends and (
        len(start) == 1 or (len(start) >= _NICKNAME and ends.isdisjoint(_OTHER_PERSON))
    )


def _is_subset(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Return True if middle names agree: none, initials, or the same."""
    few, many = sorted((one, other), key=len)
    return all(any(b.startswith(a) or a.startswith(b) for b in many) for a in few)


def _is_slip_of_given(short: _Name, long: _Name) -> bool:
    one, other = short.given[0], long.given[0]
    if other.removeprefix(one) in _OTHER_PERSON or one[0] != other[0]:
        return False
    if {one[-1], other[-1]} & set("ao") and one[:-1] == other[:-1]:
        return False
    least = 4 if len(one) == len(other) else 3
    return short.given[1:] == long.given[1:] and is_slip(one, other, least=least)


def _similar_family(split: Iterable[_Name]) -> Iterator[tuple[_Name, _Name]]:
    by_slip = (
        ((name.given, key), name)
        for name in split
        if name.given
        for key in _all_but_one(name.family)
    )
    for one, other in _pairs_by_key(by_slip):
        if one.family[0] == other.family[0] and is_slip(one.family, other.family, least=5):
            yield one, other


def _all_but_one(word: str) -> set[str]:
    """Return ``word`` and it without each of its letters; words that differ by a slip share one."""
    places = range(len(word) if len(word) <= _MAX_PARTS else 0)
    return {word, *(word[:at] + word[at + 1 :] for at in places)}


def _is_sure_slip(one: str, other: str) -> bool:
    """Return True if letters are missing, doubled or swapped; another letter makes another word.

    Long words may have another letter, and none begins with one: ``Steam``, ``Teams``.
    """
    swapped = len(one) != len(other) or sorted(one) == sorted(other)
    return one[:1] == other[:1] and is_slip(one, other, least=4 if swapped else 6)


def _is_slip_of_a_word(one: list[str], other: list[str]) -> bool:
    """Return True if one word is mistyped and all others are equal; ``US`` and ``UK`` are two."""
    pairs = [pair for pair in zip(one, other, strict=False) if pair[0] != pair[1]]
    if len(one) != len(other) or len(pairs) != 1:
        return False
    swapped = sorted(pairs[0][0]) == sorted(pairs[0][1])
    return is_slip(*pairs[0], least=4 if swapped else 6)


def _bare(title: str) -> str:
    """Return a title's letters and digits, words without their plural."""
    words = re.findall(r"[^\W_]+", normalize(title))
    return "".join(re.sub(r"(?<=[a-z]{3})(?<!s)s$", "", word) for word in words)
