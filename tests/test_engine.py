"""One engine: what it says of itself; a command that hangs, floods or kills it is an error."""

import json
import re
import subprocess
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from faq.errors import LabError
from faq.lab import engine as lab_engine
from faq.lab.docker_engine import DockerEngine
from faq.lab.engine import Engine, EngineError
from faq.lab.locks import reserved
from faq.lab.names import container, release_line
from faq.lab.podman import Podman
from faq.lab.result import Result
from faq.lab.shell import Finished

VERSION = {"Version": "28.5.2+dfsg4", "ApiVersion": "1.51"}
INFO = {"Driver": "overlay2", "DriverStatus": [["Backing Filesystem", "tmpfs"]]}
INFO |= {"KernelVersion": "6.1", "SecurityOptions": ["name=seccomp,profile=builtin"]}
CONTAINERD = {"DriverStatus": [["driver-type", "io.containerd.snapshotter.v1"]]}
HOST = "systemd\nlockdown,apparmor"
BUILDX = "github.com/docker/buildx 0.29.1 abc"


def saying(kind: type[Engine], *answers: object) -> Engine:
    """An engine that answers so, one JSON text or line after the other."""
    engine = kind("forky")
    texts = [answer if isinstance(answer, str) else json.dumps(answer) for answer in answers]
    waiting = ["\n".join(texts)] if kind is DockerEngine else texts
    waiting.append(HOST)

    def run(command: str) -> Result:
        text = waiting.pop(0)
        return Result(0, text, "", text, 0.1)

    engine.run = run
    return engine


@pytest.fixture(autouse=True)
def _origins(monkeypatch, request: pytest.FixtureRequest) -> None:
    """No engine is asked where the images came from."""
    if "docker_services" not in request.fixturenames:
        monkeypatch.setattr(lab_engine, "base_origins", lambda: {"busybox:stable": "here"})


@pytest.mark.parametrize(
    ("changes", "buildx", "column", "store", "builder"),
    [
        ({"CgroupVersion": "2"}, [BUILDX], "28.5", "classic", "BuildKit, buildx 0.29.1"),
        ({}, [], "28.5", "classic", "legacy, BuildKit with DOCKER_BUILDKIT=1"),
        (CONTAINERD, [BUILDX], "28.5-containerd", "containerd", "BuildKit, buildx 0.29.1"),
    ],
)
def test_engine_says_what_it_is(changes, buildx, column, store, builder):
    engine = saying(DockerEngine, VERSION, INFO | changes, *buildx)
    info = engine.info
    assert (engine.line, str(engine)) == (column, f"engine {column}")
    assert (info.service, info.version, info.api) == ("forky", "28.5.2+dfsg4", "1.51")
    assert (info.image_store, info.builder, info.kernel) == (store, builder, "6.1")
    assert info.security_options == ["seccomp,profile=builtin"]
    assert (info.init, info.security_modules) == ("systemd", ["lockdown", "apparmor"])
    assert info.cgroup_version == changes.get("CgroupVersion", "1")  # an old one says nothing
    assert info.base_images == {"busybox:stable": "here"}


def test_podman_is_told_in_the_same_words():
    security = {"seccompEnabled": True, "apparmorEnabled": False, "capabilities": "CAP_CHOWN"}
    host = {"buildahVersion": "1.39", "kernel": "6.1", "cgroupVersion": "v2", "security": security}
    info = {"host": host, "store": {"graphDriverName": "overlay"}}
    engine = saying(Podman, {"Version": "5.4.2", "APIVersion": "5.4.2"}, info)
    assert (engine.info.builder, engine.info.cgroup_version) == ("Buildah 1.39", "2")
    assert engine.info.security_options == ["seccomp"]
    assert (engine.info.image_store, engine.line) == ("containers/storage", "podman-5.4")


@pytest.mark.parametrize("version", ["", "dev", "v28.5"])
def test_version_without_a_release_line_is_an_error(version):
    assert release_line("29.10.0") == "29.10"
    with pytest.raises(LabError, match="makes no release line"):
        release_line(version)


HANGS = {"check": False, "timeout": 0}


class Said:
    """A shell that says so, whatever it is told to run; an error is raised."""

    def __init__(self, said: Finished | Exception) -> None:
        self.said = said
        self.seconds: list[int] = []
        self.closed = False

    def run(self, _: str, seconds: float) -> Finished:
        """Say it."""
        self.seconds.append(round(seconds))
        if isinstance(self.said, Exception):
            raise self.said
        return self.said

    def close(self) -> None:
        """Note it."""
        self.closed = True


@pytest.fixture
def idle() -> Engine:
    """An engine without a container."""
    return Engine("forky")


@pytest.mark.parametrize(
    ("said", "options", "message"),
    [
        (Finished(3, "out ", "err", "out err"), {"timeout": 9}, "`a` ended with 3\nout err"),
        (ConnectionError("no container (1)"), {"timeout": 9}, r"went away during `a`: no .* \(1\)"),
        (OverflowError("printed more than 16 MB"), {"timeout": 9}, "`a` printed more than 16 MB"),
        (Finished(124, "", "", ""), HANGS, r"`a` hung for 1 s \(a claim has 900 s in all\)"),
        (Finished(137, "", "", ""), HANGS, "`a` hung for 1 s"),
    ],
)
def test_command_cut_short_is_an_error(monkeypatch, idle, said, options, message):
    ticks = iter(range(0, 1000, 5))  # seconds go by
    monkeypatch.setattr(lab_engine.time, "monotonic", lambda: next(ticks))
    idle.shells = [Said(said)]
    with pytest.raises(EngineError, match=f"^engine forky:? {message}"):
        idle.run("a", **options)
    assert len(idle.shells) == isinstance(said, Finished)  # one that broke is not used again


