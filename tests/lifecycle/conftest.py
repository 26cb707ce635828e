"""Fixtures of the topic: stop a container, and see who ended it."""

import re
from collections.abc import Callable
from typing import Any

import pytest

from faq.lab.result import Result

ENDED = re.compile(r"(?m)^([\d.]+) s: die *$")
EXIT_CODE = re.compile(r"(?m)^exit code (\d+)$")


@pytest.fixture
def stop(snippet: Callable[..., Result], measured: dict[str, Any]) -> Callable[..., dict[str, Any]]:
    """Start a container of a page's image and stop it, by the page's own snippets.

    Returns who was PID 1, how long the container lived on, how it ended, and the last words of
    its program.
    """

    def run(name: str, *options: str, wait: str = "") -> dict[str, Any]:
        process = snippet("start.sh", name, *options).out.splitlines()[-1:]
        snippet("stop.sh", *wait.split())
        said = snippet("ended.sh").out
        found = {
            "PID 1": "".join(process),
            "stop seconds": float(first(ENDED, said)),
            "exit code": int(first(EXIT_CODE, said)),
            "last line of the log": "".join(said.splitlines()[-1:]),
        }
        measured.update(found)
        return found

    return run


def first(pattern: re.Pattern[str], text: str) -> str:
    """What a pattern finds in a text, or a number that no claim expects."""
    found = pattern.search(text)
    return found[1] if found else "-1"
