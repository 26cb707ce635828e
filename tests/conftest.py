"""Fixtures of the claims: an engine, the entry's snippets, and what was measured."""

import shlex
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any

import pytest
from pytest_docker.plugin import Services, get_docker_services

from lab import bootstrap, compose, recording
from lab.claims import entry_of
from lab.engine import Engine, Result, copy_snippets
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
            first = lock.alone()
            services = stack.enter_context(
                get_docker_services(
                    docker_compose_command,
                    docker_compose_file,
                    docker_compose_project_name,
                    start_lab() if first else join_lab(lock),
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


def join_lab(lock: compose.Lock) -> list[str]:
    """Use the lab that another worker, or another run, has started; nothing is left to do.

    Raises:
        LabError: that run has just ended it.

    """
    lock.share()
    bootstrap.ensure_engine()
    if not compose.whole():
        raise LabError("another run has just ended it: run again")
    return []


@pytest.fixture(scope="session")
def started_engine(docker_services: Services) -> Iterator[Callable[[str], Engine]]:
    """Engines with the base image and the snippets in them, each readied once."""
    engines: dict[str, Engine] = {}

    def get(service: str) -> Engine:
        if service not in engines:
            engine = Engine(service)
            for base in compose.BASES:
                engine.run(f"docker image inspect {base} || docker pull {base}")
            copy_snippets(engine)
            engines[service] = engine
        return engines[service]

    yield get
    for engine in engines.values():
        engine.release()


@pytest.fixture(params=compose.SERVICES, ids=column_of)
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
