"""How things are shown: states by symbols, measured values in words, text that means nothing."""

import html

import pytest

from faq.evidence.model import Verdict
from faq.site.format import STATES, as_text, entities, groups, in_words, inline_html, range_in_words
from tests.recorded import HOSTILE


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (True, "yes"),
        (False, "no"),
        (0, "0"),
        (1234, "1234"),
        (0.0614, "0.0614"),
        (12.25, "12.2"),
        (99.96, "100"),
        (1234.5, "1,234"),
        (-1234.5, "-1,234"),
        (None, "nothing"),
        ("", "nothing"),
        ([], "none"),
        ("sh", "`sh`"),
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
        (1, ["20.10", "28.5"], "20.10, 28.5"),
        (2, ["28.5-containerd"], "28.5-containerd"),
    ]


def test_every_verdict_has_its_own_look():
    states = {look["state"]: look for look in STATES}
    assert set(Verdict) <= states.keys()
    assert len({look["letter"] for look in STATES}) == len(STATES)
    assert all(len(look["letter"]) == 1 for look in STATES)
    assert states["does not hold"]["kind"] == "does-not-hold"
