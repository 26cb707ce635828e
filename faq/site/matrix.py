"""All claims on all of Docker's releases in one table."""

from typing import NamedTuple

from faq.entries import Entry, entries
from faq.evidence import store
from faq.evidence.model import State
from faq.pages import title
from faq.site.templates import render_block


class MatrixEntry(NamedTuple):
    """The claims of one entry."""

    entry: Entry
    question: str
    """Inline Markdown."""
    claims: list[tuple[str, str, dict[str, str]]]
    """The name and the sentence of each, and its state by column."""


def matrix() -> str:
    """Every claim on every engine as HTML, each cell a link to its evidence."""
    columns = store.releases()
    rows = [matrix_entry(entry, columns) for entry in entries()]
    return render_block("matrix.html.j2", columns=columns, entries=rows)


def matrix_entry(entry: Entry, columns: list[str]) -> MatrixEntry:
    """The claims of one entry, with their states on the columns."""
    evidence = store.read(entry)
    claims = []
    for claim in entry.claims.values():
        states: dict[str, str] = {}
        for column in columns:
            cell = evidence.cell(claim.name, column)
            states[column] = cell.state if cell else State.NOT_RUN
        claims.append((claim.name, claim.sentence, states))
    return MatrixEntry(entry, title(entry), claims)
