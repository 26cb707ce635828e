"""Fixtures of the claims: an engine, the entry's snippets, and what was measured."""

import shlex
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any

import pytest
from pytest_docker.plugin import Services, get_docker_services

from lab import compose, recording
from lab.claims import entry_of
from lab.engine import Engine, Result
from lab.podman import engine as engine_of
from lab.selection import column_of
from lab.steps import LabError

Snippet = Callable[..., Result]
Measured = dict[str, Any]


@pytest.fixture(scope="session")
def docker_compose_project_name() -> str:
    """One name for the lab, so that a warm lab is found again."""
    return compose.PROJECT


@pytest.fixture(scope="session")
def docker_services(
    docker_compose_command: str,
    docker_compose_file: str,
    docker_compose_project_name: str,
) -> Iterator[Services]:
    """pytest-docker's start of the lab: the first worker of a run does it, the others wait.

    A warm lab stays as it is. What a run has started it takes down at its end, not its workers.
    """
    with ExitStack() as stack:
        lock = stack.enter_context(compose.Lock())
        try:
            if first := lock.alone():
                command = start_lab()
            else:
                command = []
                compose.join(lock)
            services = stack.enter_context(
                get_docker_services(
                    docker_compose_command,
                    docker_compose_file,
                    docker_compose_project_name,
                    command,
                    docker_cleanup=[],
                )
            )
            if first:
                compose.ready()
        except Exception as error:  # noqa: BLE001 # pytest-docker raises no other
            pytest.fail(f"the lab did not start: {error}", pytrace=False)
        lock.share()
        yield services


def start_lab() -> list[str]:
    """Have an engine and images; what `docker compose` is then to do, nothing for a warm lab."""
    compose.prepare()
    if compose.whole():
        return []
    recording.lab_started()
    return ["up --wait"]


@pytest.fixture(scope="session")
def started_engine(docker_services: Services) -> Iterator[Callable[[str], Engine]]:
    """Engines with the base image and the snippets in them, each readied once."""
    engines: dict[str, Engine] = {}

    def get(service: str) -> Engine:
        if service not in engines:
            engines[service] = engine_of(service).ready()
        return engines[service]

    yield get
    for engine in engines.values():
        engine.release()


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Ask each claim of the engines that answer its topic."""
    if "engine" in metafunc.fixturenames:
        asked = filter(entry_of(metafunc.definition.path).asks, compose.ENGINES)
        metafunc.parametrize("engine", list(asked), ids=column_of, indirect=True)


@pytest.fixture
def engine(
    request: pytest.FixtureRequest,
    started_engine: Callable[[str], Engine],
    measured: Measured,
) -> Iterator[Engine]:
    """One engine of the lab; after the claim it must hold what it held before."""
    engine = started_engine(request.param)
    entry = str(entry_of(request.path))
    recording.expect(request, engine)
    with compose.reserved(request.param):
        before = engine.begin(request.node.name, entry)
        yield engine
        recording.note(request, engine, measured)
        leaks = engine.end(entry, before)
    if leaks:
        pytest.fail(
            f"{request.node.name} leaves behind on {engine}: {', '.join(leaks)}; "
            f"remove it in snippets/{entry}/clean.sh",
            pytrace=False,
        )
    recording.compare(request, engine, measured)


@pytest.fixture
def snippet(request: pytest.FixtureRequest, engine: Engine) -> Snippet:
    """Run a shell snippet of the entry on the engine's host, as a reader would; it is recorded."""
    outputs = request.node.stash.setdefault(recording.OUTPUTS, [])

    def run(
        name: str,
        *arguments: str,
        env: dict[str, str] | None = None,
        check: bool = True,
        timeout: float = 300,
    ) -> Result:
        variables = [f"{key}={shlex.quote(value)}" for key, value in (env or {}).items()]
        command = " ".join([*variables, shlex.join(["sh", name, *arguments])])
        result = engine.run(f"cd /work && {command}", check=False, timeout=timeout)
        outputs.append({"command": command, "exit code": result.code, "text": result.text})
        if check and result.code:
            raise LabError(f"{engine}: `{command}` ended with {result.code}\n{result.text}")
        return result

    return run


@pytest.fixture
def measured() -> Measured:
    """The numbers and words that the claim rests on; the unit stands in the key."""
    return {}
