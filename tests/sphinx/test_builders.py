"""Every builder, without a warning; the same bytes whoever builds, and however often."""

from __future__ import annotations

import gc
import json
import posixpath
import re
import shutil
import subprocess
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import unquote

import pytest
from confnotes import parallel
from defusedxml.ElementTree import fromstring

if TYPE_CHECKING:
    from conftest import Site


BUILDERS = "html dirhtml singlehtml epub latex text man texinfo xml json gettext dummy".split()


@pytest.mark.filterwarnings("ignore:.*JSONHTMLBuilder.app")
@pytest.mark.parametrize("builder", BUILDERS)
def test_builds_without_a_warning(site: Site, builder: str) -> None:
    build = site.build(builder)
    assert build.warnings == []
    assert build.statuscode == 0


def test_linkcheck_reports_what_it_cannot_reach_only(site: Site) -> None:
    build = site.build("linkcheck", linkcheck_ignore=[".*"])
    assert build.warnings == []


@pytest.mark.parametrize("theme", ["alabaster", "basic", "classic", "sphinxdoc"])
def test_other_themes_work(site: Site, theme: str) -> None:
    assert site.build(html_theme=theme).warnings == []
    page = site.text("years/2031/pipeline-days/monday-session-1.html")
    assert "Queues that never fill" in page


def test_facts_stand_between_a_heading_and_its_prose(built: Site) -> None:
    page = built.text("years/2031/pipeline-days/index.html")
    places = [
        page.index(text) for text in ("<h1>", "3–5 March 2031 · Lyon", "beside the river", "<h2>")
    ]
    assert places == sorted(places)


def test_two_processes_make_what_one_makes(
    make_site: Callable[..., Site], monkeypatch: pytest.MonkeyPatch
) -> None:
    one, two = make_site("conference", "one"), make_site("conference", "two")
    one.build()
    monkeypatch.setattr(parallel, "MIN_ITEMS", 1)
    two.build(parallel=2)
    assert one.bytes() == two.bytes()


@pytest.mark.parametrize("builder", ["html", "latex", "text"])
def test_two_clean_builds_are_the_same(make_site: Callable[..., Site], builder: str) -> None:
    one, two = make_site("conference", "one"), make_site("conference", "two")
    one.build(builder)
    two.build(builder)
    assert one.bytes(builder) == two.bytes(builder)


def test_a_process_that_goes_on_can_free_what_a_build_has_left(site: Site) -> None:
    site.build("dummy")
    assert gc.isenabled()
    assert gc.get_freeze_count() == 0


def test_nothing_is_written_into_the_tree(site: Site) -> None:
    before = sorted(site.source.rglob("*"))
    site.build()
    assert sorted(site.source.rglob("*")) == before


def test_a_tree_that_cannot_be_written_builds(site: Site) -> None:
    folders = [site.source, *(path for path in site.source.rglob("*") if path.is_dir())]
    for folder in folders:
        folder.chmod(0o555)
    try:
        assert site.build().warnings == []
    finally:
        for folder in folders:
            folder.chmod(0o755)


def test_text_files_elsewhere_are_no_documents(site: Site) -> None:
    site.write("README.txt", "Not a note.\n")
    site.write("speakers/draft.txt", "Not a note either.\n")
    build = site.build()
    assert build.warnings == []
    assert {"README", "speakers/draft"}.isdisjoint(build.read)


def test_labels_are_made_of_the_headings_that_somebody_wrote(site: Site) -> None:
    site.edit("conf.py", '"confnotes"', '"confnotes", "sphinx.ext.autosectionlabel"')
    note = "# Queues that fill\n\nSpeakers: Ana Ruiz\n\n- one\n"
    site.write("years/2031/pipeline-days/only.md", note)
    page = site.source / "topics/water.md"
    page.write_text(f"{page.read_text()}\n## Kinds of water\n\n{{ref}}`Kinds of water`\n")
    assert site.build().warnings == []
    assert 'href="#kinds-of-water"' in site.text("topics/water.html")


def test_what_another_build_left_in_the_tree_is_no_document(site: Site) -> None:
    replace(site, output=site.source / "one").build()
    build = replace(site, output=site.source / "two").build("text")
    assert build.warnings == []
    assert not [name for name in build.read if name.startswith("one/")]


def test_pages_that_nobody_wrote_are_documents(built: Site) -> None:
    assert "Bo Li" in built.text("speakers/bo-li.html")
    assert b"speakers/bo-li" in built.bytes()["searchindex.js"]
    assert str(built.output) not in built.text("searchindex.js")


def test_each_index_is_written_once_and_its_progress_is_on_a_line_of_its_own(site: Site) -> None:
    said = site.build().said.splitlines()
    for name in ("search index in English (code: en)", "object inventory"):
        assert [line for line in said if name in line] == [f"dumping {name}... done"]


def test_sphinx_searches_notes_and_titles_but_no_lists_of_talks(site: Site) -> None:
    site.build()
    index = json.loads(site.text("searchindex.js").removeprefix("Search.setIndex(")[:-1])

    def find(word: str, words: str) -> list[str]:
        found = index[words].get(word, [])
        numbers = found if isinstance(found, list) else [found]
        return [index["docnames"][number] for number in numbers]

    note = "years/2031/pipeline-days/monday-session-2"
    assert find("joint", "terms") == find("scale", "titleterms") == [note]
    assert not {"speakers/cleo-nkemelu", "topics/water", "index"} & {*find("scale", "terms")}
    assert find("nkemelu", "titleterms") == ["speakers/cleo-nkemelu"]


