"""The full run on one engine, again and again: `make endure ROUNDS=50 COLUMN=28.5`.

A row for each round tells how long it took, what came out, and what the engine holds after it.
Nothing may be left behind; memory and disk may grow by a quarter at most after the second round,
when the build cache has all it is to have.
"""

import argparse
import re
import subprocess
import sys
import time

from lab import compose
from lab.engine import Engine
from lab.podman import engine as engine_of

VERIFIED = re.compile(r"^(\d+) of (\d+) claims × engines verified$", re.MULTILINE)
UNSTEADY = re.compile(r"^(\S+) is unsteady", re.MULTILINE)
ROW = "{:>5} {:>7} {:>11} {:>8} {:>12} {:>8}  {}"


def main() -> None:
    """Repeat the run; exit status 1 at a round that is not green or leaves too much behind."""
    parser = argparse.ArgumentParser(prog="make endure", description=__doc__)
    parser.add_argument("--rounds", type=int, default=50, help="how often")
    parser.add_argument("--column", default="28.5", help="the engine's column, such as 28.5")
    options = parser.parse_args()
    compose.up()
    engines = {engine.line: engine for engine in map(engine_of, compose.ENGINES)}
    if options.column not in engines:
        parser.error(f"no column {options.column!r}: there are {', '.join(engines)}")
    engine = engines[options.column].ready()
    before, sizes = engine.inventory(""), []
    print(ROW.format("round", "seconds", "verified", "unsteady", "resident MB", "disk MB", ""))
    for number in range(1, options.rounds + 1):
        started = time.monotonic()
        command = [sys.executable, "-m", "pytest", "-n0", "--column", options.column]
        said = subprocess.run(command, capture_output=True, text=True).stdout
        verified = VERIFIED.search(said)
        unsteady = UNSTEADY.findall(said)
        sizes.append((resident(engine), disk(engine)))
        print(
            ROW.format(
                number,
                round(time.monotonic() - started),
                "/".join(verified.groups()) if verified else "-",
                len(unsteady),
                *sizes[-1],
                " ".join(name.rpartition("::")[2] for name in unsteady),
            ),
            flush=True,
        )
        if not verified or verified[1] != verified[2]:
            sys.exit(said)
        if (now := engine.inventory("")) != before:
            sys.exit(f"left behind, or gone: { {kind: now[kind] ^ before[kind] for kind in now} }")
        if any(size > 1.25 * first for size, first in zip(sizes[-1], sizes[:2][-1], strict=True)):
            sys.exit("memory or disk have grown by more than a quarter since the second round")


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
