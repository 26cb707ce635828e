"""The full run on one engine, again and again: `make endure ROUNDS=50 COLUMN=26.1`.

A row for each round tells how long it took, what came out, and what the engine holds after it.
Nothing may be left behind; memory and disk may grow by a quarter at most after the second round,
when the build cache has all it is to have.
"""

import argparse
import re
import subprocess
import sys
import time
from collections.abc import Iterable
from typing import NamedTuple

from faq import columns
from faq.lab import compose
from faq.lab.engine import Engine
from faq.lab.engines import engine_of

VERIFIED = re.compile(r"^(\d+) of (\d+) claims × engines verified$", re.MULTILINE)
FLAKY = re.compile(r"^(\S+) is flaky", re.MULTILINE)
ROW = "{:>5} {:>7} {:>11} {:>6} {:>12} {:>8}  {}"


class Sizes(NamedTuple):
    """What an engine holds, in MB."""

    resident: int
    disk: int


def main() -> None:
    """Repeat the run; exit status 1 at a round that is not green or leaves too much behind."""
    parser = argparse.ArgumentParser(prog="make endure", description=__doc__)
    parser.add_argument("--rounds", type=int, default=50, help="how often")
    parser.add_argument("--column", help="the engine's column; by default Docker's newest")
    options = parser.parse_args()
    compose.up()
    engines = {engine.line: engine for engine in map(engine_of, compose.engines_in_reach())}
    column = options.column or newest(engines)
    if column not in engines:
        parser.error(f"no column {column!r}: there are {', '.join(engines)}")
    engine = engines[column].ready()
    before = engine.inventory("")
    print(ROW.format("round", "seconds", "verified", "flaky", "resident MB", "disk MB", ""))
    sizes: list[Sizes] = []
    for number in range(1, options.rounds + 1):
        sizes.append(run_round(number, engine))
        if (now := engine.inventory("")) != before:
            sys.exit(f"left behind, or gone: { {kind: now[kind] ^ before[kind] for kind in now} }")
        if has_grown(sizes):
            sys.exit("memory or disk have grown by more than a quarter since the second round")


def newest(names: Iterable[str]) -> str:
    """Docker's newest column, of its two image stores the classic one."""
    docker = sorted(filter(columns.is_docker, names), key=columns.parse)
    return docker[-1].removesuffix("-containerd")


def run_round(number: int, engine: Engine) -> Sizes:
    """Run all claims on an engine and print a row; what the engine holds then."""
    started = time.monotonic()
    command = [sys.executable, "-m", "pytest", "-n0", "--column", engine.line]
    said = subprocess.run(command, capture_output=True, text=True).stdout
    seconds = round(time.monotonic() - started)
    verified = VERIFIED.search(said)
    flaky = [name.rpartition("::")[2] for name in FLAKY.findall(said)]
    sizes = Sizes(resident(engine), disk(engine))
    share = "/".join(verified.groups()) if verified else "-"
    print(ROW.format(number, seconds, share, len(flaky), *sizes, " ".join(flaky)), flush=True)
    if not verified or verified[1] != verified[2]:
        sys.exit(said)
    return sizes


def has_grown(sizes: list[Sizes]) -> bool:
    """Whether the engine holds more than a quarter more than after the second round."""
    first, last = sizes[:2][-1], sizes[-1]
    return last.resident > 1.25 * first.resident or last.disk > 1.25 * first.disk


def resident(engine: Engine) -> int:
    """MB of memory that the engine's own processes hold."""
    processes = "ps -C dockerd,containerd,podman -o rss="
    total = "awk '{ sum += $1 } END { print int(sum / 1024) }'"
    return int(engine.run(f"{processes} | {total}").out)


def disk(engine: Engine) -> int:
    """MB that the engine's data take, build cache included."""
    command = "du -scm /var/lib/docker /var/lib/containers 2>/dev/null | tail -1"
    return int(engine.run(command).out.split()[0])


if __name__ == "__main__":
    main()
