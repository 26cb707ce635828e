"""What a page may say of the evidence: `claim()`, `measured()`, and whole blocks of it."""

import json
import os
from collections.abc import Callable
from functools import cache
from html import escape
from typing import Any

from jinja2 import pass_context

from lab import evidence, pictures, summary
from lab.changes import changes
from lab.claims import ROOT, ClaimError, Entry
from lab.evidence import Cell
from lab.keys import keys
from lab.matrix import matrix, messages
from lab.table import table
from lab.words import SYMBOLS, grouped, number, quote, ranges, show, verdicts


def define_env(env: Any) -> None:
    """Offer the macros to the pages; called by mkdocs-macros-plugin, once for each build."""
    columns = cache(evidence.columns)  # they stand in the evidence of all entries

    @cache
    def page(here: str, entry: str = "") -> Page:
        return Page(here, entry, columns())

    @env.macro  # type: ignore[untyped-decorator]
    @pass_context
    def claim(context: Any, name: str, entry: str = "") -> str:
        """The sentence of a claim and its verdict; `entry` names another page's, `topic/entry`."""
        found = page(context["page"].url, entry)
        return f"{found.claim(name)['sentence']} {found.verdict(name)}"

    @env.macro  # type: ignore[untyped-decorator]
    @pass_context
    def measured(context: Any, name: str, key: str, entry: str = "") -> str:
        """What a claim measured: one value, a range of numbers, or the value per release."""
        return page(context["page"].url, entry).measured(name, key)

    @env.macro  # type: ignore[untyped-decorator]
    @pass_context
    def evidence_table(context: Any) -> str:
        """Every claim of the page on every engine: verdict, numbers, output, and how to repeat."""
        return table(page(context["page"].url))

    for picture in (pictures.layers, pictures.stops, pictures.chains, pictures.namespaces):
        env.macro(drawn(picture, page), picture.__name__)
    env.macro(drawn(summary.in_common, page), summary.in_common.__name__)

    for block in (changes, matrix, messages, summary.summary):
        env.macro(block)


def drawn(picture: Callable[..., str], page: Callable[[str], "Page"]) -> Callable[..., str]:
    """A picture as a macro: drawn from its page's evidence, or a mark where some is missing."""

    @pass_context
    def macro(context: Any, *arguments: Any) -> str:
        try:
            return picture(page(context["page"].url), *arguments)
        except ClaimError:
            if os.environ.get("SHOW_STALE"):
                return '<span class="verdict stale">nothing to draw yet</span>'
            raise

    return macro


class Page:
    """The evidence of one entry, as the page at hand sees it.

    Raises:
        ClaimError: the page is no entry's, or a claim or value has no fresh evidence.

    """

    def __init__(self, url: str, entry: str, columns: dict[str, str]) -> None:
        here = url.strip("/").removesuffix(".html")
        self.where = f"docs/{here}.md"
        self.depth = here.count("/")
        self.home = not entry or entry == here
        topic, _, name = (entry or here).rpartition("/")
        self.entry = Entry(ROOT, topic, name)
        if not self.entry.claims_file.exists():
            raise ClaimError(f"{self.where}: no claims for {entry or here!r}")
        self.claims = self.entry.claims
        self.recorded = evidence.read(self.entry)
        self.columns = {c: service for c, service in columns.items() if self.entry.asks(service)}
        self.keys = keys(self.entry, self.columns.values())

    def claim(self, name: str) -> dict[str, Any]:
        """A claim's record."""
        if name not in self.claims:
            known = ", ".join(self.claims)
            raise ClaimError(f"{self.where}: no claim {name!r} in {self.entry}: there are {known}")
        empty = {"sentence": self.claims[name].sentence, "cells": {}}
        found: dict[str, Any] = self.recorded["claims"].get(name, empty)
        return found

    def cells(self, name: str) -> dict[str, Cell]:
        """A claim's cell in each column; only where stale evidence is to show, some lack it."""
        recorded = self.claim(name)["cells"]
        cells = {}
        for column, service in self.columns.items():
            cell = recorded.get(column, {"state": "not run", "measured": {}, "output": []})
            if cell["state"] != "not run" and cell["key"] != self.keys[service][name]:
                cell = cell | {"state": "stale"}
            if cell["state"] in ("stale", "not run") and not os.environ.get("SHOW_STALE"):
                state = cell["state"]
                raise ClaimError(f"{self.where}: {name} is {state} on {column}: make record")
            cells[column] = cell
        return cells

    def of(self, entry: str) -> "Page":
        """The evidence of another entry, as this page sees it."""
        here = self.where.removeprefix("docs/").removesuffix(".md")
        return Page(here, entry, evidence.columns())

    def value(self, name: str, key: str, column: str) -> Any:
        """What a claim measured on one engine."""
        found = self.cells(name)[column]["measured"]
        if key not in found:
            known = ", ".join(found)
            raise ClaimError(f"{self.where}: {name} measured no {key!r}: there are {known}")
        return found[key]

    def verdict(self, name: str) -> str:
        """The verdict as a link to its evidence."""
        cells = self.cells(name)
        states = {column: cell["state"] for column, cell in cells.items()}
        age = " old" if any(map(evidence.is_old, cells.values())) else ""
        kind = next(iter(states.values())) if len(set(states.values())) == 1 else "differs"
        href = "#" + name if self.home else f"{'../' * self.depth}{self.entry}.html#{name}"
        symbol = SYMBOLS.get(kind, "±")
        data = escape(json.dumps(states))
        reasons = {quote(cell["reason"]): None for cell in cells.values() if "reason" in cell}
        why = f" ({'; '.join(reasons)})" if reasons else ""
        return (
            f'<a class="verdict {kind.replace(" ", "-")}{age}" href="{href}" data-states="{data}">'
            f"{symbol} {verdicts(states)}{why}{', proven over 90 days ago' if age else ''}</a>"
        )

    def measured(self, name: str, key: str) -> str:
        """A measured value over all columns, as inline HTML."""
        cells = self.cells(name)
        found = {
            column: cell["measured"][key]
            for column, cell in cells.items()
            if key in cell["measured"]
        }
        if not found:
            known = ", ".join({word: None for cell in cells.values() for word in cell["measured"]})
            if os.environ.get("SHOW_STALE"):
                return f'<span class="verdict stale">{escape(key)}: not measured</span>'
            raise ClaimError(f"{self.where}: {name} measured no {key!r}: there are {known}")
        if all(isinstance(value, float) for value in found.values()):
            low, high = number(min(found.values())), number(max(found.values()))
            return low if low == high else f"{low}–{high}"
        shown = {column: show(value) for column, value in found.items()}
        values = grouped(shown)
        if len(values) == 1:
            return values[0][0]
        text = ", ".join(f"{value} ({ranges(where, list(cells))})" for value, where in values)
        return f'<span class="measured" data-values="{escape(json.dumps(shown))}">{text}</span>'
