"""Which claims a run asks of which engines."""

import re
from argparse import ArgumentTypeError
from collections.abc import Callable

import pytest

from faq import columns
from faq.evidence import history
from faq.lab import compose
from faq.run.collection import COLLECTED, Collected, column_of
from faq.run.daily import is_due, is_unchanged


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
        "--daily",
        action="store_true",
        help="of the cells that are proven and unchanged, run only the part that is due today",
    )
    parser.addoption(
        "--shard",
        type=shard_of,
        default=(1, 1),
        metavar="K/N",
        help="run only the K-th of N parts of the claims, to share them among machines",
    )
    parser.addoption(
        "--my-engine",
        action="store_true",
        help="ask your own engine, not the lab's, and only what is safe to ask",
    )


def shard_of(text: str) -> tuple[int, int]:
    """The numbers of `K/N`, as pytest's parser takes them.

    Raises:
        argparse.ArgumentTypeError: it names no part.

    """
    numbers = re.fullmatch(r"([1-9]\d*)/([1-9]\d*)", text)
    if not numbers or int(numbers[1]) > int(numbers[2]):
        raise ArgumentTypeError(f"takes K/N, such as 2/3, and not {text!r}")
    return int(numbers[1]), int(numbers[2])


def check_options(config: pytest.Config) -> None:
    """Refuse a column that the lab lacks, and a commit that git lacks.

    Raises:
        pytest.UsageError: with what would do.

    """
    column, base = config.getoption("--column"), config.getoption("--changed")
    known = list(map(column_of, columns.services()))
    if column not in (None, *known, *columns.services()):
        raise pytest.UsageError(f"no column {column!r}: there are {', '.join(known)}")
    if base and not history.is_commit(base):
        raise pytest.UsageError(f"git knows no commit {base!r}: a branch, a tag or a hash")


def select(items: list[pytest.Item], config: pytest.Config) -> list[pytest.Item]:
    """The tests that a run is to run.

    Those of the code are in the first part, and only where no option chooses claims.
    """
    part, parts = config.getoption("--shard")
    choices = list(filter(config.getoption, WANTS))
    narrows = set(choices) - {"--daily"}
    claims = dict.fromkeys(item.stash[COLLECTED].claim for item in items if COLLECTED in item.stash)
    in_part = set(list(claims)[part - 1 :: parts])
    selected = []
    for item in items:
        if cell := item.stash.get(COLLECTED, None):
            choosing = (WANTS[name](cell, config.getoption(name)) for name in choices)
            wanted = cell.claim in in_part and all(choosing)
        else:
            wanted = part == 1 and not narrows
        if wanted:
            selected.append(item)
    return selected


WANTS: dict[str, Callable[[Collected, str], bool]] = {
    "--my-engine": lambda cell, _: cell.entry.is_safe,
    "--column": lambda cell, column: column in (cell.column, cell.service),
    "--changed": lambda cell, base: not is_unchanged(cell, base),
    "--daily": lambda cell, _: is_due(cell),
    "--record": lambda cell, which: which == "all" or not cell.is_proven(compose.facts()),
}
"""The options that choose claims, and which claims they want."""
