"""What the tests of the site in a browser share: the site, its address, and a reader's windows."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests import browsing
from tests.built import build, once


@pytest.fixture(scope="session")
def site() -> Path:
    """The site, built for an address below another site's."""
    url = "http://127.0.0.1/faq/"
    return once("published", lambda folder: build(folder / "faq", SITE_URL=url)) / "faq"


@pytest.fixture(scope="session")
def address(site: Path) -> Iterator[str]:
    with browsing.served(site.parent, "faq/") as served:
        yield served


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with browsing.browser() as chromium:
        yield chromium


@pytest.fixture
def open_window(browser: Browser, address: str) -> Iterator[Callable[..., Page]]:
    """Opens readers' windows, which must stay free of complaints and of foreign requests."""
    contexts = []
    complaints: list[str] = []
    requested: list[str] = []

    def open_one(**options: str) -> Page:
        contexts.append(browser.new_context(**options))
        window = contexts[-1].new_page()
        window.on("console", lambda said: complaints.append(f"{said.location['url']}: {said.text}"))
        window.on("pageerror", lambda error: complaints.append(f"{window.url}: {error}"))
        window.on("request", lambda request: requested.append(request.url))
        return window

    yield open_one
    for context in contexts:
        context.close()
    own = (address, "file:", "data:")
    assert [url for url in requested if not url.startswith(own)] == []
    assert [line for line in complaints if f"{address}{browsing.UNKNOWN_PAGE}: " not in line] == []


@pytest.fixture
def page(open_window: Callable[..., Page]) -> Page:
    return open_window()
