"""Judges a claim by its reports and by the range that it states."""

from dataclasses import dataclass, field
from typing import Any

import pytest

from faq.evidence.model import Output, State
from faq.evidence.sanitize import clean_text
from faq.lab.engine import Engine
from faq.run.collection import Collected, recorded_at_start


@dataclass
class Asked:
    """What a claim found out, while it runs."""

    engine: Engine | None = None
    """The engine, once it has answered."""
    measured: dict[str, Any] = field(default_factory=dict)
    outputs: list[Output] = field(default_factory=list)
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
    """The outcome of a claim; its reports are changed so that pytest tells what it means.

    Args:
        reports: of its setup, its call where it came to one, and its teardown.
        asked: what it found out.
        collected: what it was to ask.
        strict: whether its range counts on a column that has no evidence yet, too.

    """
    setup, *calls, teardown = reports
    last = calls[0] if calls else setup
    if asked.engine is None:
        fail(teardown, "it asked no engine of the lab")
    if last.skipped and hasattr(last, "wasxfail"):
        fail(last, "only its range may say that a claim is to fail")
    if last.passed and not asked.has_asserted:
        fail(last, f"{collected.claim.name}: no assert of it was reached")
    if last.skipped:
        outcome = Outcome(State.NOT_APPLICABLE, reason_of(last))
    elif asked.engine is None or (last.failed and not asked.failed_by_assertion):
        outcome = Outcome(State.ERROR)
    else:
        is_new = asked.engine.line not in recorded_at_start() and not strict
        outcome = Outcome(judge_assertions(last, collected, asked.engine.line, is_new=is_new))
    if teardown.failed and not outcome.state.is_wrong:
        return Outcome(State.ERROR)
    return outcome


def judge_assertions(
    report: pytest.TestReport, collected: Collected, column: str, *, is_new: bool
) -> State:
    """The state of a claim whose assertions passed, or one of them failed.

    Outside its `holds` range, and nowhere else, one must fail. On a new column, what comes out
    otherwise is news, not a broken promise.
    """
    expected = State.HOLDS if collected.claim.holds_on(column) else State.DOES_NOT_HOLD
    actual = State.HOLDS if report.passed else State.DOES_NOT_HOLD
    if actual != expected and not is_new:
        fail(report, f"[XPASS(strict)] says it does not hold on {column}")
        return State.CHANGED
    if report.failed:
        report.outcome = "skipped"  # as pytest reports an expected failure
        report.wasxfail = f"does not hold on {column}"
    return actual if actual == expected else State.DIFFERS


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
