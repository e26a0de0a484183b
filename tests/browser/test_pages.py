from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote

import pytest

from tests.browser.windows import looking

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

PAGES = {
    "front": "index.html",
    "note": "years/2015/linux-conf-au/day-5-session-3.html",
    "speaker": "speakers/monty-taylor.html",
    "topic": "topics/containers.html",
    "event": "years/2015/linux-conf-au/index.html",
    "year": "years/2015/index.html",
    "years": "years/index.html",
    "speakers": "speakers/index.html",
    "topics": "topics/index.html",
    "coverage": "coverage.html",
    "search": "search.html?q=containers",
    "guide": "guide/index.html",
    "guide-page": "guide/note-takers.html",
    "lost": "404.html",
}
ONLY_TALK = "years/2015/linux-conf-au/day-5-keynote-panel.html"
WCAG_2_2 = {"rules": {"target-size": {"enabled": True}}}
"""The rule of WCAG 2.2 that axe leaves out unless asked."""
WINDOWS = {
    "desktop-light": {"color_scheme": "light", "viewport": {"width": 1400, "height": 900}},
    "phone-dark": {"color_scheme": "dark", "viewport": {"width": 390, "height": 844}},
}


@pytest.fixture(scope="module", params=WINDOWS.values(), ids=WINDOWS)
def window(request: pytest.FixtureRequest) -> dict[str, object]:
    return request.param


@pytest.fixture(scope="module", params=PAGES.values(), ids=PAGES)
def page(
    browser: Browser, address: str, window: dict[str, object], request: pytest.FixtureRequest
) -> Iterator[Page]:
    """Return each kind of page, in both colour schemes and sizes, opened once for all checks."""
    with looking(browser, address + request.param, **window) as opened:
        yield opened


def test_everybody_can_read_it(page: Page) -> None:
    from axe_playwright_python.sync_playwright import Axe

    faults = [
        f"{fault['id']}: {node['target']} {node['failureSummary']}"
        for fault in Axe().run(page, options=WCAG_2_2).response["violations"]
        for node in fault["nodes"]
    ]
    assert faults == []


def test_nothing_moves_or_sticks_out(page: Page) -> None:
    assert page.evaluate("window.moved") == 0
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]


def test_a_number_above_a_bar_stays_in_one_line(visit: Callable[..., Page]) -> None:
    page = visit(PAGES["years"])
    bar = "<li><span class=conf-bar>2,345</span> <a href=#>2015</a></li>"
    picture = f"<div class=conf-picture><ul class=conf-bars>{bar * 40}</ul></div>"
    page.locator("h1").evaluate(
        "(title, picture) => title.insertAdjacentHTML('afterend', picture)", picture
    )
    heights = "[...document.querySelectorAll('.conf-bars > li')].map((one) => one.offsetHeight)"
    assert max(page.evaluate(heights)) < 110
    picture = page.locator(".conf-picture")
    picture.evaluate("(box) => box.scrollTo(9999, 0)")
    last = page.locator(".conf-bars > li").last
    assert last.bounding_box()["x"] < picture.bounding_box()["x"] + picture.bounding_box()["width"]


@pytest.mark.parametrize("width", [390, 1100, 1400])
def test_a_bar_stays_above_the_page(visit: Callable[..., Page], width: int) -> None:
    window = {"viewport": {"width": width, "height": 400}}
    page = visit(PAGES["note"] + "#conference-closing", **window)
    talk = page.locator("#conference-closing").bounding_box()
    bar = page.locator("header").bounding_box()
    assert bar["y"] == 0 < bar["height"] <= talk["y"] < 400
    if width > 1000:
        page.locator(".sidebar-tree").get_by_role("link", name="Speakers").click()
        page.wait_for_url("**/speakers/index.html")


