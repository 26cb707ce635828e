"""`make check-my-engine` asks an engine in use only what is known to be safe there."""

import re
from pathlib import Path
from types import SimpleNamespace

import pytest

from faq.entries import SAFE, Entry, entries
from faq.errors import LabError
from faq.evidence.model import State
from faq.lab import embedded
from faq.lab.engine import Engine
from faq.run import check_my_engine
from faq.run.check_my_engine import OwnEngine, differences_from_site, socket_of_engine
from faq.run.findings import Findings
from tests.planted import CLAIM, Project
from tests.safety import dangers

pytest_plugins = ["tests.planted_fixtures"]
SAFE_ENTRIES = [entry for entry in entries() if entry.is_safe]
DANGERS = [
    "docker run -p 80:80 busybox:stable",
    "docker run -d -P busybox:stable",
    "docker run --publish=80:80 busybox:stable",
    "docker run -v /:/host busybox:stable",
    "docker run --volume /:/host busybox:stable",
    "docker run --mount type=bind,source=/,target=/host busybox:stable",
    "docker run --mount=type=bind,source=/,target=/host busybox:stable",
    "docker run --privileged busybox:stable",
    "docker run --network host busybox:stable",
    "docker run --pid=host busybox:stable",
    "docker run --name db busybox:stable",
    "docker run --rm --cap-add ALL busybox:stable",
    "docker run --device /dev/sda busybox:stable",
    "docker system prune --force",
    "docker builder prune",
    "docker volume rm data",
    "docker network create faq-net",
    "docker rm --force db",
    "docker stop db",
    "docker ps --quiet | xargs -r docker kill",
    "docker ps --filter name=db",
    "docker --host tcp://other ps",
    "docker build --network host .",
    "docker build --tag db .",
    "systemctl restart docker",
    "iptables -F",
    "sudo docker ps",
    "kill 1",
    "sh -c 'docker ps'",
    "A=1 iptables -F",
    "true && iptables -F",
    "if iptables -F; then true; fi",
    "(iptables -F)",
    "echo $(iptables -F)",
    'echo "now $(iptables -F)"',
    "echo `iptables -F`",
    "trap 'iptables -F' EXIT",
    "find / -exec docker rm {} +",
    "flush() {\n  iptables -F\n}\nflush",
    'run() {\n  docker run "$@" busybox:stable\n}\nrun -p 80:80',
    "cat <<END\ntext\nEND\niptables -F",
    "echo ' # '; iptables -F",
    "docker run \\\n  --privileged busybox:stable",
    "$command",
]


def test_some_entries_are_safe():
    assert len(SAFE_ENTRIES) >= 6


@pytest.mark.parametrize("entry", SAFE_ENTRIES, ids=str)
def test_entry_that_says_it_is_safe_is_safe(entry: Entry):
    assert dangers(entry) == []


@pytest.fixture
def entry(tmp_path: Path) -> Entry:
    """An entry with nothing in it."""
    entry = Entry(tmp_path, "faults", "line")
    for folder in (entry.folder, entry.claims_file.parent):
        folder.mkdir(parents=True)
    entry.claims_file.write_text(CLAIM)
    return entry


@pytest.mark.parametrize("command", DANGERS)
def test_danger_is_refused(entry: Entry, command: str):
    assert dangers(entry) == []
    script = entry.folder / "run.sh"
    script.write_text(f"# Do it.\n{command}\n")
    assert dangers(entry), "in a snippet"
    script.unlink()
    entry.claims_file.write_text(f"{CLAIM}    engine.run({command!r})\n")
    assert dangers(entry), "in a claim"


@pytest.mark.parametrize(
    "code",
    [
        '    snippet("run.sh", "-p", "80:80")\n',
        '    snippet("run.sh", "--pid", "host")\n',
        '    stop("name", wait="-v /:/host")\n',
        'OPTIONS = ["--network", "host"]\n',
        "    import subprocess\n",
        "    from os import system\n",
        '    ask = "iptables -F"\n    engine.run(f"{ask} || true")\n',
        "    engine.run(f\"{'a'.join(engine)} a\")\n",
    ],
)
@pytest.mark.parametrize("name", ["test_line.py", "conftest.py"])
def test_danger_in_what_a_claim_does_is_refused(entry: Entry, code: str, name: str):
    (entry.claims_file.parent / name).write_text(CLAIM + code)
    assert dangers(entry)


