"""What the lab itself costs, as ratios measured side by side in one run: `make bench ARGS=lab`.

Two cores and other work beside it make seconds noisy: read the ratios.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from lab import bootstrap, compose
from lab.claims import ROOT, entries
from lab.engine import Engine
from tests.planted import Project

COUNT = 20
CLAIMS = sorted({str(entry.claims_file.parent) for entry in entries()})  # of the full run
CLAIM = '''
def test_{number}(engine):
    """The engine's host runs a command."""
    assert engine.run("echo yes").out == "yes"
'''
BATS = """
@test "{number}" {{ run docker exec {container} echo yes; [ "$output" = yes ]; }}
"""


def seconds(action: Callable[[], object]) -> float:
    """How long an action takes, in seconds."""
    started = time.monotonic()
    action()
    return time.monotonic() - started


def command(*arguments: str, cwd: Path = ROOT, **variables: str) -> None:
    """Run a command quietly.

    Raises:
        SystemExit: it failed; with its output.

    """
    env = os.environ | variables
    done = subprocess.run(arguments, cwd=cwd, env=env, capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"{' '.join(arguments)} ended with {done.returncode}\n{done.stdout[-2000:]}")


def pytest(*arguments: str, **variables: str) -> None:
    """Run claims as `make test` does."""
    command(sys.executable, "-m", "pytest", "-q", *arguments, **variables)


def full_run(paths: list[str]) -> None:
    """(a) The full run against the sum of what each engine takes alone."""
    every = seconds(lambda: pytest(*paths))
    alone = {
        column: seconds(lambda column=column: pytest("-n1", "--column", column, *paths))  # type: ignore[misc]
        for column in [Engine(service).line for service in compose.SERVICES]
    }
    total, slowest = sum(alone.values()), max(alone, key=lambda column: alone[column])
    print(f"(a) full run {every:.0f} s; alone {total:.0f} s in all: {every / total:.2f} of the sum")
    print("    " + ", ".join(f"{column} {took:.0f} s" for column, took in alone.items()))
    print(f"    the slowest alone, {slowest}: {alone[slowest] / every:.2f} of the full run")


def overhead() -> None:
    """(b) What a claim costs beside the command it runs, against a shell loop and bats."""
    container = compose.container("forky")
    with tempfile.TemporaryDirectory() as folder:
        many = "".join(CLAIM.format(number=number) for number in range(COUNT))
        project = Project(Path(folder), '"""Is it quick?"""\n' + many)
        one = seconds(lambda: project.pytest("tests/faults", "-k", "test_0"))
        ours = seconds(lambda: project.pytest("tests/faults"))
        loop = f"for i in $(seq {COUNT}); do [ $(docker exec {container} echo yes) = yes ]; done"
        shell = seconds(lambda: command("sh", "-ec", loop))
        print(f"(b) {COUNT} claims, each one command in an engine, seconds per claim:")
        print(f"    shell loop {shell / COUNT:.2f}, ours {(ours - one) / COUNT:.2f}", end="")
        print(f" (and {one:.1f} s to start): {(ours - one - shell) / COUNT:.2f} s of overhead")
        if not shutil.which("bats"):
            print("    bats is not installed: apt-get install bats")
            return
        tests = "".join(BATS.format(number=n, container=container) for n in range(COUNT))
        (Path(folder) / "line.bats").write_text(tests)
        bats = seconds(lambda: command("bats", "line.bats", cwd=Path(folder)))
        print(f"    bats {bats / COUNT:.2f}: ours / bats = {(ours - one) / bats:.2f}")


def nothing_to_do() -> None:
    """(c) A `--record` with nothing to do; no engine answers at this address."""
    took = seconds(lambda: pytest("--record", DOCKER_HOST="tcp://127.0.0.1:1"))
    print(f"(c) --record with nothing to do, no engine in reach: {took:.2f} s")


def one_claim() -> None:
    """(d) One claim on a warm lab, and its own time in it."""
    claim = "tests/build/test_deleted_files.py::test_chmod_stores_the_file_again[28.5]"
    run = [sys.executable, "-m", "pytest", "-n0", "-q", "--durations=0", "-vv", claim]
    started = time.monotonic()
    said = subprocess.run(run, cwd=ROOT, capture_output=True, text=True).stdout
    took = time.monotonic() - started
    own = next(float(line.split("s call")[0]) for line in said.splitlines() if "s call" in line)
    print(f"(d) one claim on a warm lab: {took:.2f} s, its own time {own:.2f} s:", end="")
    print(f" {took - own:.2f} s of overhead")


@contextmanager
def running() -> Iterator[None]:
    """A lab meanwhile; one that ran before stays."""
    bootstrap.ensure_engine()
    warm = compose.whole()
    compose.up()
    try:
        yield
    finally:
        if not warm:
            compose.down()


def measure() -> None:
    """Print what the lab costs; it must be up."""
    nothing_to_do()
    one_claim()
    overhead()
    full_run(CLAIMS)
