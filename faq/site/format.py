"""How things are shown: the symbols of states, the words of measured values, columns grouped."""

import re
from collections.abc import Callable, Collection, Hashable, Iterable, Mapping
from functools import cache
from operator import itemgetter
from typing import Generic, NamedTuple, TypeVar

from markdown import markdown
from markupsafe import Markup

from faq import columns
from faq.evidence.model import Cell, State

T = TypeVar("T")
Value = TypeVar("Value", bound=Hashable)
STATES = [
    {"state": state.value, "symbol": symbol, "letter": letter, "kind": state.replace(" ", "-")}
    for state, symbol, letter in (
        (State.HOLDS, "✓", "y"),
        (State.DOES_NOT_HOLD, "✗", "n"),
        (State.NOT_APPLICABLE, "–", "-"),
        (State.STALE, "!", "!"),
        (State.NOT_RUN, "?", "?"),
        (State.ERROR, "!", "e"),
    )
]
"""What a cell may be on a page: its symbol, its letter in the search index, its CSS class."""
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
    by_column: Mapping[str, T], shown: Callable[[T], Value], all_columns: Collection[str]
) -> list[Group[Value]]:
    """What is shown of the columns, each value once; what is empty is left out."""
    values = dict(zip(by_column, map(shown, by_column.values()), strict=True))
    shared = []
    for value, where in filter(itemgetter(0), columns.grouped(values)):
        shared.append(Group(value, where, where_in_words(where, all_columns)))
    return shared


def where_in_words(some: Collection[str], all_columns: Collection[str]) -> str:
    """Some of a page's columns in words, by name where they are not all."""
    docker = list(filter(columns.is_docker, all_columns))
    if len(docker) < 2 or not set(docker) <= set(some):
        return columns.listed(some, all_columns)
    if set(all_columns) <= set(some):
        return "all tested engines"
    others = [column for column in some if column not in docker]
    return ", ".join(["all tested Docker engines", *others])


def verdicts_in_words(states: Mapping[str, str]) -> str:
    """The states of a claim by column in words: `holds on all tested engines`."""
    return columns.verdicts(states, where_in_words)


def states_of(cells: Mapping[str, Cell], all_columns: Iterable[str]) -> dict[str, str]:
    """The state of a claim in each column, as recorded in its cells, or not run."""
    states: dict[str, str] = dict.fromkeys(all_columns, State.NOT_RUN)
    for column in states.keys() & cells:
        states[column] = cells[column].state
    return states


class Fragment(NamedTuple):
    """A part of a measured value in words."""

    text: str
    mark: str = ""
    """What plain text has around it: backquotes around code."""


Words = tuple[Fragment, ...]
NOT_MEASURED = ...
NAMED = {"True": "yes", "False": "no", "None": "nothing", "''": "nothing", "[]": "none"}
NAMED |= {"{}": "none", repr(NOT_MEASURED): "–"}
"""The words of values that are named, by how Python writes them."""


def in_words(value: object) -> Words:
    """A measured value in words: what an engine printed is code."""
    if text := NAMED.get(repr(value)):
        return (Fragment(text),)
    return IN_WORDS.get(type(value), IN_WORDS[str])(value)


IN_WORDS: dict[type, Callable[..., Words]] = {
    str: lambda text: (Fragment(str(text), "`"),),
    int: lambda count: (Fragment(str(count)),),
    float: lambda fraction: (Fragment(number(fraction)),),
    list: lambda values: joined(map(in_words, values)),
    dict: lambda values: joined((Fragment(f"{key}: "), *in_words(values[key])) for key in values),
}
"""How a value of each type is put into words; what is none of them is text."""


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
    ends = number(min(values)), number(max(values))
    return (Fragment("–".join(dict.fromkeys(ends))),)


def as_text(words: Words) -> str:
    """Words as plain text, with backquotes around code."""
    return "".join(f"{mark}{text}{mark}" for text, mark in words)
