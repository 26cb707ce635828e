"""Faults of the world around a run, each planted for real: `make survive`.

They kill engines, fill disks and move bases, so they have the lab for themselves and are no part
of `make test`. After each the evidence is whole, no verdict is false, and the next start is clean.
"""

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from faq.evidence.model import Verdict
from faq.lab import compose
from faq.lab.debian import install
from faq.lab.engines import engine_of
from faq.lab.names import PROJECT, container
from tests.planted import Project

SERVICE, NETWORK = "forky", f"{PROJECT}_lab"
PYTEST = [sys.executable, "-m", "pytest", "-n0"]
VERIFIED = "2 of 2 claims × engines verified"
CLAIMS = '''"""Does it survive?"""

import pytest


def test_good(snippet, measured):
    """An image is built, and a container of it says so."""
    measured["said"] = snippet("run.sh").out.splitlines()[-1]
    assert measured["said"] == "built"


@pytest.mark.holds(since="99.0")
def test_later(snippet):
    """An engine of the future builds another image."""
    assert snippet("run.sh").out.splitlines()[-1] == "rebuilt"
'''
BUILD = "FROM busybox:stable\nRUN sleep 2; echo built >/said"
RUN = f"""docker build --tag faq-survives - <<END\n{BUILD}\nEND
docker run --rm faq-survives cat /said
"""


@pytest.fixture(scope="module", autouse=True)
def _lab() -> Iterator[None]:
    """A lab for these tests alone, warm."""
    compose.up()
    yield
    compose.down()


