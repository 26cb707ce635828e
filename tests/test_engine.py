"""One engine: what it says of itself, and a command that hangs, floods or kills it is an error."""

import json
import subprocess
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from faq.errors import LabError
from faq.lab import engine as lab_engine
from faq.lab.engine import Engine, EngineError, Result, release_line
from faq.lab.locks import reserved
from faq.lab.names import container
from faq.lab.podman import Podman
from faq.lab.process import Finished

VERSION = {"Version": "28.5.2+dfsg4", "ApiVersion": "1.51"}
INFO = {
    "Driver": "overlay2",
    "DriverStatus": [["Backing Filesystem", "tmpfs"]],
    "KernelVersion": "6.1",
    "SecurityOptions": ["name=seccomp,profile=builtin"],
    "CgroupVersion": "2",
}
CONTAINERD = {
    "Driver": "overlayfs",
    "DriverStatus": [["driver-type", "io.containerd.snapshotter.v1"]],
}
BUILDX = "github.com/docker/buildx 0.29.1 abc"


def saying(kind: type[Engine], *answers: object) -> Engine:
    """An engine that answers so, one JSON text or line after the other."""
    engine = kind("forky")
    texts = [answer if isinstance(answer, str) else json.dumps(answer) for answer in answers]
    waiting = ["\n".join(texts)] if kind is Engine else texts

    def run(command: str) -> Result:
        text = waiting.pop(0)
        return Result(0, text, "", text, 0.1)

    engine.run = run
    return engine


