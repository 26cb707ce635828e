"""The nightly run's issue: opened, kept true and closed, by the project's own logic."""

import json
import os

import pytest

from lab.nightly import TITLE
from tests.planted import Project

CLAIMS = '''"""Is it still so?"""


def test_still(engine):
    """It is still so."""
    assert engine.run("true").out == ""
'''
CASE = (
    '<testcase classname="tests.faults.test_line" name="test_still[{column}]">'
    '<properties><property name="column" value="{column}"/>'
    '<property name="state" value="{state}"/></properties>{what}</testcase>'
)
# Stands in for the forge, which a test must not write to: it notes what it is asked.
GH = """#!/bin/sh
echo "$@" >>{folder}/asked
[ "$2" = list ] && cat {folder}/issues || cat >>{folder}/asked
"""


@pytest.fixture
def project(tmp_path):
    """A project with one claim and no evidence, and a forge with no issue."""
    made = Project(tmp_path / "project", CLAIMS)
    (tmp_path / "gh").write_text(GH.format(folder=tmp_path))
    (tmp_path / "gh").chmod(0o755)
    issues(tmp_path)
    return made


def issues(folder, *numbers: int) -> None:
    """Have the forge list these open issues."""
    found = [{"number": number, "title": TITLE} for number in numbers]
    (folder / "issues").write_text(json.dumps(found))
    (folder / "asked").write_text("")


def nightly(project, tmp_path, *cases: str, issue: bool = True):
    """Report on a run; what was printed, and what the forge was asked."""
    project.write("run.xml", f"<testsuites><testsuite>{''.join(cases)}</testsuite></testsuites>")
    flags = ["--issue"] if issue else []
    path = f"{tmp_path}:{os.environ['PATH']}"
    said = project.run("lab", "nightly", *flags, "run.xml", PATH=path)
    assert "Traceback" not in said.stderr
    return said, (tmp_path / "asked").read_text()


def case(column: str, state: str, what: str = "") -> str:
    """One cell of a run."""
    return CASE.format(column=column, state=state, what=what)


TURNED = case("28.5", "turned", '<failure message="AssertionError: assert 1 == 2&#10;more"/>')
LOST = case("28.5", "error", '<failure message="lab.engine.EngineError: it went away"/>')


def test_turned_verdict_opens_an_issue(project, tmp_path):
    said, asked = nightly(project, tmp_path, TURNED)
    assert "## Verdicts and words that changed" in said.stdout
    assert "faults/line: It is still so. On 28.5: `AssertionError: assert 1 == 2" in said.stdout
    assert f"issue create --title {TITLE}" in asked
    assert said.stdout in asked


def test_unsteady_claim_is_in_the_issue(project, tmp_path):
    found = case("28.5", "holds").replace(
        "</properties>", '<property name="unsteady" value="AssertionError: once"/></properties>'
    )
    said, _ = nightly(project, tmp_path, found)
    assert "## Cells that came out otherwise once, not twice" in said.stdout
    assert "faults/line: It is still so. On 28.5: `AssertionError: once`" in said.stdout


def test_open_issue_is_kept_true_and_not_doubled(project, tmp_path):
    issues(tmp_path, 7)
    said, asked = nightly(project, tmp_path, TURNED)
    assert "issue edit 7" in asked
    assert "create" not in asked
    assert said.stderr == "issue 7 is up to date\n"


def test_issue_is_closed_when_all_is_well(project, tmp_path):
    issues(tmp_path, 7)
    said, asked = nightly(project, tmp_path, case("28.5", "holds"), issue=True)
    assert "## Columns that appeared\n\n- 28.5" in said.stdout  # no evidence: all is new
    assert "issue edit 7" in asked
    project.write("run.xml", "<testsuites/>")
    issues(tmp_path, 7)
    said, asked = nightly(project, tmp_path)
    assert said.stdout == ""
    assert "issue close 7" in asked


def test_error_is_told_apart_from_a_verdict(project, tmp_path):
    said, _ = nightly(project, tmp_path, LOST, issue=False)
    assert "## Cells that could not be run" in said.stdout
    assert "Verdicts" not in said.stdout


def test_cells_that_a_lost_shard_left_out_are_said(project, tmp_path):
    project.record("28.5", "still", date="2026-11-01")
    said, _ = nightly(project, tmp_path, issue=False)
    assert "## Cells that were not asked\n\n- 28.5: 1 of 1 cells, of faults/line\n" in said.stdout
    said, _ = nightly(project, tmp_path, case("28.5", "holds"), issue=False)
    assert "not asked" not in said.stdout


def test_failure_of_no_claim_is_said(project, tmp_path):
    lost = (
        '<testcase classname="" name="tests.build.test_x"><error message="lost `it`"/></testcase>'
    )
    said, _ = nightly(project, tmp_path, lost, issue=False)
    assert "## What else failed\n\n- tests.build.test_x: `lost it`\n" in said.stdout


def test_report_cut_short_is_said(project, tmp_path):
    project.write("cut.xml", "<testsuites><testsuite>")
    said = project.run("lab", "nightly", "cut.xml")
    assert said.returncode == 2
    assert said.stderr.startswith("error: cut.xml: no report of a run")
