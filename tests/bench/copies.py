"""The site with as many entries as wanted, in a folder of its own: the real ones, copied."""

import json
import os
import re
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from lab import evidence, valid
from lab.claims import ROOT, Entry, entries
from lab.keys import keys
from tests.planted import LINE

LINK = re.compile(r"\]\(([^):#]+\.md)")
OTHERS = re.compile(r'\{\{ (\w+\([^{}]*?)"([a-z]+/[a-z0-9-]+)"([^{}]*\)) \}\}')

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
WITH_KEEP = "INHERIT: mkdocs.yml\nhooks: [keep.py, lab/publish.py]\n"
PLAIN = "INHERIT: mkdocs.yml\ndocs_dir: plain\nhooks: []\ntheme: {custom_dir: none}\n"
PLUGIN = re.compile(r"^  - macros:\n(?:    .*\n)*", re.MULTILINE)


@dataclass(frozen=True)
class Cost:
    """What one run of a program took: processor seconds, of both cores, and megabytes at most."""

    seconds: float
    megabytes: float


class Copies:
    """A project of `count` entries, whose copies link among themselves as the real ones do."""

    def __init__(self, root: Path, count: int) -> None:
        self.root = root
        real = entries()
        self.alone = alone({entry.topic for entry in real})
        for name in [*LINE, *(f"docs/{name}" for name in self.alone)]:
            duplicate(ROOT / name, root / name)
        made = [(real[at % len(real)], at // len(real)) for at in range(count)]
        self.names = {numbered(str(entry), number) for entry, number in made}
        for entry, number in made:
            self.add(entry, number)
        for page in [page for name in self.alone for page in markdown_files(root / "docs" / name)]:
            page.write_text(self.linked(page.read_text(), page, 0, "build/deleted-files"))
        self.configure()
        self.remember()

    def configure(self) -> None:
        """Write the configurations beside mkdocs.yml: without macros, and with its search on."""
        ours = (self.root / "mkdocs.yml").read_text()
        plugins = PLUGIN.sub("", re.search(r"^plugins:\n(?: .*\n)*", ours, re.MULTILINE)[0])
        (self.root / "keep.yml").write_text(WITH_KEEP)
        few = plugins if "  - " in plugins else "plugins: []\n"
        (self.root / "plain.yml").write_text(PLAIN + few)
        (self.root / "search.yml").write_text(f"{PLAIN}{plugins}  - search\n")
        (self.root / "keep.py").write_text(KEEP)
        (self.root / "none").mkdir()

    def remember(self) -> None:
        """Make a history of one commit per entry, as the feed is written from it."""
        commits = []
        for at, name in enumerate(sorted(self.names), 1):
            path = f"snippets/{name}/evidence.json"
            text = (self.root / path).read_bytes()
            commits.append(
                f"commit refs/heads/main\ncommitter bench <bench@localhost> {at} +0000\ndata 0\n"
                f"M 100644 inline {path}\ndata {len(text)}\n".encode()
                + text
            )
        git = ["git", "-C", self.root]
        subprocess.run([*git, "init", "--quiet", "--initial-branch=main"], check=True)
        subprocess.run([*git, "fast-import", "--quiet"], input=b"\n".join(commits), check=True)

    def add(self, real: Entry, number: int) -> None:
        """Copy one entry under a number; the copy's evidence is as fresh as if run under it."""
        topic, _, name = numbered(str(real), number).partition("/")
        entry = Entry(self.root, topic, name)
        for source, target in (
            (real.folder, entry.folder),
            (real.claims_file, entry.claims_file),
            (real.claims_file.parent / "conftest.py", entry.claims_file.parent / "conftest.py"),
            (real.page, entry.page),
        ):
            if source.exists():
                duplicate(source, target)
        text = real.page.read_text().replace(f'--8<-- "{real}/', f'--8<-- "{entry}/')
        entry.page.write_text(self.linked(text, real.page, number, str(real)))
        renew(entry)

    def linked(self, text: str, page: Path, number: int, instead: str) -> str:
        """A page that leads to copies of the same number, or to `instead` of what is not there.

        A macro that asks for the evidence of an entry that is not there goes.
        """
        docs = next(parent for parent in page.parents if parent.name == "docs")

        def link(found: re.Match[str]) -> str:
            path = Path(os.path.normpath(page.parent / found[1])).relative_to(docs)
            if path.parts[0] in self.alone:
                return found[0]
            to = numbered(path.with_suffix("").as_posix(), number)
            to = to if to in self.names else numbered(instead, number)
            return f"]({os.path.relpath(docs / to, page.parent)}.md"

        def macro(found: re.Match[str]) -> str:
            to = numbered(found[2], number)
            return f'{{{{ {found[1]}"{to}"{found[3]} }}}}' if to in self.names else ""

        return OTHERS.sub(macro, LINK.sub(link, text))

    def build(self, config: str = "mkdocs.yml", site: str = "site", **env: str) -> Cost:
        """Build one of the project's sites into a folder of it.

        Raises:
            SystemExit: it failed; with what it said.

        """
        command = [sys.executable, "-m", "mkdocs", "--quiet", "build"]
        command += ["--config-file", config, "--site-dir", site]
        return cost(command, self.root, NO_MKDOCS_2_WARNING="1", **env)

    def render(self) -> Cost:
        """Write the pages as they are after their macros ran, for the sites without macros."""
        shutil.copytree(self.root / "docs" / "assets", self.root / "plain" / "assets")
        return self.build("keep.yml", "nothing")


def alone(topics: set[str]) -> set[str]:
    """What lies beside the entries' topics in docs/: each is there once, however many entries."""
    return {path.name for path in (ROOT / "docs").iterdir()} - topics - {"assets"}


def duplicate(source: Path, target: Path) -> None:
    """Copy a file or a folder."""
    target.parent.mkdir(parents=True, exist_ok=True)
    copy = shutil.copytree if source.is_dir() else shutil.copy
    copy(source, target, **({"dirs_exist_ok": True} if source.is_dir() else {}))


def numbered(name: str, number: int) -> str:
    """The name of a copy; number 0 is the real one."""
    return f"{name}-{number}" if number else name


def markdown_files(path: Path) -> list[Path]:
    """A Markdown file, or those in a folder."""
    return sorted(path.rglob("*.md")) if path.is_dir() else [path]


def renew(entry: Entry) -> None:
    """Key and seal the evidence of a copy for where it lies now."""
    data = json.loads(entry.evidence_file.read_text())
    services = {column: engine["service"] for column, engine in data["engines"].items()}
    now = keys(entry, services.values())
    for name, claim in data["claims"].items():
        for column, cell in claim["cells"].items():
            cell["key"] = now[services[column]].get(name, cell["key"])
            cell["seal"] = valid.seal(name, claim["sentence"], column, cell)
    evidence.write(entry.evidence_file, data)


def cost(command: list[str], folder: Path, **env: str) -> Cost:
    """Run a program to its end: what it and its children took, and the memory it had at most.

    Raises:
        SystemExit: it failed; with what it said.

    """
    log = folder / "log.txt"
    with log.open("w") as out:
        process = subprocess.Popen(
            command, cwd=folder, env=os.environ | env, stdout=out, stderr=out
        )
        peak = 0.0
        while True:
            peak = max(peak, megabytes(process.pid))
            ended, status, used = os.wait4(process.pid, os.WNOHANG)
            if ended:
                break
            time.sleep(0.02)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(f"{' '.join(command)} ended with {process.returncode}\n{log.read_text()[-2000:]}")
    return Cost(used.ru_utime + used.ru_stime, peak)


def megabytes(pid: int) -> float:
    """The most memory that a running process has had; rusage would count its parent's as well."""
    found = re.search(r"VmHWM:\s+(\d+) kB", Path(f"/proc/{pid}/status").read_text())
    return int(found[1]) / 1024 if found else 0.0
