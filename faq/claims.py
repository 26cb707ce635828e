"""Claims: one sentence each, read from its test function without running it."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import TypedDict, cast

from faq import columns
from faq.errors import ClaimError

ALLOWED_MARKS = ("pytest.mark.holds", "pytest.mark.usefixtures")
STORES = ("classic", "containerd")


@dataclass(frozen=True)
class Claim:
    """One falsifiable sentence, as its test function states it."""

    name: str
    sentence: str
    line: int
    code: str
    """Its function and what stands around the claims of its file, without empty lines."""
    since: str | None = None
    until: str | None = None
    store: str | None = None
    podman: bool = True

    def holds_on(self, column: str) -> bool:
        """Whether it says it holds on this column: since <= release < until, on its store."""
        program, release, store = columns.parse(column)
        if program == columns.PODMAN:
            return self.podman
        if self.since and release < columns.parse(self.since).release:
            return False
        if self.until and release >= columns.parse(self.until).release:
            return False
        return self.store in (None, store)


class Bounds(TypedDict, total=False):
    """The arguments of `@pytest.mark.holds(...)`."""

    since: str
    until: str
    store: str
    podman: bool


@cache
def read_claims(text: str, where: str) -> dict[str, Claim]:
    """Read the claims of an entry from its source, without importing it.

    Raises:
        ClaimError: the file is not Python, a claim lacks its sentence or cannot fail, or a test
            is more or less than a function at the top of the file.

    """
    try:
        tree = ast.parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        line = getattr(error, "lineno", None) or 1
        raise ClaimError(f"{where}:{line}: not Python: {error.args[0]}") from None
    functions = [node for node in tree.body if isinstance(node, ast.FunctionDef)]
    functions = [node for node in functions if node.name.startswith("test_")]
    refuse_hidden_tests(tree, functions, where)
    code = CodeOfClaims(text, functions)
    claims: dict[str, Claim] = {}
    for node in functions:
        claim = read_claim(node, code, where)
        if claim.name in claims:
            raise ClaimError(f"{where}:{claim.line}: a second claim {claim.name}: ids are unique")
        claims[claim.name] = claim
    return claims


class CodeOfClaims:
    """The source of each claim, with the lines of the file that belong to no claim."""

    def __init__(self, text: str, functions: list[ast.FunctionDef]) -> None:
        self.lines = text.split("\n")  # as Python counts them
        self.shared = set(range(len(self.lines)))
        for node in functions:
            self.shared -= set(lines_of(node))

    def of(self, node: ast.FunctionDef) -> str:
        """The code that a claim's result depends on, without empty lines."""
        numbers = sorted(self.shared.union(lines_of(node)))
        return "\n".join(filter(str.strip, map(self.lines.__getitem__, numbers)))


def lines_of(node: ast.FunctionDef) -> range:
    """The lines of a function with its decorators, counted from 0."""
    first = min([node.lineno, *(mark.lineno for mark in node.decorator_list)])
    return range(first - 1, node.end_lineno or first)


def read_claim(node: ast.FunctionDef, code: CodeOfClaims, where: str) -> Claim:
    """The claim that a test function states."""
    where = f"{where}:{node.lineno}"
    sentence = " ".join((ast.get_docstring(node) or "").split())
    if not sentence:
        raise ClaimError(f"{where}: {node.name} has no docstring, its claim")
    if not any(map(can_fail, ast.walk(node))):
        raise ClaimError(f"{where}: {node.name} has no assert that can fail")
    name = node.name.removeprefix("test_")
    bounds = read_bounds(node, where.rpartition(":")[0])
    return Claim(name, sentence, node.lineno, code.of(node), **bounds)


def can_fail(node: ast.AST) -> bool:
    """Whether this is an assert about a name or a call, not about constants."""
    if not isinstance(node, ast.Assert):
        return False
    return any(isinstance(part, ast.Name | ast.Call) for part in ast.walk(node.test))


def refuse_hidden_tests(tree: ast.Module, functions: list[ast.FunctionDef], where: str) -> None:
    """Refuse what pytest would run otherwise than as it stands on the page.

    Raises:
        ClaimError: a test in a class, a condition or under another name, or a mark that decides
            its outcome.

    """
    for name, node in bound_names(tree):
        is_hidden = name.startswith("test_") or name == "*"
        if is_hidden and node not in functions:
            raise ClaimError(f"{where}:{node.lineno}: a claim is a function of its own at the top")
        if name == "pytestmark":
            raise ClaimError(f"{where}:{node.lineno}: a mark belongs to one claim")
    for function in functions:
        for decorator in function.decorator_list:
            mark = ast.unparse(decorator).partition("(")[0]
            if mark not in ALLOWED_MARKS:
                allowed = " and ".join(ALLOWED_MARKS)
                line = decorator.lineno
                raise ClaimError(f"{where}:{line}: {mark}: a claim takes {allowed} only")


Bound = ast.stmt | ast.Name | ast.alias


def bound_names(tree: ast.AST) -> Iterator[tuple[str, Bound]]:
    """The names that are bound outside of functions, and where: pytest looks at these."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node.name, node
            continue
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id, node
        if isinstance(node, ast.alias):
            yield node.asname or node.name, node
        yield from bound_names(node)


def read_bounds(function: ast.FunctionDef, where: str) -> Bounds:
    """The arguments of `@pytest.mark.holds(...)` on a claim.

    Raises:
        ClaimError: it takes no such arguments.

    """
    for decorator in function.decorator_list:
        call = decorator if isinstance(decorator, ast.Call) else None
        if not call or ast.unparse(call.func) != "pytest.mark.holds":
            continue
        bounds = keywords_of(call)
        if call.args or not bounds or not all(map(is_bound, bounds.items())):
            raise ClaimError(
                f"{where}:{call.lineno}: holds() takes since= and until= (a release line "
                'such as "28.5"), store= ("classic" or "containerd") and podman=False',
            )
        return cast("Bounds", bounds)
    return {}


def keywords_of(call: ast.Call) -> dict[str | None, object]:
    """The keyword arguments of a call; none where one is no constant."""
    try:
        return {word.arg: ast.literal_eval(word.value) for word in call.keywords}
    except (ValueError, TypeError):
        return {}


def is_bound(argument: tuple[str | None, object]) -> bool:
    """Whether an argument of `holds` is one that it takes."""
    name, value = argument
    if name == "store":
        return value in STORES
    if name == "podman":
        return value is False
    return name in ("since", "until") and is_release_line(value)


def is_release_line(value: object) -> bool:
    """Whether a value is a release line, such as "28.5"."""
    match = columns.NAME.fullmatch(value) if isinstance(value, str) else None
    return match is not None and match[1] is None and match[4] is None
