"""Ranks the pages of `claims.json` by a reader's words, by the full-text search of SQLite.

It is for a terminal; the browser's search, docs/assets/search.js, does alike over more text.
"""

import math
import re
import sqlite3
from collections import defaultdict
from difflib import get_close_matches
from itertools import chain
from typing import NamedTuple

from faq.site.exports import ExportedClaim, ExportedEntry
from faq.site.search_index import stop_words, subjects, synonyms, without_marks

WORTH = {"title": 5, "asked": 5, "messages": 4, "tags": 3, "answer": 2, "claims": 1.5, "fix": 0.6}
"""What a word is worth, by the column of a page in which it stands."""
INSERT = """
INSERT INTO page (rowid, title, asked, messages, tags, answer, claims, fix)
VALUES (?, ?, ?, ?, ?, ?, ?, ?)
"""
SUBJECT = "{title asked messages tags answer}"
"""A page answers a query if these columns have most of the query's words, by weight."""
ADDED = 0.35  # of the score of a typed word, for one that a synonym adds
MENTIONED = 0.3  # of the weight of a word that the page has elsewhere
ENOUGH = 0.45  # of the weight of all words
PASTED, ASKED = 3, 2  # what a page is worth more that explains this message, or asks this
ALIKE = 0.82  # how far, by difflib, a word may be misspelled
LONGEST = 400  # words of a paste that are read, its last: a log says at its end what went wrong


class Ranked(NamedTuple):
    """A page that has some of the words, and whether it answers."""

    entry: ExportedEntry
    claim: ExportedClaim | None
    """The claim that fits the words best."""
    answers: bool


class Query(NamedTuple):
    """What is asked."""

    text: str
    terms: list[str]
    """The words that say something, spelled as some page has them."""
    added: list[str]
    """What the pages say for what the reader says."""
    said: set[str]
    """The words that these replace."""


