"""The search as a reader has it: what it finds; by keyboard, from disk, at a wrong address."""

from pathlib import Path
from xml.etree import ElementTree as ET

from playwright.sync_api import Page

from faq.entries import entries
from faq.evidence.store import releases
from faq.pages import tags
from faq.site.format import STATES
from tests.browsing import UNKNOWN_PAGE, place, queries, queries_without_answer

pytest_plugins = ["tests.browser_fixtures"]


def ask(page: Page, query: str, **narrowed: str) -> list[dict]:
    return page.evaluate("([query, narrowed]) => faqSearch(query, narrowed)", [query, narrowed])


def urls(page: Page, query: str) -> list[str]:
    return [result["url"] for result in ask(page, query)]


def type_query(page: Page, query: str) -> None:
    page.keyboard.press("/")
    page.keyboard.type(query)


def test_search_finds(page: Page, address: str):
    page.goto(address)
    places = {query: place(urls(page, query), entry) for query, entry in queries()}
    missed = {query: at for query, at in places.items() if at > 1}
    in_three = [at for at in places.values() if at <= 3]
    assert len(places) >= 150
    assert len(missed) <= 0.1 * len(places), missed
    assert len(in_three) >= 0.97 * len(places), missed


def test_search_says_where_nothing_answers(page: Page, address: str):
    page.goto(address)
    queries = queries_without_answer()
    answered = [query for query in queries if any(one["answers"] for one in ask(page, query)[:1])]
    assert len(queries) >= 50
    assert len(answered) <= 0.1 * len(queries), answered
    for query in ("xyzzy", "?", "日本語", "<script>alert(1)</script>", "a" * 3000):
        assert not any(one["answers"] for one in ask(page, query)), query
    type_query(page, "xyzzy")
    nothing = page.locator("#faq-results .faq-nothing")
    assert nothing.inner_text() == "Nothing here answers this. Search Docker's documentation."
    assert nothing.locator("a").get_attribute("href").endswith("?q=xyzzy")


def test_result_is_the_page_and_the_claim_its_place_in_the_text(page: Page, address: str):
    page.goto(address)
    type_query(page, "image too big")
    result = page.locator("#faq-results li").first
    assert result.locator("a").first.get_attribute("href").endswith("/build/deleted-files.html")
    answer = result.locator(".faq-answer").inner_text()
    result.locator("a.faq-claim").click()
    page.wait_for_url("**/build/deleted-files.html#in-*")
    assert page.locator(":target").evaluate("one => one.matches('article .verdict')")
    assert answer.split(".")[0] in page.locator("article").inner_text()


def test_words_stay_in_the_address(page: Page, address: str):
    page.goto(address + "?q=heredoc")
    page.locator("#faq-results a").first.click()
    page.wait_for_url("**/build/heredoc.html")
    page.go_back()
    page.locator("#faq-results a").first.wait_for()
    assert page.input_value("#faq-search input") == "heredoc"
    page.keyboard.press("Escape")
    assert not page.locator("#faq-search").is_visible()
    assert page.url == address
    page.keyboard.press("Control+k")
    assert page.locator("#faq-search").is_visible()


def test_pages_across_the_entries_and_names_are_found(page: Page, address: str):
    page.goto(address)
    assert "upgrade.html" in urls(page, "what changes when I upgrade")[:1]
    assert "messages.html" in urls(page, "error messages")[:3]
    assert "wiki/containers.html" in urls(page, "old wiki page")[:1]
    for name in ("/var/run/docker.sock", "daemon.json", "DOCKER-USER", "--cache-from"):
        assert ask(page, name)[0]["answers"], name
    assert urls(page, "http://proxy:3128")[0] == "build/arg-env.html"
    assert urls(page, "/etc/debian_version")[0] == "build/multi-stage.html"


def test_browser_can_add_the_search(page: Page, address: str):
    page.goto(address)
    link = page.locator("link[rel=search]").get_attribute("href")
    description = ET.fromstring(page.request.get(address + link).text())  # noqa: S314 # our own
    template = description.find("{*}Url").get("template")
    published = "http://127.0.0.1/faq/"  # the address that the site was built for
    assert template.startswith(published)
    page.goto(address + template.removeprefix(published).replace("{searchTerms}", "heredoc"))
    page.locator("#faq-results a", has_text="heredoc").first.wait_for()


def test_search_can_be_narrowed(page: Page, address: str):
    page.goto(address)
    columns = releases()
    for column in columns:
        for state in STATES[:2]:
            results = ask(page, "heredoc", column=column, state=state["state"])
            letters = {one["claim"]["states"][columns.index(column)] for one in results}
            assert letters <= {state["letter"]}
    first = ask(page, "heredoc", column="20.10", state="does not hold")[0]
    assert first["url"] == "build/heredoc.html"


def test_search_dialog_narrows(page: Page, address: str):
    page.goto(address + "index.html")
    type_query(page, "heredoc")
    page.locator("#faq-search [name=column]").select_option("20.10")
    page.locator("#faq-search [name=state]").select_option("does not hold")
    page.locator("#faq-results:not(:has(.holds, .differs)) .does-not-hold").first.wait_for()
    verdicts = page.locator("#faq-results .verdict").all_inner_texts()
    assert set(verdicts) == {"✗ does not hold on 20.10"}


def test_search_finds_by_tag(page: Page, address: str):
    tagged: dict[str, set[str]] = {}
    for entry in entries():
        for tag in tags(entry):
            tagged.setdefault(tag, set()).add(f"{entry}.html")
    page.goto(address)
    for tag, expected in tagged.items():
        results = urls(page, tag)
        assert results[0] in expected, tag
        assert expected <= set(results), tag


def test_search_by_keyboard_alone(page: Page, address: str):
    page.goto(address + "matrix.html")
    type_query(page, "dokcer stop 10 secnds")
    page.locator("#faq-results a").first.wait_for()
    page.keyboard.press("ArrowDown")
    page.wait_for_function("document.activeElement.matches('#faq-results a')")
    page.keyboard.press("Enter")
    page.wait_for_url("**/lifecycle/shell-form.html*")
    page.keyboard.press("/")
    page.keyboard.press("Escape")
    assert not page.locator("#faq-search").is_visible()


def test_search_works_from_disk(page: Page, site: Path):
    page.goto(f"file://{site}/index.html")
    type_query(page, "image too big")
    page.locator("#faq-results li:first-child a", has_text="still big").click()
    page.wait_for_url("**/build/deleted-files.html*")


def test_unknown_page_searches(page: Page, address: str):
    assert page.goto(address + UNKNOWN_PAGE).status == 404
    page.locator("article a", has_text="heredoc").first.click()
    page.wait_for_url(f"{address}build/heredoc.html*")
    page.goto(address + UNKNOWN_PAGE)
    page.get_by_role("link", name="home page").click()
    page.wait_for_url(address)
