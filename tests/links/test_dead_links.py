"""Dead links on pages: they lead to the copy nearest the talk, and say so; nothing is asked."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

import pytest
from bs4 import BeautifulSoup, Tag
from confnotes.linkcheck.ledger import LedgerEntry, LinkState, save_ledger

if TYPE_CHECKING:
    from conftest import Build, Site

GONE = "http://gone.example.org/x"
COPY = f"https://web.archive.org/web/20300116/{GONE}"
NOTE = "years/2030/pipe-days/wednesday"


@pytest.fixture
def site(make_site: Callable[..., Site]) -> Site:
    site = make_site("links").without_search()
    site.write(
        f"{NOTE}.txt",
        "Pipe Days 2030 – Wednesday – Session 1\n\nPipes that hold – Ana Ruiz\n"
        f"Slides: {GONE}\n\n• see {GONE}, and http://fine.pipes.dev/\n",
    )
    site.write(
        "years/2030/pipe-days/monday.txt",
        "Pipe Days 2030 – Monday – Session 1\n\nPipes that leak – Bo Li\n\n• nothing to see\n",
    )
    return site


def keep(site: Site, **values: object) -> None:
    day = date(2031, 2, 3)
    record = LedgerEntry(address=GONE, checked=day, failed=(day, day, day), **values)  # type: ignore[arg-type]
    save_ledger({GONE: record}, site.source / "links.jsonl")


def dead_links(html: str) -> list[Tag]:
    return BeautifulSoup(html, "html.parser").select("a.dead-link")


def documents(built: Build) -> set[str]:
    """Return the pages of documents that were written."""
    everywhere = {"search.html", "genindex.html"}
    return {name for name in built.written if name.endswith(".html")} - everywhere


def test_html(site: Site) -> None:
    keep(site, state=LinkState.DEAD)
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
    assert "http://fine.pipes.dev/" in site.text(f"{NOTE}.html")


def test_text_latex_and_epub(site: Site) -> None:
    keep(site, state=LinkState.DEAD)
    for builder in ("text", "latex", "epub"):
        assert site.build(builder, version="1").warnings == []
    text = " ".join(site.text(f"{NOTE}.txt", "text").split())
    assert f"{GONE} (dead link, archived copy nearest 2030-01-16; {COPY})" in text
    assert f"\\sphinxhref{{{COPY}}}" in site.text("links.tex", "latex")
    assert [link["href"] for link in dead_links(site.text(f"{NOTE}.xhtml", "epub"))] == [COPY] * 2


def test_a_confirmed_copy_is_shown_with_its_own_date(site: Site) -> None:
    copy = COPY.replace("20300116", "20300301")
    keep(site, state=LinkState.DEAD, archived=copy)
    site.build()
    slides, _ = dead_links(site.text(f"{NOTE}.html"))
    assert slides["href"] == copy
    assert "archived copy of 2030-03-01" in site.text(f"{NOTE}.html")


def test_a_copy_that_nobody_has_seen_is_not_said_to_be_of_a_day(site: Site) -> None:
    keep(site, state=LinkState.DEAD, archived=COPY)
    site.build()
    assert "archived copy nearest 2030-01-16" in site.text(f"{NOTE}.html")


def test_whatever_is_not_dead_leads_where_it_always_did(site: Site) -> None:
    keep(site, state=LinkState.BLOCKED, archived=COPY)
    site.build()
    assert dead_links(site.text(f"{NOTE}.html")) == []


def test_a_page_that_somebody_wrote_has_the_day_of_the_talk(site: Site) -> None:
    keep(site, state=LinkState.DEAD)
    site.write("speakers/ana-ruiz.md", f"# Ana Ruiz\n\n[Slides]({GONE}) of hers.\n")
    site.build()
    assert dead_links(site.text("speakers/ana-ruiz.html"))[0]["href"] == COPY


def test_without_a_talk_it_is_the_day_of_the_event_or_of_the_speakers_first_talk(
    site: Site,
) -> None:
    event = "years/2030/pipe-days/index"
    pages = {event: "20300114", "speakers/ana-ruiz": "20300116"}
    days, ana = (f"http://{name}.example.org/" for name in ("days", "ana"))
    records = [LedgerEntry(address=address, state=LinkState.DEAD) for address in (days, ana)]
    save_ledger({record.address: record for record in records}, site.source / "links.jsonl")
    site.edit(f"{event}.md", "series:", f"url: {days}\nseries:")
    site.write("speakers/ana-ruiz.md", f"---\nlinks:\n  site: {ana}\n---\n# Ana Ruiz\n")
    site.build()
    for (page, day), address in zip(pages.items(), (days, ana), strict=True):
        (link,) = dead_links(site.text(f"{page}.html"))
        assert link["href"] == f"https://web.archive.org/web/{day}/{address}"


def test_a_talk_on_an_unknown_day_has_the_end_of_its_year(site: Site) -> None:
    keep(site, state=LinkState.DEAD)
    site.write(
        "years/2031/hose-days/monday.txt",
        f"Hose Days 2031 – Monday – Session 1\n\nHoses – Bo Li\n\n• see {GONE}\n",
    )
    site.build()
    (link,) = dead_links(site.text("years/2031/hose-days/monday.html"))
    assert link["href"] == COPY.replace("20300116", "20311231")


def test_another_day_of_the_event_leads_to_another_copy(site: Site) -> None:
    keep(site, state=LinkState.DEAD)
    site.build()
    for old, new in (("2030-01-14", "2030-01-21"), ("2030-01-16", "2030-01-23")):
        site.edit("years/2030/pipe-days/index.md", old, new)
    site.build()
    slides, _ = dead_links(site.text(f"{NOTE}.html"))
    assert slides["href"] == COPY.replace("20300116", "20300123")


def test_a_changed_record_rewrites_the_pages_that_show_it_and_no_other(site: Site) -> None:
    showing = {f"{NOTE}.html", "coverage.html"}
    keep(site, state=LinkState.ALIVE, alive=date(2031, 2, 3))
    site.build()
    keep(site, state=LinkState.ALIVE, alive=date(2031, 3, 4))
    assert documents(site.build()) == set(), "no page shows when an address was last alive"
    keep(site, state=LinkState.DEAD)
    assert documents(site.build()) == showing
    assert len(dead_links(site.text(f"{NOTE}.html"))) == 2
    keep(site, state=LinkState.DEAD, code="410")
    assert documents(site.build()) == set(), "nor why it is dead"
    keep(site, state=LinkState.DEAD, archived=COPY.replace("20300116", "20300301"))
    assert documents(site.build()) == showing
    keep(site, state=LinkState.ALIVE)
    assert documents(site.build()) == showing
    assert dead_links(site.text(f"{NOTE}.html")) == []


def test_unknown_addresses_are_counted_and_no_more(site: Site) -> None:
    keep(site, state=LinkState.DEAD)
    built = site.build()
    assert "1 of 2 external links have never been checked; run `make linkcheck`" in built.said
    assert built.warnings == []


WITHOUT_SOCKETS = """
import os, sys

