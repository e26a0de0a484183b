from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
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


def choose(page: Page, facet: str, typed: str) -> None:
    """Type into a facet and take the first value that it offers."""
    page.get_by_role("combobox", name=facet).click()
    page.keyboard.type(typed)
    page.get_by_role("option", name=typed).first.click()


def test_two_filters_narrow_an_answer(visit: Callable[..., Page]) -> None:
    page = visit("search.html?q=containers")
    everything = found(page)
    choose(page, "Year", "2016")
    page.wait_for_url("**/*year=2016")
    choose(page, "Speaker", "andersen")
    page.wait_for_url("**/*speaker=Tycho+Andersen*")
    assert found(page) == ["Live Migration of Linux Containers"]
    assert page.locator(".conf-found").inner_text() == "Talks found: 1"
    assert len(everything) > 1


def test_what_is_chosen_can_be_taken_back(visit: Callable[..., Page]) -> None:
    page = visit("search.html?q=containers&year=2016&speaker=Tycho+Andersen")
    assert len(found(page)) == 1
    page.get_by_role("button", name="Remove Speaker: Tycho Andersen").click()
    page.wait_for_url("**/*q=containers&year=2016")
    assert len(found(page)) > 1
    assert page.locator(".conf-chips").inner_text() == "Year: 2016 ×"


def test_of_two_values_of_a_facet_any_will_do(visit: Callable[..., Page]) -> None:
    page = visit("search.html?speaker=Tycho+Andersen&speaker=Katie+Miller")
    assert sorted(found(page)) == [
        "Connecting Containers: Building a PaaS with Docker and Kubernetes",
        "Live Migration of Linux Containers",
    ]


def test_the_values_of_a_facet_are_loaded_when_it_is_opened(visit: Callable[..., Page]) -> None:
    page = visit("index.html")
    loaded: list[str] = []
    page.on("request", lambda one: loaded.append(one.url))
    page.goto(page.url.replace("index.html", "search.html?q=containers"))
    assert found(page)
    assert [url for url in loaded if "/index/" in url]
    assert not [url for url in loaded if "/facets/" in url]
    page.get_by_role("combobox", name="Speaker").click()
    assert page.get_by_role("option", name="Tycho Andersen").locator("small").inner_text() == "1"
    names = [url.rpartition("/")[2] for url in loaded if "/facets/" in url]
    assert names == ["parts.json", "speaker-0.json"]


def test_an_address_has_the_whole_question(visit: Callable[..., Page]) -> None:
    page = visit("search.html?speaker=Tycho+Andersen&year=2016")
    assert found(page) == ["Live Migration of Linux Containers"]


def test_a_talk_that_is_found_is_where_it_leads(visit: Callable[..., Page]) -> None:
    page = visit("search.html?q=slub")
    page.locator(".conf-results a").first.click()
    anchor = page.url.partition("#")[2]
    assert ALLOCATORS in page.locator(f"section[id='{anchor}'] > h2").inner_text()
    assert page.locator("span.highlighted").first.inner_text() == "SLUB"


def test_words_are_marked_in_the_text_alone(visit: Callable[..., Page]) -> None:
    page = visit("years/2015/linux-conf-au/day-5-session-2.html?highlight=allocator")
    colour = "(one) => getComputedStyle(one).backgroundColor"
    clear = "rgba(0, 0, 0, 0)"
    assert page.locator(".toc-drawer span.highlighted").first.evaluate(colour) == clear
    assert page.locator("article span.highlighted").first.evaluate(colour) != clear


@pytest.mark.parametrize("order", ["newest", "oldest"])
def test_order(visit: Callable[..., Page], order: str) -> None:
    page = visit("search.html?q=containers")
    page.get_by_label("Order").select_option(f"{order} first")
    page.wait_for_url(f"**/*sort={order}")
    answered(page)
    lines = page.locator(".conf-results .conf-when").all_inner_texts()
    years = [line.split()[-1] for line in lines]
    assert years == sorted(years, reverse=order == "newest")
    assert len(set(years)) > 1


def test_without_words_the_order_is_said_to_be_what_it_is(visit: Callable[..., Page]) -> None:
    page = visit("search.html?topic=Containers")
    assert page.get_by_label("Order").input_value() == "newest"
    options = page.get_by_label("Order").locator("option").all_inner_texts()
    assert options == ["newest first", "oldest first"]


def test_a_word_is_excluded(visit: Callable[..., Page]) -> None:
    everything = found(visit("search.html?q=containers"))
    without = found(visit("search.html?q=containers+-docker"))
    docker = found(visit("search.html?q=containers+docker"))
    assert without
    assert docker
    assert sorted([*without, *docker]) == sorted(everything)


