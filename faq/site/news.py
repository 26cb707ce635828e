"""What changed between two records of an entry, for readers: sentences by what happened to them."""

from typing import NamedTuple

from faq import columns
from faq.evidence.comparison import measured_differences
from faq.evidence.model import Evidence
from faq.site.templates import render

VERDICT, NEW, REWORDED = "with another verdict", "new", "reworded"
MEASURED, WITHDRAWN = "with other measurements", "withdrawn"
KINDS = (VERDICT, NEW, REWORDED, MEASURED, WITHDRAWN)
"""What may happen to a claim; what matters most to readers comes first."""
SHOWN = 10
"""The sentences of a kind that are shown; the others are counted."""


class Happened(NamedTuple):
    """What happened to a claim."""

    kind: str
    sentence: str
    where: str = ""
    """On which engines, and what, as plain text."""


def news_between(before: Evidence, now: Evidence) -> dict[str, list[Happened]]:
    """What of an entry's claims differs between two records, by kind."""
    by_kind: dict[str, list[Happened]] = {kind: [] for kind in KINDS}
    for name in sorted(before.claims.keys() | now.claims.keys()):
        if happened := news_of(name, before, now):
            by_kind[happened.kind].append(happened)
    return {kind: happened for kind, happened in by_kind.items() if happened}


def news_of(name: str, before: Evidence, now: Evidence) -> Happened | None:
    """The most that happened to a claim; None where it says and rests on the same."""
    if name not in now.claims:
        return Happened(WITHDRAWN, before.claims[name].sentence)
    sentence, old, new = now.claims[name].sentence, before.cells(name), now.cells(name)
    if name not in before.claims:
        states = {column: str(cell.state) for column, cell in new.items()}
        return Happened(NEW, sentence, columns.verdicts(states))
    both = [column for column in new if column in old]
    turned = [column for column in both if old[column].state != new[column].state]
    if turned:
        states = {column: f"{old[column].state}, now {new[column].state}" for column in turned}
        return Happened(VERDICT, sentence, columns.verdicts(states))
    if sentence != before.claims[name].sentence:
        return Happened(REWORDED, sentence)
    measured = [
        column
        for column in both
        if measured_differences(old[column].measured, new[column].measured)
    ]
    return Happened(MEASURED, sentence, f"on {', '.join(measured)}") if measured else None


def counts_of(news: dict[str, list[Happened]]) -> str:
    """How many claims each kind has, in words."""
    counts = {kind: len(some) for kind, some in news.items()}
    parts = (f"{count} claim{'s' * (count > 1)} {kind}" for kind, count in counts.items())
    return ", ".join(parts)


def news_html(news: dict[str, list[Happened]]) -> str:
    """The sentences by kind, as HTML."""
    return render("news.html.j2", news=news, shown=SHOWN)
