"""The messages that the pages explain: who printed them, why, and what to do."""

import re
from operator import attrgetter
from typing import NamedTuple

from markupsafe import Markup

from faq.claims import Claim
from faq.entries import Entry, entries
from faq.evidence import store
from faq.evidence.model import Cell
from faq.pages import ASKED, HAS_FIX, MESSAGES, answer, bullets, prose, stated_claims, title
from faq.site.format import inline_html
from faq.site.page import Page, ShownVerdict
from faq.site.search_index import LINK
from faq.site.templates import render_block
from faq.site.twins import END_OF_SENTENCE

HERE = "messages"
COMMON = 10
WORD = re.compile(r"\w{3,}")


class Message(NamedTuple):
    """A message as a page lists it."""

    markdown: str
    entry: Entry
    printed: dict[str, int]
    """The claims of its entry that met it: on how many engines each."""

    @property
    def text(self) -> str:
        """The message alone."""
        return self.markdown.strip("`“”")

    @property
    def anchor(self) -> str:
        """Its place on the page of all messages."""
        return "-".join([self.entry.name, *re.findall(r"\w+", self.text)])

    @property
    def cause(self) -> Claim | None:
        """The claim that says why it is printed.

        Where several met it, the one that has most of its words, if these are a third or more.
        """
        met = [claim for claim in self.entry.claims.values() if claim.name in self.printed]
        if len(met) < 2:
            return next(iter(met), None)
        words = words_of(self.text)
        nearest = max(met, key=lambda claim: len(words & words_of(claim.sentence)))
        return nearest if len(words & words_of(nearest.sentence)) * 3 >= len(words) else None

    @property
    def rank(self) -> tuple[int, int, int]:
        """The more common of two has the greater: how often it was printed, then how asked for.

        What people type for its page counts only between messages that were printed as often.
        """
        asked = bullets(self.entry.page_text, ASKED)
        return sum(self.printed.values()), len(asked), -len(self.text)


class ExplainedMessages(NamedTuple):
    """The messages of a page that have one cause."""

    entry: Entry
    cause: Claim | None
    messages: list[Message]


def words_of(text: str) -> set[str]:
    """What a text and another may have in common."""
    return set(WORD.findall(text.lower()))


def messages_of(entry: Entry) -> list[Message]:
    """The messages of a page, and what met them by the evidence."""
    listed = bullets(entry.page_text, MESSAGES)
    return [Message(markdown, entry, printed_by(entry, markdown)) for markdown in listed]


def printed_by(entry: Entry, markdown: str) -> dict[str, int]:
    """The claims of an entry that met a message, on how many engines each.

    The dot at a message's end does not count: some releases leave it out.
    """
    text = markdown.strip("`“”").removesuffix(".")
    times = {}
    for name, record in store.read(entry).claims.items():
        count = sum(has_printed(cell, text) for cell in record.cells.values())
        if count:
            times[name] = count
    return times


def has_printed(cell: Cell, text: str) -> bool:
    """Whether a text stands in what the claim's commands printed."""
    return any(text in output.text for output in cell.output)


def by_cause() -> list[ExplainedMessages]:
    """All messages, those together that one claim explains, in the order of the alphabet."""
    rows: dict[tuple[Entry, str], ExplainedMessages] = {}
    for entry in entries():
        for message in messages_of(entry):
            cause = message.cause
            key = entry, cause.name if cause else ""
            rows.setdefault(key, ExplainedMessages(entry, cause, [])).messages.append(message)
    return sorted(rows.values(), key=lambda row: row.messages[0].text.lower())


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
        verdict_of=verdict_of,
    )


def answer_html(entry: Entry) -> Markup:
    """The answer of a page, without sentences that measure, and without links that lead from it."""
    sentences = END_OF_SENTENCE.split(answer(entry))
    plain = " ".join(sentence for sentence in sentences if "{{" not in sentence)
    return inline_html(LINK.sub(r"\1", plain))


def common_messages() -> str:
    """Of each page the message that was printed most often: the ten most common of these."""
    all_messages = map(messages_of, entries())
    most = [max(of_page, key=attrgetter("rank")) for of_page in all_messages if of_page]
    most.sort(key=attrgetter("rank"), reverse=True)
    return render_block("common_messages.html.j2", messages=most[:COMMON], page=f"{HERE}.html")
