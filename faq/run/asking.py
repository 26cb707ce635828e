"""Asks a claim of its engine, a second time where it came out otherwise than it says."""

import msgspec
import pytest
from _pytest.runner import runtestprotocol

from faq.errors import LabError
from faq.evidence.model import WRONG, State
from faq.run.collection import COLLECTED
from faq.run.record import differences_from_evidence, is_comparable, result_of
from faq.run.verdict import ASKED, Asked, Outcome, crash_message, fail, judge


def ask(item: pytest.Item, nextitem: pytest.Item | None) -> list[pytest.TestReport]:
    """The reports of a claim, the last one with the state, column and result of its cell.

    What comes out otherwise is asked once more, as only what an engine says twice is news:
    engines lose a race now and then (`docker run` without its output, moby issue 27289; a layer
    collected while it is unpacked, buildkit issue 6521), about once in a thousand claims.
    """
    properties = list(item.user_properties)
    reports, state = ask_once(item, nextitem)
    if state not in WRONG:
        return reports
    first = next(crash_message(report) for report in reports if report.failed)
    item.user_properties[:] = properties
    reports, state = ask_once(item, nextitem)
    if state not in WRONG:
        reports[-1].user_properties.append(("flaky", " ".join(first.split())[:300]))
    return reports


def ask_once(
    item: pytest.Item, nextitem: pytest.Item | None
) -> tuple[list[pytest.TestReport], State]:
    """The reports of one run of a claim, and the state that it came to."""
    asked = item.stash[ASKED] = Asked()
    collected = item.stash[COLLECTED]
    reports = runtestprotocol(item, nextitem=nextitem, log=False)
    recording = item.config.getoption("--record")
    last, column = reports[-1], collected.column
    try:
        outcome = judge(reports, asked, collected, strict=bool(recording))
        column = asked.engine.line if asked.engine else column
        result = result_of(asked, outcome, collected)
        if result and not is_comparable(result, collected):
            last.user_properties.append(("not compared", str(outcome.reason)))
        elif result:
            last.user_properties.append(("result", msgspec.json.encode(result).decode()))
            lines = [] if recording else differences_from_evidence(result, collected)
            if lines:
                outcome = Outcome(State.CHANGED)
                fail(last, mismatch(item, asked, lines))
    except LabError as error:  # the engine does not say which it is, or `measured` is no JSON
        outcome = Outcome(State.ERROR)
        fail(last, str(error))
    last.user_properties += [("column", column), ("state", str(outcome.state))]
    return reports, outcome.state


def mismatch(item: pytest.Item, asked: Asked, lines: list[str]) -> str:
    """What to tell of a claim that says otherwise than the published evidence."""
    entry = item.stash[COLLECTED].entry
    listing = "\n  ".join(lines)
    return (
        f"{item.name}: {asked.engine} says otherwise than the published evidence:\n  {listing}\n"
        "mend the claim, or record it again: "
        f'make record ARGS="--record=all {entry.relative(entry.claims_file)}"'
    )