def test_a_speaker_has_a_disc_with_initials(visit: Callable[..., Page]) -> None:
    disc = "getComputedStyle(document.querySelector('h1'), '::before').content"
    assert visit(PAGES["speaker"]).evaluate(disc) == '"MT" / ""'
    assert visit(PAGES["speakers"]).evaluate(disc) == "none"


def test_the_front_page_leads_to_the_search(visit: Callable[..., Page]) -> None:
    page = visit(PAGES["front"], java_script_enabled=False)
    page.locator(".conf-search-box input").fill("containers")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search.html?q=containers")


def test_speakers_can_be_filtered(visit: Callable[..., Page]) -> None:
    page = visit(PAGES["speakers"])
    page.get_by_role("searchbox", name="Speakers").fill("taylor m")
    assert page.locator(".conf-people > li:visible").all_inner_texts() == ["Monty Taylor"]
    page.locator(".conf-filter").fill("")
    assert page.locator(".conf-people > li:visible").count() > 10


def test_a_letter_is_hidden_with_its_last_speaker(
    browser: Browser, served: tuple[Path, str], address: str
) -> None:
    path = served[0] / "speakers/lettered.html"  # as an index of many speakers is
    index = (served[0] / PAGES["speakers"]).read_text("utf-8")
    start, rest = index.split('<ul class="conf-people simple">')
    people, end = rest.split("</ul>", 1)
    section = r'<section class="conf-letter"><h2>A</h2><ul class="conf-people">\1</ul></section>'
    path.write_text(start + re.sub("(?s)(<li>.*?</li>)", section, people) + end, "utf-8")
    with looking(browser, f"{address}speakers/lettered.html") as page:
        assert page.locator(".conf-letter:visible > h2").count() > 10
        page.locator(".conf-filter").fill("taylor m")
        assert page.locator(".conf-letter:visible > h2").count() == 1
    path.unlink()


def test_speakers_on_pages_by_letter_are_found_by_name(
    browser: Browser, served: tuple[Path, str], address: str
) -> None:
    path = served[0] / "speakers/many.html"  # as an index of very many speakers is
    box = '<form class="conf-search-box conf-people-search"><input name="q"></form>'
    index = (served[0] / PAGES["speakers"]).read_text("utf-8")
    path.write_text(re.sub('<input [^>]*class="conf-filter"[^>]*>', box, index), "utf-8")
    with looking(browser, f"{address}speakers/many.html") as page:
        page.locator(".conf-people-search input").fill("mil kat")
        found = page.locator(".conf-people-search + .conf-people a")
        found.wait_for()
        assert found.all_inner_texts() == ["Katie Miller"]
        found.click()
        assert page.url.endswith("speakers/katie-miller.html")
    path.unlink()


def test_what_is_folded_opens(visit: Callable[..., Page]) -> None:
    page = visit(PAGES["note"])
    topic = page.locator("details").get_by_role("link", name="Version control").first
    assert not topic.is_visible()
    page.get_by_text("and 3 more").first.click()
    assert topic.is_visible()


def test_a_note_leads_to_its_talks_unless_they_are_beside_it(visit: Callable[..., Page]) -> None:
    page = visit(PAGES["note"], viewport={"width": 390, "height": 844})
    from playwright.sync_api import expect

    beside = page.locator(".toc-tree").get_by_role("link", name="Conference Closing")
    expect(beside).not_to_be_in_viewport()
    page.get_by_text("2 talks").click()
    expect(beside).to_be_in_viewport()
    beside.click()
    assert page.url.endswith("#conference-closing")
    page.set_viewport_size({"width": 1400, "height": 900})
    expect(beside).to_be_in_viewport()


