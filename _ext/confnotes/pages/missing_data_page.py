"""The page “What is missing”: each line names the file in which to add it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from confnotes.catalogue import Catalogue, TalkEntry
from confnotes.catalogue.tracking import cached_query
from confnotes.linkcheck.ledger import NAME, LedgerError, LinkState, load_ledger
from confnotes.lint import speaker_rules
from confnotes.pages import cross_references
from confnotes.pages.i18n import _, counted
from confnotes.pages.inline_markup import safe_link
from confnotes.pages.page_model import Inline, Literal, Page, PageBlock, SourceLink, Text
from confnotes.pages.shorthands import bullets, item, para, section, span
from confnotes.urls import redact

DOCNAME = "coverage"
MAX_ITEMS = 20
"""Lines of each list."""


def missing_data_page(catalogue: Catalogue, docname: str) -> Page:
    blocks = tuple(_sections(catalogue))
    return Page(
        docname,
        _("What is missing"),
        blocks or (para("conf-empty", _("Nothing is missing.")),),
        description=_("Talks without topic, speaker, date or materials, and other loose ends."),
    )


def _sections(catalogue: Catalogue) -> Iterator[PageBlock]:
    lacks: tuple[tuple[str, str, Callable[[TalkEntry], object]], ...] = (
        ("no-topic", _("Talks without a topic"), lambda talk: talk.topics),
        ("no-speaker", _("Talks without a speaker"), lambda talk: talk.people),
        ("no-date", _("Talks without a date"), lambda talk: talk.date),
        ("no-materials", _("Talks without slides or recording"), lambda talk: talk.talk.materials),
    )
    for node_id, heading, has in lacks:
        lines = [_talk(catalogue, talk) for talk in catalogue.talks if not has(talk)]
        yield from _list(node_id, heading, lines)
    yield from _list("wanted-topics", _("Wanted topics"), [*_unknown_topics(catalogue)])
    yield from _list("same-person", _("People who may be one"), _possible_duplicates(catalogue))
    yield from _list("dead-links", _("Dead links"), [*_dead(catalogue)], "confnotes links list")


def _list(
    node_id: str,
    heading: str,
    lines: Sequence[tuple[Inline, ...]],
    command: str = "confnotes check",
) -> Iterator[PageBlock]:
    """Yield a section of the first ``lines``; ``command`` prints all."""
    if not lines:
        return
    blocks: list[PageBlock] = [bullets("conf-notes", (item(*line) for line in lines[:MAX_ITEMS]))]
    if (more := len(lines) - MAX_ITEMS) > 0:
        shown = counted(more, "and {} more", "and {} more")
        blocks.append(para("", f"{shown}: ", Literal(command)))
    yield section(node_id, f"{heading} ({len(lines)})", *blocks)


def _talk(catalogue: Catalogue, talk: TalkEntry) -> tuple[Inline, ...]:
    return cross_references.talk(talk), Text(" "), _file(_path(catalogue, talk), talk.talk.line)


def _path(catalogue: Catalogue, talk: TalkEntry) -> str:
    return catalogue.notes[talk.docname].note.path


def _file(path: str, line: int) -> Inline:
    return span("conf-file", SourceLink(path, (Text(f"{path}:{line}"),)))


def _unknown_topics(catalogue: Catalogue) -> Iterator[tuple[Inline, ...]]:
    """Yield the topics in fields that are not in the vocabulary."""
    for talk in catalogue.talks:
        for value in talk.talk.topics:
            if catalogue.topic(value.text) is None:
                file = _file(_path(catalogue, talk), value.line)
                yield Text(f"{value.text} – "), cross_references.talk(talk), Text(" "), file


@cached_query
def _possible_duplicates(catalogue: Catalogue) -> list[tuple[Inline, ...]]:
    return [
        (Text(f"{found.message} "), _file(found.path, found.line))
        for found in speaker_rules.similar_names(catalogue)
    ]


def _dead(catalogue: Catalogue) -> Iterator[tuple[Inline, ...]]:
    """Yield the dead URLs, each with the talks that link to it."""
    having: dict[str, dict[str, TalkEntry]] = {one: {} for one in _dead_addresses(catalogue)}
    if not having:
        return
    for talk in catalogue.talks:
        for used in (*talk.talk.materials, *talk.talk.links):
            if (address := redact(used.url)) in having:
                having[address][talk.object_name] = talk
    for address, talks in having.items():
        for talk in talks.values():
            yield safe_link(address), Text(" – "), *_talk(catalogue, talk)
        if not talks:
            yield safe_link(address), Text(" "), span("conf-file", NAME)


@cached_query
def _dead_addresses(catalogue: Catalogue) -> list[str]:
    """Return the dead URLs of the ledger, sorted."""
    try:
        ledger = load_ledger(catalogue.root / NAME)
    except LedgerError:  # which every build reports
        return []
    return sorted(address for address, record in ledger.items() if record.state is LinkState.DEAD)
