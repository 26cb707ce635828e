"""The nightly run's issue: opened, kept true and closed, by the project's own logic."""

import json
import os

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
def project(tmp_path) -> Project:
    """A project without evidence, and a forge."""
    made = Project(tmp_path / "project")
    made.write("gh", GH.format(folder=made.root))
    (made.root / "gh").chmod(0o755)
    return made


def nightly(project: Project, *cases: str) -> str:
    """Report on a run."""
    project.write("run.xml", f"<testsuites><testsuite>{''.join(cases)}</testsuite></testsuites>")
    said = project.run("faq", "nightly", "run.xml")
    assert (said.returncode, said.stderr) == (0, "")
    return said.stdout


def at_the_forge(project: Project, *cases: str, issues: tuple[int, ...] = ()) -> tuple[str, str]:
    """Report on a run to a forge with these open issues; what it is asked, and what is said."""
    text = nightly(project, *cases)
    listed = [{"number": number, "title": TITLE} for number in issues]
    project.write("issues", json.dumps([{"number": 3, "title": f"{TITLE}, too"}, *listed]))
    project.write("asked", "")
    path = f"{project.root}:{os.environ['PATH']}"
    said = project.run("faq", "nightly", "--issue", "run.xml", PATH=path)
    assert (said.returncode, said.stdout) == (0, text)
    asked = (project.root / "asked").read_text()
    assert text in asked
    return asked, said.stderr


def case(state: str, what: str = "", claim: str = "two", more: str = "") -> str:
    return CASE.format(column="28.5", state=state, what=what, claim=claim, more=more)


CHANGED = case("changed", '<failure message="AssertionError: assert 1 == 2&#10;more"/>')
FAILED = '<failure message="went away"/>'
FLAKY = '<property name="flaky" value="a"/>'
OTHER = '<testcase classname="" name="tests.a.test_x"><error message="lost `it`"/></testcase>'
TWO = "faults/line: Two holds. On 28.5:"
GONE = "faults/line: gone On 28.5: `went away`"
NEWS = "Claims that come out otherwise on a column that appeared"


@pytest.mark.parametrize(
    ("cases", "issues", "asked", "told"),
    [
        ([CHANGED], (), f"issue create --title {TITLE}", ""),
        ([CHANGED], (7,), "issue edit 7", "issue 7 is up to date\n"),
        ([], (7,), "issue close 7", "issue 7 is closed\n"),
        ([], (), "", "nothing to tell\n"),
    ],
)
def test_issue_is_opened_kept_true_and_closed(project: Project, cases, issues, asked, told):
    at_forge, said = at_the_forge(project, *cases, issues=issues)
    assert asked in at_forge
    assert at_forge.count("issue ") == (2 if asked else 1)  # the first is the list
    assert told in said


@pytest.mark.parametrize(
    ("found", "section", "told"),
    [
        (CHANGED, "Verdicts and words that changed", f"{TWO} `AssertionError: assert 1 == 2 more`"),
        (case("changed", FAILED, claim="gone"), "Verdicts and words that changed", GONE),
        (case("holds", more=FLAKY), "Cells that came out otherwise once, not twice", f"{TWO} `a`"),
        (case("error", FAILED), "Cells that could not be run", f"{TWO} `went away`"),
        (case("differs"), NEWS, f"{TWO} `not what the claim says`"),
        (case("holds"), "Columns that appeared", "28.5"),
        (OTHER, "What else failed", "tests.a.test_x: `lost it`"),
    ],
)
def test_finding_has_its_section(project: Project, found, section, told):
    said = nightly(project, found)
    assert f"## {section}\n\n- {told}\n" in said
    assert ("Verdicts" in said) is (section.startswith("Verdicts"))


def test_cells_that_a_lost_shard_left_out_are_said(project: Project):
    project.record("28.5", "one")
    listed = "## Cells that were not asked\n\n- 28.5: 1 of 2 cells, of faults/line\n"
    assert listed in nightly(project, case("holds"))
    assert "not asked" not in nightly(project, case("holds"), case("holds", claim="one"))


def test_old_proofs_are_said(project: Project):
    project.record("28.5", "one", "2026-01-01")
    project.record("28.5", "two", "2099-01-01")
    assert nightly(project).endswith("## Proven over 90 days ago\n\n- faults/line: 1 of 2 cells\n")


@pytest.mark.parametrize("name", ["cut.xml", "missing.xml"])
def test_report_that_is_none_is_said(project: Project, name):
    project.write("cut.xml", "<testsuites><testsuite>")
    said = project.run("faq", "nightly", name)
    assert said.returncode == 2
    assert said.stderr.startswith(f"error: {name}: no report of a run")


@pytest.mark.parametrize(
    ("folder", "message"),
    [("no/where", "the forge's command line, gh, is missing"), ("", "gh issue list: no token")],
)
def test_forge_that_does_not_answer_is_said(project: Project, folder, message):
    project.write("gh", "#!/bin/sh\necho no token >&2; exit 1\n")
    project.write("run.xml", "<testsuites/>")
    said = project.run("faq", "nightly", "--issue", "run.xml", PATH=str(project.root / folder))
    assert (said.returncode, said.stderr) == (2, f"error: {message}\n")


def test_run_of_wrong_claims_is_told(recorded: Run):
    told = recorded.project.run("faq", "nightly", "recorded.xml").stdout
    changed, _, errors = told.partition("## Cells that could not be run")
    for name in ("false", "boundary_is_off"):
        assert f"It is {name}." in changed  # outside its range the second was to fail
    for name in ("hangs", "crashes_outside_its_range"):
        assert f"It is {name}." in errors
    assert "The snippet prints one line." not in told
