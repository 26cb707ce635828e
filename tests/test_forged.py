"""Forged evidence, and claims in disguise: whoever wrote them, they are refused or found out."""

import json
from collections.abc import Callable

import pytest

from lab import evidence, valid
from lab.claims import ClaimError, read_claims
from lab.engine import Engine
from lab.pages import snippet_faults
from lab.truth import fenced, says_otherwise
from tests.planted import Project

CLAIMS = '''"""Can it be forged?"""

import pytest


def test_one(snippet, measured):
    """The snippet prints one line."""
    measured["lines"] = len(snippet("print.sh").stdout.splitlines())
    assert measured["lines"] == 1


def test_later(engine):
    """An engine has this program."""
    pytest.skip("later")
    assert engine.run("no-such-program").out


def test_pretends_to_be_new(engine):
    """An engine has this program too."""
    pytest.xfail("28.5 is new here: 28.5")
    assert engine.run("no-such-program").out


def test_returns(engine):
    """An engine has a third program."""
    return
    assert engine.run("no-such-program").out


def test_loops_over_nothing(engine):
    """Each of an engine's programs is right."""
    for line in engine.run("true").out.splitlines():
        assert line == "right"
'''


@pytest.fixture
def project(tmp_path) -> Project:
    """A project whose evidence was forged, with all seals right."""
    made = Project(tmp_path, CLAIMS)
    made.write("snippets/faults/line/print.sh", "echo one\n")
    made.record("28.5", "one", date="2026-11-02")
    return made


def forge(project: Project, change: Callable[[dict], object], *, seal: bool = True) -> None:
    """Change what is recorded, and seal it as a run would."""
    data = json.loads(project.entry.evidence_file.read_text())
    change(data)
    if seal:
        for name, claim in data["claims"].items():
            for column, cell in claim["cells"].items():
                cell["seal"] = valid.seal(name, claim["sentence"], column, cell)
        for column, engine in data["engines"].items():
            engine["seal"] = valid.seal_of_engine(column, engine)
    project.entry.evidence_file.write_text(json.dumps(data, indent=1, ensure_ascii=False) + "\n")


def cell(data: dict) -> dict:
    """The cell that is forged."""
    return data["claims"]["one"]["cells"]["28.5"]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda data: cell(data).update(date="soon"), '"soon" is not a "date"'),
        (lambda data: cell(data).update(version="29.1.0"), "29.1.0 is no release of 28.5"),
        (lambda data: cell(data)["measured"].update(a="\u202eb"), "control characters"),
        (lambda data: cell(data).update(reason="and elsewhere"), "a reason belongs to a claim"),
        (lambda data: data["engines"].clear(), "no engine of this column was recorded"),
        (lambda data: data["engines"]["28.5"].update(service="sid"), "is not one of"),
        (lambda data: data["engines"]["28.5"].update(version="29.1.0"), "is no release of 28.5"),
        (lambda data: data["engines"]["28.5"].update(AppArmor="enforced"), "AppArmor"),
    ],
)
def test_what_no_run_records_is_refused(project, change, message):
    forge(project, change)
    said = project.run("lab", "stale")
    assert said.returncode == 2
    assert said.stderr.startswith("error: snippets/faults/line/evidence.json:")
    assert message in said.stderr
    assert "Traceback" not in said.stderr


def test_edited_engine_is_refused(project):
    forge(project, lambda data: data["engines"]["28.5"].update(version="28.5.9"), seal=False)
    said = project.run("lab", "stale").stderr
    assert "evidence.json:20: engines > 28.5: was changed by hand" in said


@pytest.mark.parametrize(
    "text",
    ["[" * 10_000, '{"a": ' + "9" * 5000 + "}", '{"a": NaN}', '{"a": 1e999}', '"\\ud800"', "1\n"],
)
def test_no_evidence_at_all_is_refused(text):
    with pytest.raises(ClaimError, match=r"^evidence\.json:1: "):
        valid.check(text, "evidence.json")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"state": "holds"', '"state": "does not hold",\n     "state": "holds"'),
        ('"measured": {}', '"measured": { }'),
        ("28.5.1", "28.5.\\u0031"),
    ],
)
def test_evidence_in_another_form_is_refused(project, old, new):
    file = project.entry.evidence_file
    file.write_text(file.read_text().replace(old, new, 1))
    assert "evidence.json: is not as a run writes it" in project.run("lab", "stale").stderr


def test_engine_that_is_to_come_is_none(project):
    forge(project, lambda data: data["engines"]["28.5"].update(date="2099-01-01"))
    said = project.run("lab", "stale").stdout
    assert "faults/line: 28.5 was recorded on 2099-01-01, which is to come" in said


