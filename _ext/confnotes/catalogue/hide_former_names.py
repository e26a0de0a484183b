"""Former names of people: each is replaced by the present name in all published text.

It is replaced where files are read, so no page, address, record or copy can contain it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from html import unescape
from urllib.parse import unquote

from confnotes.catalogue.codes import CatalogueCode
from confnotes.grouping import group
from confnotes.invisible_characters import strip_invisible
from confnotes.model import Problem
from confnotes.names import name_key, normalize, split_name
from confnotes.notes.languages.patterns import is_unspaced
from confnotes.notes.syntax.lines import decode

_BLANK = r"[*_~`\\\u00ad\u200b-\u200f\u2060\ufeff]|[^\S\r\n]|&\#?\w{1,8};|<[^<>\r\n]{0,80}>"
_GAP = rf"(?:(?:{_BLANK}){{1,12}}+(?:\r?\n[ \t>]*+)?|\r?\n[ \t>]*+|[-.+@]|%20)"
"""Separators of the words of a name: blanks and markup, the end of a line, a hyphen."""
_CAPITAL = r"(?-i:[^\W\d_a-z])"
_MIDDLE = rf"(?:(?:{_BLANK}){{1,12}}+{_CAPITAL}[\w'’-]{{0,30}}+\.?){{0,2}}{_GAP}"
"""Up to two names or initials between the given name and the family name."""
_ENTRY = r"(?:^|(?<=[:;(])|(?<=[:;(*•-][ ]))"
"""Where an entry of a list of names begins."""
_INITIALS = rf"(?:[ ]{_CAPITAL}(?:\.|(?!\w))){{0,2}}"
_JOIN = r"(?:[-._+@]|%20)"
_MIDDLE_JOINED = rf"{_JOIN}(?:[^\W_]{{1,30}}+{_JOIN}){{1,2}}"
"""The same in an address or a handle, in any case: ``ana-maria-vale``."""
_TOKEN = re.compile(r"[^\s<>()\[\]{}\"'`|,;]+")
_JOINER = re.compile(r"[^\W_]+(?:([-._+]|%20|)[^\W_]+)+")
_LINE_END = re.compile(r"\r?\n[ \t>]*")
_ADDRESS = re.compile(r"://|@|/|\.\w|%[\dA-Fa-f]{2}")
_ESCAPE = re.compile(r"&#?\w{1,10};|(?<!\\)\\(?:u[\dA-Fa-f]{4}|x[\dA-Fa-f]{2})")
"""A letter as HTML, JSON and YAML allow to type it."""
_KEY = re.compile(r"^former:[^\r\n]*(?:\r?\n(?:[ \t]|- )[^\r\n]*)*", re.MULTILINE)
_EMPTY_FRONT_MATTER = re.compile(r"\A---\s*\n---[ \t]*$", re.MULTILINE)
"""What is left of front matter that says nothing else; MyST warns of it."""
_LINK_NOWHERE = re.compile(r"!?\[([^\[\]]*+)\]\(<?…[^()\n]*+\)|`([^`<>]*+)<…>`__?")
"""A link of Markdown or reStructuredText whose address is left out."""
_LATIN = (*range(0x41, 0x250), *range(0x1E00, 0x1F00), *range(0xFF21, 0xFF5B))


class FormerNames:
    """Former names, each with the present name of the person."""

    def __init__(self, names: Iterable[tuple[str, str]] = ()) -> None:
        self.names = tuple(names)
        forms = []
        for number, (former, now) in enumerate(self.names):
            kept = "|".join((_name(now), *_of_family(former)))
            forms += [f"(?P<keep{number}>{kept})", f"(?P<hide{number}>{_former(former)})"]
        flags = re.IGNORECASE | re.MULTILINE
        self._pattern = re.compile("|".join(forms), flags) if forms else None
        self._words = tuple(normalize(former.lstrip("@")).split() for former, _now in self.names)

    def is_in(self, text: str) -> bool:
        """Return True if ``text`` has a former name."""
        if self._pattern is None:
            return False
        text = unquote(_ESCAPE.sub(_unescaped, text))
        shown = strip_invisible(text)
        folded = normalize(shown)  # where words are found in a fraction of the time
        if not any(all(word in folded for word in words) for words in self._words):
            return False
        found = (match for form in (text, shown) for match in self._pattern.finditer(form))
        return any(_group(match)[0] == "hide" for match in found)

    def hide(self, text: str) -> str:
        """Return ``text`` with the present names; line numbers do not change.

        An address or a handle with a former name is removed, since the present one may not exist.
        """
        if self._pattern is None or not self.is_in(text):
            return text
        hidden = _ESCAPE.sub(_unescaped, text)
        for is_stripped in (False, True):  # what is invisible may part words, or stand within
            hidden = strip_invisible(hidden) if is_stripped else hidden
            tokens = _TOKEN.sub(self._without_address, hidden)
            hidden = self._pattern.sub(self._now, tokens)
        return hidden

    def hide_bytes(self, data: bytes, path: str) -> bytes:
        """Return the text of the file ``path`` as UTF-8 with names hidden, or ``data``."""
        if self._pattern is None:
            return data
        text = decode(data, path)[0]
        hidden = self.hide(text)
        return data if hidden == text else hidden.encode("utf-8", "surrogatepass")

    def hide_page(self, data: bytes, path: str) -> bytes:
        """Return a page in the same way; that of a person loses its ``former:`` key, too."""
        if self._pattern is None or not self.is_in(text := decode(data, path)[0]):
            return data
        if path.startswith("speakers/"):
            for pattern in (_KEY, _EMPTY_FRONT_MATTER):
                text = pattern.sub(lambda match: "\n" * match[0].count("\n"), text, count=1)
        text = _LINK_NOWHERE.sub(lambda link: link[1] or link[2] or "", self.hide(text))
        return text.encode("utf-8", "surrogatepass")

    def _without_address(self, token: re.Match[str]) -> str:
        is_address = _ADDRESS.search(token[0]) and self.is_in(token[0])
        return ("" if token[0].startswith("@") else "…") if is_address else token[0]

    def _now(self, match: re.Match[str]) -> str:
        """Return the present name in the style in which the former one is typed."""
        kind, number = _group(match)
        typed, now = match[0], self.names[number][1]
        if kind == "keep":
            return typed
        if end := _LINE_END.search(typed):
            return now + end[0]
        if joiner := _JOINER.fullmatch(typed):
            words = name_key(now).split() if typed.islower() else now.split()
            return joiner[1].join(words)
        return now.upper() if typed.isupper() else now


def _group(match: re.Match[str]) -> tuple[str, int]:
    name = match.lastgroup or ""
    return name[:4], int(name[4:])


def _unescaped(escape: re.Match[str]) -> str:
    text = escape[0]
    letter = unescape(text if text[0] == "&" else f"&#x{text[2:]};")
    return letter if letter.isalpha() else text


def _former(name: str) -> str:
    """Return a pattern of ``name`` as typed, as a handle, and with the family name first."""
    words = name.lstrip("@").split()
    joined = "".join(map(_word, words))
    if is_unspaced(name):
        return joined
    family, given = split_name(name)
    forms = [_name(name.lstrip("@")), *_in_address(joined)]
    if given:
        last, first = _spaced(family.split()), _spaced(given.split())
        forms += [
            rf"(?<![^\W_]){first}{_MIDDLE}{last}(?=s?(?![^\W_]))",
            rf"(?<![^\W_]){last},[ ]{first}(?![^\W_]|[ ]{_CAPITAL})",
            rf"{_ENTRY}{last},?[ ]{first}{_INITIALS}(?=[ \t]*+(?:$|[;()\[]))",
            rf"(?<![^\W_]){last}{_JOIN}{first}(?![^\W_])",
            rf"(?<![^\W_]){first}{_MIDDLE_JOINED}{last}(?![^\W_])",
            *_in_address("".join(map(_word, [*family.split(), *given.split()]))),
        ]
    return "|".join(forms)


def _of_family(name: str) -> Iterator[str]:
    """Yield the pattern of somebody else of the family: ``Jane Nunez, Bob and Li``."""
    family, given = split_name(name)
    if given:
        last, first = _spaced(family.split()), _spaced(given.split())
        other = rf"(?<![^\W_])(?!{first}[ ]){_CAPITAL}\w{{2,30}}+[ ]{last}"
        yield rf"{other}(?=,[ ]{first}(?![^\W_]))"


def _in_address(joined: str) -> Iterator[str]:
    """Yield patterns of a name without blanks, which handles and addresses have."""
    yield rf"(?<=[@/~\#]){joined}(?![^\W_])"
    yield rf"(?<![^\W_]){joined}(?=[@.]\w)"


def _name(name: str) -> str:
    return rf"(?<![^\W_]){_spaced(name.split())}(?![^\W_])"


def _spaced(words: Iterable[str]) -> str:
    return _GAP.join(map(_word, words))


def _word(word: str) -> str:
    return "".join(map(_letter, word))


@cache
def _letter(letter: str) -> str:
    """Return a pattern of ``letter`` with any accent, composed or not."""
    folded = normalize(letter)
    same = "".join(_same_letters().get(folded, ()))
    letters = rf"[{re.escape(letter)}{same}][\u0300-\u036f]*+"
    return f"(?:{letters}|{re.escape(folded)})" if len(folded) > 1 else letters


@cache
def _same_letters() -> Mapping[str, Sequence[str]]:
    found = group((normalize(letter), letter) for letter in map(chr, _LATIN))
    return {folded: letters for folded, letters in found.items() if folded.isalpha()}


def faults_of_paths(former: FormerNames, paths: Iterable[str]) -> Iterator[Problem]:
    """Yield an error for each path that would publish a former name."""
    for path in paths:
        if former.is_in(path):
            message = "a former name is in this path, which is published"
            hint = f"run `confnotes mv {path} NEW`, which lets no former name lead on"
            yield Problem.of(CatalogueCode.FORMER_NAME, path, message, hint)
