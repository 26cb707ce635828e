"""A message is explained by the claim that met it, or by the answer of its page."""

import re
from html import unescape
from types import SimpleNamespace

import pytest

from faq.entries import entries
from faq.errors import ClaimError
from faq.pages import Explained, listed_messages
from faq.site.messages import Message, by_cause, common_messages, messages, printed_by, words_of

ONE = SimpleNamespace(name="one", sentence="A port that is taken is refused.")
OTHER = SimpleNamespace(name="other", sentence="Nothing is known of it.")
ENTRY = SimpleNamespace(claims={"one": ONE, "other": OTHER})


@pytest.mark.parametrize(
    ("text", "printed", "cause"),
    [
        ("port is already taken", {"one": True, "other": True}, ONE),
        ("no such file", {"other": True}, OTHER),  # only one met it
        ("no such file", {"one": True, "other": True}, None),
        ("port is already taken", {"one": False}, None),  # it is false there
        ("port", {}, None),
    ],
)
def test_cause_is_the_claim_that_speaks_of_it(text, printed, cause):
    assert Message(f"`{text}`", Explained("", ""), ENTRY, printed).cause is cause
    said = Explained("It is so.", "Do so.")
    assert Message(f"`{text}`", said, ENTRY, printed).cause is None


def test_every_message_was_printed_and_is_explained_once():
    listed = [(entry, text) for entry in entries() for text in listed_messages(entry.page_text)]
    assert [text for entry, text in listed if not printed_by(entry, text)] == []
    shown = [(row.entry, message.markdown) for row in by_cause() for message in row.messages]
    assert sorted(shown, key=str) == sorted(listed, key=str)


def test_places_of_messages_are_distinct_and_the_common_ones_lead_there():
    places = re.findall(r'<p id="([^"]+)">', unescape(messages()))
    assert len(places) == len(set(places))
    common = common_messages("port is already allocated", "buildx component is missing")
    links = re.findall(r'messages\.html#([^"]+)"', unescape(common))
    assert len(links) == 2
    assert set(links) <= set(places)


@pytest.mark.parametrize(("part", "count"), [("no engine says this", 0), ("unknown flag", 4)])
def test_common_message_is_one(part, count):
    with pytest.raises(ClaimError, match=f"{part}' is in {count} messages"):
        common_messages("port is already allocated", part)


def test_short_words_and_cases_do_not_count():
    assert words_of("Is a Port: is 80") == {"port"}
