"""Charts: lists and tables of links, drawn by style sheets.

A chart needs no alternative text, since its values are text, and each bar, cell and tile is a
link.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping

from confnotes.catalogue import Catalogue, TalkEntry
from confnotes.pages import cross_references
from confnotes.pages.i18n import _, format_number
from confnotes.pages.page_model import (
    Container,
    CrossReference,
    Inline,
    List,
    ListItem,
    PageTable,
    Span,
    Text,
)
from confnotes.pages.shorthands import bullets, inlines, item, most_common, para, span

_MIN_YEARS, _MAX_YEARS, _MAX_COLUMNS = 3, 40, 10
"""Years with talks that are drawn as bars; years that bars and a table show, the latest."""
_HEIGHTS, _SIZES, _SHADES = 10, 4, 4
"""Steps of the height of a bar, the size of a tile, the shade of a cell."""


def count_by_year(catalogue: Catalogue, talks: Iterable[TalkEntry]) -> Counter[int]:
    return Counter(catalogue.events[talk.event].year for talk in talks)


def year_bars(counts: Mapping[int, int], link: Callable[[int], CrossReference]) -> Container | None:
    """Return a bar for each year, each with its ``link``; None for very few years."""
    if len(counts) < _MIN_YEARS:
        return None
    years = shown_years(counts)
    most = max(counts[year] for year in years if year in counts)
    bars = (_bar(year, counts.get(year, 0), most, link) for year in years)
    caption = para("conf-caption", _("Talks by year"))
    return Container(("conf-picture",), (caption, bullets("conf-bars", bars)))


def _bar(year: int, size: int, most: int, link: Callable[[int], CrossReference]) -> ListItem:
    if not size:
        return item(str(year))
    bar = Span(
        ("conf-bar", f"conf-bar-{_step(size, most, _HEIGHTS)}"), (Text(format_number(size)),)
    )
    return item(bar, " ", link(year))


def largest_topics(catalogue: Catalogue, limit: int) -> dict[str, int]:
    counts = {slug: len(talks) for slug, talks in catalogue.talks_under_topic.items()}
    return dict(most_common(counts, limit))


def topic_tiles(catalogue: Catalogue, limit: int) -> List | None:
    """Return a chart of the largest topics, each a tile sized by its number of talks."""
    counts = largest_topics(catalogue, limit)
    if not counts:
        return None
    titles = sorted((catalogue.topics[slug].title.casefold(), slug) for slug in counts)
    most = max(counts.values())
    items = (item(_tile(catalogue, slug, counts[slug], most)) for _title, slug in titles)
    return bullets("conf-tiles", items)


def _tile(catalogue: Catalogue, slug: str, size: int, most: int) -> Span:
    classes = ("conf-tile", f"conf-tile-{_step(size, most, _SIZES)}")
    topic = cross_references.topic(catalogue, slug)
    return Span(classes, inlines((topic, " ", span("conf-count", format_number(size)))))


def topics_over_years(catalogue: Catalogue, slugs: Iterable[str]) -> PageTable | None:
    """Return a table of topics and years, its cells shaded by the number of talks."""
    years = shown_years(catalogue.years)[: -_MAX_COLUMNS - 1 : -1]
    counts = {slug: count_by_year(catalogue, catalogue.talks_under_topic[slug]) for slug in slugs}
    if len(years) < 2 or not counts:
        return None
    most = max(max(numbers.values()) for numbers in counts.values())
    rows = [tuple(inlines([word]) for word in (_("Topic"), *map(str, years)))]
    for slug, numbers in counts.items():
        cells = (_cell(slug, year, numbers[year], most) for year in years)
        rows.append(((cross_references.topic(catalogue, slug),), *cells))
    return PageTable(tuple(rows))


def _cell(slug: str, year: int, size: int, most: int) -> tuple[Inline, ...]:
    if not size:
        return ()
    link = cross_references.in_year("topic", slug, year, format_number(size))
    return (Span((f"conf-shade-{_step(size, most, _SHADES)}",), (link,)),)


def _step(size: int, most: int, steps: int) -> int:
    """Return the step of a number, from 1 for the least to ``steps`` for the most."""
    return -(-size * steps // most)


def shown_years(years: Iterable[int]) -> range:
    """Return the years from the first to the last, at most the latest ``_MAX_YEARS``."""
    known = [*years]
    last = max(known, default=-1)
    return range(max(min(known, default=0), last - _MAX_YEARS + 1), last + 1)