@pytest.fixture(scope="module")
def recorded(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A project with good evidence."""
    project = Project(tmp_path_factory.mktemp("project"), CLAIMS)
    project.write("snippets/faults/line/run.sh", RUN)
    project.write("snippets/faults/line/clean.sh", "docker rmi --force faq-survives\n")
    said = project.pytest("--record")
    assert f"{VERIFIED}, 2 recorded" in said.stdout, said.stdout
    return project


@pytest.fixture
def project(recorded: Project, tmp_path) -> Iterator[Project]:
    """A copy of it; after the fault the lab starts clean and the very claims are green again."""
    copy = recorded.copy(tmp_path / "copy")
    yield copy
    assert copy.run("faq", "lab-up").returncode == 0
    copy.entry.evidence_file.write_text(recorded.entry.evidence_file.read_text())
    again = copy.pytest()
    assert VERIFIED in again.stdout, again.stdout
    held = engine_of(SERVICE).inventory("")
    assert not [name for name in held["container"] | held["image"] if "faq-" in name]
    assert engine_of(SERVICE).run("pgrep -a sleep || true").out == ""


def docker(*arguments: str) -> str:
    """Ask the engine that the lab runs on."""
    done = subprocess.run(["docker", *arguments], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def begin(project: Project) -> subprocess.Popen[str]:
    """Start a run that records all again; it is in its first claim when this returns."""
    run = project.start(*PYTEST, "--column", SERVICE, "--record=all")
    while not compose.claim_begun(SERVICE):
        assert run.poll() is None, run.communicate()
        time.sleep(0.1)
    return run


@contextmanager
def unharmed(project: Project) -> Iterator[None]:
    """What was recorded is there afterwards to the byte."""
    before = project.entry.evidence_file.read_bytes()
    yield
    assert project.entry.evidence_file.read_bytes() == before


def assert_error(said: str) -> None:
    """A run that failed by the world: no claim verified, none recorded, no verdict changed."""
    assert "0 of 2 claims × engines verified, 0 recorded" in said, said
    assert "CHANGED" not in said


def assert_as_recorded(project: Project) -> None:
    evidence = project.evidence()
    states = {name: evidence.cell(name, engine_of(SERVICE).line).state for name in evidence.claims}
    assert states == {"good": Verdict.HOLDS, "later": Verdict.DOES_NOT_HOLD}


def record_in_vain(project: Project) -> str:
    """Record all again where nothing can be proven; what the run said."""
    with unharmed(project):
        said = project.pytest("--record=all").stdout
    assert_error(said)
    return said


def test_engine_killed_in_the_middle(project: Project):
    with unharmed(project):
        run = begin(project)
        docker("kill", container(SERVICE))
        said = "".join(run.communicate())
    assert run.returncode == 1
    assert "went away during" in said
    assert_error(said)


def test_disk_of_the_engine_is_full(project: Project):
    engine = engine_of(SERVICE)
    engine.run("head -c 6G /dev/zero >/var/lib/docker/full", check=False)
    try:
        assert "no space left on device" in record_in_vain(project).lower()
    finally:
        engine.run("rm /var/lib/docker/full")


@pytest.fixture
def no_registry() -> Iterator[None]:
    """The registry cannot be reached, and the engine has no base image."""
    registry = container("registry")
    docker("network", "disconnect", NETWORK, registry)
    engine_of(SERVICE).run("docker rmi busybox:stable || true; docker builder prune --all --force")
    yield
    docker("network", "connect", "--alias", "registry", NETWORK, registry)


def test_registry_does_not_answer(project: Project, no_registry: None):
    record_in_vain(project)


def test_registry_says_too_many_requests(project: Project, no_registry: None):
    image = docker("inspect", "--format", "{{.Config.Image}}", container(SERVICE))
    answer = "printf 'HTTP/1.1 429 Too Many Requests\\r\\nContent-Length: 0\\r\\n\\r\\n'"
    serve = f"while :; do {answer} | nc -l -N -p 5000 >/dev/null; done"
    start = f"run --detach --rm --init --network {NETWORK} --network-alias registry --entrypoint sh"
    impostor = docker(*start.split(), image, "-c", serve)
    try:
        record_in_vain(project)
    finally:
        docker("rm", "--force", impostor)


def test_base_image_that_moved_is_recorded_again(project: Project):
    before = project.evidence().cell("good", engine_of(SERVICE).line)
    docker("tag", "busybox:stable", "busybox:kept")
    moved = "FROM busybox:stable\nRUN printf x >>/bin/busybox\n"
    build = ["docker", "build", "--quiet", "--network=none", "--tag=busybox:stable", "-"]
    subprocess.run(build, input=moved, text=True, check=True, capture_output=True)
    try:
        compose.down()
        compose.up()
        said = project.pytest("--record").stdout
    finally:
        docker("tag", "busybox:kept", "busybox:stable")
        docker("rmi", "busybox:kept")
        compose.down()
        compose.up()
    assert f"{VERIFIED}, 2 recorded" in said
    now = project.evidence().cell("good", engine_of(SERVICE).line)
    assert (now.key, now.state) == (before.key, before.state)
    assert now.base != before.base
    assert compose.facts().base == before.base  # moved back, for the engines too


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
@pytest.mark.parametrize("wait", [0, 1, 4])
def test_run_is_interrupted(project: Project, number: int, wait: int):
    run = begin(project)
    time.sleep(wait + random.random())  # noqa: S311 # any moment will do
    os.kill(run.pid, number)
    said = "".join(run.communicate())
    assert run.returncode != 0 or "2 recorded" in said
    assert "Traceback" not in said
    assert_as_recorded(project)


def test_two_runs_at_once(project: Project):
    runs = [begin(project), begin(project)]
    for run in runs:
        said = "".join(run.communicate())
        assert f"{VERIFIED}, 2 recorded" in said, said
    assert_as_recorded(project)


def test_read_only_checkout(project: Project):
    mount = 'mount --bind . . && mount -o remount,bind,ro "$PWD" && cd "$PWD" && exec "$@"'
    command = ["unshare", "--mount", "sh", "-c", mount, "sh", *PYTEST, "-p", "no:cacheprovider"]
    with unharmed(project):
        refused = project.execute(*command, "--record=all")
        asked = project.execute(*command, "--column", SERVICE)
    assert "faults/line is missing or read-only: --record writes evidence there" in refused.stderr
    assert VERIFIED in asked.stdout
    assert "Traceback" not in refused.stderr + asked.stdout


@pytest.mark.parametrize("jump", ["-400d", "+400d"])
def test_clock_that_jumps(project: Project, jump: str):
    if not shutil.which("faketime"):
        install("faketime")
    command = ["faketime", "-f", jump, *PYTEST, "--record=all", "--column", SERVICE]
    run = project.execute(*command, FAKETIME_DONT_FAKE_MONOTONIC="1")
    assert f"{VERIFIED}, 2 recorded" in run.stdout
    assert_as_recorded(project)
