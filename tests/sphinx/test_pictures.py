"""The picture of a person, in builds."""

from __future__ import annotations

import base64
import json
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from conftest import Site

PAGE = "speakers/bo-li.md"
GIF = base64.b64decode("R0lGODlhAQABAAAAACwAAAAAAQABAAACAkQBADs=")


@pytest.fixture
def site(site: Site) -> Site:
    return site.without_search()


@pytest.mark.parametrize("heading", ["# Bo Li\n\nText.\n", ""])
def test_a_picture_is_copied_and_shown_below_the_heading(site: Site, heading: str) -> None:
    site.write(PAGE, f"---\nname: Bo Li\npicture: bo.gif\n---\n{heading}")
    (site.source / "speakers/bo.gif").write_bytes(GIF)
    assert site.build(html_baseurl="https://notes.example/").warnings == []
    html = site.text("speakers/bo-li.html")
    after = html.partition("<h1")[2]
    assert after.index('class="conf-portrait" src="../_images/bo.gif"') < after.index("<p")
    assert '"image":"https://notes.example/_images/bo.gif"' in html
    assert site.bytes()["_images/bo.gif"] == GIF
    speakers = {one["id"]: one for one in json.loads(site.text("api/speakers.json"))}
    assert speakers["bo-li"]["picture"] == "https://notes.example/_images/bo.gif"
    (site.source / "speakers/bo.gif").write_bytes(GIF + b"\0")
    site.build(html_baseurl="https://notes.example/")
    assert site.bytes()["_images/bo.gif"] == GIF + b"\0"


def test_a_picture_is_shown_where_people_are_listed(site: Site) -> None:
    assert site.build().warnings == []
    site.write(PAGE, "---\nname: Bo Li\npicture: bo.gif\n---\n")
    (site.source / "speakers/bo.gif").write_bytes(GIF)
    assert site.build().warnings == []
    assert '<img class="conf-face" src="../_images/bo.gif" alt=""' in site.text(
        "speakers/index.html"
    )
    note = site.text("years/2031/pipeline-days/monday-session-1.html")
    assert 'src="../../../_images/bo.gif"' in note
    made = site.bytes()
    shutil.rmtree(site.output)
    assert site.build().warnings == []
    assert site.bytes() == made


def test_a_picture_that_is_not_there_is_reported(site: Site) -> None:
    site.write(PAGE, "---\nname: Bo Li\npicture: bo.gif\n---\n")
    [warning] = site.build().warnings
    assert "speakers/bo-li.md" in warning
    assert "speakers/bo.gif" in warning


def test_a_picture_outside_the_project_is_not_published(site: Site, tmp_path: Path) -> None:
    (tmp_path / "private.gif").write_bytes(GIF)
    site.write(PAGE, "---\nname: Bo Li\npicture: bo.gif\n---\n")
    (site.source / "speakers/bo.gif").symlink_to(tmp_path / "private.gif")
    [warning] = site.build().warnings
    assert "speakers/bo-li.md" in warning
    assert "the link leads out of the project: ‘/speakers/bo.gif’; copy the file" in warning
    assert [name for name in site.bytes() if name.endswith(".gif")] == []
    (site.source / "speakers/bo.gif").unlink()
    (site.source / "speakers/bo.gif").write_bytes(GIF)
    assert site.build().warnings == []
    assert site.bytes()["_images/bo.gif"] == GIF


def test_a_link_to_a_picture_is_followed_in_every_build(site: Site) -> None:
    site.write(PAGE, "---\nname: Bo Li\npicture: bo.gif\n---\n")
    link = site.source / "speakers/bo.gif"
    for name, data in (("one.gif", GIF), ("two.gif", GIF + b"\0")):
        link.with_name(name).write_bytes(data)
        link.unlink(missing_ok=True)
        link.symlink_to(name)
        assert site.build().warnings == []
        pictures = {path: data for path, data in site.bytes().items() if path.endswith(".gif")}
        assert pictures == {f"_images/{name}": data}
        assert f'src="../_images/{name}"' in site.text("speakers/bo-li.html")
