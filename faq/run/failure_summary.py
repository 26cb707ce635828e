"""Of each claim that came out otherwise: what was expected, what the engines said, what is next."""

from collections import defaultdict

from faq import ROOT, columns
from faq.entries import entry_of
from faq.evidence.model import WRONG, State
from faq.evidence.store import by_column
from faq.run.findings import Findings


def failure_summary(findings: Findings) -> list[str]:
    """Two lines for each claim with a wrong cell."""
    claims: dict[str, dict[str, State]] = defaultdict(dict)
    for nodeid, state in findings.states.items():
        claims[nodeid.partition("[")[0]][findings.columns[nodeid]] = state
    wrong = (test for test, states in claims.items() if not WRONG.isdisjoint(states.values()))
    return [explain_failure(test, claims[test]) for test in wrong]


def explain_failure(test: str, states: dict[str, State]) -> str:
    """What was expected of a claim, by its test's id, and what its columns came to."""
    path, _, function = test.partition("::")
    entry = entry_of(ROOT / path)
    claim = entry.claims[function.removeprefix("test_")]
    known = by_column({name: states[name] for name in filter(columns.is_column, states)})
    states = known | states  # workers report in any order; the engines that did not say last
    expected = {column: claim.expected_on(column) for column in known}
    first = next(column for column, state in states.items() if state in WRONG)
    return (
        f"{path}:{claim.line}: {claim.name}: expected: {columns.verdicts(expected)}; "
        f"the engines: {columns.verdicts(states)}\n"
        f"  next: make lab-shell ENGINE={first}, make prove ENTRY={entry} CLAIM={claim.name}"
    )
