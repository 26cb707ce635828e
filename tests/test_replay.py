"""A claim that no answer of an engine can make fail is refused; one that can is accepted."""

from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from tests.built import once
from tests.planted import Project

pytest_plugins = ["tests.planted_fixtures"]

SAID = 'out = engine.run("echo 7 files").out\n    '
IMPORTS = '"""Which of these can fail?"""\n\nimport time\n\nimport pytest\n'
NOTHING = "nothing that the engine says can make this fail"
EMPTY = {
    "result": 'assert engine.run("echo 7")',
    "measured": f'{SAID}measured["files"] = out\n    assert measured',
    "itself": f"{SAID}assert out == out",
    "own_part": f"{SAID}assert out[:3] in out",
    "or_something": f"{SAID}assert out or measured is not None",
    "swallowed": f'{SAID}try:\n        assert out == "7 files"\n'
    "    except AssertionError:\n        pass",
    "wants_failure": f"{SAID}"
    'with pytest.raises(AssertionError):\n        assert out == "no"\n    assert out or True',
    "engine": 'assert engine.info.version > "1"',
    "column": 'engine.run("true")\n    assert "28" in engine.line or len(engine.line)',
    "release": "version = engine.run(\"docker version --format '{{.Server.Version}}'\").out\n"
    '    assert version > "2"',
    "length": f"{SAID}assert len(out) >= 0",
    "kind": f"{SAID}assert isinstance(out, str)",
    "any_of_it": f"{SAID}assert any([out == 'no', True])",
    "every_code": 'assert engine.run("true", check=False).code in range(256)',
    "constant": f'{SAID}measured["files"] = 7\n    assert measured["files"] == 7',
    "negation": f'{SAID}assert not out == "what nobody says"',
    "after_the_fact": f"{SAID}expected = out\n    assert out == expected",
    "own_files": f'{SAID}assert engine.run("cat /etc/hostname").out == '
    'engine.run("cat /etc/hostname").out or out',
}
UNPROVEN = {
    "beside": f'{SAID}measured["files"] = engine.run("echo 5").out\n    assert out[0] == "7"',
}
TRUE = {
    "text": f'{SAID}assert out == "7 files"',
    "number": f'{SAID}measured["files"] = int(out.split()[0])\n    assert measured["files"] == 7',
    "part": f'{SAID}assert "files" in out',
    "nothing": 'assert engine.run("true").out == ""',
    "code": 'assert engine.run("exit 3", check=False).code == 3',
    "error": 'assert "no such" in engine.run("docker rm faq-x", check=False).stderr.lower()',
    "quick": 'assert engine.run("true").seconds < 60',
    "json": """words = engine.run('echo {\\\\"a\\\\": 1}').json()\n    assert words["a"] == 1""",
    "lines": 'assert engine.run("seq 3").out.splitlines() == ["1", "2", "3"]',
    "differs": 'a, b = engine.run("echo a").out, engine.run("echo b").out\n    assert a != b',
    "waits": "until = time.monotonic() + 60\n"
    '    while engine.run("cat /proc/uptime").out == "" and time.monotonic() < until:\n'
    "        time.sleep(1)\n"
    "    assert time.monotonic() < until",
    "idle_assert": f'{SAID}assert out == "7 files"\n    assert len(out) > 0',
    "covered_assert": f'{SAID}assert "files" in out\n    assert out == "7 files"',
    "by_release": f'{SAID}wanted = "7 files" if engine.line else ""\n    assert out == wanted',
}


def claims(bodies: dict[str, str]) -> str:
    """A file of claims."""
    text = IMPORTS
    for name, body in bodies.items():
        text += f'\n\ndef test_{name}(engine, measured):\n    """It is {name}."""\n    {body}\n'
    return text


def run(folder: Path) -> None:
    """Ask all of them of an engine, without evidence."""
    project = Project(folder)
    project.write("tests/faults/test_line.py", claims(EMPTY | UNPROVEN | TRUE))
    project.pytest("tests/faults", "--junitxml=report.xml")


@pytest.fixture(scope="session")
def cases(docker_services: object) -> dict[str, ET.Element]:
    """By claim, what the run's report says of it."""
    report = ET.parse(once("replayed", run) / "report.xml")  # noqa: S314 # our own
    found = {}
    for case in report.iter("testcase"):
        found[case.get("name", "").removeprefix("test_").partition("[")[0]] = case
    return found


def told(case: ET.Element) -> str:
    return " ".join(part.get("message", "") for part in case if part.tag in ("failure", "error"))


@pytest.mark.parametrize("name", EMPTY)
def test_claim_that_cannot_fail_is_refused(cases, name):
    assert NOTHING in told(cases[name])


@pytest.mark.parametrize("name", UNPROVEN)
def test_value_that_nothing_proves_is_refused(cases, name):
    assert "no assert fails when 'files' is another: assert it, or mark it" in told(cases[name])


@pytest.mark.parametrize(
    ("name", "idle"),
    [
        ("idle_assert", ["assert len(out) > 0"]),
        ("covered_assert", ['assert "files" in out']),
        ("text", []),
    ],
)
def test_assert_whose_removal_changes_nothing_is_told(cases, name, idle):
    lines = claims(EMPTY | UNPROVEN | TRUE).splitlines()
    (told,) = cases[name].findall(".//property[@name='idle asserts']")
    assert [lines[int(line) - 1].strip() for line in told.get("value", "").split()] == idle


@pytest.mark.parametrize("name", TRUE)
def test_claim_that_can_fail_is_accepted(cases, name):
    assert told(cases[name]) == ""
