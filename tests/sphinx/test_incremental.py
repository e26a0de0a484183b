"""An incremental build reads and writes what changed, and ends where a clean build ends."""

from __future__ import annotations

import os
import shutil
import sys
import time
import zlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

import confnotes
import pytest
from confnotes.pages import split_notes
from confnotes.sphinx import _workarounds, last_build

if TYPE_CHECKING:
    from conftest import Build, Site
    from sphinx.builders.html import StandaloneHTMLBuilder
    from sphinx.search import IndexBuilder


EVENT = "years/2031/pipeline-days"
NOTE = f"{EVENT}/monday-session-2.txt"
WORDS = "locales/pl/LC_MESSAGES/confnotes.po"
THEME = "[theme]\ninherit = 'basic'\nstylesheets = ['mine.css']\n"
PICTURE = '<svg xmlns="http://www.w3.org/2000/svg"/>'
WRITTEN_ALWAYS = {".buildinfo", "search.html"} | {
    f"_static/{name}"
    for name in ("basic.css", "documentation_options.js", "language_data.js", "pygments.css")
}
"""What Sphinx writes in every build."""


DAMAGED = [
    "objects.inv", "pagefind/pagefind-entry.json", "pagefind/pagefind.js",
    "index.html", f"{EVENT}/index.html", "topics/index.html", "404.html", "old/water.html",
    "api/talks.json", "_images/plan.svg", "_sources/index.md.txt", f"_sources/{NOTE}",
    "_static/basic.css", "search.html",
]  # fmt: skip


def pages(written: set[str]) -> set[str]:
    """Return the pages of documents among ``written``."""
    everywhere = {"search.html", "genindex.html"}
    return {name for name in written if name.endswith(".html")} - everywhere


def clean(site: Site) -> tuple[dict[str, bytes], Build]:
    """Return what a clean build of the site's tree, as it is now, makes and says."""
    other = replace(site, output=site.output.with_name("clean"))
    shutil.rmtree(other.output, ignore_errors=True)
    build = other.build()
    return other.bytes(), build


def option(site: Site, line: str) -> None:
    site.edit("conf.py", "smartquotes = False", f"smartquotes = False\n{line}")


def bullet(site: Site) -> None:
    site.edit(NOTE, "Count joints, not pipes", "Count joints first")


def title(site: Site) -> None:
    site.edit(NOTE, "Leaks at scale", "Leaks at any scale")


def spelling(site: Site) -> None:
    site.edit(NOTE, "Cleo Nkemelu", "Cleo Nkemelú")


def other_speaker(site: Site) -> None:
    site.edit(NOTE, "Cleo Nkemelu", "Bo Li")


def added(site: Site) -> None:
    site.write(
        f"{EVENT}/tuesday-session-1.txt",
        "Pipeline Days 2031 – Tuesday – Session 1\n\nPipes – Dee Okafor\n\n• Round\n",
    )


def removed(site: Site) -> None:
    (site.source / NOTE).unlink()


def renamed(site: Site) -> None:
    (site.source / NOTE).rename(site.source / EVENT / "monday-late.txt")


def moved(site: Site) -> None:
    (site.source / NOTE).rename(site.source / "years/2032/pipeline-days/monday-session-2.txt")


def older(site: Site) -> None:
    bullet(site)
    os.utime(site.source / NOTE, (1, 1))


def swapped(site: Site) -> None:
    one, two = site.source / NOTE, site.source / EVENT / "monday-session-1.txt"
    first, second = one.read_bytes(), two.read_bytes()
    one.write_bytes(second)
    two.write_bytes(first)
    for path in (one, two):
        os.utime(path, (1, 1))


def other_form(site: Site) -> None:
    note = site.source / NOTE
    note.rename(note.with_suffix(".md"))
    site.build()
    note.with_suffix(".md").rename(note.with_suffix(".rst"))


