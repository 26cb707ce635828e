"""The site as a reader has it: in a real Chromium, over the network, from disk, by keyboard."""

import shutil
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, Page, sync_playwright

from lab import bootstrap, evidence
from lab.claims import ROOT, entries
from lab.pages import tags, vocabulary
from tests.built import build

QUERIES = [
    tuple(line.split(" => "))
    for line in (ROOT / "tests" / "queries.txt").read_text().splitlines()
    if not line.startswith("#")
]
CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
AXE = """async () => {
  document.querySelectorAll("details").forEach((part) => { part.open = true; });
  await new Promise((done) => setTimeout(done, 100)); // the theme makes what scrolls focusable
  const runOnly = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
  return (await axe.run({ runOnly, resultTypes: ["violations"] })).violations.map(
    ({ id, nodes }) => [id, nodes.length, nodes[0].html.slice(0, 200)]);
}"""
UNKNOWN = "build/heredocs"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site, built for an address below another site's."""
    root = tmp_path_factory.mktemp("published")
    build(root / "faq", SITE_URL="http://127.0.0.1/faq/")
    return root


class Quiet(SimpleHTTPRequestHandler):
    """Serves files without a log, and 404.html where there is none, as static hosts do."""

    def log_message(self, *_: object) -> None:
        """Say nothing."""

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """Answer with the site's own page."""
        if code != 404:
            return super().send_error(code, message, explain)
        page = (Path(self.directory) / "faq" / "404.html").read_bytes()
        self.send_response(404)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(page)
        return None


@pytest.fixture(scope="module")
def address(folder: Path) -> Iterator[str]:
    """Where the site is served."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/faq/"
    server.shutdown()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Debian's Chromium."""
    found = next(filter(None, map(shutil.which, CHROMIUM)), None)
    if not found:
        bootstrap.install("chromium")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=found or shutil.which("chromium"), args=["--no-sandbox"]
        )
        yield chromium
        chromium.close()


@contextmanager
def reader(browser: Browser, address: str, **options: str) -> Iterator[Page]:
    """A reader's window, which must stay free of complaints and of foreign requests."""
    context = browser.new_context(**options)
    window = context.new_page()
    complaints: list[str] = []
    requested: list[str] = []
    window.on("console", lambda said: complaints.append(f"{said.location['url']}: {said.text}"))
    window.on("pageerror", lambda error: complaints.append(f"{window.url}: {error}"))
    window.on("request", lambda request: requested.append(request.url))
    yield window
    context.close()
    assert [url for url in requested if not url.startswith((address, "file:", "data:"))] == []
    assert [line for line in complaints if f"{address}{UNKNOWN}: " not in line] == []


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    """The window of most tests."""
    with reader(browser, address) as window:
        yield window


def pages(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder / "faq").as_posix() for path in folder.rglob("*.html"))


def ask(page: Page, query: str, **narrowed: str) -> list[dict]:
    return page.evaluate("([query, narrowed]) => faqFind(query, narrowed)", [query, narrowed])


def tab_to(page: Page, selector: str) -> None:
    """Press Tab until the focus is there."""
    for _ in range(100):
        page.keyboard.press("Tab")
        if page.evaluate("(selector) => document.activeElement.matches(selector)", selector):
            return
    pytest.fail(f"Tab does not reach {selector}")


def test_search_finds(page: Page, address: str):
    page.goto(address)
    places = {}
    for query, entry in QUERIES:
        urls = [found["url"] for found in ask(page, query)]
        assert urls, f"nothing for {query!r}"
        places[query] = urls.index(f"{entry}.html") + 1 if f"{entry}.html" in urls else 99
    missed = {query: place for query, place in places.items() if place > 1}

    assert len(places) >= 60
    assert sum(place == 1 for place in places.values()) >= 0.8 * len(places), missed
    assert sum(place <= 3 for place in places.values()) >= 0.95 * len(places), missed


def test_search_never_comes_back_empty(page: Page, address: str):
    page.goto(address)
    for query in ("xyzzy", "?", "日本語", "<script>alert(1)</script>", "a" * 3000):
        assert ask(page, query), query


