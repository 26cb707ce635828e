"""The truth that a branch changes, for its reviewer."""

import re
from collections.abc import Iterator

import msgspec

from faq import columns
from faq.entries import entries
from faq.evidence import comparison, history, store
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
        if lines := changes_of_truth(before, now):
            parts.append(f"## {entry}\n\n" + "".join(f"- {line}\n" for line in lines))
        for name, old, new in cells_in_both(before, now):
            changed_verdicts += old.state != new.state
            if says_otherwise(old, new):
                parts.append(side_by_side(name, old, new))
    parts += engine_section(base)
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
    for name in sorted(before.claims.keys() - now.claims.keys()):
        claim = before.claims[name]
        lines.append(f"gone: {claim.sentence}")
    for name in sorted(now.claims.keys() & before.claims.keys()):
        said, says = before.claims[name].sentence, now.claims[name].sentence
        if said != says:
            lines.append(f"reworded: {said} Now: {says}")
        lines += changed_cells(name, before, now)
    return lines


def changed_cells(name: str, before: Evidence, now: Evidence) -> Iterator[str]:
    """The verdicts and measured values of one claim that differ, a line each."""
    for column, new in now.cells(name).items():
        if old := before.cell(name, column):
            if old.state != new.state:
                yield f"{name} on {column}: {old.state}, now {new.state}"
            for line in comparison.measured_differences(old.measured, new.measured):
                yield f"{name} on {column}: {line}"


def cells_in_both(before: Evidence, now: Evidence) -> Iterator[CellChange]:
    """The cells that both records have."""
    for name, claim in sorted(now.claims.items()):
        for column, new in claim.cells.items():
            if old := before.cell(name, column):
                yield f"{name} on {column}", old, new


def says_otherwise(old: Cell, new: Cell) -> bool:
    """Whether a reviewer should see what a cell printed, before and now."""
    looks = [
        (cell.state, cell.reason, comparison.commands(cell), stable_words(cell))
        for cell in (old, new)
    ]
    differences = comparison.measured_differences(old.measured, new.measured)
    return looks[0] != looks[1] or differences != []


def engine_section(base: str) -> list[str]:
    """What is recorded otherwise of the engines, each difference once; dates do not count."""
    lines = set()
    for entry in entries():
        before, now = history.evidence_at(base, entry).engines, store.read(entry).engines
        for column in now.keys() & before.keys():
            old, new = msgspec.to_builtins(before[column]), msgspec.to_builtins(now[column])
            for name in sorted(new.keys() - {"date", "seal"}):
                if old.get(name) != new[name]:
                    lines.add(f"- {column}: {name} was `{old.get(name)!r}`, now `{new[name]!r}`\n")
    return ["## Engines\n\n" + "".join(sorted(lines))] if lines else []


def side_by_side(title: str, old: Cell, new: Cell) -> str:
    """What the engine printed before and now."""
    parts = [f"<details><summary>{title}: what it printed</summary>\n"]
    for when, cell in (("before", old), ("now", new)):
        parts.append(f"{when}: {cell.state}\n\n{fenced(printed(cell))}")
    return "\n".join([*parts, "</details>\n"])


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
