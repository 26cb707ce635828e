"""What a run found: what is counted and written, and what is said at its end."""

import msgspec
import pytest

from faq.entries import entry_named
from faq.errors import LabError
from faq.evidence.model import State
from faq.run import findings
from faq.run.failure_summary import failure_summary
from faq.run.findings import NOTHING_TO_RECORD, Findings
from faq.run.record import Result
from tests.planted import Project
from tests.recorded import Run

pytest_plugins = ["tests.planted_fixtures"]
REPORT = (("", 0, ""), {}, "passed", None, "teardown", (), 0, 0, 0)  # of pytest's
ITEM = "tests/faults/test_line.py::test_one[28.5]"
TEST = "tests/build/test_heredoc.py::test_heredoc_is_one_layer"
WELL = "tests/build/test_layers.py::test_well"
PLACE = entry_named("build/heredoc").claims["heredoc_is_one_layer"].line
COLUMNS = ["20.10", "28.5-containerd", "28.5", "26.1", "podman-5.4"]  # as workers report them
HOLDS, ERROR = {"state": "holds", "column": "28.5"}, {"state": "error", "column": "28.5"}
CHANGED, DIFFERS = HOLDS | {"state": "changed"}, {"state": "differs", "column": "30.1"}
FLAKY, NEW = HOLDS | {"flaky": "assert 1"}, HOLDS | {"column": "30.1"}
IDLE = [HOLDS | {"idle asserts": "12 14"}, HOLDS | {"idle asserts": "9 14"}]
SAID = f"{ITEM}0 is flaky, it said otherwise at first: assert 1"
TWO = "2 of 3 claims × engines verified"
ONE = "1 of 1 claims × engines verified"
NONE = "0 of 1 claims × engines verified"
NEWS = "!!! 1 VERDICTS CHANGED: make report BASE=HEAD shows them"


@pytest.fixture
def written(monkeypatch) -> list[Result]:
    """What was written into the evidence; the verdict of the first is another one than before."""
    written: list[Result] = []
    monkeypatch.setattr(findings, "recorded_at_start", lambda: {"28.5": "forky"})
    monkeypatch.setattr(
        findings, "record_result", lambda result: written.append(result) or len(written) == 1
    )
    return written


@pytest.fixture
def told(project: Project):
    """Tells what a run makes of the last reports of its claims."""
    evidence = project.evidence()
    cell, engine = evidence.cell("one", "28.5"), evidence.engines["28.5"]

    def run_of(record: str | None, *properties: dict[str, str]) -> Findings:
        run = Findings(record)
        for number, given in enumerate(properties):
            column = given.get("column", "28.5")
            result = msgspec.json.encode(Result("faults/line", "one", column, cell, engine))
            listed = list(given.items())
            if given.get("state") in ("holds", "changed"):
                listed.append(("result", result.decode()))
            report = pytest.TestReport(f"{ITEM}{number}", *REPORT, listed)
            run.pytest_runtest_logreport(report)
            assert "result" not in dict(report.user_properties)  # it does not get into JUnit's
        return run

    return run_of


# What a run is to record, the cells it finds; what is written, noted, whether it fails, its end.
@pytest.mark.parametrize(
    ("record", "cells", "expected"),
    [
        ("all", [{"other": "property"}], (0, set(), False, [NOTHING_TO_RECORD])),
        (None, [], (0, set(), False, [])),
        ("stale", [HOLDS, HOLDS, ERROR], (2, set(), True, [NEWS, f"{TWO}, 2 recorded"])),
        (None, [HOLDS], (0, set(), False, [ONE])),
        ("all", [CHANGED], (0, set(), True, [f"{NONE}, 0 recorded"])),
        (None, [FLAKY], (0, {SAID}, False, [ONE])),
        ("stale", [FLAKY], (0, {f"not recorded: {SAID}"}, True, [f"{NONE}, 0 recorded"])),
        (None, [NEW], (0, {"30.1 has no evidence yet: make record"}, False, [ONE])),
        (None, [DIFFERS], (0, set(), False, [NONE])),
    ],
)
def test_run_counts_and_writes(told, written, record, cells, expected):
    run = told(record, *cells)
    assert (len(written), run.notes, run.is_wrong, run.summary()) == expected


def test_asserts_that_are_idle_on_all_engines_are_told_when_recording(told, written):
    claim = ITEM.partition("[")[0]
    line = f"{claim}: it fails under the same changes without the assert of line 14"
    assert told("all", *IDLE).summary()[-2:] == [
        line,
        "2 of 2 claims × engines verified, 2 recorded",
    ]
    assert told(None, *IDLE).summary() == ["2 of 2 claims × engines verified"]


def test_what_cannot_be_written_is_said(told, monkeypatch):
    def refuse(result: Result) -> bool:
        raise LabError(f"{result.entry}: Read-only file system")

    monkeypatch.setattr(findings, "record_result", refuse)
    run = told("stale", HOLDS)
    assert run.notes == {"not recorded: faults/line: Read-only file system"}
    assert run.is_wrong


def summary_of(**states: State) -> str:
    """What is told at the end of a claim with these states by column, and of a new one's news."""
    run = Findings(None)
    for name, column, state in [
        (WELL, "28.5", State.DIFFERS),
        *((TEST, *one) for one in states.items()),
    ]:
        run.states[f"{name}[{column}]"] = state
        run.columns[f"{name}[{column}]"] = column
    (told,) = failure_summary(run)
    return told


@pytest.mark.parametrize(
    ("wrong", "first", "said"),
    [
        (
            dict.fromkeys(COLUMNS, State.CHANGED),
            "20.10",
            "changed on 20.10, 26.1, 28.5, podman-5.4",
        ),
        (
            {"28.5": State.ERROR},
            "28.5",
            "holds on 20.10, 26.1, 28.5-containerd, podman-5.4; error on 28.5 (classic store)",
        ),
    ],
)
def test_columns_are_named_in_their_order(wrong, first, said):
    assert summary_of(**dict.fromkeys(COLUMNS, State.HOLDS) | wrong) == (
        f"tests/build/test_heredoc.py:{PLACE}: heredoc_is_one_layer: expected: does not hold on "
        f"20.10; holds on 26.1, 28.5, podman-5.4; the engines: {said}\n"
        f"  next: make lab-shell ENGINE={first}, make prove ENTRY=build/heredoc "
        "CLAIM=heredoc_is_one_layer"
    )


def test_engine_that_did_not_say_which_it_is_comes_last():
    said = "expected: holds on 28.5; the engines: holds on 28.5; error on sid\n"
    assert said in summary_of(**{"sid": State.ERROR, "28.5": State.HOLDS})


def test_run_tells_what_was_expected_and_what_is_next(recorded: Run, line: str):
    place = "tests/faults/test_wrong.py:8: false: expected: "
    assert f"{place}holds on {line}; the engines: changed on {line}\n" in recorded.stdout
    assert "make prove ENTRY=faults/wrong CLAIM=false" in recorded.stdout
    assert "two: expected" not in recorded.stdout
