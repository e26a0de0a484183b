from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from confnotes.catalogue import load_catalogue
from confnotes.exports import Site, social_card

Image = pytest.importorskip("PIL.Image", reason="no Pillow to draw cards with")


def drawn(root: Path, name: str) -> bytes:
    return social_card.render_card(load_catalogue(root), Site(name, "https://notes.example/", str))


@pytest.mark.parametrize(
    "name", ["Notes", "Notes of very, very many conferences " * 4, "会議の記録"]
)
def test_a_card_is_a_picture_of_the_size_that_previews_show(tmp_path: Path, name: str) -> None:
    (tmp_path / "years/2031/queue-days").mkdir(parents=True)
    note = tmp_path / "years/2031/queue-days/day-1.txt"
    note.write_text(
        "Queue Days 2031 – Day 1\n\nQueues – Ana Ruiz\n\n• They fill\n", encoding="utf-8"
    )
    made = drawn(tmp_path, name)
    picture = Image.open(BytesIO(made))
    assert (picture.format, picture.size) == ("PNG", social_card.SIZE)
    assert len(picture.getcolors(1 << 20)) > 1
    margin = picture.crop((social_card.SIZE[0] - 40, 0, *social_card.SIZE))
    assert len(margin.getcolors()) == 1
    assert drawn(tmp_path, name) == made


@pytest.mark.parametrize("name", ["Notes", "N" * 99_999])
def test_a_site_without_talks_has_one_too(tmp_path: Path, name: str) -> None:
    assert drawn(tmp_path, name)
