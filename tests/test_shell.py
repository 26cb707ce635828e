"""The shell beside an engine: each command's own output, in order, and nothing of it left."""

import os
import shutil
from concurrent.futures import ThreadPoolExecutor

import pytest

from faq import ROOT
from faq.lab.shell import Shell


@pytest.fixture
def shell(tmp_path, monkeypatch):
    """A shell on this machine: a `docker` that leaves the container out."""
    program = ROOT / "tests" / "lab" / "host" / "shell.pl"
    (tmp_path / "docker").write_text(f"#!/bin/sh\nexec perl {program}\n")
    (tmp_path / "docker").chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)
    assert shutil.which("perl")
    shell = Shell("any")
    yield shell
    shell.close()


@pytest.mark.parametrize(
    ("command", "told"),
    [
        ("echo a; sleep 0.1; echo b >&2; sleep 0.1; echo c", (0, "a\nc\n", "b\n", "a\nb\nc\n")),
        ("exit 7", (7, "", "", "")),
        ("kill -9 $$", (137, "", "", "")),
        ("cat", (0, "", "", "")),
        (r"printf 'a\377b'", (0, "a\ufffdb", "", "a\ufffdb")),
        ("printf 'x 4\\n\\0'", (0, "x 4\n\0", "", "x 4\n\0")),
        ("sleep 60 & echo a", (0, "a\n", "", "a\n")),
        ("echo $PPID >/dev/null; echo ü", (0, "ü\n", "", "ü\n")),
    ],
)
def test_command_of_its_own(shell, command, told):
    assert shell.run(command, 9) == told
    assert shell.run("echo next", 9).text == "next\n"


def test_many_lines_come_whole(shell):
    done = shell.run("seq 300000", 60)
    assert done.stdout.splitlines() == [str(number) for number in range(1, 300001)]


def test_command_that_hangs_ends_with_all_it_started(shell):
    assert shell.run("sleep 61 | cat", 1).code == 124
    assert shell.run("pgrep -fx 'sleep 61'", 9).code == 1


def test_command_that_floods_is_killed_with_its_shell(shell):
    with pytest.raises(OverflowError, match="printed more than 16 MB"):
        shell.run("yes faq-flood", 60)
    shell.close()
    other = Shell("any")
    assert other.run("for i in 1 2 3 4 5; do pgrep -fx 'yes faq-flood' || exit 0; sleep 1; done", 9)
    assert other.run("pgrep -fx 'yes faq-flood'", 9).code == 1
    other.close()


def test_shell_that_is_gone_is_told(shell):
    with pytest.raises(ConnectionError, match=r"\(-9\)"):
        shell.run("kill -9 $(ps -o ppid= -p $(ps -o ppid= -p $PPID))", 9)
    with pytest.raises(ConnectionError):
        shell.run("true", 9)


def test_shells_side_by_side(shell):
    with ThreadPoolExecutor() as pool:
        others = [Shell("any") for _ in range(4)]
        told = pool.map(lambda other: [other.run("echo a", 9).text for _ in range(50)], others)
        assert list(told) == [["a\n"] * 50] * 4
    for other in others:
        other.close()
