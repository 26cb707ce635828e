"""The site in numbers, computed from the evidence and the pages."""

from lab import evidence
from lab.claims import entries
from lab.pages import NOT_RUN, bullets


def summary() -> str:
    """Claims, engines, cells, the oldest proof, and the share that was run, in two sentences."""
    proven = [
        cell
        for entry in entries()
        for claim in evidence.read(entry)["claims"].values()
        for cell in claim["cells"].values()
    ]
    claims = sum(len(entry.claims) for entry in entries())
    columns = len(evidence.columns())
    oldest = min((cell["date"] for cell in proven), default="never")
    cited = sum(len(bullets(entry.page, NOT_RUN)) for entry in entries())
    share = round(100 * claims / (claims + cited)) if claims else 0
    return (
        f"{claims} claims on {columns} engines: {len(proven)} of {claims * columns} cells are "
        f"proven, the oldest on {oldest[:10]}. Of {claims + cited} factual statements {share} % "
        f"are claims; the other {cited} are marked “Not run here”."
    )
