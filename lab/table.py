"""The evidence of a page as a table: every claim on every engine, and how to repeat it."""

from __future__ import annotations

import datetime as dt
from html import escape
from typing import TYPE_CHECKING, Any

from lab.words import SYMBOLS, grouped, inline, quote, ranges, show

if TYPE_CHECKING:
    from lab.evidence import Cell
    from lab.macros import Page

END = "END-OF-FILE"
OWN = " (names, ids and options in it are those of that engine)"
SCROLLS = '<table class="plain" tabindex="0">'  # so that the arrow keys move what is too wide


def table(page: Page) -> str:
    """The evidence of a page as HTML, on one line: no Markdown in it is looked for."""
    heads = "".join(
        f'<th scope="col" data-columns="{column}">{column}</th>' for column in page.columns
    )
    bodies = "".join(claim_rows(page, name) for name in page.claims)
    return (
        f'<table class="evidence"><thead><tr>{heads}</tr></thead>{bodies}</table>'
        f"{proven(page)}{engines(page)}{files(page)}"
    )


def proven(page: Page) -> str:
    """When the claims were last run, by the oldest of their proofs."""
    cells = [cell for name in page.claims for cell in page.cells(name).values()]
    dates = [cell["date"] for cell in cells if "date" in cell]
    if not dates:
        return ""
    day = dt.date.fromisoformat(min(dates))
    return f"<p>Every claim above was proven on {day.day} {day:%B %Y} or later.</p>"


def claim_rows(page: Page, name: str) -> str:
    """One claim in the table: its sentence, a verdict per engine, and what they rest on."""
    cells = page.cells(name)
    sentence = inline(page.claim(name)["sentence"])
    verdicts = "".join(
        f'<td class="{cell["state"].replace(" ", "-")}" data-columns="{column}">'
        f"{SYMBOLS[cell['state']]} {cell['state']}</td>"
        for column, cell in cells.items()
    )
    width = len(cells)
    details = reasons(cells) + numbers(cells) + outputs(cells) + commands(page, cells)
    return (
        f'<tbody id="{name}"><tr><th scope="rowgroup" colspan="{width}">{sentence} '
        f'<a class="headerlink" href="#{name}" title="Permanent link">&para;</a></th></tr>'
        f"<tr>{verdicts}</tr>"
        f'<tr><td colspan="{width}"><details><summary>Measured and printed</summary>'
        f"{details}</details></td></tr></tbody>"
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
        joined: list[tuple[str, list[str]]] = []
        for column, cell in cells.items():
            value = show(cell["measured"][key]) if key in cell["measured"] else "–"
            if joined and joined[-1][0] == value:
                joined[-1][1].append(column)
            else:
                joined.append((value, [column]))
        values = "".join(
            f'<td colspan="{len(columns)}" data-columns="{" ".join(columns)}">{value}</td>'
            for value, columns in joined
        )
        rows += f'<tr><th scope="row">{quote(key)}</th>{values}</tr>'
    return f"{SCROLLS}<thead><tr><td></td>{heads}</tr></thead><tbody>{rows}</tbody></table>"


def outputs(cells: dict[str, Cell]) -> str:
    """What the snippets printed; equal outputs once, with the range of engines."""
    html = ""
    for index in range(max((len(cell["output"]) for cell in cells.values()), default=0)):
        printed = {
            column: output_block(cell["output"][index])
            for column, cell in cells.items()
            if index < len(cell["output"])
        }
        blocks = "".join(
            f'<div data-columns="{" ".join(where)}"><p>'
            f"{block.replace('COLUMNS', ranges(where, list(cells)), 1)}</div>"
            for block, where in grouped(printed)
        )
        html += f'<div class="outputs">{blocks}</div>'
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
        f"<details><summary>The engines, exactly</summary>{SCROLLS}<thead><tr><td></td>"
        f"{heads}</tr></thead><tbody>{rows}</tbody></table></details>"
    )


def files(page: Page) -> str:
    """All snippets of the page in one block to paste, which puts them into a new folder."""
    folder = f"faq-{page.entry.name}"
    parts = [f"mkdir {folder} && cd {folder}"]
    for path in page.entry.snippets:
        name, text = path.relative_to(page.entry.folder).as_posix(), path.read_text()
        end = "" if text.endswith("\n") else "\n"
        if "/" in name:
            parts.append(f"mkdir -p {name.rpartition('/')[0]}")
        parts.append(f"cat >{name} <<'{END}'\n{text}{end}{END}")
    return (
        '<details id="files"><summary>Run it yourself: the files</summary><p>Paste this first; '
        "then, in the same shell, the commands of any claim above.</p>"
        f'<pre><code class="run">{quote(chr(10).join(parts))}</code></pre></details>'
    )


def commands(page: Page, cells: dict[str, Cell]) -> str:
    """What a reader runs to repeat one claim, where engines differ per range of engines."""
    clean = ["sh clean.sh"] if (page.entry.folder / "clean.sh").exists() else []
    lines = {
        column: "\n".join([*(output["command"] for output in cell["output"]), *clean])
        for column, cell in cells.items()
        if cell["output"]
    }
    return "".join(
        '<p>Run it yourself, after pasting <a href="#files">the files</a>'
        f"{'' if len(where) == len(lines) else f', on {ranges(where, list(cells))}{OWN}'}:</p>"
        f'<pre><code class="run">{quote(text)}</code></pre>'
        for text, where in grouped(lines)
    )
