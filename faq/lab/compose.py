"""The lab of `tests/docker-compose.yml`: its images, its start, its end."""

import hashlib
import os
import subprocess
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from itertools import repeat
from typing import NamedTuple

from msgspec import MsgspecError, json

from faq import ROOT, columns
from faq.console import logged, say, step
from faq.errors import LabError
from faq.evidence.model import LabFacts
from faq.lab import docker, embedded
from faq.lab.base_images import content_digest, ensure_bases, ensure_debian
from faq.lab.locks import LabLock
from faq.lab.names import BASES, PROJECT, container
from faq.lab.paths import CACHE
from faq.lab.reach import services_in_reach, with_settings
from faq.lab.registry import seed_registry

FILE = ROOT / columns.COMPOSE_FILE
RECIPE = ROOT / "tests" / "lab"
FACTS = CACHE / "lab.json"
START = ("up", "--no-deps", "--wait", "--wait-timeout", "600")
OLD_LISTS = "a Release file has run out"
# Podman has no server to ask.
VERSION = "{{with .Server}}{{.Version}}{{else}}{{.Client.Version}}{{end}}"


class Container(NamedTuple):
    """A container of the lab."""

    state: str
    """As Docker has it, such as `running`."""
    id: str
    image: str


def compose_command(*arguments: str) -> list[str]:
    """The `docker compose` command for the lab."""
    return ["docker", "compose", "--file", str(FILE), "--project-name", PROJECT, *arguments]


def recipe() -> str:
    """A digest of all that decides how the lab's images are made."""
    files = sorted(path for path in RECIPE.rglob("*") if path.is_file())
    return hashlib.sha256(b"".join(path.read_bytes() for path in files)).hexdigest()[:12]


def images() -> list[str]:
    """The names of the lab's own images, each once."""
    names = [service.image for service in services_in_reach().values()]
    return [with_settings(name) for name in dict.fromkeys(names)]


def suites() -> set[str]:
    """The Debian suites that the lab's images are made of."""
    return {service.build.args["SUITE"] for service in services_in_reach().values()}


def have_images() -> None:
    """Build the lab's images and the claims' bases where they are missing."""
    if docker.has_images([*images(), *BASES]):
        return
    ensure_bases()
    for suite in sorted(suites()):
        ensure_debian(suite)
    log = CACHE / "build.log"
    with step("building the engines' images (a minute or two)"):
        logged(compose_command("build", *services_in_reach()), log, embedded.build_environment())
    if OLD_LISTS in log.read_text(errors="replace"):
        say(f"built from old package lists: the mirror stands still (see {log})")


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
            start_services()
        ready()


def start_services() -> None:
    """Start the services that do not run yet, all at once; on a slow machine, one by one.

    Raises:
        LabError: one does not start by itself either.

    """
    names = list(services_in_reach())
    log = CACHE / "up.log"
    with suppress(LabError), step("starting the lab"):
        logged(compose_command(*START, *names), log)
        return
    os.environ["LAB_SLOW"] = "1"
    for name in names:
        with step(f"starting {name} by itself, as this machine is slow"):
            logged(compose_command(*START, name), log)


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
    command += ["--format", '{{.Label "com.docker.compose.service"}} {{.State}} {{.ID}} {{.Image}}']
    listing = subprocess.run(command, capture_output=True, text=True).stdout
    rows = map(str.split, listing.splitlines())
    return {service: Container(*facts) for service, *facts in rows}


def all_running() -> bool:
    """Whether every service of the lab runs."""
    running = {name for name, one in containers().items() if one.state == "running"}
    return running >= set(services_in_reach())


def clear_killed_run() -> None:
    """Throw away engines of another recipe, or that a killed run left stopped or in a claim."""
    held = containers()
    if not held:
        return
    with ThreadPoolExecutor() as pool:
        begun = any(pool.map(claim_begun, engines_in_reach()))
    if begun or not all_running() or not {one.image for one in held.values()} <= set(images()):
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
    versions = {service: installed_version(service) for service in engines_in_reach()}
    any_engine = next(iter(versions))
    with step("filling the lab's registry"):
        seed_registry(any_engine)
        with ThreadPoolExecutor() as pool:
            base = " ".join(pool.map(content_digest, BASES, repeat(any_engine)))
    FACTS.write_bytes(json.format(json.encode(LabFacts(versions, base, ids))))


def engines_in_reach() -> list[str]:
    """The services that are engines and can start here."""
    return [name for name, service in services_in_reach().items() if service.column]


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