FOLDER = "years/2031/pipeline-days"
ODD_NAMES = ["a&b", "ä ö", "it's", "-dash", "--help", "semi;colon", "[br](x)", "*star*", "`tick`",
             "{{x}}", "trail ", "$x", "~tilde", "1:b", "|pipe", "x.md", "dot.", "日本",
             "(p)", "@at", "a,b", "a=b", "a+b"]  # fmt: skip


def write_odd_notes(site: Site) -> None:
    for number, name in enumerate(ODD_NAMES):
        site.write(f"{FOLDER}/{name}.txt", f"Talk number {number} – Bo Li\n\n• one\n• two\n")


MAIN_BUILDERS = ["html", "dirhtml", "singlehtml", "epub", "latex", "text"]


@pytest.fixture(scope="module")
def odd(make_shared_site: Callable[[str], Site]) -> Site:
    """Return a project with odd names of notes; its builders share what they read."""
    site = make_shared_site("conference").without_search()
    write_odd_notes(site)
    tree = "\n```{toctree}\n:hidden:\n\nyears/index\ntopics/index\n```\n"
    site.edit("index.md", "Pipeline Days 2031`.\n", f"Pipeline Days 2031`.\n{tree}")
    return site


@pytest.mark.parametrize("builder", MAIN_BUILDERS)
def test_a_note_may_be_called_anything(odd: Site, builder: str) -> None:
    build = odd.build(builder)
    assert build.warnings == []
    assert build.statuscode == 0
    shown = b"".join(odd.bytes(builder).values())
    assert all(f"Talk number {number}".encode() in shown for number in range(len(ODD_NAMES)))


def test_a_name_that_would_be_live_is_refused(site: Site) -> None:
    names = [
        'a"><img src=x onerror=alert(1)>',
        "c#-intro",
        "what?",
        "100%25",
        "back\\slash",
        "R&amp;D",
    ]
    page = "---\norphan: true\n---\n# Page\n"
    for name in names:
        site.write(f"{FOLDER}/{name}.txt", "Refused – Bo Li\n\n• one\n")
        site.write(f"guide/{name}.md", page)
    site.write("guide/good.md", page)
    for builder in MAIN_BUILDERS:
        build = site.build(builder)
        for name in names:
            for path in (f"{FOLDER}/{name}.txt", f"guide/{name}.md"):
                start = f"{site.source / path}:1: ERROR"
                assert len([line for line in build.warnings if line.startswith(start)]) == 1
        assert len(build.warnings) == 2 * len(names)
        for name, content in site.bytes(builder).items():
            assert b"<img src=x" not in content, name
        assert b"Queues that never fill" in b"".join(site.bytes(builder).values())


OPF = "{http://www.idpf.org/2007/opf}"
XHTML = "{http://www.w3.org/1999/xhtml}"


@pytest.mark.parametrize("root", ["odd", "hostile"])
def test_a_book_has_each_page_once_and_all_in_its_contents(
    odd: Site, make_site: Callable[..., Site], root: str
) -> None:
    site = odd if root == "odd" else make_site(root)
    assert site.build("epub").warnings == []
    files = site.bytes("epub")
    for name, content in files.items():
        if name.endswith((".xhtml", ".opf", ".ncx", ".xml")):
            fromstring(content)
    package = fromstring(files["content.opf"])
    spine = Counter(item.get("idref") for item in package.iter(f"{OPF}itemref"))
    manifest = {
        item.get("id"): unquote(item.get("href") or "") for item in package.iter(f"{OPF}item")
    }
    assert set(spine.values()) == {1}
    pages = {manifest[name] for name in spine}
    assert pages == {name for name in files if name.endswith(".xhtml")} - {"nav.xhtml"}
    contents = fromstring(files["nav.xhtml"])
    listed = {unquote(link.get("href") or "") for link in contents.iter(f"{XHTML}a")}
    assert [name for name in pages if re.search(r'["*:<>?\\|\s\x7f]|\.$', name)] == []
    events = {name for name in pages if posixpath.dirname(name).count("/") == 2 and "index" in name}
    assert events
    assert listed >= events


def test_a_style_sheet_of_a_book_has_no_property_that_epub_forbids(odd: Site) -> None:
    odd.build("epub")
    sheet = odd.text("_static/confnotes.css", "epub")
    assert re.findall(r"(?:^|[{;\s])((?:direction|unicode-bidi)\s*:)", sheet) == []


@pytest.mark.skipif(shutil.which("epubcheck") is None, reason="epubcheck is not installed")
def test_a_book_has_no_fault(odd: Site) -> None:
    odd.build("epub")
    book = odd.output / "epub/Pipelinenotes.epub"
    found = subprocess.run(["epubcheck", book], check=False, capture_output=True, text=True)
    assert "EPUBCheck completed" in found.stdout
    faults = re.findall(r"(?m)^(?:FATAL|ERROR|WARNING)\((.+)", found.stderr)
    # Before 5.3 it takes :is() and :has() for faults: w3c/epubcheck#1289, w3c/epubcheck#1605.
    assert [fault for fault in faults if not fault.startswith("CSS-008")] == []
