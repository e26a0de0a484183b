"""Every file of the tree becomes a page or a message, and no file stops the others."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from bs4 import BeautifulSoup

if TYPE_CHECKING:
    from tests.conftest import Site

FOLDER = "years/2031/pipeline-days"
NOTE = "Drains and wine – Cleo Diaz\n\n• A drain is a queue\n"


@pytest.fixture
def site(site: Site) -> Site:
    return site.without_search()


def shown(site: Site, name: str) -> str:
    page = BeautifulSoup(site.text(name), "html.parser")
    article = page.find("article")
    assert article is not None
    return " ".join(article.get_text(" ").split())


def messages(site: Site, warnings: list[str]) -> list[str]:
    """Return the warnings, with paths below the project."""
    return [line.removeprefix(f"{site.source}/") for line in warnings]


NAMES = [
    "a.TXT", "b.text", "c.MD", "d.markdown", "e.RST", "f", "g.org", "h.ADOC",
    "day2/i.txt", "day2/more/j.MD", "a\u0301.txt",
]  # fmt: skip


def test_a_note_of_any_name_gives_a_page(site: Site) -> None:
    for number, name in enumerate(NAMES):
        site.write(f"{FOLDER}/{name}", f"Drains {number} – Cleo Diaz\n\n• A drain is a queue\n")
    build = site.build()
    assert build.warnings == []
    docnames = [name.replace("a\u0301", "\u00e1").partition(".")[0] for name in NAMES]
    for number, docname in enumerate(docnames):
        assert "A drain is a queue" in shown(site, f"{FOLDER}/{docname}.html")
        for page in (f"{FOLDER}/index.html", "speakers/cleo-diaz.html"):
            assert f"Drains {number}" in shown(site, page)
    assert site.build().read == []
    for name in NAMES:
        site.edit(f"{FOLDER}/{name}", "a queue", "a sink")
    site.build()
    for docname in docnames:
        assert "A drain is a sink" in shown(site, f"{FOLDER}/{docname}.html")


def test_a_hidden_file_is_on_no_page(site: Site) -> None:
    for name in (".draft.md", ".trash/draft.md", "day2/.old/draft.rst"):
        for folder in ("years", FOLDER, "speakers", "topics"):
            site.write(f"{folder}/{name}", "# Hidden\n\n```{raw} html\nhidden text\n```\n")
    assert site.build().warnings == []
    assert b"hidden text" not in b"".join(site.bytes().values())


def test_no_file_stops_the_others(site: Site) -> None:
    source = site.source
    site.write(f"{FOLDER}/good.txt", NOTE)
    site.write("years/top.txt", NOTE)
    site.write(f"{FOLDER}/{'a' * 250}.txt", NOTE)
    site.edit(f"{FOLDER}/index.md", "end: 2031-03-05", "end: 9999-12-31\nurl: data:x")
    (source / FOLDER / "passwd.md").symlink_to("/etc/passwd")
    (source / FOLDER / "zero.txt").symlink_to("/dev/zero")
    (source / FOLDER / "up").symlink_to("../..")
    (source / "topics" / "self").symlink_to(".")
    (source / "speakers" / "passwd.md").symlink_to("/etc/passwd")
    os.mkfifo(source / FOLDER / "fifo.txt")
    os.mkfifo(source / "more.md")
    with (source / FOLDER / "huge.md").open("wb") as file:
        file.truncate(1 << 30)  # sparse
    build = site.build()
    assert build.statuscode == 1
    said = messages(site, build.warnings)
    assert sorted(line.partition(": ")[0] for line in said) == sorted(
        [
            "years/top.txt:1", f"{FOLDER}/{'a' * 250}.txt:1",
            f"{FOLDER}/index.md:4", f"{FOLDER}/index.md:5", f"{FOLDER}/passwd.md:1",
            f"{FOLDER}/zero.txt:1", f"{FOLDER}/up:1", f"{FOLDER}/fifo.txt:1",
            f"{FOLDER}/huge.md:1", "topics/self:1", "speakers/passwd.md:1", "more.md:1",
        ]
    )  # fmt: skip
    assert "A drain is a queue" in shown(site, f"{FOLDER}/good.html")
    assert not any(b"root:" in data for data in site.bytes().values())
    assert not any("self/" in name or "up/" in name for name in site.bytes())


def test_a_warning_of_a_page_in_another_encoding_names_its_source(site: Site) -> None:
    (site.source / "guide.md").write_bytes("# Größe\n\n{doc}`gone`\n".encode("latin-1"))
    said = messages(site, site.build().warnings)
    assert any(line.startswith("guide.md:3: ") and "‘gone’" in line for line in said), said


@pytest.mark.parametrize("encoding", ["latin-1", "utf-16", "utf-16-le"])
def test_hand_written_pages_may_have_any_encoding(site: Site, encoding: str) -> None:
    for name in ("index.md", "speakers/ana-ruiz.md", "topics/water.md", f"{FOLDER}/index.md"):
        text = (site.source / name).read_text(encoding="utf-8")
        (site.source / name).write_bytes(f"{text}\nCafé Zoë\n".encode(encoding))
    (site.source / "guide.md").write_bytes("---\norphan: true\n---\n# Café\n".encode(encoding))
    build = site.build()
    said = messages(site, build.warnings)
    assert [line.partition(":")[0] for line in said] == ["guide.md"] * (encoding == "latin-1"), said
    for name in ("index", "speakers/ana-ruiz", "topics/water", f"{FOLDER}/index"):
        assert "Café Zoë" in shown(site, f"{name}.html")
    assert "Café" in shown(site, "guide.html")
    assert site.build().read == []


def test_a_control_character_in_front_matter_is_one_message(site: Site) -> None:
    site.edit("speakers/ana-ruiz.md", "---\n", "---\nplace: a\x07b\n")
    build = site.build()
    [said] = messages(site, build.warnings)
    assert said.startswith("speakers/ana-ruiz.md:2: ERROR: the front matter has a control")
    assert "\x07" not in site.text("speakers/ana-ruiz.html")


def test_what_exclude_patterns_leaves_out_is_on_no_page_and_named(site: Site) -> None:
    site.write(f"{FOLDER}/drains.txt", NOTE)
    site.write(f"{FOLDER}/more/drains.md", NOTE)
    site.write(f"{FOLDER}/_sources/drains.md", NOTE)  # Sphinx's own exclusion
    patterns = [f"{FOLDER}/drains.txt", "**/more"]
    build = site.build(exclude_patterns=patterns)
    assert build.warnings == []
    assert f"{FOLDER}/drains.txt is on no page" in build.said
    assert f"{FOLDER}/more is on no page" in build.said
    assert f"{FOLDER}/_sources is on no page" in build.said
    assert "Drains and wine" not in shown(site, f"{FOLDER}/index.html")
    assert not any("drains" in name for name in site.bytes())


def test_a_page_and_a_folder_of_one_name_are_an_error_where_they_are_one(site: Site) -> None:
    site.write(f"{FOLDER}/day2.txt", NOTE)
    site.write(f"{FOLDER}/day2/index.md", "---\norphan: true\n---\n# Second day\n")
    assert site.build().warnings == []
    said = messages(site, site.build("dirhtml").warnings)
    message = f"same output page as {FOLDER}/day2.txt; rename one of the two"
    assert said[0] == f"{FOLDER}/day2/index.md:1: ERROR: {message} [confnotes.duplicate-page]"
    assert messages(site, site.build("dirhtml").warnings) == said


def test_what_include_patterns_leaves_out_is_on_no_page_and_named(site: Site) -> None:
    site.write(f"{FOLDER}/drains.txt", NOTE)
    patterns = ["*.md", "speakers/**", "topics/**", "years/**/*index*", "years/**/*session*"]
    build = site.build(include_patterns=patterns)
    assert build.warnings == []
    assert f"{FOLDER}/drains.txt is on no page" in build.said
    assert not any("drains" in name for name in site.bytes())
