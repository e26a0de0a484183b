"""Whatever a note says, the page says too, and does nothing else."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from bs4 import BeautifulSoup

if TYPE_CHECKING:
    from conftest import Site


FOLDER = "years/2031/hostile-days"
ROOT = Path(__file__).parents[1] / "roots" / "test-hostile"
NOTES = sorted((ROOT / FOLDER).glob("*.txt"))
FRAME = "---"
"""Frames front matter; what is inside is shown."""
# What the reader removes before anything else sees the text.
INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\x00-\x08\x0b-\x1f\x7f-\x9f]")


def fold(text: str) -> str:
    return " ".join(INVISIBLE.sub("", text).split())


def body(html: str) -> str:
    article = BeautifulSoup(html, "html.parser").find("article")
    assert article is not None
    for link in article.select("a.headerlink"):
        link.decompose()
    return fold(article.get_text())


@pytest.fixture
def hostile(make_site: Callable[..., Site]) -> Site:
    return make_site("hostile")


def test_builds_without_a_warning(hostile: Site) -> None:
    assert hostile.build().warnings == []


@pytest.mark.parametrize("path", NOTES, ids=lambda path: path.stem)
def test_every_line_is_on_the_page(hostile: Site, path: Path) -> None:
    hostile.build()
    shown = body(hostile.text(f"{FOLDER}/{path.stem}.html"))
    for line in path.read_text(encoding="utf-8").splitlines()[1:]:
        if line.startswith(FRAME):
            continue
        for part in line.lstrip("`").split(" – "):
            assert fold(part).removeprefix("• ") in shown


def test_no_text_becomes_markup(hostile: Site) -> None:
    hostile.build()
    for name in hostile.bytes():
        if name.startswith(FOLDER) and name.endswith(".html"):
            article = BeautifulSoup(hostile.text(name), "html.parser").find("article")
            assert article is not None
            assert article.select("script, img, b, [href^=javascript], .footnote, .math") == []
    assert "root:" not in "".join(hostile.text(n) for n in hostile.bytes() if n.endswith(".html"))


@pytest.mark.parametrize("bad", [b"caf\xe9 \xff\xfe", b"\x00\x01\x02", b"", b"\xff" * 9000])
def test_bytes_that_are_no_text_harm_no_other_note(hostile: Site, bad: bytes) -> None:
    head = "Hostile Days 2031 – Wednesday – Session 2\n\nBytes – Mal Ory\n\n• ".encode()
    (hostile.source / FOLDER / "bytes.txt").write_bytes(head + bad)
    (hostile.source / FOLDER / "raw.txt").write_bytes(bad)
    build = hostile.build()
    assert "Directives" in hostile.text(f"{FOLDER}/directives.html")
    assert all("bytes.txt" in line or "raw.txt" in line for line in build.warnings)
