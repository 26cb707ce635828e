"""What the nightly run found, for one issue that is opened, kept true and closed again."""

import subprocess
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree as ET

import msgspec

from faq.entries import Entry, entries, entry_named
from faq.errors import LabError
from faq.evidence import store
from faq.evidence.freshness import OLD_DAYS, is_old
from faq.evidence.model import State

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


@dataclass(frozen=True)
class Finding:
    """A case of the nightly run that is not as the site says."""

    entry: Entry
    claim: str
    column: str
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
    findings: list[Finding] = []
    asked: set[CellId] = set()
    for case in cases_of(reports):
        told = {part.get("name", ""): part.get("value", "") for part in case.iter("property")}
        entry, claim = claim_of(case)
        if "column" in told:
            asked.add((str(entry), claim, told["column"]))
        if finding := finding_of(case, told, entry, claim):
            findings.append(finding)
    return issue_text(findings, asked)


def cases_of(reports: list[Path]) -> list[ET.Element]:
    """The cases of all reports."""
    cases: list[ET.Element] = []
    for report in reports:
        try:
            cases += ET.parse(report).iter("testcase")  # noqa: S314 # our own run wrote it
        except (OSError, ET.ParseError, ValueError, LookupError) as error:
            raise LabError(f"{report}: no report of a run: {error}") from None
    return cases


def claim_of(case: ET.Element) -> tuple[Entry, str]:
    """The entry and the id of the claim that a case is of, if it is of one."""
    module = case.get("classname", "").removeprefix("tests.")
    name = module.replace(".test_", "/").replace("_", "-")
    return entry_named(name), case.get("name", "").partition("[")[0].removeprefix("test_")


def finding_of(case: ET.Element, told: dict[str, str], entry: Entry, claim: str) -> Finding | None:
    """What a case found, by its properties and its failure; None where all is well."""
    wrong = next((part for part in case if part.tag in ("failure", "error")), None)
    said = wrong.get("message", "") if wrong is not None else "not what the claim says"
    kind = told.get("state", State.ERROR)
    if "column" not in told:
        claim, kind = f"{case.get('classname', '')} {case.get('name', '')}".strip(), FAILED
    if wrong is None and kind != State.DIFFERS:
        if FLAKY not in told:
            return None
        kind, said = FLAKY, told[FLAKY]
    return Finding(entry, claim, told.get("column", ""), kind, " ".join(said.split())[:200])


def issue_text(findings: list[Finding], asked: set[CellId]) -> str:
    """The findings by kind, and what was not asked or not asked for long."""
    lines: dict[str, list[str]] = {title: [] for title in SECTIONS.values()}
    for finding in findings:
        lines[SECTIONS[finding.kind]].append(told(finding))
    appeared = {column for *_, column in asked} - set(store.recorded_columns())
    lines["Columns that appeared"] = sorted(appeared)
    lines["Cells that were not asked"] = not_asked(asked)
    lines[f"Proven over {OLD_DAYS} days ago"] = old_proofs()
    sections = []
    for title, listed in lines.items():
        if listed:
            bullets = "\n- ".join(listed)
            sections.append(f"## {title}\n\n- {bullets}\n")
    return "\n".join(sections)


def told(finding: Finding) -> str:
    """What failed, or the sentence that the site shows as long as it does; and what was said."""
    said = finding.said.replace("`", "")
    if finding.kind == FAILED:
        return f"{finding.claim}: `{said}`"
    entry = finding.entry
    claims = entry.claims if entry.claims_file.exists() else {}
    known = claims.get(finding.claim)
    sentence = known.sentence if known else finding.claim
    return f"{entry}: {sentence} On {finding.column}: `{said}`"


def not_asked(asked: set[CellId]) -> list[str]:
    """What the site shows and the run left out, a line for each column."""
    lines = []
    for column, service in store.recorded_columns().items():
        cells: set[CellId] = set()
        for entry in entries():
            if service in entry.services:
                cells |= {(str(entry), claim, column) for claim in entry.claims}
        if left := cells - asked:
            names = ", ".join(sorted({entry for entry, *_ in left}))
            lines.append(f"{column}: {len(left)} of {len(cells)} cells, of {names}")
    return lines


def old_proofs() -> list[str]:
    """The entries with proofs that are shown in amber."""
    columns = store.recorded_columns()
    lines = []
    for entry in entries():
        total = old = 0
        for claim in store.read(entry).claims.values():
            cells = [cell for column, cell in claim.cells.items() if column in columns]
            total += len(cells)
            old += sum(map(is_old, cells))
        if old:
            lines.append(f"{entry}: {old} of {total} cells")
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
    number = next((str(issue.number) for issue in issues if issue.title == TITLE), None)
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
