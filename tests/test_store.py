"""The evidence file: one cell is written, all others stay, and no write is ever seen half done."""

import fcntl
import multiprocessing
import os
import random
import signal
import time
from pathlib import Path

import pytest

from faq.errors import ClaimError
from faq.evidence import store, validation
from faq.evidence.model import NOTHING, Evidence
from tests.planted import CLAIMS, Project, engine_record

pytest_plugins = ["tests.planted_fixtures"]
KILLS = 15


def write_forever(path: Path, records: list[Evidence], started: multiprocessing.Event) -> None:
    while True:
        for record in records:
            store.write(path, record)
            started.set()


def test_killed_write_loses_nothing(project: Project):
    """Kill a process that writes evidence again and again: the file is whole each time."""
    records = []
    for letter in "ab":  # long texts: most of the time goes into writing them
        project.record("28.5", "one", measured={"text": letter * 4_000_000})
        records.append(project.evidence())
    whole = {validation.encode(record) for record in records}
    fork = multiprocessing.get_context("fork")
    for _ in range(KILLS):
        started = fork.Event()
        arguments = (project.entry.evidence_file, records, started)
        writer = fork.Process(target=write_forever, args=arguments)
        writer.start()
        assert started.wait(10)
        time.sleep(random.uniform(0.01, 0.05))  # noqa: S311 # any moment will do
        writer.kill()
        writer.join()
        assert writer.exitcode == -signal.SIGKILL
        assert project.entry.evidence_file.read_text() in whole


def test_writers_wait_for_each_other(tmp_path):
    other = os.open(tmp_path, os.O_RDONLY)
    with store.locked(tmp_path), pytest.raises(BlockingIOError):
        fcntl.flock(other, fcntl.LOCK_EX | fcntl.LOCK_NB)
    fcntl.flock(other, fcntl.LOCK_EX | fcntl.LOCK_NB)
    os.close(other)


def test_one_cell_is_written_and_the_others_stay(project: Project):
    before = project.evidence()
    project.record("20.10", "two")
    now = project.evidence()
    assert now.claims["one"] == before.claims["one"]
    assert list(now.cells("two")) == list(now.engines) == ["20.10", "28.5"]
    assert now.cell("two", "28.5") == before.cell("two", "28.5")
    project.entry.evidence_file.unlink()
    assert (project.evidence(), store.recorded_columns(project.root)) == (NOTHING, {})
    project.record("28.5", "two")
    project.record("28.5", "one")
    assert list(project.evidence().claims) == ["one", "two"]  # as in their file


def test_reworded_claim_loses_its_other_cells_and_one_that_is_gone_its_place(project: Project):
    project.record("20.10", "one")
    claims = CLAIMS.replace("prints one line.", "prints a line.").replace("test_two", "test_too")
    project.write("tests/faults/test_line.py", claims)
    project.record("20.10", "one")
    evidence = project.evidence()
    assert list(evidence.claims) == ["one"]
    assert evidence.claims["one"].sentence == "The snippet prints a line."
    assert list(evidence.cells("one")) == ["20.10"]


def test_evidence_that_cannot_be_read_is_named(project: Project):
    project.entry.evidence_file.write_bytes(b"\xff")
    with pytest.raises(ClaimError, match=r"line/evidence\.json:1: not JSON"):
        project.evidence()
    project.entry.evidence_file.unlink()
    project.entry.evidence_file.mkdir()
    with pytest.raises(ClaimError, match=r"line/evidence\.json: Is a directory"):
        project.evidence()


@pytest.mark.parametrize("service", ["podman", "sid"])
def test_column_that_an_entry_is_not_asked_of_is_refused(project: Project, service):
    project.record("podman-5.4", "one", engine=engine_record(service, "5.4.1"))
    message = r"line/evidence\.json: faults/line is not asked of podman-5\.4: take its cells out"
    with pytest.raises(ClaimError, match=message):
        project.evidence()


def test_columns_are_those_that_the_services_had_last(project: Project):
    project.record("20.10", "one")
    assert store.recorded_columns(project.root) == {"20.10": "bookworm", "28.5": "forky"}
    project.record("30.1", "one", engine=engine_record("forky", "30.1.3", "2026-11-02"))
    project.record("podman-5.4", "one", engine=engine_record("trixie", "5.4.2"))
    recorded = {"20.10": "bookworm", "30.1": "forky", "podman-5.4": "trixie"}
    assert store.recorded_columns(project.root) == recorded
    assert list(store.recorded_columns(project.root)) == list(recorded)
    assert store.releases(project.root) == ["20.10", "30.1"]
    known = {"20.10": "bookworm", "podman-5.4": "podman"}
    assert store.columns_of(project.entry, known) == {"20.10": "bookworm"}
