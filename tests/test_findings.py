"""What a run found: what is counted, what is written, and what is said at its end."""

import msgspec
import pytest

from faq.errors import LabError
from faq.run import findings
from faq.run.findings import Findings
from faq.run.record import Result
from tests.planted import Project

pytest_plugins = ["tests.planted_fixtures"]
ITEM = "tests/faults/test_line.py::test_one[28.5]"


@pytest.fixture
def result(project: Project) -> str:
    """What a worker hands over of a proven cell."""
    evidence = project.evidence()
    cell, engine = evidence.cell("one", "28.5"), evidence.engines["28.5"]
    return msgspec.json.encode(Result("faults/line", "one", "28.5", cell, engine)).decode()


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch) -> list[Result]:
    """What was written into the evidence; the verdict of the first is another one than before."""
    written: list[Result] = []
    monkeypatch.setattr(findings, "recorded_at_start", lambda: {"28.5": "forky"})
    monkeypatch.setattr(
        findings, "record_result", lambda result: written.append(result) or len(written) == 1
    )
    return written


def told(record: str | None, *properties: dict[str, str]) -> Findings:
    """What a run makes of the last reports of its claims."""
    run = Findings(record)
    for number, given in enumerate(properties):
        item = f"{ITEM}{number}"
        listed = list(given.items())
        report = pytest.TestReport(
            item, ("", 0, ""), {}, "passed", None, "teardown", (), 0, 0, 0, listed
        )
        run.pytest_runtest_logreport(report)
        assert "result" not in dict(report.user_properties)  # it does not get into JUnit's report
    return run


def test_tests_of_the_code_do_not_count():
    run = told("all", {"other": "property"})
    assert (run.states, run.summary()) == ({}, [findings.NOTHING_TO_RECORD])
    assert told(None).summary() == []


def test_proven_cells_are_written_with_record(result: str, written: list[Result]):
    cell = {"state": "holds", "column": "28.5", "result": result}
    run = told("stale", cell, cell, {"state": "error", "column": "28.5"})
    assert [one.column for one in written] == ["28.5", "28.5"]
    assert run.is_wrong
    assert run.summary() == [
        "!!! 1 VERDICTS CHANGED: make report BASE=HEAD shows them",
        "2 of 3 claims × engines verified, 2 recorded",
    ]


def test_nothing_is_written_without_record(result: str, written: list[Result]):
    run = told(None, {"state": "holds", "column": "28.5", "result": result})
    assert (written, run.notes, run.is_wrong) == ([], set(), False)
    assert run.summary() == ["1 of 1 claims × engines verified"]


def test_changed_cell_is_not_written(result: str, written: list[Result]):
    run = told("all", {"state": "changed", "column": "28.5", "result": result})
    assert (written, run.is_wrong) == ([], True)
    assert run.summary() == ["0 of 1 claims × engines verified, 0 recorded"]


@pytest.mark.parametrize("record", [None, "stale"])
def test_flaky_claim_is_said_and_not_written(result: str, written: list[Result], record):
    cell = {"state": "holds", "column": "28.5", "result": result, "flaky": "assert 1"}
    run = told(record, cell)
    said = f"{ITEM}0 is flaky, it said otherwise at first: assert 1"
    assert run.notes == {f"not recorded: {said}" if record else said}
    assert (written, run.is_wrong) == ([], bool(record))


def test_column_without_evidence_is_said(result: str, written, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(findings, "recorded_at_start", dict)
    run = told(None, {"state": "holds", "column": "28.5", "result": result})
    assert run.notes == {"28.5 has no evidence yet: make record"}


def test_what_cannot_be_written_is_said(result: str, monkeypatch: pytest.MonkeyPatch):
    def refuse(result: Result) -> bool:
        raise LabError(f"{result.entry}: Read-only file system")

    monkeypatch.setattr(findings, "record_result", refuse)
    run = told("stale", {"state": "holds", "column": "28.5", "result": result})
    assert run.notes == {"not recorded: faults/line: Read-only file system"}
    assert run.is_wrong


def test_differing_claim_on_a_new_column_is_no_failure():
    assert not told(None, {"state": "differs", "column": "30.1"}).is_wrong