def refuse(event, args):
    if event in {"socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "socket.sendto"}:
        os.write(2, f"a build must not ask for {args}\\n".encode())
        os._exit(9)

sys.addaudithook(refuse)
from sphinx.cmd.build import main

sys.exit(main(sys.argv[1:]))
"""


def test_no_connection_is_opened(site: Site) -> None:
    keep(site, state=LinkState.DEAD)

    def build(name: str) -> int:
        options = ["-W", "-j", "2", "-b", name, str(site.source), str(site.output / name)]
        return subprocess.run(
            [sys.executable, "-c", WITHOUT_SOCKETS, *options], check=False
        ).returncode

    assert build("html") == 0
    assert len(dead_links(site.text(f"{NOTE}.html"))) == 2
    assert build("linkcheck") == 9, "which does open one"


def test_a_build_imports_no_http_client() -> None:
    modules = "confnotes.sphinx, confnotes.cli.commands.links"
    program = f"import sys, {modules}; sys.exit('aiohttp' in sys.modules)"
    subprocess.run([sys.executable, "-c", program], check=True)


def test_a_moment_of_a_recording_that_is_gone_leads_to_its_copy(site: Site) -> None:
    site.edit(f"{NOTE}.txt", "Slides:", "Video:")
    site.edit(f"{NOTE}.txt", "• see", "• 12:34 hold\n• see")
    keep(site, state=LinkState.DEAD)
    assert site.build().warnings == []
    moment = next(link for link in dead_links(site.text(f"{NOTE}.html")) if link.text == "12:34")
    assert moment["href"] == COPY
    (site.source / "links.jsonl").unlink()
    assert site.build().warnings == []
    assert f'href="{GONE}#t=754">12:34</a> hold' in site.text(f"{NOTE}.html")
