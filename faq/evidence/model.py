"""The types of evidence: what one engine said of one claim, and which engine that was.

`evidence.json` and `claims.json` hold these records, and their JSON Schemas are made of them.
"""

import datetime as dt
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any, TypeAlias

from msgspec import Meta, Struct, field

from faq import columns

if TYPE_CHECKING:
    JSON: TypeAlias = "bool | int | float | str | list[JSON] | dict[str, JSON] | None"
else:
    JSON = Any  # msgspec knows no type that holds itself
Measured = Annotated[
    dict[str, JSON],
    Meta(
        description="The numbers and words that the claim rests on, the unit in the key.",
        examples=[{"PID 1": "sh", "stop seconds": 10.2, "exit code": 137}],
    ),
]
Column = Annotated[
    str,
    Meta(
        pattern=columns.PATTERN,
        description="The release line, `-containerd` behind it for the containerd image store; "
        "`podman-` before it for Podman.",
    ),
]
Checksum = Annotated[str, Meta(description="A checksum: an edit by hand is refused.")]


class State(StrEnum):
    """What one cell, a claim on one engine, may be."""

    HOLDS = "holds"
    DOES_NOT_HOLD = "does not hold"
    NOT_APPLICABLE = "not applicable"
    ERROR = "error"
    NOT_RUN = "not run"
    STALE = "stale"
    """Recorded before something changed that the result depends on."""
    CHANGED = "changed"
    """A run came out otherwise than the claim or its evidence says."""
    DIFFERS = "differs"
    """On a column without evidence, the result is not what the claim's range says."""


WRONG = {State.CHANGED, State.ERROR}
"""A run fails with these."""


class Verdict(StrEnum):
    """What a cell is recorded with; an error, or a claim that was not run, is never recorded."""

    HOLDS = State.HOLDS
    DOES_NOT_HOLD = State.DOES_NOT_HOLD
    NOT_APPLICABLE = State.NOT_APPLICABLE

    @property
    def state(self) -> State:
        """The state of the same name."""
        return State(self)


class Record(Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """A record of evidence; a field that is unknown to it is an error."""


class Output(Record, frozen=True):
    """One command of a claim and what it printed."""

    command: str
    exit_code: int = field(name="exit code")
    text: Annotated[
        str, Meta(max_length=4100, description="Both streams, cut at 4,000 characters.")
    ]


class Cell(Record, frozen=True, kw_only=True):
    """One claim on one engine."""

    state: Verdict
    reason: Annotated[str | None, Meta(description="Why the claim does not apply.")] = None
    key: Annotated[
        str,
        Meta(
            description="A digest of the claim, its fixtures, snippets and engine's recipe; "
            "another one now means stale."
        ),
    ]
    base: Annotated[str, Meta(description="A digest of what the base images held in that run.")]
    date: Annotated[dt.date, Meta(description="The day of the run, UTC.")]
    version: Annotated[str, Meta(description="The engine's exact version in that run.")]
    measured: Measured
    output: Annotated[
        list[Output], Meta(description="What the snippets printed, in the order they ran.")
    ]
    checksum: Checksum = field(name="seal")


class EngineRecord(Record, frozen=True, kw_only=True):
    """What an engine said of itself, in the run that recorded a cell of the entry last."""

    service: Annotated[str, Meta(description="The service of tests/docker-compose.yml.")]
    version: str
    api: str = field(name="API")
    storage_driver: str = field(name="storage driver")
    image_store: str = field(name="image store")
    builder: str
    kernel: str
    cgroup_version: str = field(name="cgroup version")
    security_options: list[str] = field(name="security options")
    security_modules: Annotated[
        list[str], Meta(description="Of its host's kernel, such as apparmor.")
    ] = field(name="security modules", default_factory=list)
    init: Annotated[str, Meta(description="The program with PID 1 on its host.")] = ""
    base_images: Annotated[dict[str, str], Meta(description="Where each base image came from.")] = (
        field(name="base images")
    )
    date: dt.date
    checksum: Checksum = field(name="seal")


class ClaimRecord(Record, frozen=True):
    """A claim with its cells."""

    sentence: Annotated[
        str, Meta(min_length=1, description="The claim as the page prints it, inline Markdown.")
    ]
    cells: Annotated[dict[Column, Cell], Meta(description="By column.")]


NO_CELLS = ClaimRecord("", {})


class Evidence(Record, frozen=True):
    """What each engine of the lab said of each claim of an entry: written by `make record`."""

    claims: Annotated[
        dict[str, ClaimRecord],
        Meta(description="By claim id: the name of its test function without `test_`."),
    ]
    engines: Annotated[
        dict[Column, EngineRecord], Meta(description="By column: the engine that was asked last.")
    ]

    def cells(self, claim: str) -> dict[str, Cell]:
        """The cells of a claim by column; none where it was not recorded."""
        return self.claims.get(claim, NO_CELLS).cells

    def cell(self, claim: str, column: str) -> Cell | None:
        """What is recorded of a claim on an engine, fresh or stale."""
        return self.cells(claim).get(column)


NOTHING = Evidence(claims={}, engines={})


class LabFacts(Struct, frozen=True):
    """What the lab at hand holds."""

    engines: dict[str, str]
    """The exact version of each engine, by service."""
    base: str
    """A digest of what the base images hold."""
    containers: dict[str, str] = {}
    """The id of each container, by service."""
