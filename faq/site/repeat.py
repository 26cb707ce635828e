"""How a reader repeats a claim: the files, the commands, and what these need and warn of."""

import re
from pathlib import Path
from typing import NamedTuple

from faq.entries import Entry
from faq.site.page import ShownCell

END_OF_FILE = "END-OF-FILE"
CALLED = re.compile(r"\bsh ([\w./-]+\.sh)\b")
NOTE = re.compile(r"^# (Needs|Warning): +(.+)$", re.MULTILINE)
CLEAN = "clean.sh"


class Notes(NamedTuple):
    """What scripts say of themselves in comments, each line once."""

    needs: list[str]
    warnings: list[str]


def commands_to_paste(cell: ShownCell, clean: str = "") -> str:
    """The lines that repeat what a cell ran, and clean up; none where it ran nothing."""
    lines = [output.command for output in cell.output]
    return "\n".join(filter(None, [*lines, clean])) if lines else ""


def clean_command(entry: Entry) -> str:
    """The line that removes what the commands of an entry leave; empty where it has none."""
    return f"sh {CLEAN}" if (entry.folder / CLEAN).exists() else ""


def notes_of(folder: Path, commands: str) -> Notes:
    """What the scripts that commands call need and warn of.

    Args:
        folder: where the scripts are.
        commands: lines such as `sh build.sh first`.

    """
    notes = NOTE.findall("\n".join(called_scripts(folder, commands).values()))
    by_kind: dict[str, list[str]] = {"Needs": [], "Warning": []}
    for kind, note in dict.fromkeys(notes):
        by_kind[kind].append(note)
    return Notes(*by_kind.values())


def called_scripts(folder: Path, commands: str) -> dict[str, str]:
    """The text of each script that commands call, and of those that these call, by name."""
    scripts: dict[str, str] = {}
    pending = [commands]
    for text in pending:
        for name in CALLED.findall(text):
            if name not in scripts and (folder / name).is_file():
                scripts[name] = (folder / name).read_text()
                pending.append(scripts[name])
    return scripts


def paste(entry: Entry) -> str:
    """The lines that put all snippets of an entry into a new folder."""
    folder = f"faq-{entry.name}"
    lines = [f"mkdir {folder} && cd {folder}"]
    for path in entry.snippets:
        inside = path.relative_to(entry.folder)
        if inside.parent.name:
            lines.append(f"mkdir -p {inside.parent.as_posix()}")
        lines.append(f"cat >{inside.as_posix()} <<'{END_OF_FILE}'")
        lines.append(path.read_text().removesuffix("\n"))
        lines.append(END_OF_FILE)
    return "\n".join(lines)
