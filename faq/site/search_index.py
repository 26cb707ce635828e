"""The search index: what the search in the browser knows of entries, claims and synonyms."""

import html
import re
from collections.abc import Iterable, Iterator
from itertools import chain
from operator import attrgetter
from pathlib import Path

import msgspec
from msgspec import Struct

from faq import ROOT
from faq.claims import Claim
from faq.columns import is_docker
from faq.entries import Entry, entries
from faq.evidence import store
from faq.evidence.model import Cell, Evidence
from faq.pages import (
    ASKED,
    answer,
    bullets,
    listed_messages,
    prose,
    split_front_matter,
    tags,
    title,
)
from faq.site.format import LOOKS, states_of

DOCS = ROOT / "docs"
SYNONYMS = ROOT / "faq" / "site" / "synonyms.yml"
SUBJECTS = ROOT / "faq" / "site" / "subjects.yml"
STOP_WORDS = ROOT / "faq" / "site" / "stop_words.txt"
TROUBLE = re.compile(
    r"error|denied|fail|cannot|can't|unknown|refused|not found|invalid|no such|already|unable",
    re.IGNORECASE,
)
NOT_PROSE = re.compile(r'\{\{.*?\}\}|^--8<--.*$|^``` .*$|^!!! \w+ ".*"$', re.MULTILINE)
LINK = re.compile(r"\[(.+?)\]\([^)]*\)")
MARKS = re.compile(r"[`*#]|^ *- ", re.MULTILINE)
WORD = re.compile(r"[^\W_][\w.:/-]*")
WORDS_OF_TEXT = 400


class IndexedClaim(Struct, frozen=True):
    """What is searched of one claim."""

    id: str
    sentence: str
    states: str
    """One letter per column, as `faq.site.format` lists them."""
    trouble: str
    """The words of the lines that tell of an error."""


class IndexedEntry(Struct, frozen=True):
    """What is searched of one page; all of it of an entry."""

    url: str
    title: str
    answer: str
    asked: list[str] = []
    messages: list[str] = []
    headings: list[str] = []
    tags: list[str] = []
    text: str = ""
    code: str = ""
    claims: list[IndexedClaim] = []


class SearchIndex(Struct, frozen=True):
    """What is searched."""

    columns: list[str]
    synonyms: dict[str, str]
    subjects: list[str]
    """Words without which a page does not answer a query that has them."""
    stop_words: list[str]
    """Words that say nothing of what is asked."""
    entries: list[IndexedEntry]


def search_data() -> str:
    """The search index as a script, as a page that is opened from disk cannot fetch."""
    recorded = store.recorded_columns()
    indexed = [indexed_entry(entry, recorded) for entry in entries()]
    overviews = set(DOCS.rglob("*.md")) - {entry.page for entry in entries()}
    indexed += map(indexed_overview, sorted(overviews - {DOCS / "index.md"}))
    columns = list(filter(is_docker, recorded))
    index = SearchIndex(columns, synonyms(), subjects(), stop_words(), indexed)
    return f"window.faq = {msgspec.json.encode(index).decode()}\n"


def synonyms() -> dict[str, str]:
    """What readers say, and what the pages say for it."""
    return msgspec.yaml.decode(SYNONYMS.read_bytes(), type=dict[str, str])


def subjects() -> list[str]:
    """Words without which a page does not answer a query that has them."""
    return msgspec.yaml.decode(SUBJECTS.read_bytes(), type=list[str])


def stop_words() -> list[str]:
    """Words that say nothing of what is asked."""
    return STOP_WORDS.read_text().split()


def indexed_entry(entry: Entry, recorded: dict[str, str]) -> IndexedEntry:
    """What is searched of an entry."""
    text = prose(entry)
    evidence = store.read(entry)
    code = "\n".join(map(Path.read_text, entry.snippets))
    return IndexedEntry(
        url=f"{entry}.html",
        title=without_marks(title(entry)),
        answer=without_marks(answer(entry)),
        asked=list(map(without_marks, bullets(text, ASKED))),
        messages=list(map(without_marks, listed_messages(text))),
        headings=list(map(without_marks, re.findall(r"^##+ (.+)$", text, re.MULTILINE))),
        tags=tags(entry),
        text=distinct_words(without_marks(text)),
        code=distinct_words(code),
        claims=[indexed_claim(claim, evidence, recorded) for claim in entry.claims.values()],
    )


def indexed_overview(page: Path) -> IndexedEntry:
    """What is searched of a page across the entries: its title and its first words."""
    heading, first = split_front_matter(page.read_text())[1].split("\n\n")[:2]
    url = page.relative_to(DOCS).with_suffix(".html").as_posix()
    return IndexedEntry(url, without_marks(heading), without_marks(first))


def indexed_claim(claim: Claim, evidence: Evidence, recorded: dict[str, str]) -> IndexedClaim:
    """What is searched of a claim, given the evidence of its entry."""
    states = states_of(evidence.cells(claim.name), filter(is_docker, recorded))
    letters = "".join(LOOKS[state]["letter"] for state in states.values())
    shown = store.shown_cells(evidence, claim.name, recorded)
    trouble = lines_of_trouble(shown.values())
    sentence = without_marks(claim.sentence)
    return IndexedClaim(claim.name, sentence, letters, distinct_words("\n".join(trouble)))


def lines_of_trouble(cells: Iterable[Cell]) -> Iterator[str]:
    """The printed lines that tell of an error."""
    for output in chain.from_iterable(map(attrgetter("output"), cells)):
        yield from filter(TROUBLE.search, output.text.splitlines())


def without_marks(markdown: str) -> str:
    """Markdown without its marks, links, macros and included files."""
    text = MARKS.sub("", LINK.sub(r"\1", NOT_PROSE.sub("", markdown)))
    return html.unescape(text).strip()


def distinct_words(text: str) -> str:
    """Each word of a text once, as far as the search needs it."""
    words = list(dict.fromkeys(WORD.findall(text.lower())))
    return " ".join(words[:WORDS_OF_TEXT])
