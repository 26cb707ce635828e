"""Fixtures of the topic: stop a container, and see who ended it."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from faq.lab.engine import Engine
from faq.lab.result import Result


@pytest.fixture
def stop(
    engine: Engine,
    snippet: Callable[..., Result],
    measured: dict[str, Any],
) -> Callable[..., dict[str, Any]]:
    """Start a container of a page's image and stop it, by the page's own snippets.

    Returns who was PID 1, how long the container lived on, how it ended, and the last words of
    its program.
    """

    def run(name: str, *options: str, wait: str = "") -> dict[str, Any]:
        process = snippet("start.sh", name, *options).out.splitlines()[-1]
        snippet("stop.sh", *wait.split())
        code, *said = snippet("ended.sh").out.splitlines()
        found = {
            "PID 1": process,
            "stop seconds": seconds_to_die(engine, "faq-stop"),
            "exit code": int(code),
            "last line of the log": said[-1],
        }
        measured.update(found)
        return found

    return run


def seconds_to_die(engine: Engine, name: str) -> float:
    """Seconds from the first signal that the engine sent to a container to the container's end.

    By the engine's own events: what its client and a busy machine add is not in it.
    """
    lines = engine.run(
        f"docker events --since 0 --until $(date +%s.%N) --format '{{{{json .}}}}' "
        f"--filter container=$(docker inspect --format '{{{{.Id}}}}' {name})",
    ).stdout
    events = [json.loads(line) for line in lines.splitlines()]
    at = {event["Action"]: event["timeNano"] for event in reversed(events)}
    return float(at["die"] - at["kill"]) / 1e9
