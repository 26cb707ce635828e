"""Joins the evidence of a run that was shared among machines."""

from pathlib import Path

import msgspec

from faq.entries import Entry, entries
from faq.errors import LabError
from faq.evidence import store
from faq.evidence.freshness import is_future
from faq.evidence.keys import cell_keys
from faq.evidence.model import Cell, ClaimRecord, EngineRecord, Evidence


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
        roots = [entry.root, *parts]
        records[entry] = [store.read(Entry(root, entry.topic, entry.name)) for root in roots]
    return sum(join_entry(entry, given) for entry, given in records.items())


def join_entry(entry: Entry, records: list[Evidence]) -> int:
    """Write the best of the records of one entry, its own first; how many cells changed."""
    engines = latest_engines(records)
    keys = cell_keys(entry, {engine.service for engine in engines.values()})
    claims: dict[str, ClaimRecord] = {}
    used: set[str] = set()
    changed = 0
    for claim in entry.claims.values():
        before = records[0].cells(claim.name)
        cells = dict(before)
        for column, engine in engines.items():
            key = keys[engine.service][claim.name]
            if best := best_cell(records, claim.name, column, key):
                cells[column] = best
                changed += best != before.get(column)
        if cells:
            claims[claim.name] = ClaimRecord(claim.sentence, store.by_column(cells))
            used |= cells.keys()
    if changed:
        kept = {column: engine for column, engine in engines.items() if column in used}
        with store.locked(entry.folder):
            store.write(entry.evidence_file, Evidence(claims, store.by_column(kept)))
    return changed


def best_cell(records: list[Evidence], claim: str, column: str, key: str) -> Cell | None:
    """The latest of the cells whose key fits; None where none does."""
    cells = [record.cell(claim, column) for record in records]
    fitting = [cell for cell in cells if cell and cell.key == key and not is_future(cell)]
    return max(fitting, key=lambda cell: (cell.date, cell.checksum), default=None)


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
