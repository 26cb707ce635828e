"""Evidence as JSON: the one place where it is decoded, checked and encoded."""

import json
from collections.abc import Iterator
from functools import cache

import jsonschema_rs
import msgspec
import yaml

from faq import columns
from faq.errors import ClaimError
from faq.evidence.keys import digest
from faq.evidence.model import Cell, EngineRecord, Evidence, Verdict
from faq.evidence.sanitize import printable, strings

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
    if not faults:
        return refusal(text, where, [], reason)
    return refusal(text, where, list(faults[0].instance_path), faults[0].message)


def refusal(text: str, where: str, path: Path, message: str) -> ClaimError:
    """The error for a value of a JSON document, with its line and the way to it."""
    names = " > ".join(map(str, path))
    return ClaimError(f"{where}:{line_of(text, path)}: {names}: {message[:200]}")


def line_of(text: str, path: Path) -> int:
    """The line of a JSON document where the value at a path begins; JSON is YAML, which tells."""
    try:
        node = yaml.compose(text, Loader=yaml.CSafeLoader)
    except yaml.YAMLError:
        return 1
    for name in path:
        if isinstance(node, yaml.MappingNode):
            node = next(value for key, value in node.value if key.value == str(name))
        elif isinstance(node, yaml.SequenceNode):
            node = node.value[int(name)]
    return node.start_mark.line + 1 if node else 1


@cache
def schema_validator() -> jsonschema_rs.Validator:
    """The schema of evidence, ready to check with: unlike msgspec it names the path of an error."""
    return jsonschema_rs.validator_for(msgspec.json.schema(Evidence), validate_formats=True)


def rule_errors(evidence: Evidence) -> Iterator[tuple[Path, str]]:
    """What the schema cannot say: the path of each error, and what it is."""
    for column, engine in evidence.engines.items():
        expected = engine_checksum(column, engine)
        yield from record_errors(engine, expected, ["engines", column])
    for name, claim in evidence.claims.items():
        for column, cell in claim.cells.items():
            path: Path = ["claims", name, "cells", column]
            expected = cell_checksum(name, claim.sentence, column, cell)
            yield from record_errors(cell, expected, path)
            if (cell.reason is not None) != (cell.state is Verdict.NOT_APPLICABLE):
                yield path, "a reason belongs to a claim that does not apply, and to no other"
            if column not in evidence.engines:
                yield path, "no engine of this column was recorded"


def record_errors(
    record: Cell | EngineRecord, checksum: str, path: Path
) -> Iterator[tuple[Path, str]]:
    """What is wrong with the record of one run in a column, the last part of the path."""
    column = str(path[-1])
    if record.checksum != checksum:
        yield path, EDITED
    if not is_release_of(record.version, column):
        yield path, f"{record.version} is not a release of {column}"
    if any(text != printable(text) for text in strings(msgspec.to_builtins(record))):
        yield path, "holds control characters, which no run records"


def is_release_of(version: str, column: str) -> bool:
    """Whether an exact version, such as 28.5.2, is a release of a column's line."""
    major, minor = columns.parse(column).release
    return version.startswith(f"{major}.{minor}.")


def cell_checksum(claim: str, sentence: str, column: str, cell: Cell) -> str:
    """A checksum of one cell: not proof against forgery (a run is), but against an edit."""
    return checksum([claim, sentence, column], cell)


def engine_checksum(column: str, engine: EngineRecord) -> str:
    """A checksum of the record of an engine."""
    return checksum([column], engine)


def checksum(place: list[str], record: Cell | EngineRecord) -> str:
    """A checksum of a record, without the one in it, and of where it stands."""
    content = msgspec.to_builtins(record)
    del content["seal"]
    return digest(json.dumps([*place, content], sort_keys=True))
