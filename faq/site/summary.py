"""The site and its pages in numbers, computed from the evidence."""

import datetime as dt
from collections.abc import Iterable

from faq import columns
from faq.entries import entries
from faq.errors import ClaimError
from faq.evidence import store
from faq.evidence.coverage import coverage
from faq.evidence.model import State, Verdict
from faq.site.page import Page, shows_stale


def summary() -> str:
    """Claims, engines, cells, the oldest proof, and the share that was run, in two sentences."""
    recorded = store.recorded_columns()
    releases = of_program(columns.DOCKER, recorded)
    others = set(recorded.values()).difference(map(recorded.__getitem__, releases))
    claims = on_podman = not_asked = 0
    proven: list[dt.date] = []
    for entry in entries():
        claims += len(entry.claims)
        if others.intersection(entry.services):
            on_podman += len(entry.claims)
        evidence = store.read(entry)
        for claim in evidence.claims:
            for cell in store.shown_cells(evidence, claim, recorded).values():
                if cell.state == Verdict.NOT_APPLICABLE:
                    not_asked += 1
                else:
                    proven.append(cell.date)
    podman = f", {on_podman} of them on Podman too" if on_podman else ""
    return (
        f"{claims} claims on {len(releases)} engines{podman}: "
        f"{len(proven)} of {claims * len(releases) + on_podman} cells are "
        f"proven, the oldest on {min(proven, default='never')}; {not_asked} could "
        f"not be asked, and say why. Of the statements marked as facts {coverage()} are claims; "
        "the others are cited with their source, under “Not run here”."
    )


def of_program(program: str, known: Iterable[str]) -> list[str]:
    """Those of some columns that are a program's."""
    return [column for column in known if columns.parse(column).program == program]


def column_list(program: str, image_store: str = "classic") -> str:
    """The columns of a program with an image store, bold, as Markdown."""
    known = of_program(program, store.recorded_columns())
    bold = [f"**{column}**" for column in known if columns.parse(column).store == image_store]
    return " and ".join(filter(None, [", ".join(bold[:-1]), *bold[-1:]]))


def agreement(page: Page, program: str) -> str:
    """How many of a page's claims that hold on every Docker Engine hold on a program too.

    Raises:
        ClaimError: nothing is recorded on that program.

    """
    docker = of_program(columns.DOCKER, page.columns)
    others = of_program(program, page.columns)
    if not others and not shows_stale():
        raise ClaimError(f"{page.where}: nothing is recorded on {program}: make record")
    on_docker = on_both = 0
    for name in page.claims:
        cells = page.cells(name)
        holding = {column for column in cells if cells[column].state == State.HOLDS}
        if holding.issuperset(docker):
            on_docker += 1
        if holding.issuperset(docker + others):
            on_both += 1
    where = columns.ranges(others, list(page.columns)) or program
    return (
        f"Of the {on_docker} claims on this page that hold on every Docker Engine, "
        f"{on_both} hold on {where} too."
    )
