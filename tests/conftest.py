"""Fixtures of the claims: an engine, the entry's snippets, and what was measured."""

import shlex
from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest
from pytest_docker.plugin import Services, get_docker_services

from faq.entries import entry_of
from faq.errors import LabError
from faq.evidence.model import Measured
from faq.lab import compose
from faq.lab.engine import Engine
from faq.lab.engines import engine_of
from faq.lab.locks import LabLock, reserved
from faq.lab.names import PROJECT
from faq.lab.result import Result
from faq.run import check_my_engine
from faq.run.collection import COLLECTED, MY_ENGINE, column_of, services_to_ask
from faq.run.lab_of_run import start_lab
from faq.run.verdict import ASKED, Asked

Snippet = Callable[..., Result]


@pytest.fixture(scope="session")
def docker_compose_project_name() -> str:
    """One name for the lab, so that a warm lab is found again."""
    return PROJECT


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
        lock = stack.enter_context(LabLock())
        try:
            if lock.exclusive():
                start_lab()
            else:
                compose.join_lab(lock)
            services = stack.enter_context(
                get_docker_services(
                    docker_compose_command,
                    docker_compose_file,
                    docker_compose_project_name,
                    docker_setup=[],
                    docker_cleanup=[],
                )
            )
        except Exception as error:  # noqa: BLE001 # pytest-docker raises no other
            pytest.fail(f"the lab did not start: {error}", pytrace=False)
        lock.shared()
        yield services


@pytest.fixture(scope="session")
def started_engine(request: pytest.FixtureRequest) -> Iterator[Callable[[str], Engine]]:
    """Engines with the base images and the snippets in them, each readied once."""
    engines: dict[str, Engine] = {}
    if request.config.getoption("--my-engine"):
        engines = {MY_ENGINE: start_beside_my_engine(request)}
    else:
        request.getfixturevalue("docker_services")

    def get(service: str) -> Engine:
        if service not in engines:
            engines[service] = engine_of(service).ready()
        return engines[service]

    yield get
    for engine in engines.values():
        engine.release()


def start_beside_my_engine(request: pytest.FixtureRequest) -> Engine:
    """The user's own engine, or the end of the run where it cannot be asked."""
    request.addfinalizer(check_my_engine.stop)
    try:
        return check_my_engine.start()
    except LabError as error:
        check_my_engine.stop()
        pytest.exit(f"error: {error}", returncode=2)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Ask each claim of the engines that answer its topic."""
    if "engine" in metafunc.fixturenames:
        my_engine = bool(metafunc.config.getoption("--my-engine"))
        services = services_to_ask(metafunc.definition.path, my_engine=my_engine)
        metafunc.parametrize("engine", services, ids=column_of, indirect=True)


@pytest.fixture
def engine(
    request: pytest.FixtureRequest, started_engine: Callable[[str], Engine]
) -> Iterator[Engine]:
    """One engine of the lab; after the claim it must hold what it held before."""
    asked: Asked = request.node.stash[ASKED]
    if asked.replayed:
        yield asked.replayed
        return
    engine = asked.engine = started_engine(request.param)
    entry = str(entry_of(request.path))
    if reason := request.node.stash[COLLECTED].unmet_need(engine):
        pytest.skip(reason)
    with reserved(request.param):
        before = engine.begin(request.node.name, entry)
        asked.tape = engine.tape
        yield engine
        engine.tape = []
        leaks = engine.end(entry, before)
    if leaks:
        pytest.fail(
            f"{request.node.name} leaves behind on {engine}: {', '.join(leaks)}; "
            f"remove it in snippets/{entry}/clean.sh",
            pytrace=False,
        )


@pytest.fixture
def snippet(request: pytest.FixtureRequest, engine: Engine) -> Snippet:
    """Run a shell snippet of the entry on the engine's host, as a reader would; it is recorded."""

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
        output = result.as_output(command)
        request.node.stash[ASKED].outputs.append(output)
        if check and output.exit_code:
            raise LabError(f"{engine}: `{command}` ended with {output.exit_code}\n{output.text}")
        return result

    return run


@pytest.fixture
def measured(request: pytest.FixtureRequest) -> Measured:
    """The numbers and words that the claim rests on; the unit stands in the key."""
    asked: Asked = request.node.stash[ASKED]
    return asked.measured