def other_markup(site: Site) -> None:
    site.write("guide.md", "Guide\n=====\n\nPlain *words* and `code`.\n")
    site.build()
    (site.source / "guide.md").rename(site.source / "guide.rst")


def phrases(site: Site) -> None:
    site.edit("topics/queues.md", "[queue, queues]", "[queue, queues, joints]")


def parent(site: Site) -> None:
    site.edit("topics/valves.md", "parent: water", "parent: queues")


def alias(site: Site) -> None:
    site.edit("speakers/ana-ruiz.md", "[Ana Ruíz Campo]", "[Ana Ruíz Campo, Cleo Nkemelu]")


def dates(site: Site) -> None:
    site.edit(f"{EVENT}/index.md", "start: 2031-03-03", "start: 2031-03-02")


def prose(site: Site) -> None:
    site.edit("index.md", "Start with", "Begin with")


def new_index(site: Site) -> None:
    site.write("topics/index.md", "# All topics\n\nSorted.\n")


def own_script(site: Site) -> None:
    option(site, "html_static_path = ['static', 'own.css']; html_css_files = ['own.css']")
    site.write("static/old.js", "1")
    site.write("own.css", "b {}")
    site.build()
    (site.source / "static/old.js").rename(site.source / "static/new.js")
    site.write("own.css", "i {}")


def other_suffix(site: Site) -> None:
    option(site, "html_file_suffix = '.htm'")


def other_language(site: Site) -> None:
    option(site, "language = 'de'")


def own_language(site: Site) -> None:
    option(site, "language = 'de'")
    site.build()
    site.edit("conf.py", "language = 'de'", "")


def other_theme(site: Site) -> None:
    site.edit("conf.py", "furo", "alabaster")


def no_index(site: Site) -> None:
    site.edit("conf.py", "html_use_index = False", "")
    site.build()
    option(site, "html_use_index = False")


def unused_files(site: Site) -> None:
    option(site, "html_extra_path = ['extra']")
    site.write("extra/robots.txt", "")
    site.write("extra/humans.txt", "")
    site.write("plan.svg", '<svg xmlns="http://www.w3.org/2000/svg"/>')
    site.write("slides.odp", "")
    site.edit("index.md", "Start", "![Plan](plan.svg) {download}`slides.odp` Start")
    site.build()
    site.edit("index.md", "![Plan](plan.svg) {download}`slides.odp` Start", "Start")
    (site.source / "extra/humans.txt").unlink()


def no_notes(site: Site) -> None:
    site.write("redirects.txt", "old/water topics/water\n")
    site.write("index.md", "# Home\n")
    site.build()
    for folder in ("years", "topics", "speakers"):
        shutil.rmtree(site.source / folder)
    (site.source / "redirects.txt").unlink()


def own_lost_page(site: Site) -> None:
    site.write("404.md", "---\norphan: true\n---\n# Lost\n")
    site.build()
    (site.source / "404.md").unlink()


def included(site: Site) -> None:
    option(site, "exclude_patterns = ['parts']")
    site.write("parts/guide.rst", "Guide\n=====\n\nOld words.\n")
    site.write("guide.rst", ".. include:: parts/guide.rst\n")
    site.write("other.md", "---\norphan: true\n---\n# Other\n\n{doc}`guide`\n")
    site.edit("index.md", "Start", "```{toctree}\nguide\n```\n\nStart")
    site.build()
    site.edit("parts/guide.rst", "Guide", "Plans")
    site.build()
    site.edit("parts/guide.rst", "Old words.", "New words.")
    os.utime(site.source / "parts/guide.rst", (1, 1))


def typed_toctree(site: Site) -> None:
    tree = "```{{toctree}}\n:maxdepth: 4\n\n{}\n```\n"
    site.write("topics/index.md", "# All topics\n\n" + tree.format("water\nvalves\nqueues"))
    site.write("years/index.md", "# All years\n\n" + tree.format("2031/index"))
    site.write("years/2031/index.md", "# 2031\n\n" + tree.format("pipeline-days/index"))
    site.build()
    site.edit("topics/water.md", "What flows", "## Rivers\n\nWhat flows")
    site.edit(f"{EVENT}/index.md", "# Pipeline Days 2031", "# The Pipeline Days")


