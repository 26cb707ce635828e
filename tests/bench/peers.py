"""What people would use instead, on the same snippets in the same run: `make bench ARGS=peers`.

Three claims of `build/heredoc` on every engine, written once more for each peer in `peers/`. The
transcripts of prysk and byexample cannot say where a claim holds, so they ask one engine, four
times: what an author would have to repeat for each release is not in their lines.
"""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from lab import compose
from lab.claims import ROOT
from lab.engine import Engine
from tests.bench.lab import command as run
from tests.bench.lab import seconds

PEERS = Path(__file__).parent / "peers"
CLAIMS = ("copy_heredoc_writes_a_file", "set_e_stops_at_the_failure", "space_is_an_error")
PYTEST = [sys.executable, "-m", "pytest", "-q"]
PACKAGES = ["prysk", "byexample", "pytest", "pytest-docker", "pytest-xdist"]


def took(command: list[str], cwd: Path = ROOT, **variables: str) -> float:
    """How long a command takes, in seconds; it knows the engines' images and the snippets."""
    images = {name.split(":")[1].split("-")[0].upper(): name for name in compose.images()}
    given = images | {"SNIPPETS": str(ROOT / "snippets")} | variables
    return seconds(lambda: run(*command, cwd=cwd, **given))


def lines(text: str) -> int:
    """The lines that an author writes: those with something on them."""
    return sum(bool(line.strip()) for line in text.splitlines())


def own_lines() -> int:
    """The same of ours: the claims' functions; snippets and page are there for each peer too."""
    text = (ROOT / "tests/build/test_heredoc.py").read_text()
    parts = text.split("\n\n\n")
    return sum(lines(part) for part in parts if any(f"def test_{name}(" in part for name in CLAIMS))


def measure() -> None:
    """Print a table: seconds for the matrix and for nothing to do, and the lines to write."""
    for service in compose.SERVICES:
        Engine(service).ready()
    print(f"three claims on {len(compose.SERVICES)} engines; a peer runs all again, changed or not")
    print("                          matrix  ratio nothing to do  ratio   lines")
    claims = ["-k", " or ".join(CLAIMS), "tests/build/test_heredoc.py"]
    took([*PYTEST, *claims])  # so that ours and the peers meet the same build cache
    ours = took([*PYTEST, *claims])
    idle = took([*PYTEST, "--record"], DOCKER_HOST="tcp://127.0.0.1:1")
    row("ours", (ours, 1), (idle, 1), own_lines())
    with tempfile.TemporaryDirectory() as folder:
        for name, command, per_engine in prepare(Path(folder)):
            asked = per_engine or [{}]
            all_ = sum(took(command, Path(folder), **variables) for variables in asked)
            row(name, (all_, all_ / ours), (all_, all_ / idle), author_lines(command[-1]))


def prepare(here: Path) -> list[tuple[str, list[str], list[dict[str, str]]]]:
    """Install the peers in a folder: the name and command of each, and with what per engine."""
    shutil.copytree(PEERS, here, dirs_exist_ok=True)
    (here / "tests").mkdir()
    shutil.move(here / "plain.yml", here / "tests/docker-compose.yml")
    subprocess.run([sys.executable, "-m", "venv", here / "venv"], check=True)
    command = [here / "venv/bin/pip", "install", "--quiet", *PACKAGES]
    subprocess.run(command, check=True, capture_output=True)
    engines = [Engine(service) for service in compose.SERVICES]
    each = [{"ENGINE": engine.container, "COLUMN": engine.line} for engine in engines]
    newest = [{"ENGINE": compose.container("forky")}] * len(engines)
    bin_ = here / "venv/bin"
    plain = [f"{bin_}/pytest", "-q", "--container-scope=function"]
    found = [
        ("prysk", [f"{bin_}/prysk", "heredoc.t"], newest),
        ("byexample", [f"{bin_}/byexample", "-l", "shell", "heredoc.md"], newest),
        ("pytest-docker", [*plain, "plain.py"], []),
        ("pytest-docker, xdist", [*plain, "-n4", "plain.py"], []),
    ]
    if shutil.which("bats"):
        return [("bats", ["bats", "heredoc.bats"], each), *found]
    print("bats is not installed: apt-get install bats")
    return found


def author_lines(file: str) -> int:
    """The lines of a peer's file, and of the compose file where it needs one of its own."""
    files = ["plain.py", "plain.yml"] if file == "plain.py" else [file]
    return sum(lines((PEERS / name).read_text()) for name in files)


def row(name: str, matrix: tuple[float, float], idle: tuple[float, float], own: int) -> None:
    """Print one line of the table: seconds with their ratio to ours, and lines."""
    told = "".join(f"{took:10.1f} s {ratio:6.2f}" for took, ratio in (matrix, idle))
    print(f"{name:<22}{told} {own:7}")
