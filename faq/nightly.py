"""What the nightly run found, for one issue that is opened, kept true and closed again."""

import subprocess
from itertools import chain, product, starmap
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree as ET

import msgspec

from faq.entries import Entry, entries, entry_named
from faq.errors import LabError
from faq.evidence import store
from faq.evidence.freshness import OLD_DAYS, is_old
from faq.evidence.model import Cell, State
from faq.evidence.report import section

TITLE = "Nightly: what the engines say has changed"
FLAKY = "flaky"
FAILED = "failed"
SECTIONS = {
    State.CHANGED: "Verdicts and words that changed",
    State.ERROR: "Cells that could not be run",
    FLAKY: "Cells that came out otherwise once, not twice",
    State.DIFFERS: "Claims that come out otherwise on a column that appeared",
    FAILED: "What else failed",
}
CellId = tuple[str, str, str]
"""An entry, a claim of it, and a column."""


class Case(NamedTuple):
    """A case of a run, as it was found."""

    test: str
    """Its name, for one that is of no claim."""
    entry: Entry
    claim: str
    column: str
    """Empty for a test of the code."""
    kind: str
    """A state, `flaky` when it came out otherwise once and not again, `failed` for no claim."""
    said: str
    """The beginning of what went wrong."""


def nightly(reports: list[Path]) -> str:
    """The issue's text; empty when the engines say what the site says and no proof is old.

    Args:
        reports: of a run, in JUnit's format.

    Raises:
        LabError: a report is missing or cut short; with its name.

    """
    cases: list[Case] = []
    for report in reports:
        try:
            listed = ET.parse(report).iter("testcase")  # noqa: S314 # our own run wrote it
        except (OSError, ET.ParseError, ValueError, LookupError) as error:
            raise LabError(f"{report}: no report of a run: {error}") from None
        cases += map(read_case, listed)
    return issue_text(cases)


def read_case(case: ET.Element) -> Case:
    """What a case came to, by its properties and its failure."""
    properties = {part.get("name", ""): part.get("value", "") for part in case.iter("property")}
    module, name = case.get("classname", ""), case.get("name", "")
    entry = module.removeprefix("tests.").replace(".test_", "/").replace("_", "-")
    claim = name.partition("[")[0].removeprefix("test_")
    kind = properties.get("state", "")
    said = properties.get(FLAKY, "not what the claim says")
    if wrong := [*case.iter("failure"), *case.iter("error")]:
        kind, said = kind if kind in SECTIONS else FAILED, wrong[0].get("message", "")
    elif kind not in SECTIONS and FLAKY in properties:
        kind = FLAKY
    said = " ".join(said.split())[:200]
    test = f"{module} {name}".strip()
    return Case(test, entry_named(entry), claim, properties.get("column", ""), kind, said)


def issue_text(cases: list[Case]) -> str:
    """The cases by kind, and what was not asked or not asked for long."""
    lines: dict[str, list[str]] = {title: [] for title in SECTIONS.values()}
    for case in cases:
        if case.kind in SECTIONS:
            lines[SECTIONS[case.kind]].append(lines_of(case))
    asked = {(str(case.entry), case.claim, case.column) for case in cases}
    appeared = {column for *_, column in asked if column} - set(store.recorded_columns())
    lines["Columns that appeared"] = sorted(appeared)
    lines["Cells that were not asked"] = not_asked(asked)
    lines[f"Proven over {OLD_DAYS} days ago"] = old_proofs()
    return "\n".join(chain.from_iterable(starmap(section, lines.items())))


def lines_of(case: Case) -> str:
    """What failed, or the sentence that the site shows as long as it does; and what was said."""
    said = case.said.replace("`", "")
    if case.kind == FAILED:
        return f"{case.test}: `{said}`"
    entry = case.entry
    claims = entry.claims if entry.claims_file.exists() else {}
    known = claims.get(case.claim)
    sentence = known.sentence if known else case.claim
    return f"{entry}: {sentence} On {case.column}: `{said}`"


def not_asked(asked: set[CellId]) -> list[str]:
    """What the site shows and the run left out, a line for each column."""
    cells: dict[str, set[CellId]] = {column: set() for column in store.recorded_columns()}
    for entry in entries():
        for column in store.columns_of(entry, store.recorded_columns()):
            cells[column].update(product([str(entry)], entry.claims, [column]))
    lines = []
    for column, shown in cells.items():
        if left := shown - asked:
            names = ", ".join(sorted({entry for entry, *_ in left}))
            lines.append(f"{column}: {len(left)} of {len(shown)} cells, of {names}")
    return lines


def old_proofs() -> list[str]:
    """The entries with proofs that are shown in amber."""
    recorded = store.recorded_columns()
    lines = []
    for entry in entries():
        evidence, cells = store.read(entry), list[Cell]()
        for claim in evidence.claims:
            cells += store.shown_cells(evidence, claim, recorded).values()
        if old := sum(map(is_old, cells)):
            lines.append(f"{entry}: {old} of {len(cells)} cells")
    return lines


class Issue(msgspec.Struct):
    """An issue, as the forge lists it."""

    number: int
    title: str


def update_issue(text: str) -> str:
    """Open the issue, bring it up to date, or close it; what was done.

    Raises:
        LabError: the forge's command line, `gh`, failed.

    """
    listed = gh("issue", "list", "--search", f'in:title "{TITLE}"', "--json", "number,title")
    issues = msgspec.json.decode(listed, type=list[Issue])
    number = {issue.title: str(issue.number) for issue in issues}.get(TITLE)
    if text and number:
        gh("issue", "edit", number, "--body-file", "-", stdin=text)
        return f"issue {number} is up to date"
    if text:
        return gh("issue", "create", "--title", TITLE, "--body-file", "-", stdin=text).strip()
    if number:
        gh("issue", "close", number, "--comment", "The engines say what the site says.")
        return f"issue {number} is closed"
    return "nothing to tell"


def gh(*arguments: str, stdin: str = "") -> str:
    """Ask the forge."""
    try:
        done = subprocess.run(["gh", *arguments], input=stdin, capture_output=True, text=True)
    except FileNotFoundError:
        raise LabError("the forge's command line, gh, is missing") from None
    if done.returncode:
        raise LabError(f"gh {' '.join(arguments[:2])}: {done.stderr.strip()}")
    return done.stdout
