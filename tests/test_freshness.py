"""A cell proves its claim as it stands, or it is missing, stale, to come or of another lab."""

import datetime as dt

import pytest
from msgspec.structs import replace

from faq.evidence.freshness import is_future, is_old, lab_difference, stale_cells, today
from faq.evidence.model import LabFacts, Verdict
from tests.planted import Project, engine_record

pytest_plugins = ["tests.planted_fixtures"]
ONE = "tests/faults/test_line.py:4: one "
TWO = "tests/faults/test_line.py:10: two "
LAB = LabFacts(engines={"forky": "28.5.1"}, base="a1")


@pytest.mark.parametrize("days", [91, 90, 0, -1, -2])
def test_proof_has_its_time(project: Project, days):
    project.record("28.5", "one", str(today() - dt.timedelta(days=days)))
    cell = project.evidence().cell("one", "28.5")
    assert (is_old(cell), is_future(cell)) == (days > 90, days < -1)


def test_proven_cells_are_not_stale(project: Project):
    assert stale_cells(project.root) == stale_cells(project.root, LAB) == []
    fresh = project.run("faq", "stale")
    assert (fresh.returncode, fresh.stdout) == (0, "")


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"key": "another"}, "is stale on 28.5"),
        ({"date": "2099-01-01"}, "is of 2099-01-01, which is to come, on 28.5"),
        ({"state": Verdict.DOES_NOT_HOLD}, "says otherwise than its evidence on 28.5"),
    ],
)
def test_cell_that_does_not_prove_its_claim_is_named(project: Project, changes, fault):
    project.record("28.5", "one", **changes)
    assert ONE + fault in stale_cells(project.root)
    listed = project.run("faq", "stale")
    assert (listed.returncode, ONE + fault in listed.stdout) == (1, True)


def test_faults_of_an_entry_are_a_line_each(project: Project):
    project.record("20.10", "two", key="another")
    project.record("28.5", "two", key="another")
    missing, stale = f"{ONE}is missing on 20.10", f"{TWO}is stale on 20.10, 28.5"
    assert stale_cells(project.root) == [missing, stale]
    project.write("snippets/faults/line/print.sh", "echo more\n")
    assert stale_cells(project.root) == [missing, f"{ONE}is stale on 28.5", stale]
    project.entry.evidence_file.unlink()
    assert stale_cells(project.root) == ["faults/line: no evidence at all"]
    project.record("28.5", "two")
    project.record("28.5", "one", engine=engine_record("forky", "28.5.1", "2099-01-01"))
    message = "faults/line: 28.5 was recorded on 2099-01-01, which is to come"
    assert stale_cells(project.root) == [message]


def test_claim_that_applies_nowhere_proves_nothing(project: Project):
    project.record("28.5", "one", state=Verdict.NOT_APPLICABLE, reason="later")
    assert stale_cells(project.root) == [f"{ONE}applies to no engine: it proves nothing"]
    project.record("20.10", "one")
    project.record("20.10", "two")
    assert stale_cells(project.root) == []


@pytest.mark.parametrize(
    ("lab", "difference"),
    [
        (None, None),
        (LAB, None),
        (replace(LAB, engines={"forky": "28.5.3"}), "recorded on 28.5.1, the lab has 28.5.3,"),
        (replace(LAB, engines={}), "was recorded on 28.5.1, the lab has None,"),
        (replace(LAB, base="a2"), "was recorded on other base images"),
    ],
)
def test_another_engine_or_base_is_to_record(project: Project, lab, difference):
    said = lab_difference(project.evidence().cell("one", "28.5"), "forky", lab)
    assert said is None if difference is None else difference in said
    assert bool(stale_cells(project.root, lab)) is bool(difference)
    assert lab_difference(None, "forky", lab) is None


def test_claim_that_holds_nowhere_else_is_fresh(project: Project):
    bound = '@pytest.mark.holds(since="99.0")\ndef test_two'
    project.edit("tests/faults/test_line.py", "def test_two", bound)
    project.record("28.5", "two", state=Verdict.DOES_NOT_HOLD)
    assert stale_cells(project.root) == []
