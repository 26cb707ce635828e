"""Which claims a run asks: parts of all, and what a branch changes; no engine is asked."""

import re
from itertools import product

import pytest

from faq.entries import SAFE
from tests.planted import CLAIMS, Project

CELL = re.compile(r"test_line\.py::test_(\w+)\[(.+)\]")
LAB = '{"engines": {"bookworm": "20.10.1", "forky": "28.5.1"}, "base": "a1"}'
EVERY = set(product(("one", "two"), ("20.10", "28.5")))
ONE = {cell for cell in EVERY if cell[0] == "one"}


@pytest.fixture
def project(tmp_path) -> Project:
    """A project whose evidence is committed."""
    made = Project(tmp_path / "project")
    for name, column in EVERY:
        made.record(column, name)
    made.write("tests/test_code.py", "def test_code(): assert True\n")
    made.write("cache/container-faq/lab.json", LAB)
    made.commit()
    return made


def collected(project: Project, *options: str) -> str:
    """What pytest lists, beside a lab that was started once."""
    command = ["pytest", "-n0", "--collect-only", "-q", *options]
    said = project.run(*command, XDG_CACHE_HOME=str(project.root / "cache"))
    assert said.returncode in (0, 5), said.stdout + said.stderr
    return said.stdout


def asked(project: Project, *options: str) -> set[tuple[str, str]]:
    """The cells that a run would ask, of those that have evidence."""
    return set(CELL.findall(collected(project, *options))) & EVERY


def test_parts_are_all_and_disjoint(project: Project):
    assert asked(project, "--shard=1/2") == ONE
    assert asked(project, "--shard=2/2") == EVERY - ONE


def test_tests_of_the_code_are_in_the_first_part_alone(project: Project):
    options = ["--tb=short", "--shard=1/2", "--shard=2/2", "--column=28.5", "--record=all"]
    with_code = [option for option in options if "::test_code" in collected(project, option)]
    assert with_code == options[:2]


def test_column_is_asked_by_its_name_or_its_service(project: Project):
    assert asked(project, "--column=28.5") == asked(project, "--column=forky")
    assert asked(project, "--column=28.5") == {("one", "28.5"), ("two", "28.5")}


@pytest.mark.parametrize(
    ("option", "message"),
    [
        *(
            (f"--shard={part}", "--shard takes K/N, such as 2/3, and not")
            for part in ("2/1", "0/2")
        ),
        *((f"--shard={part}", "--shard takes K/N, such as 2/3, and not") for part in ("1", "a/b")),
        ("--changed=mian", "git knows no commit 'mian': a branch, a tag or a hash"),
        ("--column=29.1", "no column '29.1': there are 20.10, trixie, 28.5, forky-containerd"),
    ],
)
def test_option_that_names_nothing_is_refused(project: Project, option, message):
    said = project.run("pytest", option)
    assert said.returncode == 4
    assert message in said.stderr
    assert "Traceback" not in said.stderr


def test_what_a_branch_does_not_change_is_not_asked(project: Project):
    assert asked(project) == EVERY
    assert asked(project, "--changed=HEAD") == set()
    assert "::test_code" not in collected(project, "--changed=HEAD")
    project.write("cache/container-faq/lab.json", LAB.replace("28.5.1", "28.5.2"))
    assert asked(project, "--changed=HEAD") == set()


def test_evidence_that_a_branch_brings_is_asked(project: Project):
    project.record("28.5", "one", "2026-11-02")  # whoever wrote it: its checksum is right
    assert asked(project, "--changed=HEAD") == {("one", "28.5")}


def test_claim_that_a_branch_edits_is_asked(project: Project):
    project.write("tests/faults/test_line.py", CLAIMS.replace("Two holds.", "Two holds too."))
    assert asked(project, "--changed=HEAD") == EVERY - ONE


def test_recording_asks_what_is_not_proven(project: Project):
    project.record("28.5", "one", key="another")
    project.record("20.10", "one", version="20.10.2")
    project.record("20.10", "two", base="a2")
    assert asked(project, "--record") == EVERY - {("two", "28.5")}
    assert asked(project, "--record=all") == EVERY


def test_engine_of_your_own_is_asked_what_is_safe(project: Project):
    mine = "test_line.py::test_one[own]"
    assert mine not in collected(project, "--my-engine")
    project.edit("tests/faults/test_line.py", "\n\n\n", f"\n\n{SAFE}\n\n\n")
    listed = collected(project, "--my-engine")
    assert mine in listed
    assert "::test_code" not in listed