@pytest.fixture(autouse=True)
def _origins(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> None:
    """No engine is asked where the images came from."""
    if "docker_services" not in request.fixturenames:
        for module in ("faq.lab.engine", "faq.lab.podman"):
            monkeypatch.setattr(f"{module}.base_origins", lambda: {"busybox:stable": "here"})


@pytest.mark.parametrize(
    ("changes", "buildx", "column", "store", "builder"),
    [
        ({}, [BUILDX], "28.5", "classic", "BuildKit, buildx 0.29.1"),
        ({}, [], "28.5", "classic", "legacy, BuildKit with DOCKER_BUILDKIT=1"),
        (CONTAINERD, [BUILDX], "28.5-containerd", "containerd", "BuildKit, buildx 0.29.1"),
    ],
)
def test_engine_says_what_it_is(changes, buildx, column, store, builder):
    engine = saying(Engine, VERSION, INFO | changes, *buildx)
    info = engine.info
    assert (engine.line, str(engine)) == (column, f"engine {column}")
    assert (info.service, info.version, info.api) == ("forky", "28.5.2+dfsg4", "1.51")
    assert (info.image_store, info.builder, info.kernel) == (store, builder, "6.1")
    assert (info.cgroup_version, info.security_options) == ("2", ["seccomp,profile=builtin"])
    assert info.base_images == {"busybox:stable": "here"}


def test_old_engine_says_nothing_of_cgroups():
    info = {key: value for key, value in INFO.items() if key != "CgroupVersion"}
    assert saying(Engine, VERSION, info).info.cgroup_version == "1"


def test_podman_is_told_in_the_same_words():
    security = {"seccompEnabled": True, "apparmorEnabled": False, "capabilities": "CAP_CHOWN"}
    host = {"buildahVersion": "1.39", "kernel": "6.1", "cgroupVersion": "v2", "security": security}
    info = {"host": host, "store": {"graphDriverName": "overlay"}}
    engine = saying(Podman, {"Version": "5.4.2", "APIVersion": "5.4.2"}, info)
    assert (engine.info.builder, engine.info.cgroup_version) == ("Buildah 1.39", "2")
    assert (engine.info.security_options, engine.info.image_store) == (
        ["seccomp"],
        "containers/storage",
    )
    assert engine.line == "podman-5.4"


@pytest.mark.parametrize(("version", "line"), [("28.5.2+dfsg4", "28.5"), ("29.10.0", "29.10")])
def test_release_line_of_a_version(version, line):
    assert release_line(version) == line


@pytest.mark.parametrize("version", ["", "dev", "v28.5"])
def test_version_without_a_release_line_is_an_error(version):
    with pytest.raises(LabError, match="makes no release line"):
        release_line(version)


@pytest.mark.parametrize(
    ("stderr", "check", "timeout", "message"),
    [
        ("err\x003", True, 9, "`a` ended with 3\nout err"),
        ("Error: no such container", True, 9, r"went away during `a`: Error: no .* \(1\)"),
        ("\x00124", False, 0, r"`a` hung for 1 s \(a claim has 900 s in all\)"),
        ("\x00137", False, 0, "`a` hung for 1 s"),
    ],
)
def test_command_that_did_not_come_to_its_end_is_an_error(
    monkeypatch: pytest.MonkeyPatch, stderr, check, timeout, message
):
    done = Finished(1, "out ", stderr, f"out {stderr}")
    ticks = iter(range(0, 1000, 5))  # seconds go by
    monkeypatch.setattr(lab_engine.time, "monotonic", lambda: next(ticks))
    monkeypatch.setattr(lab_engine, "communicate", lambda *_: done)
    with pytest.raises(EngineError, match=f"^engine forky:? {message}"):
        Engine("forky").run("a", check=check, timeout=timeout)


@pytest.mark.parametrize("text", ["out err\x003", "err\x003out "])
def test_exit_code_is_no_part_of_the_text(monkeypatch: pytest.MonkeyPatch, text):
    monkeypatch.setattr(lab_engine, "communicate", lambda *_: Finished(0, "out ", "err\x003", text))
    result = Engine("forky").run("a", check=False)
    assert (result.code, result.stdout, result.stderr) == (3, "out ", "err")
    assert (result.out, result.text) == ("out", text.replace("\x003", ""))


def test_killed_in_time_is_no_hang(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(lab_engine, "communicate", lambda *_: Finished(0, "", "\x00137", "\x00137"))
    assert Engine("forky").run("a", check=False, timeout=9).code == 137


def test_claim_has_its_time_and_no_more(monkeypatch: pytest.MonkeyPatch):
    asked = []
    done = Finished(0, "", "\x000", "\x000")
    monkeypatch.setattr(
        lab_engine, "communicate", lambda command, _: asked.append(command[8]) or done
    )
    engine = Engine("forky")
    engine.deadline = time.monotonic() + 5
    engine.run("a", timeout=120)
    engine.deadline = 0
    engine.run("a", timeout=120)
    assert [round(float(seconds)) for seconds in asked] == [5, 1]


def test_command_that_floods_ends_alone(docker_services):
    engine = Engine("forky")
    with reserved("forky"), ThreadPoolExecutor() as pool:
        beside = pool.submit(engine.run, "until rm /run/faq-flooded; do sleep 0.1; done 2>&-")
        with pytest.raises(EngineError, match="printed more than 16 MB"):
            engine.run("yes")
        assert engine.run("pgrep -x yes || true").out == ""
        engine.run("touch /run/faq-flooded")
        assert beside.result().code == 0


def test_engine_that_dies_is_an_error(docker_services):
    victim = Engine("victim")
    image = subprocess.run(
        ["docker", "inspect", "--format", "{{.Config.Image}}", container("forky")],
        capture_output=True,
        text=True,
        check=True,
    ).stdout.strip()
    start = ["docker", "run", "--detach", "--rm", "--init", "--name", victim.container]
    subprocess.run([*start, "--entrypoint=sleep", image, "300"], check=True, capture_output=True)
    try:
        with pytest.raises(EngineError, match="went away during `kill"):
            victim.run("kill -9 -1; kill -9 1; sleep 60")
    finally:
        subprocess.run(["docker", "rm", "--force", victim.container], capture_output=True)


def test_what_a_claim_leaves_is_removed(docker_services):
    engine = Engine("forky").ready()
    entry = "build/heredoc"
    with reserved("forky"):
        before = engine.begin("test_left", entry)
        engine.run("test -e /run/claim && docker create --name faq-left busybox:stable && ls /work")
        engine.release()
        assert engine.run("cat /run/claim").out == "test_left"
        assert engine.end(entry, before) == ["container faq-left"]
        assert "faq-left" not in engine.run("docker ps --all").out
        engine.release()
        assert engine.run("test -e /run/claim", check=False).code == 1
