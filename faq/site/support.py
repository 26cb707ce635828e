"""Which engines were tested, who still supports them, and what is current."""

import datetime as dt
from functools import cache
from operator import attrgetter
from pathlib import Path
from typing import Annotated, NamedTuple

import msgspec

from faq import ROOT, columns
from faq.entries import entries
from faq.errors import ClaimError
from faq.evidence import store
from faq.evidence.freshness import today
from faq.site.templates import render_block

FILE = Path(__file__).with_name("support.yml")


class Period(msgspec.Struct, forbid_unknown_fields=True):
    """How long somebody mends a release line."""

    by: str
    until: Annotated[str, msgspec.Meta(pattern=r"^\d{4}-\d\d(-\d\d)?$")]
    """A day or a month, ISO."""
    source: str
    checked: dt.date

    @property
    def has_ended(self) -> bool:
        """Whether that time is over."""
        return self.until < today().isoformat()[: len(self.until)]

    @property
    def in_words(self) -> str:
        """Who, until when: `Debian 12 LTS until 2028-06-30`."""
        return f"{self.by} until {self.until}"


class SupportNote(NamedTuple):
    """What the head of a column says of its support."""

    text: str
    """`Debian 12 LTS until`, or `support ended`."""
    month: str
    """`2028-06`."""
    details: str
    """Each period with its source."""


class Current(msgspec.Struct, forbid_unknown_fields=True):
    """The release line that is installed today."""

    line: str
    since: dt.date
    source: str
    checked: dt.date


class Support(msgspec.Struct, forbid_unknown_fields=True):
    """What the data file says."""

    current: Current
    lines: dict[str, list[Period]]
    """By column; both image stores of a release share its line."""


class Tested(msgspec.Struct):
    """An engine of the lab, as it was asked last."""

    column: str
    version: str
    date: dt.date
    periods: list[Period]


@cache
def read_support() -> Support:
    """What the data file says.

    Raises:
        ClaimError: it is not as its types say.

    """
    try:
        return msgspec.yaml.decode(FILE.read_bytes(), type=Support)
    except msgspec.MsgspecError as error:
        raise ClaimError(f"{FILE.relative_to(ROOT)}:1: {error}") from None


def periods_of(column: str) -> list[Period]:
    """Who supports a column's release line; both its image stores share it."""
    return read_support().lines.get(column.removesuffix(columns.CONTAINERD), [])


def support_note(column: str) -> SupportNote | None:
    """What the head of a column says: its longest support, by the month; None: not looked up."""
    periods = periods_of(column)
    if not periods:
        return None
    last = max(periods, key=attrgetter("until"))
    text = "support ended" if last.has_ended else f"{last.by} until"
    details = "; ".join(f"{period.in_words} ({period.source})" for period in periods)
    return SupportNote(text, last.until[:7], f"Support: {details}")


def tested() -> list[Tested]:
    """The engines with evidence, in the order of their columns."""
    newest: dict[str, Tested] = {}
    for entry in entries():
        for column, engine in store.read(entry).engines.items():
            row = Tested(column, engine.version, engine.date, periods_of(column))
            newest[column] = max(newest.get(column, row), row, key=lambda row: row.date)
    return [newest[column] for column in store.recorded_columns()]


def newest_engine() -> str:
    """The newest engine with evidence, and what is current."""
    newest = store.releases()[-1].removesuffix(columns.CONTAINERD)
    current = read_support().current
    return render_block("newest_engine.html.j2", newest=newest, current=current)


def support() -> str:
    """The table of the engines, and what never ran."""
    asked = set(store.recorded_columns().values())
    return render_block(
        "support.html.j2",
        rows=tested(),
        never_run=[name for name in columns.services() if name not in asked],
    )
