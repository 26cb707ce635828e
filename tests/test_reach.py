"""Services whose packages are out of reach are left out, told once, for all workers alike."""

import http.server
import threading

import pytest

from faq import columns, console
from faq.lab import reach


@pytest.fixture(autouse=True)
def _fresh(monkeypatch):
    """No run has decided yet."""
    monkeypatch.setenv(reach.LEFT_OUT, "")
    monkeypatch.delenv(reach.LEFT_OUT)
    reach.answers_at.cache_clear()
    monkeypatch.setattr(console, "uncaptured", None)


@pytest.fixture
def repository(tmp_path):
    """A repository on loopback that has its key."""
    (tmp_path / "gpg").write_text("key")

    class Handler(http.server.SimpleHTTPRequestHandler):
        def __init__(self, *args):
            super().__init__(*args, directory=tmp_path)

        def log_message(self, *args):
            """Say nothing."""

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def test_repository_that_answers_brings_its_services(repository, monkeypatch):
    monkeypatch.setenv("DOCKER_REPOSITORY", repository)
    assert reach.services_in_reach() == columns.all_services()


@pytest.mark.parametrize("address", ["http://127.0.0.1:1", "", "no address", "{}/other"])
def test_repository_out_of_reach_is_told_once(repository, monkeypatch, capsys, address):
    monkeypatch.setenv("DOCKER_REPOSITORY", address.format(repository))
    missing = {"docker-29", "docker-29-containerd"}
    assert reach.left_out() == missing
    assert reach.services_in_reach().keys() == columns.all_services().keys() - missing
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    assert "out of reach: docker-29, docker-29-containerd" in said


def test_workers_take_over_what_the_run_decided(repository, monkeypatch):
    monkeypatch.setenv("DOCKER_REPOSITORY", repository)
    monkeypatch.setenv(reach.LEFT_OUT, "forky")
    assert reach.left_out() == {"forky"}


def test_settings_of_the_compose_file(monkeypatch):
    monkeypatch.delenv("LAB_RECIPE", raising=False)
    assert reach.with_settings("a:${LAB_RECIPE:-latest}") == "a:latest"
    monkeypatch.setenv("LAB_RECIPE", "abc")
    assert reach.with_settings("a:${LAB_RECIPE:-latest}") == "a:abc"
