"""What a run found: the states of its cells, their count, and what to say at its end."""

from collections import Counter
from typing import Literal

import msgspec
import pytest

from faq.errors import LabError
from faq.evidence.model import State
from faq.run.collection import recorded_at_start
from faq.run.record import Result, record_result

NOTHING_TO_RECORD = "nothing to record: all evidence is there and fresh"


class Findings:
    """The cells of a run, in the process that writes."""

    def __init__(self, record: Literal["stale", "all"] | None) -> None:
        self.record = record
        self.states: dict[str, State] = {}
        """By the id of the claim's item."""
        self.columns: dict[str, str] = {}
        """By the id of the claim's item."""
        self.count: Counter[str] = Counter()
        self.notes: set[str] = set()
        self.lost = False
        """Whether something that was to be recorded was not."""

    @pytest.hookimpl(tryfirst=True)  # before the report in JUnit's format is written
    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Count the cell of a claim's last report; with --record, write it down if it is proven."""
        properties = {name: str(value) for name, value in report.user_properties}
        if "state" not in properties:
            return
        state = self.states[report.nodeid] = State(properties["state"])
        self.columns[report.nodeid] = properties["column"]
        result = properties.pop("result", None)
        report.user_properties = list(properties.items())
        if flaky := properties.get("flaky"):
            self.note(f"{report.nodeid} is flaky, it said otherwise at first: {flaky}")
        if result and not state.is_wrong and not (flaky and self.record):
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

    @property
    def is_wrong(self) -> bool:
        """Whether the run fails for what its claims came to."""
        return self.lost or any(state.is_wrong for state in self.states.values())

    def summary(self) -> list[str]:
        """The last lines of a run."""
        count = self.count
        if not self.states:
            return [NOTHING_TO_RECORD] if self.record else []
        recorded = f", {count['recorded']} recorded" if self.record else ""
        verified = f"{count['verified']} of {len(self.states)} claims × engines verified{recorded}"
        if count["changed"]:
            changed = count["changed"]
            return [f"!!! {changed} VERDICTS CHANGED: make report BASE=HEAD shows them", verified]
        return [verified]
