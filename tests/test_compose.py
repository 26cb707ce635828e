"""The lab: its images, facts and locks, and that it reaches nothing of the host."""

import fcntl
import json
import os
import subprocess
from pathlib import Path
from types import SimpleNamespace

import pytest

from faq import columns, console
from faq.errors import LabError
from faq.evidence.model import LabFacts
from faq.lab import compose, locks, reach
from faq.lab.compose import Container
from faq.lab.locks import LabLock, reserved
from faq.lab.names import PROJECT, container

LEFT_OUT = ("docker-29", "docker-29-containerd")
HELD = [service for service in columns.all_services() if service not in LEFT_OUT]
IMAGE = "container-faq/podman:latest"
RUNNING = {service: Container("running", f"id of {service}", IMAGE) for service in HELD}


@pytest.fixture(autouse=True)
def _left_out(monkeypatch):
    """Docker's packages are out of reach."""
    monkeypatch.setenv(reach.LEFT_OUT, " ".join(LEFT_OUT))
    monkeypatch.delenv("LAB_RECIPE", raising=False)
    monkeypatch.setattr(console, "uncaptured", None)


@pytest.fixture
def cache(tmp_path, monkeypatch) -> Path:
    """Other locks than the lab's own."""
    monkeypatch.setattr(locks, "CACHE", tmp_path / "cache")
    return tmp_path / "cache"


def test_images_are_named_after_their_recipe(tmp_path, monkeypatch):
    recipe = compose.recipe()
    monkeypatch.setenv("LAB_RECIPE", recipe)
    images = compose.images()
    assert len(images) == len(set(images)) == 5
    assert all(image.endswith(recipe) for image in images)
    assert compose.suites() == {"bookworm", "trixie", "forky"}
    monkeypatch.setattr(compose, "RECIPE", tmp_path)
    (tmp_path / "Dockerfile").write_text("FROM debian")
    before = compose.recipe()
    (tmp_path / "Dockerfile").write_text("FROM busybox")
    assert len({recipe, before, compose.recipe()}) == 3


@pytest.mark.parametrize(
    ("changes", "begun", "running", "removed"),
    [
        (dict.fromkeys(RUNNING), False, False, False),
        ({}, False, True, False),
        ({}, True, True, True),
        ({"registry": Container("exited", "a", IMAGE)}, False, False, True),
        ({"forky": None}, False, False, True),
        ({"other": Container("exited", "a", IMAGE)}, False, True, False),
        ({"forky": Container("running", "a", "of another recipe")}, False, True, True),
    ],
)
def test_what_a_killed_run_left_is_removed(monkeypatch, changes, begun, running, removed):
    calls: list[str] = []
    held = {service: held for service, held in (RUNNING | changes).items() if held}
    monkeypatch.setattr(compose, "containers", lambda: held)
    monkeypatch.setattr(compose, "claim_begun", lambda service: begun and service == "forky")
    monkeypatch.setattr(compose, "remove_containers", lambda: calls.append("removed"))
    assert compose.all_running() is running
    compose.clear_killed_run()
    assert bool(calls) is removed


def test_facts_of_the_lab_are_noted_once(tmp_path, monkeypatch):
    seeded: list[str] = []
    monkeypatch.setattr(compose, "FACTS", tmp_path / "lab.json")
    monkeypatch.setattr(compose, "containers", lambda: RUNNING)
    monkeypatch.setattr(compose, "installed_version", lambda service: f"28.5 of {service}")
    monkeypatch.setattr(compose, "seed_registry", seeded.append)
    monkeypatch.setattr(compose, "content_digest", lambda image, service: image[:3] + service)
    assert compose.facts() is None
    compose.ready()
    compose.ready()
    assert seeded == ["bookworm"]
    facts = compose.facts()
    assert facts.base == "debbookworm busbookworm"
    assert facts.engines == {name: f"28.5 of {name}" for name in HELD if name != "registry"}
    assert facts.containers == {name: f"id of {name}" for name in HELD}
    restarted = RUNNING | {"forky": Container("running", "b", IMAGE)}
    monkeypatch.setattr(compose, "containers", lambda: restarted)
    compose.ready()
    assert len(seeded) == 2
    compose.FACTS.write_text("{")
    assert compose.facts() is None


