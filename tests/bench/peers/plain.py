"""The claims of build/heredoc with plain pytest-docker: one compose project per test."""

import os
import subprocess
from pathlib import Path

import pytest

SNIPPETS = Path(os.environ["SNIPPETS"])
IMAGES = {"20.10": "BOOKWORM", "26.1": "TRIXIE", "28.5": "FORKY", "28.5-containerd": "FORKY"}


@pytest.fixture(params=IMAGES)
def column(request, monkeypatch):
    """The engine's release."""
    monkeypatch.setenv("IMAGE", os.environ[IMAGES[request.param]])
    feature = "--feature containerd-snapshotter=true"
    monkeypatch.setenv("FEATURE", feature if "containerd" in request.param else "")
    return request.param


@pytest.fixture
def engine(column, docker_services, docker_compose_project_name):
    """Run a command in an engine of this test's own."""
    container = f"{docker_compose_project_name}-engine-1"
    subprocess.run(
        ["docker", "cp", f"{SNIPPETS}/build/heredoc/.", f"{container}:/work"], check=True
    )

    def run(command):
        shell = ["docker", "exec", container, "sh", "-c", f"cd /work && {command}"]
        return subprocess.run(shell, capture_output=True, text=True)

    return run


def test_copy_heredoc_writes_a_file(engine, column):
    built = engine("DOCKER_BUILDKIT=1 sh build.sh copy")
    if column == "20.10":
        assert built.returncode
        return
    assert built.returncode == 0
    shown = engine("sh show.sh copy /expanded /literal").stdout
    assert shown.splitlines() == ["hello you", "hello $NAME"]


def test_set_e_stops_at_the_failure(engine, column):
    assert engine("DOCKER_BUILDKIT=1 sh build.sh set-e").returncode == 1
    built = engine("DOCKER_BUILDKIT=1 sh build.sh no-set-e")
    if column == "20.10":
        assert built.returncode
        return
    assert built.returncode == 0
    assert engine("docker images --quiet faq-no-set-e").stdout
    assert not engine("docker images --quiet faq-set-e").stdout


def test_space_is_an_error(engine, column):
    built = engine("DOCKER_BUILDKIT=1 sh space.sh")
    if column == "26.1":
        assert built.returncode == 1
        assert "unknown instruction: echo" in built.stdout + built.stderr
        assert engine("DOCKER_BUILDKIT=1 sh no-space.sh").returncode == 0
    elif column != "20.10":
        assert built.returncode == 0
