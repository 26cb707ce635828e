"""What changes from one release to the next, computed from the evidence alone."""

from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from markupsafe import Markup

from faq.entries import Entry, entries
from faq.evidence import store
from faq.evidence.comparison import is_alike
from faq.evidence.model import Cell, Verdict
from faq.pages import title
from faq.site.format import LOOKS, NOT_MEASURED, Fragment, Words, in_words
from faq.site.templates import render


class Difference(NamedTuple):
    """What differs in a cell: its verdict, or what was measured."""

    key: str
    before: Words
    after: Words


class ComparedEntry(NamedTuple):
    """An entry between two neighboring columns."""

    entry: Entry
    question: Markup
    """Inline Markdown."""
    compared: int
    """How many of its claims both columns have."""
    claims: list[tuple[str, str, list[Difference]]]
    """The name and the sentence of each that differs, and how."""


def changes() -> str:
    """Each pair of neighboring columns with the claims that differ, as Markdown."""
    upgrades = {}
    for old, new in pairwise(store.releases()):
        upgrades[old, new] = [compared_entry(entry, old, new) for entry in entries()]
    return render("upgrade.md.j2", upgrades=upgrades)


def compared_entry(entry: Entry, old: str, new: str) -> ComparedEntry:
    """The claims of an entry that differ between two columns."""
    evidence = store.read(entry)
    claims = []
    compared = 0
    for name, record in evidence.claims.items():
        before, after = evidence.cell(name, old), evidence.cell(name, new)
        if not before or not after:
            continue
        compared += 1
        if rows := list(differences(before, after)):
            claims.append((name, record.sentence, rows))
    return ComparedEntry(entry, Markup(title(entry)), compared, claims)  # noqa: S704


def differences(before: Cell, after: Cell) -> Iterator[Difference]:
    """Where the verdict and the measured values of two cells differ."""
    if before.state != after.state:
        yield Difference("verdict", verdict_in_words(before), verdict_in_words(after))
    if Verdict.NOT_APPLICABLE in (before.state, after.state):
        return
    for key in before.measured | after.measured:
        if not is_alike(before.measured.get(key), after.measured.get(key)):
            yield Difference(key, value_in_words(before, key), value_in_words(after, key))


def verdict_in_words(cell: Cell) -> Words:
    """A state with its symbol, and the reason where a claim does not apply."""
    reason = f": {cell.reason}" if cell.reason else ""
    return (Fragment(f"{LOOKS[cell.state]['symbol']} {cell.state}{reason}"),)


def value_in_words(cell: Cell, key: str) -> Words:
    """What was measured, or that it was not."""
    return in_words(cell.measured[key]) if key in cell.measured else NOT_MEASURED
