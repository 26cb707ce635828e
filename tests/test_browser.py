"""The site as a reader has it: in a real Chromium, over the network, from disk, by keyboard."""

import re
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
INJECT = """() => {
  const script = document.createElement("script");
  script.textContent = "window.ran = 1";
  document.head.append(script);
}"""

OPENED = """() => {
  document.querySelectorAll("details").forEach((part) => { part.open = true; });
  const { right } = document.querySelector("article").getBoundingClientRect();
  return [...document.querySelectorAll("article :is(table.evidence, details, details pre)")].filter(
    (part) => part.getBoundingClientRect().right > right + 1).length;
}"""
DRAWN = """(drawing) => {
  const texts = [...drawing.querySelectorAll("text")];
  const sizes = texts.map((text) => parseFloat(getComputedStyle(text).fontSize));
  const ends = texts.map((text) => text.getBoundingClientRect().right);
  const right = drawing.getBoundingClientRect().right;
  return [Math.min(...sizes) * drawing.getScreenCTM().a, Math.max(...ends), right];
}"""
WIDE = ["build/cache-backends", "networking/firewalls", "podman/drop-in", "lifecycle/signals"]


def pages(site: Path) -> list[str]:
    return sorted(path.relative_to(site).as_posix() for path in site.rglob("*.html"))


def tab_to(page: Page, selector: str) -> None:
    for _ in range(100):
        page.keyboard.press("Tab")
        if page.evaluate("(selector) => document.activeElement.matches(selector)", selector):
            return
    pytest.fail(f"Tab does not reach {selector}")


def test_own_engine_is_marked_and_kept(page: Page, address: str):
    page.goto(address + "build/heredoc.html")
    badges = page.locator("a.verdict")
    before = badges.all_inner_texts()
    page.select_option("#faq-engine", "20.10")
    marked = badges.all_inner_texts()
    assert marked[0] == f"✗ on 20.10 · {before[0]}"
    assert [text.rpartition(" · ")[2] for text in marked] == before
    page.goto(address + "build/deleted-files.html")
    assert page.input_value("#faq-engine") == "20.10"
    there = badges.all_inner_texts()
    assert "✓" in there  # the same everywhere
    assert all(text == "✓" or " on 20.10 · " in text for text in there)
    page.goto(address + "build/heredoc.html")
    page.select_option("#faq-engine", "")
    assert badges.all_inner_texts() == before


def test_values_and_verdicts_of_others_stay_where_an_engine_is_chosen(page: Page, address: str):
    for name in ("networking/default-bridge", "podman/drop-in"):
        page.goto(f"{address}{name}.html")
        page.select_option("#faq-engine", "")
        paragraphs = page.locator("article :is(p, li):has(.measured, .verdict)")
        before = paragraphs.all_inner_texts()
        page.select_option("#faq-engine", "28.5")
        after = [re.sub(r". on 28\.5 · ", "", text) for text in paragraphs.all_inner_texts()]
        assert after == before
    assert any("podman-5.4" in text for text in before)
    assert page.locator(".measured .mine").count() > 0


@pytest.mark.parametrize(
    ("release", "sections", "told"),
    [
        ("20.10", ["20.10"], "For your engine, begin with: From 20.10 to 26.1"),
        ("25.0", ["20.10"], "For your engine, begin with: From 20.10 to 26.1"),
        ("28.5", ["28.5"], "For your engine, begin with: From 28.5 to 28.5-containerd"),
        ("28.5-containerd", [], "Nothing newer than 28.5-containerd was tested."),
        *(("19.03", [], ""), ("", [], "")),
    ],
)
def test_upgrade_page_marks_where_a_reader_begins(page: Page, address, release, sections, told):
    page.goto(address + "upgrade.html")
    choose(page, release)
    marked = page.locator("h2.mine")
    assert [head.get_attribute("data-from") for head in marked.all()] == sections
    assert page.locator("#faq-upgrade").inner_text() == told
    assert marked.locator(".own").all_inner_texts() == [" ← your engine"] * len(sections)


def test_matrix_marks_own_engine_or_its_neighbors(page: Page, address: str):
    page.goto(address + "matrix.html")
    marked = page.locator("table.matrix thead .mine")
    count = page.locator(".matrix-filter [role=status]")
    choose(page, "26.1")
    assert page.locator(".matrix-filter select").nth(1).input_value() == "26.1"
    assert [head.get_attribute("data-columns") for head in marked.all()] == ["26.1"]
    choose(page, "27.5")
    assert [head.get_attribute("data-columns") for head in marked.all()] == ["26.1", "28.5"]
    assert count.inner_text().endswith("of all claims differ between 26.1 and 28.5")
    assert page.locator("#faq-placed").inner_text().endswith("it lies between 26.1 and 28.5.")
    choose(page, "")
    assert marked.count() == 0
    assert count.inner_text().endswith(" claims")


