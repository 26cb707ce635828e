"""How things are shown and indexed: states, measured values and text, without marks."""

import html

import pytest

from faq.evidence.model import Output, Verdict
from faq.site.format import (
    STATES,
    as_text,
    entities,
    groups,
    in_words,
    inline_html,
    range_in_words,
    verdicts_in_words,
    where_in_words,
)
from faq.site.search_index import WORDS_OF_TEXT, distinct_words, lines_of_trouble, without_marks
from tests.planted import Project
from tests.recorded import HOSTILE

pytest_plugins = ["tests.planted_fixtures"]
ALL = ["20.10", "28.5", "28.5-containerd", "podman-5.4"]


@pytest.mark.parametrize(
    ("value", "words"),
    [
        *((True, "yes"), (False, "no"), (0, "0"), (1234, "1234"), (0.0614, "0.0614")),
        *((12.25, "12.2"), (99.96, "100"), (1234.5, "1,234"), (-1234.5, "-1,234")),
        *((None, "nothing"), ("", "nothing"), ([], "none"), ("sh", "`sh`")),
        ([1.5, "a", True], "1.5, `a`, yes"),
        ({"a": 1, "b": ["c", 2]}, "a: 1, b: `c`, 2"),
    ],
)
def test_measured_value_in_words(value, words):
    assert as_text(in_words(value)) == words


def test_range_in_words():
    assert as_text(range_in_words([0.55, 0.061, 0.2])) == "0.061–0.55"
    assert as_text(range_in_words([2.001, 2.0])) == "2"


def test_text_means_nothing_to_html_markdown_and_jinja():
    escaped = entities(HOSTILE)
    assert html.unescape(escaped) == HOSTILE
    assert not set(escaped) & set("<>{}[]()*`_-\"'\n")
    assert inline_html("a `b` *c*") == "a <code>b</code> <em>c</em>"


def test_groups_leave_out_what_is_not_shown():
    values = {"20.10": 1, "26.1": None, "28.5": 1, "28.5-containerd": 2}
    shared = groups(values, lambda value: value, values)
    assert [tuple(group) for group in shared] == [
        (1, ["20.10", "28.5"], "20.10, 28.5 (classic store)"),
        (2, ["28.5-containerd"], "28.5-containerd"),
    ]


@pytest.mark.parametrize(
    ("some", "words"),
    [
        (ALL, "all tested engines"),
        (ALL[:3], "all tested Docker engines"),
        (ALL[1:], "28.5, podman-5.4"),
        ([], ""),
    ],
)
def test_columns_are_all_or_named(some, words):
    assert where_in_words(some, ALL) == words
    assert where_in_words(["28.5"], ["28.5"]) == "28.5"


def test_states_are_said_of_those_that_were_tested():
    states = {"20.10": "does not hold", "28.5": "holds", "28.5-containerd": "holds"}
    assert verdicts_in_words(states) == "does not hold on 20.10; holds on 28.5"
    states = dict.fromkeys(ALL, "holds") | {"podman-5.4": "does not hold"}
    words = "holds on all tested Docker engines; does not hold on podman-5.4"
    assert verdicts_in_words(states) == words


def test_every_verdict_has_its_own_look():
    states = {look["state"]: look for look in STATES}
    assert set(Verdict) <= states.keys()
    assert len({look["letter"] for look in STATES}) == len(STATES)
    assert all(len(look["letter"]) == 1 for look in STATES)
    assert states["does not hold"]["kind"] == "does-not-hold"


@pytest.mark.parametrize(
    ("markdown", "text"),
    [
        ("It is `so` **here**, [there](build/x.md#a) &amp; now", "It is so here, there & now"),
        ('It {{ claim("a") }} is\n``` sh title="a"\n--8<-- "a/b.sh"\n```', "It  is"),
        ('!!! bug "Error messages on this page"\n\n    - `error`', "error"),
        ("## Why?", "Why?"),
    ],
)
def test_marks_are_left_out(markdown, text):
    assert without_marks(markdown) == text


def test_words_are_kept_once():
    words = distinct_words("Docker docker's /var/lib 28.5 a_b -- docker")
    assert words == "docker s var/lib 28.5 a_b"
    assert len(distinct_words(" ".join(f"w{n}" for n in range(999))).split()) == WORDS_OF_TEXT


def test_lines_of_trouble_tell_of_an_error(project: Project):
    printed = "all well\nError: no space\nDENIED\nnot found: a\nfine\n"
    project.record("28.5", "one", output=[Output("sh a.sh", 1, printed)])
    cells = project.evidence().cells("one").values()
    assert list(lines_of_trouble(cells)) == ["Error: no space", "DENIED", "not found: a"]
