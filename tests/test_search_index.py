"""The search index holds words without marks, each once."""

import pytest

from faq.evidence.model import Output
from faq.site.search_index import WORDS_OF_TEXT, distinct_words, lines_of_trouble, without_marks
from tests.planted import Project

pytest_plugins = ["tests.planted_fixtures"]


@pytest.mark.parametrize(
    ("markdown", "text"),
    [
        ("It is `so` **here**, [there](build/x.md#a) &amp; now", "It is so here, there & now"),
        ('It {{ claim("a") }} is\n``` sh title="a"\n--8<-- "a/b.sh"\n```', "It  is"),
        ('!!! bug "Messages"\n\n    - `error`', "error"),
        ("## Why?", "Why?"),
    ],
)
def test_marks_are_left_out(markdown, text):
    assert without_marks(markdown) == text


def test_words_are_kept_once():
    assert (
        distinct_words("Docker docker's /var/lib 28.5 a_b -- docker") == "docker s var/lib 28.5 a_b"
    )
    assert len(distinct_words(" ".join(f"w{n}" for n in range(999))).split()) == WORDS_OF_TEXT


def test_lines_of_trouble_tell_of_an_error(project: Project):
    printed = "all well\nError: no space\nDENIED\nnot found: a\nfine\n"
    project.record("28.5", "one", output=[Output("sh a.sh", 1, printed)])
    cells = project.evidence().cells("one").values()
    assert list(lines_of_trouble(cells)) == ["Error: no space", "DENIED", "not found: a"]
