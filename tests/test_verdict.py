"""A claim's outcome: by what its reports say, by the range that it states, and by nothing else."""

from types import SimpleNamespace

import pytest

from faq.claims import read_claims
from faq.entries import Entry
from faq.evidence.model import State
from faq.run import verdict
from faq.run.collection import Collected
from faq.run.verdict import Asked, Outcome, crash_message, judge
from tests.planted import CLAIM

BEYOND = f'@pytest.mark.holds(since="99.0")\n{CLAIM}'
SKIPPED = ("test_line.py", 1, "Skipped: no \x1b[31mwings")
PASSED, FAILED, CRASHED = ("passed", False), ("failed", True), ("failed", False)


@pytest.fixture(autouse=True)
def _recorded(monkeypatch: pytest.MonkeyPatch) -> None:
    """One column has evidence."""
    monkeypatch.setattr(verdict, "recorded_at_start", lambda: {"28.5": "forky"})


def report(when: str, outcome: str = "passed", longrepr: object = None) -> pytest.TestReport:
    """A report of pytest's."""
    nodeid = "tests/faults/test_line.py::test_x[28.5]"
    return pytest.TestReport(nodeid, ("", 0, ""), {}, outcome, longrepr, when)


def collected(tmp_path, text: str = CLAIM) -> Collected:
    """The claim of a text, on an engine of the lab."""
    claim = read_claims(f"import pytest\n{text}", "test_line.py")["x"]
    return Collected(Entry(tmp_path, "faults", "line"), claim, "forky", "28.5")


def asked(column: str = "28.5", **changes: object) -> Asked:
    """What a claim found out that has asserted something."""
    return Asked(**{"engine": SimpleNamespace(line=column), "has_asserted": True} | changes)


RECORDED, NEW, NEW_STRICT = ("28.5", False), ("30.1", False), ("30.1", True)


# Where the claim says that it holds, the column and whether the run records, and what it came to.
@pytest.mark.parametrize(
    ("text", "where", "call", "expected"),
    [
        (CLAIM, RECORDED, PASSED, (State.HOLDS, "passed")),
        (CLAIM, RECORDED, FAILED, (State.CHANGED, "failed")),
        (CLAIM, RECORDED, CRASHED, (State.ERROR, "failed")),
        (BEYOND, RECORDED, PASSED, (State.CHANGED, "failed")),
        (BEYOND, RECORDED, FAILED, (State.DOES_NOT_HOLD, "skipped")),
        (BEYOND, RECORDED, CRASHED, (State.ERROR, "failed")),
        (CLAIM, NEW, PASSED, (State.HOLDS, "passed")),
        (CLAIM, NEW, FAILED, (State.DIFFERS, "skipped")),
        (CLAIM, NEW, CRASHED, (State.ERROR, "failed")),
        (BEYOND, NEW, PASSED, (State.DIFFERS, "passed")),
        (BEYOND, NEW, FAILED, (State.DOES_NOT_HOLD, "skipped")),
        (BEYOND, NEW, CRASHED, (State.ERROR, "failed")),
        (CLAIM, NEW_STRICT, FAILED, (State.CHANGED, "failed")),
        (BEYOND, NEW_STRICT, PASSED, (State.CHANGED, "failed")),
        (BEYOND, NEW_STRICT, CRASHED, (State.ERROR, "failed")),
        (BEYOND, ("99.1", True), PASSED, (State.HOLDS, "passed")),
    ],
)
def test_outcome_is_by_assertion_and_range(tmp_path, text, where, call, expected):
    (column, strict), (outcome, by_assertion), (state, told) = where, call, expected
    found_out = asked(column, failed_by_assertion=by_assertion)
    reports = [report("setup"), report("call", outcome, "assert"), report("teardown")]
    result = judge(reports, found_out, collected(tmp_path, text), strict=strict)
    assert result == Outcome(state)
    assert reports[1].outcome == told
    assert hasattr(reports[1], "wasxfail") is (told == "skipped")
    if call == PASSED and told == "failed":
        assert reports[1].longrepr == f"[XPASS(strict)] says it does not hold on {column}"


@pytest.mark.parametrize("skipped", ["setup", "call"])
def test_skipped_claim_does_not_apply(tmp_path, skipped):
    reports = [report("setup"), report("call", "skipped", SKIPPED), report("teardown")]
    if skipped == "setup":
        reports = [report("setup", "skipped", SKIPPED), report("teardown")]
    result = judge(reports, asked(has_asserted=False), collected(tmp_path), strict=True)
    assert result == Outcome(State.NOT_APPLICABLE, "no wings")
    assert [one.failed for one in reports] == [False] * len(reports)


def test_claim_that_expects_to_fail_is_an_error(tmp_path):
    call = report("call", "skipped", SKIPPED)
    call.wasxfail = "28.5 is new here"
    reports = [report("setup"), call, report("teardown")]
    assert judge(reports, asked(), collected(tmp_path), strict=False) == Outcome(State.ERROR)
    assert call.longrepr == "only its range may say that a claim is to fail"
    assert (call.outcome, hasattr(call, "wasxfail")) == ("failed", False)  # JUnit's too


def test_claim_without_an_assert_that_was_reached_is_an_error(tmp_path):
    reports = [report("setup"), report("call"), report("teardown")]
    found_out = asked(has_asserted=False)
    assert judge(reports, found_out, collected(tmp_path), strict=False) == Outcome(State.ERROR)
    assert reports[1].longrepr == "x: no assert of it was reached"


def test_failed_setup_is_an_error(tmp_path):
    reports = [report("setup", "failed", "no such fixture"), report("teardown")]
    assert judge(reports, asked(), collected(tmp_path), strict=False) == Outcome(State.ERROR)
    assert reports[0].longrepr == "no such fixture"


@pytest.mark.parametrize("outcome", ["passed", "skipped"])
def test_claim_that_asked_no_engine_is_an_error(tmp_path, outcome):
    reports = [report("setup"), report("call", outcome, SKIPPED), report("teardown")]
    result = judge(reports, asked(engine=None), collected(tmp_path), strict=False)
    assert result == Outcome(State.ERROR)
    assert reports[2].longrepr == "it asked no engine of the lab"


@pytest.mark.parametrize(
    ("call", "state"), [(PASSED, State.ERROR), (FAILED, State.CHANGED), (CRASHED, State.ERROR)]
)
def test_failed_teardown_is_an_error_where_all_was_well(tmp_path, call, state):
    outcome, by_assertion = call
    found_out = asked(failed_by_assertion=by_assertion)
    reports = [report("setup"), report("call", outcome, "a"), report("teardown", "failed", "leaks")]
    assert judge(reports, found_out, collected(tmp_path), strict=False) == Outcome(state)
    assert reports[2].longrepr == "leaks"


def test_crash_is_told_by_its_message():
    crash = SimpleNamespace(reprcrash=SimpleNamespace(message="EngineError: it hung"))
    assert crash_message(report("call", "failed", crash)) == "EngineError: it hung"
    assert crash_message(report("call", "failed", "plain words")) == "plain words"
