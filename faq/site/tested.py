"""The line under the title of an entry's page: which engines were asked, and when."""

import datetime as dt

from faq import columns
from faq.entries import entry_named
from faq.evidence import store
from faq.site.page import Page
from faq.site.templates import render


def line_of_engines(address: str) -> str:
    """The line of the page at an address, with or without `.html`; empty where it is no entry's."""
    name = address.strip("/").removesuffix(".html")
    if not entry_named(name).has_claims:
        return ""
    page = Page(name, "", store.recorded_columns())
    return render(
        "tested.html.j2",
        engines=engines_of(page),
        oldest=oldest_date(page),
        twin=f"{page.entry.name}.md",
    )


def engines_of(page: Page) -> str:
    """The engines that have been asked a page's claims, in words."""
    return engines_in_words(list(filter(page.evidence.engines.__contains__, page.columns)))


def oldest_date(page: Page) -> dt.date | None:
    """The day since which all cells of a page have been asked; None where nothing is recorded."""
    dates: list[dt.date] = []
    for name in page.claims:
        cells = store.shown_cells(page.evidence, name, page.columns)
        dates += [cell.date for cell in cells.values()]
    return min(dates, default=None)


def engines_in_words(known: list[str]) -> str:
    """Columns as a reader names engines: `Docker 20.10, 28.5 (both image stores), Podman 5.4`."""
    names: dict[str, None] = {}
    for column in known:
        name = columns.name_among(column, known, known)
        both = " (both image stores)" if name + columns.CONTAINERD in known else ""
        names[f"{name}{both}"] = None
    docker = ", ".join(filter(columns.is_docker, names))
    podman = [podman_in_words(name) for name in names if not columns.is_docker(name)]
    return ", ".join([f"Docker {docker}"] * bool(docker) + podman)


def podman_in_words(column: str) -> str:
    """A column of Podman as a reader names it: `Podman 5.4`."""
    return column.capitalize().replace("-", " ")
