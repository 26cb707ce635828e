"""What `make test` asks on a day, and how far a run says that it is."""

import datetime as dt
import re
from types import SimpleNamespace

import pytest

from faq.entries import entries
from faq.evidence import history
from faq.run import daily, progress
from faq.run.collection import Collected
from faq.run.progress import Progress

CELLS = [
    Collected(entry, claim, "forky", "28.5")
    for entry in entries()
    for claim in entry.claims.values()
]


@pytest.fixture(autouse=True)
def _all_proven(monkeypatch):
    """All evidence is fresh, and none is new."""
    monkeypatch.setattr(Collected, "is_proven", lambda *_: True)
    monkeypatch.setattr(history, "base_of_work", lambda: "")


def test_each_claim_is_due_once_in_ten_days(monkeypatch):
    asked = []
    for day in range(10):
        monkeypatch.delenv(daily.DAY, raising=False)
        monkeypatch.setattr(daily, "today", lambda day=day: dt.date(2026, 11, 27 - day))
        due = list(filter(daily.is_due, CELLS))
        assert len(CELLS) / 20 < len(due) < len(CELLS) / 5
        asked += due
    assert sorted(map(repr, asked)) == sorted(map(repr, CELLS))


def test_day_of_a_run_is_the_day_that_it_began(monkeypatch):
    monkeypatch.setenv(daily.DAY, "2026-11-27")
    monkeypatch.setattr(daily, "today", lambda: dt.date(2026, 11, 28))
    assert daily.todays_part() == dt.date(2026, 11, 27).toordinal() % 10


@pytest.mark.parametrize(("proven", "base", "unchanged"), [(False, "", True), (True, "a1", False)])
def test_what_is_not_proven_or_new_is_due_every_day(monkeypatch, proven, base, unchanged):
    monkeypatch.setattr(Collected, "is_proven", lambda *_: proven)
    monkeypatch.setattr(history, "base_of_work", lambda: base)
    monkeypatch.setattr(daily, "is_unchanged", lambda *_: unchanged)
    assert all(map(daily.is_due, CELLS))


def test_what_was_asked_and_when_the_rest_was_is_told():
    (first, count) = re.match(r"(\d+) of (\d+) cells", daily.asked_in_words(set())).groups()
    assert (first, int(count) > len(CELLS)) == ("0", True)
    entry = entries()[0]
    item = f"{entry.relative(entry.claims_file)}::test_{next(iter(entry.claims))}[28.5]"
    said = daily.asked_in_words({item, "another"})
    assert said.startswith(f"1 of {count} cells were asked")
    assert re.search(r"part \d+ of 10 .* recorded from 20\d\d-\d\d-\d\d to 20\d\d-\d\d-\d\d", said)


def report(state: str):
    """The last report of a claim, or of a test where there is no state; its clean-up went well."""
    return SimpleNamespace(user_properties=[("state", state)] if state else [], failed=False)


def test_progress_is_told_now_and_then(monkeypatch):
    told: list[str] = []
    clock = iter([0, 10, 40, 45, 75])
    monkeypatch.setattr(progress.time, "monotonic", lambda: next(clock))
    counted = Progress(SimpleNamespace(write=told.append))
    ids = ["tests/a/test_b.py::test_c[28.5]"] * 6 + ["tests/test_a.py::test_b[28.5]"]
    counted.pytest_xdist_node_collection_finished(ids)
    for state in ("holds", "", "error", "does not hold", "holds"):
        counted.pytest_runtest_logreport(report(state))
    assert told == [
        "\nclaims: 2 done, 1 failed, 4 left, about 1 min more\n",
        "\nclaims: 4 done, 1 failed, 2 left, about 1 min more\n",
    ]
