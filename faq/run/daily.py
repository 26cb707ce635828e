"""The cells that `make test` asks: what is not proven or new, and a part of the rest by the day."""

import datetime as dt
import os
import zlib
from collections.abc import Container

from faq.entries import entries
from faq.evidence import history, store
from faq.evidence.freshness import today
from faq.lab import compose
from faq.run.collection import Collected, recorded_at_start

PARTS = 10
"""So many days until each claim has had its turn."""
DAY = "LAB_RUN_DAY"
"""The variable that tells the workers of a run which day it is: midnight may be near."""


def todays_part() -> int:
    """The part of the claims that is due today, counted from 0; the same on every machine."""
    day = os.environ.setdefault(DAY, today().isoformat())
    return dt.date.fromisoformat(day).toordinal() % PARTS


def is_due(cell: Collected) -> bool:
    """Whether a cell is asked today; a claim's turn comes on all its engines at once."""
    part = zlib.crc32(f"{cell.entry} {cell.claim.name}".encode()) % PARTS
    if part == todays_part() or not cell.is_proven(compose.facts()):
        return True
    base = history.base_of_work()
    return bool(base) and not is_unchanged(cell, base)


def is_unchanged(cell: Collected, base: str) -> bool:
    """Whether a cell's evidence is the one of a commit, and proves its claim."""
    before = history.evidence_at(base, cell.entry).cell(cell.claim.name, cell.column)
    return cell.is_proven() and cell.cell == before


def asked_in_words(asked: Container[str]) -> str:
    """What was asked today and when the rest was, in one line.

    Args:
        asked: the ids of the items that were run.

    """
    rest = []
    count = 0
    for entry in entries():
        evidence = store.read(entry)
        file = entry.relative(entry.claims_file)
        for claim in entry.claims:
            cells = store.shown_cells(evidence, claim, recorded_at_start())
            count += len(cells)
            for column, cell in cells.items():
                if f"{file}::test_{claim}[{column}]" not in asked:
                    rest.append(cell.date)
    return (
        f"{count - len(rest)} of {count} cells were asked: those that are missing, stale or new, "
        f"and part {todays_part() + 1} of {PARTS} of the others; the rest was recorded from "
        f"{min(rest, default=today())} to {max(rest, default=today())} (make test-all asks all)"
    )
