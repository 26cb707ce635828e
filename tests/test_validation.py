"""Evidence is as a run wrote it: cut short, edited or forged, it is refused with its line."""

import re

import pytest
from msgspec.structs import replace

from faq.errors import ClaimError
from faq.evidence import store, validation
from faq.evidence.model import NOTHING, Output, Verdict
from tests.planted import Project

pytest_plugins = ["tests.planted_fixtures"]
EDITED = "was changed by hand"
CELL = "evidence.json:6: claims > one > cells > 28.5: "


def refused(project: Project) -> str:
    """The error that the evidence of a project makes."""
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
        (
            '"state": "holds"',
            '"state": "fine"',
            "evidence.json:7: claims > one > cells > 28.5 > state",
        ),
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
        ({"version": "29.1.0"}, "engines > 28.5: 29.1.0 is not a release of 28.5"),
        ({"kernel": "6.1\x1b[0m"}, "engines > 28.5: holds control characters"),
        (None, "claims > one > cells > 28.5: no engine of this column was recorded"),
    ],
)
def test_engine_that_no_run_records_is_refused(project: Project, changes, message):
    evidence = store.read(project.entry)
    engines = {}
    if changes:
        engine = replace(evidence.engines["28.5"], **changes)
        engine = replace(engine, checksum=validation.engine_checksum("28.5", engine))
        engines = {"28.5": engine}
    store.write(project.entry.evidence_file, replace(evidence, engines=engines))
    assert message in refused(project)


@pytest.mark.parametrize(
    "text",
    ["[" * 10_000, '{"a": ' + "9" * 5000 + "}", '{"a": NaN}', '{"a": 1e999}', '"\\ud800"', "1\n"],
)
def test_what_is_no_evidence_is_refused(text):
    with pytest.raises(ClaimError, match=r"^evidence\.json:1: "):
        validation.decode(text, "evidence.json")


def test_evidence_is_written_as_it_is_read(project: Project):
    evidence = store.read(project.entry)
    assert validation.decode(validation.encode(evidence), "again") == evidence
    assert validation.decode(validation.encode(NOTHING), "nothing") == NOTHING


def test_checksum_is_of_the_place_too(project: Project):
    cell = store.read(project.entry).cell("one", "28.5")
    checksums = {
        validation.cell_checksum("one", "It is so.", "28.5", cell),
        validation.cell_checksum("two", "It is so.", "28.5", cell),
        validation.cell_checksum("one", "It is not so.", "28.5", cell),
        validation.cell_checksum("one", "It is so.", "26.1", cell),
    }
    assert len(checksums) == 4
    assert all(re.fullmatch("[0-9a-f]{16}", checksum) for checksum in checksums)


def test_every_command_refuses_edited_evidence(project: Project):
    project.edit_evidence('"lines": 1', '"lines": 2')
    place = "snippets/faults/line/evidence.json:6: claims > one > cells > 28.5"
    for run in (project.run("faq", "stale"), project.pytest("--record"), project.build()):
        said = run.stdout + run.stderr
        assert run.returncode != 0
        assert f"{place}: {EDITED}" in said
    said = project.run("faq", "stale")
    assert (said.returncode, said.stderr.startswith("error: ")) == (2, True)


def test_evidence_cut_short_is_refused_and_kept(project: Project):
    file = project.entry.evidence_file
    half = file.read_text()[: len(file.read_text()) // 2]
    file.write_text(half)
    said = project.pytest("--record").stderr
    assert "not JSON" in said
    assert "Traceback" not in said
    assert file.read_text() == half
