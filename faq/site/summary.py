"""The site and its pages in numbers, computed from the evidence."""

import datetime as dt
from collections.abc import Iterable

from faq import columns
from faq.entries import entries
from faq.evidence import store
from faq.evidence.coverage import coverage
from faq.evidence.model import State
from faq.site.page import Page


def summary() -> str:
    """Claims, engines, cells, the oldest proof, and the share that was run, in three sentences."""
    recorded = store.recorded_columns()
    releases = store.releases()
    claims = on_all = not_asked = 0
    proven: list[dt.date] = []
    for entry in entries():
        page = Page("index.html", str(entry), recorded)
        claims += len(page.claims)
        on_all += len(page.claims) * len(page.columns)
        for name in page.claims:
            for column, cell in page.cells(name).items():
                not_asked += cell.state is State.NOT_APPLICABLE
                if cell.state in (State.HOLDS, State.DOES_NOT_HOLD):
                    proven.append(page.evidence.claims[name].cells[column].date)
    on_podman = on_all - claims * len(releases)
    podman = f" ({on_podman} also on Podman)" if on_podman else ""
    return (
        f"{claims} claims, each tested on {len(releases)} engine configurations{podman}. "
        f"{len(proven)} of {on_all} results are up to date, the oldest from "
        f"{min(proven, default='never')}; {not_asked} are not applicable. "
        f"Of the factual statements, {coverage()} are backed by a test; the others cite a source."
    )


def of_program(program: str, known: Iterable[str]) -> list[str]:
    """Those of some columns that are a program's."""
    return list(filter(lambda column: columns.parse(column).program == program, known))


def column_list(program: str, image_store: str = "classic") -> str:
    """The columns of a program with an image store, bold, as Markdown."""
    known = of_program(program, store.recorded_columns())
    bold = [f"**{column}**" for column in known if columns.parse(column).store == image_store]
    return " and ".join(", ".join(bold).rsplit(", ", 1))


def agreement(page: Page, program: str) -> str:
    """How many of a page's claims that hold on every Docker Engine hold on a program too.

    Raises:
        ClaimError: nothing is recorded on that program.

    """
    docker = of_program(columns.DOCKER, page.columns)
    others = of_program(program, page.columns)
    if not others:
        page.refuse(f"nothing is recorded on {program}: make record")
    on_docker = on_both = 0
    for name in page.claims:
        states = page.verdict(name).states
        on_docker += set(map(states.get, docker)) <= {State.HOLDS}
        on_both += set(map(states.get, docker + others)) <= {State.HOLDS}
    where = columns.listed(others, page.columns.keys()) or program
    return (
        f"Of the {on_docker} claims on this page that hold on every Docker Engine, "
        f"{on_both} hold on {where} too."
    )
