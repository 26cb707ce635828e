"""What the files say: entries, their claims and snippets, read without running anything."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
VERSION = re.compile(r"\d+\.\d+")
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
MARKS = ("pytest.mark.holds", "pytest.mark.usefixtures")
ONLY = " and ".join(MARKS)
TOPICS = {
    *("build", "images", "lifecycle", "networking", "podman", "storage"),
    *("resources", "security", "logging", "compose", "engine"),
}
PODMAN = "podman"  # the topic whose claims are asked of Podman too, and the service that answers


@dataclass(frozen=True)
class Entry:
    """One page: the path is the only link between its prose, snippets, claims and evidence."""

    root: Path
    topic: str
    name: str

    def __str__(self) -> str:
        return f"{self.topic}/{self.name}"

    @property
    def page(self) -> Path:
        """The prose."""
        return self.root / "docs" / self.topic / f"{self.name}.md"

    @property
    def page_text(self) -> str:
        """The text of the page, front matter and all."""
        return source(self.page, self.page.relative_to(self.root).as_posix())

    @property
    def folder(self) -> Path:
        """The snippets and the evidence."""
        return self.root / "snippets" / self.topic / self.name

    @property
    def claims_file(self) -> Path:
        """The claims."""
        return self.root / "tests" / self.topic / f"test_{self.name.replace('-', '_')}.py"

    @property
    def evidence_file(self) -> Path:
        """What the engines said."""
        return self.folder / "evidence.json"

    @property
    def snippets(self) -> list[Path]:
        """The files that the page shows and the claims run.

        Raises:
            ClaimError: one is a link, which would bring in a file of the host.

        """
        own = {self.evidence_file, self.evidence_file.with_suffix(".json.part")}
        found = sorted(set(self.folder.rglob("*")) - own)
        if links := [path.relative_to(self.root) for path in found if path.is_symlink()]:
            raise ClaimError(f"{links[0]}: is a link: a snippet is a file of its own")
        return [path for path in found if path.is_file()]

    def asks(self, service: str) -> bool:
        """Whether its claims are asked of this service: Podman answers its own topic only."""
        return service != PODMAN or self.topic == PODMAN

    @property
    def claims(self) -> dict[str, "Claim"]:
        """The claims by id, in the order of the file."""
        where = self.claims_file.relative_to(self.root).as_posix()
        return read_claims(source(self.claims_file, where), where)


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
        if column.startswith(PODMAN):
            return self.podman
        release, _, store = column.partition("-")
        return (
            (self.since is None or version(self.since) <= version(release))
            and (self.until is None or version(release) < version(self.until))
            and (self.store is None or self.store == (store or "classic"))
        )


class ClaimError(Exception):
    """A file of the repository breaks a rule; the message begins with its path and line."""


def version(release: str) -> tuple[int, ...]:
    """`28.5` as numbers that compare."""
    return tuple(map(int, VERSION.match(release)[0].split(".")))  # type: ignore[index]


def entries(root: Path = ROOT) -> list[Entry]:
    """All entries: every claims file is one."""
    files = sorted((root / "tests").glob("*/test_*.py"))
    return [entry_of(path, root) for path in files]


def entry_of(claims_file: Path, root: Path = ROOT) -> Entry:
    """The entry of a claims file."""
    name = claims_file.stem.removeprefix("test_").replace("_", "-")
    return Entry(root, claims_file.parent.name, name)


def source(path: Path, where: str) -> str:
    """The text of a file that somebody wrote.

    Raises:
        ClaimError: it is missing, or no UTF-8.

    """
    try:
        return path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise ClaimError(f"{where}: is missing") from None
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise ClaimError(f"{where}:{line}: no UTF-8: {error.reason}") from None


@cache
def read_claims(text: str, where: str) -> dict[str, Claim]:
    """Read the claims of an entry from its source, without importing it.

    Raises:
        ClaimError: the file is no Python, a claim lacks its sentence or cannot fail, or a test is
            more or less than a function at the top of the file.

    """
    try:
        tree = ast.parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        line = getattr(error, "lineno", None) or 1
        raise ClaimError(f"{where}:{line}: not Python: {error.args[0]}") from None
    functions = [
        node
        for node in tree.body
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
    ]
    refuse_disguised(tree, functions, where)
    lines = text.split("\n")  # as Python counts them
    around = set(range(len(lines))) - {line for node in functions for line in span(node)}
    claims = {}
    for node in functions:
        sentence = " ".join((ast.get_docstring(node) or "").split())
        if not sentence:
            raise ClaimError(f"{where}:{node.lineno}: {node.name} has no docstring, its claim")
        if not any(map(can_fail, ast.walk(node))):
            raise ClaimError(f"{where}:{node.lineno}: {node.name} has no assert that can fail")
        name = node.name.removeprefix("test_")
        if name in claims:
            raise ClaimError(f"{where}:{node.lineno}: a second claim {name}: an id is for one")
        own = [lines[number] for number in sorted(around.union(span(node)))]
        code = "\n".join(filter(str.strip, own))
        claims[name] = Claim(name, sentence, node.lineno, code, **holds(node, where))
    return claims


def refuse_disguised(tree: ast.Module, functions: list[ast.FunctionDef], where: str) -> None:
    """Refuse what pytest would run otherwise than as it stands on the page.

    Raises:
        ClaimError: a test in a class, a condition or under another name, or a mark that decides
            its outcome.

    """
    for name, node in bound(tree):
        if node not in functions and (name.startswith("test_") or name == "*"):
            raise ClaimError(f"{where}:{node.lineno}: a claim is a function of its own at the top")
        if name == "pytestmark":
            raise ClaimError(f"{where}:{node.lineno}: a mark belongs to one claim")
    for decorator in (decorator for node in functions for decorator in node.decorator_list):
        mark = ast.unparse(decorator).partition("(")[0]
        if mark not in MARKS:
            raise ClaimError(f"{where}:{decorator.lineno}: {mark}: a claim takes {ONLY} only")


def bound(tree: ast.AST) -> Iterator[tuple[str, Any]]:
    """The names that are bound outside of functions, and where: pytest looks at these."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, FUNCTIONS):
            yield node.name, node
            continue
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id, node
        if isinstance(node, ast.alias):
            yield node.asname or node.name, node
        yield from bound(node)


