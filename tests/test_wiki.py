"""The old wiki page is there word for word, and each of its sentences has its verdict."""

import re
from itertools import pairwise

from faq import ROOT
from faq.columns import ranges
from faq.entries import entry_named
from faq.evidence import store
from faq.evidence.model import Verdict

WIKI = ROOT / "docs" / "wiki" / "containers.md"
VERDICT = "(Holds( on .+)?|Does not hold|Not run here|Opinion|House rule|Label)"
STATED = re.compile(r"(?m)^\*\*(Holds.*?|Does not hold)\.\*\* ((?:.+\n?)+)")
CLAIM = re.compile(r"""claim\("(\w+)", "(\S+)"\)""")


def letters(text: str) -> str:
    return re.sub(r"[\W_]+", "", text)


def test_wiki_page_is_there_word_for_word():
    shown = re.findall(r"^(?:> |##+ )(.+)$", WIKI.read_text(), re.MULTILINE)
    assert letters("".join(shown)) == letters(WIKI.with_suffix(".txt").read_text())


def test_every_sentence_of_the_wiki_page_has_its_verdict():
    blocks = WIKI.read_text().split("\n\n")
    for sentence, verdict in pairwise(blocks):
        if sentence.startswith("> "):
            assert re.match(r"\*\*" + VERDICT + r"\.\*\* ", verdict), sentence
            assert not re.search(r"(?<!Eg)[.?!] (?=[A-Z(])", sentence), sentence


def test_verdicts_of_the_wiki_page_are_those_of_its_claims():
    for verdict, proof in STATED.findall(WIKI.read_text()):
        claims = CLAIM.findall(proof)
        assert claims, f"{verdict}: {proof}"
        for name, path in claims:
            assert_stated(verdict, path, name)


def assert_stated(verdict: str, path: str, name: str) -> None:
    """Compare the verdict of a sentence with the recorded cells of its claim."""
    cells = store.read(entry_named(path)).cells(name)
    where = [column for column, cell in cells.items() if cell.state == Verdict.HOLDS]
    asked = [column for column, cell in cells.items() if cell.state != Verdict.NOT_APPLICABLE]
    if verdict == "Holds":
        assert where == asked, f"{path}: {name}"
    elif verdict.startswith("Holds on"):
        assert verdict == f"Holds on {ranges(where, list(cells))}", f"{path}: {name}"
    else:
        assert where, f"{path}: {name}"
