"""The search as a reader has it: what it finds; by keyboard, from disk, at a wrong address."""

from pathlib import Path

from playwright.sync_api import Page

from faq.entries import entries
from faq.evidence.store import releases
from faq.pages import tags
from faq.site.format import STATES
from tests.browsing import UNKNOWN_PAGE, place, queries

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
    assert len(places) >= 60
    assert len(missed) <= 0.2 * len(places), missed
    assert len(in_three) >= 0.95 * len(places), missed
    for query in ("xyzzy", "?", "日本語", "<script>alert(1)</script>", "a" * 3000):
        assert ask(page, query), query  # it never comes back empty


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
    page.locator("#faq-results a").first.wait_for()
    page.keyboard.press("Enter")
    page.wait_for_url(f"{address}build/heredoc.html*")
    page.goto(address + UNKNOWN_PAGE)
    page.get_by_role("button", name="Close").click()
    page.get_by_role("link", name="the first page").click()
    page.wait_for_url(address)