def test_search_can_be_narrowed(page: Page, address: str):
    page.goto(address)
    columns = evidence.releases()
    for column in columns:
        for state in "yn":
            found = ask(page, "heredoc", column=column, state=state)
            assert {one["claim"][2][columns.index(column)] for one in found} <= {state}
    assert ask(page, "heredoc", column="20.10", state="n")[0]["url"] == "build/heredoc.html"


def test_search_finds_by_tag(page: Page, address: str):
    page.goto(address)
    for tag in vocabulary():
        tagged = {f"{entry}.html" for entry in entries() if tag in tags(entry)}
        found = [one["url"] for one in ask(page, tag)]
        assert found[0] in tagged, tag
        assert tagged <= set(found), tag


def test_search_by_keyboard_alone(page: Page, address: str):
    page.goto(address + "matrix.html")
    page.keyboard.press("/")
    page.keyboard.type("dokcer stop 10 secnds")
    page.locator("#faq-found a").first.wait_for()
    page.keyboard.press("ArrowDown")
    page.wait_for_function("document.activeElement.matches('#faq-found a')")
    page.keyboard.press("Enter")
    page.wait_for_url("**/lifecycle/shell-form.html*")
    page.keyboard.press("/")
    page.keyboard.press("Escape")
    assert not page.locator("#faq-find").is_visible()


def test_search_works_from_disk(page: Page, folder: Path):
    page.goto(f"file://{folder}/faq/index.html")
    page.keyboard.press("/")
    page.keyboard.type("image too big")
    page.locator("#faq-found li:first-child a", has_text="still big").click()
    page.wait_for_url("**/build/deleted-files.html*")


def test_unknown_page_searches(page: Page, address: str):
    assert page.goto(address + UNKNOWN).status == 404
    page.locator("#faq-found a").first.wait_for()
    page.keyboard.press("Enter")
    page.wait_for_url(f"{address}build/heredoc.html*")
    page.goto(address + UNKNOWN)
    page.get_by_role("button", name="Close").click()
    page.get_by_role("link", name="the first page").click()
    page.wait_for_url(address)


def test_own_engine_comes_first_and_is_kept(page: Page, address: str):
    page.goto(address + "build/heredoc.html")
    verdict = page.locator("a.verdict[href='#heredoc_is_one_layer']").first
    assert "26.1" in verdict.inner_text()
    page.select_option("#faq-engine", "20.10")
    assert verdict.inner_text() == "✗ does not hold on 20.10, differs elsewhere"
    page.goto(address + "build/deleted-files.html")
    assert page.input_value("#faq-engine") == "20.10"
    assert "on 20.10" in page.locator("a.verdict").first.inner_text()
    page.select_option("#faq-engine", "")
    assert "20.10 – 28.5" in page.locator("a.verdict").first.inner_text()


def test_own_engine_by_keyboard_alone(page: Page, address: str):
    page.goto(address + "build/heredoc.html")
    tab_to(page, "#faq-engine")
    page.keyboard.type("20.10")
    assert "on 20.10" in page.locator("a.verdict").first.inner_text()
    tab_to(page, "a.verdict")
    page.keyboard.press("Enter")
    page.wait_for_url("**#heredoc_is_one_layer")


def test_without_scripts_all_columns_are_there(browser: Browser, address: str):
    window = browser.new_context(java_script_enabled=False).new_page()
    window.goto(address + "build/heredoc.html")
    assert "holds on 26.1 – 28.5" in window.locator("main").inner_text()
    assert not window.locator(".faq-engine").is_visible()
    assert not window.locator(".faq-open").is_visible()


def test_matrix_filters(page: Page, address: str):
    page.goto(address + "matrix.html")
    rows = page.locator("table.matrix tbody tr:has(td):visible")
    everything = rows.count()
    assert everything == sum(len(entry.claims) for entry in entries())
    topic, _, state = page.locator(".matrix-filter select").all()
    topic.select_option("security")
    state.select_option("differs")
    assert 0 < rows.count() < everything


