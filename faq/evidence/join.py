"""Joins the evidence of a run that was shared among machines."""

from dataclasses import replace
from operator import attrgetter
from pathlib import Path

import msgspec

from faq.claims import Claim
from faq.entries import Entry, entries
from faq.errors import LabError
from faq.evidence import store
from faq.evidence.freshness import fault_of, is_future
from faq.evidence.keys import Keys, cell_keys
from faq.evidence.model import Cell, EngineRecord, Evidence


def join(parts: list[Path]) -> int:
    """Take over what other checkouts, or artifacts of them, have recorded of the claims here.

    Only cells whose key fits the files here are taken. Of two that do the later one counts, and
    of one day's the one with the greater checksum: neither order nor repetition changes the
    result.

    Returns:
        How many cells changed.

    Raises:
        LabError: a part holds no evidence.
        ClaimError: a part's evidence is damaged; then nothing is written.

    """
    for part in parts:
        if not (part / "snippets").is_dir():
            raise LabError(f"{part} has no snippets/ with evidence")
    records: dict[Entry, list[Evidence]] = {}
    for entry in entries():
        copies = [entry, *(replace(entry, root=part) for part in parts)]
        records[entry] = list(map(store.read, copies))
    return sum(map(join_entry, records, records.values()))


def join_entry(entry: Entry, records: list[Evidence]) -> int:
    """Write the best of the records of one entry, its own first; how many cells changed."""
    own, engines = records[0], latest_engines(records)
    keys = cell_keys(entry, entry.services)
    better: store.Cells = {}
    for claim in entry.claims.values():
        best = best_cells(claim, records, engines, keys)
        known = own.cells(claim.name)
        if new := {name: best[name] for name in best if best[name] != known.get(name)}:
            better[claim.name] = new
    if changed := sum(map(len, better.values())):
        used = engines.keys() & set().union(own.engines, *better.values())
        store.record_cells(entry, better, {column: engines[column] for column in used})
    return changed


def best_cells(
    claim: Claim, records: list[Evidence], engines: dict[str, EngineRecord], keys: Keys
) -> dict[str, Cell]:
    """The latest of the cells of each column that prove a claim as it stands."""
    best: dict[str, Cell] = {}
    for record in records:
        cells = record.cells(claim.name)
        for column in engines.keys() & cells.keys():
            cell, key = cells[column], keys[engines[column].service][claim.name]
            if not fault_of(cell, claim, column, key):
                best[column] = max(cell, best.get(column, cell), key=attrgetter("date", "checksum"))
    return best


def latest_engines(records: list[Evidence]) -> dict[str, EngineRecord]:
    """Each column's engine as recorded last; of one day's, either, but always the same."""

    def rank(engine: EngineRecord) -> tuple[str, bytes]:
        return engine.date.isoformat(), msgspec.json.encode(engine)

    latest: dict[str, EngineRecord] = {}
    for record in records:
        for column, engine in record.engines.items():
            if not is_future(engine):
                latest[column] = max(engine, latest.get(column, engine), key=rank)
    return latest