def choose(page: Page, release: str) -> None:
    """Say which engine is the reader's: a column, another release, or none."""
    values = page.locator("#faq-engine option").evaluate_all("(all) => all.map((one) => one.value)")
    page.select_option("#faq-engine", release if release in values else "other")
    if release not in values:
        page.fill("#faq-release", release)
        page.press("#faq-release", "Enter")


@pytest.mark.parametrize(
    ("release", "told", "claims"),
    [
        ("25.0", "25.0 was not tested: it lies between 20.10 and 26.1.", True),
        ("27.5", "27.5 was not tested: it lies between 26.1 and 28.5. These claims", False),
        ("29.10", "29.10 was not tested: it is newer than 28.5, the newest", False),
        ("19.03", "19.03 was not tested: it is older than 20.10, the oldest", False),
        ("28", "A release is two numbers", False),
    ],
)
def test_release_that_is_no_column_is_placed(page: Page, address, release, told, claims):
    page.goto(address + "build/heredoc.html")
    page.select_option("#faq-engine", "other")
    page.fill("#faq-release", release)
    page.press("#faq-release", "Enter")
    assert page.locator("#faq-placed").inner_text().startswith(told)
    assert page.locator("#faq-placed a[href$='#heredoc_is_one_layer']").count() == claims
    page.goto(address + "build/deleted-files.html")
    assert page.input_value("#faq-release") == release
    assert page.locator("#faq-placed").is_visible()
    assert page.locator("#faq-placed a").count() == 0  # all its claims hold everywhere
    page.fill("#faq-release", "28.5")
    page.press("#faq-release", "Enter")
    assert not page.locator("#faq-placed").is_visible()
    assert page.locator("table.evidence thead .mine").get_attribute("data-columns") == "28.5"


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
    assert "holds on 26.1, 28.5" in window.locator("main").inner_text()
    assert not window.locator(".faq-engine").is_visible()
    assert not window.locator(".faq-open").is_visible()


def test_matrix_filters_by_keyboard_alone(page: Page, address: str):
    page.goto(address + "matrix.html")
    rows = page.locator("table.matrix tbody tr:has(td):visible")
    assert rows.count() == sum(len(entry.claims) for entry in entries())
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


def test_print_leaves_the_evidence_out_unless_it_is_asked_for(page: Page, address: str):
    page.goto(address + "build/heredoc.html")
    page.emulate_media(media="print")
    tools = ".faq-open, .faq-engine, .faq-copy, .md-path, .md-footer, .md-tags, .admonition.tip"
    evidence = page.locator("#evidence, #evidence ~ *")
    printed = page.locator("article details pre")
    assert page.locator(tools).filter(visible=True).count() == 0
    assert evidence.filter(visible=True).count() == 0
    for asked in ("evidence", "heredoc_is_one_layer"):
        page.goto(f"{address}build/heredoc.html#{asked}")
        assert page.locator("#evidence").is_visible()
        assert printed.count() == printed.filter(visible=True).count() > 0


def test_print_spells_links_out(page: Page, address: str):
    page.goto(address + "build/heredoc.html")
    page.emulate_media(media="print")
    links = page.locator("article a:not(.verdict, .headerlink, .md-tag, td *)")
    spelled = "(a) => [a.getAttribute('href'), getComputedStyle(a, '::after').content]"
    for href, content in links.evaluate_all(f"(links) => links.map({spelled})"):
        assert href in content


def test_search_opens_from_the_first_page(page: Page, address: str, site: Path):
    for start in (address, f"file://{site}/index.html"):
        page.goto(start)
        tab_to(page, ".faq-field")
        page.keyboard.press("Enter")
        page.keyboard.type("stop takes ten seconds")
        assert page.locator("#faq-results a").first.is_visible()
        page.keyboard.press("Escape")


def test_first_page_leads_to_every_question_and_message(page: Page, address: str):
    page.goto(address)
    links = page.locator(".faq-cards a").evaluate_all("(all) => all.map((one) => one.pathname)")
    path = urlsplit(address).path
    assert sorted(links) == sorted(f"{path}{entry}.html" for entry in entries())
    common = page.locator("ol.faq-messages a")
    assert common.count() == 10
    common.first.click()
    assert page.locator("table.faq-messages tr:has(:target)").is_visible()


def test_first_page_without_scripts_offers_no_search(browser: Browser, address: str):
    window = browser.new_context(java_script_enabled=False).new_page()
    window.goto(address)
    assert not window.locator(".faq-field").is_visible()
    assert window.get_by_text("The search needs JavaScript").is_visible()
    window.goto(address + "messages.html")
    assert window.locator("table.faq-messages tbody tr").filter(visible=False).count() == 0


def test_messages_are_filtered_by_words(page: Page, address: str):
    page.goto(address + "messages.html")
    rows = page.locator("table.faq-messages tbody tr")
    shown = rows.filter(visible=True)
    field = page.get_by_label("Filter")
    field.fill("Allocated PORT")
    assert 0 < shown.count() < rows.count()
    assert all("allocated" in text.lower() for text in shown.all_inner_texts())
    status = page.locator(".faq-filter [role=status]")
    assert status.inner_text() == f"{shown.count()} of {rows.count()}"
    field.fill("no engine says this")
    assert shown.count() == 0
    field.fill("")
    assert shown.count() == rows.count()


