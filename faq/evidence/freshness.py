"""Which cells prove their claim as it stands: fresh, stale, missing, old."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

from faq import ROOT, columns
from faq.claims import Claim
from faq.entries import Entry, entries
from faq.errors import applying
from faq.evidence import store
from faq.evidence.keys import cell_keys
from faq.evidence.model import Cell, EngineRecord, LabFacts, Verdict

OLD_DAYS = 90
"""After so many days a proof is shown in amber."""


def today() -> dt.date:
    """The day of a run, UTC."""
    return dt.datetime.now(dt.UTC).date()


def is_old(cell: Cell) -> bool:
    """Whether a cell was proven more than `OLD_DAYS` ago."""
    return (today() - cell.date).days > OLD_DAYS


def is_future(record: Cell | EngineRecord) -> bool:
    """Whether a record is dated after tomorrow: a wrong clock, or a hand."""
    return (record.date - today()).days > 1


def fault_of(cell: Cell | None, claim: Claim, column: str, key: str) -> str | None:
    """What is wrong with a recorded cell; None when it proves the claim as it stands."""
    if cell is None:
        return "is missing"
    expected = {claim.expected_on(column), Verdict.NOT_APPLICABLE}
    faults = {
        "is stale": cell.key != key,
        f"is of {cell.date}, which is to come,": is_future(cell),
        "says otherwise than its evidence": cell.state not in expected,
    }
    return next(iter(applying(faults)), None)


def lab_difference(cell: Cell | None, service: str, lab: LabFacts | None) -> str | None:
    """How the lab at hand differs from the one that a cell was recorded on; None: it does not."""
    if not (cell and lab):
        return None
    version = lab.engines.get(service)
    differences = {
        f"was recorded on {cell.version}, the lab has {version},": cell.version != version,
        "was recorded on other base images": cell.base != lab.base,
    }
    return next(iter(applying(differences)), None)


def stale_cells(root: Path = ROOT, lab: LabFacts | None = None) -> list[str]:
    """What is missing, stale or contradicts its claim, a line each; nothing: all is proven.

    Args:
        root: the repository.
        lab: where given, what was recorded on other engines or bases than it holds counts too;
            without it, a column that may be left out is not asked for.

    """
    recorded = store.recorded_columns(root)
    out_of_reach = columns.optional_services(root).difference(lab.engines if lab else ())
    for column, service in list(recorded.items()):
        if service in out_of_reach:
            del recorded[column]
    lines: list[str] = []
    for entry in entries(root):
        lines += stale_cells_of(entry, recorded, lab)
    return lines


def stale_cells_of(entry: Entry, recorded: dict[str, str], lab: LabFacts | None) -> Iterator[str]:
    """The faults of one entry's evidence; a fault that several columns share is one line."""
    if not recorded:
        yield f"{entry}: no evidence at all"
    evidence = store.read(entry)
    for column, engine in evidence.engines.items():
        if is_future(engine):
            yield f"{entry}: {column} was recorded on {engine.date}, which is to come"
    to_prove = store.columns_of(entry, recorded)
    keys = cell_keys(entry, to_prove.values())
    for claim in entry.claims.values():
        where = f"{entry.relative(entry.claims_file)}:{claim.line}: {claim.name}"
        faults: dict[str, str | None] = {}
        states: set[Verdict | None] = set()
        for column, service in to_prove.items():
            cell, key = evidence.cell(claim.name, column), keys[service][claim.name]
            states.add(cell.state if cell else None)
            fault = fault_of(cell, claim, column, key)
            faults[column] = fault or lab_difference(cell, service, lab)
        if states == {Verdict.NOT_APPLICABLE}:
            yield f"{where} applies to no engine: it proves nothing"
        for fault, stale in columns.grouped(faults):
            if fault:
                yield f"{where} {fault} on {', '.join(stale)}"
