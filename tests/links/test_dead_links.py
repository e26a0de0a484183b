"""Dead links on pages: they lead to the copy nearest the talk, and say so; nothing is asked."""

from __future__ import annotations

import socket
from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

import pytest
from bs4 import BeautifulSoup, Tag
from confnotes.links.ledger import Record, State, save

if TYPE_CHECKING:
    from conftest import Build, Site

GONE = "http://gone.example.org/x"
COPY = f"https://web.archive.org/web/20300116/{GONE}"
NOTE = "years/2030/pipe-days/wednesday"


@pytest.fixture
def site(make_site: Callable[..., Site]) -> Site:
    site = make_site("links")
    site.write(
        f"{NOTE}.txt",
        "Pipe Days 2030 – Wednesday – Session 1\n\nPipes that hold – Ana Ruiz\n"
        f"Slides: {GONE}\n\n• see {GONE}, and http://fine.example.org/\n",
    )
    site.write(
        "years/2030/pipe-days/monday.txt",
        "Pipe Days 2030 – Monday – Session 1\n\nPipes that leak – Bo Li\n\n• nothing to see\n",
    )
    return site


def keep(site: Site, **values: object) -> None:
    day = date(2031, 2, 3)
    record = Record(address=GONE, checked=day, failed=(day, day, day), **values)  # type: ignore[arg-type]
    save({GONE: record}, site.source / "links.jsonl")


def dead_links(html: str) -> list[Tag]:
    return BeautifulSoup(html, "html.parser").select("a.dead-link")


def documents(built: Build) -> set[str]:
    """Return the pages of documents that were written."""
    everywhere = {"search.html", "genindex.html"}
    return {name for name in built.written if name.endswith(".html")} - everywhere


def test_html(site: Site) -> None:
    keep(site, state=State.DEAD)
    built = site.build()
    assert built.warnings == []
    slides, bullet = dead_links(site.text(f"{NOTE}.html"))
    assert slides["href"] == bullet["href"] == COPY
    note = bullet.find_next_sibling()
    assert note is not None
    assert bullet.get_text() + note.get_text() == (
        f"{GONE} (dead link, archived copy nearest 2030-01-16)"
    )
    marked = slides.find_next_sibling()
    assert marked is not None
    assert marked.get_text().endswith(f"; was {GONE})")
    assert "http://fine.example.org/" in site.text(f"{NOTE}.html")


def test_text_latex_and_epub(site: Site) -> None:
    keep(site, state=State.DEAD)
    for builder in ("text", "latex", "epub"):
        assert site.build(builder, version="1").warnings == []
    text = " ".join(site.text(f"{NOTE}.txt", "text").split())
    assert f"{GONE} (dead link, archived copy nearest 2030-01-16; {COPY})" in text
    assert f"\\sphinxhref{{{COPY}}}" in site.text("links.tex", "latex")
    assert [link["href"] for link in dead_links(site.text(f"{NOTE}.xhtml", "epub"))] == [COPY] * 2


def test_a_confirmed_copy_is_shown_with_its_own_date(site: Site) -> None:
    copy = COPY.replace("20300116", "20300301")
    keep(site, state=State.DEAD, archived=copy)
    site.build()
    slides, _ = dead_links(site.text(f"{NOTE}.html"))
    assert slides["href"] == copy
    assert "archived copy of 2030-03-01" in site.text(f"{NOTE}.html")


def test_whatever_is_not_dead_leads_where_it_always_did(site: Site) -> None:
    keep(site, state=State.BLOCKED, archived=COPY)
    site.build()
    assert dead_links(site.text(f"{NOTE}.html")) == []


def test_a_page_that_somebody_wrote_has_the_day_of_the_talk(site: Site) -> None:
    keep(site, state=State.DEAD)
    site.write("speakers/ana-ruiz.md", f"# Ana Ruiz\n\n[Slides]({GONE}) of hers.\n")
    site.build()
    assert dead_links(site.text("speakers/ana-ruiz.html"))[0]["href"] == COPY


def test_a_changed_record_rewrites_the_pages_that_show_it_and_no_other(site: Site) -> None:
    keep(site, state=State.ALIVE)
    site.build()
    keep(site, state=State.DEAD)
    assert documents(site.build()) == {f"{NOTE}.html"}
    assert len(dead_links(site.text(f"{NOTE}.html"))) == 2
    keep(site, state=State.DEAD, code="410")
    assert documents(site.build()) == set()
    keep(site, state=State.ALIVE)
    site.build()
    assert dead_links(site.text(f"{NOTE}.html")) == []


def test_no_socket_is_opened_and_unknown_addresses_are_only_counted(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*args: object) -> None:
        pytest.fail("a build must not open a connection")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    keep(site, state=State.DEAD)
    built = site.build()
    assert built.warnings == []
    assert built.statuscode == 0
