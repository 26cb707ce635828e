"""What drawings share: what each engine measured, and one drawing for those that measured alike."""

from collections.abc import Hashable, Mapping
from typing import Generic, NamedTuple, Protocol, TypeVar

from faq.errors import ClaimError
from faq.evidence.model import JSON, Measured
from faq.site.format import Group, groups, where_in_words
from faq.site.page import Page

ANSWERS = {"hello": "answer", "refused": "refused", "no answer": "no answer"}
"""What a port gives, by what the claims measure; their servers say `hello`."""


class Source(NamedTuple):
    """Where a part of a drawing comes from."""

    entry: str
    claim: str
    key: str


class Told(Hashable, Protocol):
    """A drawing that can be told in words."""

    @property
    def text(self) -> str:
        """All that it shows, in words."""


Drawing = TypeVar("Drawing", bound=Told)


class Figure(NamedTuple, Generic[Drawing]):
    """A drawing for each group of engines."""

    drawings: list[Group[Drawing]]
    where: str
    """The engines of all of them, in words."""

    @property
    def text(self) -> str:
        """The drawings as a list in Markdown."""
        return "\n".join(f"- On {where}: {drawing.text}" for drawing, _, where in self.drawings)


def measured_by_column(page: Page, sources: Mapping[str, Source]) -> dict[str, Measured]:
    """What the engines measured, by column and part; one that lacks a part is left out.

    Raises:
        ClaimError: no engine measured such a value, or none measured all of them.

    """
    told: dict[str, Measured] = {column: {} for column in page.columns}
    for part, (entry, claim, key) in sources.items():
        values = page.of(entry).values(claim, key)
        for column in told.keys() & values:
            told[column][part] = values[column]
    whole = {column: parts for column, parts in told.items() if parts.keys() == sources.keys()}
    if not whole:
        page.refuse(f"no engine measured all of {', '.join(sources)}: nothing can be drawn")
    return whole


def figure(page: Page, *settings: Mapping[str, Drawing]) -> Figure[Drawing]:
    """The drawings of each setting by column, those that are the same once."""
    shown: list[Group[Drawing]] = []
    for by_column in settings:
        shown += groups(by_column, lambda drawing: drawing, page.columns)
    where = where_in_words(set().union(*settings), page.columns.keys())
    return Figure(shown, where)


def answer_in_words(got: JSON) -> str:
    """What a port gives who asks it: an answer, a refusal, or nothing.

    Raises:
        ClaimError: it is none of these.

    """
    if not isinstance(got, str) or got not in ANSWERS:
        raise ClaimError(f"{got!r} is neither an answer nor the want of one")
    return ANSWERS[got]
