"""Planted faults: each must be caught, with a message that says where; nothing good is lost."""

import json
import os
import random
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from html.parser import HTMLParser
from xml.etree import ElementTree as ET

import pytest

from lab import compose, evidence, valid
from lab.claims import PODMAN, ClaimError, Entry
from lab.engine import Engine, EngineError
from lab.keys import keys
from lab.pages import snippet_faults
from tests.planted import Project

HOSTILE = """\
<script>alert(1)</script> {{ 7*7 }} {% raw %} **bold** [link](x) --8<-- "x" &amp;
"""
CLAIMS = '''"""Is this line to be trusted?"""

import pytest


def test_true(snippet, measured):
    """The snippet prints what it prints."""
    result = snippet("print.sh")
    measured["lines"] = len(result.out.splitlines())
    assert "script" in result.out
'''
WRONG = '''"""Which of these are to be trusted?"""

import pytest


def test_false(engine):
    """An engine prints nothing."""
    assert engine.run("echo yes").out == ""


@pytest.mark.holds(since="99.0")
def test_later(engine):
    """An engine of the future says so."""
    assert engine.info["version"] > "99"


@pytest.mark.holds(since="99.0")
def test_boundary_is_off(engine):
    """An engine has a version."""
    assert engine.info["version"]


@pytest.mark.holds(since="99.0")
def test_crashes_outside_its_range(engine):
    """An engine of the future has this program."""
    assert engine.run("no-such-program").out


def test_crashes(engine):
    """This program exists."""
    assert engine.run("no-such-program").out


def test_hangs(engine):
    """This command ends."""
    assert engine.run("sleep 60", timeout=1)


def test_floods(engine):
    """An engine says yes."""
    assert engine.run("yes").out


def test_leaks(engine):
    """A container runs."""
    assert engine.run("docker run -d --name faq-left busybox:stable sleep 60").out


ASKED = []


def test_wavers(engine):
    """An engine has been asked before."""
    ASKED.append(engine)
    assert ASKED[1:]


def test_never_begins(no_such_fixture, engine):
    """An engine is asked."""
    assert engine.run("true")


def test_does_not_apply(engine):
    """An engine has wings."""
    pytest.skip("no engine has wings")
    assert engine
'''
PAGE = """\
# Is this line to be trusted?

{claims}

``` sh title="print.sh"
--8<-- "faults/line/print.sh"
```

``` sh title="clean.sh"
--8<-- "faults/line/clean.sh"
```

{{{{ evidence_table() }}}}
"""


@pytest.fixture(scope="module")
def recorded(docker_services, tmp_path_factory):
    """The project after a run that records on one engine, and what the run said of each claim."""
    project = Project(tmp_path_factory.mktemp("project"), CLAIMS)
    project.write("docs/faults/line.md", PAGE.format(claims='{{ claim("true") }}'))
    project.write(
        "snippets/faults/line/print.sh",
        "# Print what a page must not interpret.\n"
        f"cat <<'END'\n{HOSTILE}END\nprintf '\\033[31mred\\033[0m \\033]0;title\\007\\377\\376'\n"
        "head -c 1000000 /dev/zero | tr '\\0' x\n",
    )
    project.write("tests/faults/test_wrong.py", WRONG)
    project.write("snippets/faults/wrong/clean.sh", "# Nothing to clean up.\n")
    run = project.pytest("tests/faults", "--record", "--junitxml=report.xml")
    cases = ET.parse(project.root / "report.xml").getroot().iter("testcase")  # noqa: S314 # our own
    said = {case.get("name").partition("[")[0]: case for case in cases}
    said = {name: ET.tostring(case, encoding="unicode") for name, case in said.items()}
    return project, run, said


@pytest.fixture
def project(recorded, tmp_path):
    """A copy of the recorded project with its one good entry, to plant a fault in."""
    copy = recorded[0].copy(tmp_path)
    (tmp_path / "tests/faults/test_wrong.py").unlink()
    return copy


