"""Columns and measured values in words.

What an engine printed is data: every character but letters, digits and spaces is written as
an entity, so that nothing in it is HTML, Markdown, Jinja or a file to include.
"""

import re
from functools import cache
from typing import Any

from markdown import markdown

from lab.claims import PODMAN

SYMBOLS = {"holds": "✓", "does not hold": "✗", "not applicable": "–", "stale": "!", "not run": "?"}
MARK = re.compile("[^a-zA-Z0-9 ]")


def grouped(by_column: dict[str, str]) -> list[tuple[str, list[str]]]:
    """Columns with the same text together, in the order of the columns."""
    groups: dict[str, list[str]] = {}
    for column, text in by_column.items():
        groups.setdefault(text, []).append(column)
    return list(groups.items())


def verdicts(states: dict[str, str]) -> str:
    """The states of a claim's cells in words: `holds on 26.1 – 28.5; does not hold on 20.10`."""
    return "; ".join(
        f"{state} on {ranges(columns, list(states))}" for state, columns in grouped(states)
    )


def ranges(some: list[str], columns: list[str]) -> str:
    """Columns in words: neighbours as a range, `20.10 – 28.5`, which ends with its release."""
    runs: list[list[str]] = [[]]
    for column in columns:
        if column not in some or column.startswith(PODMAN):  # Podman is no release of Docker
            runs.append([])
        if column in some:
            runs[-1].append(column)
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
    return MARK.sub(lambda mark: f"&#{ord(mark[0])};", text)


@cache  # a sentence stands in several tables
def inline(sentence: str) -> str:
    """A claim's sentence, which is inline Markdown, as HTML."""
    return markdown(sentence).removeprefix("<p>").removesuffix("</p>")
