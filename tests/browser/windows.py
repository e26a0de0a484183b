"""Windows of a browser that remember what went wrong in them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page


@contextmanager
def looking(browser: Browser, address: str, **options: object) -> Iterator[Page]:
    """Open a page in a fresh window, wait until it is ready; at the end it must have no complaint.

    ``window.moved`` adds up how far things on the page have moved by themselves.
    """
    complaints: list[str] = []
    context = browser.new_context(**{"reduced_motion": "reduce", **options})
    page = context.new_page()
    page.on("console", lambda said: complaints.append(f"{said.type}: {said.text}"))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.add_init_script(
        "window.moved = 0; new PerformanceObserver((list) => list.getEntries().forEach("
        "(entry) => { window.moved += entry.value; }"
        ")).observe({ type: 'layout-shift', buffered: true });"
    )
    page.goto(address)
    if options.get("java_script_enabled", True):
        answered(page)
    yield page
    context.close()
    assert complaints == []


def answered(page: Page) -> None:
    """Wait until a search has its answer; elsewhere, do nothing."""
    page.wait_for_function("!document.querySelector('[aria-busy=true]')")
