"""Joins the evidence of a run that was shared among machines."""

import json
from pathlib import Path
from typing import Any

from lab import evidence
from lab.claims import Entry, entries
from lab.evidence import Cell
from lab.keys import keys

Record = dict[str, Any]


def join(parts: list[Path]) -> int:
    """Take over what other checkouts, or artefacts of them, have recorded of the claims here.

    Only cells whose key fits the files here are taken. Of two that do the later one counts, and
    of one day's the one with the greater seal: neither order nor repetition changes the result.

    Returns:
        How many cells changed.

    Raises:
        ClaimError: a part's evidence is damaged; then nothing is written.

    """
    found = {entry: records(entry, parts) for entry in entries()}
    return sum(join_entry(entry, given) for entry, given in found.items())


def records(entry: Entry, parts: list[Path]) -> list[Record]:
    """What is recorded of an entry here and in each part."""
    return [evidence.read(Entry(root, entry.topic, entry.name)) for root in (entry.root, *parts)]


def join_entry(entry: Entry, given: list[Record]) -> int:
    """Write the best of the records of one entry; how many of its cells changed."""
    engines = latest([record["engines"] for record in given])
    now = keys(entry, {engine["service"] for engine in engines.values()})
    claims: Record = {}
    changed = 0
    for claim in entry.claims.values():
        old, *others = (
            record["claims"].get(claim.name, {"cells": {}})["cells"] for record in given
        )
        cells = best([old, *others], {c: now[e["service"]][claim.name] for c, e in engines.items()})
        changed += sum(cell != old.get(column) for column, cell in cells.items())
        if cells:
            claims[claim.name] = {"sentence": claim.sentence, "cells": cells}
    if changed:
        with evidence.locked(entry.folder):
            used = {column for claim in claims.values() for column in claim["cells"]}
            engines = {column: engines[column] for column in used}
            joined = {"claims": claims, "engines": evidence.by_column(engines)}
            evidence.write(entry.evidence_file, joined)
    return changed


def best(given: list[dict[str, Cell]], now: dict[str, str]) -> dict[str, Cell]:
    """By column, the latest cell with the key of now; without one, what stands here, the first."""
    fit: dict[str, Cell] = {}
    for cells in given:
        for column, cell in cells.items():
            if cell["key"] == now.get(column) and not evidence.is_future(cell):
                fit[column] = max(cell, fit.get(column, cell), key=rank)
    return evidence.by_column(given[0] | fit)


def rank(cell: Cell) -> tuple[str, str]:
    """What decides between two cells that both fit."""
    return cell["date"], cell["seal"]


def latest(engines: list[dict[str, Any]]) -> dict[str, Any]:
    """Each column's engine as recorded last."""
    found: dict[str, Any] = {}
    for column, engine in (item for one in engines for item in one.items()):
        if not evidence.is_future(engine):
            found[column] = max(engine, found.get(column, engine), key=when)
    return found


def when(engine: dict[str, Any]) -> tuple[str, str]:
    """What decides between two records of one engine."""
    return engine["date"], json.dumps(engine)
