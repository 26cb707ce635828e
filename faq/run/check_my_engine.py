"""Asks the user's own engine instead of the lab's, and only what is safe to ask.

Commands run in a container beside it, which holds the snippets and has the engine's socket, so
nothing is written on the user's machine, and only things named `faq-…` are looked at or removed.
"""

import os
import re
import subprocess
from collections.abc import Iterator
from contextlib import suppress

from faq import columns
from faq.console import logged, step
from faq.entries import entries
from faq.errors import LabError
from faq.evidence.model import WRONG, State
from faq.lab import compose, embedded
from faq.lab.docker_engine import DockerEngine
from faq.lab.host_state import Change
from faq.lab.inventory import Inventory
from faq.lab.names import container
from faq.lab.paths import CACHE
from faq.lab.reach import engines_for, with_settings
from faq.run.collection import MY_ENGINE
from faq.run.findings import Findings

OURS = re.compile("faq-|my-")
"""The names of what snippets make; `my-…` stands in what a reader copies."""
SOCKET = "/var/run/docker.sock"


class OwnEngine(DockerEngine):
    """The user's engine, by way of a container beside it."""

    def inventory(self, script: str) -> Inventory:
        """Run a script, then list what is named as the snippets name their things."""
        held = super().inventory(script)
        return {kind: set(filter(OURS.match, names)) for kind, names in held.items()}

    def keep_host(self) -> None:
        """Note nothing: the host is not the project's to look at."""

    def host_changes(self) -> list[Change]:
        """Nothing: the host is not the project's to look at."""
        return []


def start() -> OwnEngine:
    """Start the container beside the engine.

    Raises:
        LabError: there is none, this user may not use it, its socket is elsewhere, or it holds
            things under the names that the claims use.

    """
    embedded.ensure_engine()
    os.environ["LAB_RECIPE"] = compose.recipe()
    compose.have_images()
    stop()
    *_, newest = engines_for("engine")  # its command line asks
    image = with_settings(columns.services()[newest].image)
    command = ["docker", "run", "--detach", "--init", "--name", container(MY_ENGINE)]
    command += ["--pid", "host", "--mount"]
    command += [f"type=bind,source={socket_of_engine()},target=/run/docker.sock"]
    command += ["--entrypoint", "sleep", image, "infinity"]
    try:
        with step("starting a container beside your engine"):
            logged(command, CACHE / "own.log")
    except LabError as error:
        if "bind source path does not exist" not in str(error):
            raise
        raise LabError(
            f"your engine's machine has no socket {socket_of_engine()}: run this on that machine"
        ) from None
    engine = OwnEngine(MY_ENGINE)
    if taken := sorted(set().union(*engine.inventory("").values())):
        raise LabError(f"your engine has {', '.join(taken)}: the claims use these names")
    return engine.ready()


def socket_of_engine() -> str:
    """Where the engine has its socket, as it sees the file system itself."""
    address = os.environ.get("DOCKER_HOST", "")
    if address == embedded.ADDRESS:
        return "/state/docker.sock"  # the embedded engine has a root of its own
    return address.removeprefix("unix://") if address.startswith("unix:") else SOCKET


def stop() -> None:
    """Remove the container."""
    command = ["docker", "rm", "--force", "--volumes", container(MY_ENGINE)]
    with suppress(FileNotFoundError):  # without a docker program nothing was started
        subprocess.run(command, capture_output=True)


def differences_from_site(findings: Findings) -> Iterator[str]:
    """Which answers differ from the site, and what was not asked, a line each."""
    for entry in entries():
        if not entry.is_safe:
            yield f"not asked: {entry}, which does not say that it is safe on an engine in use"
    unlike = 0
    for nodeid, state in findings.states.items():
        if state in {*WRONG, State.DIFFERS}:
            unlike += 1
            yield f"not as on the site, for the reason above: {nodeid.partition('[')[0]}"
    yield f"{len(findings.states) - unlike} answers are those of the site, {unlike} are not"
    yield "asked with the lab's command line; build cache may be left on your engine"
