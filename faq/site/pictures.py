"""Measured numbers as bars, drawn from the evidence.

A picture draws what the newest Docker Engine measured, and says which engines measured the same.
All its text is also in its description, which is what a screen reader says.
"""

from typing import NamedTuple

from faq import columns
from faq.evidence.comparison import is_alike
from faq.evidence.model import Measured
from faq.site.format import as_text, in_words
from faq.site.page import Page
from faq.site.templates import render_block


class Row(NamedTuple):
    """What one claim measured."""

    label: str
    words: str
    numbers: list[float]
    is_dashed: bool


class Picture(NamedTuple):
    """Rows of bars."""

    title: str
    rows: list[Row]
    longest: float
    """The sum of the numbers in the longest row."""
    where: str
    """The columns that measured what is drawn, in words."""
    text: str
    """All that it shows, in words."""


def bars_html(
    page: Page,
    title: str,
    claims: dict[str, str],
    keys: list[str],
    dashed: Measured | None = None,
) -> str:
    """The picture of `picture` as SVG."""
    return render_block("bars.html.j2", picture=picture(page, title, claims, keys, dashed or {}))


def bars_text(
    page: Page,
    title: str,
    claims: dict[str, str],
    keys: list[str],
    dashed: Measured | None = None,
) -> str:
    """The picture of `picture` in words."""
    return picture(page, title, claims, keys, dashed or {}).text


def picture(
    page: Page, title: str, claims: dict[str, str], keys: list[str], dashed: Measured
) -> Picture:
    """What claims measured, a row for each.

    Args:
        page: whose claims they are.
        title: what the numbers are.
        claims: the claims by the label of their row.
        keys: that of the number, or the list of numbers, and those of what is told beside it.
        dashed: by key, the value that makes the bars of a claim dashed.

    Raises:
        ClaimError: a claim measured no such number.

    """
    newest = next(filter(columns.is_docker, reversed(page.columns)), "")
    same = list(page.columns)
    rows = []
    for label, name in claims.items():
        cells = page.cells(name)
        measured = cells[newest].measured if page.values(name, keys[0]) else {}
        rows.append(bar_row(label, measured, keys, dashed))
        drawn = list(map(measured.get, keys))
        same = [c for c in same if is_alike(list(map(cells[c].measured.get, keys)), drawn)]
    where = columns.ranges(same, list(page.columns))
    text = ". ".join(f"{row.label}, {row.words}" for row in rows)
    longest = max(sum(row.numbers) for row in rows)
    return Picture(title, rows, longest or 1, where, f"{title}, on {where}: {text}.")


def bar_row(label: str, measured: Measured, keys: list[str], dashed: Measured) -> Row:
    """What a claim measured on one engine; no bars where it measured no number."""
    told = [f"{key}: {as_text(in_words(measured[key]), '')}" for key in keys if key in measured]
    numbers = measured.get(keys[0], [])
    return Row(
        label=label,
        words="; ".join(told) or "not measured",
        numbers=numbers if isinstance(numbers, list) else [numbers],
        is_dashed=bool(dashed) and dashed.items() <= measured.items(),
    )
