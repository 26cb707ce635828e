"""Where no engine answers the embedded one comes, or one line says why not."""

import os
from types import SimpleNamespace

import pytest

from faq.errors import LabError
from faq.lab import docker, embedded


@pytest.fixture(autouse=True)
def started(tmp_path, monkeypatch) -> list[str]:
    """Other files than the embedded engine's own, no command; what is started."""
    started: list[str] = []
    for name in ("STATE", "PID", "CACHE", "LOG"):
        monkeypatch.setattr(embedded, name, tmp_path / name.lower())
    monkeypatch.setattr(embedded, "build_tree", pytest.fail)
    monkeypatch.setenv("PATH", str(tmp_path))
    for name in ("DOCKER_HOST", "DOCKER_CONFIG"):  # what it changes is put back
        monkeypatch.setenv(name, "")
        monkeypatch.delenv(name)
    return started


def machine(monkeypatch, started: list[str], *answer: bool, compose: int = 0) -> None:
    """A machine whose engine answers so, time after time."""
    answers, done = iter(answer), SimpleNamespace(returncode=compose)
    monkeypatch.setattr(embedded, "answers", lambda: next(answers))
    monkeypatch.setattr(embedded, "start_embedded", lambda: started.append("embedded"))
    monkeypatch.setattr(embedded.subprocess, "run", lambda *_, **__: done)


@pytest.mark.parametrize(
    ("answer", "calls", "host"),
    [
        ((True,), [], None),
        ((False, True), [], embedded.ADDRESS),
        ((False, False), ["embedded"], embedded.ADDRESS),
    ],
)
def test_embedded_engine_comes_where_none_answers(monkeypatch, started, answer, calls, host):
    machine(monkeypatch, started, *answer)
    embedded.ensure_engine()
    assert (started, os.environ.get("DOCKER_HOST")) == (calls, host)
    assert os.environ["PATH"].startswith(f"{embedded.CLI}:") is bool(host)


def test_what_is_missing_on_the_machine_is_said(monkeypatch, started):
    machine(monkeypatch, started, *[True, False], compose=1)
    with pytest.raises(LabError, match="`docker compose` is missing: install Docker's compose"):
        embedded.ensure_engine()
    monkeypatch.setenv("DOCKER_HOST", "tcp://nowhere:1")
    with pytest.raises(LabError, match="no Docker Engine answers at DOCKER_HOST=tcp://nowhere:1"):
        embedded.ensure_engine()
    assert started == []


@pytest.mark.parametrize(("system", "user"), [("Darwin", 0), ("Linux", 1000)])
def test_machine_that_cannot_run_it_is_told(monkeypatch, system, user):
    monkeypatch.setattr(os, "uname", lambda: SimpleNamespace(sysname=system))
    monkeypatch.setattr(os, "geteuid", lambda: user)
    with pytest.raises(LabError, match="takes root on Linux: start Docker, set DOCKER"):
        embedded.start_embedded()


@pytest.mark.parametrize("text", [None, "no number", "own"])
def test_process_of_another_program_is_not_the_engine(text):
    if text:  # the id was given to another process since
        embedded.PID.write_text(text.replace("own", str(os.getpid())))
    assert embedded.embedded_pid() is None


def test_engine_that_does_not_start_is_told_with_its_log(monkeypatch):
    embedded.LOG.write_text("".join(f"line {number}\n" for number in range(20)))
    monkeypatch.setattr(embedded, "answers", lambda: False)
    with pytest.raises(LabError) as caught:
        embedded.wait_for_answer(SimpleNamespace(poll=lambda: 1))
    lines = "\n".join(f"  line {number}" for number in range(12, 20))
    assert str(caught.value) == f"the embedded engine did not start:\n{lines}"


@pytest.mark.parametrize(("script", "answer"), [("exit 0", True), ("exit 1", False), (None, False)])
def test_docker_answers(tmp_path, script, answer):
    if script:
        (tmp_path / "docker").write_text(f"#!/bin/sh\n{script}\n")
        (tmp_path / "docker").chmod(0o755)
    assert docker.answers() is answer


def test_silent_engine_does_not_get_a_second_one(tmp_path, monkeypatch):
    monkeypatch.setattr(docker, "ANSWER_SECONDS", 0.2)
    (tmp_path / "docker").write_text("#!/bin/sh\nexec /bin/sleep 9\n")
    (tmp_path / "docker").chmod(0o755)
    with pytest.raises(LabError, match=r"the Docker Engine did not answer within 0\.2 s"):
        docker.answers()
