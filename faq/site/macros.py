"""The macros that a page's source may call; each returns Markdown, or HTML that stands in it."""

from collections.abc import Callable
from functools import cache, partial
from typing import Protocol

from jinja2 import pass_context
from jinja2.runtime import Context

from faq.evidence import store
from faq.site.elsewhere import disproofs_html
from faq.site.home import topic_cards
from faq.site.matrix import matrix
from faq.site.messages import common_messages, messages
from faq.site.page import Page
from faq.site.pictures import picture
from faq.site.summary import agreement, column_list, summary
from faq.site.support import newest_engine, support
from faq.site.table import evidence_html
from faq.site.templates import render, render_block
from faq.site.upgrade import changes

Macro = Callable[..., str]


def claim_html(page: Page, name: str, entry: str = "") -> str:
    """The sentence of a claim and its verdict; `entry` names another page's, `topic/entry`."""
    page = page.of(entry)
    return f"{page.sentence(name)} {verdict_html(page, name)}"


def verdict_html(page: Page, name: str) -> str:
    """A claim's verdict as a link to its evidence."""
    return render("verdict.html.j2", verdict=page.verdict(name), place=page.place(name))


def measured_html(page: Page, name: str, key: str, entry: str = "") -> str:
    """What a claim measured: one value, a range of numbers, or the value per release."""
    return render("measured.html.j2", key=key, values=page.of(entry).measured(name, key))


OF_THE_SITE: dict[str, Macro] = {
    "changes": changes,
    "columns": column_list,
    "common_messages": common_messages,
    "matrix": matrix,
    "messages": messages,
    "newest_engine": newest_engine,
    "search_field": lambda: render_block("search_field.html.j2"),
    "summary": summary,
    "support": support,
    "topic_cards": topic_cards,
}
OF_THE_PAGE: dict[str, Macro] = {
    "agreement": agreement,
    "bars": lambda *told: render_block("bars.html.j2", picture=picture(*told)),
    "claim": claim_html,
    "disproofs": disproofs_html,
    "evidence_table": evidence_html,
    "measured": measured_html,
}
"""Their first argument is the page at hand."""


class MacroEnvironment(Protocol):
    """What is used of mkdocs-macros-plugin."""

    macro: Callable[[Macro, str], object]


def define_env(env: MacroEnvironment) -> None:
    """Offer the macros to the pages; mkdocs-macros-plugin calls it, once for each build."""
    page_at = cache(partial(Page, entry="", recorded=store.recorded_columns()))

    def of_page(function: Macro, context: Context, *arguments: object, **more: object) -> str:
        return function(page_at(context["page"].url), *arguments, **more)

    for name, function in OF_THE_SITE.items():
        env.macro(function, name)
    for name, function in OF_THE_PAGE.items():
        env.macro(pass_context(partial(of_page, function)), name)
