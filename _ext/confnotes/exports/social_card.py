"""The picture of link previews: the name of the site, and its talks by year.

It is a PNG, as previews take no SVG. All pages share it: a preview has the title and the
description of the page beside it.
"""

from __future__ import annotations

from importlib.util import find_spec
from io import BytesIO
from typing import TYPE_CHECKING

from confnotes.catalogue import Catalogue
from confnotes.exports.site import Site
from confnotes.pages import css_charts, home_page

if TYPE_CHECKING:
    from PIL.ImageFont import FreeTypeFont, ImageFont

PATH = "card.png"
SIZE = (1200, 630)
"""Pixels."""
_MARGIN, _GAP, _WIDEST, _LEAST, _HIGHEST = 80, 8, 80, 4, 240
"""Pixels: margins, gaps, greatest width, least and greatest height of bars."""
_BACK, _TEXT, _QUIET, _BAR = "#ffffff", "#131416", "#5a5c63", "#0a4bff"


def is_available() -> bool:
    return find_spec("PIL") is not None


def render_card(catalogue: Catalogue, site: Site) -> bytes:
    """Return the picture; it is reproducible with the same version of Pillow."""
    from PIL import Image, ImageDraw, ImageFont

    image = Image.new("RGB", SIZE, _BACK)
    draw = ImageDraw.Draw(image)
    for top, text, size, colour in (
        (_MARGIN, site.name, 84, _TEXT),
        (_MARGIN + 120, home_page.counts_summary(catalogue), 38, _QUIET),
    ):
        if _is_latin(text):  # Pillow's font has no other letters
            draw.text((_MARGIN, top), text, colour, _font_for(text, size))
    bars = _bars(catalogue)
    for year, place in bars.items():
        draw.rectangle(place, _BAR)
        if year in {min(bars), max(bars)}:
            label = (place[0], place[3] + _GAP)
            draw.text(label, str(year), _QUIET, ImageFont.load_default(24))
    data = BytesIO()
    image.save(data, "PNG", optimize=True)
    return data.getvalue()


def _bars(catalogue: Catalogue) -> dict[int, tuple[int, int, int, int]]:
    """Return left, top, right and bottom of a bar for each year that has talks."""
    counts = css_charts.count_by_year(catalogue, catalogue.talks)
    years = css_charts.shown_years(counts)
    room = (SIZE[0] - 2 * _MARGIN + _GAP) // max(len(years), 1)
    step, most, bottom = min(room, _WIDEST), max(counts.values(), default=1), SIZE[1] - _MARGIN
    bars = {}
    for at, year in enumerate(years):
        if counts[year]:
            left = _MARGIN + at * step
            top = bottom - max(_LEAST, _HIGHEST * counts[year] // most)
            bars[year] = (left, top, left + step - _GAP, bottom)
    return bars


def _font_for(text: str, size: int) -> FreeTypeFont | ImageFont:
    """Return the font, ``size`` pixels high, or smaller so that ``text`` fits."""
    from PIL import ImageFont

    font = ImageFont.load_default(size)
    width = font.getlength(text)
    room = SIZE[0] - 2 * _MARGIN
    return font if width <= room else ImageFont.load_default(max(1, int(size * room / width)))


def _is_latin(text: str) -> bool:
    return all(char < "\u0180" or char in "–—‘’“”…" for char in text)
