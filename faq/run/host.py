"""Brings up the lab on an ordinary host, a virtual machine, and asks a dozen claims there."""

import shlex
import subprocess
import tarfile
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from itertools import chain
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import NamedTuple
from xml.etree import ElementTree as ET

from faq import ROOT
from faq.console import step
from faq.entries import Entry, entry_named
from faq.errors import LabError
from faq.evidence import store
from faq.evidence.model import State
from faq.lab.names import container
from faq.lab.reach import services_in_reach
from faq.lab.virtual_machine import NOTHING, USERS, VirtualMachine, virtual_machine
from faq.run.host_choice import Candidate, candidates, choose, smallest_safe_entry

CLAIMS = 12
MINUTES = 40
"""That it may take once it starts; making its disks takes up to five before."""
LIMITED = "docker run --rm --memory 64m --cpus 0.5 busybox:stable true"
# An old time: make is not to install again what is there.
UNPACK = (
    "mkdir checkout && cd checkout && tar -x && ln -sfn /srv/venv .venv && "
    "touch -d 2000-01-01 requirements.txt"
)
REPORT = "report.xml"
PYTEST = f".venv/bin/python -m pytest -n2 -v --tb=line --junitxml={REPORT}"
OUTCOMES = ("failure", "error", "skipped")
"""What JUnit's format calls the parts of a case that say what it came to."""


class Answer(NamedTuple):
    """What the host said of a claim, or of a command, beside what is published."""

    what: str
    column: str
    published: str
    here: str
    said: str = ""

    @property
    def differs(self) -> bool:
        """Whether it is not what is published."""
        return self.here != self.published

    @property
    def is_wrong(self) -> bool:
        """Whether it differs otherwise than by not applying there."""
        return self.differs and self.here != State.NOT_APPLICABLE


def host() -> bool:
    """Ask the chosen claims on an ordinary host, as each of its users, and print what differs.

    While one user asks the lab, the other asks the host's own engine. Under emulation, the first
    one asks only one claim of that engine, and the other one of the lab.

    Returns:
        Whether all came out as published, or does not apply there.

    Raises:
        LabError: the host does not start, or is not through in time.

    """
    cells = choose(candidates(), CLAIMS)
    own = smallest_safe_entry()
    answers: dict[str, list[Answer]] = {user: [] for user in USERS}
    try:
        with virtual_machine(MINUTES * 60) as machine, ThreadPoolExecutor() as pool:
            user, root = (Visit(machine, name, answers[name]) for name in USERS)
            few = 1 if machine.is_emulated else None
            user.bring_lab()
            root.unpack()
            beside = pool.submit(root.ask_own_engine, own, list(own.claims))
            user.ask_lab(cells)
            beside.result()
            user.ask_own_engine(own, list(own.claims)[:few])
            root.bring_lab()
            root.ask_lab(cells[:few])
    finally:
        if any(answers.values()):
            print(table(answers))
    return not any(answer.is_wrong for answer in chain(*answers.values()))


def pack_checkout(archive: Path) -> None:
    """Pack the files of this checkout, with what is not committed yet.

    Raises:
        LabError: git does not list them.

    """
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    if listed.returncode:
        raise LabError(f"git does not list the checkout: {listed.stderr.strip()}")
    with tarfile.open(archive, "w") as packed:
        for name in filter(None, listed.stdout.split("\0")):
            if (ROOT / name).exists():  # git lists what was just deleted, too
                packed.add(ROOT / name, name)


