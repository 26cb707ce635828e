"""Asks a claim of its engine, a second time where it came out otherwise than it says."""

from collections.abc import Iterator

import msgspec
import pytest
from _pytest.runner import CallInfo, runtestprotocol

from faq.errors import LabError
from faq.evidence import store
from faq.evidence.model import WRONG, State
from faq.run.collection import COLLECTED, Collected
from faq.run.perturbations import script_of
from faq.run.record import differences_from_evidence, is_comparable, result_of
from faq.run.replay import Sibling, prove
from faq.run.verdict import ASKED, Asked, Outcome, crash_message, fail, judge

OTHERS = 3
"""How many answers to other claims each answer is exchanged with."""


def ask(item: pytest.Function, nextitem: pytest.Item | None) -> list[pytest.TestReport]:
    """The reports of a claim, the last one with the state, column and result of its cell.

    What comes out otherwise is asked once more, as only what an engine says twice is news:
    engines lose a race now and then (`docker run` without its output, moby issue 27289; a layer
    collected while it is unpacked, buildkit issue 6521), about once in a thousand claims.
    """
    properties = list(item.user_properties)
    reports, state = ask_once(item)
    if state in WRONG:
        first = next(crash_message(report) for report in reports if report.failed)
        item.user_properties[:] = properties
        reports, state = ask_once(item)
        if state not in WRONG:
            reports[-1].user_properties.append(("flaky", " ".join(first.split())[:300]))
    return [*reports, *end(item, nextitem)]


def end(item: pytest.Function, nextitem: pytest.Item | None) -> Iterator[pytest.TestReport]:
    """Tear down what the next test does not share; a report where that fails."""
    teardown = item.session._setupstate.teardown_exact  # noqa: SLF001 # a claim is asked twice
    ended = CallInfo.from_call(lambda: teardown(nextitem), when="teardown")
    if ended.excinfo:
        yield item.ihook.pytest_runtest_makereport(item=item, call=ended)


def ask_once(item: pytest.Function) -> tuple[list[pytest.TestReport], State]:
    """The reports of one run of a claim, and the state that it came to."""
    asked = item.stash[ASKED] = Asked()
    collected = item.stash[COLLECTED]
    reports = runtestprotocol(item, nextitem=Sibling.of(item), log=False)
    recording = item.config.getoption("--record")
    last, column = reports[-1], collected.column
    try:
        outcome = judge(reports, asked, collected, strict=bool(recording))
        holds = outcome.state is State.HOLDS
        if holds and (refusal := refused(item, asked, collected)):
            outcome = Outcome(State.ERROR)
            fail(last, f"{item.name}: {refusal}")
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
    if asked.replay:
        idle = " ".join(map(str, sorted(asked.idle_asserts)))
        last.user_properties.append(("idle asserts", idle))
    return reports, outcome.state


def refused(item: pytest.Function, asked: Asked, collected: Collected) -> str | None:
    """Why a claim that holds proves nothing, or a value of it does not; None: it is well."""
    proof = prove(item, asked, recorded_answers(collected))
    item.stash[ASKED] = asked
    if proof is None:
        return "it comes out otherwise when the engine says the same again: it rests on more"
    asked.replay, asked.idle_asserts = proof.replay, proof.idle
    if not proof.replay.caught:
        return (
            "nothing that the engine says can make this fail: "
            "assert what it answered against a value of your own"
        )
    shown = collected.claim.shown
    if unproven := sorted(proof.unproven - shown):
        keys = ", ".join(map(repr, unproven))
        return f"no assert fails when {keys} is another: assert it, or mark it as shown({keys})"
    return None


def recorded_answers(collected: Collected) -> dict[str, list[str]]:
    """What scripts have printed for other claims of the entry on this column, the first few."""
    answers: dict[str, list[str]] = {}
    for name, record in sorted(store.read(collected.entry).claims.items()):
        cell = record.cells.get(collected.column)
        if cell and name != collected.claim.name:
            for output in cell.output:
                answers.setdefault(script_of(output.command), []).append(output.text)
    return {script: list(dict.fromkeys(texts))[:OTHERS] for script, texts in answers.items()}


def mismatch(item: pytest.Function, asked: Asked, lines: list[str]) -> str:
    """What to tell of a claim that says otherwise than the published evidence."""
    entry = item.stash[COLLECTED].entry
    listing = "\n  ".join(lines)
    return (
        f"{item.name}: {asked.engine} says otherwise than the published evidence:\n  {listing}\n"
        "mend the claim, or record it again: "
        f'make record ARGS="--record=all {entry.relative(entry.claims_file)}"'
    )
