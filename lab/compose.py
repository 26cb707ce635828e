"""The lab of `tests/docker-compose.yml`: its images, its start, its end."""

import fcntl
import hashlib
import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from lab import bootstrap
from lab.steps import LabError, logged, step

ROOT = Path(__file__).parent.parent
FILE = ROOT / "tests" / "docker-compose.yml"
RECIPE = ROOT / "tests" / "lab"
PROJECT = "container-faq"
SERVICES = ("bookworm", "trixie", "forky", "forky-containerd")
SUITES = ("bookworm", "trixie", "forky")
BASE = "debian:bookworm-slim"


def container(service: str) -> str:
    """The name of a service's container."""
    return f"{PROJECT}-{service}-1"


def compose(*arguments: str) -> list[str]:
    """The `docker compose` command for the lab."""
    return ["docker", "compose", "--file", str(FILE), "--project-name", PROJECT, *arguments]


@contextmanager
def used(*, alone: bool) -> Iterator[None]:
    """Hold the lab: alone, to change it, or beside the other workers of a run.

    Raises:
        LabError: another run holds it.

    """
    bootstrap.CACHE.mkdir(parents=True, exist_ok=True)
    with (bootstrap.CACHE / "lab.lock").open("w") as lock:
        mode = fcntl.LOCK_EX if alone else fcntl.LOCK_SH
        try:
            fcntl.flock(lock, mode | fcntl.LOCK_NB)
        except BlockingIOError:
            raise LabError("another run uses the lab: wait until it has ended") from None
        yield


def prepare() -> None:
    """Have an engine and the lab's images, and no trace of a run that was killed.

    Raises:
        LabError: with one line that says what is missing.

    """
    bootstrap.ensure_engine()
    os.environ["LAB_RECIPE"] = recipe()
    clear_killed_run()
    missing = [image for image in images() if not exists(image)]
    if missing:
        for suite in SUITES:
            bootstrap.ensure_base(suite)
        with step("building the engines' images (a minute or two)"):
            logged(compose("build"), bootstrap.CACHE / "build.log")


def up() -> None:
    """Start the lab and wait until every engine answers; a warm lab stays as it is."""
    prepare()
    if not whole():
        with step("starting the lab"):
            logged(compose("up", "--wait"), bootstrap.CACHE / "up.log")
    seed_registry()


def down() -> None:
    """Remove the lab's containers, their data and networks, and the embedded engine's processes.

    Images, trees and the registry's data stay, so that the next start is quick.
    """
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


def exists(image: str) -> bool:
    """Whether the engine holds this image."""
    command = ["docker", "image", "inspect", image]
    return subprocess.run(command, capture_output=True).returncode == 0


def seed_registry() -> None:
    """Have the claims' base image in the lab's registry, pushed through one of its engines.

    Raises:
        LabError: the push failed.

    """
    image = subprocess.run(
        ["docker", "image", "inspect", "--format", "{{.Id}}", BASE],
        capture_output=True,
        text=True,
    ).stdout.strip()
    tag = f"registry:5000/library/{BASE}"
    # The tag that names the content tells whether the registry has this very image already.
    label = f"bookworm-slim-{image.removeprefix('sha256:')[:12]}"
    known = f"registry:5000/library/debian:{label}"
    script = f"""
        set -e
        curl -fs http://registry:5000/v2/library/debian/tags/list | grep -q {label} && exit
        docker load -q
        docker tag {BASE} {tag}
        docker tag {BASE} {known}
        docker push -q {tag}
        docker push -q {known}
        docker rmi {tag} {known} {BASE}
    """
    save = subprocess.Popen(["docker", "save", BASE], stdout=subprocess.PIPE)
    load = subprocess.run(
        ["docker", "exec", "-i", container("forky"), "sh", "-c", script],
        stdin=save.stdout,
        capture_output=True,
        text=True,
    )
    save.kill()
    save.wait()
    if load.returncode:
        raise LabError(f"the lab's registry took no base image: {load.stderr.strip()}")
