"""What a run asks, and what is refused before it begins; no engine is asked."""

import os
import re
from itertools import product

import pytest

from faq.entries import SAFE
from faq.lab import compose
from faq.run import preflight
from tests.planted import CLAIM, CLAIMS, Project

CELL = re.compile(r"test_line\.py::test_(\w+)\[(.+)\]")
LAB = '{"engines": {"bookworm": "20.10.1", "forky": "28.5.1"}, "base": "a1"}'
NO_ENGINE = CLAIM.replace("engine", "tmp_path")
ADDED = f"import sys\nimport os\n{CLAIM}sys.modules[__name__].__dict__['test_y'] = test_x\n"
EVERY = set(product(("one", "two"), ("20.10", "28.5")))
NEW = {cell for cell in EVERY if cell[1] == "28.5"}
ONE = {cell for cell in EVERY if cell[0] == "one"}


@pytest.fixture
def project(tmp_path) -> Project:
    made = Project(tmp_path / "project")
    for name, column in EVERY:
        made.record(column, name)
    made.write("tests/test_code.py", "def test_code(): assert True\n")
    made.write("cache/container-faq/lab.json", LAB)
    made.commit()
    return made


def collected(project: Project, *options: str) -> str:
    command = ["pytest", "-n0", "--collect-only", "-q", *options]
    said = project.run(*command, XDG_CACHE_HOME=str(project.root / "cache"))
    assert said.returncode in (0, 5), said.stdout + said.stderr
    return said.stdout


def asked(project: Project, *options: str) -> set[tuple[str, str]]:
    return set(CELL.findall(collected(project, *options))) & EVERY


def test_claims_are_asked_in_parts_or_of_a_column(project: Project):
    assert asked(project, "--shard=1/2") == ONE
    assert asked(project, "--shard=2/2") == EVERY - ONE
    assert asked(project, "--column=28.5") == asked(project, "--column=forky") == NEW


def test_tests_of_the_code_are_in_the_first_part_alone(project: Project):
    options = ["--tb=short", "--shard=1/2", "--shard=2/2", "--column=28.5", "--record=all"]
    with_code = [option for option in options if "::test_code" in collected(project, option)]
    assert with_code == options[:2]


@pytest.mark.parametrize(
    ("option", "message"),
    [
        *((f"--shard={part}", "--shard: takes K/N, such as 2/3") for part in ("2/1", "0/2", "a/b")),
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


def test_evidence_and_claims_that_a_branch_changes_are_asked(project: Project):
    project.record("28.5", "one", "2026-11-02")  # whoever wrote it: its checksum is right
    assert asked(project, "--changed=HEAD") == ONE & NEW
    project.write("tests/faults/test_line.py", CLAIMS.replace("Two holds.", "Two holds too."))
    assert asked(project, "--changed=HEAD") == (EVERY - ONE) | (ONE & NEW)


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


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("test_line.py", NO_ENGINE, ":1: test_x: a claim asks an engine, by the fixture `engine`"),
        ("test_line.py", ADDED, ":3: test_y[20.10]: a claim is a function of its own at"),
        ("test_li-ne.py", CLAIM, "tests/faults/test_li_ne.py: is missing"),
        ("deep/test_line.py", CLAIM, "the claims of an entry are in tests/<topic>/test_<its_name>"),
    ],
)
@pytest.mark.parametrize("workers", ["-n0", "-n1"])
def test_test_that_is_no_claim_is_refused(project: Project, name, text, message, workers):
    project.write(f"tests/faults/{name}", text)
    said = project.run("pytest", "--collect-only", workers, "tests/faults")
    assert message in said.stdout + said.stderr
    assert said.returncode != 0


def test_claim_is_asked_of_each_engine_of_its_topic(project: Project):
    said = collected(project, "tests/faults", "-k", "test_one")
    others = {*compose.engines_in_reach()} - {"bookworm", "forky", "podman"}
    assert set(re.findall(r"\[(.+)\]", said)) == {"20.10", "28.5"} | others


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("tests/faults/test_line.py", "def test_x(engine): assert engine\n", "has no docstring"),
        ("snippets/faults/line/evidence.json", "{", "not JSON"),
    ],
)
def test_file_that_breaks_a_rule_is_refused(project: Project, name, text, message):
    project.write(name, text)
    for run in (project.pytest("--record"), project.run("faq", "stale")):
        assert run.returncode in (2, 4)
        assert f"{name}:1" in run.stderr
        assert message in run.stderr
        assert "Traceback" not in run.stderr


def test_folder_that_cannot_be_written_is_refused(project: Project, monkeypatch):
    monkeypatch.setattr(preflight, "entries", lambda: [project.entry])
    preflight.check_writable()
    monkeypatch.setattr(os, "access", lambda *_: False)  # root may write everywhere
    message = "snippets/faults/line is missing or read-only: --record"
    with pytest.raises(pytest.UsageError, match=message):
        preflight.check_writable()


def test_bytecode_older_than_the_settings_is_forgotten(project: Project, monkeypatch):
    monkeypatch.setattr(preflight, "ROOT", project.root)
    for name, age in (("old", -60), ("new", 60)):
        path = project.root / f"tests/faults/{name}-pytest-9.pyc"
        path.touch()
        at = (project.root / "pyproject.toml").stat().st_mtime + age
        os.utime(path, (at, at))
    preflight.forget_old_bytecode()
    left = [path.name for path in (project.root / "tests/faults").glob("*.pyc")]
    assert left == ["new-pytest-9.pyc"]
