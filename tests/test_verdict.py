"""A claim's outcome: by what its reports say, by the range that it states, and by nothing else."""

from itertools import zip_longest
from pathlib import Path
from types import SimpleNamespace

import pytest

from faq.claims import read_claims
from faq.entries import Entry
from faq.evidence.model import State
from faq.run import verdict
from faq.run.collection import Collected
from faq.run.verdict import Asked, Outcome, crash_message, judge
from tests.planted import CLAIM

BY_ASSERTION = {"failed_by_assertion": True}
BEYOND = f'@pytest.mark.holds(since="99.0")\n{CLAIM}'
SKIPPED = ("test_line.py", 1, "Skipped: no \x1b[31mwings")


@pytest.fixture(autouse=True)
def _recorded(monkeypatch) -> None:
    monkeypatch.setattr(verdict, "recorded_at_start", lambda: {"28.5": "forky"})


def report(when: str, outcome: str = "passed", longrepr: object = None) -> pytest.TestReport:
    return pytest.TestReport("", ("", 0, ""), {}, outcome, longrepr, when)


def judged(reports, text=CLAIM, column="28.5", *, strict=False, **changes: object) -> Outcome:
    """The outcome of a claim that has asserted something, or what else `changes` says."""
    found_out = {"engine": SimpleNamespace(line=column), "has_asserted": True} | changes
    claim = read_claims(f"import pytest\n{text}", "test_line.py")["x"]
    cell = Collected(Entry(Path(), "faults", "line"), claim, "forky", "28.5")
    return judge(reports, Asked(**found_out), cell, strict=strict)


RECORDED, NEW, NEW_STRICT = ("28.5", False), ("30.1", False), ("30.1", True)


# Where the claim says that it holds, the column and whether the run records; what it comes to when
# it passes, fails by an assertion, and crashes.
@pytest.mark.parametrize(
    ("text", "where", "states"),
    [
        (CLAIM, RECORDED, ("holds", "changed", "error")),
        (BEYOND, RECORDED, ("changed", "does not hold", "error")),
        (CLAIM, NEW, ("holds", "differs", "error")),
        (BEYOND, NEW, ("differs", "does not hold", "error")),
        (CLAIM, NEW_STRICT, ("holds", "changed", "error")),
        (BEYOND, NEW_STRICT, ("changed", "does not hold", "error")),
        (BEYOND, ("99.1", True), ("holds", "changed", "error")),
    ],
)
@pytest.mark.parametrize("at", range(3))
def test_outcome_is_by_assertion_and_range(text, where, states, at):
    column, strict = where
    outcome = "failed" if at else "passed"
    reports = [report("setup"), report("call", outcome, "assert"), report("teardown")]
    result = judged(reports, text, column, strict=strict, failed_by_assertion=at == 1)
    assert str(result.state) == states[at]
    told = {"holds": "passed", "differs": "skipped" if at else "passed", "does not hold": "skipped"}
    assert reports[1].outcome == told.get(states[at], "failed")
    assert hasattr(reports[1], "wasxfail") is (reports[1].outcome == "skipped")
    if (at, states[at]) == (0, "changed"):
        assert reports[1].longrepr == f"[XPASS(strict)] says it does not hold on {column}"


@pytest.mark.parametrize("setup", ["skipped", "passed"])
def test_skipped_claim_does_not_apply(setup):
    skipped = report("call" if setup == "passed" else "setup", "skipped", SKIPPED)
    reports = [report("setup")] * (setup == "passed") + [skipped, report("teardown")]
    result = judged(reports, has_asserted=False, strict=True)
    assert result == Outcome(State.NOT_APPLICABLE, "no wings")
    assert not any(one.failed for one in reports)


def test_claim_that_expects_to_fail_is_an_error():
    call = report("call", "skipped", SKIPPED)
    call.wasxfail = "28.5 is new here"
    assert judged([report("setup"), call, report("teardown")]) == Outcome(State.ERROR)
    assert call.longrepr == "only its range may say that a claim is to fail"
    assert (call.outcome, hasattr(call, "wasxfail")) == ("failed", False)  # JUnit's too


# How each part of a claim came out, what it found out; its state, and which part says why.
@pytest.mark.parametrize(
    ("outcomes", "changes", "state", "place", "message"),
    [
        (("passed", "passed"), {"has_asserted": False}, State.ERROR, 1, "x: no assert of it was"),
        (("failed",), {}, State.ERROR, 0, "of setup"),
        (("passed", "passed"), {"engine": None}, State.ERROR, 2, "it asked no engine of the lab"),
        (("passed", "skipped"), {"engine": None}, State.ERROR, 2, "it asked no engine of the lab"),
        (("passed", "passed", "failed"), {}, State.ERROR, 2, "of teardown"),
        (("passed", "failed", "failed"), BY_ASSERTION, State.CHANGED, 2, "of teardown"),
        (("passed", "failed", "failed"), {}, State.ERROR, 2, "of teardown"),
    ],
)
def test_what_is_no_proof_is_an_error(outcomes, changes, state, place, message):
    parts = ("setup", "teardown") if len(outcomes) == 1 else ("setup", "call", "teardown")
    reports = []
    for when, outcome in zip_longest(parts, outcomes, fillvalue="passed"):
        reports.append(report(when, outcome, SKIPPED if outcome == "skipped" else f"of {when}"))
    assert judged(reports, **changes) == Outcome(state)
    assert reports[place].longrepr.startswith(message)


def test_crash_is_told_by_its_message():
    crash = SimpleNamespace(reprcrash=SimpleNamespace(message="EngineError: it hung"))
    assert crash_message(report("call", "failed", crash)) == "EngineError: it hung"
    assert crash_message(report("call", "failed", "plain words")) == "plain words"
