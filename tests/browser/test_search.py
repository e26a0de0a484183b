from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from tests.browser.windows import answered

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

ALLOCATORS = "SL[AUO]B: Kernel memory allocator design and philosophy"


def found(page: Page) -> list[str]:
    answered(page)
    return page.locator(".conf-results > li > a").all_inner_texts()


@pytest.mark.parametrize("asked", ["slub", "Lameter", "Christoph+Lameter"])
def test_a_word_or_a_name_finds_the_talk(visit: Callable[..., Page], asked: str) -> None:
    assert found(visit(f"search.html?q={asked}"))[0] == ALLOCATORS


def test_two_filters_narrow_an_answer(visit: Callable[..., Page]) -> None:
    page = visit("search.html?q=containers")
    everything = found(page)
    page.get_by_label("year").select_option("2016")
    page.wait_for_url("**year=2016")
    page.get_by_label("speaker").select_option("Tycho Andersen")
    page.wait_for_url("**speaker=Tycho+Andersen**")
    assert found(page) == ["Live Migration of Linux Containers"]
    assert page.locator(".conf-found").inner_text() == "Talks found: 1"
    assert len(everything) > 1


def test_an_address_has_the_whole_question(visit: Callable[..., Page]) -> None:
    page = visit("search.html?speaker=Tycho+Andersen&year=2016")
    assert found(page) == ["Live Migration of Linux Containers"]


def test_a_talk_that_is_found_is_where_it_leads(visit: Callable[..., Page]) -> None:
    page = visit("search.html?q=slub")
    page.locator(".conf-results a").first.click()
    anchor = page.url.partition("#")[2]
    assert ALLOCATORS in page.locator(f"section[id='{anchor}'] > h2").inner_text()


@pytest.mark.parametrize("keys", ["/", "Control+k"])
@pytest.mark.parametrize("path", ["topics/containers.html", "search.html?q=slub"])
def test_keys_lead_to_the_box(visit: Callable[..., Page], path: str, keys: str) -> None:
    page = visit(path)
    page.locator("h1").click()
    page.keyboard.press(keys)
    page.keyboard.type("lameter")
    page.keyboard.press("Enter")
    page.wait_for_url("**q=lameter**")
    assert found(page)[0] == ALLOCATORS


def test_newest_first(visit: Callable[..., Page]) -> None:
    page = visit("search.html?q=containers")
    page.get_by_label("order").select_option("newest first")
    page.wait_for_url("**sort=date")
    answered(page)
    years = [
        line.split()[-1] for line in page.locator(".conf-results .conf-when").all_inner_texts()
    ]
    assert years == sorted(years, reverse=True)
    assert len(set(years)) > 1


def test_an_excerpt_is_what_was_said(visit: Callable[..., Page]) -> None:
    page = visit("search.html?q=slub")
    assert page.locator(".conf-excerpt mark").first.inner_text() == "SLUB:"


def test_an_answer_costs_little(browser: Browser, address: str) -> None:
    page = browser.new_page()
    sizes = []
    page.on("requestfinished", lambda one: sizes.append(one.sizes()["responseBodySize"]))
    page.goto(f"{address}search.html?q=slub")
    answered(page)
    page.close()
    assert 0 < sum(sizes) < 350_000  # the page itself, its styles and scripts among them


def test_a_question_by_keyboard_alone(visit: Callable[..., Page]) -> None:
    page = visit("search.html")
    page.keyboard.type("containers")
    page.keyboard.press("Enter")
    page.wait_for_url("**q=containers")
    answered(page)
    page.locator("select[name=year] option[value='2015']").wait_for(state="attached")
    for _ in ("button", "kind", "year"):
        page.keyboard.press("Tab")
    page.keyboard.press("ArrowDown")
    page.wait_for_url("**year=2016**")
    answered(page)
    page.keyboard.press("ArrowDown")
    page.wait_for_url("**year=2015**")
    assert found(page) == ["Connecting Containers: Building a PaaS with Docker and Kubernetes"]
    assert page.evaluate("document.activeElement.name") == "year"
    for _ in ("event", "topic", "speaker", "sort", "result"):
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/day-4-session-3.html#**")


def test_without_scripts_the_indexes_serve(visit: Callable[..., Page]) -> None:
    page = visit("search.html?q=slub", java_script_enabled=False)
    page.locator("#furo-main-content").get_by_role("link", name="Speakers").click()
    assert page.url.endswith("speakers/index.html")
