"""Evidence as JSON: the one place where today's form is decoded, checked and encoded."""

import json
from collections.abc import Iterator
from functools import cache
from itertools import repeat

import jsonschema_rs
import msgspec

from faq import columns
from faq.errors import ClaimError, applying
from faq.evidence.keys import digest
from faq.evidence.model import Cell, EngineRecord, Evidence, Verdict
from faq.evidence.sanitize import holds_control_characters

EDITED = "was changed by hand: take it back from git, or delete it and record again"
Path = list[str | int]
"""The names and numbers that lead to a value of a JSON document."""


def encode(evidence: Evidence) -> str:
    """Evidence as a run writes it."""
    return msgspec.json.format(msgspec.json.encode(evidence), indent=1).decode() + "\n"


def decode(text: str, where: str) -> Evidence:
    """Decode evidence, and refuse what no run wrote.

    Args:
        text: the content of a file.
        where: its path, for messages.

    Raises:
        ClaimError: with the line and what is wrong there.

    """
    try:
        evidence = msgspec.json.decode(text, type=Evidence)
    except (msgspec.DecodeError, RecursionError) as error:
        raise explain(text, where, str(error)) from None
    for path, message in rule_errors(evidence):
        raise refusal(text, where, path, message)
    if encode(evidence) != text:
        raise ClaimError(f"{where}: is not as a run writes it: {EDITED}")
    return evidence


def explain(text: str, where: str, reason: str) -> ClaimError:
    """The error for a text that is no evidence: JSON's own, else the first one of the schema."""
    try:
        faults = list(schema_validator().iter_errors(json.loads(text)))
    except (ValueError, RecursionError) as error:
        line = getattr(error, "lineno", 1)
        return ClaimError(
            f"{where}:{line}: not JSON ({str(error)[:100]}): "
            "take it back from git, or delete it and record again",
        )
    if faults:
        return refusal(text, where, list(faults[0].instance_path), faults[0].message)
    return refusal(text, where, [], reason)


def refusal(text: str, where: str, path: Path, message: str) -> ClaimError:
    """The error for a value of a JSON document, with its line and the way to it."""
    names = " > ".join(map(str, path))
    return ClaimError(f"{where}:{line_of(text, path)}: {names}: {message[:200]}")


def line_of(text: str, path: Path) -> int:
    """The line where the value at a path begins, or the list that holds it.

    It is found by the indentation that a run writes; otherwise it is the first line.
    """
    start = 0
    for depth, name in enumerate(path, 1):
        start = max(start, text.find(f'\n{" " * depth}"{name}": ', start) + 1)
    return text.count("\n", 0, start) + 1


@cache
def schema_validator() -> jsonschema_rs.Validator:
    """The schema of evidence, ready to check with: unlike msgspec it names the path of an error."""
    return jsonschema_rs.validator_for(msgspec.json.schema(Evidence), validate_formats=True)


def rule_errors(evidence: Evidence) -> Iterator[tuple[Path, str]]:
    """What the schema cannot say: the path of each error, and what it is."""
    for column, engine in evidence.engines.items():
        yield from record_errors(engine, [column], ["engines", column])
    for name, claim in evidence.claims.items():
        for column, cell in claim.cells.items():
            path: Path = ["claims", name, "cells", column]
            yield from record_errors(cell, [name, claim.sentence, column], path)
            has_reason = cell.reason is not None
            is_asked = cell.state is not Verdict.NOT_APPLICABLE
            problems = {
                "a reason belongs to a claim that does not apply, and to no other": (
                    has_reason == is_asked
                ),
                "no engine of this column was recorded": column not in evidence.engines,
            }
            yield from zip(repeat(path), applying(problems))


def record_errors(
    record: Cell | EngineRecord, place: list[str], path: Path
) -> Iterator[tuple[Path, str]]:
    """What is wrong with the record of one run in a column, the last part of its place."""
    column = place[-1]
    major, minor = columns.parse(column).release
    is_release = record.version.startswith(f"{major}.{minor}.")
    document = msgspec.json.encode(record).decode()
    problems = {
        EDITED: record.checksum != checksum(place, record),
        f"{record.version} is not a release of {column}": not is_release,
        "holds control characters, which no run records": holds_control_characters(document),
    }
    return zip(repeat(path), applying(problems))


def checksum(place: list[str], record: Cell | EngineRecord) -> str:
    """A checksum of a record: not proof against forgery (a run is), but against an edit.

    Args:
        place: where it stands: the claim, its sentence and the column, or the engine's column.
        record: its content counts, without the checksum in it.

    """
    content = msgspec.to_builtins(record)
    del content["seal"]
    return digest(json.dumps([*place, content], sort_keys=True))
