"""The lab of `tests/docker-compose.yml`: its images, its start, its end."""

import fcntl
import hashlib
import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Self

from lab import bootstrap
from lab.steps import LabError, logged, step

ROOT = Path(__file__).parent.parent
FILE = ROOT / "tests" / "docker-compose.yml"
RECIPE = ROOT / "tests" / "lab"
PROJECT = "container-faq"
SERVICES = ("bookworm", "trixie", "forky", "forky-containerd")
SUITES = ("bookworm", "trixie", "forky")
BASES = ("debian:bookworm-slim", "busybox:stable")  # what the claims build on


def container(service: str) -> str:
    """The name of a service's container."""
    return f"{PROJECT}-{service}-1"


def compose(*arguments: str) -> list[str]:
    """The `docker compose` command for the lab."""
    return ["docker", "compose", "--file", str(FILE), "--project-name", PROJECT, *arguments]


class Lock:
    """One lock for the lab: its start and its end are for one process, its use for many."""

    def __init__(self) -> None:
        bootstrap.CACHE.mkdir(parents=True, exist_ok=True)
        self.file = (bootstrap.CACHE / "lab.lock").open("w")

    def alone(self) -> bool:
        """Take the lab to change it; False when a run uses it."""
        try:
            fcntl.flock(self.file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def share(self) -> None:
        """Use the lab beside others; waits while another process starts or ends it."""
        fcntl.flock(self.file, fcntl.LOCK_SH)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.file.close()


@contextmanager
def alone() -> Iterator[None]:
    """Have the lab for one command that changes it.

    Raises:
        LabError: a run uses it.

    """
    with Lock() as lock:
        if not lock.alone():
            raise LabError("a run uses the lab: wait until it has ended")
        yield


@contextmanager
def reserved(service: str) -> Iterator[None]:
    """Have an engine for one claim alone: another run's claim would look like what it left."""
    with (bootstrap.CACHE / f"{service}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def prepare() -> None:
    """Have an engine and the lab's images, and no trace of a run that was killed.

    Raises:
        LabError: with one line that says what is missing.

    """
    bootstrap.ensure_engine()
    os.environ["LAB_RECIPE"] = recipe()
    clear_killed_run()
    have_images()


def have_images() -> None:
    """Build the lab's images and the claims' bases where they are missing."""
    if not all(map(bootstrap.inspect, [*images(), *BASES])):
        for suite in SUITES:
            bootstrap.ensure_debian(suite)
        bootstrap.ensure_busybox(RECIPE)
        with step("building the engines' images (a minute or two)"):
            logged(compose("build"), bootstrap.CACHE / "build.log")


def up() -> None:
    """Start the lab and wait until every engine answers; a warm lab stays as it is."""
    with alone():
        prepare()
        if not whole():
            with step("starting the lab"):
                logged(compose("up", "--wait"), bootstrap.CACHE / "up.log")
        seed_registry()


def down() -> None:
    """Remove the lab's containers, their data and networks, and the embedded engine's processes.

    Images, trees and the registry's data stay, so that the next start is quick.

    Raises:
        LabError: a run uses it.

    """
    with alone():
        if bootstrap.embedded_pid():
            bootstrap.use_embedded()
        if bootstrap.answers():
            remove()
        bootstrap.stop()


def remove() -> None:
    """Remove the lab's containers and networks with all that the engines hold."""
    for command in ("kill", "rm --force --volumes", "down"):
        logged(compose(*command.split()), bootstrap.CACHE / "down.log")


def running() -> set[str]:
    """The services of the lab that run now."""
    listing = subprocess.run(
        compose("ps", "--services", "--status", "running"),
        capture_output=True,
        text=True,
    )
    return set(listing.stdout.split())


def clear_killed_run() -> None:
    """Throw away engines that a killed run left stopped, or with a claim begun and not ended."""
    listing = subprocess.run(compose("ps", "--all", "--quiet"), capture_output=True, text=True)
    if listing.stdout.split() and not (whole() and not any(map(claim_begun, SERVICES))):
        remove()


def whole() -> bool:
    """Whether every service of the lab runs."""
    return running() >= {*SERVICES, "registry"}


def claim_begun(service: str) -> bool:
    """Whether a claim began on this engine and never ended."""
    command = ["docker", "exec", container(service), "test", "-e", "/run/claim"]
    return subprocess.run(command, capture_output=True).returncode == 0


def recipe() -> str:
    """A digest of all that decides how the lab's images are made."""
    files = sorted(path for path in RECIPE.iterdir() if path.is_file())
    return hashlib.sha256(b"".join(path.read_bytes() for path in files)).hexdigest()[:12]


def images() -> list[str]:
    """The names of the lab's own images, as the compose file spells them."""
    tag = recipe()
    return [f"{PROJECT}/engine:{suite}-{tag}" for suite in SUITES] + [f"{PROJECT}/registry:{tag}"]


def seed_registry() -> None:
    """Have the claims' base images in the lab's registry, pushed through one of its engines.

    Raises:
        LabError: the push failed.

    """
    for base in BASES:
        image = (bootstrap.inspect(base) or {})["Id"].removeprefix("sha256:")[:12]
        name, _, tag = base.partition(":")
        # The tag that names the content tells whether the registry has this very image already.
        repository, known = f"registry:5000/library/{name}", f"{tag}-{image}"
        script = f"""
            set -e
            curl -fs http://registry:5000/v2/library/{name}/tags/list | grep -q {known} && exit
            docker load -q
            for tag in {tag} {known}; do
              docker tag {base} {repository}:$tag
              docker push -q {repository}:$tag
              docker rmi {repository}:$tag
            done
            docker rmi {base}
        """
        with subprocess.Popen(["docker", "save", base], stdout=subprocess.PIPE) as save:
            load = subprocess.run(
                ["docker", "exec", "-i", container("forky"), "sh", "-c", script],
                stdin=save.stdout,
                capture_output=True,
                text=True,
            )
            save.kill()
        if load.returncode:
            raise LabError(f"the lab's registry did not take {base}: {load.stderr.strip()}")