def span(node: ast.FunctionDef) -> range:
    """The lines of a function with its decorators, counted from 0."""
    first = min([node.lineno, *(decorator.lineno for decorator in node.decorator_list)])
    return range(first - 1, node.end_lineno or first)


def can_fail(node: ast.AST) -> bool:
    """Whether this is an assert about something that was found out."""
    return isinstance(node, ast.Assert) and any(
        isinstance(part, ast.Name | ast.Call) for part in ast.walk(node.test)
    )


def holds(node: ast.FunctionDef, where: str) -> dict[str, Any]:
    """The arguments of `@pytest.mark.holds(...)` on a claim."""
    for decorator in node.decorator_list:
        if (
            not isinstance(decorator, ast.Call)
            or ast.unparse(decorator.func) != "pytest.mark.holds"
        ):
            continue
        try:
            given = {word.arg: ast.literal_eval(word.value) for word in decorator.keywords}
        except (ValueError, TypeError):
            given = {"": None}
        if decorator.args or not given or not all(map(valid_bound, given.items())):
            raise ClaimError(
                f"{where}:{decorator.lineno}: holds() takes since= and until= (a release line "
                'such as "28.5"), store= ("classic" or "containerd") and podman=False',
            )
        return given  # type: ignore[return-value]
    return {}


def valid_bound(item: tuple[str | None, object]) -> bool:
    """Whether one argument of `holds` is one."""
    name, value = item
    if name == "store":
        return value in ("classic", "containerd")
    if name == "podman":
        return value is False
    known = name in ("since", "until") and isinstance(value, str)
    return known and bool(VERSION.fullmatch(str(value)))
