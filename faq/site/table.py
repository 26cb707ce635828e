"""The evidence of a page as a table: every claim on every engine, and how to repeat it."""

import datetime as dt
from dataclasses import dataclass
from functools import partial
from itertools import groupby

import msgspec
from markupsafe import Markup

from faq.entries import Entry
from faq.evidence.model import EngineRecord, Output
from faq.site.format import NOT_MEASURED, Group, Words, groups, in_words
from faq.site.page import Cells, Page, ShownCell
from faq.site.templates import render_block

END_OF_FILE = "END-OF-FILE"
ENGINE_FACTS = {
    field.encode_name: field.name
    for field in msgspec.structs.fields(EngineRecord)
    if field.name != "service"
}
"""The field of each fact by its name in the evidence."""


@dataclass(frozen=True)
class ClaimRows:
    """What the table says of one claim."""

    name: Markup
    """Also its anchor: a name of Python, in which nothing is to be escaped."""
    sentence: str
    cells: Cells
    reasons: list[Group[str]]
    measured: dict[str, list[tuple[Words, list[str]]]]
    """By key: what was measured, with the neighboring columns that measured it."""
    outputs: list[list[Group[Output]]]
    """By command."""
    commands: list[Group[str]]
    """The lines to paste; several where engines need their own."""


def evidence_html(page: Page) -> str:
    """The evidence of a page: its claims, its engines and its files."""
    claims = [claim_rows(page, name) for name in page.claims]
    dates: list[dt.date] = []
    for claim in claims:
        dates += filter(None, (cell.date for cell in claim.cells.values()))
    return render_block(
        "evidence.html.j2",
        columns=list(page.columns),
        claims=claims,
        oldest=min(dates, default=None),
        engines=page.evidence.engines,
        engine_facts=ENGINE_FACTS,
        files=paste(page.entry),
    )


def claim_rows(page: Page, name: str) -> ClaimRows:
    """What the table says of a claim."""
    cells = page.cells(name)
    clean = ["sh clean.sh"] if (page.entry.folder / "clean.sh").exists() else []
    return ClaimRows(
        name=Markup(name),  # noqa: S704
        sentence=page.sentence(name),
        cells=cells,
        reasons=groups(cells, lambda cell: cell.reason, cells),
        measured=measured_rows(cells),
        outputs=output_groups(cells),
        commands=groups(cells, partial(commands_to_paste, clean), cells),
    )


def measured_rows(cells: Cells) -> dict[str, list[tuple[Words, list[str]]]]:
    """What was measured, by key; equal neighbors are joined."""
    words: dict[str, dict[str, Words]] = {}
    for column, cell in cells.items():
        for key, value in cell.measured.items():
            by_column = words.setdefault(key, dict.fromkeys(cells, NOT_MEASURED))
            by_column[column] = in_words(value)
    rows = {}
    for key, by_column in words.items():
        neighbors = groupby(by_column, by_column.__getitem__)
        rows[key] = [(value, list(where)) for value, where in neighbors]
    return rows


def output_groups(cells: Cells) -> list[list[Group[Output]]]:
    """What each command printed; equal outputs once, with their columns."""
    printed: dict[int, dict[str, Output]] = {}
    for column, cell in cells.items():
        for index, output in enumerate(cell.output):
            text = output.text.rstrip("\n")
            outputs = printed.setdefault(index, {})
            outputs[column] = msgspec.structs.replace(output, text=text)
    return [groups(outputs, lambda output: output, cells) for outputs in printed.values()]


def commands_to_paste(clean: list[str], cell: ShownCell) -> str | None:
    """The lines that repeat what a cell ran, and clean up."""
    commands = [output.command for output in cell.output]
    return "\n".join(commands + clean) if commands else None


def paste(entry: Entry) -> str:
    """The lines that put all snippets of an entry into a new folder."""
    folder = f"faq-{entry.name}"
    lines = [f"mkdir {folder} && cd {folder}"]
    for path in entry.snippets:
        inside = path.relative_to(entry.folder)
        if inside.parent.name:
            lines.append(f"mkdir -p {inside.parent.as_posix()}")
        lines.append(f"cat >{inside.as_posix()} <<'{END_OF_FILE}'")
        lines.append(path.read_text().removesuffix("\n"))
        lines.append(END_OF_FILE)
    return "\n".join(lines)
