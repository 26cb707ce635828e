"""What the engines said, kept beside the snippets: read, judged fresh or stale, written."""

import datetime as dt
import fcntl
import hashlib
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from copy import deepcopy
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema_rs

from lab.claims import PODMAN, ROOT, Claim, ClaimError, Entry, entries
from lab.keys import keys

SCHEMA = ROOT / "docs" / "evidence.schema.json"
# Where a cell came from, by hand or by a run, shows in its seal.
SEALED = ("state", "reason", "key", "base", "date", "version", "measured", "output")
OLD = 90  # days, after which a proof is shown in amber

Cell = dict[str, Any]
Facts = dict[str, Any]


def read(entry: Entry) -> dict[str, Any]:
    """The evidence of an entry; empty where none is recorded.

    Raises:
        ClaimError: the file is cut short, no JSON, against the schema, or edited by hand.

    """
    path = entry.evidence_file
    if not path.exists():
        return {"claims": {}, "engines": {}}
    return check(path.read_text(errors="replace"), str(path.relative_to(entry.root)))


@cache
def check(text: str, where: str) -> dict[str, Any]:
    """Parse evidence and refuse what no run wrote."""
    try:
        data: dict[str, Any] = json.loads(text)
    except json.JSONDecodeError as error:
        raise ClaimError(
            f"{where}:{error.lineno}: no JSON ({error.msg}): "
            "take it back from git, or delete it and record again",
        ) from None
    for fault in validator().iter_errors(data):
        path = " > ".join(map(str, fault.instance_path))
        raise ClaimError(f"{where}: {path}: {fault.message[:200]}")
    for name, claim in data["claims"].items():
        for column, cell in claim["cells"].items():
            if cell["seal"] != seal(name, claim["sentence"], column, cell):
                line = text[: text.index(cell["seal"])].count("\n") + 1
                raise ClaimError(
                    f"{where}:{line}: the evidence of {name} on {column} was changed by hand: "
                    "take it back from git, or record it again",
                )
    return data


@cache
def validator() -> jsonschema_rs.Validator:
    """The published schema, ready to check with."""
    return jsonschema_rs.validator_for(json.loads(SCHEMA.read_text()))


