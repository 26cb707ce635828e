"""Asks the user's own engine instead of the lab's, and only what is safe to ask.

Commands run in a container beside it, which holds the snippets and has the engine's socket, so
nothing is written on the user's machine, and only things named `faq-…` are looked at or removed.
"""

import os
import subprocess
from collections.abc import Iterator

from faq.console import logged, step
from faq.entries import entries
from faq.errors import LabError
from faq.evidence.model import State
from faq.lab import compose, embedded
from faq.lab.engine import Engine
from faq.lab.inventory import LISTING, ON_THE_HOST, Inventory, read_listing
from faq.lab.names import container
from faq.lab.paths import CACHE
from faq.run.collection import MY_ENGINE
from faq.run.findings import Findings

SOCKET = "/var/run/docker.sock"
# The host is not the project's to look at: of it, nothing is listed.
API_LISTING = LISTING.partition("printf")[0] + "printf '" + r"\f" * len(ON_THE_HOST) + "'"


class OwnEngine(Engine):
    """The user's engine, by way of a container beside it."""

    def inventory(self, script: str) -> Inventory:
        """Run a script, then list what is named as the snippets name their things."""
        held = read_listing(self.run(f"{script}\n{API_LISTING}").stdout)
        for kind, names in held.items():
            held[kind] = {name for name in names if name.startswith("faq-")}
        return held


def start() -> OwnEngine:
    """Start the container beside the engine.

    Raises:
        LabError: the engine holds things under the names that the claims use.

    """
    embedded.ensure_engine()
    os.environ["LAB_RECIPE"] = compose.recipe()
    compose.have_images()
    stop()
    image = next(name for name in compose.images() if "forky" in name)
    command = ["docker", "run", "--detach", "--init", "--name", container(MY_ENGINE)]
    command += ["--pid", "host", "--volume", f"{socket_of_engine()}:/run/docker.sock"]
    command += ["--entrypoint", "sleep", image, "infinity"]
    with step("starting a container beside your engine"):
        logged(command, CACHE / "own.log")
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
    subprocess.run(command, capture_output=True)


def differences_from_site(findings: Findings) -> Iterator[str]:
    """Which answers differ from the site, and what was not asked, a line each."""
    for entry in entries():
        if not entry.is_safe:
            yield f"not asked: {entry}, which does not say that it is safe on an engine in use"
    unlike = 0
    for nodeid, state in findings.states.items():
        if state.is_wrong or state is State.DIFFERS:
            unlike += 1
            yield f"not as on the site, for the reason above: {nodeid.partition('[')[0]}"
    yield f"{len(findings.states) - unlike} answers are those of the site, {unlike} are not"
    yield "asked with the lab's command line; build cache may be left on your engine"
