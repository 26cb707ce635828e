"""What other documentation says and claims disprove, as the front matter of the pages has it."""

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from faq.entries import Entry, entries
from faq.errors import ClaimError
from faq.pages import Elsewhere, front_matter, place, title
from faq.site.format import where_in_words
from faq.site.page import Page
from faq.site.templates import render_block

VERDICTS = ("holds", "does not hold")


class Disproof(NamedTuple):
    """A statement, the evidence of the entry whose claim disproves it, and on which engines."""

    statement: Elsewhere
    page: Page
    where: str


def disproofs_html(page: Page) -> str:
    """All statements beside what disproves them, in the order of the entries."""
    disproofs = []
    for entry, statement in statements():
        other = page.of(str(entry))
        disproofs.append(Disproof(statement, other, disproved_on(other, statement)))
    return render_block("elsewhere.html.j2", disproofs=disproofs, title=title)


def statements() -> Iterator[tuple[Entry, Elsewhere]]:
    """The statements in the front matter of all pages, each with its entry."""
    for entry in entries():
        for statement in front_matter(entry).elsewhere:
            yield entry, statement


def disproved_on(page: Page, statement: Elsewhere) -> str:
    """Where a claim of a page disproves a statement, in words.

    Raises:
        ClaimError: there is no such claim, or it does not disprove the statement just there.

    """
    name = statement.claim
    where = where_named(page.entry, name)
    if name not in page.claims:
        raise ClaimError(f"{where}: no claim {name!r} in {page.entry}: {', '.join(page.claims)}")
    states = page.verdict(name).states
    disproved = disproving(statement, states)
    if "stale" in states.values() and not set(VERDICTS) & set(states.values()):
        return "engines that were asked before this changed"
    if not disproved:
        raise ClaimError(f"{where}: {name} disproves this nowhere: take the statement out")
    if wrong := disproved ^ expected(statement, states):
        now = ", ".join(f"{name} {states[column]} on {column}" for column in sorted(wrong))
        raise ClaimError(f"{where}: {now}: correct the range or the verdict of this statement")
    return where_in_words(list(filter(disproved.__contains__, states)), states.keys())


def disproving(statement: Elsewhere, states: Mapping[str, str]) -> set[str]:
    """The columns in which a claim with these states disproves a statement."""
    return {column for column, state in states.items() if state == statement.verdict}


def expected(statement: Elsewhere, states: Mapping[str, str]) -> set[str]:
    """The columns in which it should, of those where the claim was asked."""
    asked = {column for column, state in states.items() if state in VERDICTS}
    return set(filter(statement.includes, asked))


def where_named(entry: Entry, claim: str) -> str:
    """Where a page's front matter names a claim."""
    text = entry.page_text
    named = re.search(rf"claim\W+{re.escape(claim)}\b", text)
    return place(entry, text, named.start() if named else 0)
