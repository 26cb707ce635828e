"""The commands: an error is one line and exit status 2, and what is asked for is done."""

import json
import subprocess
import sys

import click
import pytest
from click.testing import CliRunner

from faq import ROOT, __main__, columns
from faq.errors import LabError
from tests.planted import Project

pytest_plugins = ["tests.planted_fixtures"]


def test_every_command_is_in_the_makefile_or_for_a_workflow():
    makefile = (ROOT / "Makefile").read_text()
    missing = [name for name in __main__.main.commands if f"-m faq {name}" not in makefile]
    assert missing == []


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["prove", "no/such"], 2, "error: no entry 'no/such': there are faults/line\n"),
        (["report", "mian"], 2, "error: git knows no commit 'mian': BASE=main, a tag or a hash\n"),
        (["new", "build/x", "Why"], 2, "error: 'Why' is not a question: QUESTION='How …?'\n"),
        (["no-such-command"], 2, "No such command 'no-such-command'."),
        (["join"], 2, "Missing argument"),
    ],
)
def test_error_is_one_line(project: Project, arguments, code, message):
    said = project.run("faq", *arguments)
    assert (said.returncode, said.stdout) == (code, "")
    assert message in said.stderr
    assert "Traceback" not in said.stderr


def test_columns_are_listed_for_a_workflow():
    listed = CliRunner().invoke(__main__.main, ["columns"])
    assert json.loads(listed.output) == list(columns.services())


@pytest.mark.parametrize(("claim", "narrow"), [([], []), (["one"], ["-k", "one"])])
def test_an_entry_is_proven_alone(monkeypatch: pytest.MonkeyPatch, claim, narrow):
    ran: list[list[str]] = []
    monkeypatch.setattr(__main__.compose, "up", lambda: None)
    monkeypatch.setattr(
        __main__.subprocess,
        "run",
        lambda command: ran.append(command) or subprocess.CompletedProcess(command, 3),
    )
    proven = CliRunner().invoke(__main__.main, ["prove", "build/heredoc", *claim])
    file = str(ROOT / "tests/build/test_heredoc.py")
    assert ran == [[sys.executable, "-m", "pytest", "--record=stale", *narrow, file]]
    assert proven.exit_code == 3


@pytest.mark.parametrize(
    ("error", "code", "said"),
    [
        (LabError("it broke"), 2, "error: it broke\n"),
        (click.UsageError("no such option"), 2, "Error: no such option\n"),
    ],
)
def test_command_that_fails_says_so(monkeypatch, capsys, error, code, said):
    def fail(**_: object) -> None:
        raise error

    monkeypatch.setattr(__main__, "main", fail)
    with pytest.raises(SystemExit) as ended:
        __main__.run_command()
    assert ended.value.code == code
    assert capsys.readouterr().err == said
