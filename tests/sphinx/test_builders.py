"""Every builder, without a warning; the same bytes whoever builds, and however often."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

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


def test_two_processes_make_what_one_makes(make_site: Callable[..., Site]) -> None:
    one, two = make_site("conference", "one"), make_site("conference", "two")
    one.build()
    two.build(parallel=2)
    assert one.bytes() == two.bytes()


@pytest.mark.parametrize("builder", ["html", "latex", "text"])
def test_two_clean_builds_are_the_same(make_site: Callable[..., Site], builder: str) -> None:
    one, two = make_site("conference", "one"), make_site("conference", "two")
    one.build(builder)
    two.build(builder)
    assert one.bytes(builder) == two.bytes(builder)


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


def test_what_another_build_left_in_the_tree_is_no_document(site: Site) -> None:
    replace(site, output=site.source / "one").build()
    build = replace(site, output=site.source / "two").build("text")
    assert build.warnings == []
    assert not [name for name in build.read if name.startswith("one/")]


def test_pages_that_nobody_wrote_are_documents(site: Site) -> None:
    site.build()
    assert "Bo Li" in site.text("speakers/bo-li.html")
    assert b"speakers/bo-li" in site.bytes()["searchindex.js"]
    assert str(site.output) not in site.text("searchindex.js")
