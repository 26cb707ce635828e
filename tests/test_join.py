"""Evidence of a shared run joins without conflict, in any order, twice the same."""

from itertools import permutations

import pytest

from lab import evidence, valid
from tests.planted import Project

CLAIMS = '''"""Does it join?"""


def test_one(engine):
    """One holds."""
    assert engine.run("true").out == ""


def test_two(engine):
    """Two holds."""
    assert engine.run("true").out == ""
'''


@pytest.fixture
def parts(tmp_path):
    """Three machines' checkouts: each has other cells, and both of the last have one of them."""
    first = Project(tmp_path / "0", CLAIMS)
    machines = [first, *(first.copy(tmp_path / str(number)) for number in (1, 2))]
    machines[0].record("20.10", "one", date="2026-11-01")
    machines[0].record("20.10", "two", date="2026-11-01")
    machines[1].record("28.5", "one", date="2026-11-02")
    machines[2].record("28.5", "one", date="2026-11-03")
    return machines


def joined(tmp_path, name: str, parts: list[Project]) -> str:
    """What a checkout without evidence holds after it has taken over the parts."""
    target = parts[0].copy(tmp_path / name)
    target.entry.evidence_file.unlink()
    said = target.run("lab", "join", *(str(part.root) for part in parts))
    assert said.returncode == 0, said.stderr
    return target.entry.evidence_file.read_text()


def test_order_and_repetition_do_not_matter(parts, tmp_path):
    orders = [*permutations(parts), (*parts, *parts)]
    found = {joined(tmp_path, f"to-{number}", list(order)) for number, order in enumerate(orders)}
    assert len(found) == 1
    data = valid.check(found.pop(), "joined")
    assert data["claims"]["one"]["cells"]["28.5"]["date"] == "2026-11-03"
    assert set(data["claims"]["one"]["cells"]) == {"20.10", "28.5"}
    assert set(data["claims"]["two"]["cells"]) == {"20.10"}
    assert data["engines"]["28.5"]["date"] == "2026-11-03"


def test_stale_evidence_is_not_taken_over(parts):
    here, there, _ = parts
    there.record("20.10", "two", date="2026-11-09", key="another")
    assert here.run("lab", "join", str(there.root)).returncode == 0
    assert evidence.cell_of(here.entry, "two", "20.10")["date"] == "2026-11-01"
    assert evidence.cell_of(here.entry, "one", "28.5")["date"] == "2026-11-02"


def test_engine_without_cells_and_proof_to_come_are_not_taken_over(parts):
    here, there, _ = parts
    there.record("28.5", "one", date="2099-01-01")
    assert here.run("lab", "join", str(there.root)).returncode == 0
    assert list(evidence.read(here.entry)["engines"]) == ["20.10"]
    assert evidence.cell_of(here.entry, "one", "28.5") is None


def test_damaged_part_changes_nothing(parts):
    here, there, _ = parts
    before = here.entry.evidence_file.read_text()
    file = there.entry.evidence_file
    file.write_text(file.read_text().replace('"holds"', '"does not hold"'))
    said = here.run("lab", "join", str(there.root))
    assert said.returncode == 2
    assert f"error: {file}:" in said.stderr
    assert "was changed by hand" in said.stderr
    assert "Traceback" not in said.stderr
    assert here.entry.evidence_file.read_text() == before


def test_no_part_is_said(parts, tmp_path):
    said = parts[0].run("lab", "join", str(tmp_path))
    assert said.returncode == 2
    assert "has no snippets/" in said.stderr
