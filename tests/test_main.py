"""The commands: an error is one line and exit status 2, and what is asked for is done."""

import json
import os
import subprocess
import sys

import pytest
from click.testing import CliRunner

from faq import ROOT, __main__, columns
from faq.console import logged, red, step
from faq.errors import LabError
from tests.planted import Project

pytest_plugins = ["tests.planted_fixtures"]


def test_every_command_is_in_the_makefile_or_for_a_workflow():
    makefile = (ROOT / "Makefile").read_text()
    missing = [name for name in __main__.main.commands if f"-m faq {name}" not in makefile]
    assert missing == []


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["prove", "no/such"], "error: no entry 'no/such': there are faults/line\n"),
        (["report", "mian"], "error: git knows no commit 'mian': BASE=main, a tag or a hash\n"),
        (["new", "build/x", "Why"], "error: 'Why' is not a question: QUESTION='How …?'\n"),
        (["join"], "Missing argument"),
    ],
)
def test_error_is_one_line(project: Project, arguments, message):
    said = project.run("faq", *arguments)
    assert (said.returncode, said.stdout) == (2, "")
    assert message in said.stderr
    assert "Traceback" not in said.stderr


def test_columns_are_listed_for_a_workflow():
    listed = CliRunner().invoke(__main__.main, ["columns"])
    assert json.loads(listed.output) == list(columns.services())


@pytest.mark.parametrize(("claim", "narrow"), [([], []), (["one"], ["-k", "one"])])
def test_an_entry_is_proven_alone(monkeypatch, claim, narrow):
    ran: list[list[str]] = []
    done = subprocess.CompletedProcess([], 3)
    monkeypatch.setattr(__main__.compose, "up", lambda: None)
    monkeypatch.setattr(__main__.subprocess, "run", lambda command: ran.append(command) or done)
    proven = CliRunner().invoke(__main__.main, ["prove", "build/heredoc", *claim])
    file = str(ROOT / "tests/build/test_heredoc.py")
    assert ran == [[sys.executable, "-m", "pytest", "--record=stale", *narrow, file]]
    assert proven.exit_code == 3


def test_step_says_how_long_it_took_unless_it_breaks(capsys, monkeypatch):
    monkeypatch.setattr("faq.console.uncaptured", None)
    with step("making it"):
        pass
    with pytest.raises(LabError), step("breaking it"):
        raise LabError("it broke")
    said = "making it …\nmaking it: 0 s    \nbreaking it …\n\n"
    assert capsys.readouterr() == ("", said)
    assert red("error") == "error"


def test_output_of_a_command_goes_to_its_log(tmp_path):
    log = tmp_path / "logs" / "a.log"
    logged(["sh", "-c", "echo $A; echo err >&2"], log, os.environ | {"A": "out"})
    assert log.read_text() == "out\nerr\n"
    code = "for number in range(20): print('line', number)\nraise SystemExit(3)"
    with pytest.raises(LabError) as caught:
        logged([sys.executable, "-c", code], log)
    lines = "\n".join(f"  line {number}" for number in range(8, 20))
    assert str(caught.value) == f"`{sys.executable}` ended with 3; the end of {log}:\n{lines}"
