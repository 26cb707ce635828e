"""The messages that the pages explain: who printed them, why, and what to do."""

import re
from itertools import chain
from typing import NamedTuple

from markupsafe import Markup

from faq.claims import Claim
from faq.entries import Entry, entries
from faq.errors import ClaimError
from faq.evidence import store
from faq.evidence.model import Cell, Verdict
from faq.pages import HAS_FIX, Explained, answer, listed_messages, prose, stated_claims, title
from faq.site.format import inline_html
from faq.site.page import Page, ShownVerdict
from faq.site.search_index import LINK
from faq.site.templates import render_block
from faq.site.twins import END_OF_SENTENCE

HERE = "messages"
WORD = re.compile(r"\w{3,}")


class Message(NamedTuple):
    """A message as a page lists it."""

    markdown: str
    explained: Explained
    """What its page says beside it."""
    entry: Entry
    printed: dict[str, bool]
    """The claims of its entry that met it: whether each holds on an engine that printed it."""

    @property
    def text(self) -> str:
        """The message alone."""
        return self.markdown.strip("`")

    @property
    def anchor(self) -> str:
        """Its place on the page of all messages."""
        return "-".join([self.entry.name, *re.findall(r"\w+", self.text)])

    @property
    def cause(self) -> Claim | None:
        """The claim that says why it is printed, unless its page says so beside it.

        Where several met it, the one that has most of its words, if these are a third or more.
        """
        if self.explained.cause:
            return None
        met = [claim for claim in self.entry.claims.values() if self.printed.get(claim.name)]
        if len(met) < 2:
            return next(iter(met), None)
        words = words_of(self.text)
        nearest = max(met, key=lambda claim: len(words & words_of(claim.sentence)))
        return nearest if len(words & words_of(nearest.sentence)) * 3 >= len(words) else None


class ExplainedMessages(NamedTuple):
    """The messages of a page that have one cause and one remedy."""

    entry: Entry
    cause: Claim | None
    explained: Explained
    messages: list[Message]


def words_in_order(text: str) -> list[str]:
    """What a text is sorted by: its words, without the marks around them."""
    return re.findall(r"\w+", text.lower())


def words_of(text: str) -> set[str]:
    """What a text and another may have in common."""
    return set(WORD.findall(text.lower()))


def messages_of(entry: Entry) -> list[Message]:
    """The messages of a page, and what met them by the evidence."""
    listed = listed_messages(entry.page_text).items()
    return [Message(text, beside, entry, printed_by(entry, text)) for text, beside in listed]


def printed_by(entry: Entry, markdown: str) -> dict[str, bool]:
    """The claims of an entry that met a message: whether each holds on an engine that printed it.

    The dot at a message's end does not count: some releases leave it out.
    """
    text = markdown.strip("`").removesuffix(".")
    met = {}
    for name, record in store.read(entry).claims.items():
        states = [cell.state for cell in record.cells.values() if has_printed(cell, text)]
        if states:
            met[name] = Verdict.HOLDS in states
    return met


def has_printed(cell: Cell, text: str) -> bool:
    """Whether a text stands in what the claim's commands printed."""
    return any(text in output.text for output in cell.output)


def by_cause() -> list[ExplainedMessages]:
    """All messages, those together that have one cause and remedy, in the order of the alphabet."""
    rows: dict[tuple[Entry, str, Explained], ExplainedMessages] = {}
    for entry in entries():
        for message in messages_of(entry):
            cause = message.cause
            key = entry, cause.name if cause else "", message.explained
            row = rows.setdefault(key, ExplainedMessages(entry, cause, message.explained, []))
            row.messages.append(message)
    return sorted(rows.values(), key=lambda row: words_in_order(row.messages[0].text))


def messages() -> str:
    """Every message with its cause and its fix, as a table."""
    recorded = store.recorded_columns()

    def verdict_of(entry: Entry, claim: Claim) -> ShownVerdict:
        return Page(HERE, str(entry), recorded).verdict(claim.name)

    return render_block(
        "messages.html.j2",
        rows=by_cause(),
        answer=answer_html,
        fix_of=lambda entry: "#fix" if HAS_FIX.search(prose(entry)) else "",
        stated_claims=stated_claims,
        title=title,
        without_links=without_links,
        verdict_of=verdict_of,
    )


def answer_html(entry: Entry) -> Markup:
    """The answer of a page, without sentences that measure, and without links that lead from it."""
    sentences = END_OF_SENTENCE.split(answer(entry))
    plain = " ".join(sentence for sentence in sentences if "{{" not in sentence)
    return inline_html(without_links(plain))


def without_links(markdown: str) -> str:
    """Markdown whose links are their text: they lead from its own page."""
    return LINK.sub(r"\1", markdown)


def common_messages(*parts: str) -> str:
    """The messages that have these texts, one each, as links to the page of all.

    Raises:
        ClaimError: a text is in no message, or in several.

    """
    chosen = [message_with(part) for part in parts]
    return render_block("common_messages.html.j2", messages=chosen, page=f"{HERE}.html")


def message_with(part: str) -> Message:
    """The one message that a text is in."""
    listed = chain.from_iterable(map(messages_of, entries()))
    having = [message for message in listed if part in message.text]
    if len(having) != 1:
        raise ClaimError(f"common_messages: {part!r} is in {len(having)} messages, not in one")
    return having[0]
