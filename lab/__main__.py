"""Commands of the lab: `python -m lab --help`."""

import argparse
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from lab import bootstrap, compose, evidence, truth
from lab import nightly as findings
from lab.claims import ROOT, ClaimError, Entry, entries
from lab.join import join as join_parts
from lab.new import create
from lab.podman import engine
from lab.steps import LabError, say

PATHS: dict[str, Any] = {"nargs": "+", "type": Path}
FLAG: dict[str, Any] = {"action": "store_true"}
MAYBE: dict[str, Any] = {"nargs": "?", "default": ""}


def up(_: argparse.Namespace) -> None:
    """Start the lab and leave it running for the next runs."""
    compose.up()
    say("the lab is up: " + ", ".join(engine(name).line for name in compose.ENGINES))


def down(_: argparse.Namespace) -> None:
    """Remove the lab and end the embedded engine; images stay for the next start."""
    compose.down()
    say("the lab is down")


def prepare(_: argparse.Namespace) -> None:
    """Have an engine and the lab's images ready."""
    with compose.alone():
        compose.prepare()


def shell(options: argparse.Namespace) -> None:
    """Open a shell beside an engine of the running lab."""
    if bootstrap.embedded_pid():
        bootstrap.use_embedded()
    if not (bootstrap.answers() and compose.whole()):
        raise LabError("the lab is not up: make lab-up")
    lines = {engine(name).line: name for name in compose.ENGINES}
    service = lines.get(options.engine, options.engine)
    if service not in compose.ENGINES:
        raise LabError(f"no engine {options.engine!r} in the lab: {', '.join(lines)}")
    terminal = ["--tty"] if sys.stdin.isatty() else []
    command = ["docker", "exec", "--interactive", *terminal, compose.container(service), "bash"]
    sys.exit(subprocess.run(command).returncode)


def stale(_: argparse.Namespace) -> None:
    """List what is missing or stale; exit status 1 when there is something."""
    if lines := evidence.to_record():
        print("\n".join(lines))
        sys.exit(1)


def new(options: argparse.Namespace) -> None:
    """Write a new entry, complete and green: its snippets, its claims and its page."""
    files = create(options.name, options.question)
    say("written: " + ", ".join(files))
    say(f"next: make prove ENTRY={options.name}, then change them; make serve shows the page")


def prove(options: argparse.Namespace) -> None:
    """Run the claims of one entry that are stale on all engines, and record them."""
    topic, _, name = options.name.partition("/")
    found = Entry(ROOT, topic, name)
    if not found.claims_file.exists():
        known = ", ".join(map(str, entries()))
        raise LabError(f"no entry {options.name!r}: there are {known}")
    compose.up()
    narrow = ["-k", options.claim] if options.claim else []
    command = [sys.executable, "-m", "pytest", "--record=stale", *narrow, str(found.claims_file)]
    sys.exit(subprocess.run(command).returncode)


def report(options: argparse.Namespace) -> None:
    """Print the truth that changes against a commit, as Markdown."""
    if not truth.is_commit(options.base):
        raise LabError(f"git knows no commit {options.base!r}: BASE=main, a tag or a hash")
    print(truth.report(options.base), end="")


def join(options: argparse.Namespace) -> None:
    """Take over the evidence that other checkouts, or artefacts of them, have recorded."""
    if missing := [part for part in options.parts if not (part / "snippets").is_dir()]:
        raise LabError(f"{missing[0]} has no snippets/ with evidence")
    say(f"{join_parts(options.parts)} cells taken over")


def nightly(options: argparse.Namespace) -> None:
    """Print what a run found, from its JUnit reports, as the text of one issue."""
    text = findings.body(*findings.read(options.reports))
    print(text, end="")
    if options.issue:
        say(findings.tell(text))


def main() -> None:
    """Run one command; errors are one line on standard error and exit status 2."""
    parser = argparse.ArgumentParser(prog="python -m lab", description="The lab of Docker Engines.")
    commands = parser.add_subparsers(required=True, metavar="command")
    for command, *arguments in (
        (up,),
        (down,),
        (prepare,),
        (shell, ("engine", "a release line, such as 28.5")),
        (stale,),
        (new, ("name", "topic/some-words"), ("question", "what the entry answers")),
        (prove, ("name", "topic/some-words", {}), ("claim", "only this claim", MAYBE)),
        (report, ("base", "the commit to compare with, such as main")),
        (join, ("parts", "folders that hold snippets/ with evidence", PATHS)),
        (nightly, ("--issue", "open, change or close it, with gh", FLAG), ("reports", "", PATHS)),
    ):
        added = commands.add_parser(command.__name__, help=command.__doc__)
        added.set_defaults(run=command)
        for name, meaning, *more in arguments:
            kind: dict[str, Any] = more[0] if more else {}
            added.add_argument(name, help=meaning, **kind)
    options = parser.parse_args()
    try:
        options.run(options)
    except (LabError, ClaimError) as error:
        red, plain = ("\033[31m", "\033[0m") if sys.stderr.isatty() else ("", "")
        say(f"{red}error:{plain} {error}")
        sys.exit(2)
    except KeyboardInterrupt:
        say("interrupted")
        os._exit(130)


if __name__ == "__main__":
    main()
