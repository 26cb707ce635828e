"""All claims on all engines in one table, and all messages that the pages explain."""

from lab import evidence
from lab.claims import Entry, entries
from lab.pages import MESSAGES, bullets, title
from lab.words import SYMBOLS, inline


def matrix() -> str:
    """Every claim on every engine, each cell a link to its evidence, as HTML on one line."""
    columns = evidence.releases()
    heads = "".join(f'<th scope="col" data-columns="{column}">{column}</th>' for column in columns)
    bodies = "".join(entry_rows(entry, columns) for entry in entries())
    return (
        '<div class="matrix-filter"></div><table class="evidence matrix"><thead><tr>'
        f'<th scope="col">claim</th>{heads}</tr></thead>{bodies}</table>'
    )


def entry_rows(entry: Entry, columns: list[str]) -> str:
    """The claims of one entry, a row each."""
    recorded = evidence.read(entry)["claims"]
    rows = ""
    for claim in entry.claims.values():
        cells = recorded.get(claim.name, {"cells": {}})["cells"]
        states = {c: cells[c]["state"] if c in cells else "not run" for c in columns}
        verdicts = "".join(
            f'<td class="{state.replace(" ", "-")}" data-columns="{column}">'
            f'<a href="{entry}.html#{claim.name}" aria-label="{state} on {column}: the evidence">'
            f"{SYMBOLS[state]}</a></td>"
            for column, state in states.items()
        )
        rows += f'<tr><th scope="row">{inline(claim.sentence)}</th>{verdicts}</tr>'
    head = f'<a href="{entry}.html">{inline(title(entry))}</a>'
    return (
        f'<tbody data-topic="{entry.topic}"><tr><th scope="rowgroup" colspan="{len(columns) + 1}">'
        f"{head}</th></tr>{rows}</tbody>"
    )


def messages() -> str:
    """Every message that a page explains, with the page, in the order of the alphabet."""
    found = sorted(
        (message.strip("`“”").lower(), f"- {message} — [{title(entry)}]({entry}.md)")
        for entry in entries()
        for message in bullets(entry.page_text, MESSAGES)
    )
    return "\n".join(line for _, line in found)
