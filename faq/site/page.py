"""What a page may say of the evidence: the cells, verdicts and values of one entry's claims."""

import os
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache, cached_property, partial
from operator import attrgetter
from typing import cast

from faq import columns
from faq.claims import Claim
from faq.entries import entry_named
from faq.errors import ClaimError
from faq.evidence import store
from faq.evidence.freshness import OLD_DAYS, is_old
from faq.evidence.keys import cell_keys
from faq.evidence.model import Measured, Output, Replay, State
from faq.site.format import (
    DIFFERS,
    LOOKS,
    Group,
    Words,
    groups,
    in_words,
    range_in_words,
    verdicts_in_words,
)


@dataclass(frozen=True)
class ShownCell:
    """One claim on one engine, as a page shows it."""

    state: State
    """As recorded, or stale, or not run."""
    is_old: bool = False
    reason: str | None = None
    """Why the claim does not apply."""
    measured: Measured = field(default_factory=dict)
    output: list[Output] = field(default_factory=list)
    replay: Replay | None = None
    """What replays noticed, each with another change of what the engine said."""


Cells = dict[str, ShownCell]
"""The cells of a claim by column."""


@dataclass(frozen=True)
class ShownVerdict:
    """The verdict of a claim on all columns, and where its evidence is."""

    overall: str
    """The state on all columns, or that they differ."""
    is_old: bool
    text: str
    """In words: `✓ holds on all tested engines`."""
    states: dict[str, str]
    """By column."""
    href: str

    @property
    def badge(self) -> str:
        """What stands behind the sentence: a check mark alone where it holds everywhere."""
        is_plain = self.overall == State.HOLDS and not self.is_old
        return LOOKS[State.HOLDS]["symbol"] if is_plain else self.text


def total_replay(replays: Iterable[Replay | None]) -> Replay:
    """What replays noticed, added up."""
    known = list(filter(None, replays))
    caught, total = (sum(map(attrgetter(name), known)) for name in ("caught", "total"))
    return Replay(caught, total)


class Page:
    """The evidence of one entry, as the page at hand sees it.

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
        self.optional = columns.optional_services()
        self.stated: set[str] = set()
        self.of_other = cache(partial(Page, self.here, recorded=recorded))

    def of(self, entry: str) -> "Page":
        """The evidence of another entry, as this page sees it; empty: its own."""
        return self.of_other(entry) if entry else self

    def refuse(self, message: str) -> None:
        """Raise a ClaimError, unless what is stale is marked and shown, as in `make serve`."""
        if not os.environ.get("SHOW_STALE"):
            raise ClaimError(f"{self.where}: {message}")

    def place(self, name: str) -> str:
        """The id of the place where the page states a claim of its own first; else nothing."""
        if str(self.entry) != self.here or name in self.stated:
            return ""
        self.stated.add(name)
        return f"in-{name}"

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

    def sentence(self, name: str) -> str:
        """A claim's sentence, inline Markdown."""
        if name not in self.claims:
            known = ", ".join(self.claims)
            raise ClaimError(f"{self.where}: no claim {name!r} in {self.entry}: there are {known}")
        return self.claims[name].sentence

    def cells(self, name: str) -> Cells:
        """A claim's cell in each column; stale ones are refused or, with SHOW_STALE, marked.

        On a column that a machine may have to leave out they are marked, and say no more.
        """
        self.sentence(name)
        cells = dict.fromkeys(self.columns, ShownCell(State.NOT_RUN))
        for column, cell in store.shown_cells(self.evidence, name, self.columns).items():
            is_fresh = cell.key == self.keys[self.columns[column]][name]
            state = cell.state.state if is_fresh else State.STALE
            said = (cell.reason, cell.measured, cell.output, cell.replay)
            cells[column] = ShownCell(state, is_old(cell), *said)
        for column, shown in cells.items():
            if shown.state in (State.STALE, State.NOT_RUN):
                if self.columns[column] in self.optional:
                    cells[column] = ShownCell(shown.state)
                else:
                    self.refuse(f"{name} is {shown.state} on {column}: make record")
        return cells

    def verdict(self, name: str) -> ShownVerdict:
        """A claim's verdict, and the address of its evidence as seen from this page."""
        states: dict[str, str] = {}
        reasons: dict[str | None, None] = {}
        has_old = False
        for column, cell in self.cells(name).items():
            states[column] = cell.state.value
            reasons[cell.reason] = None
            has_old |= cell.is_old
        kinds = set(states.values())
        overall = kinds.pop() if len(kinds) == 1 else DIFFERS
        text = f"{LOOKS[overall]['symbol']} {verdicts_in_words(states)}"
        if told := "; ".join(filter(None, reasons)):
            text += f" ({told})"
        if has_old:
            text += f", proven over {OLD_DAYS} days ago"
        href = f"#{name}"
        if str(self.entry) != self.here:
            href = f"{'../' * self.here.count('/')}{self.entry}.html#{name}"
        return ShownVerdict(overall, has_old, text, states, href)

    def replays(self, name: str) -> Replay:
        """The replays of a claim, on all columns together; none of none recorded."""
        return total_replay(cell.replay for cell in self.cells(name).values())

    def measured_by_key(self, name: str) -> dict[str, Measured]:
        """What a claim measured: by key, the value in each column that has one."""
        by_key: dict[str, Measured] = {}
        for column, cell in self.cells(name).items():
            for key, value in cell.measured.items():
                by_key.setdefault(key, {})[column] = value
        return by_key

    def values(self, name: str, key: str) -> Measured:
        """What a claim measured, by column; nothing only where stale evidence is shown.

        Raises:
            ClaimError: no engine measured it.

        """
        by_key = self.measured_by_key(name)
        if key not in by_key:
            self.refuse(f"{name} measured no {key!r}: there are {', '.join(by_key)}")
        return by_key.get(key, {})

    def measured(self, name: str, key: str) -> list[Group[Words]]:
        """What a claim measured: one value for all, a range of numbers, or a value per group."""
        values = self.values(name, key)
        if set(map(type, values.values())) == {float}:
            span = range_in_words(cast("dict[str, float]", values).values())
            return groups(values, lambda _: span, self.columns)
        return groups(values, in_words, self.columns)
