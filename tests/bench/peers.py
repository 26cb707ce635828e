"""What people would use instead, on the same snippets in the same run: `make bench ARGS=peers`.

Three claims of `build/heredoc` on every engine, written once more for each peer in `peers/`. The
transcripts of prysk and byexample cannot say where a claim holds, so they ask one engine, four
times: what an author would have to repeat for each release is not in their lines.
"""

import re
import shutil
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from faq import ROOT
from faq.entries import entry_named
from faq.lab import compose
from faq.lab.engines import engine_of
from faq.lab.names import container
from faq.lab.reach import engines_for
from tests.bench.programs import run, seconds

PEERS = Path(__file__).parent / "peers"
ENTRY = entry_named("build/heredoc")
CLAIMS = ("copy_heredoc_writes_a_file", "set_e_stops_at_the_failure", "space_is_an_error")
FUNCTION = re.compile(r"^def test_(\w+)\(", re.MULTILINE)
PYTEST = (sys.executable, "-m", "pytest", "-q")
PACKAGES = ("prysk", "byexample", "pytest", "pytest-docker", "pytest-xdist")


@dataclass(frozen=True)
class Peer:
    """A tool with the files that an author writes for it.

    It is asked once for each of `variables`, which name an engine.
    """

    name: str
    command: Sequence[str]
    files: Sequence[str]
    variables: Sequence[dict[str, str]] = ({},)


def measure() -> None:
    """Print a table: seconds for the matrix and for nothing to do, and the lines to write."""
    services = engines_for(ENTRY.topic)
    for service in services:
        engine_of(service).ready()
    print(f"three claims on {len(services)} engines; a peer runs all again, changed or not")
    print("                          matrix  ratio nothing to do  ratio   lines")
    claims = ("-k", " or ".join(CLAIMS), ENTRY.relative(ENTRY.claims_file))
    took(*PYTEST, *claims)  # so that ours and the peers meet the same build cache
    ours = took(*PYTEST, *claims)
    idle = took(*PYTEST, "--record", DOCKER_HOST="tcp://127.0.0.1:1")
    print_row("ours", (ours, 1), (idle, 1), own_lines())
    with tempfile.TemporaryDirectory() as folder:
        for peer in prepare(Path(folder), services):
            every = 0.0
            for variables in peer.variables:
                every += took(*peer.command, folder=Path(folder), **variables)
            written = "".join((PEERS / name).read_text() for name in peer.files)
            print_row(peer.name, (every, every / ours), (every, every / idle), lines_in(written))


def took(*command: str, folder: Path = ROOT, **variables: str) -> float:
    """How long a command takes, in seconds; it knows the engines' images and the snippets."""
    images = {name.split(":")[1].split("-")[0].upper(): name for name in compose.images()}
    given = images | {"SNIPPETS": str(ROOT / "snippets")} | variables
    return seconds(run, *command, folder=folder, **given)


def lines_in(text: str) -> int:
    """The lines that an author writes: those with something on them."""
    return len(list(filter(str.strip, text.splitlines())))


def own_lines() -> int:
    """The lines of our claims; snippets and page are there for each peer too."""
    lines = 0
    for part in ENTRY.source(ENTRY.claims_file).split("\n\n\n"):
        name = FUNCTION.search(part)
        if name and name[1] in CLAIMS:
            lines += lines_in(part)
    return lines


def prepare(folder: Path, services: list[str]) -> list[Peer]:
    """Install the peers in a folder, and put what they read beside them."""
    shutil.copytree(PEERS, folder, dirs_exist_ok=True)
    (folder / "tests").mkdir()
    shutil.move(folder / "plain.yml", folder / "tests/docker-compose.yml")
    programs = folder / "venv/bin"
    run(sys.executable, "-m", "venv", str(folder / "venv"))
    run(str(programs / "pip"), "install", "--quiet", *PACKAGES)
    newest = [{"ENGINE": container("forky")}] * len(services)
    byexample = [f"{programs}/byexample", "-l", "shell"]
    plain = [f"{programs}/pytest", "-q", "--container-scope=function"]
    files = ["plain.py", "plain.yml"]
    return [
        *bats(services),
        Peer("prysk", [f"{programs}/prysk", "heredoc.t"], ["heredoc.t"], newest),
        Peer("byexample", [*byexample, "heredoc.md"], ["heredoc.md"], newest),
        Peer("pytest-docker", [*plain, "plain.py"], files),
        Peer("pytest-docker, xdist", [*plain, "-n4", "plain.py"], files),
    ]


def bats(services: list[str]) -> list[Peer]:
    """Bats, where it is installed."""
    if not shutil.which("bats"):
        print("bats is not installed: apt-get install bats")
        return []
    engines = map(engine_of, services)
    each = [{"ENGINE": engine.container, "COLUMN": engine.line} for engine in engines]
    return [Peer("bats", ["bats", "heredoc.bats"], ["heredoc.bats"], each)]


def print_row(name: str, matrix: tuple[float, float], idle: tuple[float, float], own: int) -> None:
    """Print one line of the table: seconds with their ratio to ours, and lines."""
    print(f"{name:<22}{matrix[0]:10.1f} s {matrix[1]:6.2f}", end="")
    print(f"{idle[0]:10.1f} s {idle[1]:6.2f} {own:7}")
