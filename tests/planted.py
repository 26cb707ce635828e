"""A copy of the line in a folder of its own, for faults and measurements planted in it."""

import datetime as dt
import os
import shutil
import subprocess
import sys
from pathlib import Path

from faq import ROOT
from faq.entries import Entry
from faq.evidence import store
from faq.evidence.keys import cell_keys
from faq.evidence.model import Cell, EngineRecord, Evidence, Verdict
from faq.lab.reach import LEFT_OUT
from faq.run.lab_of_run import FOLDER

LINE = ["faq", "theme", "docs/assets", "mkdocs.yml", "pyproject.toml"]
LINE += ["tests/conftest.py", "tests/docker-compose.yml", "tests/lab"]
SERVICES = {"20.10": "bookworm", "26.1": "trixie", "28.5": "forky"}
SERVICES |= {"30.1": "sid", "podman-5.4": "podman"}
DAY = "2026-11-01"
CLAIMS = '''"""Is this line to be trusted?"""


def test_one(snippet, measured):
    """The snippet prints one line."""
    measured["lines"] = len(snippet("print.sh").out.splitlines())
    assert measured["lines"] == 1


def test_two(engine):
    """Two holds."""
    assert engine.run("true").out == ""
'''
CLAIM = 'def test_x(engine):\n    """It holds."""\n    assert engine\n'
PAGE = """\
# Is this line to be trusted?

{text}

``` sh title="print.sh"
--8<-- "faults/line/print.sh"
```

``` sh title="clean.sh"
--8<-- "faults/line/clean.sh"
```

{{{{ evidence_table() }}}}
"""
BOTH_CLAIMS = '{{ claim("one") }}\n\n{{ claim("two") }}'


class Project:
    """The line with one entry, `faults/line`, which can be run on one engine of the lab.

    Args:
        root: its folder; what is there already stays as it is.
        claims: the text of the entry's claims file.

    """

    def __init__(self, root: Path, claims: str = CLAIMS) -> None:
        self.root = root
        self.entry = Entry(root, "faults", "line")
        if root.is_dir() and any(root.iterdir()):
            return
        for name in LINE:
            (self.root / name).parent.mkdir(parents=True, exist_ok=True)
            copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
            copy(ROOT / name, self.root / name)
        self.write("docs/index.md", "# Home\n")
        self.write("docs/faults/line.md", PAGE.format(text=BOTH_CLAIMS))
        self.write("snippets/faults/line/print.sh", "echo one\n")
        self.write("snippets/faults/line/clean.sh", "# Nothing to clean up.\n")
        self.write("tests/faults/test_line.py", claims)

    def copy(self, root: Path) -> "Project":
        """The project as it is now, in another folder."""
        return Project(shutil.copytree(self.root, root))

    def write(self, name: str, text: str) -> None:
        """Write one file of the project."""
        (self.root / name).parent.mkdir(parents=True, exist_ok=True)
        (self.root / name).write_text(text)

    def edit(self, name: str, old: str, new: str) -> None:
        """Replace the first of a text in a file of the project; it must be there."""
        text = (self.root / name).read_text()
        assert old in text
        self.write(name, text.replace(old, new, 1))

    def edit_evidence(self, old: str, new: str) -> None:
        """Edit the evidence by hand."""
        self.edit("snippets/faults/line/evidence.json", old, new)

    def evidence(self) -> Evidence:
        """What is recorded of the entry."""
        return store.read(self.entry)

    def commit(self) -> None:
        """Commit the snippets and the evidence, in a repository that begins here."""
        commit = ["-c", "user.name=a", "-c", "user.email=a@b", "commit", "--quiet", "--message=a"]
        for command in (["init", "--quiet"], ["add", "snippets", "docs"], commit):
            subprocess.run(["git", "-C", self.root, *command], check=True)

    def run(self, *arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
        """Run a Python module in the project, as a run of its own."""
        return self.execute(sys.executable, "-m", *arguments, **variables)

    def execute(self, *command: str, **variables: str) -> subprocess.CompletedProcess[str]:
        """Run a command in the project, to its end."""
        return subprocess.run(command, capture_output=True, timeout=600, **self.here(**variables))

    def start(self, *command: str) -> subprocess.Popen[str]:
        """Start a command in the project."""
        out = dict.fromkeys(("stdout", "stderr"), subprocess.PIPE)
        return subprocess.Popen(command, start_new_session=True, **out, **self.here())

    def here(self, **variables: str) -> dict[str, object]:
        """Where a command runs: in the project, without what is pytest's in the environment."""
        ours = {name: value for name, value in os.environ.items() if "PYTEST" not in name}
        for decided in (FOLDER, LEFT_OUT):
            ours.pop(decided, None)
        return {"cwd": self.root, "env": ours | variables, "text": True}

    def pytest(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run the claims on one engine."""
        return self.run("pytest", "-n0", "--column", "forky", *arguments)

    def build(self, **variables: str) -> subprocess.CompletedProcess[str]:
        """Build the site strictly."""
        return self.run("mkdocs", "build", "--strict", **variables)

    def built(self, name: str = "faults/line.html") -> str:
        """A file of the built site."""
        return (self.root / "site" / name).read_text()

    def record(self, column: str, name: str, date=DAY, engine=None, **changes: object) -> None:
        """Record by hand that a claim holds, or what else `changes` says; the checksums are right.

        Args:
            column: one that `SERVICES` lists, or that of `engine`, an `EngineRecord`.
            name: of the claim.
            date: of the run, ISO.
            engine: what it said of itself, where that matters.
            changes: fields of the cell.

        """
        engine = engine or engine_record(SERVICES[column], exact(column), date)
        key = cell_keys(self.entry, [engine.service])[engine.service][name]
        fields = {"state": Verdict.HOLDS, "version": exact(column), "measured": {}, "output": []}
        fields |= {"key": key, "base": "a1", "date": dt.date.fromisoformat(date), "checksum": ""}
        cell = Cell(**fields | changes)
        store.record_cell(self.entry, self.entry.claims[name], column, cell, engine)


def exact(column: str) -> str:
    """A release of a column's line."""
    return f"{column.removeprefix('podman-')}.1"


def engine_record(service: str, version: str, date: str = DAY) -> EngineRecord:
    """What an engine of the lab could say of itself."""
    said = {"api": "1.51", "builder": "BuildKit, buildx 0.29", "kernel": "6.1"}
    said |= {"storage_driver": "overlay2", "image_store": "classic", "cgroup_version": "1"}
    said |= {"security_options": ["seccomp,profile=builtin"], "base_images": {}, "checksum": ""}
    when = dt.date.fromisoformat(date)
    return EngineRecord(service=service, version=version, date=when, **said)
