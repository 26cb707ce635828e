"""How many of the factual statements of the pages are claims."""

from faq.entries import entries
from faq.evidence import history
from faq.pages import NOT_RUN, bullets


def coverage() -> str:
    """The share of claims among the statements, in words."""
    claims = cited = 0
    for entry in entries():
        claims += len(entry.claims)
        cited += len(bullets(entry.page_text, NOT_RUN))
    return share(claims, cited)


def coverage_at(base: str) -> str:
    """The share at a commit, in words."""
    claims = cited = 0
    for entry in history.entries_at(base):
        claims += len(history.evidence_at(base, entry).claims)
        cited += len(bullets(history.git("show", f"{base}:docs/{entry}.md"), NOT_RUN))
    return share(claims, cited)


def share(claims: int, cited: int) -> str:
    """A share in percent, with the numbers it is computed from."""
    total = claims + cited
    percent = round(100 * claims / max(total, 1))
    return f"{claims} of {total} ({percent} %)"
