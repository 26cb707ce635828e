"""Fixtures of planted projects: one recorded by hand, and the one that the lab has recorded."""

import pytest

from faq.lab.engines import engine_of
from tests.planted import Project
from tests.recorded import Run, read_run


@pytest.fixture
def project(tmp_path) -> Project:
    """A project whose claims are recorded by hand on 28.5."""
    made = Project(tmp_path / "project")
    made.record("28.5", "one", measured={"lines": 1})
    made.record("28.5", "two")
    return made


@pytest.fixture(scope="session")
def line(docker_services: object) -> str:
    """The column of the engine that claims are planted on."""
    return engine_of("forky").line


@pytest.fixture(scope="session")
def recorded(docker_services: object) -> Run:
    """The run that recorded planted claims, right and wrong."""
    return read_run("recorded")


@pytest.fixture(scope="session")
def on_new_column(docker_services: object) -> Run:
    """The run of some of them before, on a column without evidence."""
    return read_run("new")


@pytest.fixture
def recorded_project(recorded: Run, tmp_path) -> Project:
    """A copy of the recorded project with its one good entry, to plant a fault in."""
    copy = recorded.project.copy(tmp_path / "project")
    (copy.root / "tests/faults/test_wrong.py").unlink()
    return copy
