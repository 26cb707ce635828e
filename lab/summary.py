"""The site in numbers, computed from the evidence and the pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lab import evidence
from lab.claims import PODMAN, ClaimError, entries
from lab.truth import coverage

if TYPE_CHECKING:
    from lab.macros import Page


def summary() -> str:
    """Claims, engines, cells, the oldest proof, and the share that was run, in two sentences."""
    cells = [
        cell
        for entry in entries()
        for claim in evidence.read(entry)["claims"].values()
        for cell in claim["cells"].values()
    ]
    proven = [cell for cell in cells if cell["state"] != "not applicable"]
    claims = sum(len(entry.claims) for entry in entries())
    releases = evidence.releases()
    asked = sum(len(entry.claims) for entry in entries() if entry.asks(PODMAN))
    oldest = min((cell["date"] for cell in proven), default="never")
    podman = f", {asked} of them on Podman too" if asked else ""
    return (
        f"{claims} claims on {len(releases)} engines{podman}: "
        f"{len(proven)} of {claims * len(releases) + asked} cells are "
        f"proven, the oldest on {oldest[:10]}; {len(cells) - len(proven)} could not be asked, and "
        f"say why. Of the statements marked as facts {coverage()} are claims; the others are cited "
        "with their source, under “Not run here”."
    )


def in_common(page: Page) -> str:
    """How many of a page's claims that hold on every Docker Engine hold on Podman too."""
    podman = next((column for column in page.columns if column.startswith(PODMAN)), None)
    if not podman:
        raise ClaimError(f"{page.where}: nothing is recorded on Podman: make record")
    cells = [page.cells(name) for name in page.claims]
    docker = [c for c in cells if {c[name]["state"] for name in evidence.releases()} == {"holds"}]
    both = sum(found[podman]["state"] == "holds" for found in docker)
    return (
        f"Of the {len(docker)} claims on this page that hold on every Docker Engine, {both} hold "
        f"on {podman} too."
    )
