"""What a result depends on: the key of a cell, which changes when its claim must run again."""

import hashlib
import json
import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from lab import compose
from lab.claims import Entry, source

PROBE = re.compile(r"^\s*from lab\.(\w+) import", re.MULTILINE)
Keys = dict[str, dict[str, str]]


def keys(entry: Entry, services: Iterable[str]) -> Keys:
    """The key of each cell of an entry, by service and claim; prose is not in it.

    A key covers the claim itself and what stands around the claims in its file, the fixtures and
    probes they use, the entry's snippets, and how its engine is made and started.
    """
    files = contents([*entry.snippets, *fixtures(entry), *shared(entry.root)], entry.root)
    return {
        service: {
            name: short(f"{claim.code}\n{files}\n{made}") for name, claim in entry.claims.items()
        }
        for service in services
        for made in [engine_recipe(entry.root, service)]
    }


def fixtures(entry: Entry) -> list[Path]:
    """The fixtures of the entry's topic, and the probes of `lab` that they or the claims import.

    The tests of the repository see to it that they import nothing else of it, in no other words.
    """
    topic = entry.claims_file.parent / "conftest.py"
    found, left = [topic], [entry.claims_file, topic]
    while left:
        path = left.pop()
        where = path.relative_to(entry.root).as_posix()
        text = source(path, where) if path.exists() else ""
        probes = (entry.root / "lab" / f"{name}.py" for name in PROBE.findall(text))
        new = [path for path in probes if path not in (*found, *shared(entry.root))]
        found += new
        left += new
    return sorted(found)


def shared(root: Path) -> list[Path]:
    """What every result depends on: the fixtures, and the way into an engine."""
    return [root / "tests/conftest.py", root / "lab/engine.py", root / "lab/podman.py"]


def engine_recipe(root: Path, service: str) -> str:
    """How an engine is made and started: its service, its network, and its image's recipe."""
    lab = read_compose((root / "tests" / compose.FILE.name).read_text())
    found = lab["services"].get(service, {})
    recipe = root / "tests" / found.get("build", {}).get("context", "")
    files = sorted(path for path in recipe.rglob("*") if path.is_file()) if found else []
    return json.dumps([found, lab["networks"]], sort_keys=True) + contents(files, root)


@cache
def read_compose(text: str) -> Any:
    """A compose file, parsed."""
    return yaml.safe_load(text)


def contents(files: list[Path], root: Path) -> str:
    """The names of files, each with a digest of what it holds and its mode, a line each."""
    return "\n".join(
        f"{hashlib.sha256(path.read_bytes()).hexdigest()} {path.stat().st_mode & 0o100:o} "
        f"{path.relative_to(root).as_posix()}"
        for path in files
        if path.exists()
    )


def short(text: str) -> str:
    """A digest of a text."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]
