"""The site in numbers, computed from the evidence and the pages."""

from lab import evidence
from lab.claims import entries
from lab.truth import coverage


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
    columns = len(evidence.columns())
    oldest = min((cell["date"] for cell in proven), default="never")
    return (
        f"{claims} claims on {columns} engines: {len(proven)} of {claims * columns} cells are "
        f"proven, the oldest on {oldest[:10]}; {len(cells) - len(proven)} could not be asked, and "
        f"say why. Of the statements marked as facts {coverage()} are claims; the others are cited "
        "with their source, under “Not run here”."
    )
