"""What the engines said, kept beside the snippets: read, judged fresh or stale, written."""

import datetime as dt
import fcntl
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from copy import deepcopy
from pathlib import Path
from typing import Any

from lab.claims import PODMAN, ROOT, Claim, ClaimError, Entry, entries
from lab.keys import keys
from lab.valid import as_text, check, seal, seal_of_engine

# In a command only a container's id, and a process's at its end, differ from run to run.
ID = re.compile(r"\b(?=[a-f]*\d)[0-9a-f]{12,64}\b|(?<= )\d{3,}$")
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
    where = path.relative_to(entry.root) if entry.root == ROOT else path
    try:
        text = path.read_text(errors="replace")
    except OSError as error:
        raise ClaimError(f"{where}: {error.strerror}") from None
    data = check(text, str(where))
    for column, engine in data["engines"].items():
        if not entry.asks(engine["service"]):
            raise ClaimError(f"{where}: {entry} is not asked of {column}: take its cells out")
    return data


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


def shown(entry: Entry) -> dict[str, Any]:
    """The claims of an entry with their cells, those of the site's columns alone."""
    named = columns()
    return {
        name: claim | {"cells": {c: cell for c, cell in claim["cells"].items() if c in named}}
        for name, claim in read(entry)["claims"].items()
    }


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
        lines += [
            f"{entry}: {column} was recorded on {engine['date']}, which is to come"
            for column, engine in read(entry)["engines"].items()
            if is_future(engine)
        ]
        now = keys(entry, wanted.values())
        for claim in entry.claims.values():
            where = f"{entry.claims_file.relative_to(root)}:{claim.line}: {claim.name}"
            asked = {column: of for column, of in wanted.items() if entry.asks(of)}
            cells = {column: cell_of(entry, claim.name, column) for column in asked}
            if {cell and cell["state"] for cell in cells.values()} == {"not applicable"}:
                lines.append(f"{where} applies to no engine: it proves nothing")
            found: dict[str, list[str]] = {}
            for column, service in asked.items():
                cell, key = cells[column], now[service][claim.name]
                fault = fault_of(cell, claim, column, key)
                if fault := fault or moved(cell, service, lab or {}):
                    found.setdefault(fault, []).append(column)
            lines += [f"{where} {fault} on {', '.join(named)}" for fault, named in found.items()]
    return lines


def fault_of(cell: Cell | None, claim: Claim, column: str, key: str) -> str | None:
    """What is wrong with a recorded cell; None when it proves the claim as it stands."""
    if cell is None:
        return "is missing"
    if cell["key"] != key:
        return "is stale"
    if is_future(cell):
        return f"is of {cell['date']}, which is to come,"
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


def is_future(cell: Cell) -> bool:
    """Whether a cell or an engine's record is dated after tomorrow: a wrong clock, or a hand."""
    return (dt.date.fromisoformat(cell["date"]) - dt.datetime.now(dt.UTC).date()).days > 1


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
        engines[column] = engine | {"seal": seal_of_engine(column, engine)}
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
        file.write(as_text(data))
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)


def differences(recorded: Cell, found: Cell) -> list[str]:
    """What was measured otherwise than recorded; numbers with a fraction may vary, as times do."""
    was, now = recorded["measured"], found["measured"]
    return [
        f"{key!r} was {was.get(key, '–')!r} when recorded and is {now.get(key, '–')!r} now"
        for key in was | now
        if not (key in was and key in now and alike(was[key], now[key]))
    ]


def alike(recorded: Any, found: Any) -> bool:
    """Whether two measured values say the same: two fractions may differ twofold, and by one."""
    if type(recorded) is not type(found):
        return False
    if isinstance(recorded, float):
        return bool(abs(recorded - found) <= min(abs(recorded), abs(found)) + 1)
    if isinstance(recorded, list):
        return len(recorded) == len(found) and all(map(alike, recorded, found))
    if isinstance(recorded, dict):
        both = recorded.keys() == found.keys()
        return both and all(alike(part, found[key]) for key, part in recorded.items())
    return bool(recorded == found)


def commands(cell: Cell) -> list[str]:
    """The commands of a cell with their exit codes; a container's or a process's id is any."""
    return [f"{ID.sub('#', one['command'])} → {one['exit code']}" for one in cell["output"]]
