"""How far a run has come: a line now and then, for a log as for a terminal."""

import time

import pytest

from faq.evidence.model import WRONG, State
from faq.run.collection import COLLECTED

EVERY_SECONDS = 30


class Progress:
    """Counts the claims of a run, in the process that reports."""

    def __init__(self, terminal: pytest.TerminalReporter) -> None:
        self.terminal = terminal
        self.started = self.told = time.monotonic()
        self.claims = self.done = self.failed = 0

    def pytest_collection_finish(self, session: pytest.Session) -> None:
        """Count what one process is to run."""
        self.claims = sum(COLLECTED in item.stash for item in session.items)

    @pytest.hookimpl(optionalhook=True)
    def pytest_xdist_node_collection_finished(self, ids: list[str]) -> None:
        """Count what the workers are to run: each collects the same."""
        self.claims = sum(not name.startswith("tests/test_") for name in ids)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Count a claim that has ended, and tell how far the run is."""
        properties = dict(report.user_properties)
        if "state" not in properties:
            return
        self.done += 1
        self.failed += State(str(properties["state"])) in WRONG
        now = time.monotonic()
        if now - self.told >= EVERY_SECONDS:
            self.told = now
            self.terminal.write(f"\n{self.line(now - self.started)}\n")

    def line(self, seconds: float) -> str:
        """The progress after some seconds."""
        left = self.claims - self.done
        minutes = seconds / self.done * left / 60
        failed = f"{self.failed} failed, " if self.failed else ""
        return f"claims: {self.done} done, {failed}{left} left, about {minutes:.0f} min more"
