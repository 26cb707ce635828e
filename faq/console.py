"""Progress of long work on standard error: a live line on a terminal, plain lines in a log."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Thread
from typing import TextIO

from faq.errors import LabError

uncaptured: TextIO | None = None
"""Standard error, where pytest captures it from the tests."""


def keep_stderr() -> None:
    """Let progress reach the user while pytest captures standard error."""
    global uncaptured  # noqa: PLW0603 # a process has one standard error
    uncaptured = os.fdopen(os.dup(sys.stderr.fileno()), "w")


def say(text: str, end: str = "\n") -> None:
    """Print one line of progress."""
    print(text, end=end, file=uncaptured or sys.stderr, flush=True)


def red(text: str) -> str:
    """A text in red, where standard error is a terminal."""
    return f"\033[31m{text}\033[0m" if sys.stderr.isatty() else text


def is_live() -> bool:
    """Whether a line can be rewritten: on a terminal, and by one process alone."""
    return sys.stderr.isatty() and uncaptured is None


@contextmanager
def step(title: str) -> Iterator[None]:
    """Announce a long step, count its seconds on a terminal, and say how long it took."""
    started = time.monotonic()
    ended = Event()
    back, gap = ("\r", "\n") if is_live() else ("", "")
    say(f"{title} …", end="" if back else "\n")
    if back:
        Thread(target=count_seconds, args=(title, ended), daemon=True).start()
    try:
        yield
    except BaseException:
        ended.set()
        say(gap)
        raise
    ended.set()
    say(f"{back}{title}: {time.monotonic() - started:.0f} s    ")


def count_seconds(title: str, ended: Event) -> None:
    """Rewrite the live line every second until the step has ended."""
    started = time.monotonic()
    while not ended.wait(1):
        say(f"\r{title} … {time.monotonic() - started:.0f} s ", end="")


def logged(command: Sequence[str], log: Path, env: Mapping[str, str] | None = None) -> None:
    """Run a command with its output in a log file.

    Raises:
        LabError: it failed; the message ends with the last lines of the log.

    """
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("w") as out:
        code = subprocess.run(command, stdout=out, stderr=subprocess.STDOUT, env=env).returncode
    if code:
        tail = "\n  ".join(log.read_text(errors="replace").splitlines()[-12:])
        raise LabError(f"`{command[0]}` ended with {code}; the end of {log}:\n  {tail}")