def test_page_is_copied_as_its_twin(browser: Browser, address: str, site: Path):
    window = browser.new_context(permissions=["clipboard-read", "clipboard-write"]).new_page()
    window.goto(address + "build/heredoc.html")
    window.locator(".faq-copy").click()
    window.get_by_text("Copied").wait_for()
    copied = window.evaluate("navigator.clipboard.readText()")
    assert copied == (site / "build" / "heredoc.md").read_text()
    window.goto(f"file://{site}/build/heredoc.html")
    assert not window.locator(".faq-copy").is_visible()


def test_path_and_neighbors_lead_on(page: Page, address: str):
    page.goto(address + "build/heredoc.html")
    page.locator(".md-footer__link--next").click()
    page.wait_for_url("**/build/layers.html")
    page.locator(".md-path a", has_text="Build").click()
    page.wait_for_url(f"{address}index.html#build")
    assert page.locator("section:target h3").inner_text() == "Build"
    assert page.locator("nav a[href='scale.html']").count() == 0


def test_fits_a_phone_from_disk(page: Page, address: str, site: Path):
    page.set_viewport_size({"width": 360, "height": 800})
    for path in pages(site):
        page.goto((address if path == "404.html" else f"file://{site}/") + path)
        assert page.evaluate("document.documentElement.scrollWidth") <= 360, path


@pytest.mark.parametrize("width", [1280, 390, 360])
def test_opened_evidence_makes_no_page_wider(page: Page, address: str, width: int):
    page.set_viewport_size({"width": width, "height": 800})
    for name in [*WIDE, "matrix", "upgrade"]:
        page.goto(f"{address}{name}.html")
        assert page.evaluate(OPENED) == 0, name
        assert page.evaluate("document.documentElement.scrollWidth") <= width, name


@pytest.mark.parametrize("name", ["iptables-chains", "published-ports"])
@pytest.mark.parametrize("width", [1280, 390])
def test_text_of_drawings_is_legible_and_in_its_frame(page: Page, address: str, name, width: int):
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(f"{address}networking/{name}.html")
    drawings = page.locator(".drawings svg")
    assert drawings.count() > 1
    for drawing in drawings.all():
        size, right, frame = drawing.evaluate(DRAWN)
        assert size >= 12
        assert right <= frame
    left = [drawing.bounding_box()["x"] for drawing in drawings.all()[:2]]
    assert (left[0] == left[1]) is (width == 390)  # below or beside each other


def test_drawings_are_printed_alike_from_both_schemes(open_window, address: str):
    windows = [open_window(color_scheme=scheme) for scheme in ("light", "dark")]
    color = "(circle) => getComputedStyle(circle).stroke"
    colors = {}
    for media in ("screen", "print"):
        for window in windows:
            window.goto(address + "networking/iptables-chains.html")
            window.emulate_media(media=media)
            shown = window.locator(".drawings circle").first.evaluate(color)
            colors.setdefault(media, []).append(shown)
    light, dark = colors["screen"]
    assert light != dark
    assert colors["print"] == [light, light]


def test_names_of_the_columns_stay_in_sight(page: Page, address: str):
    page.goto(address + "lifecycle/signals.html")
    page.locator("table.evidence details").last.scroll_into_view_if_needed()
    head = page.locator("table.evidence > thead").bounding_box()
    assert 0 < head["y"] < 100


def test_only_what_holds_is_colored_in_prose(page: Page, address: str):
    page.goto(address + "index.html")
    color = "(badge) => getComputedStyle(badge).color"
    badges = page.locator("article table .verdict").all()
    holds, fails, differs, skipped, *_ = [badge.evaluate(color) for badge in badges]
    assert fails == differs == skipped != holds
    page.goto(address + "matrix.html")
    neutral = page.locator("td.not-applicable").first.evaluate(color)
    assert neutral == skipped != page.locator("td.does-not-hold").first.evaluate(color)


def test_is_accessible_in_light_and_dark(open_window, address: str, site: Path):
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


def test_policy_allows_own_scripts_and_pages_name_themselves(browser, address: str, site: Path):
    for path in pages(site):
        text = (site / path).read_text()
        link = f'<link rel="canonical" href="http://127.0.0.1{urlsplit(address).path}{path}">'
        assert link in text or path in {"404.html", "index.html"}
        policy = text.partition('Content-Security-Policy" content="')[2].partition('"')[0]
        scripts = policy.partition("script-src ")[2].partition(";")[0]
        assert "'self'" in scripts, path
        assert "unsafe" not in scripts, path
    window = browser.new_page()
    window.goto(address)
    window.evaluate(INJECT)
    assert window.evaluate("window.ran") is None
    window.close()
