"""Atom feeds, as RFC 4287 wants them; the map of the site."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from xml.etree.ElementTree import Element

import pytest
from confnotes.catalogue import Catalogue, load_catalogue
from confnotes.exports import Site, atom, sitemap
from defusedxml.ElementTree import fromstring

ROOT = Path(__file__).parents[1] / "roots/test-conference"
SITE = Site("Pipes & <notes>", "https://notes.example/site/", "{}.html".format)
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load_catalogue(ROOT)


def texts(feed: Element, path: str) -> list[str | None]:
    return [found.text for found in feed.findall("/".join(f"{ATOM}{n}" for n in path.split("/")))]


def made(catalogue: Catalogue) -> dict[str, Element]:
    return {path: fromstring(text) for path, text in atom.feed_files(catalogue, SITE)}


def test_everything_and_each_subject_with_talks_has_one(catalogue: Catalogue) -> None:
    assert set(made(catalogue)) == {
        "feed.xml",
        "speakers/ana-ruiz.xml",
        "speakers/bo-li.xml",
        "speakers/cleo-nkemelu.xml",
        "topics/queues.xml",
        "topics/valves.xml",
        "topics/water.xml",
        "years/2031/pipeline-days/feed.xml",
        "years/2032/pipeline-days/feed.xml",
    }
    assert all(
        atom.has_feed(catalogue, page) and atom.feed_path(page) in made(catalogue)
        for page in ("speakers/bo-li", "topics/water", "years/2031/pipeline-days/index")
    )
    assert not any(atom.has_feed(catalogue, page) for page in ("index", "topics/index", "guide/x"))


def test_newest_first(catalogue: Catalogue) -> None:
    feed = made(catalogue)["speakers/bo-li.xml"]
    assert texts(feed, "entry/title") == ["Valves, one year later", "Valves for beginners"]
    assert texts(feed, "updated") == ["2032-03-02T00:00:00Z"]


@pytest.mark.parametrize("path", ["feed.xml", "topics/water.xml", "speakers/ana-ruiz.xml"])
def test_a_feed_has_what_it_must(catalogue: Catalogue, path: str) -> None:
    feed = made(catalogue)[path]
    assert feed.tag == f"{ATOM}feed"
    assert texts(feed, "id") == [f"https://notes.example/site/{path}"]
    links = {link.get("rel"): link.get("href") for link in feed.findall(f"{ATOM}link")}
    assert [links["self"]] == texts(feed, "id")
    assert texts(feed, "author/name") == ["Pipes & <notes>"]
    entries = feed.findall(f"{ATOM}entry")
    for one in (feed, *entries):
        for name in ("id", "title", "updated"):
            (text,) = texts(one, name)
            assert text
        (updated,) = texts(one, "updated")
        assert datetime.fromisoformat(str(updated)).tzinfo
    addresses = [texts(entry, "id")[0] for entry in entries]
    assert len(set(addresses)) == len(addresses)


def test_an_entry(catalogue: Catalogue) -> None:
    (entry,) = made(catalogue)["speakers/ana-ruiz.xml"].findall(f"{ATOM}entry")
    note = "https://notes.example/site/years/2031/pipeline-days/monday-session-1.html"
    assert texts(entry, "id") == [f"{note}#queues-that-never-fill"]
    assert texts(entry, "author/name") == ["Ana Ruiz"]
    assert [c.get("label") for c in entry.findall(f"{ATOM}category")] == ["Queues", "Water"]
    (summary,) = texts(entry, "summary")
    assert str(summary).startswith("Pipeline Days 2031 · A queue is a pipe with a waiting room · ")


def test_a_feed_is_bounded(tmp_path: Path) -> None:
    folder = tmp_path / "years/2031/pipeline-days"
    folder.mkdir(parents=True)
    talks = "\n\n".join(f"Pipes, part {n} – Bo Li\n\n• Round" for n in range(40))
    (folder / "monday.txt").write_text(f"Pipeline Days 2031 – Monday\n\n{talks}\n", "utf-8")
    titles = texts(made(load_catalogue(tmp_path))["feed.xml"], "entry/title")
    assert len(titles) == atom.MAX_ENTRIES
    assert titles[0] == "Pipes, part 39"


def test_text_that_xml_cannot_hold_is_left_out(tmp_path: Path) -> None:
    folder = tmp_path / "years/2031/pipeline-days"
    folder.mkdir(parents=True)
    talk = "Pipes <a> & ]]> \uffff \x01 – Bo Li\n\n• \x00 </feed> &lt;\n"
    (folder / "monday.txt").write_text(f"Pipeline Days 2031 – Monday\n\n{talk}", "utf-8")
    feed = made(load_catalogue(tmp_path))["feed.xml"]
    assert len(feed.findall(f"{ATOM}entry")) == 1


def test_no_talks_no_feed(tmp_path: Path) -> None:
    assert list(atom.feed_files(load_catalogue(tmp_path), SITE)) == []


def test_the_map_has_every_page_and_the_day_of_its_newest_talk(catalogue: Catalogue) -> None:
    pages = ["speakers/bo-li", "guide/index", "index"]
    ((path, text),) = sitemap.sitemap_files(catalogue, pages, SITE)
    assert path == "sitemap.xml"
    found = [[part.text for part in entry] for entry in fromstring(text)]
    assert found == [
        ["https://notes.example/site/guide/index.html"],
        ["https://notes.example/site/index.html", "2032-03-02"],
        ["https://notes.example/site/speakers/bo-li.html", "2032-03-02"],
    ]


def test_the_day_of_a_page_is_that_of_its_newest_talk_wherever_it_stands(tmp_path: Path) -> None:
    folder = tmp_path / "years/2031/pipeline-days"
    folder.mkdir(parents=True)
    talks = "".join(f"Pipes {day}\nDate: 2031-05-{day}\n\n• text\n\n" for day in (14, 12))
    (folder / "all.txt").write_text(f"Pipeline Days 2031\n\n{talks}", "utf-8")
    ((_path, text),) = sitemap.sitemap_files(load_catalogue(tmp_path), ["index"], SITE)
    assert [part.text for part in fromstring(text)[0]][1:] == ["2031-05-14"]


def test_a_map_too_large_for_one_file_is_several(
    catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sitemap, "MAX_URLS", 2)
    made = dict(sitemap.sitemap_files(catalogue, ["a", "b", "c"], SITE))
    assert list(made) == ["sitemap.xml", "sitemap-1.xml", "sitemap-2.xml"]
    assert [entry[0].text for entry in fromstring(made["sitemap.xml"])] == [
        "https://notes.example/site/sitemap-1.xml",
        "https://notes.example/site/sitemap-2.xml",
    ]
