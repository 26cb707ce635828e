"""Of each claim that came out otherwise: what was expected, what the engines said, what is next."""

from faq import ROOT, columns
from faq.entries import entry_of
from faq.evidence.model import State
from faq.evidence.store import by_column
from faq.run.findings import Findings


def failure_summary(findings: Findings) -> list[str]:
    """Two lines for each claim with a wrong cell."""
    claims: dict[str, dict[str, State]] = {}
    for nodeid, state in findings.states.items():
        states = claims.setdefault(nodeid.partition("[")[0], {})
        states[findings.columns[nodeid]] = state
    wrong = {test: states for test, states in claims.items() if any_wrong(states)}
    return [explain_failure(test, states) for test, states in wrong.items()]


def any_wrong(states: dict[str, State]) -> bool:
    """Whether a run fails for one of the states."""
    return any(state.is_wrong for state in states.values())


def explain_failure(test: str, states: dict[str, State]) -> str:
    """What was expected of a claim, by its test's id, and what its columns came to."""
    path, _, function = test.partition("::")
    entry = entry_of(ROOT / path)
    claim = entry.claims[function.removeprefix("test_")]
    known = by_column({name: state for name, state in states.items() if columns.is_column(name)})
    states = known | states  # workers report in any order; the engines that did not say last
    expected = {}
    for column in known:
        expected[column] = "holds" if claim.holds_on(column) else "does not hold"
    first = next(column for column, state in states.items() if state.is_wrong)
    said = {column: str(state) for column, state in states.items()}
    return (
        f"{path}:{claim.line}: {claim.name}: expected: {columns.verdicts(expected)}; "
        f"the engines: {columns.verdicts(said)}\n"
        f"  next: make lab-shell ENGINE={first}, make prove ENTRY={entry} CLAIM={claim.name}"
    )
