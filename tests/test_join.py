"""Evidence of a shared run joins without conflict, in any order, twice the same."""

from itertools import permutations
from pathlib import Path

import pytest

from tests.planted import Project


@pytest.fixture
def parts(tmp_path) -> list[Project]:
    """Three machines' checkouts: each has other cells, and both of the last have one of them."""
    first = Project(tmp_path / "0")
    machines = [first, first.copy(tmp_path / "1"), first.copy(tmp_path / "2")]
    machines[0].record("20.10", "one")
    machines[0].record("20.10", "two")
    machines[1].record("28.5", "one", "2026-11-02")
    machines[2].record("28.5", "one", "2026-11-03")
    return machines


def take_over(here: Project, *parts: Project) -> str:
    said = here.run("faq", "join", *(str(part.root) for part in parts))
    assert said.returncode == 0, said.stderr
    return said.stderr


def joined(folder: Path, parts: list[Project]) -> Project:
    """A checkout without evidence after it has taken over the parts."""
    target = parts[0].copy(folder)
    target.entry.evidence_file.unlink()
    assert take_over(target, *parts) == "3 cells taken over\n"
    return target


def test_order_and_repetition_do_not_matter(parts: list[Project], tmp_path):
    orders = [*permutations(parts), (*parts, *parts)]
    targets = [joined(tmp_path / f"to-{at}", list(order)) for at, order in enumerate(orders)]
    assert len({target.entry.evidence_file.read_text() for target in targets}) == 1
    evidence = targets[0].evidence()
    assert (list(evidence.cells("one")), list(evidence.cells("two"))) == (
        ["20.10", "28.5"],
        ["20.10"],
    )
    assert str(evidence.cell("one", "28.5").date) == "2026-11-03"
    assert str(evidence.engines["28.5"].date) == "2026-11-03"


def test_of_one_day_the_greater_checksum_counts(parts: list[Project], tmp_path):
    parts[1].record("28.5", "one", "2026-11-03", measured={"lines": 1})
    cells = [part.evidence().cell("one", "28.5") for part in parts[1:]]
    greater = max(cells, key=lambda cell: cell.checksum)
    for at, order in enumerate(([0, 1, 2], [0, 2, 1])):
        target = joined(tmp_path / f"to-{at}", [parts[number] for number in order])
        assert target.evidence().cell("one", "28.5") == greater


def test_stale_evidence_is_not_taken_over(parts: list[Project]):
    here, there, _ = parts
    there.record("20.10", "two", "2026-11-09", key="another")
    assert take_over(here, there) == "1 cells taken over\n"
    assert str(here.evidence().cell("two", "20.10").date) == "2026-11-01"
    assert str(here.evidence().cell("one", "28.5").date) == "2026-11-02"


def test_older_evidence_changes_nothing(parts: list[Project]):
    _, older, here = parts
    before = here.entry.evidence_file.read_bytes()
    assert take_over(here, older) == "0 cells taken over\n"
    assert here.entry.evidence_file.read_bytes() == before


def test_engine_without_cells_and_proof_to_come_are_not_taken_over(parts: list[Project]):
    here, there, _ = parts
    there.record("28.5", "one", "2099-01-01")
    there.record("28.5", "two", "2026-11-02", key="another")
    take_over(here, there)
    assert list(here.evidence().engines) == ["20.10"]
    assert here.evidence().cell("one", "28.5") is None


def test_part_that_is_none_or_damaged_changes_nothing(parts: list[Project], tmp_path):
    here, there, _ = parts
    before = here.entry.evidence_file.read_text()
    there.edit_evidence('"holds"', '"does not hold"')
    damaged = here.run("faq", "join", str(there.root))
    assert damaged.stderr.startswith(f"error: {there.entry.evidence_file}:")
    assert "was changed by hand" in damaged.stderr
    none = here.run("faq", "join", str(tmp_path))
    assert none.stderr == f"error: {tmp_path} has no snippets/ with evidence\n"
    assert (damaged.returncode, none.returncode) == (2, 2)
    assert here.entry.evidence_file.read_text() == before
