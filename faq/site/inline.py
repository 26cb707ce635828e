"""What stands inside a sentence of a page, as HTML on one line: verdicts and measured values."""

from faq.site.page import Page
from faq.site.templates import render, words_html


def claim_html(page: Page, name: str, entry: str = "") -> str:
    """The sentence of a claim and its verdict; `entry` names another page's, `topic/entry`."""
    page = page.of(entry)
    return f"{page.sentence(name)} {verdict_html(page, name)}"


def verdict_html(page: Page, name: str) -> str:
    """A claim's verdict as a link to its evidence."""
    return render("verdict.html.j2", verdict=page.verdict(name))


def measured_html(page: Page, name: str, key: str, entry: str = "") -> str:
    """What a claim measured: one value, a range of numbers, or the value per release."""
    values = page.of(entry).measured(name, key)
    by_column: dict[str, str] = {}
    for words, where, _ in values:
        by_column |= dict.fromkeys(where, words_html(words))
    return render("measured.html.j2", key=key, values=values, by_column=by_column)
