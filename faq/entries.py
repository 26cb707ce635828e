"""Entries: a question with its page, its snippets, its claims and its evidence."""

from dataclasses import dataclass
from pathlib import Path

from faq import ROOT, columns
from faq.claims import Claim, read_claims
from faq.errors import ClaimError

TOPICS = {
    *("build", "images", "lifecycle", "networking", "podman", "storage"),
    *("resources", "security", "logging", "compose", "engine"),
}
SAFE = "SAFE_ON_YOUR_ENGINE = True"


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
        """The text of the page, front matter included."""
        return self.source(self.page)

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
        written = {self.evidence_file, self.evidence_file.with_suffix(".json.part")}
        files = []
        for path in sorted(self.folder.rglob("*")):
            if path.is_symlink():
                raise ClaimError(f"{self.relative(path)}: is a link: a snippet is a file")
            if path.is_file() and path not in written:
                files.append(path)
        return files

    @property
    def has_claims(self) -> bool:
        """Whether it is an entry, not a page of another kind."""
        return bool(self.topic) and self.claims_file.exists()

    @property
    def claims(self) -> dict[str, Claim]:
        """The claims by id, in the order of the file."""
        return read_claims(self.source(self.claims_file), self.relative(self.claims_file))

    @property
    def is_safe(self) -> bool:
        """Whether its claims file says that they may be asked of an engine in use.

        They touch no setting, process or rule of the host, no fixed port, no cache or data of
        others, and need nothing of the lab; a test looks whether it is so.
        """
        return SAFE in self.source(self.claims_file).splitlines()

    @property
    def services(self) -> list[str]:
        """The services of the lab that its claims are asked of."""
        return columns.services_of(self.topic, self.root)

    def relative(self, path: Path) -> str:
        """A path as messages name it."""
        return path.relative_to(self.root).as_posix()

    def source(self, path: Path) -> str:
        """The text of a file that somebody wrote.

        Raises:
            ClaimError: it is missing, or not UTF-8.

        """
        where = self.relative(path)
        try:
            return path.read_text(encoding="utf-8")
        except FileNotFoundError:
            raise ClaimError(f"{where}: is missing") from None
        except UnicodeDecodeError as error:
            line = error.object[: error.start].count(b"\n") + 1
            raise ClaimError(f"{where}:{line}: not UTF-8: {error.reason}") from None


def entries(root: Path = ROOT) -> list[Entry]:
    """All entries: every claims file is one."""
    files = sorted((root / "tests").glob("*/test_*.py"))
    return [entry_of(path, root) for path in files]


def entry_of(claims_file: Path, root: Path = ROOT) -> Entry:
    """The entry of a claims file."""
    name = claims_file.stem.removeprefix("test_").replace("_", "-")
    return Entry(root, claims_file.parent.name, name)


def entry_named(name: str, root: Path = ROOT) -> Entry:
    """The entry `topic/name`; it need not exist."""
    topic, _, last = name.rpartition("/")
    return Entry(root, topic, last)
