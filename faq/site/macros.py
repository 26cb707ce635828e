"""The macros that a page's source may call; each returns Markdown, or HTML that stands in it."""

from collections.abc import Callable
from functools import cache
from typing import Protocol

from jinja2 import pass_context
from jinja2.runtime import Context

from faq.evidence import store
from faq.site.inline import claim_html, measured_html
from faq.site.matrix import matrix
from faq.site.messages import messages
from faq.site.page import Page
from faq.site.pictures import bars_html
from faq.site.summary import agreement, column_list, summary
from faq.site.table import evidence_html
from faq.site.upgrade import changes

Macro = Callable[..., str]
OF_THE_SITE: dict[str, Macro] = {
    "changes": changes,
    "columns": column_list,
    "matrix": matrix,
    "messages": messages,
    "summary": summary,
}
OF_THE_PAGE: dict[str, Macro] = {
    "agreement": agreement,
    "bars": bars_html,
    "claim": claim_html,
    "evidence_table": evidence_html,
    "measured": measured_html,
}
"""Their first argument is the page at hand."""


class MacroEnvironment(Protocol):
    """What is used of mkdocs-macros-plugin."""

    macro: Callable[[Macro, str], object]


def define_env(env: MacroEnvironment) -> None:
    """Offer the macros to the pages; mkdocs-macros-plugin calls it, once for each build."""
    recorded = store.recorded_columns()

    @cache
    def page_at(address: str) -> Page:
        return Page(address, "", recorded)

    def of_page(function: Macro) -> Macro:
        @pass_context
        def macro(context: Context, *arguments: object, **more: object) -> str:
            return function(page_at(context["page"].url), *arguments, **more)

        return macro

    for name, function in OF_THE_SITE.items():
        env.macro(function, name)
    for name, function in OF_THE_PAGE.items():
        env.macro(of_page(function), name)
