"""A whole run on an engine: what is wrong is refused, and only what is proven is recorded."""

import re

import pytest

from faq.entries import Entry
from faq.evidence import store
from faq.lab.engines import engine_of
from faq.lab.locks import reserved
from tests.planted import CLAIM, Project
from tests.recorded import HOSTILE, Run

pytest_plugins = ["tests.planted_fixtures"]


@pytest.mark.parametrize(
    ("claim", "message"),
    [
        ("false", "assert"),
        ("boundary_is_off", "XPASS(strict)"),
        ("crashes_outside_its_range", "no-such-program"),
        ("crashes", "no-such-program"),
        ("hangs", "hung for 1 s"),
        ("floods", "`yes` printed more than 16 MB"),
        ("never_begins", "fixture 'no_such_fixture' not found"),
        ("leaks", "test_leaks[forky] leaves behind on engine 28.5: container faq-left"),
        ("pretends_to_fail", "only its range may say that a claim is to fail"),
        ("returns", "no assert of it was reached"),
        ("loops_over_nothing", "no assert of it was reached"),
    ],
)
def test_wrong_claim_is_refused_and_leaves_nothing(
    recorded: Run, line: str, claim: str, message: str
):
    case = recorded.cases[f"test_{claim}"]
    assert message.replace("28.5", line) in case
    assert "<failure" in case or "<error" in case
    assert recorded.code == 1
    engine = engine_of("forky")
    with reserved("forky"):
        assert "faq-left" not in engine.run("docker ps --all").out


def test_only_what_is_proven_is_recorded(recorded: Run, line: str):
    states = {}
    for entry in (recorded.project.entry, Entry(recorded.project.root, "faults", "wrong")):
        for name, claim in store.read(entry).claims.items():
            states[name] = {column: str(cell.state) for column, cell in claim.cells.items()}
    assert states == {
        "one": {line: "holds"},
        "two": {line: "holds"},
        "later": {line: "does not hold"},
        "does_not_apply": {line: "not applicable"},
    }
    assert recorded.stdout.splitlines()[-1] == "4 of 16 claims × engines verified, 4 recorded"


def test_what_was_printed_is_recorded_as_text(recorded: Run, line: str):
    (output,) = recorded.project.evidence().cell("one", line).output
    assert output.command == "sh print.sh"
    assert output.text.startswith(HOSTILE)
    assert "\nred 0;title\ufffd\ufffdxxx" in output.text
    assert "\n… 99" in output.text


def test_flaky_claim_is_said_and_not_recorded(recorded: Run):
    case = recorded.cases["test_is_flaky"]
    assert 'name="flaky"' in case
    assert "<failure" not in case
    (told,) = [line for line in recorded.stdout.splitlines() if "test_is_flaky[" in line]
    assert told.startswith("not recorded: ")
    assert "is flaky, it said otherwise at first: " in told


def test_new_column_tells_news_from_errors(on_new_column: Run, line: str):
    told = re.compile(r'name="state" value="(.*?)"')
    assert {name: told.search(case)[1] for name, case in on_new_column.cases.items()} == {
        "test_two": "holds",
        "test_later": "does not hold",
        **dict.fromkeys(("test_false", "test_boundary_is_off"), "differs"),
        **dict.fromkeys(
            ("test_crashes", "test_crashes_outside_its_range", "test_returns"), "error"
        ),
    }
    assert f"{line} has no evidence yet: make record" in on_new_column.stdout
    assert on_new_column.code == 1


def test_second_record_changes_no_byte(recorded_project: Project):
    before = recorded_project.entry.evidence_file.read_bytes()
    again = recorded_project.pytest("tests/faults", "--record")
    assert recorded_project.entry.evidence_file.read_bytes() == before
    assert "nothing to record: all evidence is there and fresh" in again.stdout
    assert again.returncode == 0


def test_run_tells_what_it_finds_otherwise(recorded_project: Project, line: str):
    assert recorded_project.pytest("-k", "one").returncode == 0
    evidence = recorded_project.evidence()
    cell = evidence.cell("one", line)
    measured = cell.measured | {"holes": 0}
    kept = {"version": cell.version, "base": cell.base, "output": cell.output}
    engine = evidence.engines[line]
    recorded_project.record(line, "one", engine=engine, measured=measured, **kept)
    run = recorded_project.pytest("-k", "one")
    assert "'holes' was 0 when recorded and is '–' now" in run.stdout
    assert 'make record ARGS="--record=all tests/faults/test_line.py"' in run.stdout
    assert run.returncode == 1


def test_fixture_says_that_a_claim_does_not_apply(recorded_project: Project, line: str):
    skip = "import pytest\n@pytest.fixture\ndef wings(engine): pytest.skip('no wings')\n"
    recorded_project.write("tests/faults/conftest.py", skip)
    recorded_project.write("tests/faults/test_line.py", CLAIM.replace("engine", "engine, wings", 1))
    run = recorded_project.pytest("--record")
    assert "1 of 1 claims × engines verified, 1 recorded" in run.stdout
    cell = recorded_project.evidence().cell("x", line)
    assert (str(cell.state), cell.reason) == ("not applicable", "no wings")


def test_engine_of_another_make_proves_nothing(project: Project):
    project.write("tests/faults/test_line.py", CLAIM)
    own = "import pytest\n@pytest.fixture\ndef engine(): return 1\n"
    project.write("tests/faults/conftest.py", own)
    run = project.pytest()
    assert "it asked no engine of the lab" in run.stdout
    assert "0 of 1 claims × engines verified" in run.stdout
    assert run.returncode == 1
