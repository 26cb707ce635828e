"""Replays a claim without an engine, on its tape, to see whether it would notice a change."""

import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Enum, auto
from itertools import count
from traceback import walk_tb
from typing import NamedTuple

import pytest

from faq.evidence.model import Measured, Output, Replay
from faq.evidence.sanitize import clean_measured
from faq.lab.engine import Engine, EngineError
from faq.lab.result import Answer, Result
from faq.run.asserts import assert_lines, without
from faq.run.perturbations import Perturbation, perturbations
from faq.run.verdict import ASKED, Asked

FIELDS = {"code", "stdout", "stderr", "text", "seconds"}
CALLS = 2000
"""How often a replay may ask, where a claim waits for what does not come."""
CLOCKS = ("monotonic", "perf_counter", "time")


class Noticed(Enum):
    """What a replay came to."""

    CAUGHT = auto()
    """An assertion of the claim failed."""
    PASSED = auto()
    BROKE = auto()
    """It came to no verdict: another error, or a command that the tape does not know."""


class Replayed(NamedTuple):
    """What a replay came to, and what it had measured by then."""

    noticed: Noticed
    measured: Measured
    line: int = 0
    """Where the claim failed by an assertion; 0: it did not."""


@dataclass(frozen=True)
class WatchedResult(Result):
    """A result that notes which of its fields are read."""

    seen: set[str] = field(default_factory=set, compare=False, repr=False)

    def __getattribute__(self, name: str) -> object:
        """Any attribute."""
        if name in FIELDS:
            object.__getattribute__(self, "seen").add(name)
        return object.__getattribute__(self, name)

    def as_output(self, command: str) -> Output:
        """What is recorded of it, which is no reading of the claim's."""
        before = set(self.seen)
        output = super().as_output(command)
        self.seen.intersection_update(before)
        return output


class TapeEngine(Engine):
    """Answers as an engine has answered, but for one answer."""

    def __init__(self, engine: Engine, tape: list[Answer], change: Perturbation | None) -> None:
        super().__init__(engine.service)
        self.line, self.info, self.host = engine.line, engine.info, engine.host
        self.results = [answer.result for answer in tape]
        if change:
            self.results[change.place] = change.result
        self.places: dict[str, list[int]] = {}
        for index, answer in enumerate(tape):
            self.places.setdefault(answer.command, []).append(index)
        self.read: dict[int, set[str]] = {}
        self.seconds = 0.0
        self.asked = count(1)

    def run(self, command: str, *, check: bool = True, timeout: float = 120) -> Result:  # noqa: ARG002
        """Answer a command as on the tape; the last answer comes again where it is asked again.

        Raises:
            EngineError: the tape has no answer, or the claim would wait for ever.

        """
        places = self.places.get(command)
        if not places or next(self.asked) > CALLS:
            raise EngineError(f"the tape has no answer to `{command}`")
        index = places.pop(0) if len(places) > 1 else places[0]
        result = self.results[index]
        self.seconds += result.seconds
        if check and result.code:
            raise EngineError(f"`{command}` ended with {result.code}")
        seen = self.read.setdefault(index, set())
        return WatchedResult(
            result.code, result.stdout, result.stderr, result.text, result.seconds, seen
        )

    def sleep(self, seconds: float) -> None:
        """Wait by the tape's clock, which takes no time."""
        self.seconds += seconds

    def now(self) -> float:
        """The tape's clock."""
        return self.seconds


class Sibling(pytest.Item):
    """Stands for the next test: what it shares with another one is not torn down."""

    @classmethod
    def of(cls, item: pytest.Item) -> "Sibling":
        """The one that stands where an item does."""
        assert item.parent  # noqa: S101 # it stands in a file
        return cls.from_parent(item.parent, name="sibling")

    def runtest(self) -> None:
        """Nothing: it never runs."""


