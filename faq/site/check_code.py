"""How a claim is checked: its test function as it stands, and what of its files that uses."""

import ast
from collections.abc import Iterator
from functools import cache
from operator import attrgetter
from typing import NamedTuple

from faq.entries import Entry


class Definition(NamedTuple):
    """A function, class or constant at the top of a file."""

    where: str
    """Its file."""
    line: int
    text: str
    """Its lines, decorators and docstring included."""
    uses: frozenset[str]
    """The names that stand in it: fixtures among its arguments, functions, constants."""


class CheckCode(NamedTuple):
    """A part of one file."""

    where: str
    text: str


def check_code(entry: Entry, claim: str) -> list[CheckCode]:
    """The test function of a claim, then what it uses of its file and of the topic's fixtures."""
    known = known_definitions(entry)
    name = f"test_{claim}"
    used = used_by(name, known)
    parts: dict[str, list[str]] = {known[name].where: [known[name].text]}
    for definition in sorted(used, key=attrgetter("where", "line")):
        parts.setdefault(definition.where, []).append(definition.text)
    return [CheckCode(where, "\n\n".join(texts)) for where, texts in parts.items()]


def known_definitions(entry: Entry) -> dict[str, Definition]:
    """What the claims of an entry can use by name: of their topic's fixtures and of their file."""
    known: dict[str, Definition] = {}
    for path in (entry.claims_file.with_name("conftest.py"), entry.claims_file):
        if path.exists():
            known |= definitions(entry.source(path), entry.relative(path))
    return known


def used_by(name: str, known: dict[str, Definition]) -> list[Definition]:
    """What a definition uses of those that are known, and what these use, without itself."""
    names = [name]
    for used in names:
        names += sorted(known[used].uses & known.keys() - set(names))
    return [known[used] for used in names[1:]]


@cache
def definitions(text: str, where: str) -> dict[str, Definition]:
    """What stands at the top of a Python file, by name; imports are left out."""
    lines = text.split("\n")  # as Python counts them
    by_name: dict[str, Definition] = {}
    for node in ast.parse(text).body:
        first = min(map(attrgetter("lineno"), [node, *getattr(node, "decorator_list", [])]))
        source = "\n".join(lines[first - 1 : node.end_lineno])
        definition = Definition(where, first, source, frozenset(names_in(node)))
        by_name |= dict.fromkeys(defined_names(node), definition)
    return by_name


def defined_names(node: ast.stmt) -> list[str]:
    """The names that a statement defines: a function, a class or constants."""
    match node:
        case ast.FunctionDef(name=name) | ast.ClassDef(name=name):
            return [name]
        case ast.Assign(targets=targets):
            return [target.id for target in targets if isinstance(target, ast.Name)]
        case ast.AnnAssign(target=ast.Name(id=name)):
            return [name]
    return []


def names_in(node: ast.stmt) -> Iterator[str]:
    """The names that stand in a statement; those of fixtures may be arguments of a mark."""
    for part in ast.walk(node):
        match part:
            case ast.Name(id=name) | ast.arg(arg=name):
                yield name
    for mark in getattr(node, "decorator_list", []):
        for part in ast.walk(mark):
            if isinstance(part, ast.Constant):
                yield str(part.value)
