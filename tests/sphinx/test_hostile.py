"""Whatever a note says, the page says too, and does nothing else."""

from __future__ import annotations

import gzip
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from bs4 import BeautifulSoup
from defusedxml.ElementTree import fromstring

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


@pytest.fixture(scope="module")
def built_hostile(make_shared_site: Callable[[str], Site]) -> Site:
    site = make_shared_site("hostile")
    assert site.build().warnings == []
    return site


@pytest.mark.parametrize("path", NOTES, ids=lambda path: path.stem)
def test_every_line_is_on_the_page(built_hostile: Site, path: Path) -> None:
    shown = body(built_hostile.text(f"{FOLDER}/{path.stem}.html"))
    for line in path.read_text(encoding="utf-8").splitlines()[1:]:
        if line.startswith(FRAME):
            continue
        for part in line.removeprefix("• ").lstrip("`").split(" – "):
            assert fold(part).removeprefix("• ") in shown


def test_no_text_becomes_markup(built_hostile: Site) -> None:
    for name in built_hostile.bytes():
        if name.startswith(FOLDER) and name.endswith(".html"):
            article = BeautifulSoup(built_hostile.text(name), "html.parser").find("article")
            assert article is not None
            assert article.select("script, img, b, [href^=javascript], .footnote, .math") == []
    assert "root:" not in "".join(
        built_hostile.text(n) for n in built_hostile.bytes() if n.endswith(".html")
    )


@pytest.mark.parametrize(
    "bad",
    [b"caf\xe9 \xff\xfe", b"\x00\x01\x02", b"", b"\xff" * 9000],
    ids=["latin", "controls", "empty", "long"],
)
def test_bytes_that_are_no_text_harm_no_other_note(hostile: Site, bad: bytes) -> None:
    head = "Hostile Days 2031 – Wednesday – Session 2\n\nBytes – Mal Ory\n\n• ".encode()
    (hostile.source / FOLDER / "bytes.txt").write_bytes(head + bad)
    (hostile.source / FOLDER / "raw.txt").write_bytes(bad)
    build = hostile.build()
    assert "Directives" in hostile.text(f"{FOLDER}/directives.html")
    assert all("bytes.txt" in line or "raw.txt" in line for line in build.warnings)


PARSER = """
from pathlib import Path

from docutils import nodes
from docutils.transforms import Transform
from sphinx.parsers import Parser


def run(text):
    (Path(__file__).parent / "ran").touch()
    return nodes.raw("", "<script>" + text + "</script>", format="html")


class RunText(Transform):
    default_priority = 1

    def apply(self):
        self.document += run("transform")


class HostileParser(Parser):
    supported = ("hostile",)

    def get_transforms(self):
        return [*super().get_transforms(), RunText]

    def parse(self, inputstring, document):
        document += run(inputstring)


def replace_text(app, docname, source):
    source[0] = "<script>" + source[0] + "</script>"


def setup(app):
    app.add_source_parser(HostileParser)
    for suffix in (".txt", ".md", ".rst"):
        app.add_source_suffix(suffix, "hostile", override=True)
    app.connect("source-read", replace_text)
    return {"parallel_read_safe": True}
"""


@pytest.fixture
def with_extension(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[[str, str], Site]]:
    """Return what adds an extension to the project, ``before`` or ``after`` ours."""
    site.write("years/2031/pipeline-days/cells.md", NOTE)
    site.write("years/2031/pipeline-days/rest.rst", NOTE.replace("Cells", "Rest"))
    site.write("hostile_parser.py", PARSER)
    monkeypatch.syspath_prepend(str(site.source))

    def add(name: str, order: str) -> Site:
        names = {"before": [name, "confnotes"], "after": ["confnotes", name]}[order]
        # Sphinx changes the default of source_suffix in place, for later tests, too.
        settings = f"extensions = {names}\nsource_suffix = {{'.rst': 'restructuredtext'}}"
        site.edit("conf.py", 'extensions = ["confnotes"]', settings)
        return site

    yield add
    sys.modules.pop("hostile_parser", None)


NOTE = """\
---
file_format: mystnb
kernelspec: {name: python3}
---
# Cells that count – Bo Li

- one `point`

```{raw} html
<script id="raw">alert(1)</script>
```

```{code-cell}
open("ran", "w").write("a note ran code at build time")
```

.. raw:: html

   <script id="raw">alert(1)</script>
"""