def held_twice(site: Site) -> None:
    tree = "```{{toctree}}\n{}\n```\n"
    site.write("guide.md", "# Guide\n")
    for name in ("first", "second"):
        site.write(f"{name}.md", f"# The {name}\n\n" + tree.format("guide"))
    site.edit("index.md", "Start", tree.format("first\nsecond") + "\nStart")
    site.build()
    site.edit("first.md", "# The first", "# Number one")
    site.build()
    site.edit("second.md", tree.format("guide"), "")


def conf_code(site: Site) -> None:
    code = "def setup(app): app.connect('html-page-context', lambda *a: a[3].update(title={}))"
    option(site, code.format("'One'"))
    site.build()
    site.edit("conf.py", "'One'", "'Two'")


def conf_module(site: Site) -> None:
    """What conf.py reads counts as it is when it is read."""
    option(site, "import pathlib; exec(pathlib.Path('more.py').read_text())")
    site.write("more.py", "html_title = 'One'")
    site.build()
    site.write("more.py", "html_title = 'Two'")


def own_theme(site: Site) -> None:
    site.edit("conf.py", "furo", "mine")
    option(site, "html_theme_path = ['themes']")
    site.write("themes/mine/theme.toml", THEME)
    site.write("themes/mine/layout.html", '{% extends "basic/layout.html" %}{% block footer %}One')
    site.edit("themes/mine/layout.html", "One", "One{% endblock %}")
    site.write("themes/mine/static/mine.css", "b {}")
    site.build()


def theme_template(site: Site) -> None:
    own_theme(site)
    site.edit("themes/mine/layout.html", "One", "Two")
    os.utime(site.source / "themes/mine/layout.html", (1, 1))


def theme_style_sheet(site: Site) -> None:
    own_theme(site)
    site.write("themes/mine/static/mine.css", "i {}")
    os.utime(site.source / "themes/mine/static/mine.css", (1, 1))


def theme_settings(site: Site) -> None:
    own_theme(site)
    site.edit("themes/mine/theme.toml", "mine.css", "other.css")
    site.write("themes/mine/static/other.css", "i {}")


def own_template(site: Site) -> None:
    option(site, "templates_path = ['templates']")
    site.write("templates/layout.html", '{% extends "!layout.html" %}{% block extrahead %}')
    site.edit("templates/layout.html", "extrahead %}", "extrahead %}One{% endblock %}")
    site.edit("conf.py", "furo", "alabaster")
    site.build()
    site.edit("templates/layout.html", "One", "Two")
    os.utime(site.source / "templates/layout.html", (1, 1))


def referred_page_deleted(site: Site) -> None:
    site.write("guide.md", "---\norphan: true\n---\n# Guide\n\nSee [water](topics/water.md).\n")
    site.build()
    (site.source / "topics/water.md").unlink()


def referred_page_renamed(site: Site) -> None:
    site.write("aside.md", "---\norphan: true\n---\n# Aside\n")
    site.write("guide.md", "---\norphan: true\n---\n# Guide\n\n[one](aside.md) {doc}`aside`\n")
    site.build()
    (site.source / "aside.md").rename(site.source / "besides.md")


def referred_page_written(site: Site) -> None:
    option(site, "suppress_warnings = ['myst.xref_missing']")
    site.write("guide.md", "---\norphan: true\n---\n# Guide\n\nSee [aside](aside.md).\n")
    site.build()
    site.write("aside.md", "---\norphan: true\n---\n# Aside\n")


