"""The nightly run's issue: opened, kept true and closed, by the project's own logic."""

import json
import os
import subprocess
from pathlib import Path

import pytest

from faq.nightly import TITLE
from tests.planted import Project
from tests.recorded import Run

pytest_plugins = ["tests.planted_fixtures"]
CASE = (
    '<testcase classname="tests.faults.test_line" name="test_{claim}[{column}]">'
    '<properties><property name="column" value="{column}"/>'
    '<property name="state" value="{state}"/>{more}</properties>{what}</testcase>'
)
# Stands in for the forge, which a test must not write to: it notes what it is asked.
GH = """#!/bin/sh
echo "$@" >>{folder}/asked
[ "$2" = list ] && cat {folder}/issues || cat >>{folder}/asked
"""


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """A project without evidence, and a forge with no issue."""
    made = Project(tmp_path / "project")
    (tmp_path / "gh").write_text(GH.format(folder=tmp_path))
    (tmp_path / "gh").chmod(0o755)
    issues(tmp_path)
    return made


def issues(folder: Path, *numbers: int) -> None:
    """Have the forge list these open issues."""
    listed = [{"number": number, "title": TITLE} for number in numbers]
    other = {"number": 3, "title": f"{TITLE}, too"}
    (folder / "issues").write_text(json.dumps([other, *listed]))
    (folder / "asked").write_text("")


def nightly(
    project: Project, folder: Path, *cases: str, issue: bool = False
) -> tuple[subprocess.CompletedProcess[str], str]:
    """Report on a run; what was printed, and what the forge was asked."""
    project.write("run.xml", f"<testsuites><testsuite>{''.join(cases)}</testsuite></testsuites>")
    flags = ["--issue"] if issue else []
    path = f"{folder}:{os.environ['PATH']}"
    said = project.run("faq", "nightly", *flags, "run.xml", PATH=path)
    assert "Traceback" not in said.stderr
    assert said.returncode == 0
    return said, (folder / "asked").read_text()


def case(state: str, what: str = "", claim: str = "two", more: str = "") -> str:
    """One cell of a run."""
    return CASE.format(column="28.5", state=state, what=what, claim=claim, more=more)


CHANGED = case("changed", '<failure message="AssertionError: assert 1 == 2&#10;more"/>')


def test_changed_verdict_opens_an_issue(project: Project, tmp_path: Path):
    said, asked = nightly(project, tmp_path, CHANGED, issue=True)
    assert "## Verdicts and words that changed" in said.stdout
    assert "faults/line: Two holds. On 28.5: `AssertionError: assert 1 == 2 more`" in said.stdout
    assert f"issue create --title {TITLE}" in asked
    assert said.stdout in asked


@pytest.mark.parametrize(
    ("found", "section", "told"),
    [
        (
            case("holds", more='<property name="flaky" value="AssertionError: once"/>'),
            "Cells that came out otherwise once, not twice",
            "faults/line: Two holds. On 28.5: `AssertionError: once`",
        ),
        (
            case("error", '<failure message="EngineError: it went away"/>'),
            "Cells that could not be run",
            "faults/line: Two holds. On 28.5: `EngineError: it went away`",
        ),
        (
            case("differs"),
            "Claims that come out otherwise on a column that appeared",
            "faults/line: Two holds. On 28.5: `not what the claim says`",
        ),
        (case("holds"), "Columns that appeared", "28.5"),
        (
            case("changed", '<failure message="gone"/>', claim="gone"),
            "Verdicts and words that changed",
            "faults/line: gone On 28.5: `gone`",
        ),
        (
            '<testcase classname="" name="tests.a.test_x"><error message="lost `it`"/></testcase>',
            "What else failed",
            "tests.a.test_x: `lost it`",
        ),
    ],
)
def test_finding_has_its_section(project: Project, tmp_path: Path, found, section, told):
    said, _ = nightly(project, tmp_path, found)
    assert f"## {section}\n\n- {told}\n" in said.stdout
    assert ("Verdicts" in said.stdout) is (section.startswith("Verdicts"))


def test_open_issue_is_kept_true_and_not_doubled(project: Project, tmp_path: Path):
    issues(tmp_path, 7)
    said, asked = nightly(project, tmp_path, CHANGED, issue=True)
    assert "issue edit 7" in asked
    assert "create" not in asked
    assert said.stderr == "issue 7 is up to date\n"


def test_issue_is_closed_when_all_is_well(project: Project, tmp_path: Path):
    issues(tmp_path, 7)
    said, asked = nightly(project, tmp_path, issue=True)
    assert said.stdout == ""
    assert "issue close 7" in asked
    issues(tmp_path)
    said, asked = nightly(project, tmp_path, issue=True)
    assert asked.count("issue ") == asked.count("issue list") == 1
    assert said.stderr == "nothing to tell\n"


def test_cells_that_a_lost_shard_left_out_are_said(project: Project, tmp_path: Path):
    project.record("28.5", "one")
    said, _ = nightly(project, tmp_path, case("holds"))
    assert "## Cells that were not asked\n\n- 28.5: 1 of 2 cells, of faults/line\n" in said.stdout
    said, _ = nightly(project, tmp_path, case("holds"), case("holds", claim="one"))
    assert "not asked" not in said.stdout


def test_old_proofs_are_said(project: Project, tmp_path: Path):
    project.record("28.5", "one", "2026-01-01")
    project.record("28.5", "two", "2099-01-01")
    said, _ = nightly(project, tmp_path)
    assert "## Proven over 90 days ago\n\n- faults/line: 1 of 2 cells\n" in f"{said.stdout}\n"


@pytest.mark.parametrize("name", ["cut.xml", "missing.xml"])
def test_report_that_is_none_is_said(project: Project, name):
    project.write("cut.xml", "<testsuites><testsuite>")
    said = project.run("faq", "nightly", name)
    assert said.returncode == 2
    assert said.stderr.startswith(f"error: {name}: no report of a run")


@pytest.mark.parametrize(
    ("program", "message"),
    [
        (None, "error: the forge's command line, gh, is missing\n"),
        ("#!/bin/sh\necho no token >&2; exit 1\n", "error: gh issue list: no token\n"),
    ],
)
def test_forge_that_does_not_answer_is_said(project: Project, tmp_path: Path, program, message):
    (tmp_path / "gh").unlink()
    if program:
        (tmp_path / "gh").write_text(program)
        (tmp_path / "gh").chmod(0o755)
    project.write("run.xml", "<testsuites/>")
    said = project.run("faq", "nightly", "--issue", "run.xml", PATH=str(tmp_path))
    assert (said.returncode, said.stderr) == (2, message)


def test_run_of_wrong_claims_is_told(recorded: Run):
    told = recorded.project.run("faq", "nightly", "recorded.xml").stdout
    changed, _, errors = told.partition("## Cells that could not be run")
    assert "An engine prints nothing." in changed
    assert "An engine has a version." in changed  # outside its range it was to fail
    assert "This command ends." in errors
    assert "An engine of the future has this program." in errors
    assert "The snippet prints one line." not in told
