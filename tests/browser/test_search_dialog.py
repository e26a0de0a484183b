"""The dialog that searches as one types, on every page."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import pytest

from tests.browser.windows import answered, looking

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, Route

ALLOCATORS = "SL[AUO]B: Kernel memory allocator design and philosophy"
PAGE = "topics/containers.html"


def ask(page: Page, text: str, keys: str = "/") -> None:
    """Open the dialog and type ``text``; wait for talks, too."""
    page.keyboard.press(keys)
    page.locator(".conf-overlay[open]").wait_for()
    page.keyboard.type(text)
    page.wait_for_function("document.querySelector('.conf-overlay [role=status]').textContent")
    answered(page)


def hits(page: Page) -> dict[str, list[str]]:
    """Return the titles that are found, by the group they are in."""
    groups = page.locator(".conf-overlay [role=group]")
    return {
        group.locator("p").first.text_content() or "": group.locator("b").all_inner_texts()
        for group in groups.all()
    }


@pytest.mark.parametrize("keys", ["/", "Control+k"])
@pytest.mark.parametrize("path", [PAGE, "search.html?q=slub", "guide/links.html", "404.html"])
def test_keys_open_it(visit: Callable[..., Page], path: str, keys: str) -> None:
    page = visit(path)
    page.locator("h1").click()
    ask(page, "lameter", keys)
    assert hits(page) == {"People": ["Christopher Lameter"], "Talks": [ALLOCATORS]}


@pytest.mark.parametrize("how", ["key", "box"])
def test_what_is_typed_while_it_loads_is_kept(visit: Callable[..., Page], how: str) -> None:
    page = visit(PAGE)
    waiting: list[Route] = []

    def hold(route: Route) -> None:
        waiting.append(route)

    page.route("**/overlay.js", hold)
    page.locator("h1").click()
    with page.expect_request("**/overlay.js"):
        page.keyboard.press("/") if how == "key" else page.locator(".sidebar-search").click()
    page.keyboard.type("lametr")
    page.keyboard.press("Backspace")
    page.keyboard.type("er")
    waiting[0].continue_()
    page.locator(".conf-overlay[open]").wait_for()
    assert page.locator(".conf-overlay input").input_value() == "lameter"
    page.keyboard.type(" x")
    assert page.locator(".conf-overlay input").input_value() == "lameter x"


@pytest.mark.parametrize(
    ("typed", "group", "title"),
    [
        ("kat mil", "People", "Katie Miller"),
        ("k8s", "Topics", "Kubernetes"),
        ("linux.conf.au 2015", "Events", "linux.conf.au 2015"),
        ("waiver", "Pages", "The ledger"),
        ("messages", "Pages", "Messages"),
        ("slub", "Talks", ALLOCATORS),
    ],
)
def test_everything_is_found(
    visit: Callable[..., Page], typed: str, group: str, title: str
) -> None:
    page = visit(PAGE)
    ask(page, typed)
    assert title in hits(page)[group]


def test_names_come_before_talks(visit: Callable[..., Page]) -> None:
    page = visit(PAGE)
    ask(page, "linux")
    assert list(hits(page)) == ["Topics", "Events", "Talks", "Pages"]


def test_a_page_comes_before_talks_where_its_title_is_found(visit: Callable[..., Page]) -> None:
    page = visit(PAGE)
    ask(page, "links")
    assert next(iter(hits(page))) == "Pages"


def test_a_word_is_excluded(visit: Callable[..., Page]) -> None:
    page = visit(PAGE)
    ask(page, "containers -docker")
    titles = hits(page)["Talks"]
    assert "Live Migration of Linux Containers" in titles
    assert not [title for title in titles if "Docker" in title]


def test_nothing_is_said_to_be_found(visit: Callable[..., Page]) -> None:
    page = visit(PAGE)
    ask(page, "zzyzx")
    assert page.locator(".conf-overlay [role=status]").inner_text() == "Nothing found"


def test_enter_opens_the_first_hit_with_its_words(visit: Callable[..., Page]) -> None:
    page = visit(PAGE)
    ask(page, "slub")
    active = page.evaluate(
        "document.getElementById(document.activeElement.getAttribute('aria-activedescendant'))"
        ".querySelector('b').textContent"
    )
    assert active == ALLOCATORS
    page.keyboard.press("Enter")
    page.wait_for_url("**/day-5-session-2.html#*")
    assert "SLUB" in page.locator("span.highlighted").all_inner_texts()


def test_the_last_talk_leads_to_all_that_is_found(visit: Callable[..., Page]) -> None:
    page = visit(PAGE)
    ask(page, "linux")
    page.keyboard.press("PageUp")  # to the first of the pages
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search.html?q=linux")


def test_enter_before_an_answer_leads_to_all_that_is_found(visit: Callable[..., Page]) -> None:
    page = visit(PAGE)
    ask(page, "slub")
    is_left_to_the_form = page.evaluate("""() => {
        const input = document.activeElement;
        input.value = 'lameter';
        input.dispatchEvent(new Event('input'));
        const enter = new KeyboardEvent('keydown', { key: 'Enter', cancelable: true });
        return input.dispatchEvent(enter);
    }""")
    assert is_left_to_the_form


def test_arrows_go_round_and_page_down_leads_to_the_next_group(
    visit: Callable[..., Page],
) -> None:
    page = visit(PAGE)
    ask(page, "linux")
    options = page.locator(".conf-overlay [role=option]")
    selected = (
        "[...document.querySelectorAll('[role=option]')]"
        ".findIndex((one) => one.ariaSelected === 'true')"
    )
    page.keyboard.press("ArrowUp")
    assert page.evaluate(selected) == options.count() - 1
    page.keyboard.press("ArrowDown")
    assert page.evaluate(selected) == 0
    page.keyboard.press("PageDown")
    assert options.nth(page.evaluate(selected)).inner_text().startswith("linux.conf.au 2015")
    page.keyboard.press("PageUp")
    assert page.evaluate(selected) == 0


def test_four_keys_lead_to_every_hit(visit: Callable[..., Page]) -> None:
    page = visit(PAGE)
    ask(page, "linux")
    keys = ("ArrowDown", "ArrowUp", "PageDown", "PageUp")
    move = """([keys, width]) => {
        const input = document.activeElement;
        const all = [...document.querySelectorAll('.conf-overlay [role=option]')];
        const reached = new Set();
        for (let way = 0; way < keys.length ** width; way++) {
            all.find((one) => one.ariaSelected === 'true')?.setAttribute('aria-selected', 'false');
            for (let step = 0; step < width; step++) {
                const key = keys[Math.floor(way / keys.length ** step) % keys.length];
                input.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }));
                reached.add(all.findIndex((one) => one.ariaSelected === 'true'));
            }
        }
        return [reached.size, all.length];
    }"""
    reached, everything = page.evaluate(move, [keys, 4])
    assert reached == everything > 10


def test_escape_gives_the_focus_back(visit: Callable[..., Page]) -> None:
    page = visit(PAGE)
    page.locator("article a").first.focus()
    before = page.evaluate("document.activeElement.href")
    ask(page, "lameter")
    page.keyboard.press("Escape")
    assert not page.locator(".conf-overlay").is_visible()
    assert page.evaluate("document.activeElement.href") == before


def test_what_is_typed_into_a_search_box_goes_on_in_the_dialog(visit: Callable[..., Page]) -> None:
    page = visit(PAGE)
    page.locator(".sidebar-search").click()
    page.locator(".conf-overlay[open]").wait_for()
    page.keyboard.type("lameter")
    page.locator(".conf-overlay").get_by_text("Christopher Lameter").first.wait_for()


def test_a_phone_has_search_at_the_top(visit: Callable[..., Page]) -> None:
    page = visit(PAGE, viewport={"width": 390, "height": 844})
    page.get_by_role("link", name="Search").click()
    page.locator(".conf-overlay[open]").wait_for()


def test_a_phone_without_scripts_has_it_too(visit: Callable[..., Page]) -> None:
    page = visit(PAGE, viewport={"width": 390, "height": 844}, java_script_enabled=False)
    page.get_by_role("link", name="Search").click()
    page.wait_for_url("**/search.html")


def test_no_page_loads_it_before_it_is_opened(visit: Callable[..., Page]) -> None:
    page = visit(PAGE)
    loaded = page.evaluate("performance.getEntriesByType('resource').map((one) => one.name)")
    assert not [url for url in loaded if "/search/" in url or "pagefind" in url or "_search" in url]


@pytest.fixture(
    params=[
        {"color_scheme": "light", "viewport": {"width": 1280, "height": 900}},
        {"color_scheme": "dark", "viewport": {"width": 390, "height": 844}},
    ],
    ids=["desktop-light", "phone-dark"],
)
def opened(browser: Browser, address: str, request: pytest.FixtureRequest) -> Iterator[Page]:
    with looking(browser, address + PAGE, **request.param) as page:
        ask(page, "linux")
        page.keyboard.press("ArrowDown")
        yield page


def test_everybody_can_use_it(opened: Page) -> None:
    from axe_playwright_python.sync_playwright import Axe

    faults = [
        f"{fault['id']}: {node['target']} {node['failureSummary']}"
        for fault in Axe().run(opened).response["violations"]
        for node in fault["nodes"]
    ]
    assert faults == []
    assert opened.evaluate("document.documentElement.scrollWidth") <= opened.viewport_size["width"]


def test_words_are_folded_in_the_browser_as_in_the_index(visit: Callable[..., Page]) -> None:
    from confnotes.search.words import split_words

    texts = ["Ævar Łukasz O’Brien", "linux.conf.au 2015", "C++ & node.js_x", "日本語のDocker入門",
             "Zoë  Straße", "Дмитрий й", "K8S, Ⅳ ﬁne", "한국어 발표", "สวัสดี",
             "कर्म की ज़मीन। १२"]  # fmt: skip
    page = visit(PAGE)
    module = page.evaluate("new URL('../_static/search/words.js', location.href).href")
    found = page.evaluate(
        "([module, texts]) => import(module).then(({ words }) => texts.map(words))", [module, texts]
    )
    assert found == [split_words(text) for text in texts]
