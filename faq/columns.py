"""The columns: one for each engine that `tests/docker-compose.yml` lists, and how they are named.

A service of that file is an engine when it has `x-column`:

- `program`: `docker` or `podman`, whose commands answer there;
- `topics`: the topics whose claims are asked of it; without it, all.

The column's name comes from the release that the engine says it is: `28.5`, `28.5-containerd`,
`podman-5.4`.
"""

import re
from collections.abc import Callable, Collection, Hashable, Mapping
from functools import cache
from pathlib import Path
from typing import NamedTuple, TypeVar

import msgspec

from faq import ROOT
from faq.errors import ClaimError

COMPOSE_FILE = "tests/docker-compose.yml"
PATTERN = r"^([a-z]+-)?\d+\.\d+(-containerd)?$"
NAME = re.compile(r"(?:([a-z]+)-)?(\d+)\.(\d+)(?:-(containerd))?")
Value = TypeVar("Value", bound=Hashable)
DOCKER = "docker"
PODMAN = "podman"
CONTAINERD = "-containerd"
"""What a column's name ends with where its image store is containerd's."""


class ColumnName(NamedTuple):
    """The parts of a column's name; their order is the order of the columns."""

    program: str
    """`docker` or `podman`; Docker's columns come first."""
    release: tuple[int, int]
    store: str
    """The image store: `classic` or `containerd`."""


def parse(column: str) -> ColumnName:
    """The parts of a column's name, such as `28.5-containerd`.

    Raises:
        ValueError: it is not the name of a column.

    """
    match = NAME.fullmatch(column)
    if not match:
        raise ValueError(f"not a column: {column!r}")
    program, major, minor, store = match.groups()
    return ColumnName(program or DOCKER, (int(major), int(minor)), store or "classic")


def is_column(name: str) -> bool:
    """Whether a name is one of a column, not of a service."""
    return NAME.fullmatch(name) is not None


def is_docker(column: str) -> bool:
    """Whether a column is a release of Docker."""
    return column[:1].isdigit()


class ColumnOptions(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What `x-column` says."""

    program: str = DOCKER
    topics: frozenset[str] | None = None


class Build(msgspec.Struct, frozen=True):
    """How the image of a service is made."""

    context: str
    args: dict[str, str] = {}


class Service(msgspec.Struct, frozen=True):
    """A service of the compose file, as far as it concerns the columns."""

    image: str
    build: Build
    column: ColumnOptions | None = msgspec.field(name="x-column", default=None)

    @property
    def repository(self) -> str | None:
        """The repository of its packages, which may be out of reach; None: they are Debian's."""
        return self.build.args.get("REPOSITORY")

    def answers(self, topic: str) -> bool:
        """Whether the claims of a topic are asked of it."""
        return self.column is not None and topic in (self.column.topics or {topic})


class ComposeFile(msgspec.Struct, frozen=True):
    """The lab, as its compose file describes it."""

    services: dict[str, Service]


@cache
def read_compose(text: str) -> dict[str, Service]:
    """The services of a compose file.

    Raises:
        ClaimError: a service is not as the columns need it.

    """
    try:
        return msgspec.yaml.decode(text, type=ComposeFile).services
    except msgspec.MsgspecError as error:
        raise ClaimError(f"{COMPOSE_FILE}:1: {error}") from None


def all_services(root: Path = ROOT) -> dict[str, Service]:
    """The services of the lab, in the order of the compose file."""
    return read_compose((root / COMPOSE_FILE).read_text())


def services(root: Path = ROOT) -> dict[str, Service]:
    """The services that are engines, each a column, in the order of the compose file."""
    every = all_services(root)
    return {name: service for name, service in every.items() if service.column}


def optional_services(root: Path = ROOT) -> set[str]:
    """The services that a machine may have to leave out: their evidence may be stale there."""
    return {name for name, service in services(root).items() if service.repository is not None}


def services_of(topic: str, root: Path = ROOT) -> list[str]:
    """The services that the claims of a topic are asked of."""
    return [name for name, service in services(root).items() if service.answers(topic)]


def grouped(by_column: Mapping[str, Value]) -> list[tuple[Value, list[str]]]:
    """What stands in columns, each once with the columns that share it, in their order."""
    groups: dict[Value, list[str]] = {}
    for column, text in by_column.items():
        groups.setdefault(text, []).append(column)
    return list(groups.items())


def listed(some: Collection[str], columns: Collection[str]) -> str:
    """Some of the columns by name, in the order of all: `20.10, 26.1, 28.5`.

    What lies between two columns was not tested: no range is made of them.
    """
    names = (name_among(column, some, columns) for column in columns if column in some)
    return ", ".join(dict.fromkeys(names))


def name_among(column: str, some: Collection[str], columns: Collection[str]) -> str:
    """How one of some columns is named; with both its image stores a release is that release."""
    release = column.removesuffix(CONTAINERD)
    stores = {release, release + CONTAINERD}
    if stores <= set(some):
        return release
    is_classic_of_two = column == release and stores <= set(columns)
    return f"{release} (classic store)" if is_classic_of_two else column


InWords = Callable[[Collection[str], Collection[str]], str]
"""Names some of the columns, as `listed` does."""


def verdicts(states: Mapping[str, str], named: InWords = listed) -> str:
    """The states of a claim by column in words: `holds on 26.1; does not hold on 20.10`."""
    shared = grouped(states)
    return "; ".join(f"{state} on {named(some, states.keys())}" for state, some in shared)
