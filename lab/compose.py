"""The lab of `tests/docker-compose.yml`: its images, its start, its end."""

import fcntl
import hashlib
import json
import os
import subprocess
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Self

from lab import bootstrap
from lab.claims import PODMAN
from lab.steps import LabError, logged, step

ROOT = Path(__file__).parent.parent
FILE = ROOT / "tests" / "docker-compose.yml"
RECIPE = ROOT / "tests" / "lab"
PROJECT = "container-faq"
SERVICES = ("bookworm", "trixie", "forky", "forky-containerd")
ENGINES = (*SERVICES, PODMAN)
FACTS = bootstrap.CACHE / "lab.json"
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
    if not bootstrap.has([*images(), *BASES]):
        for suite in SUITES:
            bootstrap.ensure_debian(suite)
        bootstrap.ensure_busybox(RECIPE / "busybox")
        with step("building the engines' images (a minute or two)"):
            logged(compose("build"), bootstrap.CACHE / "build.log")


def up() -> None:
    """Start the lab and wait until every engine answers; a warm lab stays as it is.

    Raises:
        LabError: it cannot start, or another run is just starting or ending it.

    """
    with Lock() as lock:
        if not lock.alone():
            join(lock)
            return
        prepare()
        if not whole():
            with step("starting the lab"):
                logged(compose("up", "--wait"), bootstrap.CACHE / "up.log")
        ready()


def join(lock: Lock) -> None:
    """Use the lab that another process has started, or is just starting.

    Raises:
        LabError: that process has just ended it.

    """
    lock.share()
    bootstrap.ensure_engine()
    if not whole():
        raise LabError("another run has just ended the lab: run again")


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


def containers() -> dict[str, tuple[str, str]]:
    """The lab's containers by service: the state, such as `running`, and the id of each."""
    listing = subprocess.run(
        [
            *("docker", "ps", "--all", "--filter", f"label=com.docker.compose.project={PROJECT}"),
            *("--format", '{{.Label "com.docker.compose.service"}} {{.State}} {{.ID}}'),
        ],
        capture_output=True,
        text=True,
    )
    rows = map(str.split, listing.stdout.splitlines())
    return {service: (state, container) for service, state, container in rows}


def clear_killed_run() -> None:
    """Throw away engines that a killed run left stopped, or with a claim begun and not ended."""
    if containers() and not (whole() and not any(ThreadPoolExecutor().map(claim_begun, ENGINES))):
        remove()


def whole() -> bool:
    """Whether every service of the lab runs."""
    states = containers()
    return all(states.get(name, "-")[0] == "running" for name in (*ENGINES, "registry"))


def claim_begun(service: str) -> bool:
    """Whether a claim began on this engine and never ended."""
    command = ["docker", "exec", container(service), "test", "-e", "/run/claim"]
    return subprocess.run(command, capture_output=True).returncode == 0


def recipe() -> str:
    """A digest of all that decides how the lab's images are made."""
    files = sorted(path for path in RECIPE.rglob("*") if path.is_file())
    return hashlib.sha256(b"".join(path.read_bytes() for path in files)).hexdigest()[:12]


def images() -> list[str]:
    """The names of the lab's own images, as the compose file spells them."""
    tag = recipe()
    engines = [f"{PROJECT}/engine:{suite}-{tag}" for suite in SUITES]
    return [*engines, f"{PROJECT}/podman:{tag}", f"{PROJECT}/registry:{tag}"]


def facts() -> dict[str, Any]:
    """What the lab that was started last holds; nothing where none was started here.

    Returns:
        `engines`, their versions by service; `base`, a digest of what the base images hold;
        `containers`, their ids.

    """
    try:
        found: dict[str, Any] = json.loads(FACTS.read_text())
    except (OSError, ValueError):
        return {}
    return found


def ready() -> None:
    """Have the base images in a lab just started, and note what it holds; once is enough."""
    ids = {service: container for service, (_, container) in containers().items()}
    if facts().get("containers") == ids:
        return
    seed_registry()
    # Podman has no server to ask.
    version = "{{with .Server}}{{.Version}}{{else}}{{.Client.Version}}{{end}}"
    ask = ["docker", "version", "--format", version]
    engines = {
        service: subprocess.run(
            ["docker", "exec", container(service), *ask], capture_output=True, text=True
        ).stdout.strip()
        for service in ENGINES
    }
    found = {"engines": engines, "base": " ".join(map(content, BASES)), "containers": ids}
    FACTS.write_text(json.dumps(found, indent=1))


def content(image: str) -> str:
    """A digest of the programs in a base image, as an engine of the lab pulls it.

    Two images made on two machines differ in their dates, not in this.

    Raises:
        LabError: it does not run.

    """
    digest = "cat /var/lib/dpkg/status /bin/busybox 2>/dev/null | sha256sum | cut -c1-16"
    run = ["docker", "run", "--rm", "--network=none", "--quiet", image, "sh", "-c", digest]
    command = ["docker", "exec", container("forky"), *run]
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode:
        raise LabError(f"{image} does not run: {done.stderr.strip()}")
    return done.stdout.strip()


def seed_registry() -> None:
    """Have the claims' base images in the lab's registry, pushed through one of its engines.

    Raises:
        LabError: the push failed.

    """
    for base in BASES:
        image = (bootstrap.inspect(base) or {})["Id"].removeprefix("sha256:")[:12]
        name, _, tag = base.partition(":")
        # The tag that names the content tells whether the registry has this very image already;
        # the other one may have been moved to another image since, and back.
        repository, known = f"registry:5000/library/{name}", f"{tag}-{image}"
        script = f"""
            set -e
            digest() {{
              curl -fsI -H 'Accept: application/vnd.docker.distribution.manifest.v2+json' \
                http://registry:5000/v2/library/{name}/manifests/$1 | grep -i ^docker-content-digest
            }}
            has=$(digest {known}) && [ "$has" = "$(digest {tag})" ] && exit
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
