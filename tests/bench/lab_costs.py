"""What the lab itself costs, as ratios measured side by side in one run: `make bench ARGS=lab`.

Two cores and other work beside it make seconds noisy: read the ratios.
"""

import re
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from faq.entries import entries
from faq.lab import compose
from faq.lab.embedded import ensure_engine
from faq.lab.engines import engine_of
from faq.lab.names import container
from faq.lab.reach import engines_for
from tests.bench.programs import run, seconds
from tests.planted import Project

COUNT = 20
CALL = re.compile(r"([\d.]+)s call")
CLAIMS = sorted({str(entry.claims_file.parent) for entry in entries()})  # of the full run
CLAIM = '''
def test_{number}(engine):
    """The engine's host runs a command."""
    assert engine.run("echo yes").out == "yes"
'''
BATS = """
@test "{number}" {{ run docker exec {container} echo yes; [ "$output" = yes ]; }}
"""


def measure() -> None:
    """Print what the lab costs; it must be up."""
    nothing_to_do()
    one_claim()
    overhead()
    full_run(CLAIMS)


@contextmanager
def running() -> Iterator[None]:
    """A lab meanwhile; one that ran before stays."""
    ensure_engine()
    was_running = compose.all_running()
    compose.up()
    try:
        yield
    finally:
        if not was_running:
            compose.down()


def run_claims(*arguments: str, **variables: str) -> str:
    """Run claims as `make test` does."""
    return run(sys.executable, "-m", "pytest", "-q", *arguments, **variables)


def full_run(paths: list[str]) -> None:
    """(a) The full run against the sum of what each engine takes alone."""
    full = seconds(run_claims, *paths)
    alone = {}
    for service in engines_for("build"):
        column = engine_of(service).line
        alone[column] = seconds(run_claims, "-n1", "--column", column, *paths)
    total = sum(alone.values())
    slowest = max(alone, key=alone.__getitem__)
    print(f"(a) full run {full:.0f} s; alone {total:.0f} s in all: {full / total:.2f} of the sum")
    print("    " + ", ".join(f"{column} {took:.0f} s" for column, took in alone.items()))
    print(f"    the slowest alone, {slowest}: {alone[slowest] / full:.2f} of the full run")


def overhead() -> None:
    """(b) What a claim costs beside the command it runs, against a shell loop and bats."""
    name = container("forky")
    claims = [CLAIM.format(number=number) for number in range(COUNT)]
    loop = f"for i in $(seq {COUNT}); do [ $(docker exec {name} echo yes) = yes ]; done"
    with tempfile.TemporaryDirectory() as folder:
        project = Project(Path(folder), "".join(['"""Is it quick?"""\n', *claims]))
        one = seconds(project.pytest, "tests/faults", "-k", "test_0")
        ours = seconds(project.pytest, "tests/faults") - one
        shell = seconds(run, "sh", "-ec", loop)
        print(f"(b) {COUNT} claims, each one command in an engine, seconds per claim:")
        print(f"    shell loop {shell / COUNT:.2f}, ours {ours / COUNT:.2f}", end="")
        print(f" (and {one:.1f} s to start): {(ours - shell) / COUNT:.2f} s of overhead")
        against_bats(Path(folder), ours)


def against_bats(folder: Path, ours: float) -> None:
    """Print what the same commands take with bats, where it is installed."""
    if not shutil.which("bats"):
        print("    bats is not installed: apt-get install bats")
        return
    name = container("forky")
    tests = [BATS.format(number=number, container=name) for number in range(COUNT)]
    (folder / "line.bats").write_text("".join(tests))
    bats = seconds(run, "bats", "line.bats", folder=folder)
    print(f"    bats {bats / COUNT:.2f}: ours / bats = {ours / bats:.2f}")


def nothing_to_do() -> None:
    """(c) A `--record` with nothing to do; no engine answers at this address."""
    took = seconds(run_claims, "--record", DOCKER_HOST="tcp://127.0.0.1:1")
    print(f"(c) --record with nothing to do, no engine in reach: {took:.2f} s")


def one_claim() -> None:
    """(d) One claim on a warm lab, and its own time in it."""
    claim = "tests/build/test_deleted_files.py::test_chmod_stores_the_file_again[28.5]"
    started = time.monotonic()
    printed = run_claims("-n0", "--durations=0", "-vv", claim)
    took = time.monotonic() - started
    own = float(CALL.search(printed)[1])
    print(f"(d) one claim on a warm lab: {took:.2f} s, its own time {own:.2f} s:", end="")
    print(f" {took - own:.2f} s of overhead")
