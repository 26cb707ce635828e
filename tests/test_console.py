"""Progress is told on standard error; a command that fails ends with the end of its log."""

import os
import sys

import pytest

from faq.console import logged, red, step
from faq.errors import LabError


def test_step_says_how_long_it_took(capsys: pytest.CaptureFixture[str]):
    with step("making it"):
        pass
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.splitlines() == ["making it …", "making it: 0 s    "]
    assert red("error") == "error"


def test_step_that_breaks_says_no_time(capsys: pytest.CaptureFixture[str]):
    with pytest.raises(LabError), step("making it"):
        raise LabError("it broke")
    assert capsys.readouterr().err == "making it …\n\n"


def test_output_of_a_command_goes_to_its_log(tmp_path):
    log = tmp_path / "logs" / "a.log"
    logged(["sh", "-c", "echo $A; echo err >&2"], log, os.environ | {"A": "out"})
    assert log.read_text() == "out\nerr\n"


def test_failed_command_is_told_with_the_end_of_its_log(tmp_path):
    code = "for number in range(20): print('line', number)\nraise SystemExit(3)"
    with pytest.raises(LabError) as caught:
        logged([sys.executable, "-c", code], tmp_path / "a.log")
    lines = "\n".join(f"  line {number}" for number in range(8, 20))
    assert str(caught.value) == (
        f"`{sys.executable}` ended with 3; the end of {tmp_path}/a.log:\n{lines}"
    )
