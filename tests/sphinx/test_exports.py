"""What a build makes for machines, and for readers whose address has moved."""

from __future__ import annotations

import json
import os
import posixpath
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Any

import pytest
from bs4 import BeautifulSoup
from confnotes.exports import export_files
from confnotes.file_stamps import Stamp
from confnotes.sphinx import exports, last_build
from confnotes.sphinx.last_build import BuildState

if TYPE_CHECKING:
    from conftest import Build, Site

BASE = "https://notes.example/site/"
NOTE = "years/2031/pipeline-days/monday-session-1"
PUBLIC = {"api/talks.json", "404.html", "feed.xml", "sitemap.xml", "speakers/bo-li.xml"}


@pytest.fixture
def site(site: Site) -> Site:
    return site.without_search()


def public(site: Site, builder: str = "html") -> Build:
    return site.build(builder, html_baseurl=BASE)


def page(site: Site, name: str, builder: str = "html") -> BeautifulSoup:
    return BeautifulSoup(site.text(name, builder), "html.parser")


def links(site: Site, name: str, builder: str = "html") -> set[str]:
    return {str(link["href"]) for link in page(site, name, builder).select("a[href]")}


@pytest.fixture(scope="module")
def public_site(make_shared_site: Callable[[str], Site]) -> Site:
    site = make_shared_site("conference").without_search()
    for builder in ("html", "dirhtml"):
        assert public(site, builder).warnings == []
    return site


