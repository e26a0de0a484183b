"""The site, built once and served on this machine, and a browser to look at it."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.browser.windows import looking

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

ROOT = Path(__file__).parents[2]
CHROMIUM = Path("/usr/bin/chromium")


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *args: object) -> None:
        pass


@pytest.fixture(scope="module")  # it runs an event loop, which other tests must not find
def browser() -> Iterator[Browser]:
    missing = [] if CHROMIUM.exists() else [str(CHROMIUM)]
    missing += [name for name in ("playwright", "axe_playwright_python") if not find_spec(name)]
    if missing and os.environ.get("CONFNOTES_BROWSER") != "required":
        pytest.skip(f"no {', '.join(missing)}; CONFNOTES_BROWSER=required makes this a failure")
    assert missing == []
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        started = play.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield started
        started.close()


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, str]]:
    """Return the folder of the site, and where it is served: below a folder, as on most hosts."""
    root = tmp_path_factory.mktemp("browser")
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(root)))
    public = f"http://127.0.0.1:{server.server_port}/notes/"
    command = [sys.executable, "-m", "sphinx", "-q", "-b", "html", "-D", f"html_baseurl={public}"]
    folders = [ROOT, root / "notes", "-d", root.with_name("doctrees")]
    subprocess.run([*command, *folders], check=True)
    (root / "favicon.ico").touch()  # browsers ask for one where a file names none
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield root / "notes", public
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(scope="module")
def address(browser: Browser, served: tuple[Path, str]) -> str:
    """Return where the site is, with a slash at the end."""
    return served[1]


@pytest.fixture
def visit(browser: Browser, address: str) -> Iterator[Callable[..., Page]]:
    """Return what opens a page of the site by its path."""
    with ExitStack() as windows:
        yield lambda path, **options: windows.enter_context(
            looking(browser, address + path, **options)
        )
