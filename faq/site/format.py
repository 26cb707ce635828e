"""How things are shown: the symbols of states, the words of measured values, columns grouped."""

import re
from collections.abc import Callable, Hashable, Iterable, Mapping
from functools import cache
from typing import Generic, NamedTuple, TypeVar

from markdown import markdown
from markupsafe import Markup

from faq import columns
from faq.evidence.model import State

T = TypeVar("T")
Value = TypeVar("Value", bound=Hashable)
SYMBOLS = {
    State.HOLDS: ("✓", "y"),
    State.DOES_NOT_HOLD: ("✗", "n"),
    State.NOT_APPLICABLE: ("–", "-"),
    State.STALE: ("!", "!"),
    State.NOT_RUN: ("?", "?"),
    State.ERROR: ("!", "e"),
}
"""By state: the symbol that a reader sees, and the letter in the search index."""
STATES = [
    {"state": state.value, "symbol": symbol, "letter": letter, "kind": state.replace(" ", "-")}
    for state, (symbol, letter) in SYMBOLS.items()
]
"""What a cell may be on a page, for the scripts of the site; `kind` is its CSS class."""
DIFFERS = "differs"
"""What a verdict is that is not the same on all columns."""
LOOKS = {look["state"]: look for look in STATES}
LOOKS[DIFFERS] = {"state": DIFFERS, "symbol": "±", "kind": DIFFERS}
NOT_PLAIN = re.compile("[^a-zA-Z0-9 ]")


@cache  # names of columns and states stand in every row
def entities(text: str) -> Markup:
    """Text that nothing interprets, be it HTML, Markdown or Jinja, or a line that includes a file.

    Escaping for HTML is not enough: Markdown reads the page after the macros have run, and looks
    for fences and includes everywhere.
    """
    return Markup(NOT_PLAIN.sub(lambda sign: f"&#{ord(sign[0])};", text))  # noqa: S704


@cache  # a sentence stands in several tables
def inline_html(text: str) -> Markup:
    """An author's inline Markdown, such as a claim's sentence, as HTML."""
    return Markup(markdown(text).removeprefix("<p>").removesuffix("</p>"))  # noqa: S704


class Group(NamedTuple, Generic[Value]):
    """The columns that share a value."""

    value: Value
    columns: list[str]
    where: str
    """The columns in words."""


def groups(
    by_column: Mapping[str, T], shown: Callable[[T], Value | None], all_columns: Iterable[str]
) -> list[Group[Value]]:
    """What is shown of the columns, each value once; a column with None is left out."""
    values = {}
    for column, something in by_column.items():
        if (value := shown(something)) is not None:
            values[column] = value
    shared = []
    for value, where in columns.grouped(values):
        shared.append(Group(value, where, columns.ranges(where, list(all_columns))))
    return shared


class Fragment(NamedTuple):
    """A part of a measured value in words."""

    text: str
    is_code: bool = False


Words = tuple[Fragment, ...]
NOT_MEASURED = (Fragment("–"),)


def in_words(value: object) -> Words:
    """A measured value in words: what an engine printed is code."""
    match value:
        case bool():
            text = "yes" if value else "no"
        case float():
            text = number(value)
        case int():
            text = str(value)
        case None | "":
            text = "nothing"
        case []:
            text = "none"
        case list():
            return joined(map(in_words, value))
        case dict():
            return joined((Fragment(f"{key}: "), *in_words(part)) for key, part in value.items())
        case _:
            return (Fragment(str(value), is_code=True),)
    return (Fragment(text),)


def joined(parts: Iterable[Words]) -> Words:
    """The parts of a value with commas between them."""
    words: list[Fragment] = []
    for part in parts:
        words += [Fragment(", "), *part]
    return tuple(words[1:])


def number(value: float) -> str:
    """A number with the digits that count."""
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"


def range_in_words(values: Iterable[float]) -> Words:
    """The least and the greatest of numbers in words: `0.06–0.55`."""
    low, high = number(min(values)), number(max(values))
    return (Fragment(low if low == high else f"{low}–{high}"),)


def as_text(words: Words, mark: str = "`") -> str:
    """Words as plain text, with a mark around code."""
    return "".join(f"{mark}{text}{mark}" if is_code else text for text, is_code in words)
