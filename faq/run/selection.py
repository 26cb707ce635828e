"""Which claims a run asks of which engines."""

import re

import pytest

from faq import columns
from faq.evidence import history
from faq.lab import compose
from faq.run.collection import COLLECTED, Collected, column_of

SHARD = re.compile(r"([1-9]\d*)/([1-9]\d*)")


def add_options(parser: pytest.Parser) -> None:
    """Add the project's options to pytest's own."""
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
    parser.addoption(
        "--my-engine",
        action="store_true",
        help="ask your own engine, not the lab's, and only what is safe to ask",
    )


def check_options(config: pytest.Config) -> None:
    """Refuse a column that the lab lacks, a commit that git lacks, and parts that are none.

    Raises:
        pytest.UsageError: with what would do.

    """
    column, base = config.getoption("--column"), config.getoption("--changed")
    known = list(map(column_of, columns.services()))
    if column and column not in (*known, *columns.services()):
        raise pytest.UsageError(f"no column {column!r}: there are {', '.join(known)}")
    if base and not history.is_commit(base):
        raise pytest.UsageError(f"git knows no commit {base!r}: a branch, a tag or a hash")
    if shard := config.getoption("--shard"):
        parts = SHARD.fullmatch(shard)
        if not parts or int(parts[1]) > int(parts[2]):
            raise pytest.UsageError(f"--shard takes K/N, such as 2/3, and not {shard!r}")


def select(items: list[pytest.Item], config: pytest.Config) -> list[pytest.Item]:
    """The tests that a run is to run."""
    shard = claims_of_shard(items, config.getoption("--shard"))
    selected = []
    for item in items:
        collected = item.stash.get(COLLECTED, None)
        if collected is None:
            wanted = wants_tests_of_code(config)
        else:
            name = (str(collected.entry), collected.claim.name)
            wanted = (shard is None or name in shard) and wants_claim(collected, config)
        if wanted:
            selected.append(item)
    return selected


def claims_of_shard(items: list[pytest.Item], shard: str | None) -> set[tuple[str, str]] | None:
    """The claims of one part of the run, by entry and id, on all engines; None: all claims."""
    if not shard:
        return None
    part, parts = map(int, shard.split("/"))
    claims: dict[tuple[str, str], None] = {}
    for item in items:
        if collected := item.stash.get(COLLECTED, None):
            claims[str(collected.entry), collected.claim.name] = None
    return set(list(claims)[part - 1 :: parts])


def wants_tests_of_code(config: pytest.Config) -> bool:
    """Whether a run has the tests of the code: no option chooses claims, or in the first part."""
    narrow = ("--column", "--changed", "--record", "--my-engine")
    if any(map(config.getoption, narrow)):
        return False
    shard = config.getoption("--shard")
    return shard is None or shard.startswith("1/")


def wants_claim(collected: Collected, config: pytest.Config) -> bool:
    """Whether the options want a claim on its engine."""
    column, base = config.getoption("--column"), config.getoption("--changed")
    if config.getoption("--my-engine"):
        return collected.entry.is_safe
    if column and column not in (collected.column, collected.service):
        return False
    if base and is_unchanged(collected, base):
        return False
    return config.getoption("--record") != "stale" or not collected.is_proven(compose.facts())


def is_unchanged(collected: Collected, base: str) -> bool:
    """Whether a cell's evidence is the one of a commit, and proves its claim."""
    evidence = history.evidence_at(base, collected.entry)
    before = evidence.cell(collected.claim.name, collected.column)
    return collected.is_proven() and collected.cell == before
