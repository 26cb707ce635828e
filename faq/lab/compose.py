"""The lab of `tests/docker-compose.yml`: its images, its start, its end."""

import hashlib
import os
import subprocess
from concurrent.futures import ThreadPoolExecutor
from typing import NamedTuple

from msgspec import MsgspecError, json

from faq import ROOT, columns
from faq.console import logged, step
from faq.errors import LabError
from faq.evidence.model import LabFacts
from faq.lab import docker, embedded
from faq.lab.base_images import content_digest, ensure_bases, ensure_debian
from faq.lab.locks import LabLock
from faq.lab.names import BASES, PROJECT, container
from faq.lab.paths import CACHE
from faq.lab.registry import seed_registry

FILE = ROOT / columns.COMPOSE_FILE
RECIPE = ROOT / "tests" / "lab"
FACTS = CACHE / "lab.json"
START = ("up", "--wait", "--wait-timeout", "600")
# Podman has no server to ask.
VERSION = "{{with .Server}}{{.Version}}{{else}}{{.Client.Version}}{{end}}"


class Container(NamedTuple):
    """A container of the lab."""

    state: str
    """As Docker has it, such as `running`."""
    id: str


def compose_command(*arguments: str) -> list[str]:
    """The `docker compose` command for the lab."""
    return ["docker", "compose", "--file", str(FILE), "--project-name", PROJECT, *arguments]


def recipe() -> str:
    """A digest of all that decides how the lab's images are made."""
    files = sorted(path for path in RECIPE.rglob("*") if path.is_file())
    return hashlib.sha256(b"".join(path.read_bytes() for path in files)).hexdigest()[:12]


def images() -> list[str]:
    """The names of the lab's own images, each once."""
    tag = recipe()
    names = [service.image for service in columns.all_services().values()]
    return [name.replace("${LAB_RECIPE:-latest}", tag) for name in dict.fromkeys(names)]


def suites() -> set[str]:
    """The Debian suites that the lab's images are made of."""
    builds = [service.build for service in columns.all_services().values()]
    return {build.args["SUITE"] for build in builds if "SUITE" in build.args}


def have_images() -> None:
    """Build the lab's images and the claims' bases where they are missing."""
    if docker.has_images([*images(), *BASES]):
        return
    ensure_bases()
    for suite in sorted(suites()):
        ensure_debian(suite)
    with step("building the engines' images (a minute or two)"):
        logged(compose_command("build"), CACHE / "build.log")


def prepare() -> None:
    """Have an engine and the lab's images, and no trace of a run that was killed.

    Raises:
        LabError: with one line that says what is missing.

    """
    embedded.ensure_engine()
    os.environ["LAB_RECIPE"] = recipe()
    clear_killed_run()
    have_images()


def up() -> None:
    """Start the lab and wait until every engine answers; a warm lab stays as it is.

    Raises:
        LabError: it cannot start, or another run is just starting or ending it.

    """
    with LabLock() as lock:
        if not lock.exclusive():
            join_lab(lock)
            return
        prepare()
        if not all_running():
            with step("starting the lab"):
                logged(compose_command(*START), CACHE / "up.log")
        ready()


def join_lab(lock: LabLock) -> None:
    """Use the lab that another process has started, or is just starting.

    Raises:
        LabError: that process has just ended it.

    """
    lock.shared()
    embedded.ensure_engine()
    if not all_running():
        raise LabError("another run has just ended the lab: run again")


def down() -> None:
    """Remove the lab's containers, their data and networks, and the embedded engine's processes.

    Images, trees and the registry's data stay, so that the next start is quick.

    Raises:
        LabError: a run uses it.

    """
    with LabLock() as lock:
        if not lock.exclusive():
            raise LabError("a run uses the lab: wait until it has ended")
        if embedded.embedded_pid():
            embedded.use_embedded()
        try:
            if docker.answers():
                remove_containers()
        finally:
            embedded.stop_embedded()


def remove_containers() -> None:
    """Remove the lab's containers and networks with all that the engines hold."""
    for command in ("kill", "rm --force --volumes", "down"):
        logged(compose_command(*command.split()), CACHE / "down.log")


def containers() -> dict[str, Container]:
    """The lab's containers by service."""
    command = ["docker", "ps", "--all", "--filter", f"label=com.docker.compose.project={PROJECT}"]
    command += ["--format", '{{.Label "com.docker.compose.service"}} {{.State}} {{.ID}}']
    listing = subprocess.run(command, capture_output=True, text=True).stdout
    rows = map(str.split, listing.splitlines())
    return {service: Container(state, number) for service, state, number in rows}


def all_running() -> bool:
    """Whether every service of the lab runs."""
    running = {name for name, one in containers().items() if one.state == "running"}
    return running >= set(columns.all_services())


def clear_killed_run() -> None:
    """Throw away engines that a killed run left stopped, or with a claim begun and not ended."""
    if not containers():
        return
    with ThreadPoolExecutor() as pool:
        begun = list(pool.map(claim_begun, columns.services()))
    if any(begun) or not all_running():
        remove_containers()


def claim_begun(service: str) -> bool:
    """Whether a claim began on this engine and never ended."""
    command = ["docker", "exec", container(service), "test", "-e", "/run/claim"]
    return subprocess.run(command, capture_output=True).returncode == 0


def ready() -> None:
    """Have the base images in a lab just started, and note what it holds; once is enough."""
    ids = {service: one.id for service, one in containers().items()}
    known = facts()
    if known and known.containers == ids:
        return
    engines = {service: installed_version(service) for service in columns.services()}
    any_engine = next(iter(engines))
    seed_registry(any_engine)
    base = " ".join(content_digest(image, any_engine) for image in BASES)
    FACTS.write_bytes(json.format(json.encode(LabFacts(engines, base, ids))))


def installed_version(service: str) -> str:
    """The exact version of an engine of the lab."""
    command = ["docker", "exec", container(service), "docker", "version", "--format", VERSION]
    return subprocess.run(command, capture_output=True, text=True).stdout.strip()


def facts() -> LabFacts | None:
    """What the lab that was started last holds; None where none was started here."""
    try:
        return json.decode(FACTS.read_bytes(), type=LabFacts)
    except (OSError, MsgspecError):
        return None
