"""The truth that a branch changes, for its reviewer."""

import re
from collections.abc import Sequence

import msgspec

from faq import columns
from faq.entries import entries
from faq.evidence import history, store
from faq.evidence.comparison import cell_differences, measured_differences
from faq.evidence.coverage import coverage, coverage_at
from faq.evidence.model import Cell, Evidence

# What differs from run to run in what is printed: digests, times, sizes.
VOLATILE = re.compile(r"\b(?=[a-f]*\d)[0-9a-f]{6,}\b|\d+")
CellChange = tuple[str, Cell, Cell]
"""`claim on column`, the cell before, and the cell now."""


def report(base: str) -> str:
    """The truth that the working tree changes against a commit, as Markdown."""
    parts: list[str] = []
    changed_verdicts = 0
    for entry in sorted({*entries(), *history.entries_at(base)}, key=str):
        before, now = history.evidence_at(base, entry), store.read(entry)
        parts += section(str(entry), changes_of_truth(before, now))
        for name in sorted(now.claims):
            for title, old, new in cells_in_both(name, before, now):
                changed_verdicts += old.state != new.state
                if says_otherwise(old, new):
                    parts.append(side_by_side(title, old, new))
    parts += section("Engines", sorted(engine_changes(base)))
    loud = f"**{changed_verdicts} verdicts change: read each.**\n\n" if changed_verdicts else ""
    share = f"Claims among the factual statements: {coverage_at(base)}, now {coverage()}.\n\n"
    return f"# Truth that changes\n\n{loud}{share}" + ("\n".join(parts) or "No claim changes.\n")


def changes_of_truth(before: Evidence, now: Evidence) -> list[str]:
    """What of an entry's claims differs between two records, a line each; dates do not count."""
    lines = []
    for name in sorted(now.claims.keys() - before.claims.keys()):
        claim = now.claims[name]
        states = {column: cell.state for column, cell in claim.cells.items()}
        lines.append(f"new: {claim.sentence} ({columns.verdicts(states)})")
    gone = sorted(before.claims.keys() - now.claims.keys())
    lines += (f"gone: {before.claims[name].sentence}" for name in gone)
    for name in sorted(now.claims.keys() & before.claims.keys()):
        said, says = before.claims[name].sentence, now.claims[name].sentence
        if said != says:
            lines.append(f"reworded: {said} Now: {says}")
        for title, old, new in cells_in_both(name, before, now):
            if old.state != new.state:
                lines.append(f"{title}: {old.state}, now {new.state}")
            differences = measured_differences(old.measured, new.measured)
            lines += (f"{title}: {line}" for line in differences)
    return lines


def cells_in_both(name: str, before: Evidence, now: Evidence) -> list[CellChange]:
    """The cells of a claim that both records have."""
    old, new = before.cells(name), now.cells(name)
    return [(f"{name} on {column}", old[column], new[column]) for column in filter(old.get, new)]


def says_otherwise(old: Cell, new: Cell) -> bool:
    """Whether a reviewer should see what a cell printed, before and now."""
    return bool(cell_differences(old, new)) or stable_words(old) != stable_words(new)


def section(title: str, lines: Sequence[str]) -> list[str]:
    """Some lines as a list below a title; without lines, nothing."""
    bullets = "\n- ".join(lines)
    return [f"## {title}\n\n- {bullets}\n"] if lines else []


def engine_changes(base: str) -> set[str]:
    """What is recorded otherwise of the engines, each difference once; dates do not count."""
    lines = set()
    for entry in entries():
        before, now = history.evidence_at(base, entry).engines, store.read(entry).engines
        for column in now.keys() & before.keys():
            old, new = msgspec.to_builtins(before[column]), msgspec.to_builtins(now[column])
            for name in new.keys() - {"date", "seal"}:
                if old.get(name) != new[name]:
                    lines.add(f"{column}: {name} was `{old.get(name)!r}`, now `{new[name]!r}`")
    return lines


def side_by_side(title: str, old: Cell, new: Cell) -> str:
    """What the engine printed before and now."""
    return (
        f"<details><summary>{title}: what it printed</summary>\n\n"
        f"before: {old.state}\n\n{fenced(printed(old))}\n"
        f"now: {new.state}\n\n{fenced(printed(new))}\n</details>\n"
    )


def printed(cell: Cell) -> str:
    """What a cell's commands printed, each below its command."""
    return "".join(f"$ {one.command}\n{one.text.rstrip()}\n" for one in cell.output)


def stable_words(cell: Cell) -> set[str]:
    """The words that were printed: ids, times and sizes differ from run to run, they do not."""
    return set(re.findall(r"[^\W\d_]{4,}", VOLATILE.sub("#", printed(cell))))


def fenced(text: str) -> str:
    """A text in a block of code that nothing in it can end."""
    longest = max(map(len, re.findall("`+", text)), default=0)
    fence = "`" * max(4, longest + 1)
    return f"{fence}text\n{text}{fence}\n"
