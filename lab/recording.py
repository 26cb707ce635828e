"""A pytest plugin: judges claims by their `holds` range, counts cells, records evidence."""

import datetime as dt
import json
import os
import re
import sys
import tempfile
from collections import Counter
from collections.abc import Generator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from _pytest.runner import runtestprotocol
from xdist.scheduler import LoadScopeScheduling

from lab import compose, evidence
from lab.claims import ROOT, ClaimError, entries, entry_of
from lab.engine import Engine
from lab.selection import (
    add_options,
    check_options,
    column_of,
    columns,
    is_claim,
    keys,
    lab,
    no_claim,
    select,
    service_of,
)
from lab.steps import LabError
from lab.valid import printable
from lab.words import verdicts

OUTPUT_LIMIT = 4000
ANSI = re.compile(r"\x1b\[[0-9;?]*[ -/]*[@-~]|\x1b[@-_]")
MEASURED_LIMIT = 64 << 10
OUTSIDE = "says it does not hold on "
NEW = "is new here: "
OUTPUTS = pytest.StashKey[list[dict[str, Any]]]()
VERDICT = pytest.StashKey[tuple[str, str | None]]()
ASSERTED = pytest.StashKey[bool]()


class Run:
    """What this run found: the states of its cells, their count, and what to say at the end."""

    record: str | None = None

    def __init__(self) -> None:
        self.states: dict[str, str] = {}
        self.columns: dict[str, str] = {}
        self.count: Counter[str] = Counter()
        self.notes: set[str] = set()


RUN = Run()


def pytest_addoption(parser: pytest.Parser) -> None:
    add_options(parser)


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line(
        "markers",
        "holds(since, until, store, podman): the claim holds from release line `since`, before "
        "`until`, on image store `store`, not on Podman with `podman=False`; elsewhere it must "
        "fail by assertion",
    )
    RUN.record = config.getoption("--record")
    if not hasattr(config, "workerinput"):
        forget_old_bytecode()
        check_files()
        check_options(config)
    if "LAB_RUN" not in os.environ:
        folder = tempfile.TemporaryDirectory(prefix="container-faq-")
        config.add_cleanup(folder.cleanup)
        config.add_cleanup(forget_run)
        os.environ["LAB_RUN"] = folder.name
    if RUN.record and not hasattr(config, "workerinput"):
        check_writable()
    if RUN.record == "stale" and not evidence.to_record(lab=lab()):
        pytest.exit("no claim to run", returncode=0)  # neither workers nor tests need to start


def forget_old_bytecode() -> None:
    """Have pytest rewrite the asserts again where its settings are newer than what it kept."""
    since = (ROOT / "pyproject.toml").stat().st_mtime
    for path in (ROOT / "tests").rglob("*-pytest-*.pyc"):
        with suppress(OSError):  # another run may have been quicker, or nothing may be written
            if path.stat().st_mtime < since:
                path.unlink()


def check_files() -> None:
    """Refuse claims and evidence that break a rule before anything runs, in one line."""
    try:
        for entry in entries():
            evidence.read(entry)
            _ = entry.claims
    except ClaimError as error:
        raise pytest.UsageError(str(error)) from None


def check_writable() -> None:
    """Refuse to record where nothing can be written, before an hour of work is lost."""
    for entry in entries():
        if entry.folder.exists() and not os.access(entry.folder, os.W_OK):
            where = entry.folder.relative_to(entry.root)
            raise pytest.UsageError(f"{where} is read-only: --record writes evidence there")


def forget_run() -> None:
    """A later run in this process is another one."""
    os.environ.pop("LAB_RUN", None)


class ByEngine(LoadScopeScheduling):
    """Hands all claims of an engine to one worker, so that the engines are asked side by side.

    xdist's own `loadgroup` does not group with pytest 9.2 (pytest-xdist issue 1386).
    """

    def _split_scope(self, nodeid: str) -> str:
        path, _, engine = nodeid.partition("[")
        return engine or path.partition("::")[0]


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> ByEngine:
    return ByEngine(config, log)


def lab_started() -> None:
    """Note that this run started the lab, so that its end takes it down."""
    (Path(os.environ["LAB_RUN"]) / "started").touch()


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    for item in (item for item in items if item.path.parent != ROOT / "tests"):
        if fault := no_claim(item):
            line = (item.reportinfo()[1] or 0) + 1
            where = item.path.relative_to(ROOT)
            raise pytest.UsageError(f"{where}:{line}: {item.name}: {fault}")
    for item in items:
        if is_claim(item):
            item.user_properties.append(("claim", service_of(item)))
    kept = select(items, config)
    left = set(items) - set(kept)
    config.hook.pytest_deselected(items=[item for item in items if item in left])
    items[:] = kept


