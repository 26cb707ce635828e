"""Planted claims, right and wrong, after a run that recorded them on an engine of the lab."""

from collections.abc import Iterable
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
WRONG = '''"""Which of these are to be trusted?"""

import pytest


def test_false(engine):
    """An engine prints nothing."""
    assert engine.run("echo yes").out == ""


@pytest.mark.holds(since="99.0")
def test_later(engine):
    """An engine of the future says so."""
    assert engine.info.version > "99"


@pytest.mark.holds(since="99.0")
def test_boundary_is_off(engine):
    """An engine has a version."""
    assert engine.info.version


@pytest.mark.holds(since="99.0")
def test_crashes_outside_its_range(engine):
    """An engine of the future has this program."""
    assert engine.run("no-such-program").out


def test_crashes(engine):
    """This program exists."""
    assert engine.run("no-such-program").out


def test_hangs(engine):
    """This command ends."""
    assert engine.run("sleep 60", timeout=1)


def test_floods(engine):
    """An engine says yes."""
    assert engine.run("yes").out


def test_leaks(engine):
    """A container runs."""
    assert engine.run("docker run -d --name faq-left busybox:stable sleep 60").out


ASKED = []


def test_is_flaky(engine):
    """An engine has been asked before."""
    ASKED.append(engine)
    assert ASKED[1:]


def test_never_begins(no_such_fixture, engine):
    """An engine is asked."""
    assert engine.run("true")


def test_does_not_apply(engine):
    """An engine has wings."""
    pytest.skip("no engine has wings")
    assert engine


def test_pretends_to_fail(engine):
    """An engine has a second program."""
    pytest.xfail("28.5 is new here: 28.5")
    assert engine.run("no-such-program").out


def test_returns(engine):
    """An engine has a third program."""
    return
    assert engine.run("no-such-program").out


def test_loops_over_nothing(engine):
    """Each of an engine's programs is right."""
    for line in engine.run("true").out.splitlines():
        assert line == "right"
'''


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
    project.write("tests/faults/test_wrong.py", WRONG)
    project.write("snippets/faults/wrong/clean.sh", "# Nothing to clean up.\n")
    few = ["-k", "two or false or boundary or crashes or later or returns"]
    for name, options in (("new", few), ("recorded", ["--record"])):
        run = project.pytest("tests/faults", f"--junitxml={name}.xml", *options)
        project.write(f"{name}.txt", f"{run.returncode}\n{run.stdout}")


def read_run(name: str) -> Run:
    """One of the runs, `new` or `recorded`."""
    project = Project(once("recorded", make))
    code, _, stdout = (project.root / f"{name}.txt").read_text().partition("\n")
    cases = ET.parse(project.root / f"{name}.xml").iter("testcase")  # noqa: S314 # our own
    return Run(project, stdout, int(code), by_test(cases))


def by_test(cases: Iterable[ET.Element]) -> dict[str, str]:
    """The cases of a report by their test, as XML."""
    return {
        case.get("name", "").partition("[")[0]: ET.tostring(case, encoding="unicode")
        for case in cases
    }
