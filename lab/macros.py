"""What a page may say of its evidence: `claim()`, `measured()` and `evidence_table()`.

What an engine printed is data: every character but letters, digits and spaces is written as
an entity, so that nothing in it is HTML, Markdown, Jinja or a file to include.
"""

import os
from functools import cache
from html import escape
from typing import Any

from jinja2 import pass_context
from markdown import markdown

from lab import evidence
from lab.claims import ROOT, ClaimError, Entry
from lab.evidence import Cell

SYMBOLS = {"holds": "✓", "does not hold": "✗", "not applicable": "–", "stale": "!", "not run": "?"}


def define_env(env: Any) -> None:
    """Offer the macros to the pages; called by mkdocs-macros-plugin, once for each build."""

    @cache
    def page(here: str, entry: str = "") -> Page:
        return Page(here, entry)

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


class Page:
    """The evidence of one entry, as the page at hand sees it.

    Raises:
        ClaimError: the page is no entry's, or a claim or value has no fresh evidence.

    """

    def __init__(self, url: str, entry: str = "") -> None:
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
        self.columns = evidence.columns()
        self.fresh = self.entry.digest

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
        for column in self.columns:
            cell = recorded.get(column, {"state": "not run", "measured": {}, "output": []})
            if cell["state"] != "not run" and cell["digest"] != self.fresh:
                cell = cell | {"state": "stale"}
            if cell["state"] in ("stale", "not run") and not os.environ.get("SHOW_STALE"):
                state = cell["state"]
                raise ClaimError(f"{self.where}: {name} is {state} on {column}: make record")
            cells[column] = cell
        return cells

    def verdict(self, name: str) -> str:
        """The verdict as a link to its evidence."""
        states = {column: cell["state"] for column, cell in self.cells(name).items()}
        text = "; ".join(
            f"{state} on {ranges(columns, list(states))}" for state, columns in grouped(states)
        )
        kind = next(iter(states.values())) if len(set(states.values())) == 1 else "differs"
        href = "#" + name if self.home else f"{'../' * self.depth}{self.entry}.html#{name}"
        symbol = SYMBOLS.get(kind, "±")
        return f'<a class="verdict {kind.replace(" ", "-")}" href="{href}">{symbol} {text}</a>'

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
        values = grouped({column: show(value) for column, value in found.items()})
        if len(values) == 1:
            return values[0][0]
        return ", ".join(f"{value} ({ranges(where, list(cells))})" for value, where in values)


def grouped(by_column: dict[str, str]) -> list[tuple[str, list[str]]]:
    """Columns with the same text together, in the order of the columns."""
    groups: dict[str, list[str]] = {}
    for column, text in by_column.items():
        groups.setdefault(text, []).append(column)
    return list(groups.items())


def ranges(some: list[str], columns: list[str]) -> str:
    """Columns in words: neighbours as a range, `20.10 – 28.5`, which ends with its release."""
    runs: list[list[str]] = []
    for column in columns:
        if column not in some:
            runs.append([])
        elif runs:
            runs[-1].append(column)
        else:
            runs.append([column])
    return ", ".join(span(run) for run in runs if run)


def span(run: list[str]) -> str:
    """Neighbouring columns in words: both image stores of a release are that release."""
    last = run[-1]
    if last.partition("-")[0] in run[:-1]:
        last = last.partition("-")[0]
    return last if run[0] == last else f"{run[0]} – {last}"


def number(value: float) -> str:
    """A number with the digits that count."""
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"


