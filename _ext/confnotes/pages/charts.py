"""Pictures of what is where in time, drawn as SVG from numbers alone.

They are in ``currentcolor``, so that they go with any colour scheme; what they show is
said in words, too.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from html import escape

from confnotes.catalogue import Catalogue, TalkEntry
from confnotes.pages import references
from confnotes.pages.i18n import _, counted
from confnotes.pages.model import Inline, PageTable, Span, Svg, Text

_MAX_YEARS = 40
"""Years that a picture shows, the latest."""
_WIDE, _HIGH, _LOW = 72, 40, 14
"""Pixels: width of all bars at least, height of the highest, room for figures below."""
_BAR, _GAP = 14, 4
"""Pixels: width of a bar at least, and between bars."""
_YEAR, _MIDDLE, _MARGIN = 96, 18, 12
"""Pixels: width of a year in a timeline, where its line is, room on either side."""
_COLUMNS, _SHADES = 12, 4


def sparkline(catalogue: Catalogue, talks: Iterable[TalkEntry]) -> Svg | None:
    """Return bars, one for each year of the catalogue; None if it has one year only."""
    years = _span(catalogue.years)
    told = Counter(catalogue.events[talk.event].year for talk in talks)
    if len(years) < 2 or not told:
        return None
    most = max(told.values())
    step = max(_BAR + _GAP, _WIDE // len(years))
    bars = []
    for place, year in enumerate(years):
        height = round(_HIGH * told[year] / most, 1) or 1
        x, y = place * step, round(_HIGH - height, 1)
        faint = "" if told[year] else ' opacity=".35"'
        bars.append(
            f'<rect x="{x}" y="{y}" width="{step - _GAP}" height="{height}" rx="1"{faint}>'
            f"<title>{escape(_by_year(year, told[year]))}</title></rect>"
        )
    width = len(years) * step - _GAP
    below = _HIGH + _LOW - 2
    bars.append(f'<text x="0" y="{below}">{years[0]}</text>')
    bars.append(f'<text x="{width}" y="{below}" text-anchor="end">{years[-1]}</text>')
    return _svg(width, _HIGH + _LOW, "".join(bars), _as_text(told))


def timeline(catalogue: Catalogue, talks: Sequence[TalkEntry]) -> Svg | None:
    """Return a line of years with a dot for each month in which there were talks.

    ``talks`` of which no date is known stand in the middle of their year. None if
    there is nothing to compare.
    """
    when = Counter((catalogue.events[talk.event].year, _month(talk)) for talk in talks)
    if len(talks) < 2:
        return None
    years = _span({year for year, _month in when})
    drawn = [f'<path d="M0 {_MIDDLE}H{len(years) * _YEAR + 2 * _MARGIN}" opacity=".4"/>']
    for place, year in enumerate(years):
        x = _MARGIN + place * _YEAR
        drawn.append(f'<path d="M{x} {_MIDDLE - 5}v10" opacity=".4"/>')
        drawn.append(f'<text x="{x + 4}" y="{_MIDDLE + 20}">{year}</text>')
    for (year, month), number in sorted(when.items(), key=lambda pair: (pair[0][0], pair[0][1])):
        if year not in years:
            continue
        along = round(_MARGIN + (year - years[0] + (month - 0.5) / 12) * _YEAR, 1)
        radius = min(4 + 1.5 * (number - 1), 10)
        drawn.append(
            f'<circle cx="{along}" cy="{_MIDDLE}" r="{radius}">'
            f"<title>{escape(_by_year(year, number))}</title></circle>"
        )
    told = Counter(catalogue.events[talk.event].year for talk in talks)
    width = len(years) * _YEAR + 2 * _MARGIN
    return _svg(width, _MIDDLE + 24, "".join(drawn), _as_text(told))


def topics_over_years(catalogue: Catalogue, slugs: Sequence[str]) -> PageTable | None:
    """Return a table of topics and years, its cells shaded by the number of talks."""
    years = _span(catalogue.years)[-_COLUMNS:]
    if len(years) < 2 or not slugs:
        return None
    told = {
        slug: Counter(catalogue.events[talk.event].year for talk in catalogue.talks_by_topic[slug])
        for slug in slugs
    }
    most = max(max(numbers.values()) for numbers in told.values())
    heading: tuple[tuple[Inline, ...], ...] = ((Text(_("Topic")),),)
    heading += tuple((Text(str(year)),) for year in years)
    rows = [heading]
    for slug, numbers in told.items():
        cells = tuple(_shaded(numbers[year], most) for year in years)
        rows.append(((references.topic(catalogue, slug),), *cells))
    return PageTable(tuple(rows))


def _shaded(number: int, most: int) -> tuple[Inline, ...]:
    if not number:
        return ()
    shade = -(-number * _SHADES // most)
    return (Span(("conf-shade", f"conf-shade-{shade}"), (Text(str(number)),)),)


def _svg(width: float, height: float, drawn: str, words: str) -> Svg:
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-label="{escape(words)}" '
        f'viewBox="0 0 {width} {height}" width="{width}" height="{height}">{drawn}</svg>'
    )
    return Svg(svg, words)


def _span(years: Iterable[int]) -> range:
    """Return all years from the first to the last, the latest of them if they are very many."""
    known = [*years]
    last = max(known, default=-1)
    return range(max(min(known, default=0), last - _MAX_YEARS + 1), last + 1)


def _month(talk: TalkEntry) -> float:
    return talk.date.month if talk.date else 6.5


def _as_text(told: Mapping[int, int]) -> str:
    by_year = (_by_year(year, number) for year, number in sorted(told.items()))
    return _("Talks by year: {years}").format(years=", ".join(by_year))


def _by_year(year: int, number: int) -> str:
    return f"{year}: {counted(number, '{} talk', '{} talks')}"