def test_lab_in_use_stays_and_is_used_by_others(cache, monkeypatch):
    for name in ("embedded_pid", "use_embedded", "stop_embedded"):  # they would end the lab at hand
        monkeypatch.setattr(compose.embedded, name, pytest.fail)
    monkeypatch.setattr(compose, "prepare", pytest.fail)
    joined: list[LabLock] = []
    monkeypatch.setattr(compose, "join_lab", joined.append)
    with LabLock() as run:
        run.shared()
        with pytest.raises(LabError, match="a run uses the lab: wait until it has ended"):
            compose.down()
        compose.up()
    assert len(joined) == 1


def test_lab_is_changed_by_one_and_used_by_many(cache):
    with LabLock() as first, LabLock() as second, LabLock() as third:
        assert first.exclusive()
        assert not second.exclusive()
        first.shared()
        second.shared()
        assert not third.exclusive()
    with LabLock() as last:
        assert last.exclusive()


def test_engine_is_asked_by_one_claim_at_a_time(cache):
    with LabLock(), reserved("forky"), reserved("trixie"):
        file = cache / "forky.lock"
        with file.open("w") as other, pytest.raises(BlockingIOError):
            fcntl.flock(other, fcntl.LOCK_EX | fcntl.LOCK_NB)
    with file.open("w") as other:
        fcntl.flock(other, fcntl.LOCK_EX | fcntl.LOCK_NB)


@pytest.mark.parametrize("slow", [False, True])
def test_slow_machine_starts_one_engine_after_the_other(tmp_path, monkeypatch, slow):
    started: list[list[str]] = []

    def logged(command: list[str], _: Path) -> None:
        names = [name for name in command if name in HELD]
        started.append(names)
        if slow and len(names) > 1:
            raise LabError("timeout waiting for containerd to start")

    monkeypatch.setenv("LAB_SLOW", "")
    monkeypatch.setattr(compose, "logged", logged)
    compose.start_services()
    assert started == [HELD, *([name] for name in HELD if slow)]
    assert os.environ["LAB_SLOW"] == ("1" if slow else "")


def test_lab_that_another_run_has_just_ended_is_said(monkeypatch):
    monkeypatch.setattr(compose.embedded, "ensure_engine", lambda: None)
    monkeypatch.setattr(compose, "all_running", lambda: False)
    with pytest.raises(LabError, match="another run has just ended the lab: run again"):
        compose.join_lab(SimpleNamespace(shared=lambda: None))


@pytest.mark.parametrize("service", HELD)
def test_lab_reaches_nothing_of_the_host(docker_services, service: str):
    asked = ["docker", "inspect", container(service)]
    said = subprocess.run(asked, capture_output=True, check=True).stdout
    (inspected,) = json.loads(said)
    host = inspected["HostConfig"]
    kinds = [mount["Type"] for mount in inspected["Mounts"]]
    assert kinds == (["volume"] if service == "registry" else [])  # no folder, no socket
    assert list(inspected["NetworkSettings"]["Networks"]) == [f"{PROJECT}_lab"]
    assert "host" not in (host["PidMode"], host["IpcMode"], host["UTSMode"])
    if service in columns.services():
        assert (host["Memory"], host["PidsLimit"]) == (6 << 30, 4096)
        assert "size=5g" in " ".join(host["Tmpfs"].values())


def test_facts_are_those_of_the_lab(docker_services):
    facts = compose.facts()
    assert isinstance(facts, LabFacts)
    assert [*facts.engines] == compose.engines_in_reach()
    assert facts.containers == {name: held.id for name, held in compose.containers().items()}
