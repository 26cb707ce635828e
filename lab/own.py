"""A pytest plugin, `-p lab.own`: asks the user's own engine instead of the lab's.

Commands run in a container beside it, which holds the snippets and has the engine's socket, so
nothing is written on the user's machine, and only things named `faq-…` are looked at or removed.
"""

import os
import re
import subprocess
from typing import TYPE_CHECKING, Any

import pytest

from lab import bootstrap, compose, selection
from lab.claims import Entry, entries, entry_of
from lab.engine import RESOURCES, Engine, names
from lab.steps import LabError, logged, step

if TYPE_CHECKING:
    from collections.abc import Callable

SERVICE = "own"
DEFAULT = "/var/run/docker.sock"
# What an entry must not do where somebody works: settings of the host, other daemons, the
# firewall, fixed ports, other people's caches, and the lab's registry, which is not there.
NOT_SAFE = re.compile(
    r"iptables|\bufw\b|\bnetns\b|nsenter|unshare|dockerd|docker\.sock|--privileged|"
    r"--net(?:work)?[= ]host|--publish|--volume|useradd|\blxc|\bprune\b|registry:5000"
)


class OwnEngine(Engine):
    """The user's engine, by way of a container beside it."""

    def inventory(self, script: str) -> dict[str, set[str]]:
        """Run `script`, then list what is named as the snippets name their things."""
        self.run(script or ":")
        found: dict[str, set[str]] = {"firewall": set()}
        for kind, path in RESOURCES.items():
            answer = self.run(f"curl -fsS --unix-socket {DEFAULT} 'http://d/{path}'").json()
            found[kind] = {name for name in names(kind, answer) if name.startswith("faq-")}
        return found


def unsafe(entry: Entry) -> str | None:
    """What an entry does that it must not do on somebody's engine; None when it is safe."""
    files = [*entry.snippets, entry.claims_file, entry.claims_file.parent / "conftest.py"]
    text = "\n".join(path.read_text() for path in files if path.exists())
    found = NOT_SAFE.search(text)
    return found[0] if found else None


def start() -> OwnEngine:
    """Start the container beside the engine.

    Raises:
        LabError: the engine holds things under the names that the claims use.

    """
    bootstrap.ensure_engine()
    os.environ["LAB_RECIPE"] = compose.recipe()
    compose.have_images()
    stop()
    image = next(name for name in compose.images() if "forky" in name)
    command = ["docker", "run", "--detach", "--init", "--name", compose.container(SERVICE)]
    command += ["--pid", "host", "--volume", f"{socket()}:/run/docker.sock"]
    command += ["--entrypoint", "sleep", image, "infinity"]
    with step("starting a container beside your engine"):
        logged(command, bootstrap.CACHE / "own.log")
    engine = OwnEngine(SERVICE)
    if taken := sorted(set().union(*engine.inventory("").values())):
        raise LabError(f"your engine has {', '.join(taken)}: the claims use these names")
    return engine.ready()


def socket() -> str:
    """Where the engine has its socket, as it sees the file system itself."""
    address = os.environ.get("DOCKER_HOST", "")
    if address == bootstrap.EMBEDDED:
        return "/state/docker.sock"  # the embedded engine has a root of its own
    return address.removeprefix("unix://") if address.startswith("unix:") else DEFAULT


def stop() -> None:
    """Remove the container."""
    command = ["docker", "rm", "--force", "--volumes", compose.container(SERVICE)]
    subprocess.run(command, capture_output=True)


@pytest.hookimpl(tryfirst=True)
def pytest_load_initial_conftests() -> None:
    """Have the claims asked of one engine: before their fixtures are read."""
    compose.ENGINES = (SERVICE,)  # type: ignore[assignment]


@pytest.hookimpl(tryfirst=True)
def pytest_fixture_setup(fixturedef: Any) -> Any:
    """Give the claims the user's engine where they ask for the lab's."""
    if fixturedef.argname not in ("docker_services", "started_engine"):
        return None
    result: Callable[[str], Engine] | bool = True
    if fixturedef.argname == "started_engine":
        try:
            engine = start()
        except LabError as error:
            stop()
            pytest.exit(f"error: {error}", returncode=2)
        fixturedef.addfinalizer(stop)
        result = lambda _: engine  # noqa: E731
    fixturedef.cached_result = (result, None, None)
    return result


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Keep the claims of the entries that are safe."""
    kept = [item for item in items if selection.is_claim(item) and not unsafe(entry_of(item.path))]
    config.hook.pytest_deselected(items=[item for item in items if item not in kept])
    items[:] = kept


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say which answers differ from the site, and what was not asked."""
    line = terminalreporter.write_line
    for entry in entries():
        if found := unsafe(entry):
            line(f"not asked: {entry}, which uses {found}")
    count = {
        kind: terminalreporter.stats.get(kind, [])
        for kind in ("passed", "xfailed", "failed", "error")
    }
    unlike = {report.nodeid.partition("[")[0] for report in [*count["failed"], *count["error"]]}
    for name in sorted(unlike):
        line(f"not as on the site, for the reason above: {name}")
    answered = {report.nodeid for report in [*count["passed"], *count["xfailed"]]}
    like = len({nodeid.partition("[")[0] for nodeid in answered} - unlike)
    line(f"{like} answers are those of the site, {len(unlike)} are not")
    line("asked with the lab's command line; build cache may be left on your engine")
