"""The last gate: what leads nowhere in the output fails the build, with its page and line."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from confnotes.sitecheck import link_index
from confnotes.sitecheck.link_index import parse_page, resolve_href
from confnotes.sphinx import last_build

if TYPE_CHECKING:
    from conftest import Site


@pytest.fixture
def site(make_site: Callable[..., Site]) -> Site:
    return make_site("links").without_search()


def raw(site: Site, html: str) -> None:
    """Put ``html`` on a page, from line 6 on."""
    site.write("about.md", f"---\norphan: true\n---\n# About\n```{{raw}} html\n{html}\n```\n")


def test_what_leads_nowhere(site: Site) -> None:
    raw(
        site,
        """<a href="nowhere.html">x</a>
<img src="_images/none.png" alt="">
<a href="index.html#none">x</a>
<a href='#none'>x</a>
<a href="/elsewhere/">x</a>
<a href="../up.html">x</a>
<p id="a"></p><p id="a"></p>""",
    )
    built = site.build()
    assert built.statuscode == 1
    start, end = f"{site.source}/about.md:", " [confnotes.sitecheck]"
    assert {said.removeprefix(start).removesuffix(end) for said in built.warnings} == {
        "6: ERROR: about.html: broken link ‘nowhere.html’: file not found",
        "7: ERROR: about.html: broken link ‘_images/none.png’: file not found",
        "8: ERROR: about.html: broken link ‘index.html#none’: no such anchor in index.html",
        "9: ERROR: about.html: broken link ‘#none’: no such anchor in about.html",
        "10: ERROR: about.html: broken link ‘/elsewhere/’: file not found",
        "11: ERROR: about.html: broken link ‘../up.html’: file not found",
        "12: ERROR: about.html: duplicate id ‘a’",
    }


def test_what_leads_somewhere(site: Site) -> None:
    raw(
        site,
        """<a href="index.html#links">x</a>
<a href="./index.html?q=1#top">x</a>
<a href="years/2030/pipe-days/index.html">x</a>
<a href="http://example.org/none">x</a><a href="//example.org">y</a>
<a href="mailto:ana@example.org">x</a><a href="data:,x">y</a><a href="">z</a>
<!-- <a href="nowhere.html"> --><script>"<a href='nowhere.html'>"</script>
<p title=" href=nowhere.html id=links">x</p>
<a id="ü ü"></a><a href="#%C3%BC%20%C3%BC">x</a>
<a name="old"></a><a href="#old">x</a>
<a href="_static/doctools.js">x</a>""",
    )
    assert site.build().warnings == []


def test_a_page_that_was_right_is_checked_again_when_another_changes(site: Site) -> None:
    raw(site, '<a href="other.html#part">x</a>')
    site.write("other.md", "---\norphan: true\n---\n# Other\n\n## Part\n")
    assert site.build().statuscode == 0
    site.edit("other.md", "Part", "Piece")
    built = site.build()
    assert "about.html" not in built.written
    assert built.statuscode == 1
    assert site.build().statuscode == 1, "and so it stays until it is mended"
    site.edit("other.md", "Piece", "Part")
    assert site.build().statuscode == 0


def test_only_pages_that_changed_are_read(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    texts: list[str] = []
    monkeypatch.setattr(
        link_index, "parse_page", lambda text: texts.append(text) or parse_page(text)
    )
    raw(site, "<p>one</p>")
    site.build()
    assert len(texts) > 5
    texts.clear()
    site.build()
    assert texts == []
    raw(site, "<p>two</p>")
    site.build()
    (page,) = texts
    assert "<p>two</p>" in page


def test_a_damaged_memory_does_no_harm(site: Site) -> None:
    raw(site, '<a href="nowhere.html">x</a>')
    site.build()
    (memory,) = site.output.rglob(last_build.NAME)
    memory.write_bytes(memory.read_bytes()[:200])
    assert site.build().statuscode == 1
    raw(site, '<a href="index.html">x</a>')
    assert site.build().statuscode == 0


def test_a_removed_page_is_missed(site: Site) -> None:
    raw(site, '<a href="other.html">x</a>')
    site.write("other.md", "---\norphan: true\n---\n# Other\n")
    assert site.build().statuscode == 0
    (site.source / "other.md").unlink()
    assert site.build().statuscode == 1


def test_folders_as_addresses(site: Site) -> None:
    raw(site, '<a href="../years/">x</a>')
    assert site.build("dirhtml").statuscode == 0
    raw(site, '<a href="../none/">x</a>')
    assert site.build("dirhtml").statuscode == 1


def test_links_without_the_suffix_of_pages(site: Site) -> None:
    site.write("about.md", "---\norphan: true\n---\n# About\n\n{doc}`index`\n")
    build = site.build(html_link_suffix="")
    assert build.warnings == []
    assert '<a class="reference internal" href="index">' in site.text("about.html")


def test_pages_with_another_suffix_are_checked(site: Site) -> None:
    raw(site, '<a href="nowhere.htm">x</a>')
    (said,) = site.build(html_file_suffix=".htm").warnings
    assert "about.htm: broken link ‘nowhere.htm’: file not found" in said


def test_a_file_that_all_pages_miss_is_said_once(site: Site) -> None:
    (said,) = site.build(html_css_files=["mine.css"]).warnings
    assert "_static/mine.css’: file not found" in said
    assert "more pages" in said


def test_one_page_for_all(site: Site) -> None:
    assert site.build("singlehtml").statuscode == 0


def test_absolute_links_below_the_sites_own_path(site: Site) -> None:
    raw(site, '<a href="/notes/index.html">x</a><a href="/notes/">y</a>')
    assert site.build(html_baseurl="https://example.org/notes/").statuscode == 0


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("c.html#d", ("a/c.html", "d")),
        ("../c.html?x=y#d", ("c.html", "d")),
        ("#d", ("", "d")),
        ("?x=y", ("", "")),
        ("./", ("a/index.html", "")),
        ("..", ("index.html", "")),
        ("/c/", ("/c", "")),
        ("c%20d.html", ("a/c d.html", "")),
        ("&#99;.html", ("a/c.html", "")),
    ],
)
def test_where_a_link_leads(typed: str, expected: tuple[str, str]) -> None:
    (link,) = parse_page(f"<a class=x href='{typed}'>").links
    assert resolve_href("a", link) == expected


def test_upper_case_no_quotes_and_line_breaks() -> None:
    facts = parse_page("<A\nHREF=b.html ID=one>\n<img\n  src = 'c.png'\n  id=\"two\"/>")
    assert facts.links == ["b.html", "c.png"]
    assert facts.anchors == ["one", "two"]


def test_an_address_with_a_number_of_many_digits_leads_nowhere_as_any_other() -> None:
    address = f"&#{'9' * 5000};.html"
    page = parse_page(f"<a href='{address}'>x</a><a href='a&amp;b.html'>y</a>")
    assert list(page.links) == [address, "a&b.html"]
