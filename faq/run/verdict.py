"""Judges a claim by its reports and by the range that it states."""

from dataclasses import dataclass, field

import pytest

from faq.errors import applying
from faq.evidence.model import WRONG, Measured, Output, Replay, State
from faq.evidence.sanitize import clean_text
from faq.lab.engine import Engine
from faq.lab.result import Answer
from faq.run.collection import Collected, recorded_at_start


@dataclass
class Asked:
    """What a claim found out, while it runs."""

    engine: Engine | None = None
    """The engine, once it has answered."""
    tape: list[Answer] = field(default_factory=list)
    """What it was asked, and what it answered."""
    replayed: Engine | None = None
    """What answers in its place when the claim is replayed."""
    measured: Measured = field(default_factory=dict)
    outputs: list[Output] = field(default_factory=list)
    replay: Replay | None = None
    """What its replays noticed, where it holds."""
    idle_asserts: set[int] = field(default_factory=set)
    """The lines of asserts without which its replays notice as much."""
    has_asserted: bool = False
    failed_by_assertion: bool = False


ASKED = pytest.StashKey[Asked]()


@dataclass(frozen=True)
class Outcome:
    """What a claim came to on one engine."""

    state: State
    reason: str | None = None
    """Why the claim does not apply."""


def judge(
    reports: list[pytest.TestReport], asked: Asked, collected: Collected, *, strict: bool
) -> Outcome:
    """The outcome of a claim; its reports are rewritten: pytest shows an expected failure as xfail.

    Args:
        reports: of its setup, its call where it came to one, and its teardown.
        asked: what it found out.
        collected: what it was to ask.
        strict: whether a result outside its range is a failure even on a column without evidence.

    """
    last, teardown = reports[-2:]
    if asked.engine is None:
        fail(teardown, "it asked no engine of the lab")
        return Outcome(State.ERROR)
    is_empty = last.passed and not asked.has_asserted
    refusals = {
        "only its range may say that a claim is to fail": hasattr(last, "wasxfail"),
        f"{collected.claim.name}: no assert of it was reached": is_empty,
    }
    for refusal in applying(refusals):
        fail(last, refusal)
    outcome = Outcome(State.ERROR)
    if last.skipped:
        outcome = Outcome(State.NOT_APPLICABLE, reason_of(last))
    elif last.passed or asked.failed_by_assertion:
        is_known = strict or asked.engine.line in recorded_at_start()
        outcome = Outcome(judge_assertions(last, collected, asked.engine.line, is_known=is_known))
    if teardown.failed and outcome.state not in WRONG:
        return Outcome(State.ERROR)
    return outcome


def judge_assertions(
    report: pytest.TestReport, collected: Collected, column: str, *, is_known: bool
) -> State:
    """The state of a claim whose assertions passed, or one of them failed.

    Outside its `holds` range, and nowhere else, one must fail. On a new column, what comes out
    otherwise is news, not a broken promise.
    """
    actual = State.HOLDS if report.passed else State.DOES_NOT_HOLD
    is_expected = actual == collected.claim.expected_on(column)
    if is_known and not is_expected:
        fail(report, f"[XPASS(strict)] says it does not hold on {column}")
        return State.CHANGED
    if report.failed:
        report.outcome = "skipped"  # as pytest reports an expected failure
        report.wasxfail = f"does not hold on {column}"
    return actual if is_expected else State.DIFFERS


def fail(report: pytest.TestReport, message: str) -> None:
    """Let a report fail, unless it has failed for a reason of its own."""
    if not report.failed:
        report.outcome = "failed"
        report.longrepr = message
        vars(report).pop("wasxfail", None)


def reason_of(report: pytest.TestReport) -> str:
    """Why a claim says that it does not apply."""
    assert isinstance(report.longrepr, tuple)  # noqa: S101 # so pytest reports a skip
    return clean_text(report.longrepr[2].removeprefix("Skipped: "))


def crash_message(report: pytest.TestReport) -> str:
    """What a report says went wrong, first line first."""
    crash = getattr(report.longrepr, "reprcrash", None)
    return str(crash.message if crash else report.longrepr)