@pytest.mark.parametrize(
    ("button", "drawer", "key"),
    [
        ("2 talks", "On this page", "Enter"),
        ("2 talks", "On this page", "Space"),
        ("Toggle site navigation sidebar", "Navigation", "Enter"),
    ],
)
def test_a_drawer_opens_by_keyboard(
    visit: Callable[..., Page], button: str, drawer: str, key: str
) -> None:
    from playwright.sync_api import expect

    page = visit(PAGES["note"], viewport={"width": 390, "height": 844})
    opener, links = (
        page.get_by_role("button", name=button),
        page.get_by_role("complementary", name=drawer).get_by_role("link"),
    )
    assert links.count() == 0
    expect(opener).to_have_attribute("aria-expanded", "false")
    opener.focus()
    page.keyboard.press(key)
    expect(links.first).to_be_focused()
    expect(links.first).to_be_in_viewport()
    expect(opener).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("Escape")
    expect(opener).to_be_focused()
    assert links.count() == 0
    page.set_viewport_size({"width": 1400, "height": 900})
    expect(opener).to_have_count(0)


def test_the_note_as_typed(visit: Callable[..., Page]) -> None:
    page = visit(PAGES["note"])
    page.get_by_role("link", name="View the note as typed").click()
    assert "NoOps with Ansible and Puppet" in page.inner_text("body")
    assert page.url.endswith(".txt")


def test_the_address_of_a_talk_can_be_copied(visit: Callable[..., Page]) -> None:
    from playwright.sync_api import expect

    page = visit(PAGES["note"], permissions=["clipboard-read", "clipboard-write"])
    link = page.locator("section.conf-talk > h2 > .headerlink").first
    expect(link).to_have_css("opacity", "0")
    page.locator("section.conf-talk > h2").first.hover()
    expect(link).to_have_css("opacity", "1")
    link.click()
    page.locator(".conf-copied").wait_for()
    assert page.evaluate("navigator.clipboard.readText()") == page.url
    assert page.url.endswith("#noops-with-ansible-and-puppet")


def test_the_address_of_a_talk_leads_to_the_part_of_its_note(
    served: tuple[Path, str], visit: Callable[..., Page]
) -> None:
    place = f"{PAGES['note']}#noops-with-ansible-and-puppet"
    (served[0] / "brief.html").write_text(
        f"<section class=conf-brief id=noops><h2>NoOps</h2><p>By <a href={place}>Talks 1–2</a></p>"
        "</section><script src=_static/keys.js defer></script>"
    )
    visit("brief.html?highlight=puppet#noops").wait_for_url(
        f"**/{PAGES['note']}*#noops-with-ansible-and-puppet"
    )


@pytest.mark.parametrize("by", ["hover", "focus"])
def test_resting_on_a_link_shows_what_it_leads_to(visit: Callable[..., Page], by: str) -> None:
    page = visit(PAGES["topic"])
    page.keyboard.press("Tab")  # from now on focus is that of a keyboard
    link = page.get_by_role("link", name="Steven Ellis").first
    getattr(link, by)()
    card = page.get_by_role("tooltip")
    card.wait_for()
    assert card.locator("strong").inner_text() == "Steven Ellis"
    assert "Cloud Crafting" in card.inner_text()
    assert link.get_attribute("aria-describedby") == card.get_attribute("id")
    page.keyboard.press("Escape")
    assert not card.is_visible()
    assert link.get_attribute("aria-describedby") is None


def test_the_card_of_a_talk_is_about_the_talk(visit: Callable[..., Page]) -> None:
    page = visit(PAGES["topic"])
    page.get_by_role("link", name="Live Migration of Linux Containers").first.hover()
    card = page.get_by_role("tooltip")
    card.wait_for()
    assert card.locator("strong").inner_text() == "Live Migration of Linux Containers"
    assert "Tycho Andersen" in card.inner_text()
    assert "Casey West" not in card.inner_text()
    card.hover()
    assert card.is_visible()


def test_what_is_missing_leads_to_the_file(visit: Callable[..., Page]) -> None:
    page = visit(PAGES["coverage"])
    page.locator(".conf-file").first.click()
    assert page.url.endswith(".txt")


