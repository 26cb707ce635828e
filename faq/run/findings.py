"""What a run found: the states of its cells, their count, and what to say at its end."""

from collections import Counter
from collections.abc import Iterator
from typing import Literal

import msgspec
import pytest

from faq.errors import LabError
from faq.evidence.model import WRONG, State
from faq.run import daily
from faq.run.collection import recorded_at_start
from faq.run.record import Result, record_result

NOTHING_TO_RECORD = "nothing to record: all evidence is there and fresh"


class Findings:
    """The cells of a run, in the process that writes."""

    def __init__(self, record: Literal["stale", "all"] | None, *, is_daily: bool = False) -> None:
        self.record = record
        self.is_daily = is_daily
        self.states: dict[str, State] = {}
        """By the id of the claim's item."""
        self.columns: dict[str, str] = {}
        """By the id of the claim's item."""
        self.count: Counter[str] = Counter()
        self.notes: set[str] = set()
        self.idle: dict[str, set[str]] = {}
        """By claim, the lines of asserts that no replay on any engine made fail."""
        self.lost = False
        """Whether something that was to be recorded was not."""

    @pytest.hookimpl(tryfirst=True)  # before the report in JUnit's format is written
    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Count the cell of a claim's last report; with --record, write it down if it is proven."""
        properties = dict(report.user_properties)
        if "state" not in properties:
            return
        state = self.states[report.nodeid] = State(str(properties["state"]))
        self.columns[report.nodeid] = str(properties["column"])
        result = str(properties.pop("result", ""))
        report.user_properties = list(properties.items())
        if self.record and "idle asserts" in properties:
            claim = report.nodeid.partition("[")[0]
            idle = set(str(properties["idle asserts"]).split())
            self.idle[claim] = self.idle.get(claim, idle) & idle
        if reason := properties.get("not compared"):
            self.notes.add(f"{report.nodeid} depends on the host, and is not compared: {reason}")
        if flaky := properties.get("flaky"):
            self.note(f"{report.nodeid} is flaky, it said otherwise at first: {flaky}")
        if result and state not in WRONG and not (flaky and self.record):
            self.count["verified"] += 1
            self.keep(msgspec.json.decode(result, type=Result))

    def keep(self, result: Result) -> None:
        """Write a proven result into the evidence, with --record."""
        if not self.record:
            if result.column not in recorded_at_start():
                self.notes.add(f"{result.column} has no evidence yet: make record")
            return
        try:
            self.count["changed"] += record_result(result)
            self.count["recorded"] += 1
        except LabError as error:
            self.note(str(error))

    def note(self, text: str) -> None:
        """Say something at the end of the run; when recording, that it was not recorded."""
        self.lost |= bool(self.record)
        self.notes.add(f"not recorded: {text}" if self.record else text)

    @pytest.hookimpl(trylast=True)
    def pytest_sessionfinish(self, session: pytest.Session, exitstatus: int) -> None:
        """Fail for what the claims came to; that nothing has changed is no failure."""
        if self.is_wrong:
            session.exitstatus = pytest.ExitCode.TESTS_FAILED
            return
        nothing_ran = exitstatus == pytest.ExitCode.NO_TESTS_COLLECTED
        if nothing_ran and (self.record or session.config.getoption("--changed")):
            session.exitstatus = pytest.ExitCode.OK

    @property
    def is_wrong(self) -> bool:
        """Whether the run fails for what its claims came to."""
        return self.lost or not WRONG.isdisjoint(self.states.values())

    def summary(self) -> list[str]:
        """The last lines of a run."""
        count = self.count
        if not self.states:
            return [NOTHING_TO_RECORD] if self.record else []
        recorded = f", {count['recorded']} recorded" if self.record else ""
        lines = [daily.asked_in_words(self.states)] if self.is_daily else []
        verified = f"{count['verified']} of {len(self.states)} claims × engines verified{recorded}"
        if count["changed"]:
            changed = count["changed"]
            lines.append(f"!!! {changed} VERDICTS CHANGED: make report BASE=HEAD shows them")
        return [*lines, *self.idle_in_words(), verified]

    def idle_in_words(self) -> Iterator[str]:
        """The asserts that may be superfluous, for their authors to look at."""
        for claim, lines in sorted(self.idle.items()):
            for line in sorted(lines, key=int):
                yield f"{claim}: it fails under the same changes without the assert of line {line}"
