"""A copy of the line in a folder of its own, for faults and measurements planted in it."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from lab import evidence
from lab.claims import ROOT, Entry
from lab.keys import keys

LINE = ["lab", "theme", "docs/assets", "docs/evidence.schema.json", "mkdocs.yml", "pyproject.toml"]
LINE += ["tests/conftest.py", "tests/docker-compose.yml", "tests/lab"]
SERVICES = {"20.10": "bookworm", "28.5": "forky"}


class Project:
    """The line with one entry, `faults/line`, run on one engine of the lab."""

    def __init__(self, root: Path, claims: str) -> None:
        self.root = root
        self.entry = Entry(root, "faults", "line")
        for name in LINE:
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
            copy(ROOT / name, root / name)
        self.write("docs/index.md", "# Home\n")
        self.write("snippets/faults/line/clean.sh", "# Nothing to clean up.\n")
        self.write("tests/faults/test_line.py", claims)

    def copy(self, root: Path) -> "Project":
        """The same in another folder."""
        shutil.copytree(self.root, root, dirs_exist_ok=True)
        copy = object.__new__(Project)
        copy.root, copy.entry = root, Entry(root, "faults", "line")
        return copy

    def write(self, name: str, text: str) -> None:
        """Write one file of the project."""
        (self.root / name).parent.mkdir(parents=True, exist_ok=True)
        (self.root / name).write_text(text)

    def run(self, *arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
        """Run a Python module in the project, as a run of its own."""
        ours = {name: value for name, value in os.environ.items() if "PYTEST" not in name}
        ours.pop("LAB_RUN", None)
        return subprocess.run(
            [sys.executable, "-m", *arguments],
            cwd=self.root,
            env=ours | variables,
            capture_output=True,
            text=True,
            timeout=600,
        )

    def pytest(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run the claims on one engine."""
        return self.run("pytest", "-n0", "--column", "forky", *arguments)

    def build(self, **variables: str) -> subprocess.CompletedProcess[str]:
        """Build the site strictly."""
        return self.run("mkdocs", "build", "--strict", **variables)

    def record(self, column: str, name: str, date: str, key: str = "") -> None:
        """Record by hand that a claim holds; with a key of its own, the cell is stale."""
        service = SERVICES[column]
        cell = {
            "state": "holds",
            "key": key or keys(self.entry, [service])[service][name],
            "base": "a1",
            "date": date,
            "version": f"{column}.1",
            "measured": {},
            "output": [],
        }
        engine = {"service": service, "version": f"{column}.1", "date": date}
        evidence.record(self.entry, self.entry.claims[name], column, cell, engine)
