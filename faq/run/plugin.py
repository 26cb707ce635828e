"""A pytest plugin that asks claims of engines: the hooks; the work stands beside it."""

import sys
from collections.abc import Generator

import pytest

from faq.console import keep_stderr
from faq.evidence.freshness import stale_cells
from faq.evidence.sanitize import clean_output
from faq.lab import compose
from faq.run import asking, check_my_engine, preflight
from faq.run.collection import COLLECTED, collect, recorded_at_start
from faq.run.daily import todays_part
from faq.run.failure_summary import failure_summary
from faq.run.findings import NOTHING_TO_RECORD, Findings
from faq.run.lab_of_run import open_run, take_down_lab
from faq.run.progress import Progress
from faq.run.selection import add_options, check_options, select
from faq.run.verdict import ASKED

FINDINGS = pytest.StashKey[Findings]()
pytest_addoption = add_options


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line(
        "markers",
        "holds(since, until, store, podman): the claim holds from release line `since`, before "
        "`until`, on image store `store`, not on Podman with `podman=False`; elsewhere it must "
        "fail by assertion",
    )
    config.addinivalue_line(
        "markers",
        "host(cgroup, security_module): the outcome depends on the host, and the claim can be "
        "asked only on one that has what it needs",
    )
    config.addinivalue_line(
        "markers",
        "applies(since, until, store, podman): the claim's condition is met on these engines; of "
        "others it is not asked, and does not apply",
    )
    config.addinivalue_line(
        "markers", "shown(key, ...): these values are measured to be shown, and prove nothing"
    )
    open_run(config)
    keep_stderr()
    if hasattr(config, "workerinput"):
        return
    record = config.getoption("--record")
    preflight.forget_old_bytecode()
    preflight.check_files()
    check_options(config)
    if record:
        preflight.check_writable()
    # What is in reach, and which day it is, is decided here for the workers of this run.
    has_all = set(recorded_at_start().values()).issuperset(compose.engines_in_reach())
    if record == "stale" and has_all and not stale_cells(lab=compose.facts()):
        print(NOTHING_TO_RECORD)
        pytest.exit("no claim to run", returncode=0)  # neither workers nor tests need to start
    todays_part()
    config.stash[FINDINGS] = Findings(record, is_daily=config.getoption("--daily"))
    config.pluginmanager.register(config.stash[FINDINGS])


def pytest_sessionstart(session: pytest.Session) -> None:
    terminal = session.config.pluginmanager.getplugin("terminalreporter")
    if FINDINGS in session.config.stash and terminal:
        session.config.pluginmanager.register(Progress(terminal))


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> object:
    from faq.run.scheduling import ByEngine  # noqa: PLC0415 # a tenth of a second, if it is needed

    return ByEngine(config, log)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    for item in items:
        if collected := collect(item):
            item.stash[COLLECTED] = collected
    selected = select(items, config)
    config.hook.pytest_deselected(items=list(set(items).difference(selected)))
    items[:] = selected


def pytest_runtest_protocol(item: pytest.Item, nextitem: pytest.Item | None) -> bool | None:
    if COLLECTED not in item.stash or not isinstance(item, pytest.Function):
        return None
    item.ihook.pytest_runtest_logstart(nodeid=item.nodeid, location=item.location)
    for report in asking.ask(item, nextitem):
        item.ihook.pytest_runtest_logreport(report=report)
    item.ihook.pytest_runtest_logfinish(nodeid=item.nodeid, location=item.location)
    return True


def pytest_assertion_pass(item: pytest.Item) -> None:
    if asked := item.stash.get(ASKED, None):
        asked.has_asserted = True


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    if report.failed and ASKED in item.stash:
        asked = item.stash[ASKED]
        raised = getattr(call.excinfo, "value", None)
        asked.failed_by_assertion |= call.when == "call" and isinstance(raised, AssertionError)
        for output in map(clean_output, asked.outputs):
            report.sections.append((f"$ {output.command}", output.text))
    return report


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    findings = config.stash[FINDINGS]
    lines = [*failure_summary(findings), *sorted(findings.notes)]
    if config.getoption("--my-engine"):
        lines += check_my_engine.differences_from_site(findings)
    for line in lines:
        terminalreporter.write_line(line)


def pytest_unconfigure(config: pytest.Config) -> None:
    if FINDINGS in config.stash:
        take_down_lab()
        for line in config.stash[FINDINGS].summary():
            print(line)
        sys.stdout.flush()
