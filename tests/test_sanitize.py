"""What an engine printed is bounded, and free of what a terminal would interpret."""

import math

import pytest

from faq.errors import LabError
from faq.evidence.model import Output
from faq.evidence.sanitize import MEASURED_LIMIT, clean_measured, clean_output, clean_text


@pytest.mark.parametrize(
    ("printed", "kept"),
    [
        ("\x1b[31mred\x1b[0m \x1b]0;title\x07\ufffd", "red 0;title\ufffd"),
        ("a\r\nb\tc\rd\x00", "a\nb\tcd"),
        ("\u202eevil\u200b", "evil"),
        ("日本語 ✓", "日本語 ✓"),
    ],
)
def test_text_is_printable(printed, kept):
    assert clean_text(printed) == kept


def test_long_text_is_cut_in_its_middle():
    assert clean_text("x" * 4000) == "x" * 4000
    cut = clean_text("a" * 2000 + "b" + "c" * 2001)
    assert cut == "a" * 2000 + "\n… 2 characters cut …\n" + "c" * 2000
    assert clean_output(Output("sh a.sh \x1bx", 3, "\x00y")) == Output("sh a.sh x", 3, "y")


def test_measured_values_are_kept_as_json():
    measured = {"a\x00": 1.234, 7: {"c", "b"}, "d": (1, [True, None]), "e": {"f\x07": "g\x07"}}
    cleaned = {"a": 1.23, "7": ["b", "c"], "d": [1, [True, None]], "e": {"f": "g"}}
    assert clean_measured(measured) == cleaned


@pytest.mark.parametrize("value", [math.nan, math.inf, object()])
def test_value_that_is_not_json_is_refused(value):
    with pytest.raises(LabError, match="`measured` cannot be kept"):
        clean_measured({"a": value})


def test_too_much_is_refused():
    most = MEASURED_LIMIT // 4002
    assert clean_measured({"a": ["x" * 3996] * most})
    with pytest.raises(LabError, match="takes 66 kB, more than 64"):
        clean_measured({"a": ["x" * 4000] * (most + 1)})
