"""`make check-my-engine` asks an engine in use only what is known to be safe there."""

import re
from types import SimpleNamespace
from unittest.mock import Mock

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
OF_DOCKER_RUN = """-p 80:80; -d -P; --publish=80:80; -v /:/host; --volume /:/host; --privileged
--mount type=bind,source=/,target=/host; --mount=type=bind,source=/,target=/host; --pid=host
--network host; --name db; --rm --cap-add ALL; --device /dev/sda"""
DANGERS = r"""
docker system prune --force
docker builder prune
docker volume rm data
docker network create faq-net
docker rm --force db
docker stop db
docker ps --quiet | xargs -r docker kill
docker ps --filter name=db
docker --host tcp://other ps
docker build --network host .
docker build --tag db .
systemctl restart docker
iptables -F
sudo docker ps
kill 1
sh -c 'docker ps'
A=1 iptables -F
true && iptables -F
if iptables -F; then true; fi
(iptables -F)
echo $(iptables -F)
echo "now $(iptables -F)"
echo `iptables -F`
trap 'iptables -F' EXIT
find / -exec docker rm {} +
echo ' # '; iptables -F
$command
"""
OF_SEVERAL_LINES = [
    "flush() {\n  iptables -F\n}\nflush",
    'run() {\n  docker run "$@" busybox:stable\n}\nrun -p 80:80',
    "cat <<END\ntext\nEND\niptables -F",
    "docker run \\\n  --privileged busybox:stable",
]
DANGEROUS = [*DANGERS.strip().splitlines(), *OF_SEVERAL_LINES]
DANGEROUS += [
    f"docker run {options} busybox:stable" for options in re.split("; |\n", OF_DOCKER_RUN)
]
IN_PYTHON = [
    '    snippet("run.sh", "-p", "80:80")\n',
    '    snippet("run.sh", "--pid", "host")\n',
    '    stop("name", wait="-v /:/host")\n',
    'OPTIONS = ["--network", "host"]\n',
    "    import subprocess\n",
    "    from os import system\n",
    '    ask = "iptables -F"\n    engine.run(f"{ask} || true")\n',
    "    engine.run(f\"{'a'.join(engine)} a\")\n",
]


@pytest.mark.parametrize("entry", SAFE_ENTRIES, ids=str)
def test_entry_that_says_it_is_safe_is_safe(entry: Entry):
    assert dangers(entry) == []
    assert len(SAFE_ENTRIES) >= 6


@pytest.fixture
def entry(tmp_path) -> Entry:
    entry = Entry(tmp_path, "faults", "line")
    for folder in (entry.folder, entry.claims_file.parent):
        folder.mkdir(parents=True)
    entry.claims_file.write_text(CLAIM)
    return entry


@pytest.mark.parametrize("command", DANGEROUS)
def test_danger_is_refused(entry: Entry, command: str):
    assert dangers(entry) == []
    script = entry.folder / "run.sh"
    script.write_text(f"# Do it.\n{command}\n")
    assert dangers(entry), "in a snippet"
    script.unlink()
    entry.claims_file.write_text(f"{CLAIM}    engine.run({command!r})\n")
    assert dangers(entry), "in a claim"


@pytest.mark.parametrize("code", IN_PYTHON)
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
        *(("", check_my_engine.SOCKET), ("tcp://127.0.0.1:2375", check_my_engine.SOCKET)),
        ("unix:///run/user/1000/docker.sock", "/run/user/1000/docker.sock"),
        (embedded.ADDRESS, "/state/docker.sock"),
    ],
)
def test_socket_is_where_the_engine_sees_it(monkeypatch, address, socket):
    monkeypatch.setenv("DOCKER_HOST", address)
    assert socket_of_engine() == socket


def test_only_what_the_snippets_name_is_looked_at(monkeypatch):
    answers = ['[{"Names": ["/faq-a"]}, {"Names": ["/db"]}]', "[]", '{"Volumes": null}', "[]"]
    run = Mock(return_value=SimpleNamespace(stdout="\n".join(answers)))
    monkeypatch.setattr(Engine, "run", run)
    engine = OwnEngine("own")
    engine.keep_host()
    assert engine.host_changes() == []
    held = engine.inventory("true")
    run.assert_called_once()  # nothing of the host is looked at
    assert {kind: names for kind, names in held.items() if names} == {"container": {"faq-a"}}
    (command,) = run.call_args[0]
    assert command.startswith("true\n")


@pytest.mark.parametrize("held", [set(), {"faq-a", "faq-b"}])
def test_engine_that_holds_things_of_these_names_is_refused(monkeypatch, tmp_path, held):
    machine = Mock()
    monkeypatch.setattr(check_my_engine, "CACHE", tmp_path)
    monkeypatch.setattr(check_my_engine.embedded, "ensure_engine", machine.ensure)
    monkeypatch.setattr(check_my_engine.compose, "have_images", machine.images)
    monkeypatch.setattr(check_my_engine, "stop", machine.stop)
    monkeypatch.setattr(check_my_engine, "logged", machine.logged)
    monkeypatch.setattr(OwnEngine, "inventory", lambda *_: {"container": held, "image": set()})
    monkeypatch.setattr(OwnEngine, "ready", lambda engine: engine)
    if held:
        with pytest.raises(LabError, match="your engine has faq-a, faq-b: the claims use these"):
            check_my_engine.start()
    else:
        assert check_my_engine.start().service == "own"
    assert [name for name, *_ in machine.mock_calls] == ["ensure", "images", "stop", "logged"]
    command = machine.logged.call_args[0][0]
    assert command[:2] == ["docker", "run"]
    assert f"type=bind,source={socket_of_engine()},target=/run/docker.sock" in command


@pytest.mark.parametrize(
    ("said", "message"),
    [
        ("bind source path does not exist: /x.sock", "your engine's machine has no socket /.*sock"),
        ("no space left", "^no space left$"),
    ],
)
def test_engine_without_a_socket_is_told(monkeypatch, tmp_path, said, message):
    monkeypatch.setattr(check_my_engine, "CACHE", tmp_path)
    for module, name in (("embedded", "ensure_engine"), ("compose", "have_images")):
        monkeypatch.setattr(getattr(check_my_engine, module), name, lambda: None)
    monkeypatch.setattr(check_my_engine, "stop", lambda: None)
    monkeypatch.setattr(check_my_engine, "logged", Mock(side_effect=LabError(said)))
    with pytest.raises(LabError, match=message):
        check_my_engine.start()


def test_without_a_docker_program_there_is_nothing_to_stop(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    check_my_engine.stop()


def test_differences_from_the_site_are_told(project: Project, monkeypatch):
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
