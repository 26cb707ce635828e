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

OTHERWISE = ["'lines' was 1"]


class DeadEngine:
    """An engine that went away before it said which it is."""

    @property
    def line(self) -> str:
        """Which it is, if it answered."""
        raise LabError("engine forky went away")


@pytest.fixture
def ask(tmp_path, monkeypatch) -> Callable[..., dict[str, str]]:
    """Ask a claim whose runs come out as given; what its last report tells of the cell."""
    engine = SimpleNamespace(line="28.5", info=engine_record("forky", "28.5.2"))
    for module in (verdict, record):
        monkeypatch.setattr(module, "recorded_at_start", lambda: {"28.5": "forky"})
    monkeypatch.setattr(collection, "keys_of", lambda _: {"forky": {"x": "a1"}})
    monkeypatch.setattr(record.compose, "facts", lambda: LabFacts({}, ""))
    claim = read_claims(CLAIM, "test_line.py")["x"]
    cell = Collected(Entry(tmp_path, "faults", "line"), claim, "forky", "forky")
    item = SimpleNamespace(name="test_x[28.5]", stash={COLLECTED: cell}, user_properties=[])
    item.session = SimpleNamespace(_setupstate=SimpleNamespace(teardown_exact=lambda _: None))
    monkeypatch.setattr(asking.Sibling, "of", lambda _: None)

    def ask(
        *outcomes: str, engine=engine, record=None, otherwise=(), refusal=None
    ) -> dict[str, str]:
        runs = iter(outcomes)
        item.config = SimpleNamespace(getoption={"--record": record}.__getitem__)
        monkeypatch.setattr(asking, "differences_from_evidence", lambda *_: list(otherwise))

        def run(item, nextitem, log) -> list[pytest.TestReport]:  # as pytest's runtestprotocol
            assert not log
            asked, outcome = item.stash[ASKED], next(runs)
            asked.engine, asked.has_asserted = engine, True
            asked.failed_by_assertion = outcome == "failed"
            item.user_properties.append(("of the run", outcome))
            outcomes = ("passed", outcome.replace("crashed", "failed"), "passed")
            return [report(*one, item) for one in zip(WHEN, outcomes, strict=True)]

        monkeypatch.setattr(asking, "runtestprotocol", run)
        monkeypatch.setattr(asking, "refused", lambda *_: refusal)
        reports = asking.ask(item, None)
        assert list(runs) == []
        failed = [one.longrepr for one in reports if one.failed]
        return dict(reports[-1].user_properties) | {"failed": "\n".join(failed)}

    return ask


WHEN = ("setup", "call", "teardown")


def report(when: str, outcome: str, item: SimpleNamespace) -> pytest.TestReport:
    """A report of pytest's, with the properties of its item at that time."""
    longrepr = f"assert 1 ==\n2 in {when}" if outcome == "failed" else None
    kept = list(item.user_properties)
    return pytest.TestReport("", ("", 0, ""), {}, outcome, longrepr, when, (), 0, 0, 0, kept)


def test_claim_that_cannot_fail_is_refused(ask):
    refused = ask("passed", "passed", refusal="nothing can make this fail")
    assert refused["state"] == "error"
    assert refused["failed"] == "test_x[28.5]: nothing can make this fail"
    assert "result" not in refused


def test_claim_that_is_wrong_once_is_flaky_and_twice_has_changed(ask):
    once = ask("passed")
    assert (once["state"], once["column"], once["of the run"]) == ("holds", "28.5", "passed")
    assert '"claim":"x","column":"28.5","cell":{"state":"holds","key":"a1"' in once["result"]
    flaky = ask("failed", "passed")
    assert (flaky["state"], flaky["flaky"]) == ("holds", "assert 1 == 2 in call")
    assert flaky["of the run"] == "passed"
    changed = ask("failed", "failed")
    assert changed["state"] == "changed"
    assert not {"flaky", "result"} & changed.keys()
    assert "flaky" not in once


def test_claim_that_says_otherwise_than_its_evidence_has_changed(ask):
    told = ask("passed", "passed", otherwise=OTHERWISE)
    assert told["state"] == "changed"
    assert "says otherwise than the published evidence:\n  'lines' was 1\n" in told["failed"]
    assert 'make record ARGS="--record=all tests/faults/test_line.py"' in told["failed"]
    assert ask("passed", otherwise=OTHERWISE, record="all")["state"] == "holds"


def test_strict_rule_holds_where_a_run_records(ask, monkeypatch):
    monkeypatch.setattr(verdict, "recorded_at_start", dict)
    assert ask("failed")["state"] == "differs"
    assert ask("failed", "failed", record="stale")["state"] == "changed"


@pytest.mark.parametrize("outcome", ["crashed", "failed", "passed"])
def test_engine_that_does_not_say_which_it_is_is_an_error(ask, outcome):
    told = ask(outcome, outcome, engine=DeadEngine())
    assert (told["state"], told["column"], bool(told["failed"])) == ("error", "forky", True)