@pytest.mark.parametrize("option", ["--security=insecure", "--network=host", "--mount=type=bind"])
def test_danger_in_a_build_is_refused(entry: Entry, option: str):
    dockerfile = entry.folder / "Dockerfile"
    dockerfile.write_text("FROM busybox:stable\nRUN --mount=type=secret,id=a cat /run/secrets/a\n")
    assert dangers(entry) == []
    dockerfile.write_text(f"FROM busybox:stable\nRUN {option} true\n")
    assert dangers(entry) == [option]


@pytest.mark.parametrize(
    ("address", "socket"),
    [
        ("", "/var/run/docker.sock"),
        ("tcp://127.0.0.1:2375", "/var/run/docker.sock"),
        ("unix:///run/user/1000/docker.sock", "/run/user/1000/docker.sock"),
        (embedded.ADDRESS, "/state/docker.sock"),
    ],
)
def test_socket_is_where_the_engine_sees_it(monkeypatch: pytest.MonkeyPatch, address, socket):
    monkeypatch.setenv("DOCKER_HOST", address)
    assert socket_of_engine() == socket


def test_only_what_the_snippets_name_is_looked_at(monkeypatch: pytest.MonkeyPatch):
    asked: list[str] = []
    answers = ['[{"Names": ["/faq-a"]}, {"Names": ["/db"]}]', "[]", '{"Volumes": null}', "[]"]

    def run(_, command: str) -> SimpleNamespace:
        asked.append(command)
        return SimpleNamespace(stdout="\n".join(answers) + "\n\f\f\f")

    monkeypatch.setattr(Engine, "run", run)
    held = OwnEngine("own").inventory("true")
    assert {kind: names for kind, names in held.items() if names} == {"container": {"faq-a"}}
    assert not re.search("iptables|netns|pgrep", asked[0])  # nothing of the host
    assert asked[0].startswith("true\n")
    assert asked[0].endswith(r"printf '\f\f\f'")


@pytest.mark.parametrize("held", [set(), {"faq-a", "faq-b"}])
def test_engine_that_holds_things_of_these_names_is_refused(monkeypatch, tmp_path, held):
    calls: list[object] = []
    monkeypatch.setattr(check_my_engine, "CACHE", tmp_path)
    monkeypatch.setattr(check_my_engine.embedded, "ensure_engine", lambda: None)
    monkeypatch.setattr(check_my_engine.compose, "have_images", lambda: None)
    monkeypatch.setattr(check_my_engine, "stop", lambda: calls.append("stop"))
    monkeypatch.setattr(check_my_engine, "logged", lambda command, _: calls.append(command))
    monkeypatch.setattr(OwnEngine, "inventory", lambda *_: {"container": held, "image": set()})
    monkeypatch.setattr(OwnEngine, "ready", lambda engine: engine)
    if held:
        with pytest.raises(LabError, match="your engine has faq-a, faq-b: the claims use these"):
            check_my_engine.start()
    else:
        assert check_my_engine.start().service == "own"
    before, command = calls
    assert (before, command[:2]) == ("stop", ["docker", "run"])
    assert f"{socket_of_engine()}:/run/docker.sock" in command


def test_differences_from_the_site_are_told(project: Project, monkeypatch: pytest.MonkeyPatch):
    other = Entry(project.root, "faults", "other")
    project.write("tests/faults/test_other.py", f"{SAFE}\n{CLAIM}")
    monkeypatch.setattr(check_my_engine, "entries", lambda: [project.entry, other])
    findings = Findings(None)
    for state in (State.HOLDS, State.DIFFERS, State.CHANGED, State.ERROR, State.DOES_NOT_HOLD):
        findings.states[f"tests/faults/test_other.py::test_{state.name}[own]"] = state
    unlike = "not as on the site, for the reason above: tests/faults/test_other.py::test_"
    assert list(differences_from_site(findings)) == [
        "not asked: faults/line, which does not say that it is safe on an engine in use",
        f"{unlike}DIFFERS",
        f"{unlike}CHANGED",
        f"{unlike}ERROR",
        "2 answers are those of the site, 3 are not",
        "asked with the lab's command line; build cache may be left on your engine",
    ]