def check_notes(site: Site) -> None:
    folder = "years/2031/pipeline-days"
    for name in ("cells", "rest", "monday-session-1"):
        article = BeautifulSoup(site.text(f"{folder}/{name}.html"), "html.parser")
        body = article.find(attrs={"role": "main"}) or article
        assert "<script" not in str(body.find("section"))
        assert body.find(class_="conf-talk")
    assert list(site.source.parent.rglob("ran")) == []
    text = site.text(f"{folder}/cells.html")
    assert "a note ran code" in text
    listed = BeautifulSoup(site.text("speakers/bo-li.html"), "html.parser").select(".conf-talks li")
    assert any("Cells that count" in item.text for item in listed)


@pytest.mark.parametrize("order", ["before", "after"])
def test_a_parser_of_all_suffixes_reads_no_note(
    with_extension: Callable[[str, str], Site], order: str
) -> None:
    site = with_extension("hostile_parser", order)
    for page in site.source.rglob("*.md"):
        if page.name != "cells.md":
            page.unlink()  # what a person writes is the parser's
    site.build(html_theme="basic")
    check_notes(site)


@pytest.mark.parametrize("order", ["before", "after"])
def test_myst_nb_runs_no_cell_of_a_note(
    with_extension: Callable[[str, str], Site], order: str
) -> None:
    pytest.importorskip("myst_nb", reason="MyST-NB is not installed")
    site = with_extension("myst_nb", order)
    assert site.build(html_theme="basic").warnings == []
    check_notes(site)


LISTING = ".. autosummary::\n   :toctree: stubs\n\n   {}\n"


@pytest.mark.parametrize("order", ["before", "after"])
def test_autosummary_imports_what_prose_names_and_no_note(
    with_extension: Callable[[str, str], Site], order: str
) -> None:
    site = with_extension("sphinx.ext.autosummary", order)
    site.write(
        "named_by_notes.py", "from pathlib import Path\n\nPath(__file__, '../ran').touch()\n"
    )
    site.write("named_by_prose.py", "")
    site.write("guide/code.rst", f":orphan:\n\nCode\n====\n\n{LISTING.format('named_by_prose')}")
    for suffix in ("txt", "md", "rst"):
        note = f"Pipes that import {suffix} – Bo Li\n\n{LISTING.format('named_by_notes')}"
        site.write(f"years/2031/pipeline-days/listing-{suffix}.{suffix}", note)
    for _ in range(2):
        assert site.build().warnings == []
        assert sys.modules.pop("named_by_prose")  # else it is code of all later builds
        assert [path.parent.name for path in site.source.rglob("stubs")] == ["guide"]
        assert "named_by_notes" not in sys.modules
        assert "named_by_notes" in site.text("years/2031/pipeline-days/listing-rst.html")


def test_a_suffix_without_a_type_reads_no_note(site: Site) -> None:
    site.write("years/2031/pipeline-days/rest.rst", NOTE)
    types = {".md": "markdown", ".rst": None}
    site.edit("conf.py", "smartquotes", f"source_suffix = {types}\nsmartquotes")
    assert site.build().warnings == []
    page = BeautifulSoup(site.text("years/2031/pipeline-days/rest.html"), "html.parser")
    assert page.find(id="raw") is None
    assert page.find(class_="conf-talk")


def test_text_files_that_a_setting_makes_pages_stay_pages(site: Site) -> None:
    types = {".md": "markdown", ".txt": "markdown"}
    site.edit("conf.py", "smartquotes", f"source_suffix = {types}\nsmartquotes")
    site.write("guide.txt", "---\norphan: true\n---\n# A *page*\n")
    assert site.build().warnings == []
    assert "<em>page</em>" in site.text("guide.html")
    note = site.text("years/2031/pipeline-days/monday-session-1.html")
    assert 'class="conf-talk' in note


COMMENTS = """\
# Secrets of pipes – Bo Li

- said in public %% Marker-A %%
<!-- Marker-B -->
- and more

% Marker-C
"""
REMARKS = "Pipeline Days 2031 – Monday\n\nTaps – Bo Li\n\n• drip[a]\n\n[a]Marker-D\n"
"""Of Google Docs."""