def show(value: Any) -> str:
    """A measured value as inline HTML."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float):
        return number(value) if isinstance(value, float) else str(value)
    if isinstance(value, list):
        return ", ".join(show(part) for part in value) or "none"
    if isinstance(value, dict):
        return ", ".join(f"{quote(str(key))}: {show(part)}" for key, part in value.items())
    return f"<code>{quote(str(value))}</code>" if value not in ("", None) else "nothing"


def quote(text: str) -> str:
    """Text that nothing interprets: all but letters, digits and spaces as entities."""
    return "".join(
        letter if letter.isascii() and (letter.isalnum() or letter == " ") else f"&#{ord(letter)};"
        for letter in text
    )


def table(page: Page) -> str:
    """The evidence of a page as HTML, on one line: no Markdown in it is looked for."""
    heads = "".join(f'<th scope="col">{column}</th>' for column in page.columns)
    bodies = "".join(claim_rows(page, name) for name in page.claims)
    return (
        f'<table class="evidence"><thead><tr>{heads}</tr></thead>{bodies}</table>'
        f"{engines(page)}{repeat(page)}"
    )


def claim_rows(page: Page, name: str) -> str:
    """One claim in the table: its sentence, a verdict per engine, and what they rest on."""
    cells = page.cells(name)
    sentence = markdown(page.claim(name)["sentence"]).removeprefix("<p>").removesuffix("</p>")
    verdicts = "".join(
        f'<td class="{cell["state"].replace(" ", "-")}">'
        f"{SYMBOLS[cell['state']]} {cell['state']}</td>"
        for cell in cells.values()
    )
    width = len(cells)
    return (
        f'<tbody id="{name}"><tr><th scope="rowgroup" colspan="{width}">{sentence} '
        f'<a class="headerlink" href="#{name}" title="Permanent link">&para;</a></th></tr>'
        f"<tr>{verdicts}</tr>"
        f'<tr><td colspan="{width}"><details><summary>Measured and printed</summary>'
        f"{reasons(cells)}{numbers(cells)}{outputs(cells)}</details></td></tr></tbody>"
    )


def reasons(cells: dict[str, Cell]) -> str:
    """Why a claim does not apply to an engine."""
    given = {column: cell["reason"] for column, cell in cells.items() if "reason" in cell}
    return "".join(
        f"<p>Not applicable on {ranges(where, list(cells))}: {quote(reason)}</p>"
        for reason, where in grouped(given)
    )


def numbers(cells: dict[str, Cell]) -> str:
    """What was measured: a row per key, a column per engine, equal neighbours joined."""
    keys = {key: None for cell in cells.values() for key in cell["measured"]}
    heads = "".join(f'<th scope="col">{column}</th>' for column in cells)
    rows = ""
    for key in keys:
        joined: list[list[Any]] = []
        for cell in cells.values():
            value = show(cell["measured"][key]) if key in cell["measured"] else "–"
            if joined and joined[-1][0] == value:
                joined[-1][1] += 1
            else:
                joined.append([value, 1])
        values = "".join(f'<td colspan="{count}">{value}</td>' for value, count in joined)
        rows += f'<tr><th scope="row">{quote(key)}</th>{values}</tr>'
    return f"<table><thead><tr><td></td>{heads}</tr></thead><tbody>{rows}</tbody></table>"


def outputs(cells: dict[str, Cell]) -> str:
    """What the snippets printed; equal outputs once, with the range of engines."""
    html = ""
    for index in range(max((len(cell["output"]) for cell in cells.values()), default=0)):
        printed = {
            column: output_block(cell["output"][index])
            for column, cell in cells.items()
            if index < len(cell["output"])
        }
        for block, where in grouped(printed):
            html += f"<p>{block.replace('COLUMNS', ranges(where, list(cells)), 1)}"
    return html


def output_block(output: dict[str, Any]) -> str:
    """One command with its output."""
    code = f", exit code {output['exit code']}" if output["exit code"] else ""
    text = quote(output["text"].rstrip("\n")) or "<i>nothing</i>"
    return (
        f"<code>{quote(output['command'])}</code> on COLUMNS{code} printed:</p>"
        f"<pre><code>{text}</code></pre>"
    )


def engines(page: Page) -> str:
    """Which engines were asked, exactly."""
    known = page.recorded["engines"]
    columns = [column for column in page.columns if column in known]
    heads = "".join(f'<th scope="col">{column}</th>' for column in columns)
    facts = {fact: None for column in columns for fact in known[column] if fact != "service"}
    rows = "".join(
        f'<tr><th scope="row">{escape(fact)}</th>'
        + "".join(f"<td>{show(known[column].get(fact, ''))}</td>" for column in columns)
        + "</tr>"
        for fact in facts
    )
    return (
        "<details><summary>The engines, exactly</summary><table><thead><tr><td></td>"
        f"{heads}</tr></thead><tbody>{rows}</tbody></table></details>"
    )


def repeat(page: Page) -> str:
    """How a reader repeats the claims: the commands of the snippets, in order."""
    commands = {
        output["command"]: None
        for name in page.claims
        for cell in page.cells(name).values()
        for output in cell["output"]
    }
    clean = ["sh clean.sh"] if (page.entry.folder / "clean.sh").exists() else []
    lines = "&#10;".join(quote(command) for command in [*commands, *clean])
    return (
        "<details><summary>Repeat it on your engine</summary><p>Save the snippets of this page "
        "under their names in an empty folder, and there run any of:</p>"
        f"<pre><code>{lines}</code></pre></details>"
    )