def test_matrix_filters_by_keyboard_alone(page: Page, address: str):
    page.goto(address + "matrix.html")
    rows = page.locator("table.matrix tbody tr:has(td):visible")
    tab_to(page, ".matrix-filter select")
    page.keyboard.type("networking")
    here = rows.count()
    tab_to(page, ".matrix-filter select")
    page.keyboard.type("20.10")
    tab_to(page, ".matrix-filter select")
    page.keyboard.type("does not hold")
    assert 0 < rows.count() < here
    assert page.locator(".matrix-filter [role=status]").inner_text() == f"{rows.count()} claims"
    tab_to(page, "td.does-not-hold a")
    page.keyboard.press("Enter")
    page.wait_for_url("**/networking/*.html#*")


def test_tag_leads_to_all_that_has_it(page: Page, address: str, folder: Path):
    for site in (address, f"file://{folder}/faq/"):
        page.goto(site + "index.html")
        assert page.locator("nav a[href='tags.html']:visible").count() == 1
        page.goto(site + "build/heredoc.html")
        page.locator("a.md-tag", has_text="legacy builder").click()
        page.wait_for_url(f"{site}tags.html#tag:legacy-builder")
        page.locator("[id='tag:legacy-builder'] + ul a", has_text="ARG and ENV").click()
        page.wait_for_url(f"{site}build/arg-env.html")


def test_print_opens_everything_and_spells_links_out(page: Page, address: str):
    page.goto(address + "build/heredoc.html")
    page.emulate_media(media="print")
    assert page.locator(".faq-open, .faq-engine").filter(visible=True).count() == 0
    printed = page.locator("article details pre")
    assert printed.count() == printed.filter(visible=True).count() > 0
    links = page.locator("article a:not(.verdict, .headerlink, .md-tag)")
    spelled = "(a) => [a.getAttribute('href'), getComputedStyle(a, '::after').content]"
    for href, content in links.evaluate_all(f"(links) => links.map({spelled})"):
        assert href in content


def test_fits_a_phone_from_disk(page: Page, address: str, folder: Path):
    page.set_viewport_size({"width": 360, "height": 800})
    wide = {}
    for path in pages(folder):
        page.goto((address if path == "404.html" else f"file://{folder}/faq/") + path)
        width = page.evaluate("document.documentElement.scrollWidth")
        if width > 360:
            wide[path] = width
    assert wide == {}


def test_is_accessible_in_light_and_dark(browser: Browser, address: str, folder: Path):
    found = []
    with ExitStack() as stack:
        windows = {
            scheme: stack.enter_context(reader(browser, address, color_scheme=scheme))
            for scheme in ("light", "dark")
        }
        for path in pages(folder):
            for window in windows.values():  # both at once: each window is a process of its own
                window.goto(address + path)
                window.evaluate(AXE_SCRIPT)
                window.evaluate(f"() => {{ window.checked = ({AXE})(); }}")
            for scheme, window in windows.items():
                found += [(path, scheme, *fault) for fault in window.evaluate("window.checked")]
    assert found == []


def test_policy_allows_own_scripts_only(browser: Browser, address: str, folder: Path):
    for path in pages(folder):
        text = (folder / "faq" / path).read_text()
        policy = text.partition('Content-Security-Policy" content="')[2].partition('"')[0]
        scripts = policy.partition("script-src ")[2].partition(";")[0]
        assert "'self'" in scripts, path
        assert "unsafe" not in scripts, path
    window = browser.new_page()
    window.goto(address)
    window.evaluate(
        "() => { const script = document.createElement('script');"
        "script.textContent = 'window.ran = 1'; document.head.append(script); }"
    )
    assert window.evaluate("window.ran") is None
    window.close()


def test_canonical_links_name_the_page(folder: Path, address: str):
    text = (folder / "faq" / "build" / "heredoc.html").read_text()
    path = urlsplit(address).path
    assert f'<link rel="canonical" href="http://127.0.0.1{path}build/heredoc.html">' in text
