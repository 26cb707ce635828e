"""Running programs, and what they take."""

import os
import re
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import ParamSpec

from faq import ROOT

P = ParamSpec("P")
PEAK = re.compile(r"VmHWM:\s+(\d+) kB")


@dataclass(frozen=True)
class Cost:
    """What one run of a program took: processor seconds, of all cores, and megabytes at most."""

    seconds: float
    megabytes: float


def seconds(action: Callable[P, object], *arguments: P.args, **options: P.kwargs) -> float:
    """How long an action takes, in seconds."""
    started = time.monotonic()
    action(*arguments, **options)
    return time.monotonic() - started


def run(*command: str, folder: Path = ROOT, **variables: str) -> str:
    """Run a program to its end: what it printed.

    Raises:
        SystemExit: it failed; with its output.

    """
    env = os.environ | variables
    ended = subprocess.run(command, cwd=folder, env=env, capture_output=True, text=True)
    if ended.returncode:
        fail(command, ended.returncode, ended.stdout + ended.stderr)
    return ended.stdout


def cost(*command: str, folder: Path, **variables: str) -> Cost:
    """Run a program to its end: what it and its children took, and the memory it had at most.

    Raises:
        SystemExit: it failed; with its output.

    """
    log = folder / "log.txt"
    env = os.environ | variables
    with log.open("w") as out:
        process = subprocess.Popen(command, cwd=folder, env=env, stdout=out, stderr=out)
    peak = 0.0
    ended = 0
    while not ended:
        time.sleep(0.02)
        peak = max(peak, peak_megabytes(process.pid))
        ended, status, usage = os.wait4(process.pid, os.WNOHANG)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        fail(command, process.returncode, log.read_text())
    return Cost(usage.ru_utime + usage.ru_stime, peak)


def peak_megabytes(pid: int) -> float:
    """The most memory that a process has had; rusage would count that of its parent as well."""
    peak = PEAK.search(Path(f"/proc/{pid}/status").read_text())
    return int(peak[1]) / 1024 if peak else 0.0


def fail(command: tuple[str, ...], code: int, output: str) -> None:
    """End the measurement with what a program printed last.

    Raises:
        SystemExit: always.

    """
    sys.exit(f"{' '.join(command)} ended with {code}\n{output[-2000:]}")
