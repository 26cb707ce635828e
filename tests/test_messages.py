"""A message is explained by the claim that met it, or by the answer of its page."""

import re
from html import unescape
from types import SimpleNamespace

import pytest

from faq.entries import entries
from faq.pages import MESSAGES, bullets
from faq.site.messages import Message, by_cause, common_messages, messages, printed_by, words_of

ONE = SimpleNamespace(name="one", sentence="A port that is taken is refused.")
OTHER = SimpleNamespace(name="other", sentence="Nothing is known of it.")
ENTRY = SimpleNamespace(claims={"one": ONE, "other": OTHER}, page_text="")


@pytest.mark.parametrize(
    ("text", "printed", "cause"),
    [
        ("port is already taken", {"one": 1, "other": 4}, ONE),
        ("no such file", {"other": 1}, OTHER),  # only one met it
        ("no such file", {"one": 4, "other": 1}, None),
        ("port", {}, None),
    ],
)
def test_cause_is_the_claim_that_speaks_of_it(text, printed, cause):
    assert Message(f"`{text}`", ENTRY, printed).cause is cause


def test_message_printed_more_often_is_more_common():
    often, once = Message("`a`", ENTRY, {"one": 1, "other": 4}), Message("`b`", ENTRY, {"one": 4})
    assert often.rank > once.rank
    shorter, longer = Message("`b`", ENTRY, {"one": 1}), Message("`bb`", ENTRY, {"one": 1})
    assert shorter.rank > longer.rank


def test_every_message_was_printed_and_is_explained_once():
    listed = [(entry, text) for entry in entries() for text in bullets(entry.page_text, MESSAGES)]
    assert [text for entry, text in listed if not printed_by(entry, text)] == []
    shown = [(row.entry, message.markdown) for row in by_cause() for message in row.messages]
    assert sorted(shown, key=str) == sorted(listed, key=str)


def test_places_of_messages_are_distinct_and_the_common_ones_lead_there():
    places = re.findall(r'<p id="([^"]+)">', unescape(messages()))
    assert len(places) == len(set(places))
    common = re.findall(r'messages\.html#([^"]+)"', unescape(common_messages()))
    assert len(common) == 10
    assert set(common) <= set(places)


def test_short_words_and_cases_do_not_count():
    assert words_of("Is a Port: is 80") == {"port"}
