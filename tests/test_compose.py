"""The lab: which images it needs, what it holds, and that it reaches nothing of the host."""

import subprocess
from types import SimpleNamespace

import msgspec
import pytest

from faq import columns
from faq.errors import LabError
from faq.evidence.model import LabFacts
from faq.lab import compose
from faq.lab.compose import Container
from faq.lab.locks import LabLock
from faq.lab.names import PROJECT, container

RUNNING = {service: Container("running", f"id of {service}") for service in columns.all_services()}


def test_images_are_named_after_their_recipe(tmp_path, monkeypatch: pytest.MonkeyPatch):
    recipe = compose.recipe()
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
    ("changes", "running"),
    [
        ({}, True),
        ({"registry": Container("exited", "a")}, False),
        ({"forky": None}, False),
        ({"other": Container("exited", "a")}, True),
    ],
)
def test_lab_runs_when_each_service_does(monkeypatch: pytest.MonkeyPatch, changes, running):
    held = {service: held for service, held in (RUNNING | changes).items() if held}
    monkeypatch.setattr(compose, "containers", lambda: held)
    assert compose.all_running() is running


@pytest.mark.parametrize(
    ("held", "begun", "removed"),
    [
        ({}, False, False),
        (RUNNING, False, False),
        (RUNNING, True, True),
        (RUNNING | {"forky": Container("exited", "a")}, False, True),
    ],
)
def test_what_a_killed_run_left_is_removed(monkeypatch: pytest.MonkeyPatch, held, begun, removed):
    calls: list[str] = []
    monkeypatch.setattr(compose, "containers", lambda: held)
    monkeypatch.setattr(compose, "claim_begun", lambda service: begun and service == "forky")
    monkeypatch.setattr(compose, "remove_containers", lambda: calls.append("removed"))
    compose.clear_killed_run()
    assert bool(calls) is removed


def test_facts_of_the_lab_are_noted_once(tmp_path, monkeypatch: pytest.MonkeyPatch):
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
    assert facts.engines == {name: f"28.5 of {name}" for name in columns.services()}
    assert facts.containers == {name: f"id of {name}" for name in columns.all_services()}
    monkeypatch.setattr(
        compose, "containers", lambda: RUNNING | {"forky": Container("running", "b")}
    )
    compose.ready()
    assert len(seeded) == 2
    compose.FACTS.write_text("{")
    assert compose.facts() is None


def test_lab_in_use_stays(tmp_path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("faq.lab.locks.CACHE", tmp_path)
    for name in ("embedded_pid", "use_embedded", "stop_embedded"):  # they would end the lab at hand
        monkeypatch.setattr(compose.embedded, name, pytest.fail)
    with LabLock() as run:
        run.shared()
        with pytest.raises(LabError, match="a run uses the lab: wait until it has ended"):
            compose.down()


def test_lab_that_another_run_has_started_is_used(tmp_path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("faq.lab.locks.CACHE", tmp_path)
    monkeypatch.setattr(compose, "prepare", pytest.fail)
    joined: list[LabLock] = []
    monkeypatch.setattr(compose, "join_lab", joined.append)
    with LabLock() as run:
        run.shared()
        compose.up()
    assert len(joined) == 1


def test_lab_that_another_run_has_just_ended_is_said(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(compose.embedded, "ensure_engine", lambda: None)
    monkeypatch.setattr(compose, "all_running", lambda: False)
    with pytest.raises(LabError, match="another run has just ended the lab: run again"):
        compose.join_lab(SimpleNamespace(shared=lambda: None))


class Mount(msgspec.Struct, rename="pascal"):
    """A mount of a container."""

    type: str


class HostConfig(msgspec.Struct, rename="pascal"):
    """What a container has of its host."""

    pid_mode: str
    ipc_mode: str
    memory: int
    pids_limit: int | None
    uts_mode: str = msgspec.field(name="UTSMode")
    tmpfs: dict[str, str] = {}


class Networks(msgspec.Struct, rename="pascal"):
    """The networks of a container."""

    networks: dict[str, object]


class Inspected(msgspec.Struct, rename="pascal"):
    """A container, as Docker describes it."""

    mounts: list[Mount]
    host_config: HostConfig
    network_settings: Networks


@pytest.mark.parametrize("service", columns.all_services())
def test_lab_reaches_nothing_of_the_host(docker_services, service: str):
    asked = subprocess.run(
        ["docker", "inspect", container(service)], capture_output=True, check=True
    )
    (inspected,) = msgspec.json.decode(asked.stdout, type=list[Inspected])
    host = inspected.host_config
    kinds = [mount.type for mount in inspected.mounts]
    assert kinds == (["volume"] if service == "registry" else [])  # no folder, no socket
    assert list(inspected.network_settings.networks) == [f"{PROJECT}_lab"]
    assert "host" not in (host.pid_mode, host.ipc_mode, host.uts_mode)
    if service in columns.services():
        assert (host.memory, host.pids_limit) == (6 << 30, 4096)
        assert "size=5g" in " ".join(host.tmpfs.values())


def test_facts_are_those_of_the_lab(docker_services):
    facts = compose.facts()
    assert isinstance(facts, LabFacts)
    assert facts.engines.keys() == columns.services().keys()
    assert facts.containers == {name: held.id for name, held in compose.containers().items()}
