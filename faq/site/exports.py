"""`claims.json`, the claims and their verdicts for programs: its types, and its text."""

import datetime as dt
from typing import Annotated, Literal

import msgspec
from msgspec import Meta, field

from faq.entries import Entry, entries
from faq.evidence import store
from faq.evidence.model import Column, Measured, Record, Verdict
from faq.pages import ASKED, answer, bullets, fix, listed_messages, prose, tags, title
from faq.site.search_index import without_marks


class ExportedCell(Record, frozen=True, kw_only=True):
    """One claim on one engine, without what it printed."""

    state: Verdict
    reason: Annotated[str | None, Meta(description="Why the claim does not apply.")] = None
    date: Annotated[dt.date, Meta(description="The day of the run, UTC.")]
    version: Annotated[str, Meta(description="The engine's exact version in that run.")]
    measured: Measured
    checksum: Annotated[str, Meta(description="A checksum of the recorded cell.")] = field(
        name="seal"
    )


class ExportedClaim(Record, frozen=True):
    """A claim with its cells."""

    name: str = field(name="id")
    link: Annotated[str, Meta(description="A permanent link, relative to this file.")]
    sentence: Annotated[
        str, Meta(min_length=1, description="One falsifiable sentence, inline Markdown.")
    ]
    cells: Annotated[dict[Column, ExportedCell], Meta(description="By column.")]


class ExportedEntry(Record, frozen=True):
    """A question with its claims."""

    name: Annotated[str, Meta(description="topic/entry")] = field(name="id")
    question: Annotated[str, Meta(description="Inline Markdown.")]
    page: Annotated[
        str,
        Meta(description="Relative to this file; the same with `.md` is its Markdown twin."),
    ]
    tags: Annotated[
        list[str],
        Meta(
            min_length=2,
            max_length=5,
            description="What cuts across the topics, by one vocabulary; `tags.html` lists it.",
            extra_json_schema={"uniqueItems": True},
        ),
    ]
    answer: Annotated[str, Meta(description="The first paragraph of the page, plain text.")]
    fix: Annotated[
        dict[str, str],
        Meta(description="What to copy: files by their title, such as `On the command line`."),
    ]
    asked: Annotated[list[str], Meta(description="What people ask, in their words.")]
    messages: Annotated[list[str], Meta(description="The error messages that the page explains.")]
    claims: list[ExportedClaim]


class ExportedClaims(Record, frozen=True):
    """`claims.json`, beside the pages; a change that breaks its readers raises `version`."""

    version: Literal[1]
    license: Annotated[Literal["MIT"], Meta(description="Of this data.")]
    columns: Annotated[
        list[Annotated[str, Meta(pattern=r"^\d+\.\d+(-containerd)?$")]],
        Meta(
            description="The engines that every claim is asked of: the release line, `-containerd` "
            "behind it for the containerd image store; oldest first. Cells of the topic podman "
            "also have a column such as podman-5.4.",
        ),
    ]
    entries: list[ExportedEntry]


def claims_json() -> str:
    """All claims with their cells, as JSON."""
    return msgspec.json.format(msgspec.json.encode(exported_claims()), indent=1).decode() + "\n"


def exported_claims() -> ExportedClaims:
    """All claims with their cells."""
    recorded = store.recorded_columns()
    return ExportedClaims(
        version=1,
        license="MIT",
        columns=store.releases(),
        entries=[exported_entry(entry, recorded) for entry in entries()],
    )


def exported_entry(entry: Entry, recorded: dict[str, str]) -> ExportedEntry:
    """An entry with its claims, in the recorded columns."""
    evidence = store.read(entry)
    claims = []
    for claim in entry.claims.values():
        cells = store.shown_cells(evidence, claim.name, recorded)
        exported = msgspec.convert(cells, dict[str, ExportedCell], from_attributes=True)
        link = f"{entry}.html#{claim.name}"
        claims.append(ExportedClaim(claim.name, link, claim.sentence, exported))
    text = prose(entry)
    return ExportedEntry(
        name=str(entry),
        question=title(entry),
        page=f"{entry}.html",
        tags=tags(entry),
        answer=without_marks(answer(entry)),
        fix=fix(entry),
        asked=list(map(without_marks, bullets(text, ASKED))),
        messages=list(map(without_marks, listed_messages(text))),
        claims=claims,
    )
