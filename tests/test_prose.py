"""The linter of prose finds what readers stumble over, and lets code and quotations be."""

from dataclasses import replace

import pytest

from tests.prose.comments import lines_too_long
from tests.prose.rules import PHRASES, WORDS, Phrase, findings
from tests.prose.sources import Sentence, sentences, sentences_of

LONG = "word " * (WORDS + 1)
IGNORED = [
    "---\ntags: [just]\n---\n\nText.\n",
    '``` sh title="simply.sh"\nsimply\n```\n',
    "Run `simply`.\n",
    'It is {{ claim("just") }} here.\n',
    "It says “simply use it”.\n",
    "> Simply use it. Please.\n",
    "See [the page](just.md).\n",
    '!!! question "People also ask"\n\n    - simply stop a container\n',
    "Use a small image, as in the FAQ.\nIt is quick.\n",
    "| One sentence. | Another one. |\n",
    "**Holds.** It is so.\n",
]


def found_in(page: str) -> list[str]:
    problems: list[str] = []
    for sentence in sentences_of(page, "page.md"):
        problems += findings(sentence)
    return problems


@pytest.mark.parametrize("phrase", PHRASES, ids=lambda phrase: phrase.seen)
def test_each_phrase_is_found_where_it_was_seen(phrase: Phrase):
    sentence = Sentence(phrase.seen, "page.md:1")
    assert phrase.in_sentence(sentence)
    in_claim = phrase.in_sentence(replace(sentence, is_claim=True))
    assert bool(in_claim) is not bool(phrase.not_in_claims)


@pytest.mark.parametrize(
    ("page", "problem"),
    [
        ("# Title\n\nJust use it.\n", "page.md:3: “Just”: leave it out"),
        ("- One. Two.\n", "page.md:1: a second sentence on its line: “Two.”"),
        (f"{LONG}\n", f"page.md:1: {WORDS + 1} words, at most {WORDS}: “{LONG}”"),
        ("| a | of course |\n", "page.md:1: “of course”: leave it out"),
        (
            "{{ bars(\n1) }}\n\nRun it, e.g. here.\n",
            "page.md:4: “e.g.”: for example, that is, and so on",
        ),
    ],
)
def test_problem_is_told_with_its_line(page: str, problem: str):
    assert found_in(page) == [problem]


@pytest.mark.parametrize("page", IGNORED)
def test_code_quotations_and_good_prose_are_left_alone(page: str):
    assert found_in(page) == []


def test_pages_papers_and_claims_are_read():
    files = {sentence.where.partition(":")[0] for sentence in sentences()}
    assert {"docs/index.md", "README.md", "tests/lifecycle/test_signals.py"} <= files


def test_comment_of_a_snippet_has_its_limit():
    code = "x" * 81
    assert list(lines_too_long(f"# {code}\n{code}\necho # {'y' * 70}\n{code} # why\n")) == [1, 4]
