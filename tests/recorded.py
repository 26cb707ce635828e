"""Planted claims, right and wrong, after a run that recorded them on an engine of the lab."""

from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree as ET

from tests.built import once
from tests.planted import Project

HOSTILE = """\
<script>alert(1)</script> {{ 7*7 }} {% raw %} **bold** [link](x) --8<-- "x" &amp; "quoted"
"""
PRINT = f"""\
# Print what a page must not interpret.
cat <<'END'
{HOSTILE}END
printf '\\033[31mred\\033[0m \\033]0;title\\007\\377\\376'
head -c 1000000 /dev/zero | tr '\\0' x
"""
BEYOND = '@pytest.mark.holds(since="99.0")\n'
WRONG = {
    "false": 'assert engine.run("echo yes").out == ""',
    "crashes": 'assert engine.run("no-such-program").out',
    "hangs": 'assert engine.run("sleep 60", timeout=1)',
    "floods": 'assert engine.run("yes").out',
    "leaks": 'assert engine.run("docker run -d --name faq-left busybox:stable sleep 60").out',
    "is_flaky": 'ASKED.append(engine)\n    assert ASKED[1:]\n    assert not engine.run("true").out',
    "does_not_apply": 'pytest.skip("no engine has wings")\n    assert engine',
    "pretends_to_fail": 'pytest.xfail("28.5 is new here: 28.5")\n    assert engine',
    "returns": 'return\n    assert engine.run("no-such-program").out',
    "loops_over_nothing": 'for line in engine.run("true").out.splitlines():\n        assert line',
}
WRONG_BEYOND = {
    "later": 'assert engine.info.version > "99"',
    "boundary_is_off": "assert engine.info.version",
    "crashes_outside_its_range": 'assert engine.run("no-such-program").out',
}


def claim(name: str, body: str, fixtures: str = "engine") -> str:
    return f'\n\ndef test_{name}({fixtures}):\n    """It is {name}."""\n    {body}\n'


def wrong_claims() -> str:
    """A claims file with a claim for each way to be wrong."""
    text = '"""Which of these are to be trusted?"""\n\nimport pytest\n\nASKED = []\n'
    text += "".join(claim(name, body) for name, body in WRONG.items())
    text += claim("never_begins", 'assert engine.run("true")', "no_such_fixture, engine")
    for name, body in WRONG_BEYOND.items():
        text += claim(name, body).replace("def ", f"{BEYOND}def ", 1)
    return text


class Run(NamedTuple):
    """A run of the claims of a project on an engine."""

    project: Project
    stdout: str
    code: int
    cases: dict[str, str]
    """By test, without its engine: what JUnit's report says of it, as XML."""


def make(folder: Path) -> None:
    """Plant the claims, run them without any evidence, then record them, and keep what was said."""
    project = Project(folder)
    project.edit("tests/faults/test_line.py", "== 1", ">= 1")
    project.write("snippets/faults/line/print.sh", PRINT)
    project.write("tests/faults/test_wrong.py", wrong_claims())
    project.write("snippets/faults/wrong/clean.sh", "# Nothing to clean up.\n")
    few = ["-k", "two or false or boundary or crashes or later or returns"]
    for name, options in (("new", few), ("recorded", ["--record"])):
        run = project.pytest("tests/faults", f"--junitxml={name}.xml", *options)
        project.write(f"{name}.txt", f"{run.returncode}\n{run.stdout}")


def read_run(name: str) -> Run:
    """One of the runs, `new` or `recorded`."""
    project = Project(once("recorded", make))
    code, _, stdout = (project.root / f"{name}.txt").read_text().partition("\n")
    cases = {}
    for case in ET.parse(project.root / f"{name}.xml").iter("testcase"):  # noqa: S314 # our own
        test = case.get("name", "").partition("[")[0]
        cases[test] = ET.tostring(case, encoding="unicode")
    return Run(project, stdout, int(code), cases)