def set_clock(patch: pytest.MonkeyPatch, engine: TapeEngine, claims: object) -> None:
    """Let the time in a file of claims run by the tape."""
    clock = {"sleep": engine.sleep} | dict.fromkeys(CLOCKS, engine.now)
    for name, function in clock.items():
        if getattr(claims, name, None) is getattr(time, name):  # imported by its name
            patch.setattr(claims, name, function)
        patch.setattr(time, name, function)


def replay(item: pytest.Function, engine: TapeEngine) -> Replayed:
    """Run a claim once more on a tape, its fixtures with it."""
    asked = item.stash[ASKED] = Asked(replayed=engine)
    state = item.session._setupstate  # noqa: SLF001 # pytest has no other way to run a test again
    noticed, line = Noticed.BROKE, 0
    item._initrequest()  # noqa: SLF001
    try:
        with pytest.MonkeyPatch.context() as patch:
            set_clock(patch, engine, item.module)
            state.setup(item)
            noticed, line = call(item)
    except (Exception, pytest.skip.Exception):  # noqa: BLE001 # a claim may raise what it likes
        noticed, line = Noticed.BROKE, 0
    finally:
        state.teardown_exact(Sibling.of(item))
        vars(item).update(_request=False, funcargs=None)  # as pytest does: none is left over
    return Replayed(noticed, dict(asked.measured), line)


def call(item: pytest.Function) -> tuple[Noticed, int]:
    """Run the function of a claim; the line of it that fails by an assertion comes second."""
    try:
        item.runtest()
    except AssertionError as error:
        code = item.function.__code__
        lines = [line for frame, line in walk_tb(error.__traceback__) if frame.f_code is code]
        return Noticed.CAUGHT, lines[-1] if lines else 0
    return Noticed.PASSED, 0


class Proof(NamedTuple):
    """What the replays of a claim say of it."""

    replay: Replay
    unproven: set[str]
    """The keys of `measured` that may be anything."""
    idle: set[int]
    """The lines of asserts without which the claim would notice as much."""


def prove(item: pytest.Function, asked: Asked, recorded: dict[str, list[str]]) -> Proof | None:
    """Replay a claim that holds, on its tape with each perturbation; None: it cannot be replayed.

    Args:
        item: the claim, which has run and whose fixtures are torn down.
        asked: what it found out.
        recorded: by script, what it has printed for other claims of the entry.

    """
    assert asked.engine  # noqa: S101 # it holds
    same = TapeEngine(asked.engine, asked.tape, None)
    measured = clean_measured(asked.measured)
    if replay(item, same).noticed is not Noticed.PASSED:
        return None
    noticed: list[Noticed] = []
    proven: set[str] = set()
    caught: dict[int, list[Perturbation]] = {}
    for change in perturbations(asked.tape, same.read, recorded):
        came_to, other, line = replay(item, TapeEngine(asked.engine, asked.tape, change))
        noticed.append(came_to)
        if came_to is Noticed.CAUGHT:
            proven |= keys_changed(measured, other)
            caught.setdefault(line, []).append(change)
    failed = noticed.count(Noticed.CAUGHT)
    total = failed + noticed.count(Noticed.PASSED)
    idle = set(idle_asserts(item, asked, caught))
    return Proof(Replay(failed, total), set(measured) - proven, idle)


def idle_asserts(
    item: pytest.Function, asked: Asked, caught: dict[int, list[Perturbation]]
) -> Iterator[int]:
    """The lines of asserts that do nothing alone: what each caught is caught without it too.

    Args:
        item: the claim.
        asked: what it found out.
        caught: by line, the changes under which its assert was the first to fail.

    """
    assert asked.engine  # noqa: S101 # it holds
    function = item.obj
    for line in sorted(assert_lines(function)):
        item.obj = without(function, line)
        engines = (TapeEngine(asked.engine, asked.tape, change) for change in caught.get(line, []))
        if all(replay(item, engine).noticed is Noticed.CAUGHT for engine in engines):
            yield line
    item.obj = function


def keys_changed(before: Measured, after: Measured) -> set[str]:
    """The keys whose values differ, of those that were measured both times."""
    now = clean_measured(after)
    return {key for key, value in now.items() if key in before and before[key] != value}
