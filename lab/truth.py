"""What changed in truth: between two records of an entry, and on a branch."""

import json
import re
import subprocess
from functools import cache
from operator import itemgetter, methodcaller
from typing import Any

from lab import evidence
from lab.claims import ROOT, Entry, entries
from lab.pages import NOT_RUN, bullets
from lab.steps import LabError
from lab.words import verdicts

# What differs from run to run in what is printed: digests, times, sizes.
ID = re.compile(r"\b(?=[a-f]*\d)[0-9a-f]{6,}\b|\d+")
Claims = dict[str, Any]


def changed(before: Claims, now: Claims) -> list[str]:
    """What of an entry's claims differs between two records, a line each; dates do not count."""
    added, gone = sorted(now.keys() - before.keys()), sorted(before.keys() - now.keys())
    found = [f"new: {now[name]['sentence']} ({states(now[name])})" for name in added]
    found += [f"gone: {before[name]['sentence']}" for name in gone]
    for name in sorted(now.keys() & before.keys()):
        said, says = before[name]["sentence"], now[name]["sentence"]
        if said != says:
            found.append(f"reworded: {said} Now: {says}")
        for column, old, new in pairs(before[name], now[name]):
            if old["state"] != new["state"]:
                found.append(f"{name} on {column}: {old['state']}, now {new['state']}")
            found += [f"{name} on {column}: {line}" for line in evidence.differences(old, new)]
    return found


def states(claim: dict[str, Any]) -> str:
    """A claim's verdicts in words."""
    return verdicts({column: cell["state"] for column, cell in claim["cells"].items()})


def pairs(before: dict[str, Any], now: dict[str, Any]) -> list[tuple[str, Any, Any]]:
    """The columns that both records of a claim have, with both cells."""
    both = [column for column in now["cells"] if column in before["cells"]]
    return [(column, before["cells"][column], now["cells"][column]) for column in both]


def report(base: str) -> str:
    """The truth that the working tree changes against a commit, as Markdown for a reviewer."""
    parts, turned = [], 0
    for entry in sorted({*entries(), *recorded(base)}, key=str):
        before, now = claims_at(base, entry), evidence.read(entry)["claims"]
        if lines := changed(before, now):
            parts.append(f"## {entry}\n\n" + "".join(f"- {line}\n" for line in lines))
        for name in sorted(now.keys() & before.keys()):
            for column, old, new in pairs(before[name], now[name]):
                turned += old["state"] != new["state"]
                if says_otherwise(old, new):
                    parts.append(side_by_side(f"{name} on {column}", old, new))
    parts += engines_that_change(base)
    loud = f"**{turned} verdicts turn: read each.**\n\n" if turned else ""
    share = f"Claims among the factual statements: {coverage_at(base)}, now {coverage()}.\n\n"
    return f"# Truth that changes\n\n{loud}{share}" + ("\n".join(parts) or "No claim changes.\n")


def says_otherwise(old: dict[str, Any], new: dict[str, Any]) -> bool:
    """Whether a reviewer should see what a cell printed, before and now."""
    looks = (itemgetter("state"), methodcaller("get", "reason"), evidence.commands, words)
    return any(look(old) != look(new) for look in looks) or bool(evidence.differences(old, new))


def engines_that_change(base: str) -> list[str]:
    """What is recorded otherwise of the engines, each difference once; dates do not count."""
    found = set()
    for entry in entries():
        before, now = evidence_at(base, entry)["engines"], evidence.read(entry)["engines"]
        for column in now.keys() & before.keys():
            old, new = before[column], now[column]
            found |= {
                f"- {column}: {name} was `{old.get(name)!r}`, now `{new.get(name)!r}`\n"
                for name in sorted((old.keys() | new.keys()) - {"date", "seal"})
                if old.get(name) != new.get(name)
            }
    return ["## Engines\n\n" + "".join(sorted(found))] if found else []


def side_by_side(what: str, old: dict[str, Any], new: dict[str, Any]) -> str:
    """What the engine printed before and now."""
    told = "".join(
        f"\n{when}: {cell['state']}\n\n{fenced(printed(cell))}"
        for when, cell in (("before", old), ("now", new))
    )
    return f"<details><summary>{what}: what it printed</summary>\n{told}\n</details>\n"


def printed(cell: dict[str, Any]) -> str:
    """What a cell's commands printed, each below its command."""
    return "".join(f"$ {one['command']}\n{one['text'].rstrip()}\n" for one in cell["output"])


def words(cell: dict[str, Any]) -> set[str]:
    """The words that were printed: ids, times and sizes differ from run to run, they do not."""
    return set(re.findall(r"[^\W\d_]{4,}", ID.sub("#", printed(cell))))


def fenced(text: str) -> str:
    """A text in a block of code that nothing in it can end."""
    fence = "`" * max(4, *(len(run) + 1 for run in re.findall("`+", text)), 0)
    return f"{fence}text\n{text}{fence}\n"


def is_commit(base: str) -> bool:
    """Whether git knows a commit by this name."""
    return bool(git("rev-parse", "--verify", "--quiet", f"{base}^{{commit}}"))


def recorded(base: str) -> list[Entry]:
    """The entries that have evidence at a commit."""
    paths = git("ls-tree", "-r", "--name-only", base, "snippets").splitlines()
    parts = [path.split("/") for path in paths if path.endswith("/evidence.json")]
    return [Entry(ROOT, *part[1:3]) for part in parts if len(part) == 4]


def claims_at(base: str, entry: Entry) -> Claims:
    """The claims of an entry as recorded at a commit; none where there was no such entry."""
    found: Claims = evidence_at(base, entry)["claims"]
    return found


@cache
def evidence_at(base: str, entry: Entry) -> dict[str, Any]:
    """The evidence of an entry at a commit, in the form that it had then.

    Raises:
        LabError: it was damaged there.

    """
    path = entry.evidence_file.relative_to(ROOT).as_posix()
    try:
        text = git("show", f"{base}:{path}")
        found: dict[str, Any] = json.loads(text) if text else {"claims": {}, "engines": {}}
    except ValueError as error:
        raise LabError(f"{base}:{path}: no JSON: {error}") from None
    return found


def coverage() -> str:
    """How many of the factual statements are claims, in words."""
    claims = sum(len(entry.claims) for entry in entries())
    cited = sum(len(bullets(entry.page_text, NOT_RUN)) for entry in entries())
    return in_words(claims, cited)


def coverage_at(base: str) -> str:
    """The same at a commit."""
    found = recorded(base)
    pages = [git("show", f"{base}:docs/{entry}.md") for entry in found]
    claims = sum(len(claims_at(base, entry)) for entry in found)
    return in_words(claims, sum(len(bullets(page, NOT_RUN)) for page in pages))


def in_words(claims: int, cited: int) -> str:
    """A share, with what it is computed from."""
    share = round(100 * claims / (claims + cited)) if claims else 0
    return f"{claims} of {claims + cited} ({share} %)"


def git(*arguments: str) -> str:
    """What git says of the repository; nothing where there is no git, or it knows no such thing."""
    try:
        return subprocess.run(
            ["git", "-C", str(ROOT), *arguments], capture_output=True, text=True, check=True
        ).stdout
    except (OSError, subprocess.CalledProcessError):
        return ""