def test_proof_that_is_to_come_is_none(project):
    forge(project, lambda data: cell(data).update(date="2099-01-01"))
    said = project.run("lab", "stale")
    assert "one is of 2099-01-01, which is to come, on 28.5" in said.stdout


def test_claim_that_applies_nowhere_proves_nothing(project):
    forge(project, lambda data: cell(data).update(state="not applicable", reason="later"))
    assert "one applies to no engine" in project.run("lab", "stale").stdout


def test_cell_that_podman_is_not_asked_is_refused(project):
    engine = {"service": "podman", "version": "5.4.2", "date": "2026-11-02"}
    forge(project, lambda data: data["engines"].update({"podman-5.4": engine}))
    said = project.run("lab", "stale").stderr
    assert "faults/line is not asked of podman-5.4" in said


def now(data: dict) -> dict:
    """The same cell, with what a run finds of it."""
    output = {"command": "sh print.sh", "exit code": 0, "text": "one\n"}
    cell(data).update(measured={"lines": 1}, output=[output])
    return cell(data)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (now, ""),
        (lambda data: now(data).update(state="not applicable", reason="a"), "the verdict was"),
        (lambda data: now(data)["measured"].update(lines=True), "'lines' was True when recorded"),
        (lambda data: now(data)["measured"].update(holes=None), "'holes' was None when recorded"),
        (lambda data: now(data)["output"][0].update(command="A=1 sh print.sh"), "A=1 sh print.sh"),
        (lambda data: now(data)["measured"].update(lines=2), "'lines' was 2 when recorded"),
        (lambda data: now(data)["measured"].update(holes=0), "'holes' was 0 when recorded"),
        (lambda data: now(data)["output"][0].update({"exit code": 1}), "print.sh → 1"),
        (lambda data: now(data)["output"].clear(), "it ran [] when recorded"),
    ],
)
def test_run_finds_out_what_it_would_not_record(docker_services, project, change, message):
    line = Engine("forky").line  # the column that the forged evidence is for
    forge(project, lambda data: (change(data), renamed(data, line)))
    run = project.pytest("-k", "one")
    assert message in run.stdout
    assert run.returncode == bool(message)


def renamed(data: dict, column: str) -> None:
    """Move the forged cell to a column."""
    forged = cell(data) | {"version": f"{column}.1"}
    data["claims"]["one"]["cells"] = {column: forged}
    data["engines"] = {column: data["engines"]["28.5"] | {"version": f"{column}.1"}}


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("later", "the verdict was 'holds' and is 'not applicable' now"),
        ("pretends_to_be_new", "error on"),
        ("returns", "test_returns[28.5]: no assert of it was reached"),
        ("loops_over_nothing", "test_loops_over_nothing[28.5]: no assert of it was reached"),
    ],
)
def test_run_finds_out_a_claim_that_is_never_asked(docker_services, project, name, message):
    project.record(Engine("forky").line, name, date="2026-11-02")
    run = project.pytest("-k", name)
    assert message.replace("28.5", Engine("forky").line) in run.stdout
    assert run.returncode == 1


def test_fixture_says_that_a_claim_does_not_apply(docker_services, project):
    skip = "import pytest\n@pytest.fixture\ndef wings(engine): pytest.skip('no wings')\n"
    project.write("tests/faults/conftest.py", skip)
    project.write("tests/faults/test_line.py", BODY.replace("engine", "engine, wings"))
    run = project.pytest("--record")
    assert "1 of 1 claims × engines verified, 1 recorded" in run.stdout
    (found,) = evidence.read(project.entry)["claims"]["x"]["cells"].values()
    assert (found["state"], found["reason"]) == ("not applicable", "no wings")