def test_killed_in_time_is_no_hang(idle):
    idle.shells = [Said(Finished(137, "out ", "err", "out err"))]
    result = idle.run("a", check=False, timeout=9)
    assert (result.code, result.out, result.stderr, result.text) == (137, "out", "err", "out err")


def test_claim_has_its_time_and_no_more(idle):
    shell = Said(Finished(0, "", "", ""))
    idle.shells = [shell]
    for idle.deadline in (time.monotonic() + 5, 0):
        idle.run("a", timeout=120)
    assert shell.seconds == [5, 1]
    idle.is_in_claim = True
    idle.release()
    assert shell.closed
    assert not idle.shells


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
    which = ["docker", "inspect", "--format", "{{.Config.Image}}", container("forky")]
    image = subprocess.run(which, capture_output=True, text=True, check=True).stdout.strip()
    start = ["docker", "run", "--detach", "--rm", "--init", "--name", victim.container]
    subprocess.run([*start, "--entrypoint=sleep", image, "300"], check=True, capture_output=True)
    try:
        with pytest.raises(EngineError, match="went away during `kill"):
            victim.run("kill -9 -1; kill -9 1; sleep 60")
    finally:
        subprocess.run(["docker", "rm", "--force", victim.container], capture_output=True)


@pytest.fixture
def held_engine(docker_services) -> Iterator[Engine]:
    """An engine that no other claim has meanwhile."""
    engine = Engine("forky").ready()
    with reserved("forky"):
        yield engine


ENTRY = "build/heredoc"


def test_what_a_claim_leaves_is_removed(held_engine):
    engine = held_engine
    before = engine.begin("test_left", ENTRY)
    engine.run("test -e /run/claim && docker create --name faq-left busybox:stable && ls /work")
    engine.release()
    assert engine.run("cat /run/claim").out == "test_left"
    assert engine.end(ENTRY, before) == ["container faq-left"]
    assert "faq-left" not in engine.run("docker ps --all").out
    engine.release()
    assert engine.run("test -e /run/claim", check=False).code == 1


LEFT_ON_THE_HOST = {
    "nohup sleep 4321 >/dev/null 2>&1 &": "process N sleep 4321",
    "echo '{}' >/etc/docker.json": "file /etc/docker.json",
    "echo x >>/etc/fstab": "file /etc/fstab",
    "rm /etc/fstab": "removed file /etc/fstab",
    "chmod 600 /etc/fstab": "file /etc/fstab",
    "touch /dev/shm/left ~/left": "file /dev/shm/left, file ~/left",
    "mkdir /run/left": "file /run/left",
    "ln -s / /opt/left": "file /opt/left",
    "echo 0 >/proc/sys/net/ipv4/ip_forward": "kernel setting /proc/sys/net/ipv4/ip_forward 0",
    "iptables -t raw -A PREROUTING -j ACCEPT": "iptables rule raw -A PREROUTING -j ACCEPT",
    "iptables -t mangle -N left": "iptables rule mangle :left -",
    "ip6tables -t mangle -P INPUT DROP": "ip6tables rule mangle :INPUT DROP",
    "iptables -t nat -F DOCKER": "removed iptables rule nat -A DOCKER -i docker0 -j RETURN",
    "ip address add 192.0.2.77/32 dev lo": "address or route lo inet 192.0.2.77/32 scope global lo",
    "ip route add 198.51.100.0/24 dev docker0": "address or route 198.51.100.0/24 dev docker0",
    "ip netns add left": "network namespace left",
    "mount -t tmpfs none /mnt": "mount /mnt",
}


@pytest.mark.parametrize(("command", "left"), LEFT_ON_THE_HOST.items())
def test_what_a_claim_leaves_on_the_host_is_put_right(held_engine, command, left):
    engine = held_engine
    before = engine.begin("test_left_on_the_host", ENTRY)
    engine.run(command)
    home = engine.run("echo ~").out
    told = ", ".join(engine.end(ENTRY, before)).replace(f"{home}/", "~/")
    told = re.sub(r"process \d+", "process N", told)
    assert left in told
    assert not engine.is_changed, engine.host_changes()
    before = engine.begin("test_nothing", ENTRY)
    assert engine.end(ENTRY, before) == []
    engine.release()


def test_what_another_run_asks_is_not_left_behind(held_engine):
    engine, other = held_engine, Engine("forky")
    before = engine.begin("test_beside", ENTRY)
    with ThreadPoolExecutor() as pool:
        beside = pool.submit(other.run, "touch /run/claim; sleep 6 && echo well")
        while not engine.run("pgrep -x sleep || true").out:
            time.sleep(0.1)
        assert engine.end(ENTRY, before) == []
        assert beside.result().out == "well"
    other.release()


def test_host_that_cannot_be_put_right_stays_marked(held_engine):
    engine = held_engine
    before = engine.begin("test_lost", ENTRY)
    engine.run("touch /usr/bin/env")
    assert engine.end(ENTRY, before) == ["file /usr/bin/env"]
    engine.release()
    assert engine.run("cat /run/claim").out == "test_lost"
    engine.run("rm /run/claim")
