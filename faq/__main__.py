"""The project's commands: `python -m faq --help`."""

import json
import os
import subprocess
import sys
from pathlib import Path

import click

from faq import columns
from faq.ask import ask_pages
from faq.console import red, say
from faq.entries import entries, entry_named
from faq.errors import FaqError, LabError
from faq.evidence import freshness, history
from faq.evidence.join import join
from faq.evidence.report import report
from faq.lab import compose, docker, embedded
from faq.lab.engines import services_by_column
from faq.lab.names import container
from faq.new import new
from faq.nightly import nightly, update_issue


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """A container FAQ whose every claim is run before it is published."""


@main.command("lab-up")
def lab_up() -> None:
    """Start the lab and leave it running for the next runs."""
    compose.up()
    say("the lab is up: " + ", ".join(services_by_column(compose.engines_in_reach())))


@main.command("lab-down")
def lab_down() -> None:
    """Remove the lab and end the embedded engine; images stay for the next start."""
    compose.down()
    say("the lab is down")


@main.command("lab-shell")
@click.argument("engine")
def lab_shell(engine: str) -> None:
    """Open a shell beside an engine of the running lab: a release line, such as 28.5."""
    if embedded.embedded_pid():
        embedded.use_embedded()
    if not (docker.answers() and compose.all_running()):
        raise LabError("the lab is not up: make lab-up")
    by_column = services_by_column(compose.engines_in_reach())
    service = by_column.get(engine, engine)
    if service not in by_column.values():
        raise LabError(f"no engine {engine!r} in the lab: {', '.join(by_column)}")
    terminal = f"--tty={sys.stdin.isatty()}".lower()
    command = ["docker", "exec", "--interactive", terminal, container(service), "bash"]
    sys.exit(subprocess.run(command).returncode)


@main.command("columns")
def list_columns() -> None:
    """Print the services of the lab that are engines, as JSON, for a workflow's matrix."""
    print(json.dumps(list(columns.services())))


@main.command()
def stale() -> None:
    """List the cells that are missing or stale; exit status 1 when there are any."""
    if lines := freshness.stale_cells():
        print("\n".join(lines))
        sys.exit(1)


@main.command("ask", context_settings={"ignore_unknown_options": True})
@click.argument("words", nargs=-1, required=True)
@click.option(
    "--data",
    default="",
    metavar="CLAIMS.JSON",
    help="Answer from a published claims.json, by its path or address; default: this checkout.",
)
def ask_command(words: tuple[str, ...], data: str) -> None:
    """Answer a question, a symptom or an error message; exit status 1 when no page does.

    For example: python -m faq ask docker stop takes ten seconds
    """
    sys.exit(not ask_pages(" ".join(words), data))


@main.command("new")
@click.argument("name", metavar="TOPIC/NAME")
@click.argument("question")
def new_command(name: str, question: str) -> None:
    """Write a new entry to change: its snippets, its claims and its page."""
    files = new(name, question)
    say("written: " + ", ".join(files))
    say(f"next: make prove ENTRY={name}, then change them; make serve shows the page")


@main.command()
@click.argument("name", metavar="TOPIC/NAME")
@click.argument("claim", default="")
def prove(name: str, claim: str) -> None:
    """Run the claims of one entry that are stale on all engines, and record them."""
    entry = entry_named(name)
    if not entry.claims_file.exists():
        known = ", ".join(map(str, entries()))
        raise LabError(f"no entry {name!r}: there are {known}")
    compose.up()
    narrow = ["-k", claim] if claim else []
    command = [sys.executable, "-m", "pytest", "--record=stale", *narrow, str(entry.claims_file)]
    sys.exit(subprocess.run(command).returncode)


@main.command("host")
def host_command() -> None:
    """Bring up the lab in a virtual machine, ask a few claims there, and print what differs."""
    from faq.run.host import host  # noqa: PLC0415 # pytest's part of the package, loaded by no other

    sys.exit(not host())


@main.command("report")
@click.argument("base")
def report_command(base: str) -> None:
    """Print the truth that changes against a commit, such as main, as Markdown."""
    if not history.is_commit(base):
        raise LabError(f"git knows no commit {base!r}: BASE=main, a tag or a hash")
    print(report(base), end="")


@main.command("join")
@click.argument("parts", nargs=-1, required=True, type=click.Path(path_type=Path))
def join_command(parts: tuple[Path, ...]) -> None:
    """Take over the evidence that other checkouts, or artifacts of them, have recorded."""
    say(f"{join(list(parts))} cells taken over")


@main.command("nightly")
@click.option("--issue", is_flag=True, help="Open, change or close the issue, with gh.")
@click.argument("reports", nargs=-1, required=True, type=click.Path(path_type=Path))
def nightly_command(issue: bool, reports: tuple[Path, ...]) -> None:  # noqa: FBT001 # click's
    """Print what a run found, from its JUnit reports, as the text of one issue."""
    text = nightly(list(reports))
    print(text, end="")
    if issue:
        say(update_issue(text))


def run_command() -> None:
    """Run one command; an error is one line on standard error and exit status 2."""
    try:
        main(prog_name="python -m faq", standalone_mode=False)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except FaqError as error:
        say(f"{red('error:')} {error}")
        sys.exit(2)
    except (click.Abort, KeyboardInterrupt):
        say("interrupted")
        os._exit(130)


if __name__ == "__main__":
    run_command()
