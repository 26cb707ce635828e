"""A claim that comes out otherwise is asked once more: only what is said twice is news."""

from collections.abc import Callable
from types import SimpleNamespace

import pytest

from faq.claims import read_claims
from faq.entries import Entry
from faq.errors import LabError
from faq.evidence.model import LabFacts
from faq.run import asking, collection, record, verdict
from faq.run.collection import COLLECTED, Collected
from faq.run.verdict import ASKED
from tests.planted import CLAIM, engine_record

NODE = "tests/faults/test_line.py::test_x[28.5]"


class DeadEngine:
    """An engine that went away before it said which it is."""

    @property
    def line(self) -> str:
        """Which it is, if it answered."""
        raise LabError("engine forky went away")


@pytest.fixture
def ask(tmp_path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., dict[str, str]]:
    """Ask a claim whose runs come out as given; what its last report tells of the cell."""
    engine = SimpleNamespace(line="28.5", info=engine_record("forky", "28.5.2"))
    for module in (verdict, record):
        monkeypatch.setattr(module, "recorded_at_start", lambda: {"28.5": "forky"})
    monkeypatch.setattr(collection, "keys_of", lambda _: {"forky": {"x": "a1"}})
    monkeypatch.setattr(record.compose, "facts", lambda: LabFacts({}, ""))
    claim = read_claims(CLAIM, "test_line.py")["x"]
    cell = Collected(Entry(tmp_path, "faults", "line"), claim, "forky", "forky")
    item = SimpleNamespace(name="test_x[28.5]", stash={COLLECTED: cell}, user_properties=[])

    def ask(*outcomes: str, engine=engine, record=None, otherwise=()) -> dict[str, str]:
        runs = iter(outcomes)
        item.config = SimpleNamespace(getoption={"--record": record}.__getitem__)
        monkeypatch.setattr(asking, "differences_from_evidence", lambda *_: list(otherwise))

        def run(item, nextitem, log) -> list[pytest.TestReport]:  # as pytest's runtestprotocol
            assert not log
            asked, outcome = item.stash[ASKED], next(runs)
            asked.engine, asked.has_asserted = engine, True
            asked.failed_by_assertion = outcome == "failed"
            item.user_properties.append(("of the run", outcome))
            outcome = outcome.replace("crashed", "failed")
            return [report(when, outcome if when == "call" else "passed", item) for when in WHEN]

        monkeypatch.setattr(asking, "runtestprotocol", run)
        reports = asking.ask(item, None)
        assert list(runs) == []
        failed = [one.longrepr for one in reports if one.failed]
        return dict(reports[-1].user_properties) | {"failed": "\n".join(failed)}

    return ask


WHEN = ("setup", "call", "teardown")


def report(when: str, outcome: str, item: SimpleNamespace) -> pytest.TestReport:
    """A report of pytest's, with the properties of its item at that time."""
    properties = list(item.user_properties)
    longrepr = f"assert 1 ==\n2 in {when}" if outcome == "failed" else None
    return pytest.TestReport(
        NODE, ("", 0, ""), {}, outcome, longrepr, when, (), 0, 0, 0, properties
    )


def test_claim_that_is_right_is_asked_once(ask):
    told = ask("passed")
    assert (told["state"], told["column"], told["of the run"]) == ("holds", "28.5", "passed")
    assert '"claim":"x","column":"28.5","cell":{"state":"holds","key":"a1"' in told["result"]
    assert "flaky" not in told


def test_claim_that_is_wrong_once_is_flaky(ask):
    told = ask("failed", "passed")
    assert (told["state"], told["flaky"]) == ("holds", "assert 1 == 2 in call")
    assert told["of the run"] == "passed"


def test_claim_that_is_wrong_twice_has_changed(ask):
    told = ask("failed", "failed")
    assert told["state"] == "changed"
    assert "flaky" not in told
    assert "result" not in told


def test_claim_that_says_otherwise_than_its_evidence_has_changed(ask):
    told = ask("passed", "passed", otherwise=["'lines' was 1"])
    assert told["state"] == "changed"
    assert "says otherwise than the published evidence:\n  'lines' was 1\n" in told["failed"]
    assert 'make record ARGS="--record=all tests/faults/test_line.py"' in told["failed"]
    assert ask("passed", otherwise=["'lines' was 1"], record="all")["state"] == "holds"


def test_strict_rule_holds_where_a_run_records(ask, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(verdict, "recorded_at_start", dict)
    assert ask("failed")["state"] == "differs"
    assert ask("failed", "failed", record="stale")["state"] == "changed"


@pytest.mark.parametrize("outcome", ["crashed", "failed", "passed"])
def test_engine_that_does_not_say_which_it_is_is_an_error(ask, outcome):
    told = ask(outcome, outcome, engine=DeadEngine())
    assert (told["state"], told["column"]) == ("error", "forky")
    assert told["failed"]
