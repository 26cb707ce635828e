"""What the search in the browser knows: entries, claims with their verdicts, and synonyms."""

import html
import json
import re
from typing import Any

import yaml

from lab import evidence
from lab.claims import ROOT, Claim, Entry, entries
from lab.pages import ASKED, MESSAGES, answer, bullets, prose, tags, title

SYNONYMS = ROOT / "lab" / "synonyms.yml"
TROUBLE = re.compile(
    r"error|denied|fail|cannot|can't|unknown|refused|not found|invalid|no such|already|unable",
    re.IGNORECASE,
)
NOT_PROSE = re.compile(r'\{\{.*?\}\}|^--8<--.*$|^``` .*$|^!!! \w+ ".*"$', re.MULTILINE)
LINK = re.compile(r"\[(.+?)\]\([^)]*\)")
MARKS = re.compile(r"[`*#]|^ *- ", re.MULTILINE)
STATES = {"holds": "y", "does not hold": "n", "not applicable": "-"}
WORDS_OF_TEXT = 400


def script() -> str:
    """The data as a script, as a page that is opened from disk cannot fetch."""
    columns = evidence.releases()
    data = {
        "columns": columns,
        "synonyms": yaml.safe_load(SYNONYMS.read_text()),
        "entries": [entry_data(entry, columns) for entry in entries()],
    }
    return f"window.faq = {json.dumps(data, ensure_ascii=False, separators=(',', ':'))}\n"


def entry_data(entry: Entry, columns: list[str]) -> dict[str, Any]:
    """What is searched of one entry."""
    text = prose(entry)
    headings = re.findall(r"^##+ (.+)$", text, re.MULTILINE)
    recorded = evidence.read(entry)["claims"]
    snippets = [path.read_text() for path in entry.snippets]
    return {
        "url": f"{entry}.html",
        "title": plain(title(entry)),
        "answer": plain(answer(entry)),
        "asked": [plain(line) for line in bullets(text, ASKED)],
        "messages": [plain(line) for line in bullets(text, MESSAGES)],
        "headings": [plain(line) for line in headings],
        "tags": tags(entry),
        "text": words(plain(text)),
        "code": words("\n".join(snippets)),
        "claims": [
            claim_data(claim, recorded.get(claim.name, {"cells": {}})["cells"], columns)
            for claim in entry.claims.values()
        ],
    }


def claim_data(claim: Claim, cells: dict[str, Any], columns: list[str]) -> list[str]:
    """A claim's id, its sentence, a letter per column for its verdict, what went wrong in it."""
    states = "".join(STATES[cells[c]["state"]] if c in cells else "?" for c in columns)
    lines = {
        line.strip(): None
        for cell in cells.values()
        for output in cell["output"]
        for line in output["text"].splitlines()
        if TROUBLE.search(line)
    }
    return [claim.name, plain(claim.sentence), states, words(" ".join(lines))]


def plain(markdown: str) -> str:
    """Markdown without its marks, links, macros and included files."""
    text = MARKS.sub("", LINK.sub(r"\1", NOT_PROSE.sub("", markdown)))
    return html.unescape(text).strip()


def words(text: str) -> str:
    """Each word of a text once, as far as the search needs it."""
    found = dict.fromkeys(re.findall(r"[^\W_][\w.:/-]*", text.lower()))
    return " ".join(list(found)[:WORDS_OF_TEXT])
