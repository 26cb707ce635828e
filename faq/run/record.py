"""The cell that a claim's result makes: compared with the evidence, or written into it."""

import msgspec

from faq.entries import entry_named
from faq.errors import LabError
from faq.evidence import store
from faq.evidence.comparison import cell_differences
from faq.evidence.freshness import today
from faq.evidence.model import Cell, EngineRecord, Verdict
from faq.evidence.sanitize import clean_measured, clean_output
from faq.lab import compose
from faq.run.collection import Collected, keys_of, recorded_at_start
from faq.run.verdict import Asked, Outcome


class Result(msgspec.Struct, frozen=True):
    """A cell with its place, as a worker hands it to the process that writes."""

    entry: str
    claim: str
    column: str
    cell: Cell
    engine: EngineRecord


def result_of(asked: Asked, outcome: Outcome, collected: Collected) -> Result | None:
    """The cell of a claim that came to a verdict; None where it did not.

    Raises:
        LabError: what it measured cannot be kept.

    """
    if asked.engine is None or str(outcome.state) not in list(Verdict):
        return None
    facts = compose.facts()
    cell = Cell(
        state=Verdict(outcome.state),
        reason=outcome.reason,
        key=collected.key,
        base=facts.base if facts else "",
        date=today(),
        version=asked.engine.info.version,
        measured=clean_measured(asked.measured),
        output=list(map(clean_output, asked.outputs)),
        replay=asked.replay,
        checksum="",
    )
    column = asked.engine.line
    return Result(str(collected.entry), collected.claim.name, column, cell, asked.engine.info)


def is_comparable(result: Result, collected: Collected) -> bool:
    """Whether the recorded verdict says something here: the host may decide that none applies."""
    recorded = store.read(collected.entry).cell(collected.claim.name, result.column)
    if recorded is None or collected.claim.host is None:
        return True
    states = {recorded.state, result.cell.state}
    return len(states) == 1 or Verdict.NOT_APPLICABLE not in states


def differences_from_evidence(result: Result, collected: Collected) -> list[str]:
    """What a result says otherwise than the fresh evidence of its column, a line each.

    The verdict, its reason, words, counts and commands must be the same; a fraction may differ
    twofold and by one. The engine may be one that is not the lab's: what counts is its column.
    """
    name = collected.claim.name
    recorded = store.read(collected.entry).cell(name, result.column)
    service = recorded_at_start().get(result.column, collected.service)
    if not recorded or recorded.key != keys_of(collected.entry)[service][name]:
        return []
    return cell_differences(recorded, result.cell)


def record_result(result: Result) -> bool:
    """Write a result into the evidence of its entry; whether its verdict has changed.

    Raises:
        LabError: it cannot be written.

    """
    entry = entry_named(result.entry)
    claim = entry.claims[result.claim]
    before = store.read(entry).cell(result.claim, result.column)
    try:
        store.record_cell(entry, claim, result.column, result.cell, result.engine)
    except OSError as error:
        raise LabError(f"{entry}: {error.strerror}") from None
    return before is not None and before.state != result.cell.state
