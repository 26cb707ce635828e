"""The evidence file of an entry: read, and written one cell at a time."""

import datetime as dt
import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import TypeVar

import msgspec

from faq import ROOT, columns
from faq.claims import Claim
from faq.entries import Entry, entries
from faq.errors import ClaimError
from faq.evidence import validation
from faq.evidence.model import NO_CELLS, NOTHING, Cell, ClaimRecord, EngineRecord, Evidence

T = TypeVar("T")
Cells = dict[str, dict[str, Cell]]
"""By claim and column."""


def read(entry: Entry) -> Evidence:
    """The evidence of an entry; empty where none is recorded.

    Raises:
        ClaimError: the file is cut short, not JSON, against the schema, or edited by hand.

    """
    try:
        status = entry.evidence_file.stat()
    except FileNotFoundError:
        return NOTHING
    return read_version(entry, status.st_ino, status.st_mtime_ns, status.st_size)


@lru_cache(512)  # a run and a build read the same files hundreds of times
def read_version(entry: Entry, _inode: int, _changed: int, _size: int) -> Evidence:
    """The evidence of an entry, as long as its file has this number, time and size."""
    path = entry.evidence_file
    where = str(path).removeprefix(f"{ROOT}/")
    try:
        text = path.read_text(errors="replace")
    except OSError as error:
        raise ClaimError(f"{where}: {error.strerror}") from None
    evidence = validation.decode(text, where)
    for column, engine in evidence.engines.items():
        if engine.service not in entry.services:
            raise ClaimError(f"{where}: {entry} is not asked of {column}: take its cells out")
    return evidence


def recorded_columns(root: Path = ROOT) -> dict[str, str]:
    """The columns of the site with their service: Docker's releases, oldest first, then Podman.

    Where a service has brought several release lines in the course of time, the one recorded
    last counts.
    """
    latest: dict[str, tuple[dt.date, str]] = {}
    for entry in entries(root):
        for column, engine in read(entry).engines.items():
            recorded = (engine.date, column)
            latest[engine.service] = max(recorded, latest.get(engine.service, recorded))
    return by_column({column: service for service, (_, column) in latest.items()})


def columns_of(entry: Entry, recorded: dict[str, str]) -> dict[str, str]:
    """Those of the recorded columns whose engine is asked the claims of an entry."""
    asked = entry.services
    return {column: service for column, service in recorded.items() if service in asked}


def shown_cells(evidence: Evidence, claim: str, recorded: dict[str, str]) -> dict[str, Cell]:
    """The cells of a claim in the columns of the site, fresh or stale.

    Cells of a service's earlier release lines stay in the file but are not shown.
    """
    cells = evidence.cells(claim)
    return {column: cells[column] for column in filter(recorded.get, cells)}


def releases(root: Path = ROOT) -> list[str]:
    """The columns that are Docker's: every claim is asked of them."""
    return list(filter(columns.is_docker, recorded_columns(root)))


def by_column(cells: dict[str, T]) -> dict[str, T]:
    """What stands in columns, in the order of the columns."""
    return dict(sorted(cells.items(), key=lambda item: columns.parse(item[0])))


def record_cell(entry: Entry, claim: Claim, column: str, cell: Cell, engine: EngineRecord) -> None:
    """Write one cell into the entry's evidence, and the record of its engine."""
    checksum = validation.checksum([claim.name, claim.sentence, column], cell)
    cell = msgspec.structs.replace(cell, checksum=checksum)
    checksum = validation.checksum([column], engine)
    engine = msgspec.structs.replace(engine, checksum=checksum)
    record_cells(entry, {claim.name: {column: cell}}, {column: engine})


def record_cells(entry: Entry, cells: Cells, engines: dict[str, EngineRecord]) -> None:
    """Write cells into the entry's evidence, drop claims that are no more, leave the rest."""
    with locked(entry.folder):
        known = read(entry)
        claims = dict(known.claims)
        for name, new in cells.items():
            sentence = entry.claims[name].sentence
            old = claims.get(name, NO_CELLS)
            same = old.cells if old.sentence == sentence else {}
            claims[name] = ClaimRecord(sentence, by_column(same | new))
        kept = {name: claims[name] for name in filter(claims.get, entry.claims)}
        write(entry.evidence_file, Evidence(kept, by_column(known.engines | engines)))


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Keep other runs from writing into a folder meanwhile."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def write(path: Path, evidence: Evidence) -> None:
    """Replace an evidence file in one go: a reader sees the old or the new one, never a part."""
    part = path.with_suffix(".json.part")
    with part.open("w") as file:
        file.write(validation.encode(evidence))
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)