class Ranking:
    """The pages in a database, to be asked as often as one likes."""

    def __init__(self, entries: list[ExportedEntry]) -> None:
        self.entries = entries
        self.stop_words = set(stop_words())
        self.subjects = set(split(" ".join(subjects())))
        self.synonyms = {spaced(said): meant for said, meant in synonyms().items()}
        self.run = sqlite3.connect(":memory:").execute
        self.run(f"CREATE VIRTUAL TABLE page USING fts5({', '.join(WORTH)}, tokenize=porter)")
        self.run("CREATE VIRTUAL TABLE claim USING fts5(page UNINDEXED, sentence, tokenize=porter)")
        self.run("CREATE VIRTUAL TABLE known USING fts5vocab(page, row)")
        worth = ", ".join(map(str, WORTH.values()))
        self.run("INSERT INTO page (page, rank) VALUES ('rank', ?)", [f"bm25({worth})"])
        for number, entry in enumerate(entries):
            self.add(number, entry)
        self.known = list(chain.from_iterable(self.run("SELECT term FROM known")))

    def add(self, number: int, entry: ExportedEntry) -> None:
        """Add a page with its claims."""
        sentences = [claim.sentence for claim in entry.claims]
        lists = (entry.asked, entry.messages, entry.tags, [entry.answer], sentences)
        texts = [without_marks(entry.question), *map("\n".join, lists)]
        row = [number, *texts, "\n".join(entry.fix.values())]
        self.run(INSERT, row)
        for sentence in sentences:
            self.run("INSERT INTO claim VALUES (?, ?)", [number, sentence])

    def find(self, words: str) -> list[Ranked]:
        """The pages that have some of the words, best first."""
        query = self.read(words)
        shares = self.shares(query)
        ranked = []
        for number, score in self.scores(query).items():
            entry = self.entries[number]
            factor = self.factor(entry, query)
            answers = factor > 1 or shares[number] >= ENOUGH
            page = Ranked(entry, self.best_claim(number, query), answers)
            ranked.append((score * factor, page))
        return [page for _, page in sorted(ranked, key=lambda one: one[0], reverse=True)]

    def read(self, words: str) -> Query:
        """What is asked with these words."""
        text = " ".join(split(words)[-LONGEST:])
        terms = self.telling(" ".join(map(self.spelled, text.split())))
        said = [phrase for phrase in self.synonyms if stands_in(phrase, text)]
        added = self.telling(" ".join(map(self.synonyms.__getitem__, said)))
        others = [word for word in added if word not in terms]
        return Query(text, terms, others, set(split(" ".join(said))))

    def telling(self, text: str) -> list[str]:
        """The words of a text that say something, each once."""
        return [word for word in dict.fromkeys(split(text)) if word not in self.stop_words]

    def spelled(self, word: str) -> str:
        """A word as the pages have it: one that none of them has may be misspelled."""
        if len(word) < 4 or self.matches(f'"{word}"'):
            return word
        return next(iter(get_close_matches(word, self.known, 1, ALIKE)), word)

    def matches(self, query: str) -> dict[int, float]:
        """The score of each page that matches a query in SQLite's language."""
        return dict(self.run("SELECT rowid, -rank FROM page WHERE page MATCH ?", [query]))

    def scores(self, query: Query) -> dict[int, float]:
        """The score of each page that has some of the words."""
        scores: dict[int, float] = defaultdict(float)
        for word in [*query.terms, *query.added]:
            worth = 1 if word in query.terms else ADDED
            for number, score in self.matches(f'"{word}"').items():
                scores[number] += worth * score
        return scores

    def shares(self, query: Query) -> list[float]:
        """How much of the query each page answers, from 0 to 1: the rarer a word, the more."""
        meant = set(chain.from_iterable(map(self.about, query.added)))
        known = [0.0] * len(self.entries)
        total = 0.0
        for word in query.terms:
            having = self.matches(f'"{word}"')
            about = self.about(word) | (meant if word in query.said else set())
            weight = math.log(1 + len(known) / (len(having) or 0.5))
            elsewhere = -math.inf if word in self.subjects else 0.0
            total += weight
            for number in range(len(known)):
                mentioned = MENTIONED * weight if number in having else 0.0
                known[number] += weight if number in about else mentioned + elsewhere
        return [share / (total or 1) for share in known]

    def about(self, word: str) -> set[int]:
        """The pages that have a word in their subject."""
        return set(self.matches(f'{SUBJECT}: "{word}"'))

    def factor(self, entry: ExportedEntry, query: Query) -> int:
        """What a page is worth more because it explains a pasted message, or asks the same."""
        if any(overlap(spaced(message), query.text) for message in entry.messages):
            return PASTED
        questions = [without_marks(entry.question), *entry.asked]
        gist = " ".join(query.terms)
        is_asked = any(overlap(" ".join(self.telling(one)), gist) for one in questions)
        return ASKED if is_asked else 1

    def best_claim(self, number: int, query: Query) -> ExportedClaim | None:
        """The claim of a page that fits a query best; none where none has a word of it."""
        words = " OR ".join(f'"{word}"' for word in [*query.terms, *query.added])
        best = "SELECT sentence FROM claim WHERE page = ? AND claim MATCH ? ORDER BY rank"
        sentences = {claim.sentence: claim for claim in self.entries[number].claims}
        for (sentence,) in self.run(best, [number, words]):
            return sentences[sentence]
        return None


def split(text: str) -> list[str]:
    """The words of a text in small letters."""
    return re.findall(r"[^\W_]+", text.lower())


def spaced(text: str) -> str:
    """The words of a text, one space apart."""
    return " ".join(split(text))


def stands_in(phrase: str, text: str) -> bool:
    """Whether a phrase stands in a text as whole words."""
    return f" {phrase} " in f" {text} "


def overlap(one: str, other: str) -> bool:
    """Whether one of two texts stands in the other; short ones prove nothing."""
    return min(len(one), len(other)) >= 8 and (stands_in(one, other) or stands_in(other, one))