@pytest.mark.filterwarnings("ignore:.*JSONHTMLBuilder.app")
@pytest.mark.parametrize("suffix", [".txt", ""])
def test_comments_of_a_note_are_in_no_output(site: Site, suffix: str) -> None:
    site.write("years/2031/pipeline-days/private.md", COMMENTS)
    site.write("years/2031/pipeline-days/remarks.txt", REMARKS)
    settings = {"html_baseurl": "https://notes.example/", "html_sourcelink_suffix": suffix}
    for builder in ("html", "dirhtml", "singlehtml", "json", "epub", "latex", "text"):
        assert site.build(builder, **settings).warnings == []
        for name, content in site.bytes(builder).items():
            is_packed = name.endswith((".pf_fragment", ".pf_index"))
            assert b"Marker-" not in (gzip.decompress(content) if is_packed else content), name
    copy = site.text("_sources/years/2031/pipeline-days/private.md.txt")
    assert copy.splitlines()[2:5] == ["- said in public ", "", "- and more"]


def test_doctrees_in_the_output_have_no_comments_of_notes(site: Site) -> None:
    site.write("years/2031/pipeline-days/private.md", COMMENTS)
    output = site.output / "html"
    (output / ".doctrees").mkdir(parents=True)
    (output / ".doctrees/notes.sqlite").write_bytes(b"Marker-A")  # as version 0.1.0 left it
    command = [sys.executable, "-m", "sphinx", "-q", "-D", "confnotes_search=0"]
    subprocess.run([*command, site.source, output], check=True)
    found = site.bytes()
    assert ".doctrees/environment.pickle" in found
    assert [name for name, content in found.items() if b"Marker-" in content] == []


OUTLINES = {
    "outline.org": "* Pipes – Bo Li\r\n:PROPERTIES:\r\n:MOOD: Marker-A\r\n:END:\r\n- air\r\n",
    "outline-too.md": "- Taps – Bo Li\n  mood:: Marker-A\n  id:: Marker-B\n\t- air\n\t- steam\n",
}


def test_properties_of_an_outline_are_in_no_output(site: Site) -> None:
    for name, text in OUTLINES.items():
        site.write(f"years/2031/pipeline-days/{name}", text)
    site.build()
    for path, content in site.bytes().items():
        is_packed = path.endswith((".pf_fragment", ".pf_index"))
        assert b"Marker-" not in (gzip.decompress(content) if is_packed else content), path
    for name, text in OUTLINES.items():
        copy = site.text(f"_sources/years/2031/pipeline-days/{name}.txt")
        assert len(copy.splitlines()) == len(text.splitlines())
        assert "- air" in copy


def test_copies_of_sources_are_of_files_that_somebody_typed(built: Site) -> None:
    copies = {name.removeprefix("_sources/") for name in built.bytes() if "_sources/" in name}
    typed = {path.relative_to(built.source).as_posix() for path in built.source.rglob("*.*")}
    assert len(copies) > 5
    assert copies <= typed | {f"{name}.txt" for name in typed}


def test_a_setting_leaves_out_the_notes_as_typed(built: Site) -> None:
    assert built.build(html_copy_source=False).warnings == []
    folder = "years/2031/pipeline-days"
    page = BeautifulSoup(built.text(f"{folder}/monday-session-1.html"), "html.parser")
    assert page.select("[href*=_sources]") == []
    assert "_sources" not in built.text("coverage.html")
    assert not (built.output / f"html/_sources/{folder}").exists()


CONTROLS = "".join(map(chr, range(32))) + "\x7f\x85\u2028\ufffe\ufdd0]]>&amp;<![CDATA["


@pytest.mark.parametrize("builder", ["html", "epub"])
def test_all_xml_is_well_formed(hostile: Site, builder: str) -> None:
    inner = CONTROLS.replace("\n", "").replace("\r", "")
    text = (
        f"# Con{inner}trol – Mal Ory\n\n- `a{CONTROLS}b` **x{CONTROLS}**\n\n"
        f"```py\n{CONTROLS}\n```\n"
    )
    for name in ("controls.md", "controls-too.txt"):
        (hostile.source / FOLDER / name).write_text(text, encoding="utf-8", newline="")
    hostile.build(builder, html_baseurl="https://notes.example/")
    parsed = 0
    for name, content in hostile.bytes(builder).items():
        if name.endswith((".xml", ".xhtml", ".opf", ".ncx")):
            fromstring(content)
            parsed += 1
    assert parsed > 4
