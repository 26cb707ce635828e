"""What changes from one engine to the next, computed from the evidence alone."""

from itertools import pairwise
from typing import Any

from lab import evidence
from lab.claims import Entry, entries
from lab.evidence import Cell
from lab.pages import title
from lab.words import SYMBOLS, inline, quote, show

Row = tuple[str, str, str]


def changes() -> str:
    """Each pair of neighboring columns with the claims that differ, as Markdown."""
    return "\n\n".join(section(old, new) for old, new in pairwise(evidence.releases()))


def section(old: str, new: str) -> str:
    """The claims that differ between two columns, by entry."""
    differing, total = [], 0
    for entry in entries():
        recorded = evidence.read(entry)["claims"]
        found = {
            name: differences(claim["cells"][old], claim["cells"][new])
            for name, claim in recorded.items()
            if {old, new} <= claim["cells"].keys()
        }
        total += len(found)
        if any(found.values()):
            differing.append((entry, {name: rows for name, rows in found.items() if rows}))
    count = sum(len(found) for _, found in differing)
    lines = [f"## From {old} to {new}", f"{count} of {total} claims differ."]
    for entry, found in differing:
        lines += [f"### [{title(entry)}]({entry}.md)", table(entry, found, old, new)]
    return "\n\n".join(lines)


def differences(before: Cell, after: Cell) -> list[Row]:
    """What to tell of a claim: its verdict and measured words, where they differ."""
    rows = []
    states = before["state"], after["state"]
    if before["state"] != after["state"]:
        rows.append(("verdict", verdict(before), verdict(after)))
    if "not applicable" not in states:
        for key in {**before["measured"], **after["measured"]}:
            old, new = before["measured"].get(key), after["measured"].get(key)
            if not evidence.alike(old, new):
                rows.append((quote(key), value(old), value(new)))
    return rows


def verdict(cell: Cell) -> str:
    """A state with its symbol, and the reason where a claim does not apply."""
    reason = f": {quote(cell['reason'])}" if "reason" in cell else ""
    return f"{SYMBOLS[cell['state']]} {cell['state']}{reason}"


def value(measured: Any) -> str:
    """A measured value, or that there is none."""
    return "–" if measured is None else show(measured)


def table(entry: Entry, found: dict[str, list[Row]], old: str, new: str) -> str:
    """The claims of one entry that differ, as HTML on one line."""
    bodies = ""
    for name, rows in found.items():
        sentence = inline(entry.claims[name].sentence)
        told = "".join(
            f'<tr><th scope="row">{key}</th><td>{before}</td><td>{after}</td></tr>'
            for key, before, after in rows
        )
        bodies += (
            f'<tbody><tr><th colspan="3" scope="rowgroup">{sentence} '
            f'<a href="{entry}.html#{name}">evidence</a></th></tr>{told}</tbody>'
        )
    heads = f'<tr><td></td><th scope="col">{old}</th><th scope="col">{new}</th></tr>'
    return f'<table class="evidence"><thead>{heads}</thead>{bodies}</table>'
