"""Claims: one sentence each, read from its test function without running it."""

import ast
from collections.abc import Iterator
from functools import cache
from operator import attrgetter
from typing import Annotated, Literal, TypeVar

import msgspec

from faq import columns
from faq.errors import ClaimError, applying

HOLDS = "pytest.mark.holds"
HOST = "pytest.mark.host"
APPLIES = "pytest.mark.applies"
SHOWN = "pytest.mark.shown"
ALLOWED_MARKS = (HOLDS, APPLIES, SHOWN, HOST, "pytest.mark.usefixtures")
ReleaseLine = Annotated[str, msgspec.Meta(pattern=r"^\d+\.\d+$")]


class Range(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A range of columns: the arguments of `@pytest.mark.holds(...)` and `applies(...)`."""

    since: ReleaseLine = "0.0"
    until: ReleaseLine = "9999.0"
    store: Literal["classic", "containerd"] | None = None
    podman: bool = True

    def includes(self, column: str) -> bool:
        """Whether this column is in it: since <= release < until, with its store."""
        program, release, store = columns.parse(column)
        if program == columns.PODMAN:
            return self.podman
        since, until = columns.parse(self.since).release, columns.parse(self.until).release
        return since <= release < until and self.store in (None, store)

    @property
    def in_words(self) -> str:
        """Its columns: `releases from 28.0 on, with the containerd image store`."""
        bounds = {
            f"from {self.since} on": self.since != EVERYWHERE.since,
            f"before {self.until}": self.until != EVERYWHERE.until,
        }
        words = {
            " ".join(["releases", *applying(bounds)]): any(bounds.values()),
            f"the {self.store} image store": self.store is not None,
            "Docker, not Podman": not self.podman,
        }
        return ", with ".join(applying(words))


class Host(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The hosts that a claim can be asked on: the arguments of `@pytest.mark.host(...)`."""

    cgroup: Literal["1", "2"] | None = None
    security_module: str | None = None
    """Of the host's kernel, such as `apparmor`."""


def is_in(column: str, ranges: tuple[Range, ...]) -> bool:
    """Whether one of these ranges includes a column."""
    return any(limits.includes(column) for limits in ranges)


EVERYWHERE = Range()
Mark = TypeVar("Mark", Range, Host)


class Claim(msgspec.Struct, frozen=True, kw_only=True):
    """One falsifiable sentence, as its test function states it."""

    holds: tuple[Range, ...] = (EVERYWHERE,)
    """Where it holds: in one of these, such as one for each image store."""
    applies: tuple[Range, ...] = (EVERYWHERE,)
    """Where its condition is met, in one of these; elsewhere it is not asked."""
    shown: frozenset[str] = frozenset()
    """The keys of `measured` that it shows and does not rest on."""
    host: Host | None = None
    """Where its outcome depends on the host: what it needs of it."""
    name: str
    sentence: str
    line: int
    code: str
    """Its function and what stands around the claims of its file, without empty lines."""

    def expected_on(self, column: str) -> str:
        """The verdict to expect of this column."""
        return "holds" if is_in(column, self.holds) else "does not hold"


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
    tests = tests_of(tree, where)
    functions = list(tests.values())
    return {
        name.removeprefix("test_"): read_claim(function, code_of(function, functions, text), where)
        for name, function in tests.items()
    }


def tests_of(tree: ast.Module, where: str) -> dict[str, ast.FunctionDef]:
    """The tests of a file by name; what pytest would run otherwise than as it stands is refused.

    Raises:
        ClaimError: a test in a class, a condition or under another name, or a mark for all.

    """
    tests: dict[str, ast.FunctionDef] = {}
    for name, node in bound_names(tree):
        place = f"{where}:{node.lineno}"
        if name == "pytestmark":
            raise ClaimError(f"{place}: a mark belongs to one claim")
        if name.startswith(("test_", "*")):
            if not isinstance(node, ast.FunctionDef) or node not in tree.body:
                raise ClaimError(f"{place}: a claim is a function of its own at the top")
            if name in tests:
                claim = name.removeprefix("test_")
                raise ClaimError(f"{place}: a second claim {claim}: ids are unique")
            tests[name] = node
    return tests


def bound_names(tree: ast.AST) -> Iterator[tuple[str, ast.stmt | ast.expr | ast.alias]]:
    """The names that are bound outside of functions, and where: pytest looks at these."""
    for node in ast.iter_child_nodes(tree):
        match node:
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
                yield name, node
                continue
            case ast.alias(asname=str(name)) | ast.alias(name=name) | ast.Name(name, ast.Store()):
                yield name, node
        yield from bound_names(node)


def code_of(function: ast.FunctionDef, functions: list[ast.FunctionDef], text: str) -> str:
    """The code that a claim's result depends on: its file without other claims and empty lines."""
    lines = text.split("\n")  # as Python counts them
    for other in set(functions) - {function}:
        first = min(map(attrgetter("lineno"), [other, *other.decorator_list]))
        place = slice(first - 1, other.end_lineno)
        lines[place] = [""] * len(lines[place])
    return "\n".join(filter(str.strip, lines))


def read_claim(function: ast.FunctionDef, code: str, where: str) -> Claim:
    """The claim that a test function states."""
    line = function.lineno
    ranges: dict[str, list[Range]] = {HOLDS: [], APPLIES: []}
    host, shown = None, frozenset[str]()
    for mark in function.decorator_list:
        name = ast.unparse(mark).partition("(")[0]
        if name not in ALLOWED_MARKS:
            allowed = ", ".join(ALLOWED_MARKS)
            raise ClaimError(f"{where}:{mark.lineno}: {name}: a claim takes only {allowed}")
        if name in ranges:
            ranges[name].append(read_mark(mark, Range, where))
        if name == HOST:
            host = read_mark(mark, Host, where)
        if name == SHOWN:
            shown = read_shown(mark, where)
    sentence = " ".join((ast.get_docstring(function) or "").split())
    if not sentence:
        raise ClaimError(f"{where}:{line}: {function.name} has no docstring, its claim")
    if not any(map(can_fail, ast.walk(function))):
        raise ClaimError(f"{where}:{line}: {function.name} has no assert that can fail")
    name = function.name.removeprefix("test_")
    return Claim(
        name=name,
        sentence=sentence,
        line=line,
        code=code,
        holds=tuple(ranges[HOLDS]) or (EVERYWHERE,),
        applies=tuple(ranges[APPLIES]) or (EVERYWHERE,),
        shown=shown,
        host=host,
    )


def can_fail(node: ast.AST) -> bool:
    """Whether this is an assert about a name or a call, not about constants."""
    if not isinstance(node, ast.Assert):
        return False
    return any(isinstance(part, ast.Name | ast.Call) for part in ast.walk(node.test))


TAKES = {
    Range: "holds() and applies() take since= and until= (a release line such as "
    '"28.5"), store= ("classic" or "containerd") and podman=False',
    Host: 'host takes nothing, or cgroup= ("1" or "2") and security_module=',
}


def read_mark(mark: ast.expr, kind: type[Mark], where: str) -> Mark:
    """The arguments of a mark.

    Raises:
        ClaimError: they are others than it takes, or a range bounds nothing.

    """
    words, values = [], []
    if isinstance(mark, ast.Call):
        words, values = mark.keywords, mark.args
    try:
        arguments = {word.arg: ast.literal_eval(word.value) for word in words}
        limits = msgspec.convert(arguments, kind)
    except (ValueError, TypeError, msgspec.ValidationError):
        limits = None
    if values or limits in (None, EVERYWHERE):
        raise ClaimError(f"{where}:{mark.lineno}: {TAKES[kind]}")
    return limits


def read_shown(mark: ast.expr, where: str) -> frozenset[str]:
    """The keys that a mark names.

    Raises:
        ClaimError: it names none, or otherwise than as texts.

    """
    keys = mark.args if isinstance(mark, ast.Call) and not mark.keywords else []
    names = [key.value for key in keys if isinstance(key, ast.Constant)]
    texts = [name for name in names if isinstance(name, str)]
    if not texts or len(texts) < len(keys):
        raise ClaimError(f'{where}:{mark.lineno}: shown() takes keys of measured: shown("seconds")')
    return frozenset(texts)
