"""The claims that pytest collected: each gets its entry, claim, service and column here."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from faq import ROOT, columns
from faq.claims import Claim, Host, is_in
from faq.entries import Entry, entry_of
from faq.errors import applying
from faq.evidence import store
from faq.evidence.freshness import fault_of, lab_difference
from faq.evidence.keys import Keys, cell_keys
from faq.evidence.model import Cell, LabFacts
from faq.lab.engine import Engine
from faq.lab.reach import engines_for

MY_ENGINE = "own"
"""The service of `make check-my-engine`: an engine that is not the lab's."""


@dataclass(frozen=True)
class Collected:
    """One cell to ask: a claim on an engine."""

    entry: Entry
    claim: Claim
    service: str
    column: str
    """The column recorded last for this service; the service's name if none."""

    @property
    def key(self) -> str:
        """The key of the cell, as the files were when this run began."""
        return keys_of(self.entry)[self.service][self.claim.name]

    @property
    def cell(self) -> Cell | None:
        """What is recorded of it, fresh or stale."""
        return store.read(self.entry).cell(self.claim.name, self.column)

    def is_proven(self, lab: LabFacts | None = None) -> bool:
        """Whether its evidence is there and fresh, and of the engine and bases of a lab."""
        cell = self.cell
        fault = fault_of(cell, self.claim, self.column, self.key)
        return not (fault or lab_difference(cell, self.service, lab))

    def unmet_need(self, engine: Engine) -> str | None:
        """Why the claim cannot be asked of an engine on its host; None: it can."""
        needs = self.claim.host or Host()
        applies = self.claim.applies
        if not is_in(engine.line, applies):
            return f"it is about {' or '.join(limits.in_words for limits in applies)}"
        if needs.cgroup not in (None, engine.info.cgroup_version):
            return f"it needs a host with cgroup version {needs.cgroup}"
        if needs.security_module not in (None, *engine.info.security_modules):
            return f"it needs {needs.security_module} in the host's kernel"
        return None


COLLECTED = pytest.StashKey[Collected]()


def collect(item: pytest.Item) -> Collected | None:
    """The cell that an item asks; None when it is a test of the code.

    Raises:
        pytest.UsageError: it is in a topic's folder, and no claim as the pages understand it.

    """
    entry = entry_of(item.path)
    if item.path.parent == ROOT / "tests":
        return None
    name = getattr(item, "originalname", "").removeprefix("test_")
    claims = entry.claims if item.path == entry.claims_file else {}
    parameters = getattr(getattr(item, "callspec", None), "params", {})
    problems = {
        "the claims of an entry are in tests/<topic>/test_<its_name>.py": not claims,
        "a claim is a function of its own at the top": name not in claims,
        "a claim asks an engine, by the fixture `engine` or `snippet`, and takes no more": (
            list(parameters) != ["engine"]
        ),
    }
    for problem in applying(problems):
        line = (item.reportinfo()[1] or 0) + 1
        where = f"{entry.relative(item.path)}:{line}"
        raise pytest.UsageError(f"{where}: {item.name}: {problem}")
    service = str(parameters["engine"])
    return Collected(entry, claims[name], service, column_of(service))


def services_to_ask(claims_file: Path, *, my_engine: bool) -> list[str]:
    """The services that the claims of a file are asked of."""
    return [MY_ENGINE] if my_engine else engines_for(entry_of(claims_file).topic)


def column_of(service: str) -> str:
    """The column that a service of the lab was, as recorded; its own name when it is new."""
    columns_by_service = {known: column for column, known in recorded_at_start().items()}
    return columns_by_service.get(service, service)


@cache
def recorded_at_start() -> dict[str, str]:
    """The columns with their services, as recorded when this run began."""
    return store.recorded_columns()


@cache
def keys_of(entry: Entry) -> Keys:
    """The keys of an entry's cells, as its files were when this run began."""
    return cell_keys(entry, {*columns.services(), *recorded_at_start().values(), MY_ENGINE})