def pytest_runtest_protocol(item: pytest.Item, nextitem: pytest.Item | None) -> bool | None:
    """Ask a claim that comes out otherwise once more: only what an engine says twice is news.

    Engines lose a race now and then (`docker run` without its output, moby issue 27289; a layer
    collected while it is unpacked, buildkit issue 6521), about once in a thousand claims.
    """
    if not is_claim(item):
        return None
    item.ihook.pytest_runtest_logstart(nodeid=item.nodeid, location=item.location)
    properties, markers = list(item.user_properties), list(item.own_markers)
    reports = runtestprotocol(item, nextitem=nextitem, log=False)
    if failed := [report for report in reports if report.failed]:
        item.user_properties[:], item.own_markers[:] = properties, markers
        item.stash[OUTPUTS] = []
        item.stash[VERDICT] = ("error", None)
        item.stash[ASSERTED] = False
        reports = runtestprotocol(item, nextitem=nextitem, log=False)
        if not any(report.failed for report in reports):
            said = " ".join(crash(failed[0]).split())[:300]
            reports[-1].user_properties.append(("unsteady", said))
    for report in reports:
        item.ihook.pytest_runtest_logreport(report=report)
    item.ihook.pytest_runtest_logfinish(nodeid=item.nodeid, location=item.location)
    return True


def expect(request: pytest.FixtureRequest, engine: Engine) -> None:
    """Outside its `holds` range, and nowhere else, a claim must fail by assertion."""
    claim = entry_of(request.path).claims[request.node.originalname.removeprefix("test_")]
    known = columns()
    new = known and engine.line not in known and engine.service in known.values()
    if new and not RUN.record:
        # A release nobody has seen: its differences are news, not a broken promise.
        request.applymarker(pytest.mark.xfail(reason=f"{NEW}{engine.line}", strict=False))
    elif not claim.holds_on(engine.line):
        reason = f"{OUTSIDE}{engine.line}"
        request.applymarker(pytest.mark.xfail(reason=reason, raises=AssertionError, strict=True))


def note(request: pytest.FixtureRequest, engine: Engine, measured: dict[str, Any]) -> None:
    """Hand to the report what the claim's cell is made of."""
    item = request.node
    claim = item.originalname.removeprefix("test_")
    outputs = item.stash.get(OUTPUTS, [])
    _, reason = item.stash.get(VERDICT, ("error", None))
    item.user_properties.append(
        (
            "cell",
            {
                "file": str(request.path),
                "claim": claim,
                "column": engine.line,
                "key": keys(entry_of(request.path))[engine.service][claim],
                "engine": engine.info,
                "measured": kept(measured),
                "output": printed(outputs),
                **({"reason": reason} if reason else {}),
            },
        ),
    )


def compare(
    request: pytest.FixtureRequest,
    engine: Engine,
    measured: dict[str, Any],  # noqa: ARG001 # `note` has it already
) -> None:
    """What a claim comes to, measures and runs must be what its fresh evidence shows.

    Raises:
        MismatchError: the verdict, its reason, a word, a count or a command differs, or a
            fraction by more than twofold and one.

    """
    entry, item = entry_of(request.path), request.node
    now, _ = item.stash.get(VERDICT, ("error", None))
    if RUN.record or now in ("turned", "error"):
        return
    name = item.originalname.removeprefix("test_")
    cell = evidence.cell_of(entry, name, engine.line)
    # The engine may be one that is not the lab's: what counts is its column's evidence.
    if not cell or cell["key"] != keys(entry)[columns().get(engine.line, engine.service)][name]:
        return
    found = dict(item.user_properties)["cell"]
    lines = evidence.differences(cell, found)
    ran, runs = evidence.commands(cell), evidence.commands(found)
    if ran != runs:
        lines.append(f"it ran {ran} when recorded and runs {runs} now")
    if now != cell["state"]:
        lines.insert(0, f"the verdict was {cell['state']!r} and is {now!r} now")
    if cell.get("reason") != found.get("reason"):
        lines.append(f"its reason was {cell.get('reason')!r} and is {found.get('reason')!r} now")
    if lines:
        listing = "\n  ".join(lines)
        file = request.path.relative_to(ROOT)
        raise MismatchError(
            f"{item.name}: {engine} says otherwise than the published evidence:\n  {listing}\n"
            f'mend the claim, or record it again: make record ARGS="--record=all {file}"',
        )


