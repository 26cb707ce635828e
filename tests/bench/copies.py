"""The site with as many entries as wanted, in a folder of its own: the real ones, copied."""

import os
import re
import shutil
import subprocess
import sys
from itertools import cycle, islice
from pathlib import Path

from msgspec.structs import replace

from faq import ROOT
from faq.entries import Entry, entries, entry_named
from faq.evidence.keys import cell_keys
from faq.evidence.model import ClaimRecord, Evidence
from faq.evidence.store import read, write
from faq.evidence.validation import checksum
from tests.bench.programs import Cost, cost, run
from tests.planted import LINE

LINK = re.compile(r"\]\(([^):#]+\.md)")
OTHERS = re.compile(r'\{\{ (\w+\([^{}]*?)"([a-z]+/[a-z0-9-]+)"([^{}]*\)) \}\}')
INSTEAD = "build/deleted-files"
"""The entry that pages beside the entries link to instead of one that was not copied."""

# What the macros made of the pages, and nothing else: no HTML is made, so it is quick.
KEEP = '''
"""Writes each page's Markdown after its macros ran, and stops."""

import json
import sys
from pathlib import Path


def on_page_markdown(markdown, page, **_):
    path = Path("plain", page.file.src_uri)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"---\\n{json.dumps(page.meta)}\\n---\\n{markdown}")
    return ""


def on_env(*_, **__):
    sys.exit()
'''
WITH_KEEP = "INHERIT: mkdocs.yml\nhooks: [keep.py, faq/site/hooks.py]\n"
PLAIN = "INHERIT: mkdocs.yml\ndocs_dir: plain\nhooks: []\ntheme: {custom_dir: none}\n"
PLUGINS = re.compile(r"^plugins:\n(?: .*\n)*", re.MULTILINE)
MACROS = re.compile(r"^  - macros:\n(?:    .*\n)*", re.MULTILINE)