BODY = 'def test_x(engine):\n    """It holds."""\n    assert engine\n'


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (f"@pytest.mark.skip\n{BODY}", "1: pytest.mark.skip: a claim takes pytest.mark.holds and"),
        (f"@pytest.mark.xfail(strict=False)\n{BODY}", "1: pytest.mark.xfail: a claim takes"),
        (f"@pytest.mark.parametrize('n', [0])\n{BODY}", "1: pytest.mark.parametrize: a claim"),
        (f"pytestmark = pytest.mark.skip\n{BODY}", "1: a mark belongs to one claim"),
        (f"async {BODY}", "1: a claim is a function of its own at the top"),
        (f"{BODY}\ntest_y = test_x\n", "5: a claim is a function of its own at the top"),
        (f"{BODY}\nif True:\n    def test_y(engine): assert engine\n", "6: a claim is a function"),
        (f"class TestY:\n    def test_y(self, engine): assert engine\n{BODY}", "2: a claim is"),
        (f"from lab.find import x as test_y\n{BODY}", "1: a claim is a function of its own"),
        (f"from lab.find import *\n{BODY}", "1: a claim is a function of its own"),
        (f"{BODY}test_x: object = print\n", "4: a claim is a function of its own"),
        (f"{BODY}a, test_x = 1, print\n", "4: a claim is a function of its own"),
        (f"@pytest.mark.holds(since=28.5)\n{BODY}", "1: holds() takes since= and until="),
        (f"{BODY}{BODY}", "4: a second claim x: an id is for one"),
        ("\0", "1: not Python"),
    ],
)
def test_claim_in_disguise_is_refused(project, text, message):
    project.write("tests/faults/test_line.py", text)
    said = project.run("lab", "stale")
    assert said.returncode == 2
    assert f"tests/faults/test_line.py:{message}" in said.stderr


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        (
            "test_line.py",
            BODY.replace("engine", "tmp_path"),
            "test_line.py:1: test_x: a claim asks",
        ),
        ("test_li-ne.py", BODY, "tests/faults/test_li_ne.py: is missing"),
        ("deep/test_line.py", BODY, "the claims of an entry are in tests/<topic>"),
    ],
)
@pytest.mark.parametrize("workers", ["-n0", "-n1"])
def test_test_that_is_no_claim_is_refused(project, name, text, message, workers):
    project.write(f"tests/faults/{name}", text)
    said = project.run("pytest", "--collect-only", workers, "tests/faults")
    assert message in said.stdout + said.stderr
    assert said.returncode != 0


def test_engine_of_another_make_proves_nothing(project):
    project.write("tests/faults/test_line.py", BODY)
    project.write(
        "tests/faults/conftest.py", "import pytest\n@pytest.fixture\ndef engine(): return 1\n"
    )
    run = project.pytest()
    assert "1 passed" in run.stdout
    assert "0 of 1 claims × engines verified" in run.stdout
    assert run.returncode == 1


def test_names_within_a_claim_are_its_own():
    text = f"{BODY}    test_image = engine\n    def test_url(): return 1\n"
    assert list(read_claims(text, "test_line.py")) == ["x"]


def test_file_that_is_no_text_is_named(project):
    project.entry.claims_file.write_bytes(b'"""a"""\n\xff')
    said = project.run("lab", "stale").stderr
    assert said.startswith("error: tests/faults/test_line.py:2: no UTF-8")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("It holds: ✓ everywhere.", "docs/faults/line.md:3: '✓' could state or hide a verdict"),
        ("<a class='verdict holds'>yes</a>", 'docs/faults/line.md:3: "<a class=\'verdict"'),
        ('{% set claim = "a" %}', "docs/faults/line.md:3: '{% set' could state or hide"),
        ("<!-- hidden -->", "docs/faults/line.md:3: '<!--' could state or hide"),
        ("{# hidden #}", "docs/faults/line.md:3: '{#' could state or hide"),
        ("<div hidden>no</div>", "docs/faults/line.md:3: '<div hidden>' could state or hide"),
        ("{%+ macro claim(a) %}", "docs/faults/line.md:3: '{%+ macro' could state or hide"),
    ],
)
def test_typed_verdict_is_found(project, text, message):
    shown = '``` sh\n--8<-- "faults/line/print.sh"\n--8<-- "faults/line/clean.sh"\n```\n'
    project.write("docs/faults/line.md", f"# Why?\n\n{text}\n\n{shown}")
    assert [fault for fault in snippet_faults(project.entry) if fault.startswith(message)]


def test_plain_prose_is_no_verdict(project):
    shown = '1. Run it.\n\n    ``` sh\n    --8<-- "faults/line/print.sh"\n    ```\n'
    shown += '\n``` sh\n--8<-- "faults/line/clean.sh"\n```\n'
    prose = "What was there is hidden by the mount, as `docker ps --format '<table>'` shows -> see."
    project.write("docs/faults/line.md", f"# Why?\n\n{prose}\n\n{shown}")
    assert snippet_faults(project.entry) == []


def test_link_is_no_snippet(project):
    (project.entry.folder / "host.sh").symlink_to("/etc/hostname")
    said = project.run("lab", "stale").stderr
    assert "snippets/faults/line/host.sh: is a link: a snippet is a file of its own" in said


def test_reviewer_sees_what_was_printed_otherwise():
    def printed(text: str) -> dict:
        output = {"command": "sh a.sh 5", "exit code": 0, "text": text}
        return {"state": "holds", "measured": {}, "output": [output]}

    old = printed("pulled 3fa9c0deadbe in 2.1 s")
    assert not says_otherwise(old, printed("pulled 77beefcafe00 in 3.4 s"))
    assert says_otherwise(old, printed("pushed 3fa9c0deadbe in 2.1 s"))


def test_output_cannot_end_its_block():
    assert fenced("````\n# All is well\n") == "`````text\n````\n# All is well\n`````\n"