class MismatchError(Exception):
    """A run and the recorded evidence disagree."""


def cut(text: str) -> str:
    """What a program printed, as text of bounded length without terminal control."""
    text = ANSI.sub("", text).replace("\r\n", "\n")
    text = printable(text)
    if len(text) <= OUTPUT_LIMIT:
        return text
    half = OUTPUT_LIMIT // 2
    return f"{text[:half]}\n… {len(text) - OUTPUT_LIMIT} characters cut …\n{text[-half:]}"


def printed(outputs: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The outputs of a claim as evidence keeps them."""
    return [
        output | {"command": printable(output["command"]), "text": cut(output["text"])}
        for output in outputs
    ]


def kept(measured: dict[str, Any]) -> Any:
    """What a claim measured, as evidence keeps it.

    Raises:
        LabError: it is no JSON, or more than a page can show.

    """
    try:
        found = plain(measured)
        size = len(json.dumps(found, allow_nan=False))
    except (TypeError, ValueError) as error:
        raise LabError(f"`measured` cannot be kept: {error}") from None
    if size > MEASURED_LIMIT:
        raise LabError(f"`measured` takes {size >> 10} kB, more than {MEASURED_LIMIT >> 10}")
    return found


def plain(value: Any) -> Any:
    """A measured value as JSON keeps it: fractions with two decimals."""
    if isinstance(value, dict):
        return {printable(str(key)): plain(part) for key, part in value.items()}
    if isinstance(value, list | tuple | set):
        return [plain(part) for part in (sorted(value) if isinstance(value, set) else value)]
    if isinstance(value, str):
        return cut(value)
    return round(value, 2) if isinstance(value, float) else value


def pytest_assertion_pass(item: pytest.Item) -> None:
    item.stash[ASSERTED] = True


@pytest.hookimpl(wrapper=True)
def pytest_pyfunc_call(pyfuncitem: pytest.Function) -> Generator[None, object, object]:
    """Refuse a claim that comes to its end without an assert, as in a loop over nothing."""
    result = yield
    if is_claim(pyfuncitem) and not pyfuncitem.stash.get(ASSERTED, False):
        pytest.fail(f"{pyfuncitem.name}: no assert of it was reached", pytrace=False)
    return result


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
    call: pytest.CallInfo[None],  # noqa: ARG001 # pytest passes it by name
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    if is_claim(item) and (report.when == "call" or report.skipped):
        item.stash[VERDICT] = state(report), reason_of(report)
    if is_claim(item) and report.failed:
        for output in item.stash.get(OUTPUTS, []):
            report.sections.append((f"$ {output['command']}", cut(output["text"])))
    return report


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """In the process that writes: join the phases of a claim into the state of its cell."""
    properties: dict[str, Any] = dict(report.user_properties)
    if "claim" not in properties or "PYTEST_XDIST_WORKER" in os.environ:
        return  # a worker hands its reports on to the process that writes
    if report.when == "setup":
        RUN.count["cells"] += 1
        RUN.states[report.nodeid] = "error"
    if report.when == "call" or report.skipped:
        RUN.states[report.nodeid] = state(report)
    first = properties.get("unsteady")
    if first:
        what = "not recorded: " if RUN.record else ""
        RUN.notes.add(f"{what}{report.nodeid} is unsteady, it said otherwise at first: {first}")
    if report.when == "teardown" and "cell" not in properties:
        RUN.states[report.nodeid] = "error"  # whatever was asked, it was no engine of the lab
    proven = report.when == "teardown" and report.passed and "cell" in properties
    if proven and not (first and RUN.record):
        finish(RUN.states[report.nodeid], properties["cell"])
    if report.failed and RUN.states[report.nodeid] != "turned":
        RUN.states[report.nodeid] = "turned" if "MismatchError" in crash(report) else "error"
    # What JUnit's format is to say of a cell.
    column = properties.get("cell", {}).get("column") or column_of(properties["claim"])
    RUN.columns[report.nodeid] = column
    report.user_properties = [("column", column), ("state", RUN.states[report.nodeid])]
    report.user_properties += [("unsteady", first)] if first else []


def state(report: pytest.TestReport) -> str:
    """The state of a cell, from the report of its call."""
    if hasattr(report, "wasxfail"):
        if report.wasxfail.startswith(NEW):
            return "new" if report.passed else "differs"
        # Only by the range that it states, and by assertion; not by a mark or a call of its own.
        return "does not hold" if report.wasxfail.startswith(OUTSIDE) else "error"
    if report.skipped:
        return "not applicable"
    if report.passed:
        return "holds"
    # With `holds` a claim that must fail and does not is reported by a text of its own.
    return "turned" if re.match(r"Assert|assert|\[XPASS", crash(report)) else "error"


def reason_of(report: pytest.TestReport) -> str | None:
    """Why a claim says that it does not apply."""
    if report.skipped and not hasattr(report, "wasxfail"):
        return cut(str(report.longrepr[2]).removeprefix("Skipped: "))  # type: ignore[index]
    return None


def crash(report: pytest.TestReport) -> str:
    """What a report says went wrong, first line first."""
    found = getattr(report.longrepr, "reprcrash", None)
    return str(found.message if found else report.longrepr)


def finish(state: str, cell: dict[str, Any]) -> None:
    """Count a cell; with --record, write it down if it is as the claim says."""
    if state not in ("holds", "does not hold", "not applicable"):
        return
    RUN.count["verified"] += 1
    if not RUN.record:
        if cell["column"] not in columns():
            RUN.notes.add(f"{cell['column']} has no evidence yet: make record")
        return
    entry = entry_of(Path(cell["file"]))
    today = dt.datetime.now(dt.UTC).date().isoformat()
    found = {
        "state": state,
        **({"reason": cell["reason"]} if "reason" in cell else {}),
        "key": cell["key"],
        "base": compose.facts().get("base", ""),
        "date": today,
        "version": cell["engine"]["version"],
        "measured": cell["measured"],
        "output": cell["output"],
    }
    engine = cell["engine"] | {"date": today}
    before = evidence.cell_of(entry, cell["claim"], cell["column"])
    RUN.count["turned"] += before is not None and before["state"] != state
    try:
        evidence.record(entry, entry.claims[cell["claim"]], cell["column"], found, engine)
        RUN.count["recorded"] += 1
    except OSError as error:
        RUN.notes.add(f"not recorded: {entry}: {error.strerror}")


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    if exitstatus == pytest.ExitCode.NO_TESTS_COLLECTED and session.config.getoption("--changed"):
        session.exitstatus = pytest.ExitCode.OK  # nothing changed: that is well
    wrong = {"turned", "error"} & set(RUN.states.values())
    if wrong or any(note.startswith("not recorded") for note in RUN.notes):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    for line in [*lessons(), *sorted(RUN.notes)]:
        terminalreporter.write_line(line)


def lessons() -> list[str]:
    """Of each claim that came out otherwise: what was expected, what was said, what is next."""
    claims: dict[str, dict[str, str]] = {}
    for nodeid, state in RUN.states.items():
        claims.setdefault(nodeid.partition("[")[0], {})[RUN.columns[nodeid]] = state
    return [
        lesson(name, said)
        for name, said in claims.items()
        if {"turned", "error"} & set(said.values())
    ]


def lesson(name: str, said: dict[str, str]) -> str:
    """The same of one claim, named by its test's id."""
    path, _, function = name.partition("::")
    entry = entry_of(ROOT / path)
    claim = entry.claims[function.removeprefix("test_")]
    # The engines that did say who they are, oldest first: workers report in any order.
    known = sorted((c for c in said if re.search(r"\d", c)), key=evidence.order)
    said = {column: said[column] for column in [*known, *(said.keys() - known)]}
    expected = {c: "holds" if claim.holds_on(c) else "does not hold" for c in known}
    wrong = next(column for column, state in said.items() if state in ("turned", "error"))
    return (
        f"{path}:{claim.line}: {claim.name}: expected: {verdicts(expected)}; "
        f"the engines: {verdicts(said)}\n"
        f"  next: make lab-shell ENGINE={wrong}, make prove ENTRY={entry} CLAIM={claim.name}"
    )


def pytest_unconfigure(config: pytest.Config) -> None:
    if hasattr(config, "workerinput"):
        return
    if "LAB_RUN" in os.environ and (Path(os.environ["LAB_RUN"]) / "started").exists():
        with suppress(LabError):  # another run uses it by now
            compose.down()
    count = RUN.count
    if count["cells"]:
        if count["turned"]:
            print(f"!!! {count['turned']} VERDICTS TURNED: read them with `make report BASE=HEAD`")
        recorded = f", {count['recorded']} recorded" if RUN.record else ""
        print(f"{count['verified']} of {count['cells']} claims × engines verified{recorded}")
    elif RUN.record:
        print("nothing to record: all evidence is there and fresh")
    sys.stdout.flush()
