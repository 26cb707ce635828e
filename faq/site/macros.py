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
from faq.site.packet_path import packet_paths
from faq.site.page import Page
from faq.site.pictures import picture
from faq.site.published_ports import published_ports
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


def packet_path_html(page: Page) -> str:
    """The path of a packet to a published port, a drawing for each group of engines."""
    caption = "The path of a new IPv4 connection from another host to a published port."
    shape = "packet_path.svg.j2"
    return render_block("drawings.html.j2", figure=packet_paths(page), shape=shape, caption=caption)


def published_ports_html(page: Page) -> str:
    """Where a published port listens, and who gets an answer."""
    caption = (
        "Red: reachable although it should not be. "
        "With a route: the other host sends packets for this address to this host."
    )
    return render_block(
        "drawings.html.j2",
        figure=published_ports(page),
        shape="published_ports.svg.j2",
        caption=caption,
    )


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
    "packet_path": packet_path_html,
    "published_ports": published_ports_html,
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