def seal(name: str, sentence: str, column: str, cell: Cell) -> str:
    """A checksum over one cell: not proof against forgery (a run is), but against an edit."""
    content = {key: cell[key] for key in SEALED if key in cell}
    text = json.dumps([name, sentence, column, content], sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def columns(root: Path = ROOT) -> dict[str, str]:
    """The columns of the site with their service: Docker's releases, oldest first, then Podman.

    Where a service has brought several release lines in the course of time, the one recorded
    last counts.
    """
    latest: dict[str, tuple[str, str]] = {}
    for entry in entries(root):
        for column, engine in read(entry)["engines"].items():
            found = (engine["date"], column)
            latest[engine["service"]] = max(found, latest.get(engine["service"], found))
    named = {column: service for service, (_, column) in latest.items()}
    return by_column(named)


def order(column: str) -> tuple[Any, ...]:
    """A sort key: 20.10, 26.1, 28.5, 28.5-containerd, podman-5.4."""
    docker = column.removeprefix(f"{PODMAN}-")
    release, _, store = docker.partition("-")
    return docker != column, *(int(part) for part in release.split(".")), store


def releases(root: Path = ROOT) -> list[str]:
    """The columns that are Docker's: every claim is asked of them."""
    return [column for column, service in columns(root).items() if service != PODMAN]


def cell_of(entry: Entry, claim: str, column: str) -> Cell | None:
    """What is recorded of a claim in a column, fresh or stale."""
    found: Cell | None = read(entry)["claims"].get(claim, {}).get("cells", {}).get(column)
    return found


def to_record(root: Path = ROOT, lab: Facts | None = None) -> list[str]:
    """What is missing, stale or contradicts its claim, a line each; nothing: all is proven.

    Args:
        root: the repository.
        lab: where given, what was recorded on other engines or bases than it holds counts too.

    """
    wanted = columns(root)
    lines = [] if wanted else [f"{entry}: no evidence at all" for entry in entries(root)]
    for entry in entries(root):
        now = keys(entry, wanted.values())
        for claim in entry.claims.values():
            found: dict[str, list[str]] = {}
            for column, service in wanted.items():
                if not entry.asks(service):
                    continue
                cell, key = cell_of(entry, claim.name, column), now[service][claim.name]
                fault = fault_of(cell, claim, column, key)
                if fault := fault or moved(cell, service, lab or {}):
                    found.setdefault(fault, []).append(column)
            where = f"{entry.claims_file.relative_to(root)}:{claim.line}: {claim.name}"
            lines += [f"{where} {fault} on {', '.join(named)}" for fault, named in found.items()]
    return lines


def fault_of(cell: Cell | None, claim: Claim, column: str, key: str) -> str | None:
    """What is wrong with a recorded cell; None when it proves the claim as it stands."""
    if cell is None:
        return "is missing"
    if cell["key"] != key:
        return "is stale"
    expected = "holds" if claim.holds_on(column) else "does not hold"
    if cell["state"] not in (expected, "not applicable"):
        return "says otherwise than its evidence"
    return None


def moved(cell: Cell | None, service: str, lab: Facts) -> str | None:
    """How the lab at hand differs from the one that a cell was recorded on; None: it does not."""
    if not cell or not lab:
        return None
    if cell["version"] != lab["engines"].get(service):
        return f"was recorded on {cell['version']}, the lab has {lab['engines'].get(service)},"
    if cell["base"] != lab["base"]:
        return "was recorded on other base images"
    return None


def is_old(cell: Cell, today: dt.date | None = None) -> bool:
    """Whether a cell was proven more than 90 days ago; a cell without a date was not proven."""
    now = today or dt.datetime.now(dt.UTC).date()
    return "date" in cell and (now - dt.date.fromisoformat(cell["date"])).days > OLD


def record(
    entry: Entry,
    claim: Claim,
    column: str,
    cell: Cell,
    engine: dict[str, Any],
) -> None:
    """Write one cell into the entry's evidence, drop claims that are no more, leave the rest."""
    with locked(entry.folder):
        data = deepcopy(read(entry))
        claims, engines = data["claims"], data["engines"]
        known = claims.setdefault(claim.name, {"sentence": claim.sentence, "cells": {}})
        if known["sentence"] != claim.sentence:
            known.update(sentence=claim.sentence, cells={})
        known["cells"][column] = cell | {"seal": seal(claim.name, claim.sentence, column, cell)}
        known["cells"] = by_column(known["cells"])
        engines[column] = engine
        write(
            entry.evidence_file,
            {
                "claims": {name: claims[name] for name in entry.claims if name in claims},
                "engines": by_column(engines),
            },
        )


def by_column(cells: dict[str, Any]) -> dict[str, Any]:
    """The same in the order of the columns."""
    return {column: cells[column] for column in sorted(cells, key=order)}


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Keep other runs from writing into a folder meanwhile."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def write(path: Path, data: dict[str, Any]) -> None:
    """Replace a JSON file in one go: whoever reads it sees the old or the new, never a part."""
    part = path.with_suffix(".json.part")
    with part.open("w") as file:
        file.write(json.dumps(data, indent=1, ensure_ascii=False) + "\n")
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)


def differences(recorded: Cell, found: Cell) -> list[str]:
    """Measured words that a run found otherwise than recorded; numbers may vary twofold."""
    return [
        f"{key!r} was {recorded['measured'].get(key)!r} when recorded and is {value!r} now"
        for key, value in found["measured"].items()
        if not alike(recorded["measured"].get(key), value)
    ]


def alike(recorded: Any, found: Any) -> bool:
    """Whether two measured values say the same."""
    if isinstance(recorded, float) and isinstance(found, float):
        low, high = sorted((abs(recorded), abs(found)))
        return high <= 2 * low + 1
    return bool(recorded == found)
