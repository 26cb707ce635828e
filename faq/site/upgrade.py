"""What changes from one release to the next, computed from the evidence alone."""

from collections.abc import Iterator
from itertools import pairwise, product
from typing import NamedTuple

from faq.entries import Entry, entries
from faq.evidence import store
from faq.evidence.comparison import is_alike
from faq.evidence.model import Cell, Verdict
from faq.pages import title
from faq.site.format import LOOKS, NOT_MEASURED, Fragment, Words, in_words
from faq.site.templates import render

Difference = tuple[str, Words, Words]
"""What differs in a cell, its verdict or what was measured: its name, before, and after."""


class ComparedClaim(NamedTuple):
    """A claim that two neighboring columns have."""

    name: str
    sentence: str
    differences: list[Difference]


def changes() -> str:
    """Each pair of neighboring columns with the claims that differ, as Markdown."""
    upgrades: dict[tuple[str, str], dict[Entry, list[ComparedClaim]]] = {}
    for pair, entry in product(pairwise(store.releases()), entries()):
        upgrades.setdefault(pair, {})[entry] = compared_claims(entry, *pair)
    return render("upgrade.md.j2", upgrades=upgrades, title=title)


def compared_claims(entry: Entry, old: str, new: str) -> list[ComparedClaim]:
    """The claims of an entry that two columns have, and how each differs."""
    claims = []
    for name, record in store.read(entry).claims.items():
        if {old, new} <= record.cells.keys():
            rows = differences(record.cells[old], record.cells[new])
            claims.append(ComparedClaim(name, record.sentence, list(rows)))
    return claims


def differences(before: Cell, after: Cell) -> Iterator[Difference]:
    """Where the verdict and the measured values of two cells differ."""
    if before.state != after.state:
        yield "verdict", verdict_in_words(before), verdict_in_words(after)
    if Verdict.NOT_APPLICABLE in (before.state, after.state):
        return
    for key in before.measured | after.measured:
        if not is_alike(before.measured.get(key), after.measured.get(key)):
            was, now = before.measured.get(key, NOT_MEASURED), after.measured.get(key, NOT_MEASURED)
            yield key, in_words(was), in_words(now)


def verdict_in_words(cell: Cell) -> Words:
    """A state with its symbol, and the reason where a claim does not apply."""
    parts = (f"{LOOKS[cell.state]['symbol']} {cell.state}", cell.reason)
    return (Fragment(": ".join(filter(None, parts))),)
