"""Progress of long work on standard error: a live line on a terminal, plain lines in a log."""

import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Thread

from faq.errors import LabError


def say(text: str) -> None:
    """Print one line of progress."""
    print(text, file=sys.stderr, flush=True)


def red(text: str) -> str:
    """A text in red, where standard error is a terminal."""
    return f"\033[31m{text}\033[0m" if sys.stderr.isatty() else text


@contextmanager
def step(title: str) -> Iterator[None]:
    """Announce a long step, count its seconds on a terminal, and say how long it took."""
    started = time.monotonic()
    ended = Event()
    live = sys.stderr.isatty()
    if live:
        print(f"{title} …", end="", flush=True, file=sys.stderr)
        Thread(target=count_seconds, args=(title, ended), daemon=True).start()
    else:
        say(f"{title} …")
    try:
        yield
    except BaseException:
        ended.set()
        say("\n" if live else "")
        raise
    ended.set()
    say(("\r" if live else "") + f"{title}: {time.monotonic() - started:.0f} s    ")


def count_seconds(title: str, ended: Event) -> None:
    """Rewrite the live line every second until the step has ended."""
    started = time.monotonic()
    while not ended.wait(1):
        print(f"\r{title} … {time.monotonic() - started:.0f} s ", end="", file=sys.stderr)


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
