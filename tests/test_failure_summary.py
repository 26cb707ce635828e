"""A failed claim is told with what was expected, what the engines said, and what is next."""

import pytest

from faq.entries import entry_named
from faq.evidence.model import State
from faq.run.failure_summary import failure_summary
from faq.run.findings import Findings
from tests.recorded import Run

pytest_plugins = ["tests.planted_fixtures"]
TEST = "tests/build/test_heredoc.py::test_heredoc_is_one_layer"
PLACE = entry_named("build/heredoc").claims["heredoc_is_one_layer"].line
COLUMNS = ["20.10", "28.5-containerd", "28.5", "26.1", "podman-5.4"]  # as workers report them


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (dict.fromkeys(COLUMNS, State.CHANGED), "changed on 20.10 – 28.5, podman-5.4"),
        (
            {"28.5": State.ERROR},
            "holds on 20.10 – 26.1, 28.5-containerd, podman-5.4; error on 28.5",
        ),
    ],
)
def test_columns_are_named_in_their_order(wrong, said):
    findings = Findings(None)
    for column in COLUMNS:
        findings.states[f"{TEST}[{column}]"] = wrong.get(column, State.HOLDS)
        findings.columns[f"{TEST}[{column}]"] = column
    findings.states["tests/build/test_layers.py::test_well[28.5]"] = State.DIFFERS
    findings.columns["tests/build/test_layers.py::test_well[28.5]"] = "28.5"
    first = next(column for column in ["20.10", "28.5"] if column in wrong)
    told = (
        f"tests/build/test_heredoc.py:{PLACE}: heredoc_is_one_layer: expected: does not hold on "
        f"20.10; holds on 26.1 – 28.5, podman-5.4; the engines: {said}\n"
        f"  next: make lab-shell ENGINE={first}, make prove ENTRY=build/heredoc "
        "CLAIM=heredoc_is_one_layer"
    )
    assert failure_summary(findings) == [told]


def test_engine_that_did_not_say_which_it_is_comes_last():
    findings = Findings(None)
    for column, state in (("sid", State.ERROR), ("28.5", State.HOLDS)):
        findings.states[f"{TEST}[{column}]"] = state
        findings.columns[f"{TEST}[{column}]"] = column
    (told,) = failure_summary(findings)
    assert "expected: holds on 28.5; the engines: holds on 28.5; error on sid\n" in told


def test_run_tells_what_was_expected_and_what_is_next(recorded: Run, line: str):
    place = "tests/faults/test_wrong.py:6: false: expected: "
    assert f"{place}holds on {line}; the engines: changed on {line}\n" in recorded.stdout
    assert "make prove ENTRY=faults/wrong CLAIM=false" in recorded.stdout
    assert "two: expected" not in recorded.stdout