class Visit(NamedTuple):
    """What a user does on the host."""

    machine: VirtualMachine
    user: str
    answers: list[Answer]
    """What came of it so far."""

    def unpack(self) -> None:
        """Copy this checkout there.

        Raises:
            LabError: it cannot be copied.

        """
        with NamedTemporaryFile() as archive:
            pack_checkout(Path(archive.name))
            unpacked = self.run(UNPACK, Path(archive.name))
        if unpacked.differs:
            raise LabError(f"the checkout cannot be unpacked on the host: {unpacked.said}")

    def bring_lab(self) -> None:
        """Start the lab of this checkout there.

        Raises:
            LabError: the checkout cannot be copied.

        """
        self.unpack()
        slow = "LAB_SLOW=1 " if self.machine.is_emulated else ""
        self.answers.append(self.run(f"cd checkout && {slow}make lab-up"))

    def ask_lab(self, cells: list[Candidate]) -> None:
        """Ask claims of the lab, and start a container with limits in each of its engines."""
        nodes = shlex.join(cell.node for cell in cells)
        self.ask(f"{PYTEST} {nodes}", [f"{cell.entry} {cell.claim}" for cell in cells])
        for name, service in services_in_reach().items():
            if service.column:
                self.answers.append(self.run(f"docker exec {container(name)} {LIMITED}"))

    def ask_own_engine(self, entry: Entry, claims: list[str]) -> None:
        """Ask the host's own engine claims of one entry."""
        path = entry.relative(entry.claims_file)
        nodes = " ".join(f"{path}::test_{claim}" for claim in claims)
        command = f'make check-my-engine ARGS="--junitxml={REPORT} {nodes}"'
        self.ask(command, [f"{entry} {claim}" for claim in claims])

    def ask(self, command: str, names: list[str]) -> None:
        """Ask claims by a command that writes a report."""
        ran = self.run(f"cd checkout && rm -f {REPORT} && {command}")
        answers = read_report(self.machine.read(self.user, f"checkout/{REPORT}"))
        self.answers.extend(answers)
        for name in sorted(set(names) - {answer.what for answer in answers}):
            self.answers.append(Answer(name, "", "asked", State.NOT_RUN, ran.said))

    def run(self, command: str, stdin: Path = NOTHING) -> Answer:
        """Run a command there that is to end well."""
        title = command.rpartition("&& ")[2]
        with step(f"{self.user}: {title[:80]}"):
            code, printed = self.machine.run(self.user, command, stdin)
        ended = f"exit code {code}"
        return Answer(title, "", "exit code 0", ended, printed.strip().rpartition("\n")[2])


def read_report(report: str) -> list[Answer]:
    """What the claims came to, by a report in JUnit's format; none where it is cut short."""
    with suppress(ET.ParseError):
        cases = ET.fromstring(report).iter("testcase")  # noqa: S314 # our own run wrote it
        return list(map(answer_of, cases))
    return []


def answer_of(case: ET.Element) -> Answer:
    """What a claim came to, by its case in the report."""
    told = {part.get("name"): part.get("value", "") for part in case.iter("property")}
    module = case.get("classname", "").removeprefix("tests.")
    entry = entry_named(module.replace(".test_", "/").replace("_", "-"))
    claim = case.get("name", "").partition("[")[0].removeprefix("test_")
    column = told.get("column", "")
    cell = store.read(entry).cell(claim, column)
    published = cell.state if cell else State.NOT_RUN
    said = " ".join(part.get("message", "") for part in case if part.tag in OUTCOMES)
    here = told.get("state", State.ERROR)
    return Answer(f"{entry} {claim}", column, published, here, " ".join(said.split()))


def table(answers: dict[str, list[Answer]]) -> str:
    """What came out otherwise than published, as Markdown, and how much did not."""
    rows = ["| user | what | column | published | here | said |", "|" + " --- |" * 6]
    for user, given in answers.items():
        for answer in filter(lambda answer: answer.differs, given):
            cells = [text.replace("|", "/") for text in (user, *answer)]
            rows.append(f"| {' | '.join(cells)} |")
    count, unlike = sum(map(len, answers.values())), len(rows) - 2
    verdict = f"on an ordinary host, {count - unlike} of {count} answers are as published"
    return "\n".join([*rows, "", verdict] if unlike else [verdict])
