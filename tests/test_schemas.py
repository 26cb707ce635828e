"""The published schemas are made of the types, and refuse what the types refuse."""

import json

import jsonschema_rs
import msgspec
import pytest

from faq.evidence import validation
from faq.evidence.model import Evidence
from faq.site.schemas import DIALECT, schema_files
from tests.planted import Project

pytest_plugins = ["tests.planted_fixtures"]


def schema(name: str) -> dict:
    """A published schema."""
    return json.loads(schema_files()[f"{name}.schema.json"])


def test_schemas_are_made_of_the_types():
    assert set(schema_files()) == {"claims.schema.json", "evidence.schema.json"}
    made = msgspec.json.schema(Evidence)
    assert schema("evidence")["$defs"] == made["$defs"]
    assert schema("evidence")["$schema"] == schema("claims")["$schema"] == DIALECT


@pytest.mark.parametrize(
    ("change", "path"),
    [
        (lambda cell: cell.update(state="fine"), "state"),
        (lambda cell: cell.update(state="error"), "state"),
        (lambda cell: cell.update(date="soon"), "date"),
        (
            lambda cell: cell.update(output=[{"command": "a", "exit code": "0", "text": ""}]),
            "exit code",
        ),
        (
            lambda cell: cell.update(output=[{"command": "a", "exit code": 0, "text": "x" * 5000}]),
            "text",
        ),
        (lambda cell: cell.update(more=1), "28.5"),
        (lambda cell: cell.pop("version"), "28.5"),
    ],
)
def test_schema_refuses_what_the_types_refuse(project: Project, change, path):
    validator = jsonschema_rs.validator_for(schema("evidence"), validate_formats=True)
    data = json.loads(validation.encode(project.evidence()))
    assert list(validator.iter_errors(data)) == []
    change(data["claims"]["one"]["cells"]["28.5"])
    (error,) = validator.iter_errors(data)
    assert error.instance_path[-1] == path
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert(data, Evidence)
