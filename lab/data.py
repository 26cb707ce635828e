"""The site's content for programs: claims as JSON, pages as Markdown, what changed as a feed."""

import json
import re
from html import escape, unescape
from itertools import chain
from textwrap import indent
from typing import Any
from xml.sax.saxutils import quoteattr

from lab import evidence
from lab.claims import ROOT, Claim, Entry, entries
from lab.pages import INCLUDED, answer, tags, title
from lab.truth import changed, git, states

LICENSE = "MIT"
VERSION = 1
ID = "tag:container-faq,2026:truth"
TABLE = re.compile(r'<table class="evidence">.*', re.DOTALL)
VERDICT = re.compile(r'<a class="verdict[^>]*>(.*?)</a>')


def claims_json() -> str:
    """All claims with their cells; docs/claims.schema.json describes it, version and all."""
    data = {
        "version": VERSION,
        "license": LICENSE,
        "columns": evidence.releases(),
        "entries": [
            {
                "id": str(entry),
                "question": title(entry),
                "page": f"{entry}.html",
                "tags": tags(entry),
                "claims": [claim_json(entry, claim, shown) for claim in entry.claims.values()],
            }
            for entry in entries()
            for shown in [evidence.shown(entry)]
        ],
    }
    return json.dumps(data, indent=1, ensure_ascii=False) + "\n"


def claim_json(entry: Entry, claim: Claim, shown: dict[str, Any]) -> dict[str, Any]:
    """One claim: its permanent link, its sentence, and per column what the engine said."""
    cells = shown.get(claim.name, {"cells": {}})["cells"]
    kept = ("state", "reason", "date", "version", "measured", "seal")
    return {
        "id": claim.name,
        "link": f"{entry}.html#{claim.name}",
        "sentence": claim.sentence,
        "cells": {
            column: {key: cell[key] for key in kept if key in cell}
            for column, cell in cells.items()
        },
    }


def twin(entry: Entry, markdown: str) -> str:
    """A page as Markdown that stands alone: snippets in place, all else as text."""
    text = VERDICT.sub(lambda found: f"({unescape(found[1])})", markdown)
    text = INCLUDED.sub(included, text)
    text = re.sub(r"</?(span|a)[^>]*>", "", text)
    text = re.sub(r"</?code>", "`", text)
    text = unescape(TABLE.sub("", text)).rstrip()
    return f"{text}\n\n{evidence_list(entry)}\nTags: {', '.join(tags(entry))}\n"


def included(line: re.Match[str]) -> str:
    """A snippet in the place of the line that includes it, as far in as that."""
    text = (ROOT / "snippets" / line[1]).read_text().rstrip()
    return indent(text, line[0].partition("-")[0])


def evidence_list(entry: Entry) -> str:
    """The verdicts of an entry, a line each."""
    shown = evidence.shown(entry).values()
    return "".join(f"- {claim['sentence']} ({states(claim)})\n" for claim in shown)


def llms_txt() -> str:
    """What the site has for programs that read text, and where."""
    lines = [
        "# Container FAQ",
        "",
        "> Answers about Docker and containers; every claim was run on real engines, old and new.",
        "",
        "Each page has a Markdown twin beside it; `claims.json` has all verdicts.",
        "",
    ]
    lines += [
        f"- [{title(entry)}]({entry}.md): {first_sentence(answer(entry))}" for entry in entries()
    ]
    return "\n".join(lines) + "\n"


def first_sentence(text: str) -> str:
    """The first sentence of a paragraph."""
    return re.split(r"(?<=[.!?]) ", text)[0]


def feed(address: str) -> str:
    """What changed in truth, newest first, as Atom: entries added, verdicts and words changed."""
    commits = commits_by_path()
    found = sorted(chain.from_iterable(history(e, commits) for e in entries()), reverse=True)[:50]
    updated = found[0][0] if found else "1970-01-01T00:00:00Z"
    items = "".join(
        f"<entry><id>{ID}/{entry}/{commit}</id><title>{escape(what)}</title>"
        f"<updated>{date}</updated><link href={quoteattr(f'{address}{entry}.html')}/>"
        f"<summary>{escape(detail)}</summary></entry>\n"
        for date, commit, entry, what, detail in found
    )
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom">'
        f"<id>{ID}</id><title>Container FAQ: what changed</title>"
        f"<author><name>Container FAQ</name></author><updated>{updated}</updated>"
        f'<link rel="self" href={quoteattr(f"{address}feed.xml")}/>\n{items}</feed>\n'
    )


def commits_by_path() -> dict[str, list[list[str]]]:
    """The commits and dates that changed each file of the snippets, oldest first: git asked once.

    Asked once per entry it would read all its history so many times.
    """
    found: dict[str, list[list[str]]] = {}
    said = git("log", "--format=%x00%h %cI", "--name-only", "--reverse", "--", "snippets")
    for commit in said.split("\0")[1:]:
        head, *paths = commit.split("\n")
        for path in filter(None, paths):
            found.setdefault(path, []).append(head.split())
    return found


def history(
    entry: Entry, commits: dict[str, list[list[str]]]
) -> list[tuple[str, str, str, str, str]]:
    """Date, commit, entry, title and detail of each change of an entry's truth, from git."""
    path = entry.evidence_file.relative_to(ROOT).as_posix()
    before: dict[str, Any] | None = None
    changes = []
    for commit, date in commits.get(path, []):
        try:
            now = json.loads(git("show", f"{commit}:{path}"))["claims"]
        except (ValueError, KeyError):
            continue
        if before is None:
            changes.append((date, commit, str(entry), f"New: {title(entry)}", f"{len(now)} claims"))
        elif detail := "; ".join(changed(before, now)):
            changes.append((date, commit, str(entry), f"Changed: {title(entry)}", detail))
        before = now
    return changes
