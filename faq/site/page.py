"""What a page may say of the evidence: the cells, verdicts and values of one entry's claims."""

import datetime as dt
import os
from dataclasses import dataclass, field
from functools import cached_property

from faq import columns
from faq.claims import Claim
from faq.entries import entry_named
from faq.errors import ClaimError
from faq.evidence import store
from faq.evidence.freshness import OLD_DAYS, is_old
from faq.evidence.keys import cell_keys
from faq.evidence.model import Measured, Output, State
from faq.site.format import DIFFERS, LOOKS, Group, Words, as_text, groups, in_words, range_in_words


@dataclass(frozen=True)
class ShownCell:
    """One claim on one engine, as a page shows it; only what was not run has no date."""

    state: State
    """As recorded, or stale, or not run."""
    date: dt.date | None = None
    is_old: bool = False
    reason: str | None = None
    """Why the claim does not apply."""
    measured: Measured = field(default_factory=dict)
    output: list[Output] = field(default_factory=list)


Cells = dict[str, ShownCell]
"""The cells of a claim by column."""


@dataclass(frozen=True)
class ShownVerdict:
    """The verdict of a claim on all columns, and where its evidence is."""

    overall: str
    """The state on all columns, or that they differ."""
    is_old: bool
    text: str
    """In words: `✓ holds on 20.10 – 28.5`."""
    states: dict[str, str]
    """By column."""
    href: str


class Page:
    """The evidence of one entry, as the page at hand sees it.

    The methods that end in `_text` give plain text, for the twins of the pages; the macros write
    the same as HTML.

    Args:
        here: the address of the page at hand, with or without `.html`.
        entry: whose evidence it shows, `topic/entry`; empty: its own.
        recorded: the columns of the site with their service.

    Raises:
        ClaimError: the page is no entry's, or a claim or value has no fresh evidence.

    """

    def __init__(self, here: str, entry: str, recorded: dict[str, str]) -> None:
        self.here = here.strip("/").removesuffix(".html")
        self.where = f"docs/{self.here}.md"
        self.recorded = recorded
        self.entry = entry_named(entry or self.here)
        self.evidence = store.read(self.entry)
        self.columns = store.columns_of(self.entry, recorded)
        self.others: dict[str, Page] = {}

    @cached_property
    def claims(self) -> dict[str, Claim]:
        """The claims of the entry by id."""
        if not self.entry.claims_file.exists():
            raise ClaimError(f"{self.where}: no claims for {str(self.entry)!r}")
        return self.entry.claims

    @cached_property
    def keys(self) -> dict[str, dict[str, str]]:
        """The key that each cell must have, by service and claim."""
        return cell_keys(self.entry, self.columns.values())

    def of(self, entry: str) -> "Page":
        """The evidence of another entry, as this page sees it; empty: its own."""
        if not entry:
            return self
        if entry not in self.others:
            self.others[entry] = Page(self.here, entry, self.recorded)
        return self.others[entry]

    def sentence(self, name: str) -> str:
        """A claim's sentence, inline Markdown."""
        if name not in self.claims:
            known = ", ".join(self.claims)
            raise ClaimError(f"{self.where}: no claim {name!r} in {self.entry}: there are {known}")
        return self.claims[name].sentence

    def cells(self, name: str) -> Cells:
        """A claim's cell in each column; stale ones are refused or, with SHOW_STALE, marked."""
        self.sentence(name)
        cells = {}
        for column, service in self.columns.items():
            shown = self.shown_cell(name, column, self.keys[service][name])
            if shown.state in (State.STALE, State.NOT_RUN) and not shows_stale():
                raise ClaimError(f"{self.where}: {name} is {shown.state} on {column}: make record")
            cells[column] = shown
        return cells

    def shown_cell(self, name: str, column: str, key: str) -> ShownCell:
        """A claim's cell in one column; it is fresh when it has this key."""
        cell = self.evidence.cell(name, column)
        if cell is None:
            return ShownCell(State.NOT_RUN)
        return ShownCell(
            state=cell.state.state if cell.key == key else State.STALE,
            date=cell.date,
            is_old=is_old(cell),
            reason=cell.reason,
            measured=cell.measured,
            output=cell.output,
        )

    def verdict(self, name: str) -> ShownVerdict:
        """A claim's verdict, and the address of its evidence as seen from this page."""
        cells = self.cells(name)
        states = {column: cell.state.value for column, cell in cells.items()}
        first, *others = {*states.values()} or {DIFFERS}
        overall = DIFFERS if others else first
        text = f"{LOOKS[overall]['symbol']} {columns.verdicts(states)}"
        if reasons := dict.fromkeys(cell.reason for cell in cells.values() if cell.reason):
            text += f" ({'; '.join(reasons)})"
        if has_old := any(cell.is_old for cell in cells.values()):
            text += f", proven over {OLD_DAYS} days ago"
        href = f"#{name}"
        if str(self.entry) != self.here:
            href = f"{'../' * self.here.count('/')}{self.entry}.html#{name}"
        return ShownVerdict(overall, has_old, text, states, href)

    def claim_text(self, name: str) -> str:
        """A claim's sentence and, in parentheses, its verdict."""
        return f"{self.sentence(name)} ({self.verdict(name).text})"

    def values(self, name: str, key: str) -> Measured:
        """What a claim measured, by column; nothing only where stale evidence is shown."""
        values: Measured = {}
        known: Measured = {}
        for column, cell in self.cells(name).items():
            known |= cell.measured
            if key in cell.measured:
                values[column] = cell.measured[key]
        if not values and not shows_stale():
            keys = ", ".join(known)
            raise ClaimError(f"{self.where}: {name} measured no {key!r}: there are {keys}")
        return values

    def measured(self, name: str, key: str) -> list[Group[Words]]:
        """What a claim measured: one value for all, a range of numbers, or a value per group."""
        values = self.values(name, key)
        if set(map(type, values.values())) == {float}:
            span = range_in_words(values.values())
            return groups(values, lambda _: span, self.columns)
        return groups(values, in_words, self.columns)

    def measured_text(self, name: str, key: str) -> str:
        """What a claim measured, in words."""
        values = self.measured(name, key)
        if not values:
            return f"{key}: not measured"
        if len(values) == 1:
            return as_text(values[0].value)
        return ", ".join(f"{as_text(words)} ({where})" for words, _, where in values)


def shows_stale() -> bool:
    """Whether stale cells are marked instead of refused, as in `make serve`."""
    return bool(os.environ.get("SHOW_STALE"))
