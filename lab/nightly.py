"""What the nightly run found, for one issue that is opened, kept true and closed again."""

import json
import subprocess
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree as ET

from lab import evidence
from lab.claims import ROOT, Entry, entries
from lab.steps import LabError

TITLE = "Nightly: what the engines say has changed"


@dataclass(frozen=True)
class Finding:
    """A cell of the nightly run that is not as the site says."""

    entry: Entry
    claim: str
    column: str
    state: str
    """`turned` when the verdict or what it rests on came out otherwise, `unsteady` when it did so
    once and not again, `differs` on a column that has no evidence yet, `failed` where it is no
    claim, else `error`."""
    said: str
    """The beginning of what went wrong."""


Cell = tuple[str, str, str]
"""An entry, a claim of it, and a column."""


def read(reports: list[Path]) -> tuple[list[Finding], set[Cell]]:
    """The findings of a run, from its JUnit XML, and the cells that it asked.

    Raises:
        LabError: a report is missing or cut short; with its name.

    """
    findings, asked = [], set()
    for report in reports:
        try:
            cases = list(ET.parse(report).iter("testcase"))  # noqa: S314 # our own run wrote it
        except (OSError, ET.ParseError, ValueError, LookupError) as error:
            raise LabError(f"{report}: no report of a run: {error}") from None
        for case in cases:
            told = {part.get("name"): part.get("value", "") for part in case.iter("property")}
            entry, claim = of_claim(case)
            wrong = next((part for part in case if part.tag in ("failure", "error")), None)
            if "column" in told:
                asked.add((str(entry), claim, told["column"]))
            else:
                claim = f"{case.get('classname', '')} {case.get('name', '')}".strip()
            if wrong is not None:
                state = told.get("state", "error") if "column" in told else "failed"
                said = wrong.get("message", "")
            elif told.get("state") == "differs":
                state, said = "differs", "not what the claim says"
            elif "unsteady" in told:
                state, said = "unsteady", told["unsteady"]
            else:
                continue
            said = " ".join(said.split())[:200]
            findings.append(Finding(entry, claim, told.get("column", ""), state, said))
    return findings, asked


def of_claim(case: ET.Element) -> tuple[Entry, str]:
    """The entry and the id of the claim that a case of a report is of."""
    topic, _, module = case.get("classname", "").removeprefix("tests.").partition(".")
    name = module.removeprefix("test_").replace("_", "-")
    return Entry(ROOT, topic, name), case.get("name", "").partition("[")[0].removeprefix("test_")


def body(findings: list[Finding], asked: set[Cell]) -> str:
    """The issue's text; empty when the engines say what the site says and no proof is old."""
    columns = {column for *_, column in asked}
    parts = [
        listing("Verdicts and words that changed", findings, "turned"),
        listing("Cells that could not be run", findings, "error"),
        listing("Cells that came out otherwise once, not twice", findings, "unsteady"),
        listing("Claims that come out otherwise on a column that appeared", findings, "differs"),
        section("Columns that appeared", sorted(columns - set(evidence.columns()))),
        section("Cells that were not asked", not_asked(asked)),
        section(
            "What else failed",
            [f"{one.claim}: `{plain(one.said)}`" for one in findings if one.state == "failed"],
        ),
        section(f"Proven over {evidence.OLD} days ago", old()),
    ]
    return "\n".join(filter(None, parts))


def listing(title: str, findings: list[Finding], state: str) -> str:
    """The findings of one kind, with the sentence that is not so."""
    return section(
        title,
        [
            f"{one.entry}: {sentence(one)} On {one.column}: `{plain(one.said)}`"
            for one in findings
            if one.state == state
        ],
    )


def plain(text: str) -> str:
    """A text that can stand between backticks."""
    return text.replace("`", "")


def not_asked(asked: set[Cell]) -> list[str]:
    """What the site shows and the run left out, a line for each column."""
    lines = []
    for column, service in evidence.columns().items():
        cells = {(str(e), c, column) for e in entries() if e.asks(service) for c in e.claims}
        if left := cells - asked:
            named = ", ".join(sorted({entry for entry, *_ in left}))
            lines.append(f"{column}: {len(left)} of {len(cells)} cells, of {named}")
    return lines


def sentence(one: Finding) -> str:
    """What the site says, as long as it does."""
    known = one.entry.claims.get(one.claim) if one.entry.claims_file.exists() else None
    return known.sentence if known else one.claim


def section(title: str, lines: list[str]) -> str:
    """A headed list; nothing where there is nothing to list."""
    return f"## {title}\n\n" + "".join(f"- {line}\n" for line in lines) if lines else ""


def old() -> list[str]:
    """The entries with proofs that are shown in amber."""
    found = []
    for entry in entries():
        cells = [c for claim in evidence.shown(entry).values() for c in claim["cells"].values()]
        if count := sum(map(evidence.is_old, cells)):
            found.append(f"{entry}: {count} of {len(cells)} cells")
    return found


def tell(text: str) -> str:
    """Open the issue, bring it up to date, or close it; what was done.

    Raises:
        LabError: the forge's command line, `gh`, failed.

    """
    listed = gh("issue", "list", "--search", f'in:title "{TITLE}"', "--json", "number,title")
    number = next((str(i["number"]) for i in json.loads(listed) if i["title"] == TITLE), None)
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
