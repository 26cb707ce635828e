"""Fixtures of this topic: its claims are asked of Podman too."""

from collections.abc import Callable, Iterator

import pytest

from lab import compose, selection
from lab.claims import PODMAN
from lab.engine import Engine
from lab.podman import start


@pytest.hookimpl(tryfirst=True)
def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Ask Podman after Docker's engines."""
    ids = selection.column_of
    mark = pytest.mark.parametrize("engine", compose.ENGINES, indirect=True, ids=ids)
    metafunc.definition.add_marker(mark)


@pytest.fixture(scope="session")
def started_engine(
    started_engine: Callable[[str], Engine],
) -> Iterator[Callable[[str], Engine]]:
    """The lab's engines, and Podman."""
    known: dict[str, Engine] = {}

    def get(service: str) -> Engine:
        if service != PODMAN:
            return started_engine(service)
        if service not in known:
            known[service] = start()
        return known[service]

    yield get
    for podman in known.values():
        podman.release()
