"""What the files say: entries, their claims and snippets, read without running anything."""

import ast
import hashlib
import re
from dataclasses import dataclass
from pathlib import Path

from lab import compose

ROOT = Path(__file__).parent.parent
VERSION = re.compile(r"\d+\.\d+")


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
        """The files that the page shows and the claims run."""
        files = (path for path in self.folder.rglob("*") if path.is_file())
        return sorted(path for path in files if not path.name.startswith(self.evidence_file.name))

    @property
    def digest(self) -> str:
        """A digest of all that the entry's results depend on; prose is not in it."""
        inputs = [*self.snippets, *self.code, *shared_inputs(self.root)]
        return digest([path for path in inputs if path.exists()], self.root)

    @property
    def code(self) -> list[Path]:
        """The claims, their topic's fixtures, and the probes of `lab` that either imports."""
        files = [self.claims_file, self.claims_file.parent / "conftest.py"]
        text = "\n".join(path.read_text() for path in files if path.exists())
        probes = sorted(set(re.findall(r"^from lab\.(\w+) import", text, re.MULTILINE)))
        return files + [self.root / "lab" / f"{name}.py" for name in probes]

    @property
    def claims(self) -> dict[str, "Claim"]:
        """The claims by id, in the order of the file."""
        return read_claims(self)


@dataclass(frozen=True)
class Claim:
    """One falsifiable sentence, as its test function states it."""

    name: str
    sentence: str
    line: int
    since: str | None = None
    until: str | None = None
    store: str | None = None

    def holds_on(self, column: str) -> bool:
        """Whether it says it holds on this column: since <= release < until, on its store."""
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


def shared_inputs(root: Path) -> list[Path]:
    """What every result depends on: the fixtures, the way into an engine, and how it is made."""
    recipe = sorted(path for path in (root / "tests" / "lab").glob("*") if path.is_file())
    compose_file = root / "tests" / compose.FILE.name
    return [root / "tests" / "conftest.py", root / "lab" / "engine.py", compose_file, *recipe]


def digest(files: list[Path], root: Path) -> str:
    """A digest over the names and contents of files."""
    total = hashlib.sha256()
    for path in files:
        content = hashlib.sha256(path.read_bytes()).hexdigest()
        total.update(f"{content} {path.relative_to(root)}\n".encode())
    return total.hexdigest()[:16]


def read_claims(entry: Entry) -> dict[str, Claim]:
    """Read the claims of an entry from its source, without importing it.

    Raises:
        ClaimError: the file is no Python, or a claim lacks its sentence.

    """
    path = entry.claims_file
    where = path.relative_to(entry.root)
    try:
        tree = ast.parse(path.read_text())
    except SyntaxError as error:
        raise ClaimError(f"{where}:{error.lineno}: not Python: {error.msg}") from None
    claims = {}
    for node in tree.body:
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
            sentence = " ".join((ast.get_docstring(node) or "").split())
            if not sentence:
                raise ClaimError(f"{where}:{node.lineno}: {node.name} has no docstring, its claim")
            if not any(map(can_fail, ast.walk(node))):
                raise ClaimError(f"{where}:{node.lineno}: {node.name} has no assert that can fail")
            name = node.name.removeprefix("test_")
            claims[name] = Claim(name, sentence, node.lineno, **holds(node, f"{where}"))
    return claims


def can_fail(node: ast.AST) -> bool:
    """Whether this is an assert about something that was found out."""
    return isinstance(node, ast.Assert) and any(
        isinstance(part, ast.Name | ast.Call) for part in ast.walk(node.test)
    )


def holds(node: ast.FunctionDef, where: str) -> dict[str, str]:
    """The arguments of `@pytest.mark.holds(...)` on a claim."""
    for decorator in node.decorator_list:
        if (
            not isinstance(decorator, ast.Call)
            or ast.unparse(decorator.func) != "pytest.mark.holds"
        ):
            continue
        try:
            given = {word.arg: ast.literal_eval(word.value) for word in decorator.keywords}
        except ValueError:
            given = {"": None}
        if decorator.args or not given or not all(map(valid_bound, given.items())):
            raise ClaimError(
                f"{where}:{decorator.lineno}: holds() takes since= and until= (a release line "
                'such as "28.5") and store= ("classic" or "containerd")',
            )
        return given  # type: ignore[return-value]
    return {}


def valid_bound(item: tuple[str | None, object]) -> bool:
    """Whether one argument of `holds` is one."""
    name, value = item
    if name == "store":
        return value in ("classic", "containerd")
    return name in ("since", "until") and bool(VERSION.fullmatch(str(value)))
