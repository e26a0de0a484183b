"""Which lines of a note are neither on its page nor in ``dropped``, checked line by line."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from html import unescape
from itertools import chain, pairwise
from typing import TYPE_CHECKING
from urllib.parse import unquote

from confnotes.catalogue import load_catalogue
from confnotes.notes.languages.dates import find_date, match_date
from confnotes.notes.languages.phrase_tables import phrases
from confnotes.notes.syntax.comments import public_text
from confnotes.notes.syntax.fields import parse_field
from confnotes.notes.syntax.lines import split_lines
from confnotes.notes.syntax.wiki_links import strip_wiki_links
from confnotes.pages import build_page, page_model, split_notes
from confnotes.url_finder import find_urls

if TYPE_CHECKING:
    from pathlib import Path

    from confnotes.model import FieldValue
    from confnotes.pages.page_model import Inline, PageBlock

FOLDER = "years/2031/queue-days"
# What stands between names, and before a time or a name.
JOINERS = frozenset(
    "a for given lead presentation presented presenter presenters s speaker speakers talk the "
    "w".split()
).union(*(phrases(f"people.{key}") for key in ("at", "by", "joiners", "with")))
_LABEL = re.compile(
    r"^\W*(?:speakers?|presenters?|affiliation|topics?|tags?|date|kind|type|event|conference|day|"
    r"session|title|talk|co-presenters?|host|name)\b[\s*_]*[:=](?=.*\w|\s*\[$)",
    re.IGNORECASE,
)
# A list counts, a code block is coloured in its language.
_SHOWN_OTHERWISE = re.compile(
    r"^[>\s]*(?:\(?(?:\d{1,3}|#|[a-zA-Z])[.)]\s|o\s|:\w+:$"
    r"|(?:`{3,}|~{3,}|\.\. (?:code|code-block|sourcecode|highlight)::)\s*[\w+#.-]*)"
)
_MACROS = {
    ".adoc": re.compile(r"\b(?:link|xref|image):{1,2}(?=\S)"),
    ".org": re.compile(r"\bfile:(?=\S)"),
}
"""What says that something is a link, by the suffix of a note."""
_MARKS_IN_WORD = re.compile(r"(?<=\w)[*`]+|[*`]+(?=\w)")
"""``pass*words*`` is one word of its page."""
_DIRECTIVE_LINES = 4
"""Lines between a code directive and its first row of code."""
_TYPED = frozenset({"conf-aside", "conf-head"})
Words = tuple[str, ...]


def words(text: str) -> Words:
    """Return the words of ``text`` as a reader compares them."""
    return tuple(word.casefold() for word in re.findall(r"[^\W_]+", unquote(unescape(text))))


@dataclass
class Shown:
    """What a page shows: rows of the body by their line, and the facts of each section."""

    rows: dict[int, list[Words]] = field(default_factory=dict)
    facts: dict[int, list[Words]] = field(default_factory=dict)
    """By the line of the section; 0 is the page itself."""

    def add_row(self, line: int, text: str) -> None:
        for number, row in enumerate(text.split("\n"), line):
            self.rows.setdefault(number, []).append(words(row))

    def add_blocks(self, found: Iterable[PageBlock], section: int) -> None:
        for block in found:
            match block:
                case page_model.Section():
                    facts = self.facts.setdefault(block.line, [])
                    facts.append(words(text_of(block.title)))
                    self.add_blocks(block.blocks, block.line)
                case page_model.Para() if block.line and _TYPED.issuperset(block.classes):
                    # A code span that is typed over several lines has blanks for line ends.
                    for joined in range(1 + blanks_in_code(block.children)):
                        self.add_row(block.line + joined, text_of(block.children))
                    # A link may be typed over several lines.
                    rows = range(block.line, block.line + text_of(block.children).count("\n") + 4)
                    for url in urls_of(block.children):
                        for number in rows:
                            self.add_row(number, url)
                case page_model.Para():
                    self.facts.setdefault(section, []).extend(facts_of(block.children))
                case page_model.List() if "conf-header" in block.classes:
                    rows = [row for item in block.items for row in item.blocks]
                    more = [fold.blocks for fold in rows if isinstance(fold, page_model.Fold)]
                    rows = [row for row in rows if not isinstance(row, page_model.Fold)]
                    for row in chain(rows, *more):  # each says a fact once, however often typed
                        assert isinstance(row, page_model.Para)
                        self.facts.setdefault(section, []).extend(facts_of(row.children))
                case page_model.List():
                    for item in block.items:
                        self.add_blocks(item.blocks, section)
                case page_model.CodeBlock():
                    for number in range(_DIRECTIVE_LINES):
                        self.add_row(block.line + number, block.text)
                case page_model.BlockQuote() | page_model.Container():
                    self.add_blocks(block.blocks, section)
                case page_model.PageTable():
                    for number, row in enumerate(block.rows):
                        for cell in row:
                            self.add_row(block.line + number, text_of(cell))
                            self.add_row(block.line + number + 1, text_of(cell))
                case page_model.Rubric():
                    self.add_row(block.line, text_of(block.children))


def text_of(inlines: Sequence[Inline]) -> str:
    """Return inlines as text, the address of a link behind its label."""
    return "".join(_texts(inlines))


def _texts(inlines: Sequence[Inline]) -> Iterator[str]:
    for inline in inlines:
        match inline:
            case page_model.Text(text) | page_model.Literal(text):
                yield text
            case page_model.CrossReference():
                yield inline.text
            case page_model.Initials():
                pass
            case page_model.ExternalLink(url, children):
                label = text_of(children)
                yield label if words(label) == words(url) else f"{label} {url}"
            case _:
                yield text_of(inline.children)


def blanks_in_code(inlines: Sequence[Inline]) -> int:
    """Return how many blanks stand in code spans: each may be the end of a line."""
    count = 0
    for inline in inlines:
        if isinstance(inline, page_model.Literal):
            count += inline.text.count(" ")
        elif isinstance(
            inline,
            page_model.Emphasis | page_model.Strong | page_model.Span | page_model.ExternalLink,
        ):
            count += blanks_in_code(inline.children)
    return count


def urls_of(inlines: Sequence[Inline]) -> Iterator[str]:
    """Yield where the links in ``inlines`` lead."""
    for inline in inlines:
        if isinstance(inline, page_model.ExternalLink):
            yield inline.url
        if isinstance(
            inline,
            page_model.ExternalLink | page_model.Emphasis | page_model.Strong | page_model.Span,
        ):
            yield from urls_of(inline.children)


def facts_of(inlines: Sequence[Inline]) -> Iterator[Words]:
    for inline in inlines:
        if isinstance(inline, page_model.Span | page_model.Strong):
            yield from facts_of(inline.children)
        elif isinstance(inline, page_model.ExternalLink):
            yield words(text_of(inline.children))
            yield words(inline.url)
        else:
            yield words(text_of((inline,)))


def lost_lines(data: bytes, name: str, root: Path) -> list[str]:
    """Return the lines of a note of this ``name`` whose words are not shown, with their numbers."""
    folder = root / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_bytes(data)
    try:
        catalogue = load_catalogue(root)
        (entry,) = catalogue.notes.values()
        made = build_page(catalogue, entry.docname)
        parts = [
            (entry.talks[part.first].talk.line, build_page(catalogue, name))
            for name, part in split_notes.note_parts(catalogue).items()
        ]
    finally:
        path.unlink()
    trail = words(catalogue.events[entry.event].name)
    shown = Shown(facts={0: [words(made.title), trail]})
    shown.add_blocks(made.blocks, 0)
    for talk_line, part in parts:  # of a note whose talks have pages of their own
        shown.facts.setdefault(talk_line, []).append(words(part.title))
        shown.add_blocks(part.blocks, talk_line)
    add_values(shown, entry.note.fields)
    dropped: dict[int, list[Words]] = {}
    for drop in entry.note.dropped:
        dropped.setdefault(drop.line, []).append(words(drop.text))
    sections = [*sorted(shown.facts), 0]
    days = {entry.note.date, *(talk.date for talk in entry.note.talks)}
    lost = []
    lines = split_lines(public_text(data, name))
    for line, below in pairwise(lines):  # a time alone is joined to the line below it
        both = (*words(line.text), *words(below.text))
        shown.rows.setdefault(below.number, []).extend(
            row for row in shown.rows.get(line.number, []) if row == both
        )
    for line in lines:
        owner = sum(place <= line.number for place in sections[1:-1])
        # The heading of a group is shown with each talk below it.
        near = {0, sections[owner], sections[owner + 1]}
        facts = [fact for place in near for fact in shown.facts[place]]
        rows = [*shown.rows.get(line.number, []), *dropped.get(line.number, [])]
        text = _SHOWN_OTHERWISE.sub("", line.text)
        if macros := _MACROS.get(path.suffix):
            text = macros.sub("", text)
        text = _MARKS_IN_WORD.sub("", text)
        said = parse_field(line)
        plain = said.value.text if said else _LABEL.sub("", text)
        if find_date(plain) in days - {None}:
            found = match_date(plain)
            plain = f"{plain[: found.start]} {plain[found.end :]}" if found else plain
        forms = (
            line.text,
            text,
            _without_urls(text, rows, facts),
            _without_urls(plain, rows, facts),
        )
        if not any(_is_shown(words(form), rows, facts) for form in forms):
            lost.append(f"{line.number}: {line.text}")
    return lost


def add_values(shown: Shown, fields: Sequence[tuple[str, FieldValue]]) -> None:
    """Add the values that the page shows to all lines over which they may be typed."""
    starts = sorted({value.line for _, value in fields})
    for name, value in fields:
        text = words(strip_wiki_links(value.text))
        places = [*shown.facts[0], *shown.rows.get(value.line, [])]
        is_fact = any(text in facts for facts in shown.facts.values())  # as the speaker of a talk
        if text and (is_fact or any(_run(text, 0, place) == len(text) for place in places)):
            shown.rows.setdefault(value.line - 1, []).append(words(name))  # a key above its list
            after = next((line for line in starts if line > value.line), value.line + 30)
            for number in range(value.line, after):
                shown.rows.setdefault(number, []).append((*words(name), *text))


def _without_urls(text: str, rows: Sequence[Words], facts: Sequence[Words]) -> str:
    """Return ``text`` without the addresses that are shown as they are."""
    for start, end, url in reversed(find_urls(text)):
        if any(_run(words(url), 0, row) == len(words(url)) for row in [*rows, *facts]):
            text = f"{text[:start]} {text[end:]}"
    return text


def _is_shown(typed: Words, rows: Sequence[Words], facts: Sequence[Words]) -> bool:
    """Return True if ``typed`` is made of runs of its own rows and of facts, in order."""
    at = 0
    while at < len(typed):
        runs = [_run(typed, at, row) for row in rows]
        parts = [(_run(typed, at, fact), len(fact)) for fact in facts]
        runs += [run for run, whole in parts if run > 1 or run == whole]
        longest = max(runs, default=0) or (typed[at] in JOINERS)
        if not longest:
            return False
        at += longest
    return True


def _run(typed: Words, at: int, row: Words) -> int:
    """Return how many words from ``at`` stand together in ``row``."""
    best = 0
    for start, word in enumerate(row):
        if word == typed[at]:
            length = 1
            while (
                at + length < len(typed)
                and start + length < len(row)
                and typed[at + length] == row[start + length]
            ):
                length += 1
            best = max(best, length)
    return best