@pytest.mark.parametrize(
    ("claim", "message"),
    [
        ("false", "assert"),
        ("boundary_is_off", "XPASS(strict)"),
        ("crashes_outside_its_range", "no-such-program"),
        ("crashes", "no-such-program"),
        ("hangs", "hung for 1 s"),
        ("floods", "`yes` printed more than 16 MB"),
        ("never_begins", "fixture 'no_such_fixture' not found"),
        ("leaks", "test_leaks[forky] leaves behind on engine 28.5: container faq-left"),
    ],
)
def test_wrong_claim_is_refused(recorded, claim, message):
    _, run, said = recorded
    assert message.replace("28.5", line()) in said[f"test_{claim}"]
    assert run.returncode == 1


def line() -> str:
    """The release line of the engine that the faults are planted on."""
    return Engine("forky").line


def test_command_that_floods_ends_alone(docker_services):
    engine = Engine("forky")
    with compose.reserved("forky"), ThreadPoolExecutor() as pool:
        beside = pool.submit(engine.run, "until rm /run/faq-flooded; do sleep 0.1; done 2>&-")
        with pytest.raises(EngineError, match="printed more than 16 MB"):
            engine.run("yes")
        assert engine.run("pgrep -x yes || true").out == ""
        engine.run("touch /run/faq-flooded")
        assert beside.result().code == 0


def test_only_what_is_proven_is_recorded(recorded):
    project, run, _ = recorded
    wrong = Entry(project.root, "faults", "wrong")
    cells = {
        name: {column: cell["state"] for column, cell in claim["cells"].items()}
        for entry in (project.entry, wrong)
        for name, claim in evidence.read(entry)["claims"].items()
    }
    assert cells == {
        "true": {line(): "holds"},
        "later": {line(): "does not hold"},
        "does_not_apply": {line(): "not applicable"},
    }
    assert run.stdout.splitlines()[-1] == "3 of 12 claims × engines verified, 3 recorded"


def test_claim_that_wavers_is_said_and_not_recorded(recorded):
    _, run, said = recorded
    assert 'name="unsteady"' in said["test_wavers"]
    assert "<failure" not in said["test_wavers"]
    wavers = next(found for found in run.stdout.splitlines() if "test_wavers" in found)
    assert "is unsteady, it said otherwise at first: " in wavers
    assert wavers.startswith("not recorded: ")


def test_leak_is_removed(recorded):
    with compose.reserved("forky"):
        assert "faq-left" not in Engine("forky").run("docker ps --all").out


def test_second_record_changes_no_byte(project):
    before = project.entry.evidence_file.read_bytes()
    again = project.pytest("tests/faults", "--record")
    assert project.entry.evidence_file.read_bytes() == before
    assert "nothing to record" in again.stdout


def test_proving_takes_an_entry_alone(project):
    proven = project.run("lab", "prove", "no/such")
    assert proven.stderr.startswith("error: no entry 'no/such': there are faults/line")
    told = project.pytest("--record=stale", "tests/faults/test_line.py")
    assert "no claim to run" in told.stdout + told.stderr


def test_output_is_data(project):
    built = project.build()
    assert built.returncode == 0, built.stderr
    html = (project.root / "site/faults/line.html").read_text()
    text = Text(html).text
    assert "<script>alert" not in html
    assert "<script>alert(1)</script> {{ 7*7 }} {% raw %} **bold** [link](x)" in text
    assert '--8<-- "x" &amp;' in text
    assert "\x1b" not in html
    assert "red 0;title\ufffd\ufffd" in text
    assert "characters cut" in text
    assert len(html) < 100_000


