"""What makes evidence valid: its form, its seals, and nothing in it that no run wrote."""

import json
from collections.abc import Iterator
from functools import cache
from itertools import chain
from typing import Any

import jsonschema_rs

from lab.claims import PODMAN, ROOT, ClaimError
from lab.keys import short

SCHEMA = ROOT / "docs" / "evidence.schema.json"
# Where a cell came from, by hand or by a run, shows in its seal.
SEALED = ("state", "reason", "key", "base", "date", "version", "measured", "output")
BY_HAND = "was changed by hand: take it back from git, or delete it and record again"


@cache
def check(text: str, where: str) -> dict[str, Any]:
    """Parse evidence and refuse what no run wrote."""
    try:
        data: dict[str, Any] = json.loads(text)
        canonical = as_text(data).encode() == text.encode()
    except (ValueError, RecursionError) as error:
        line = getattr(error, "lineno", 1)
        raise ClaimError(
            f"{where}:{line}: no JSON ({str(error)[:100]}): "
            "take it back from git, or delete it and record again",
        ) from None
    for path, message in chain(misfits(data), unfit(data)):
        trail = " > ".join(path)
        raise ClaimError(f"{where}:{line_of(text, path)}: {trail}: {message[:200]}")
    if not canonical:
        raise ClaimError(f"{where}: is not as a run writes it: {BY_HAND}")
    return data


def as_text(data: Any) -> str:
    """Evidence as a run writes it; no number in it is infinite or none."""
    return json.dumps(data, indent=1, ensure_ascii=False, allow_nan=False) + "\n"


def misfits(data: Any) -> Iterator[tuple[list[str], str]]:
    """What is against the schema: the path of each fault, and what it is."""
    for fault in validator().iter_errors(data):
        yield list(map(str, fault.instance_path)), fault.message


def unfit(data: dict[str, Any]) -> Iterator[tuple[list[str], str]]:
    """What the schema cannot say: the path of each fault, and what it is."""
    for column, engine in data["engines"].items():
        yield from unfit_record(engine, seal_of_engine(column, engine), ["engines", column])
    for name, claim in data["claims"].items():
        for column, cell in claim["cells"].items():
            path = ["claims", name, "cells", column]
            yield from unfit_record(cell, seal(name, claim["sentence"], column, cell), path)
            if ("reason" in cell) != (cell["state"] == "not applicable"):
                yield path, "a reason belongs to a claim that does not apply, and to no other"
            if column not in data["engines"]:
                yield path, "no engine of this column was recorded"


def unfit_record(
    record: dict[str, Any], sealed: str, path: list[str]
) -> Iterator[tuple[list[str], str]]:
    """The same of what one run recorded of a column, the last part of the path."""
    if record["seal"] != sealed:
        yield path, BY_HAND
    if not is_release(record["version"], path[-1]):
        yield path, f"{record['version']} is no release of {path[-1]}"
    if any(text != printable(text) for text in strings(record)):
        yield path, "holds control characters, which no run records"


def line_of(text: str, path: list[str]) -> int:
    """The line of a JSON text where a value stands, or the nearest around it that has a name."""
    at = 0
    for name in path:
        at = max(at, text.find(f"{json.dumps(name, ensure_ascii=False)}:", at))
    return text.count("\n", 0, at) + 1


def is_release(version: str, column: str) -> bool:
    """Whether an exact version, such as 28.5.2, is one of a column's release line."""
    docker = column.removeprefix(f"{PODMAN}-")
    return version.startswith(docker.partition("-")[0] + ".")


def strings(value: Any) -> Iterator[str]:
    """All texts in a value of JSON, names too."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from chain.from_iterable(map(strings, chain(value.keys(), value.values())))
    elif isinstance(value, list):
        yield from chain.from_iterable(map(strings, value))


def printable(text: str) -> str:
    """A text without what a terminal or a browser would interpret."""
    return "".join(letter for letter in text if letter.isprintable() or letter in "\n\t")


@cache
def validator() -> jsonschema_rs.Validator:
    """The published schema, ready to check with."""
    return jsonschema_rs.validator_for(json.loads(SCHEMA.read_text()), validate_formats=True)


def seal(name: str, sentence: str, column: str, cell: dict[str, Any]) -> str:
    """A checksum over one cell: not proof against forgery (a run is), but against an edit."""
    content = {key: cell[key] for key in SEALED if key in cell}
    return short(json.dumps([name, sentence, column, content], sort_keys=True))


def seal_of_engine(column: str, engine: dict[str, Any]) -> str:
    """The same over the record of an engine."""
    content = {key: value for key, value in engine.items() if key != "seal"}
    return short(json.dumps([column, content], sort_keys=True))
