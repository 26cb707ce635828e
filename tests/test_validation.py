"""Evidence is as a run wrote it: cut short, edited or forged, it is refused with its line."""

import json
import re

import jsonschema_rs
import msgspec
import pytest
from msgspec.structs import replace

from faq.errors import ClaimError
from faq.evidence import store, validation
from faq.evidence.model import NOTHING, Evidence, Output, Verdict
from faq.site.schemas import DIALECT, schema_files
from tests.planted import Project

pytest_plugins = ["tests.planted_fixtures"]
EDITED = "was changed by hand"
CELL = "evidence.json:6: claims > one > cells > 28.5: "


def refused(project: Project) -> str:
    with pytest.raises(ClaimError) as caught:
        validation.decode(project.entry.evidence_file.read_text(), "evidence.json")
    return str(caught.value)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('"state": "holds"', '"state": "does not hold"', CELL + EDITED),
        ('"lines": 1', '"lines": 12', CELL + EDITED),
        ("prints one line", "prints a line", CELL + EDITED),
        ('"API": "1.51"', '"API": "1.52"', "evidence.json:37: engines > 28.5: " + EDITED),
        ('"claims": {', '"claims": ', "evidence.json:3: not JSON"),
        ('"state": "holds"', '"state": "fine"', "json:7: claims > one > cells > 28.5 > state"),
        ('"2026-11-01"', '"soon"', '"soon" is not a "date"'),
        ('"kernel"', '"AppArmor": "on",\n   "kernel"', "AppArmor"),
        ('"28.5": {', '"latest": {', "latest"),
        ('"measured": {}', '"measured": { }', "evidence.json: is not as a run writes it"),
        ("28.5.1", "28.5.\\u0031", "evidence.json: is not as a run writes it"),
        ('"state": "holds"', '"state": "error",\n     "state": "holds"', "evidence.json:"),
    ],
)
def test_edited_evidence_is_refused(project: Project, old, new, message):
    project.edit_evidence(old, new)
    assert message in refused(project)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"version": "29.1.0"}, "29.1.0 is not a release of 28.5"),
        ({"version": "28.50.1"}, "28.50.1 is not a release of 28.5"),
        ({"measured": {"a": "\u202eb"}}, "holds control characters"),
        ({"measured": {"a": [{"\u202eb": 1}]}}, "holds control characters"),
        ({"output": [Output("sh a.sh\u2066", 0, "")]}, "holds control characters"),
        ({"reason": "and elsewhere"}, "a reason belongs to a claim that does not apply"),
        ({"state": Verdict.NOT_APPLICABLE}, "a reason belongs to a claim that does not apply"),
    ],
)
def test_cell_that_no_run_records_is_refused(project: Project, changes, message):
    project.record("28.5", "one", **changes)
    assert refused(project).startswith(CELL + message)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"version": "29.1.0"}, "29.1.0 is not a release of 28.5"),
        ({"kernel": "6.1\x1b[0m"}, "holds control characters"),
    ],
)
def test_engine_that_no_run_records_is_refused(project: Project, changes, message):
    evidence = store.read(project.entry)
    engine = replace(evidence.engines["28.5"], **changes)
    engine = replace(engine, checksum=validation.checksum(["28.5"], engine))
    store.write(project.entry.evidence_file, replace(evidence, engines={"28.5": engine}))
    assert f"engines > 28.5: {message}" in refused(project)
    store.write(project.entry.evidence_file, replace(evidence, engines={}))
    assert f"{CELL}no engine of this column was recorded" in refused(project)


@pytest.mark.parametrize(
    "text",
    ["[" * 10_000, '{"a": ' + "9" * 5000 + "}", '{"a": NaN}', '{"a": 1e999}', '"\\ud800"', "1\n"],
)
def test_what_is_no_evidence_is_refused(text):
    with pytest.raises(ClaimError, match=r"^evidence\.json:1: "):
        validation.decode(text, "evidence.json")


def test_evidence_is_written_as_it_is_read_with_the_place_in_its_checksum(project: Project):
    evidence = store.read(project.entry)
    assert validation.decode(validation.encode(evidence), "again") == evidence
    assert validation.decode(validation.encode(NOTHING), "nothing") == NOTHING
    places = [("one", "It is so.", "28.5"), ("two", "It is so.", "28.5")]
    places += [("one", "It is not so.", "28.5"), ("one", "It is so.", "26.1")]
    cell = evidence.cell("one", "28.5")
    checksums = {validation.checksum(place, cell) for place in places}
    assert len(checksums) == 4
    assert all(re.fullmatch("[0-9a-f]{16}", checksum) for checksum in checksums)


def test_every_command_refuses_edited_evidence(project: Project):
    project.edit_evidence('"lines": 1', '"lines": 2')
    place = "snippets/faults/line/evidence.json:6: claims > one > cells > 28.5"
    stale = project.run("faq", "stale")
    for run in (stale, project.pytest("--record"), project.build()):
        assert run.returncode != 0
        assert f"{place}: {EDITED}" in run.stdout + run.stderr
    assert (stale.returncode, stale.stderr.startswith("error: ")) == (2, True)


def test_evidence_cut_short_is_refused_and_kept(project: Project):
    file = project.entry.evidence_file
    half = file.read_text()[: len(file.read_text()) // 2]
    file.write_text(half)
    said = project.pytest("--record").stderr
    assert ("not JSON" in said, "Traceback" in said, file.read_text()) == (True, False, half)


def in_output(**changes: object) -> dict[str, object]:
    return {"output": [{"command": "a", "exit code": 0, "text": ""} | changes]}


@pytest.mark.parametrize(
    ("changes", "path"),
    [
        *(({"state": "fine"}, "state"), ({"state": "error"}, "state"), ({"date": "soon"}, "date")),
        (in_output(**{"exit code": "0"}), "exit code"),
        (in_output(text="x" * 5000), "text"),
        *(({"more": 1}, "28.5"), ({"version": None}, "28.5")),
    ],
)
def test_published_schema_refuses_what_the_types_refuse(project: Project, changes, path):
    schema = json.loads(schema_files()["evidence.schema.json"])
    validator = jsonschema_rs.validator_for(schema, validate_formats=True)
    data = json.loads(validation.encode(project.evidence()))
    assert schema["$schema"] == DIALECT
    assert list(validator.iter_errors(data)) == []
    cells = data["claims"]["one"]["cells"]
    changed = {**cells["28.5"], **in_output(), **changes}
    cells["28.5"] = {name: value for name, value in changed.items() if value is not None}
    (error,) = validator.iter_errors(data)
    assert error.instance_path[-1] == path
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert(data, Evidence)
