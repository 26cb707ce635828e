"""Which claims a run asks of which engines: its options, and what is fresh already."""

import re
from functools import cache

import pytest

from lab import compose, evidence, truth
from lab.claims import Entry, entry_of
from lab.keys import Keys
from lab.keys import keys as keys_of

SHARD = re.compile(r"([1-9]\d*)/([1-9]\d*)")


def add_options(parser: pytest.Parser) -> None:
    """Add the options to pytest's own."""
    parser.addoption(
        "--record",
        nargs="?",
        const="stale",
        choices=["stale", "all"],
        help="run the cells that are missing or stale and record them; with =all, all of them",
    )
    parser.addoption(
        "--column",
        help="run only the claims on this column, such as 28.5 or 28.5-containerd",
    )
    parser.addoption(
        "--changed",
        metavar="BASE",
        help="run only the cells whose evidence is not the same at this commit, such as main",
    )
    parser.addoption(
        "--shard",
        metavar="K/N",
        help="run only the K-th of N parts of the claims, to share them among machines",
    )


def check_options(config: pytest.Config) -> None:
    """Refuse a column that the lab lacks, a commit that git lacks, and parts that are none.

    Raises:
        pytest.UsageError: with what would do.

    """
    column, base = config.getoption("--column"), config.getoption("--changed")
    known = list(map(column_of, compose.ENGINES))
    if column and column not in (*known, *compose.ENGINES):
        raise pytest.UsageError(f"no column {column!r}: there are {', '.join(known)}")
    if base and not truth.is_commit(base):
        raise pytest.UsageError(f"git knows no commit {base!r}: a branch, a tag or a hash")
    if shard := config.getoption("--shard"):
        parts = SHARD.fullmatch(shard)
        if not parts or int(parts[1]) > int(parts[2]):
            raise pytest.UsageError(f"--shard takes K/N, such as 2/3, and not {shard!r}")


def no_claim(item: pytest.Item) -> str | None:
    """Why a test in a topic's folder is no claim as the pages understand it; None: it is one."""
    entry, params = entry_of(item.path), getattr(item, "callspec", None)
    if item.path != entry.claims_file:
        return "the claims of an entry are in tests/<topic>/test_<its_name>.py"
    if item.originalname.removeprefix("test_") not in entry.claims:  # type: ignore[attr-defined]
        return "a claim is a function of its own at the top"
    if not params or list(params.params) != ["engine"]:
        return "a claim asks an engine, by the fixture `engine` or `snippet`, and takes no more"
    return None


def is_claim(item: pytest.Item) -> bool:
    """Whether a test is a claim: it asks an engine."""
    return "engine" in getattr(item, "fixturenames", ())


def select(items: list[pytest.Item], config: pytest.Config) -> list[pytest.Item]:
    """The tests that a run is to run."""
    return [item for item in in_shard(items, config) if wanted(item, config)]


def in_shard(items: list[pytest.Item], config: pytest.Config) -> list[pytest.Item]:
    """The claims of one part, on all engines; what is no claim is in the first."""
    shard = config.getoption("--shard")
    if not shard:
        return items
    part, parts = map(int, shard.split("/"))
    claims = list(dict.fromkeys(claim_of(item) for item in items if is_claim(item)))
    mine = set(claims[part - 1 :: parts])
    return [item for item in items if (claim_of(item) in mine if is_claim(item) else part == 1)]


def wanted(item: pytest.Item, config: pytest.Config) -> bool:
    """Whether the options want a test; all but `--shard` are for claims only."""
    column, base = config.getoption("--column"), config.getoption("--changed")
    record = config.getoption("--record")
    if not is_claim(item):
        return not (column or base or record)
    if column and column not in (column_of(service_of(item)), service_of(item)):
        return False
    if base and unchanged(item, base):
        return False
    return record != "stale" or not fresh(item) or moved(item)


def claim_of(item: pytest.Item) -> tuple[Entry, str]:
    """The entry and the id of a claim."""
    return entry_of(item.path), item.originalname.removeprefix("test_")  # type: ignore[attr-defined]


def service_of(item: pytest.Item) -> str:
    """The service of the lab that a claim's item asks."""
    return str(item.callspec.params["engine"])  # type: ignore[attr-defined]


def column_of(service: str) -> str:
    """The column that a service of the lab was, as recorded; its own name when it is new."""
    return next((column for column, known in columns().items() if known == service), service)


@cache
def columns() -> dict[str, str]:
    """The columns as recorded when this run began."""
    return evidence.columns()


@cache
def keys(entry: Entry) -> Keys:
    """The keys of an entry's cells, as its files were when this run began."""
    return keys_of(entry, {*compose.ENGINES, *columns().values()})


@cache
def lab() -> evidence.Facts:
    """What the lab at hand holds, as far as this run could know when it began."""
    return compose.facts()


def unchanged(item: pytest.Item, base: str) -> bool:
    """Whether a claim's evidence on its engine is the same at a commit, and fresh."""
    entry, name = claim_of(item)
    column = column_of(service_of(item))
    cells = truth.claims_at(base, entry).get(name, {"cells": {}})["cells"]
    return fresh(item) and cells.get(column) == evidence.cell_of(entry, name, column)


def fresh(item: pytest.Item) -> bool:
    """Whether the evidence of a claim on its engine is there and proves it."""
    entry, name = claim_of(item)
    service = service_of(item)
    column, key = column_of(service), keys(entry)[service][name]
    cell = evidence.cell_of(entry, name, column)
    return evidence.fault_of(cell, entry.claims[name], column, key) is None


def moved(item: pytest.Item) -> bool:
    """Whether the lab at hand is another one than a claim's evidence was recorded on."""
    entry, name = claim_of(item)
    service = service_of(item)
    cell = evidence.cell_of(entry, name, column_of(service))
    return evidence.moved(cell, service, lab()) is not None