class Copies:
    """A project of `count` entries, whose copies link among themselves as the real ones do."""

    def __init__(self, root: Path, count: int) -> None:
        self.root = root
        self.single = single_pages()
        for name in [*LINE, *(f"docs/{name}" for name in self.single)]:
            duplicate(ROOT / name, root / name)
        chosen = list(islice(cycle(entries()), count))
        numbers = [at // len(entries()) for at in range(count)]
        self.names = set(map(numbered, map(str, chosen), numbers))
        for real, number in zip(chosen, numbers, strict=True):
            self.add(real, number)
        for name in self.single:
            for page in markdown_files(root / "docs" / name):
                page.write_text(self.linked(page.read_text(), page, 0, INSTEAD))
        self.configure()
        self.commit()

    def configure(self) -> None:
        """Write the configurations beside mkdocs.yml: without macros, and with its search on."""
        plugins = PLUGINS.search((self.root / "mkdocs.yml").read_text())[0]
        plugins = MACROS.sub("", plugins)
        few = plugins if "  - " in plugins else "plugins: []\n"
        (self.root / "keep.yml").write_text(WITH_KEEP)
        (self.root / "plain.yml").write_text(PLAIN + few)
        (self.root / "search.yml").write_text(f"{PLAIN}{plugins}  - search\n")
        (self.root / "keep.py").write_text(KEEP)
        (self.root / "none").mkdir()

    def commit(self) -> None:
        """Make a history of one commit per entry, as the feed is written from it."""
        commits = []
        for at, name in enumerate(sorted(self.names), 1):
            path = f"snippets/{name}/evidence.json"
            evidence = (self.root / path).read_bytes()
            head = (
                f"commit refs/heads/main\ncommitter bench <bench@localhost> {at} +0000\ndata 0\n"
                f"M 100644 inline {path}\ndata {len(evidence)}\n"
            )
            commits += [head.encode(), evidence, b"\n"]
        git = ["git", "-C", str(self.root)]
        run(*git, "init", "--quiet", "--initial-branch=main")
        subprocess.run([*git, "fast-import", "--quiet"], input=b"".join(commits), check=True)

    def add(self, real: Entry, number: int) -> None:
        """Copy one entry under a number; the copy's evidence is as fresh as if run under it."""
        copy = entry_named(numbered(str(real), number), self.root)
        fixtures = real.claims_file.parent / "conftest.py"
        duplicate(real.folder, copy.folder)
        duplicate(real.claims_file, copy.claims_file)
        if fixtures.exists():
            duplicate(fixtures, copy.claims_file.parent / fixtures.name)
        text = real.page_text.replace(f'--8<-- "{real}/', f'--8<-- "{copy}/')
        copy.page.parent.mkdir(parents=True, exist_ok=True)
        copy.page.write_text(self.linked(text, real.page, number, str(real)))
        renew(copy)

    def linked(self, text: str, page: Path, number: int, instead: str) -> str:
        """A page that leads to copies of the same number, or to `instead` of what is not there.

        A macro that asks for the evidence of an entry that is not there goes.
        """
        docs = next(parent for parent in page.parents if parent.name == "docs")

        def link(match: re.Match[str]) -> str:
            path = Path(os.path.normpath(page.parent / match[1])).relative_to(docs)
            if path.parts[0] in self.single:
                return match[0]
            to = numbered(path.with_suffix("").as_posix(), number)
            to = to if to in self.names else numbered(instead, number)
            return f"]({os.path.relpath(docs / to, page.parent)}.md"

        def macro(match: re.Match[str]) -> str:
            to = numbered(match[2], number)
            return f'{{{{ {match[1]}"{to}"{match[3]} }}}}' if to in self.names else ""

        return OTHERS.sub(macro, LINK.sub(link, text))

    def build(self, config: str = "mkdocs.yml", site: str = "site") -> Cost:
        """Build one of the project's sites into a folder of it.

        Raises:
            SystemExit: it failed; with what it said.

        """
        command = [sys.executable, "-m", "mkdocs", "--quiet", "build"]
        command += ["--config-file", config, "--site-dir", site]
        return cost(*command, folder=self.root, NO_MKDOCS_2_WARNING="1")

    def render(self) -> Cost:
        """Write the pages as they are after their macros ran, for the sites without macros."""
        shutil.copytree(self.root / "docs" / "assets", self.root / "plain" / "assets")
        return self.build("keep.yml", "nothing")


def single_pages() -> set[str]:
    """What lies beside the entries' topics in docs/: each is there once, however many entries."""
    topics = {entry.topic for entry in entries()}
    return {path.name for path in (ROOT / "docs").iterdir()} - topics - {"assets"}


def duplicate(source: Path, target: Path) -> None:
    """Copy a file or a folder."""
    target.parent.mkdir(parents=True, exist_ok=True)
    if source.is_dir():
        shutil.copytree(source, target, dirs_exist_ok=True)
    else:
        shutil.copy(source, target)


def numbered(name: str, number: int) -> str:
    """The name of a copy; number 0 is the real one."""
    return f"{name}-{number}" if number else name


def markdown_files(path: Path) -> list[Path]:
    """A Markdown file, or those in a folder."""
    return sorted(path.rglob("*.md")) if path.is_dir() else [path]


def renew(entry: Entry) -> None:
    """Write the evidence of a copy anew, with the keys of where it lies now."""
    evidence = read(entry)
    services = {column: engine.service for column, engine in evidence.engines.items()}
    keys = cell_keys(entry, services.values())
    records = {}
    for claim in entry.claims.values():
        cells = {}
        for column, cell in evidence.cells(claim.name).items():
            key = keys[services[column]][claim.name]
            renewed = replace(cell, key=key)
            place = [claim.name, claim.sentence, column]
            cells[column] = replace(renewed, checksum=checksum(place, renewed))
        records[claim.name] = ClaimRecord(claim.sentence, cells)
    write(entry.evidence_file, Evidence(records, evidence.engines))
