"""Measured numbers as bars, drawn from the evidence.

A picture draws what the newest Docker Engine measured, and says which engines measured the same.
All its text is also in its description, which is what a screen reader says.
"""

from operator import itemgetter
from typing import NamedTuple

from faq import columns
from faq.evidence.comparison import is_alike
from faq.evidence.model import JSON, Measured
from faq.site.format import in_words, where_in_words
from faq.site.page import Page

NEVER: Measured = {"": None}
"""Measured by no claim."""


class Row(NamedTuple):
    """What one claim measured."""

    label: str
    words: str
    bars: list[JSON]
    is_dashed: bool


class Picture(NamedTuple):
    """Rows of bars."""

    title: str
    rows: list[Row]
    where: str
    """The columns that measured what is drawn, in words."""
    text: str
    """All that it shows, in words."""


def picture(
    page: Page,
    title: str,
    claims: dict[str, str],
    keys: list[str],
    dashed: Measured = NEVER,
) -> Picture:
    """What claims measured, a row for each.

    Args:
        page: whose claims they are.
        title: what the numbers are.
        claims: the claims by the label of their row.
        keys: that of the number, or the list of numbers, and those of what is told beside it.
        dashed: by one of the keys, the value that makes the bars of a claim dashed.

    Raises:
        ClaimError: a claim measured no such number.

    """
    newest = next(filter(columns.is_docker, reversed(page.columns)), "")
    same = list(page.columns)
    rows = []
    lines = []
    for label, name in claims.items():
        page.measured(name, keys[0])  # refuses what no engine measured
        told = {column: picked(cell.measured, keys) for column, cell in page.cells(name).items()}
        drawn = told.get(newest, {})
        is_dashed = dashed.items() <= drawn.items()
        numbers = drawn.get(keys[0], [])
        bars: list[JSON] = numbers if isinstance(numbers, list) else [numbers]
        words = in_one_line(drawn)
        rows.append(Row(label, words, bars, is_dashed))
        lines.append(f"{label}, {words}")
        same = [column for column in same if is_alike(told[column], drawn)]
    where = where_in_words(same, page.columns.keys())
    return Picture(title, rows, where, f"{title}, on {where}: {'. '.join(lines)}.")


def picked(measured: Measured, keys: list[str]) -> Measured:
    """Those of the measured values that a picture tells, in the order of its keys."""
    return {key: measured[key] for key in filter(measured.__contains__, keys)}


def in_one_line(told: Measured) -> str:
    """What one engine measured, in words without marks."""
    parts = []
    for key, value in told.items():
        words = map(itemgetter(0), in_words(value))
        parts.append(f"{key}: {''.join(words)}")
    return "; ".join(parts) or "not measured"
