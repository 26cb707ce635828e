"""Which claims a run asks: parts of all, and what a branch changes; no engine is asked."""

import re
import subprocess

import pytest

from tests.planted import SERVICES, Project
from tests.test_join import CLAIMS

CELL = re.compile(r"test_line\.py::test_(\w+)\[(.+)\]")
EVERY = {(name, column) for name in ("one", "two") for column in SERVICES}


@pytest.fixture
def project(tmp_path):
    """A project whose evidence is committed."""
    made = Project(tmp_path, CLAIMS)
    for name, column in EVERY:
        made.record(column, name, date="2026-11-01")
    commit = ["-c", "user.name=a", "-c", "user.email=a@b", "commit", "--quiet", "--message=a"]
    for command in (["init", "--quiet"], ["add", "snippets"], commit):
        subprocess.run(["git", "-C", tmp_path, *command], check=True)
    return made


def asked(project: Project, *options: str) -> set[tuple[str, str]]:
    """The cells that a run would ask, of those that have evidence."""
    said = project.run("pytest", "-n0", "--collect-only", "-q", "tests/faults", *options)
    assert said.returncode == 0, said.stdout + said.stderr
    return set(CELL.findall(said.stdout)) & EVERY


def test_parts_are_all_and_disjoint(project):
    one, two = asked(project, "--shard=1/2"), asked(project, "--shard=2/2")
    assert one == {cell for cell in EVERY if cell[0] == "one"}
    assert two == EVERY - one


@pytest.mark.parametrize("shard", ["2/1", "0/2", "1", "a/b"])
def test_part_that_is_none_is_refused(project, shard):
    said = project.run("pytest", f"--shard={shard}")
    assert f"--shard takes K/N, such as 2/3, and not '{shard}'" in said.stderr
    assert "Traceback" not in said.stderr


def test_what_a_branch_does_not_change_is_not_asked(project):
    assert asked(project) == EVERY
    assert asked(project, "--changed=HEAD") == set()


def test_evidence_that_a_branch_brings_is_asked(project):
    project.record("28.5", "one", date="2026-11-02")  # whoever wrote it: its seal is right
    assert asked(project, "--changed=HEAD") == {("one", "28.5")}


def test_claim_that_a_branch_edits_is_asked(project):
    project.write("tests/faults/test_line.py", CLAIMS.replace("Two holds.", "Two holds too."))
    assert asked(project, "--changed=HEAD") == {cell for cell in EVERY if cell[0] == "two"}


def test_unknown_commit_is_refused(project):
    said = project.run("pytest", "--changed=mian")
    assert "git knows no commit 'mian'" in said.stderr