def referred_page_has_other_title(site: Site) -> None:
    site.write("guide/aside.md", "---\norphan: true\n---\n# Aside\n")
    site.write("guide/index.md", "---\norphan: true\n---\n# Guide\n\nSee [](aside.md).\n")
    site.build()
    site.edit("guide/aside.md", "# Aside", "# Besides")


def page_in_toctree_deleted(site: Site) -> None:
    site.write("more.md", "# More\n")
    site.write("guide.md", "# Guide\n\n```{toctree}\nmore\n```\n")
    site.edit("index.md", "Start", "```{toctree}\nguide\n```\n\nStart")
    site.build()
    (site.source / "more.md").unlink()


def page_no_longer_written(site: Site) -> None:
    (site.source / "speakers/ana-ruiz.md").unlink()


def picture_in_the_language(site: Site) -> None:
    for name in ("plan", "map"):
        site.write(f"{name}.svg", PICTURE)
    site.edit("index.md", "Start", "![Plan](plan.svg) ![Map](map.*) Start")
    site.build()
    for name in ("plan", "map"):
        site.write(f"{name}.en.svg", PICTURE.replace("/>", "> </svg>"))


def inventory_on_disk(site: Site) -> None:
    option(site, "extensions.append('sphinx.ext.intersphinx')")
    option(site, "intersphinx_mapping = {'pipes': ('https://example.org/', 'pipes.inv')}")
    site.edit("index.md", "Start", "{external:doc}`joints` [](inv:pipes#joints) Start")
    inventory(site, "One")
    site.build()
    inventory(site, "Two")
    os.utime(site.source / "pipes.inv", (1, 1))


def inventory(site: Site, title: str) -> None:
    head = "# Sphinx inventory version 2\n# Project: Pipes\n# Version: 1\n# compressed\n"
    body = zlib.compress(f"joints std:doc -1 joints.html {title}\n".encode())
    (site.source / "pipes.inv").write_bytes(head.encode() + body)


EDITS = [
    bullet, title, spelling, other_speaker, added, removed, renamed, moved, older, swapped,
    other_form, other_markup,
    phrases, parent, alias, dates, prose, new_index, included, typed_toctree, held_twice,
    own_script, other_language, own_language, other_theme, other_suffix, no_index,
    unused_files, no_notes, own_lost_page,
    referred_page_deleted, referred_page_renamed, referred_page_written,
    referred_page_has_other_title, page_in_toctree_deleted, picture_in_the_language,
    inventory_on_disk, page_no_longer_written,
    conf_code, conf_module, theme_template, theme_style_sheet, theme_settings, own_template,
]  # fmt: skip


@pytest.mark.parametrize("edit", EDITS, ids=lambda edit: edit.__name__)
def test_ends_where_a_clean_build_ends(built: Site, edit: Callable[[Site], None]) -> None:
    edit(built)
    build = built.build()
    made = built.bytes()
    wanted, wanted_build = clean(built)
    assert made.keys() == wanted.keys()
    assert [name for name in made if made[name] != wanted[name]] == []
    assert build.warnings == wanted_build.warnings
    assert build.statuscode == wanted_build.statuscode


def test_the_first_notes_add_to_pages_that_were_read_without_them(site: Site) -> None:
    site.write("index.md", "# Home\n")
    (site.source / "years").rename(site.source.with_name("later"))
    for name in ("speakers", "topics"):
        shutil.rmtree(site.source / name)
    site.build()
    (site.source.with_name("later")).rename(site.source / "years")
    site.build()
    made, (wanted, _build) = site.bytes(), clean(site)
    assert [name for name in wanted if made.get(name) != wanted[name]] == []


