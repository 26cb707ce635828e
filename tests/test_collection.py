"""A claim is a function that asks an engine; what else pytest finds in a topic is refused."""

import json

import pytest

from tests.planted import CLAIM, Project

pytest_plugins = ["tests.planted_fixtures"]


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        (
            "test_line.py",
            CLAIM.replace("engine", "tmp_path"),
            "tests/faults/test_line.py:1: test_x: a claim asks an engine, by the fixture `engine`",
        ),
        (
            "test_line.py",
            f"import sys\nimport os\n{CLAIM}sys.modules[__name__].__dict__['test_y'] = test_x\n",
            "tests/faults/test_line.py:3: test_y[bookworm]: a claim is a function of its own at",
        ),
        ("test_li-ne.py", CLAIM, "tests/faults/test_li_ne.py: is missing"),
        ("deep/test_line.py", CLAIM, "the claims of an entry are in tests/<topic>/test_<its_name>"),
    ],
)
@pytest.mark.parametrize("workers", ["-n0", "-n1"])
def test_test_that_is_no_claim_is_refused(project: Project, name, text, message, workers):
    project.write(f"tests/faults/{name}", text)
    said = project.run("pytest", "--collect-only", workers, "tests/faults")
    assert message in said.stdout + said.stderr
    assert said.returncode != 0


def test_claim_is_asked_of_each_engine_of_its_topic(project: Project):
    asked = collected(project)
    services = json.loads(project.run("faq", "columns").stdout)
    assert set(asked) == {*services, "28.5"} - {"forky", "podman"}


def collected(project: Project) -> list[str]:
    """The engines that a claim is asked of, as the ids of its items name them."""
    said = project.run("pytest", "-n0", "--collect-only", "-q", "tests/faults", "-k", "test_one")
    return [line.partition("[")[2].rstrip("]") for line in said.stdout.splitlines() if "[" in line]
