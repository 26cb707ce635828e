"""Chooses the few claims that say most about a host, by what they cover, never by their names."""

import re
from itertools import filterfalse, product
from typing import NamedTuple

from faq.claims import Claim
from faq.entries import Entry, entries
from faq.evidence import store
from faq.evidence.model import Verdict
from faq.lab.host_disks import recipe_digest
from faq.lab.reach import services_in_reach

FEATURES = {
    "a memory limit": re.compile(r"--memory\b|\s-m[ =]?\d"),
    "a CPU limit": re.compile(r"--cpus\b"),
    "a firewall rule": re.compile(r"\biptables\b"),
}
"""What depends on the host, and how a claim or its snippet looks that has it."""
SLOW = "apt-get"
"""What an entry has, in a snippet or its claims, that installs packages: minutes of emulation."""
SNIPPET = re.compile(r"""snippet\(\s*["']([^"']+)["']""")


class Candidate(NamedTuple):
    """A cell that can be asked on the host."""

    entry: Entry
    claim: str
    column: str
    covers: frozenset[str]
    """What it stands for: its topic, its column, and what depends on the host."""

    @property
    def node(self) -> str:
        """What pytest calls it."""
        path = self.entry.relative(self.entry.claims_file)
        return f"{path}::test_{self.claim}[{self.column}]"


def candidates() -> list[Candidate]:
    """The cells that are published with an answer, in an order that new entries do not change."""
    reach = services_in_reach()
    recorded = store.recorded_columns().items()
    in_reach = [column for column, service in recorded if service in reach]
    cells: list[Candidate] = []
    for entry in filterfalse(installs_packages, entries()):
        for (name, claim), column in product(entry.claims.items(), in_reach):
            cell = store.read(entry).cell(name, column)
            if cell and cell.state is not Verdict.NOT_APPLICABLE:
                covers = frozenset({entry.topic, column, *features(entry, claim)})
                cells.append(Candidate(entry, name, column, covers))
    return sorted(cells, key=lambda cell: recipe_digest(cell.node))


def installs_packages(entry: Entry) -> bool:
    """Whether a claim of an entry may install packages."""
    return any(SLOW in path.read_text() for path in [entry.claims_file, *entry.snippets])


def features(entry: Entry, claim: Claim) -> list[str]:
    """What a claim, or a snippet that it runs, has of the things that depend on the host."""
    paths = [entry.folder / name for name in SNIPPET.findall(claim.code)]
    text = claim.code + "".join(path.read_text() for path in paths if path.exists())
    return [name for name, pattern in FEATURES.items() if pattern.search(text)]


def choose(cells: list[Candidate], count: int) -> list[Candidate]:
    """Claims that cover all that there is to cover with few of them, then again with others."""
    chosen: list[Candidate] = []
    missing: frozenset[str] = frozenset()
    while cells and len(chosen) < count:
        all_covered = frozenset().union(*(cell.covers for cell in cells))
        missing = missing & all_covered or all_covered
        best = max(cells, key=lambda cell: len(cell.covers & missing))
        missing -= best.covers
        chosen.append(best)
        cells = [cell for cell in cells if cell.claim != best.claim]
    return chosen


def smallest_safe_entry() -> Entry:
    """The entry with the fewest claims of those that may be asked of an engine in use.

    None of its claims installs packages, which takes minutes on an emulated host.
    """
    safe = [entry for entry in entries() if entry.is_safe and not installs_packages(entry)]
    return min(safe, key=lambda entry: len(entry.claims))
