"""The evidence as it was at earlier commits, read from git."""

import re
import subprocess
from functools import cache
from typing import Any

import msgspec

from faq import ROOT
from faq.entries import Entry
from faq.errors import LabError
from faq.evidence.model import NOTHING, Evidence

EVIDENCE_FILE = re.compile(r"^snippets/([^/\n]+)/([^/\n]+)/evidence\.json$", re.MULTILINE)
# What reading something else as evidence raises.
NOT_EVIDENCE = (AttributeError, KeyError, TypeError)


def git(*arguments: str) -> str:
    """What git says of the repository; nothing where there is no git, or it knows no such thing."""
    try:
        return subprocess.run(
            ["git", "-C", str(ROOT), *arguments], capture_output=True, text=True, check=True
        ).stdout
    except (OSError, subprocess.CalledProcessError):
        return ""


def is_commit(base: str) -> bool:
    """Whether git knows a commit by this name."""
    return bool(git("rev-parse", "--verify", "--quiet", f"{base}^{{commit}}"))


@cache
def base_of_work() -> str:
    """The commit that this work began at: where it left `main`; on `main`, the one before."""
    fork = git("merge-base", "HEAD", "main").strip()
    head = git("rev-parse", "HEAD").strip()
    return fork if fork != head else git("rev-parse", "--verify", "--quiet", "HEAD~1").strip()


def entries_at(base: str) -> list[Entry]:
    """The entries that have evidence at a commit."""
    files = git("ls-tree", "-r", "--name-only", base, "snippets")
    return [Entry(ROOT, topic, name) for topic, name in EVIDENCE_FILE.findall(files)]


@cache
def evidence_at(base: str, entry: Entry) -> Evidence:
    """The evidence of an entry at a commit; empty where there was none.

    Raises:
        LabError: it was damaged there.

    """
    path = entry.relative(entry.evidence_file)
    text = git("show", f"{base}:{path}")
    if not text:
        return NOTHING
    try:
        return msgspec.convert(current_form(msgspec.json.decode(text)), Evidence)
    except (msgspec.DecodeError, RecursionError, *NOT_EVIDENCE) as error:
        raise LabError(f"{base}:{path}: no evidence: {error}") from None


def current_form(data: dict[str, Any]) -> dict[str, Any]:
    """Evidence of an earlier form in today's.

    Until November 2026 a digest stood for the key, and the record of an engine had no checksum.
    """
    for engine in data["engines"].values():
        engine.setdefault("seal", "")
    for claim in data["claims"].values():
        for cell in claim["cells"].values():
            cell.pop("digest", None)
            cell.setdefault("key", "")
            cell.setdefault("base", "")
    return data


def commits_by_file(folder: str) -> dict[str, list[tuple[str, str]]]:
    """The commits and ISO dates that changed each file below a folder, oldest first.

    Git is asked once: asked once per file it would read all its history so many times.
    """
    commits: dict[str, list[tuple[str, str]]] = {}
    log = git("log", "--format=%x00%h %cI", "--name-only", "--reverse", "--", folder)
    for part in log.split("\0")[1:]:
        head, *paths = part.split("\n")
        commit, _, date = head.partition(" ")
        for path in filter(None, paths):
            commits.setdefault(path, []).append((commit, date))
    return commits