def test_stop_words_are_asked_for_alone_or_in_a_phrase_only(visit: Callable[..., Page]) -> None:
    containers = found(visit("search.html?q=containers"))
    assert found(visit("search.html?q=what+is+the+containers")) == containers
    assert found(visit("search.html?q=the+and")) == found(visit("search.html?q=the")) != []
    assert found(visit('search.html?q="all+the+containers"')) == []


def test_a_word_that_only_a_topic_has_finds_and_does_not_exclude(
    visit: Callable[..., Page],
) -> None:
    """LXD is a phrase of the topic Containers, and few talks on it say so."""
    everything = found(visit("search.html?q=containers"))
    lxd = found(visit("search.html?q=containers+lxd"))
    without = found(visit("search.html?q=containers+-lxd"))
    assert set(lxd) <= set(everything)
    assert len(lxd) > len(everything) - len(without)
    assert without


@pytest.mark.parametrize(
    ("asked", "name"), [("waiver", "The ledger"), ("k8s", "Kubernetes"), ("miller", "Katie Miller")]
)
def test_the_page_finds_names_and_the_guide(
    visit: Callable[..., Page], asked: str, name: str
) -> None:
    page = visit(f"search.html?q={asked}")
    assert name in page.locator(".conf-names a").all_inner_texts()


def test_an_excerpt_is_what_was_said(visit: Callable[..., Page]) -> None:
    page = visit("search.html?q=slub")
    assert page.locator(".conf-excerpt mark").first.inner_text() == "SLUB"


def test_an_answer_costs_little(browser: Browser, address: str) -> None:
    page = browser.new_page()
    sizes = []
    page.on("requestfinished", lambda one: sizes.append(one.sizes()["responseBodySize"]))
    page.goto(f"{address}search.html?q=slub")
    answered(page)
    page.close()
    assert 0 < sum(sizes) < 300_000  # the page itself, its styles and scripts among them


def test_a_question_by_keyboard_alone(visit: Callable[..., Page]) -> None:
    page = visit("search.html")
    page.keyboard.type("containers")
    page.keyboard.press("Enter")
    page.wait_for_url("**/*q=containers")
    answered(page)
    for _ in ("button", "speaker", "topic", "event", "year"):
        page.keyboard.press("Tab")
    page.keyboard.type("2015")
    page.get_by_role("option", name="2015").wait_for()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/*year=2015*")
    assert found(page) == ["Connecting Containers: Building a PaaS with Docker and Kubernetes"]
    assert page.evaluate("document.activeElement.id") == "conf-year"
    names = page.locator(".conf-names a").all_inner_texts()
    for _ in ("kind", "order", *names, "result"):
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/day-4-session-3.html*#*")


def test_a_folder_without_a_server_has_the_search_of_sphinx(
    browser: Browser, served: tuple[Path, str]
) -> None:
    page = browser.new_page()
    page.goto(f"{(served[0] / 'search.html').as_uri()}?q=allocator")
    page.locator("#search-results a", has_text=ALLOCATORS).first.wait_for()
    page.close()


def test_without_scripts_the_indexes_serve(visit: Callable[..., Page]) -> None:
    page = visit("search.html?q=slub", java_script_enabled=False)
    page.locator("#furo-main-content").get_by_role("link", name="Speakers").click()
    assert page.url.endswith("speakers/index.html")


@pytest.mark.parametrize("language", ["en", "ja", "zh_CN"])
def test_a_word_inside_text_without_blanks_is_found(
    visit: Callable[..., Page], served: tuple[Path, str], tmp_path: Path, language: str
) -> None:
    from confnotes.catalogue import load_catalogue
    from confnotes.search.documents import search_documents
    from confnotes.search.pagefind import PagefindRun

    folder = served[0] / language
    for name in ("_static/search", "_search"):
        shutil.copytree(served[0] / name, folder / name)
    note = tmp_path / "years/2031/kettle-days/day-1.txt"
    note.parent.mkdir(parents=True)
    lines = ["Kettle Days 2031 – Day 1", "お茶の入門 – Ana Ruiz", "• 設定の自動化とDockerについて"]
    note.write_text("\n\n".join(lines), encoding="utf-8")
    talks = search_documents(load_catalogue(tmp_path), "{}.html".format, language)
    PagefindRun(talks, language, folder / "pagefind", tmp_path / "work").finish()

    program = """async ([engine, text]) => {
        const { findTalks, loadTalk } = await import(engine);
        const talks = await Promise.all((await findTalks({ text })).results.map(loadTalk));
        return talks.map(({ title, excerpt }) => [title, excerpt.map(([piece]) => piece).join("")]);
    }"""
    page = visit("index.html")
    engine = f"{served[1]}{language}/_static/search/engine.js"
    for typed in ("自動化", "入門", "docker", "自動化 入門"):
        ((title, excerpt),) = page.evaluate(program, [engine, typed])
        assert title == "お茶の入門"
        assert excerpt.replace(" ", "") == "設定の自動化とDockerについて"
    assert page.evaluate(program, [engine, "化動"]) == []