def test_a_second_build_does_nothing(built: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(split_notes, "iter_lines", None)  # nor looks at what all notes say
    before = built.bytes()
    state = built.output / "doctrees" / last_build.NAME
    saved = state.stat().st_mtime_ns
    again = built.build()
    assert again.read == []
    assert state.stat().st_mtime_ns == saved
    assert again.written <= WRITTEN_ALWAYS
    assert built.bytes() == before


def test_another_way_to_start_sphinx_makes_nothing_stale(
    built: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    built.write("sphinx-build", "import sphinx")
    script = ModuleType("__main__")
    script.__file__ = str(built.source / "sphinx-build")
    for name in ("__main__", "__mp_main__"):  # the second when processes share the work
        monkeypatch.setitem(sys.modules, name, script)
    assert built.build().read == []


def test_a_changed_bullet_concerns_one_note(built: Site) -> None:
    bullet(built)
    build = built.build()
    assert build.read == [NOTE.removesuffix(".txt")]
    assert pages(build.written) == {NOTE.replace(".txt", ".html")}


def test_a_corrected_spelling_rewrites_the_pages_that_show_it(built: Site) -> None:
    before = built.bytes()
    spelling(built)
    build = built.build()
    after = built.bytes()
    assert pages(build.written) == {
        name for name in pages(set(after)) if before.get(name) != after[name]
    }


def test_a_renamed_note_leaves_nothing_behind(built: Site) -> None:
    removed(built)
    built.build()
    left = [name for name in built.bytes() if "monday-session-2" in name or "cleo" in name]
    assert left == []
    assert list(built.output.rglob("monday-session-2*")) == []


def test_a_fault_hides_no_note_that_is_gone(site: Site) -> None:
    site.edit("index.md", "Start with", "Start with {topic}`none`")
    for _ in range(2):
        assert site.build().warnings
    removed(site)
    site.build()
    assert NOTE.replace(".txt", ".html") not in site.bytes()


def test_a_page_with_a_fault_leaves_nothing_behind(site: Site) -> None:
    site.write("aside.md", "# In no toctree\n")
    assert site.build().warnings
    (site.source / "aside.md").unlink()
    assert site.build().warnings == []
    assert list(site.output.rglob("aside*")) == []


def stop(*_: object) -> None:
    """End as a killed build does: Sphinx goes and takes nothing back."""
    raise KeyboardInterrupt


def test_a_build_that_stopped_forgets_no_page(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    option(site, "confnotes_search = False")  # nothing is at work in another process
    site.build()
    bullet(site)
    with monkeypatch.context() as stopped:
        stopped.setattr("sphinx.builders.html.StandaloneHTMLBuilder.finish", stop)
        with pytest.raises(KeyboardInterrupt):
            site.build()
    removed(site)
    site.build()
    assert list(site.output.rglob("monday-session-2*")) == []


def test_a_build_that_stopped_is_made_good_though_no_note_has_changed(
    built: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    wanted = built.bytes()
    page = built.output / "html" / "topics" / "water.html"
    page.unlink()
    with monkeypatch.context() as stopped:
        stopped.setattr("sphinx.builders.html.StandaloneHTMLBuilder.finish", stop)
        with pytest.raises(KeyboardInterrupt):
            built.build()
    page.write_text("half a pa")
    built.build()
    assert built.bytes() == wanted


def test_a_fault_stays_a_fault(site: Site) -> None:
    site.edit("index.md", "{topic}`Water`", "{topic}`Watr`")
    first, second = site.build(), site.build()
    assert first.warnings == second.warnings != []


def test_two_files_of_one_page_are_said_once(site: Site) -> None:
    for suffix in ("md", "rst"):
        site.write(f"{EVENT}/tuesday-session-1.{suffix}", "# Pipes – Dee Okafor\n\n- Round\n")
    first, second = site.build(), site.build()
    assert len(first.warnings) == 1
    assert first.warnings == second.warnings


def test_a_search_index_that_was_not_written_is_written_next_time(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("pagefind", reason="no Pagefind to write an index with")
    site.build()
    bullet(site)
    with monkeypatch.context() as broken:
        broken.setattr("confnotes.search.pagefind.get_executable", lambda: None)
        for _ in range(2):
            (warning,) = site.build().warnings
            assert "the search index cannot be written" in warning
            assert not (site.output / "html/pagefind").exists()
    assert site.build().warnings == []
    assert (site.output / "html/pagefind/pagefind.js").is_file()


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:9])


def change(path: Path) -> None:
    path.write_bytes(bytes(byte ^ 1 for byte in path.read_bytes()))


@pytest.mark.parametrize("damage", [Path.unlink, cut, change])
def test_an_output_that_is_damaged_is_made_again(
    site: Site, damage: Callable[[Path], None]
) -> None:
    site.edit("index.md", "Start", "![Plan](plan.svg) {download}`slides.odp` Start")
    site.write("plan.svg", PICTURE)
    site.write("slides.odp", "Slides, many of them")
    site.write("redirects.txt", "old/water topics/water\n")
    site.build()
    before = site.bytes()
    for names in ([*DAMAGED, "pagefind/facets/speaker-0.json"], ["searchindex.js"]):
        for name in names:
            damage(site.output / "html" / name)
        assert site.build().warnings == []
        assert site.bytes() == before


def test_links_are_checked_when_the_search_index_is_there(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    dump_index = _workarounds.dump_index

    def dump_late(builder: StandaloneHTMLBuilder, index: IndexBuilder) -> None:
        time.sleep(2)
        dump_index(builder, index)

    monkeypatch.setattr(_workarounds, "dump_index", dump_late)
    assert site.without_search().build().warnings == []
    written = site.without_search().build().written
    assert "searchindex.js" not in written


@pytest.mark.parametrize("size", [0, 30, 60])
def test_a_build_info_that_is_half_written_is_made_again(built: Site, size: int) -> None:
    before = built.bytes()
    (built.output / "html/.buildinfo").write_bytes(before[".buildinfo"][:size])
    assert built.build().warnings == []
    assert built.bytes() == before


def test_files_that_somebody_adds_to_the_index_go(built: Site) -> None:
    before = built.bytes()
    (built.output / "html/pagefind/facets/speaker-9.json").write_text("")
    built.build()
    assert built.bytes() == before


@pytest.mark.parametrize("damage", [Path.unlink, cut, change])
def test_a_doctree_that_is_damaged_is_made_again(
    built: Site, damage: Callable[[Path], None]
) -> None:
    before = built.bytes()
    damage(built.output / f"doctrees/{EVENT}/index.doctree")
    damage(built.output / "doctrees/confnotes-pages/page.md")
    shutil.rmtree(built.output / "html")
    assert built.build().warnings == []
    assert built.bytes() == before


def test_what_is_gone_goes_though_all_doctrees_are_lost(site: Site) -> None:
    site.write("redirects.txt", "old/water topics/water\n")
    site.write("aside.md", "---\norphan: true\n---\n# Aside\n")
    site.build()
    (site.output / "html/stranger.html").write_text("<a href='nowhere.html'>not ours</a>")
    shutil.rmtree(site.output / "doctrees")
    for name in (NOTE, "redirects.txt", "aside.md"):
        (site.source / name).unlink()
    assert site.build().warnings == []
    (site.output / "html/stranger.html").unlink()
    assert site.bytes() == clean(site)[0]


def test_a_book_of_another_title_leaves_the_old_one_nowhere(site: Site) -> None:
    for builder in ("epub", "latex"):
        site.build(builder)
    site.edit("conf.py", "Pipeline notes", "Water notes")
    for builder, suffix in (("epub", ".epub"), ("latex", ".tex")):
        assert site.build(builder).warnings == []
        (book,) = [name for name in site.bytes(builder) if name.endswith(suffix)]
        assert "pipe" not in book.lower()


def test_a_copy_of_all_that_was_built_is_as_good(built: Site) -> None:
    """A cache does not keep all digits of times."""
    before = built.bytes()
    for path in built.output.rglob("*"):
        os.utime(path, (int(path.stat().st_mtime),) * 2)
    again = built.build()
    assert again.read == []
    assert again.written <= WRITTEN_ALWAYS
    assert built.bytes() == before


def test_builders_share_doctrees(site: Site) -> None:
    site.write("guide.md", "# Guide\n")
    site.edit("index.md", "Start", "```{toctree}\nguide\n```\n\nStart")
    site.build()
    assert site.build("dirhtml").read == []
    older(site)
    site.build()
    site.build("dirhtml")
    page = site.text(f"{EVENT}/monday-session-2/index.html", "dirhtml")
    assert "Count joints first" in page
    site.edit("guide.md", "Guide", "How to type")
    os.utime(site.source / "guide.md", (1, 1))
    site.build()
    site.build("dirhtml")
    for page in ("guide", "topics", f"{EVENT}/monday-session-2"):
        assert ">How to type<" in site.text(f"{page}/index.html", "dirhtml")


def test_the_copy_of_a_note_is_its_own(site: Site) -> None:
    site.write(f"{EVENT}/wednesday.md", "# Pipes – Dee Okafor\n\n- Round\n")
    site.write(f"{EVENT}/wednesday.md.txt", "Square pipes – Dee Okafor\n\n- Square\n")
    site.build()
    assert "- Round" in site.text(f"_sources/{EVENT}/wednesday.md.txt")
    assert "- Square" in site.text(f"_sources/{EVENT}/wednesday.md.txt.txt")


def test_a_build_that_failed_is_made_good(built: Site) -> None:
    wanted = built.bytes()
    (built.output / "doctrees" / last_build.NAME).write_text("{")
    for name in ("index.html", f"{EVENT}/index.html"):
        (built.output / "html" / name).unlink()
    built.build()
    assert built.bytes() == wanted


@pytest.mark.parametrize("place", ["ext/stamp.py", "ext/stamp/__init__.py", "ext/stamp/word.py"])
def test_a_local_extension_that_is_edited_makes_other_pages(
    site: Site, build_elsewhere: Callable[..., dict[str, bytes]], place: str
) -> None:
    option(
        site,
        "import os, sys; sys.path.insert(0, os.path.abspath('ext')); extensions.append('stamp')",
    )
    setup = "def setup(app):\n    app.connect('html-page-context', change)\n    return {}\n"
    change = "def change(app, page, template, context, doctree):\n    context['title'] = WORD\n"
    if place.endswith("word.py"):
        site.write("ext/stamp/__init__.py", f"from stamp.word import WORD\n{change}{setup}")
        site.write(place, "WORD = 'One'\n")
    else:
        site.write(place, f"WORD = 'One'\n{change}{setup}")
    build_elsewhere("made")
    site.edit(place, "One", "Two")
    os.utime(site.source / place, (1, 1))
    assert build_elsewhere("made") == build_elsewhere("clean")


def test_other_words_make_other_pages(
    site: Site, tmp_path: Path, build_elsewhere: Callable[..., dict[str, bytes]]
) -> None:
    """The extension's code is its user's copy, and so are the words of another language."""
    code = tmp_path / "code"
    shutil.copytree(Path(confnotes.__file__).parent, code / "confnotes")

    def ends_like_a_clean_build() -> bool:
        made, wanted = (build_elsewhere(name, PYTHONPATH=str(code)) for name in ("made", "clean"))
        for folder in ("clean", "clean-doctrees"):
            shutil.rmtree(tmp_path / folder)
        return made == wanted

    site.edit("conf.py", 'version = "1"', "language = 'pl'")
    site.write(WORDS, 'msgid "Years"\nmsgstr "Lata"\n')
    build_elsewhere("made", PYTHONPATH=str(code))
    site.edit(WORDS, "Lata", "Roczniki")
    assert ends_like_a_clean_build()
    words = code / "confnotes/pages/speaker_pages.py"
    words.write_text(words.read_text("utf-8").replace("Speakers", "All people"), "utf-8")
    assert ends_like_a_clean_build()