def test_two_processes_make_files_beside_each_other(
    site: Site, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def note_process(*args: Any) -> Iterator[tuple[str, str | bytes]]:
        (tmp_path / "process").write_text(str(os.getpid()), "ascii")
        yield from export_files(*args)

    monkeypatch.setattr(exports, "export_files", note_process)
    assert site.build(parallel=2, html_baseurl=BASE).warnings == []
    assert int((tmp_path / "process").read_text("ascii")) != os.getpid()
    assert set(site.bytes()) >= PUBLIC


@pytest.mark.parametrize("builder", ["html", "dirhtml"])
def test_files_beside_the_pages(public_site: Site, builder: str) -> None:
    assert set(public_site.bytes(builder)) >= PUBLIC
    for talk in json.loads(public_site.text("api/talks.json", builder)):
        address, _, anchor = talk["url"].removeprefix(BASE).partition("#")
        path = f"{address}index.html" if builder == "dirhtml" else address
        assert page(public_site, path, builder).find(id=anchor)


def test_without_an_address_there_is_nothing_that_needs_one(site: Site) -> None:
    assert site.build().warnings == []
    assert PUBLIC & set(site.bytes()) == {"api/talks.json", "404.html"}
    head = page(site, f"{NOTE}.html").head
    assert head.select_one("meta[name=description]")["content"]
    needs = "[property], [rel=alternate], [rel=canonical], [type='application/ld+json']"
    assert head.select(needs) == []


def test_a_page_that_nobody_describes_is_described_by_how_it_begins(built: Site) -> None:
    built.write("about.md", "---\norphan: true\n---\n# About\n\nWho *types* here.\n\nMore.\n")
    meta = (
        "---\norphan: true\nmyst:\n  html_meta:\n    description: Mine\n---\n# Own\n\nNot this.\n"
    )
    built.write("own.md", meta)
    assert built.build().warnings == []
    for name, described in (("about", "Who types here."), ("own", "Mine")):
        found = page(built, f"{name}.html").select("meta[name=description]")
        assert [one["content"] for one in found] == [described]


def test_no_page_is_large_however_many_speak(site: Site) -> None:
    title = "A title of talk {}, as long as most titles of talks are"
    names = [f"Ana{chr(first)}a Ruiz-Orr" for first in range(97, 109)]
    talks = (
        f"## {title.format(number)}\n\nSpeakers: {', '.join(names)}\n\n- Pipes\n\n"
        for number in range(60)
    )
    site.write("years/2031/pipeline-days/all.md", f"# Tuesday\n\n{''.join(talks)}")
    assert public(site).warnings == []
    pages = {name: len(data) for name, data in site.bytes().items() if name.endswith(".html")}
    assert max(pages.values()) < 200_000
    note = "years/2031/pipeline-days/all"
    split = [page(site, name) for name in pages if name.startswith(f"{note}/")]
    assert sum(len(part.select("section.conf-talk")) for part in split) == 60


@pytest.mark.parametrize(("number", "is_whole"), [(58, True), (66, False)])
def test_a_note_has_one_page_while_that_is_not_large(
    site: Site, number: int, *, is_whole: bool
) -> None:
    lines = [f"- Pressure & flow of pipe <{name}> were measured twice\n" for name in range(16)]
    talk = "## The title of talk {}\n\nSpeakers: Ana Ruiz, Bo Li\n\n" + "".join(lines) + "\n"
    talks = "".join(talk.format(one) for one in range(number))
    site.write("years/2031/pipeline-days/all.md", f"# Tuesday\n\n{talks}")
    assert public(site).warnings == []
    pages = {name: len(data) for name, data in site.bytes().items() if "/all" in name}
    assert ("years/2031/pipeline-days/all/1.html" in pages) is not is_whole
    assert max(pages.values()) < 200_000


@pytest.mark.parametrize("theme", ["furo", "alabaster"])
def test_the_head_of_a_page(site: Site, theme: str) -> None:
    site.build(html_baseurl=BASE, html_theme=theme)
    head = page(site, f"{NOTE}.html").head
    assert head.select_one("link[rel=canonical]")["href"] == f"{BASE}{NOTE}.html"
    assert head.select_one("meta[property='og:url']")["content"] == f"{BASE}{NOTE}.html"
    assert head.select_one("link[rel=alternate]")["href"] == f"{BASE}feed.xml"
    assert len(head.select("script[type='application/ld+json']")) == 1


@pytest.mark.parametrize("builder", ["singlehtml", "epub", "text", "json"])
@pytest.mark.filterwarnings("ignore:.*JSONHTMLBuilder.app")
def test_other_builders_make_none_of_it(site: Site, builder: str) -> None:
    site.write("redirects.txt", f"years/old {NOTE}\n")
    assert public(site, builder).warnings == []
    assert PUBLIC & set(site.bytes(builder)) == set()


def test_a_second_build_writes_nothing(site: Site) -> None:
    site.write("redirects.txt", f"years/old {NOTE}\n")
    public(site)
    assert {name for name in public(site).written if name in PUBLIC or "old" in name} == set()


def test_what_an_event_page_says_of_others_stays_right(
    site: Site, make_site: Callable[..., Site]
) -> None:
    """The place of an event is told by the structured data of its notes."""
    public(site)
    site.edit("years/2031/pipeline-days/index.md", "place: Lyon", "place: Metz")
    public(site)
    clean = make_site("conference", "clean").without_search()
    clean.edit("years/2031/pipeline-days/index.md", "place: Lyon", "place: Metz")
    public(clean)
    made, wanted = site.bytes(), clean.bytes()
    assert made[f"{NOTE}.html"] == wanted[f"{NOTE}.html"]
    assert b"Metz" in made[f"{NOTE}.html"]


def test_feeds_of_the_gone_are_removed(site: Site) -> None:
    public(site)
    (site.source / "years/2031/pipeline-days/monday-session-2.txt").unlink()
    public(site)
    assert "speakers/cleo-nkemelu.xml" not in site.bytes()
    site.build(html_baseurl="")
    assert PUBLIC & set(site.bytes()) == {"api/talks.json", "404.html"}


@pytest.mark.parametrize("builder", ["html", "dirhtml"])
def test_no_redirect_replaces_a_page(site: Site, builder: str) -> None:
    old = {"html": "INDEX", "dirhtml": "speakers"}[builder]
    page = {"html": "index.html", "dirhtml": "speakers/index.html"}[builder]
    site.write("redirects.txt", f"{old} {NOTE}\n")
    build = site.build(builder)
    [said] = build.warnings
    assert f"no page can be written at ‘{old}’: a page is there; give another old place" in said
    assert "This page has moved" not in site.text(page, builder)
    assert not (site.output / "html/INDEX.html").exists()


@pytest.mark.parametrize("builder", ["html", "dirhtml"])
def test_a_moved_page_leads_on(site: Site, builder: str) -> None:
    site.write("redirects.txt", f"years/2031/old/note {NOTE}\n")
    assert site.build(builder).warnings == []
    old, new = {
        "html": ("years/2031/old/note.html", f"../../../{NOTE}.html"),
        "dirhtml": ("years/2031/old/note/index.html", f"../../../../{NOTE}/"),
    }[builder]
    assert links(site, old, builder) == {new}


def test_a_merged_speaker_leads_on(built: Site) -> None:
    assert links(built, "speakers/ana-ruiz-campo.html") == {"../speakers/ana-ruiz.html"}


def test_an_old_anchor_is_an_anchor_still(built: Site) -> None:
    built.write("redirects.txt", f"{NOTE}#queues-for-ever {NOTE}#queues-that-never-fill\n")
    assert built.build().warnings == []
    section = page(built, f"{NOTE}.html").find(id="queues-that-never-fill")
    assert section.find(id="queues-for-ever")


def test_a_talk_that_went_to_another_page_is_found_there(built: Site) -> None:
    other = "years/2031/pipeline-days/monday-session-2"
    built.write("redirects.txt", f"{NOTE}#leaks {other}#leaks-at-scale\n")
    assert built.build().warnings == []
    left = page(built, f"{NOTE}.html").find(id="leaks")
    assert left.a["href"] == "monday-session-2.html#leaks-at-scale"
    assert "Moved to another page" in left.text


def test_a_redirect_that_is_wrong_fails_each_build(site: Site) -> None:
    site.write("redirects.txt", f"# one\nyears/old {NOTE}s\n")
    for build in (site.build(), site.build()):
        (warning,) = build.warnings
        assert "redirects.txt:2: ERROR: there is no page" in warning
        assert f"did you mean ‘{NOTE}’?" in warning
        assert build.statuscode == 1


HOSTILE = [
    "old%0A{outside} index",
    "../../../outside index",
    "old%00x index",
    f"{'o' * 300} index",
    "index.html/x index",
]


@pytest.mark.parametrize("builder", ["html", "dirhtml"])
def test_no_line_writes_or_deletes_a_file_outside(site: Site, builder: str) -> None:
    outside = site.source.parent / "outside.html"
    outside.write_text("kept")
    lines = [line.format(outside=outside.with_suffix("")) for line in HOSTILE]
    site.write("redirects.txt", "\n".join(lines))
    for build in (site.build(builder), site.build(builder)):
        assert len(build.warnings) == len(lines)
        for number, warning in enumerate(build.warnings, start=1):
            assert f"redirects.txt:{number}: ERROR: " in warning
    (site.source / "redirects.txt").unlink()
    assert site.build(builder).warnings == []
    assert outside.read_text() == "kept"


def test_a_page_that_cannot_be_written_is_told_at_its_line(site: Site) -> None:
    site.write("redirects.txt", f"sitemap.xml index\nyears/old {NOTE}\n")
    (warning,) = public(site, "dirhtml").warnings
    assert "redirects.txt:1: ERROR: no page can be written at ‘sitemap.xml’" in warning
    assert "This page has moved" in site.text("years/old/index.html", "dirhtml")


def test_what_lists_the_files_of_a_build_may_say_anything(built: Site) -> None:
    outside = built.source.parent / "outside.html"
    outside.write_text("kept")
    doctrees = next(built.output.rglob(last_build.NAME)).parent
    state = BuildState.load(doctrees)
    hostile = (str(outside), "../../outside.html", "a\x00", "", ".", "\ud800")
    files = dict.fromkeys(hostile, Stamp(4, 0, ""))
    for name, output in state.outputs.items():
        outputs = {**state.outputs, name: replace(output, files=files)}
        replace(state, read=dict.fromkeys(hostile, ""), outputs=outputs).save(doctrees)
        assert built.build().warnings == []
    assert outside.read_text() == "kept"


@pytest.mark.parametrize("folder", ["_sources", "api", "_sources/years/2031"])
def test_a_link_in_the_output_is_not_followed(built: Site, folder: str) -> None:
    shutil.rmtree(built.output / "html" / folder)
    (built.output / "html" / folder).symlink_to(built.source)
    built.edit(f"{NOTE}.txt", "Queues", "Long queues")
    before = {path: path.read_bytes() for path in built.source.rglob("*") if path.is_file()}
    built.build()
    assert {path: path.read_bytes() for path in before} == before


def test_a_page_that_returns_replaces_its_redirect(site: Site) -> None:
    site.write("redirects.txt", f"speakers/dee-okafor {NOTE}\n")
    site.build()
    assert "This page has moved" in site.text("speakers/dee-okafor.html")
    (site.source / "redirects.txt").unlink()
    site.write("speakers/dee-okafor.md", "# Dee Okafor\n\nIs back.\n")
    assert site.build().warnings == []
    assert "Is back." in site.text("speakers/dee-okafor.html")


def test_a_redirect_that_is_no_more_leaves_nothing(site: Site) -> None:
    site.write("redirects.txt", f"years/2031/old/note {NOTE}\n")
    site.build()
    (site.source / "redirects.txt").unlink()
    site.build()
    assert not (site.output / "html/years/2031/old").exists()


@pytest.mark.parametrize("builder", ["html", "dirhtml"])
@pytest.mark.parametrize(("base", "root"), [(BASE, "/site/"), ("", "/")])
def test_a_lost_reader_is_helped_from_anywhere(
    site: Site, builder: str, base: str, root: str
) -> None:
    assert site.build(builder, html_baseurl=base).warnings == []
    found = page(site, "404.html", builder)
    search = f"{root}search{'.html' if builder == 'html' else '/'}"
    assert [form["action"] for form in found.select("form.conf-search-box")] == [search]
    suffix = "index.html" if builder == "html" else ""
    wanted = {f"{root}{name}/{suffix}" for name in ("years", "topics", "speakers")}
    assert links(site, "404.html", builder) >= wanted
    for link in found.select("[href], [src]"):
        assert str(link.get("href") or link.get("src")).startswith((root, "#", "https://"))
    assert found.html["data-content_root"] == root


def test_a_lost_reader_is_told_what_the_author_wrote(built: Site) -> None:
    built.write("404.md", "---\norphan: true\n---\n# Not here\n")
    assert built.build().warnings == []
    assert "Not here" in built.text("404.html")


def test_a_page_may_describe_itself(built: Site) -> None:
    built.write("speakers/bo-li.md", "---\ndescription: Opens valves.\n---\n# Bo Li\n")
    built.write("guide.md", "---\norphan: true\ndescription: How to.\n---\n# Guide\n")
    assert built.build().warnings == []
    for name, words in (("speakers/bo-li.html", "Opens valves."), ("guide.html", "How to.")):
        assert page(built, name).head.select_one("meta[name=description]")["content"] == words


def test_a_page_that_somebody_typed_can_be_edited(site: Site) -> None:
    options = {
        "source_repository": "https://code.example/notes/",
        "source_branch": "main",
        "source_directory": "",
        "source_edit_link": "https://code.example/edit/{filename}",
        "source_view_link": "https://code.example/view/{filename}",
    }
    site.build(html_theme_options=options)
    edits = {
        name: [link for link in links(site, f"{name}.html") if "/edit/" in link]
        for name in (NOTE, "speakers/ana-ruiz", "speakers/bo-li")
    }
    assert edits == {
        NOTE: [f"https://code.example/edit/{NOTE}.txt"],
        "speakers/ana-ruiz": ["https://code.example/edit/speakers/ana-ruiz.md"],
        "speakers/bo-li": [],
    }


@pytest.mark.parametrize("builder", ["html", "dirhtml"])
def test_what_is_missing_leads_to_the_note_as_typed(site: Site, builder: str) -> None:
    assert site.build(builder).warnings == []
    name, root = {"html": ("coverage.html", ""), "dirhtml": ("coverage/index.html", "../")}[builder]
    shown = {
        str(link["href"]): link.text for link in page(site, name, builder).select(".conf-file a")
    }
    note = "years/2031/pipeline-days/monday-session-2.txt"
    assert shown[f"{root}_sources/{note}"].partition(":")[0] == note
    site.build(builder, html_copy_source=False)
    left = page(site, name, builder)
    assert left.select(".conf-file")
    assert left.select(".conf-file a") == []


def test_readers_are_not_led_to_what_is_missing(site: Site) -> None:
    toctree = "```{toctree}\n:hidden:\n\nyears/index\ntopics/index\nspeakers/index\nguide\n```\n"
    site.edit("index.md", "# Pipeline notes\n", f"# Pipeline notes\n\n{toctree}")
    site.write("guide.md", "# Guide\n")
    assert site.build().warnings == []
    for name in ("index.html", "guide.html"):
        assert page(site, name).select("a[href='coverage.html']") == []


@pytest.mark.parametrize("builder", ["html", "dirhtml"])
def test_a_note_leads_to_the_citations_of_its_talks(public_site: Site, builder: str) -> None:
    name = {"html": f"{NOTE}.html", "dirhtml": f"{NOTE}/index.html"}[builder]
    found = page(public_site, name, builder)
    talks = [str(section["id"]) for section in found.select("section.conf-talk")]
    files = [(PurePath(name).parent / str(a["href"])) for a in found.select(".conf-cite a")]
    assert len(files) == 3
    for file in files:
        text = public_site.text(posixpath.normpath(file.as_posix()), builder)
        assert all(f"#{talk}" in text for talk in talks)


def test_only_notes_are_cited_and_only_on_the_web(built: Site) -> None:
    for name in ("index.html", "speakers/ana-ruiz.html", "years/2031/pipeline-days/index.html"):
        assert "conf-cite" not in built.text(name)
    assert built.build("epub").warnings == []
    pages = [data for name, data in built.bytes("epub").items() if name.endswith(".xhtml")]
    assert pages
    assert not any(b"conf-cite" in data for data in pages)


def test_a_citation_follows_what_the_page_of_its_event_says(built: Site) -> None:
    built.edit("years/2031/pipeline-days/index.md", "place: Lyon", "place: Metz")
    assert built.build().warnings == []
    assert "Metz" in built.text(f"{NOTE}.bib")