class Text(HTMLParser):
    """The text of a page as a reader sees it."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.text = ""
        self.feed(html)

    def handle_data(self, data: str) -> None:  # noqa: D102 # html.parser's
        self.text += data


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('"state": "holds"', '"state": "does not hold"', "was changed by hand"),
        ('"lines": ', '"lines": 1', "was changed by hand"),
        ('"claims": {', '"claims": ', "no JSON"),
        ('"state": "holds"', '"state": "fine"', "is not one of"),
    ],
)
def test_edited_evidence_is_refused(project, old, new, message):
    file = project.entry.evidence_file
    file.write_text(file.read_text().replace(old, new, 1))
    for run in (project.run("lab", "stale"), project.pytest("--record"), project.build()):
        said = run.stdout + run.stderr
        assert run.returncode != 0
        assert "snippets/faults/line/evidence.json" in said
        assert message in said


def test_evidence_cut_short_is_refused_and_kept(project):
    file = project.entry.evidence_file
    half = file.read_text()[: len(file.read_text()) // 2]
    file.write_text(half)
    run = project.pytest("--record")
    assert "no JSON" in run.stderr
    assert "Traceback" not in run.stderr
    assert file.read_text() == half


def test_nightly_tells_turned_verdicts_from_errors(recorded):
    project, _, _ = recorded
    told = project.run("lab", "nightly", "report.xml").stdout
    turned, _, errors = told.partition("## Cells that could not be run")
    assert "An engine prints nothing." in turned
    assert "An engine has a version." in turned  # outside its range it was to fail
    assert "This command ends." in errors
    assert "An engine of the future has this program." in errors
    assert "It holds" not in told


def test_failed_claim_says_what_was_expected_and_what_is_next(recorded):
    _, run, _ = recorded
    assert "test_wrong.py:6: false: expected: holds on" in run.stdout
    assert "the engines: turned on" in run.stdout
    assert "make prove ENTRY=faults/wrong CLAIM=false" in run.stdout


def test_missing_cell_fails_the_site(project):
    data = json.loads(project.entry.evidence_file.read_text())
    del data["claims"]["true"]["cells"][line()]
    evidence.write(project.entry.evidence_file, data)
    assert f"true is not run on {line()}" in project.build().stderr
    assert f"true is missing on {line()}" in project.run("lab", "stale").stdout


def test_edited_snippet_is_stale(project):
    snippet = project.entry.folder / "print.sh"
    snippet.write_text(snippet.read_text() + "echo more\n")
    listed = project.run("lab", "stale")
    assert listed.returncode == 1
    assert f"tests/faults/test_line.py:6: true is stale on {line()}" in listed.stdout
    assert f"docs/faults/line.md: true is stale on {line()}" in project.build().stderr
    marked = project.build(SHOW_STALE="1")
    assert marked.returncode == 0, marked.stderr
    assert "! stale on" in (project.root / "site/faults/line.html").read_text()


@pytest.mark.parametrize(
    ("macro", "message"),
    [
        ('claim("treu")', "no claim 'treu' in faults/line"),
        ('measured("true", "liens")', "true measured no 'liens'"),
        ('calim("true")', "calim"),
        ('claim("true", "faults/lien")', "no claims for 'faults/lien'"),
    ],
)
def test_misspelt_macro_fails_the_site(project, macro, message):
    project.write("docs/faults/line.md", PAGE.format(claims=f"{{{{ {macro} }}}}"))
    built = project.build()
    assert built.returncode != 0
    assert message in built.stdout + built.stderr


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ('    """It holds."""\n', "test_x has no assert that can fail"),
        ('    """It holds."""\n    assert True\n', "test_x has no assert that can fail"),
        ("    assert engine\n", "test_x has no docstring, its claim"),
        ("    assert (\n", "not Python"),
    ],
)
def test_claim_that_claims_nothing_is_refused(project, body, message):
    project.write("tests/faults/test_line.py", f"def test_x(engine):\n{body}")
    for run in (project.pytest(), project.run("lab", "stale")):
        assert run.returncode != 0
        assert "tests/faults/test_line.py:" in run.stderr
        assert message in run.stderr
        assert "Traceback" not in run.stderr


def test_misspelt_boundary_is_refused(project):
    project.write(
        "tests/faults/test_line.py",
        'import pytest\n@pytest.mark.holds(sinse="23.0")\n'
        'def test_x(engine):\n    """It holds."""\n    assert engine\n',
    )
    said = project.run("lab", "stale").stderr
    assert "tests/faults/test_line.py:2: holds() takes since= and until=" in said


def test_snippet_that_no_page_shows_is_found(project):
    project.write("snippets/faults/line/hidden.sh", "true\n")
    assert snippet_faults(project.entry) == [
        "snippets/faults/line/hidden.sh is not shown in docs/faults/line.md",
    ]


def test_block_that_is_no_snippet_is_found(project):
    page = (project.root / "docs/faults/line.md").read_text()
    project.write("docs/faults/line.md", page + "\n``` sh\ndocker ps\n```\n")
    (fault,) = snippet_faults(project.entry)
    assert fault.startswith("docs/faults/line.md:15: a sh block that is no snippet")


@pytest.mark.parametrize("service", [*compose.ENGINES, "registry"])
def test_lab_reaches_nothing_of_the_host(docker_services, service):
    name = compose.container(service)
    asked = subprocess.run(["docker", "inspect", name], capture_output=True, check=True)
    (found,) = json.loads(asked.stdout)
    host = found["HostConfig"]
    assert [mount["Type"] for mount in found["Mounts"]] in ([], ["volume"])  # no folder, no socket
    assert list(found["NetworkSettings"]["Networks"]) == [f"{compose.PROJECT}_lab"]
    assert "host" not in (host["PidMode"], host["IpcMode"], host["UTSMode"])
    if service != "registry":
        assert (host["Memory"], host["PidsLimit"]) == (6 << 30, 4096)
        store = "containers" if service == PODMAN else "docker"
        assert "size=5g" in host["Tmpfs"][f"/var/lib/{store}"]


def test_engine_that_dies_is_an_error(docker_services):
    victim = Engine("victim")
    image = subprocess.run(
        ["docker", "inspect", "--format", "{{.Config.Image}}", compose.container("forky")],
        capture_output=True,
        text=True,
        check=True,
    ).stdout.strip()
    start = ["docker", "run", "--detach", "--rm", "--init", "--name", victim.container]
    subprocess.run([*start, "--entrypoint=sleep", image, "300"], check=True, capture_output=True)
    try:
        with pytest.raises(EngineError, match="went away during `kill"):
            victim.run("kill -9 -1; kill -9 1; sleep 60")
    finally:
        subprocess.run(["docker", "rm", "--force", victim.container], capture_output=True)


def test_killed_write_loses_nothing(project):
    """Kill a process that writes evidence again and again: the file is whole each time."""
    file = project.entry.evidence_file
    loop = (
        "from pathlib import Path; from lab import evidence\n"
        f"path = Path({str(file)!r}); data = evidence.json.loads(path.read_text())\n"
        "print('ready', flush=True)\n"
        "while True: evidence.write(path, data)"
    )
    whole = file.read_bytes()
    for _ in range(5):
        writer = subprocess.Popen(
            [sys.executable, "-c", loop], cwd=project.root, stdout=subprocess.PIPE
        )
        writer.stdout.readline()
        time.sleep(random.uniform(0.01, 0.1))  # noqa: S311 # any moment will do
        os.kill(writer.pid, signal.SIGKILL)
        writer.wait()
        assert file.read_bytes() == whole


def test_rest_of_a_killed_write_is_no_snippet(project):
    before = keys(project.entry, ["forky"])
    project.write("snippets/faults/line/evidence.json.part", "{")
    assert keys(project.entry, ["forky"]) == before


def test_unknown_column_has_no_release_line():
    with pytest.raises(ClaimError):
        valid.check('{"claims": {}, "engines": {"latest": {}}}', "evidence.json")
