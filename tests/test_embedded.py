"""Where no engine answers the embedded one comes, or one line says why not."""

import os
from types import SimpleNamespace

import pytest

from faq.errors import LabError
from faq.lab import docker, embedded
from faq.lab.docker import answers


@pytest.fixture(autouse=True)
def _own_state(tmp_path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Other files than the embedded engine's own, and an environment to change."""
    for name in ("STATE", "PID", "CACHE", "LOG"):
        monkeypatch.setattr(embedded, name, tmp_path / name.lower())
    monkeypatch.setattr(embedded, "build_tree", pytest.fail)
    for name in ("DOCKER_HOST", "DOCKER_CONFIG", "PATH"):
        monkeypatch.setenv(name, os.environ.get(name, ""))
    monkeypatch.delenv("DOCKER_HOST")


def machine(monkeypatch: pytest.MonkeyPatch, *answer: bool, compose: int = 0) -> list[str]:
    """A machine whose engine answers so, time after time; what is started there."""
    started: list[str] = []
    answers = iter(answer)
    for name in ("PATH", "DOCKER_HOST", "DOCKER_CONFIG"):  # what it changes is put back
        monkeypatch.setenv(name, "")
    monkeypatch.delenv("DOCKER_HOST")
    done = SimpleNamespace(returncode=compose)
    monkeypatch.setattr(embedded, "answers", lambda: next(answers))
    monkeypatch.setattr(embedded, "start_embedded", lambda: started.append("embedded"))
    monkeypatch.setattr(embedded.subprocess, "run", lambda *_, **__: done)
    return started


@pytest.mark.parametrize(
    ("answer", "started", "host"),
    [
        ((True,), [], None),
        ((False, True), [], embedded.ADDRESS),
        ((False, False), ["embedded"], embedded.ADDRESS),
    ],
)
def test_embedded_engine_comes_where_none_answers(monkeypatch, answer, started, host):
    calls = machine(monkeypatch, *answer)
    embedded.ensure_engine()
    assert (calls, os.environ.get("DOCKER_HOST")) == (started, host)
    assert os.environ["PATH"].startswith(f"{embedded.CLI}:") is bool(host)


def test_engine_that_was_asked_for_is_not_replaced(monkeypatch: pytest.MonkeyPatch):
    machine(monkeypatch, *[False])
    monkeypatch.setenv("DOCKER_HOST", "tcp://nowhere:1")
    with pytest.raises(LabError, match="no Docker Engine answers at DOCKER_HOST=tcp://nowhere:1"):
        embedded.ensure_engine()


def test_missing_compose_plugin_is_said(monkeypatch: pytest.MonkeyPatch):
    machine(monkeypatch, *[True], compose=1)
    with pytest.raises(LabError, match="`docker compose` is missing: install Docker's compose"):
        embedded.ensure_engine()


@pytest.mark.parametrize(("system", "user"), [("Darwin", 0), ("Linux", 1000)])
def test_machine_that_cannot_run_it_is_told(monkeypatch: pytest.MonkeyPatch, system, user):
    monkeypatch.setattr(os, "uname", lambda: SimpleNamespace(sysname=system))
    monkeypatch.setattr(os, "geteuid", lambda: user)
    with pytest.raises(
        LabError, match="bringing one takes root on Linux: start Docker, set DOCKER"
    ):
        embedded.start_embedded()


def test_process_of_another_program_is_not_the_engine():
    assert embedded.embedded_pid() is None
    embedded.PID.write_text("no number")
    assert embedded.embedded_pid() is None
    embedded.PID.write_text(str(os.getpid()))  # the id was given to another process since
    assert embedded.embedded_pid() is None


def test_engine_that_does_not_start_is_told_with_its_log(monkeypatch: pytest.MonkeyPatch):
    embedded.LOG.write_text("".join(f"line {number}\n" for number in range(20)))
    monkeypatch.setattr(embedded, "answers", lambda: False)
    with pytest.raises(LabError) as caught:
        embedded.wait_for_answer(SimpleNamespace(poll=lambda: 1))
    lines = "\n".join(f"  line {number}" for number in range(12, 20))
    assert str(caught.value) == f"the embedded engine did not start:\n{lines}"


@pytest.mark.parametrize(("script", "answer"), [("exit 0", True), ("exit 1", False), (None, False)])
def test_docker_answers(tmp_path, monkeypatch: pytest.MonkeyPatch, script, answer):
    monkeypatch.setenv("PATH", str(tmp_path))
    if script:
        (tmp_path / "docker").write_text(f"#!/bin/sh\n{script}\n")
        (tmp_path / "docker").chmod(0o755)
    assert answers() is answer


def test_silent_engine_does_not_get_a_second_one(tmp_path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(docker, "ANSWER_SECONDS", 0.2)
    monkeypatch.setenv("PATH", f"{tmp_path}:/bin")
    (tmp_path / "docker").write_text("#!/bin/sh\nexec sleep 9\n")
    (tmp_path / "docker").chmod(0o755)
    with pytest.raises(LabError, match=r"the Docker Engine did not answer within 0\.2 s"):
        answers()