def test_on_paper_there_is_only_the_note(visit: Callable[..., Page]) -> None:
    page = visit(PAGES["note"])
    page.emulate_media(media="print")
    assert page.get_by_role("heading", name="NoOps with Ansible and Puppet").is_visible()
    for hidden in (".sidebar-drawer", ".conf-source-link"):
        assert not page.locator(hidden).first.is_visible()


def test_one_click_copies_the_citation_of_a_talk(visit: Callable[..., Page]) -> None:
    page = visit(PAGES["note"], permissions=["clipboard-read", "clipboard-write"])
    talks = page.locator("section.conf-talk")
    assert page.locator("section.conf-talk > .conf-cite").count() == talks.count()
    talk = talks.last
    talk.get_by_role("button", name="Link").click()
    talk.get_by_role("button", name="Link ✓").wait_for()
    place = f"{PAGES['note']}#{talk.get_attribute('id')}"
    assert page.evaluate("navigator.clipboard.readText()").endswith(place)
    for label, mark in {"BibTeX": "url = {", "CSL-JSON": '"URL": "', "RIS": "UR  - "}.items():
        talk.get_by_role("button", name=label).click()
        talk.get_by_role("button", name=f"{label} ✓").wait_for()
        copied = page.evaluate("navigator.clipboard.readText()")
        assert copied.count(mark) == 1
        assert f"#{talk.get_attribute('id')}" in copied


def test_the_only_talk_of_a_page_has_its_citation_once(visit: Callable[..., Page]) -> None:
    page = visit(ONLY_TALK)
    assert page.locator("section.conf-talk").count() == page.locator(".conf-cite").count() == 1
    assert page.locator(".conf-cite a").count() == 0
    assert page.get_by_role("button", name="BibTeX").count() == 1


def test_without_scripts_citations_are_files(visit: Callable[..., Page]) -> None:
    page = visit(PAGES["note"], java_script_enabled=False)
    with page.expect_download() as download:
        page.locator(".conf-cite a").first.click()
    assert download.value.suggested_filename == "day-5-session-3.bib"


def zotero_item(data: str) -> dict[str, object]:
    """Return what Zotero makes of COinS: ``parseContextObject`` of its openurl.js."""
    parts = [part.split("=") for part in data.split("&")]
    fields = [(key, unquote(re.sub(r"\+|%2B", " ", value))) for key, value in parts]
    known = dict(fields)
    assert known["rft_val_fmt"] == "info:ofi/fmt:kev:mtx:book"
    assert known["rft.genre"] in {"conference", "proceeding"}, "else it is a book"
    names = [value.split(", ") for key, value in fields if key == "rft.au"]
    return {
        "itemType": "conferencePaper",
        "title": known["rft.atitle"],
        "creators": [(name[0], name[1] if name[1:] else "") for name in names],
        "proceedingsTitle": known["rft.btitle"],
        "place": known.get("rft.place", ""),
        "date": known["rft.date"],
        "url": known["rft_id"],
    }


@pytest.mark.parametrize("path", [PAGES["note"], ONLY_TALK])
def test_zotero_reads_every_talk_of_a_note(
    visit: Callable[..., Page], served: tuple[Path, str], path: str
) -> None:
    spans = visit(path).locator("span.Z3988").evaluate_all("(all) => all.map((one) => one.title)")
    cited = json.loads((served[0] / path).with_suffix(".csl.json").read_text("utf-8"))
    assert [zotero_item(data) for data in spans] == [
        {
            "itemType": "conferencePaper",
            "title": talk["title"],
            "creators": [
                (one.get("family") or one["literal"], one.get("given", ""))
                for one in talk.get("author", ())
            ],
            "proceedingsTitle": talk["event-title"],
            "place": talk.get("event-place", ""),
            "date": "-".join(f"{part:02}" for part in talk["issued"]["date-parts"][0]),
            "url": talk["URL"],
        }
        for talk in cited
    ]
