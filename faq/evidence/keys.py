"""What a result depends on: the key of a cell, which changes when its claim must run again."""

import hashlib
import json
import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from faq import columns
from faq.entries import Entry

PROBE = re.compile(r"^\s*from faq\.lab\.(\w+) import", re.MULTILINE)
WAY_INTO_AN_ENGINE = ("tests/conftest.py", "faq/lab/docker_engine.py", "faq/lab/podman.py")
Keys = dict[str, dict[str, str]]


def cell_keys(entry: Entry, services: Iterable[str]) -> Keys:
    """The key of each cell of an entry, by service and claim; prose is not in it.

    A key covers the claim itself and what stands around the claims in its file, the fixtures and
    probes they use, the entry's snippets, and how its engine is made and started.
    """
    files = listing([*entry.snippets, *dependencies(entry)], entry.root)
    keys: Keys = {}
    for service in services:
        recipe = engine_recipe(entry.root, service)
        keys[service] = {
            name: digest(f"{claim.code}\n{files}\n{recipe}") for name, claim in entry.claims.items()
        }
    return keys


def dependencies(entry: Entry) -> list[Path]:
    """The fixtures of all topics and of the entry's, and the modules of the lab they import.

    The tests of the repository see to it that they import nothing else of it, in no other words.
    """
    shared, *engines = [entry.root / name for name in WAY_INTO_AN_ENGINE]
    files = [entry.claims_file, entry.claims_file.parent / "conftest.py", *engines]
    for path in filter(Path.exists, files):  # they grow meanwhile
        modules = {f"faq/lab/{name}.py" for name in PROBE.findall(entry.source(path))}
        files += set(map(entry.root.joinpath, modules)).difference(files)
    return sorted([shared, *files[1:]])


def engine_recipe(root: Path, service: str) -> str:
    """How an engine is made and started: its service, its network, and its image's recipe."""
    compose = parse_yaml((root / columns.COMPOSE_FILE).read_text())
    if service not in compose["services"]:
        return "none"
    described = compose["services"][service] | {"x-column": None}  # says what is asked, no more
    build = described["build"]
    text = json.dumps([described, compose["networks"]], sort_keys=True)
    for context in (build["context"], *build.get("additional_contexts", {}).values()):
        text += listing(sorted((root / "tests" / context).rglob("*")), root)
    return text


@cache
def parse_yaml(text: str) -> dict[str, Any]:
    """A YAML document; it is shared, so do not change it."""
    return dict(yaml.load(text, yaml.CSafeLoader))  # the safe one, in C


def listing(files: list[Path], root: Path) -> str:
    """Those that are files, a line each: digest of the content, executable bit and name."""
    lines = []
    for path in filter(Path.is_file, files):
        content = hashlib.sha256(path.read_bytes()).hexdigest()
        executable = path.stat().st_mode & 0o100
        lines.append(f"{content} {executable:o} {path.relative_to(root).as_posix()}")
    return "\n".join(lines)


def digest(text: str) -> str:
    """The first 16 hexadecimal digits of a text's SHA-256."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]
