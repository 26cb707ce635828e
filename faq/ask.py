"""An answer in a terminal: the page of `claims.json` that answers a reader's words."""

import os
import shutil
import textwrap
from operator import attrgetter
from pathlib import Path
from urllib.parse import urljoin
from urllib.request import urlopen

import click
import msgspec

from faq.columns import grouped, listed
from faq.errors import FaqError
from faq.site.exports import ExportedClaim, ExportedClaims, ExportedEntry, exported_claims
from faq.site.format import LOOKS
from faq.site.ranking import Ranked, Ranking
from faq.site.search_index import without_marks

WIDTH = 88
NEAREST = 3
COLORS = {"holds": "green", "does not hold": "red"}
TIMEOUT = 10  # seconds


def ask_pages(words: str, data: str) -> bool:
    """Print the page that answers, or the nearest ones; whether some page answers.

    Args:
        words: a question, a symptom, an error message.
        data: a `claims.json`, by its path or address; empty: what this checkout would publish.

    Raises:
        FaqError: the data cannot be read.

    """
    base = data or os.environ.get("SITE_URL", "")
    claims = read_data(data) if data else exported_claims()
    results = Ranking(claims.entries).find(words)
    if results and results[0].answers:
        first, *others = filter(attrgetter("answers"), results)
        print_answer(first, base)
        print_pages("See also:", others[:NEAREST], base)
        return True
    click.echo("Nothing here answers this.")
    print_pages("The nearest pages:", results[:NEAREST], base)
    return False


def read_data(data: str) -> ExportedClaims:
    """A `claims.json` from its path or address.

    Raises:
        FaqError: it cannot be read, or is none of this version.

    """
    try:
        if data.startswith(("https://", "http://")):
            with urlopen(data, timeout=TIMEOUT) as answer:  # noqa: S310 # the scheme is one of two
                text = answer.read()
        else:
            text = Path(data).read_bytes()
        return msgspec.json.decode(text, type=ExportedClaims)
    except (OSError, ValueError) as error:
        raise FaqError(f"{data}: {error}") from None


def print_answer(result: Ranked, base: str) -> None:
    """Print a page: its question, answer and fix, the claim that fits best, and its address."""
    entry, claim, _ = result
    click.secho(without_marks(entry.question), bold=True)
    click.echo(wrapped(entry.answer))
    for heading, text in entry.fix.items():
        click.secho(f"\n{heading}:", bold=True)
        click.echo(textwrap.indent(text.rstrip(), "    "))
    click.echo()
    if claim:
        click.echo(wrapped(without_marks(claim.sentence)))
        print_verdicts(claim)
    click.echo(address(entry, base))


def print_verdicts(claim: ExportedClaim) -> None:
    """Print the verdicts of a claim, each with its engines."""
    states = {column: cell.state.value for column, cell in claim.cells.items()}
    for state, where in grouped(states):
        text = f"{LOOKS[state]['symbol']} {state} on {listed(where, states)}"
        click.secho(text, fg=COLORS.get(state))


def print_pages(heading: str, results: list[Ranked], base: str) -> None:
    """Print pages with their addresses below a heading; nothing where there are none."""
    if results:
        click.secho(f"\n{heading}", bold=True)
    for entry, *_ in results:
        click.echo(f"{without_marks(entry.question)}\n    {address(entry, base)}")


def address(entry: ExportedEntry, base: str) -> str:
    """Where a page is: on the site, or beside the data; else its source in this checkout."""
    return urljoin(base, entry.page) if base else f"docs/{entry.name}.md"


def wrapped(text: str) -> str:
    """A text in lines as long as the terminal is wide, but not too long to read."""
    width = min(WIDTH, shutil.get_terminal_size().columns)
    return textwrap.fill(text, width, break_on_hyphens=False, break_long_words=False)
