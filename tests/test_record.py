"""The cell that a result makes: compared with the evidence to the word, or written into it."""

import datetime as dt
from types import SimpleNamespace
from unittest.mock import Mock

import pytest
from msgspec.structs import replace

from faq.errors import LabError
from faq.evidence import keys
from faq.evidence.freshness import today
from faq.evidence.model import LabFacts, Output, State, Verdict
from faq.run import record
from faq.run.collection import MY_ENGINE, Collected
from faq.run.record import Result, differences_from_evidence, record_result, result_of
from faq.run.verdict import Asked, Outcome
from tests.planted import Project, engine_record

pytest_plugins = ["tests.planted_fixtures"]
SKIPPED = "the verdict was 'holds' and is 'not applicable'"
REASON = "its reason was None and is 'no wings'"
RAN = "it ran ['sh print.sh → 0'] when recorded and runs"
PRINTED = [Output("sh print.sh", 0, "one\n")]


@pytest.fixture
def collected(project: Project, monkeypatch) -> Collected:
    """The cell of a claim that is recorded on 28.5."""
    monkeypatch.setattr(record, "recorded_at_start", lambda: {"28.5": "forky"})
    monkeypatch.setattr(record.compose, "facts", lambda: LabFacts({"forky": "28.5.2"}, "a1 b2"))
    project.record("28.5", "one", measured={"lines": 1}, output=PRINTED)
    return Collected(project.entry, project.entry.claims["one"], "forky", "28.5")


def now(collected: Collected, column: str = "28.5", **changes: object) -> Result:
    """What a run finds now: what is recorded, but for these changes."""
    cell = replace(collected.cell, **changes)
    return Result("faults/line", "one", column, cell, engine_record("forky", "28.5.2"))


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({}, []),
        ({"date": dt.date(2027, 1, 1), "version": "28.5.9", "base": "c3"}, []),
        ({"state": Verdict.NOT_APPLICABLE, "reason": "no wings"}, [SKIPPED, REASON]),
        ({"measured": {"lines": True}}, ["'lines' was 1 when recorded and is True"]),
        ({"measured": {"lines": 1, "holes": None}}, ["'holes' was '–' when recorded and is None"]),
        ({"output": [Output("A=1 sh print.sh", 0, "one\n")]}, [f"{RAN} ['A=1 sh print.sh → 0']"]),
        ({"output": [Output("sh print.sh", 1, "one\n")]}, [f"{RAN} ['sh print.sh → 1']"]),
        ({"output": [Output("sh print.sh", 0, "other words\n")]}, []),
        ({"output": []}, [f"{RAN} []"]),
    ],
)
def test_run_tells_what_differs_from_fresh_evidence(collected: Collected, changes, told):
    lines = differences_from_evidence(now(collected, **changes), collected)
    assert [line.removesuffix(" now") for line in lines] == told


def test_evidence_of_the_column_counts_if_it_is_fresh(collected: Collected, project: Project):
    other = {"measured": {"lines": 2}}
    mine = Collected(collected.entry, collected.claim, MY_ENGINE, collected.column)
    assert len(differences_from_evidence(now(mine, **other), mine)) == 1
    assert differences_from_evidence(now(collected, "30.1", **other), collected) == []
    project.record("28.5", "one", key="another")
    assert differences_from_evidence(now(collected, **other), collected) == []


def asked() -> Asked:
    engine = SimpleNamespace(line="28.5", info=engine_record("forky", "28.5.2"))
    printed = Output("sh print.sh", 0, "\x1b[31mone")
    return Asked(engine, measured={"lines": 1.234}, outputs=[printed])


@pytest.mark.parametrize("state", [state for state in State if state not in list(Verdict)])
def test_what_is_no_verdict_makes_no_cell(collected: Collected, state):
    assert result_of(asked(), Outcome(state), collected) is None
    assert result_of(Asked(), Outcome(State.HOLDS), collected) is None


def test_verdict_makes_a_cell(collected: Collected):
    result = result_of(asked(), Outcome(State.NOT_APPLICABLE, "no wings"), collected)
    cell = result.cell
    assert (result.entry, result.claim, result.column) == ("faults/line", "one", "28.5")
    assert (cell.state, cell.reason) == (Verdict.NOT_APPLICABLE, "no wings")
    assert (cell.version, cell.base, cell.date) == ("28.5.2", "a1 b2", today())
    assert cell.key == keys.cell_keys(collected.entry, ["forky"])["forky"]["one"]
    assert (cell.measured, cell.output) == ({"lines": 1.23}, [Output("sh print.sh", 0, "one")])


def test_result_is_written_and_a_changed_verdict_is_told(collected, project, monkeypatch):
    monkeypatch.setattr(record, "entry_named", lambda _: project.entry)
    later = {"measured": {"lines": 2}, "date": dt.date(2026, 11, 9)}
    assert not record_result(now(collected, **later))
    assert project.evidence().cell("one", "28.5").measured == {"lines": 2}
    assert record_result(now(collected, state=Verdict.DOES_NOT_HOLD))
    assert not record_result(now(collected, "28.5-containerd"))
    refusal = Mock(side_effect=OSError(30, "Read-only file system"))
    monkeypatch.setattr(record.store, "write", refusal)
    with pytest.raises(LabError, match="faults/line: Read-only file system"):
        record_result(now(collected))
