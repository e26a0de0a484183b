"""A former name is in no byte of what is published."""

from __future__ import annotations

import gzip
import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from io import BytesIO
from typing import TYPE_CHECKING

from confnotes.cli import main

if TYPE_CHECKING:
    from pathlib import Path

    import pytest
    from conftest import Site

FOLDER = "years/2031/pipeline-days"
FORMER = re.compile(rb"quin[\W_]*tarr|tarr[\W_]*quin", re.IGNORECASE)
PERSON = "---\nname: Una Tarr\n{}---\n# Una Tarr\n\nAsk Quin Tarr.\n"
FORMER_LINES = "former: [Quin Tarr]\naliases: [U. Tarr]\n"
FILES = {
    f"{FOLDER}/former.txt": (
        "Pipeline Days 2031 – Tuesday – Session 7\n\nTaps that shut – Quin Tarr (Acme)\n"
        "Slides: https://example.org/quin-tarr.pdf\n\n• said QUIN\n  TARR\n\n"
        "Quin Tarr (Tarr Ltd)\n\n• twice, as @quintarr\n"
    ),
    f"{FOLDER}/former-2.md": (
        "# Pipeline Days 2031 – Tuesday – Session 8\n\n## Valves\n\nSpeaker: Tarr, Quin\n\n"
        "- with **Quin** Tarr and [Quin&nbsp;Tarr](https://example.org/a)\n"
    ),
    f"{FOLDER}/programme.json": (
        '{"event": "Pipeline Days 2031", "talks": [{"id": "1", "title": "Taps that shut",'
        ' "speakers": ["Quin Tarr"]}]}'
    ),
    "thanks.md": "---\norphan: true\n---\n# Thanks\n\nTo Quin Tarr, [see](https://example.org/quin-tarr).\n",
    "more.rst": ":orphan:\n\nMore\n====\n\n.. include:: more.inc\n",
    "more.inc": "And again to Quin Tarr.\n",
    "more-2.rst": ":orphan:\n\nMore\n====\n\n`See <https://example.org/quin-tarr>`__.\n",
    "redirects.txt": "speakers/quin-tarr speakers/una-tarr\n",
    "speakers/jo-dell.md": "---\nformer: Jo Bell\n---\n# Jo Dell\n",
}


def unpacked(files: Mapping[str, bytes]) -> Iterator[tuple[str, bytes]]:
    """Yield each file with its name in it, and what is packed in it."""
    for name, data in files.items():
        yield name, name.encode() + b"\n" + data
        if data.startswith(b"\x1f\x8b"):
            yield f"{name} (unpacked)", gzip.decompress(data)
        if name.endswith(".inv"):
            yield f"{name} (unpacked)", zlib.decompress(data.split(b"\n", 4)[4])
        if data.startswith(b"PK"):
            with zipfile.ZipFile(BytesIO(data)) as book:
                yield from unpacked({f"{name}/{one}": book.read(one) for one in book.namelist()})


def has_name(files: Mapping[str, bytes]) -> list[str]:
    return [name for name, data in unpacked(files) if FORMER.search(data)]


def test_no_output_has_it(site: Site, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name, text in FILES.items():
        site.write(name, text)
    site.write("speakers/una-tarr.md", PERSON.format(""))
    settings = {"html_baseurl": "https://notes.example.org/"}
    site.build(**settings)
    before = has_name(site.bytes())
    assert {
        "thanks.html", "more.html", "_sources/thanks.md.txt", f"_sources/{FOLDER}/former.txt",
        "objects.inv (unpacked)", "api/talks.json", "citations.bib",
    } <= {*before}  # fmt: skip
    assert any("pagefind/fragment/" in name for name in before)
    site.write("speakers/una-tarr.md", PERSON.format(FORMER_LINES))
    build = site.build(**settings)
    assert build.warnings == []
    assert has_name(site.bytes()) == []
    assert "Una Tarr" in site.text(f"{FOLDER}/former.html")
    assert "Una Tarr" in site.text(f"_sources/{FOLDER}/former.txt")
    assert not (site.output / "html/speakers/quin-tarr.html").exists()
    assert (site.output / "html/speakers/u-tarr.html").exists()
    assert site.build("epub", **settings).warnings == []
    assert has_name(site.bytes("epub")) == []
    exported = tmp_path / "exported"
    assert main(["export", "--root", str(site.source), str(exported)]) == 0
    capsys.readouterr()
    written = {p.name: p.read_bytes() for p in exported.rglob("*") if p.is_file()}
    assert {"talks.csv", "speakers.csv"} <= {*written}
    assert has_name(written) == []
