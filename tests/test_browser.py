"""The site as a reader has it: in a real Chromium, over the network, from disk, by keyboard."""

from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, Page

from faq.entries import entries

pytest_plugins = ["tests.browser_fixtures"]
AXE = """async () => {
  document.querySelectorAll("details").forEach((part) => { part.open = true; });
  await new Promise((done) => setTimeout(done, 100)); // the theme makes what scrolls focusable
  const runOnly = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
  return (await axe.run({ runOnly, resultTypes: ["violations"] })).violations.map(
    ({ id, nodes }) => [id, nodes.length, nodes[0].html.slice(0, 200)]);
}"""


def pages(site: Path) -> list[str]:
    return sorted(path.relative_to(site).as_posix() for path in site.rglob("*.html"))


def tab_to(page: Page, selector: str) -> None:
    """Press Tab until the focus is there."""
    for _ in range(100):
        page.keyboard.press("Tab")
        if page.evaluate("(selector) => document.activeElement.matches(selector)", selector):
            return
    pytest.fail(f"Tab does not reach {selector}")


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


def test_tag_leads_to_all_that_has_it(page: Page, address: str, site: Path):
    for start in (address, f"file://{site}/"):
        page.goto(start + "index.html")
        assert page.locator("nav a[href='tags.html']:visible").count() == 1
        page.goto(start + "build/heredoc.html")
        page.locator("a.md-tag", has_text="legacy builder").click()
        page.wait_for_url(f"{start}tags.html#tag:legacy-builder")
        page.locator("[id='tag:legacy-builder'] + ul a", has_text="ARG and ENV").click()
        page.wait_for_url(f"{start}build/arg-env.html")


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


def test_fits_a_phone_from_disk(page: Page, address: str, site: Path):
    page.set_viewport_size({"width": 360, "height": 800})
    wide = {}
    for path in pages(site):
        page.goto((address if path == "404.html" else f"file://{site}/") + path)
        width = page.evaluate("document.documentElement.scrollWidth")
        if width > 360:
            wide[path] = width
    assert wide == {}


def test_is_accessible_in_light_and_dark(
    open_window: Callable[..., Page], address: str, site: Path
):
    windows = {scheme: open_window(color_scheme=scheme) for scheme in ("light", "dark")}
    faults = []
    for path in pages(site):
        for window in windows.values():  # both at once: each window is a process of its own
            window.goto(address + path)
            window.evaluate(AXE_SCRIPT)
            window.evaluate(f"() => {{ window.checked = ({AXE})(); }}")
        for scheme, window in windows.items():
            faults += [(path, scheme, *fault) for fault in window.evaluate("window.checked")]
    assert faults == []


def test_policy_allows_own_scripts_only(browser: Browser, address: str, site: Path):
    for path in pages(site):
        text = (site / path).read_text()
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


def test_canonical_links_name_the_page(site: Path, address: str):
    text = (site / "build" / "heredoc.html").read_text()
    path = urlsplit(address).path
    assert f'<link rel="canonical" href="http://127.0.0.1{path}build/heredoc.html">' in text
