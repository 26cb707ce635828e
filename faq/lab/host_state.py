"""What a claim has changed on an engine's host: read, told, and put right."""

import hashlib
import re
import shlex
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

PROGRAM = Path(__file__).with_suffix(".pl").read_text()
KEPT = f"/run/lab/{hashlib.sha256(PROGRAM.encode()).hexdigest()[:12]}"
"""The folder on the host where its state, its rules and its /etc are kept; checkouts with another
program may share the lab."""


class Change(NamedTuple):
    """One thing on the host that was added, or removed; one that differs now is both."""

    is_added: bool
    kind: str
    name: str
    known: str
    """What is known of it, such as the mode and size of a file."""

    def __str__(self) -> str:
        verb = "" if self.is_added else "removed "
        known = self.known if self.kind in ("process", "kernel setting") else ""
        return f"{verb}{self.kind} {self.name} {known}".strip()


def command(mode: str) -> str:
    """The shell command that keeps the host's state, or compares it with what is kept."""
    return f"perl - {mode} {KEPT} <<'END_OF_PERL'\n{PROGRAM}\nEND_OF_PERL\n"


def read_changes(printed: str) -> list[Change]:
    """What the program has printed."""
    changes = []
    for line in printed.splitlines():
        sign, kind, name, known = line.split("\t")
        changes.append(Change(sign == "+", kind, name, known))
    return changes


def told(changes: list[Change]) -> list[str]:
    """The changes in words; one line for what is there before and after and differs."""
    added = {(change.kind, change.name) for change in changes if change.is_added}
    return [
        str(change)
        for change in changes
        if change.is_added or (change.kind, change.name) not in added
    ]


def put_file_right(change: Change) -> str:
    """Files of /etc as they were; elsewhere, what was added is removed."""
    path = shlex.quote(change.name)
    if change.name.startswith("/etc/"):
        return f"rm -rf {path}; cp -a {KEPT}{path} {path}"
    return f"rm -rf {path}" if change.is_added else ""


def put_rule_right(change: Change) -> str:
    """What was added to a table; a restored one has its other rules again."""
    firewall = change.kind.removesuffix(" rule")
    table, rule = change.name.split(" ", 1)
    if not change.is_added:
        return ""
    if policy := re.fullmatch(r":(\S+) [A-Z]+", rule):
        return f"{firewall} -t {table} -P {policy[1]} ACCEPT"
    return f"{firewall} -t {table} -F; {firewall} -t {table} -X"


def put_network_right(change: Change) -> str:
    """An address, or a route."""
    verb = "del" if change.is_added else "add"
    if address := re.match(r"(\S+) +inet6? (\S+)", change.name):
        return f"ip address {verb} {address[2]} dev {address[1]}"
    return f"ip route {verb} {change.name}"


PUT_RIGHT: dict[str, Callable[[Change], str]] = {
    "process": lambda change: f"kill -9 {change.name}" if change.is_added else "",
    "file": put_file_right,
    "kernel setting": lambda change: (
        "" if change.is_added else f"echo {shlex.quote(change.known)} >{change.name}"
    ),
    "network namespace": lambda change: f"ip netns del {change.name}" if change.is_added else "",
    "mount": lambda change: f"umount {shlex.quote(change.name)}" if change.is_added else "",
    "iptables rule": put_rule_right,
    "ip6tables rule": put_rule_right,
    "address or route": put_network_right,
}
"""How each kind of thing becomes as it was; of the others nothing can be said."""


def put_right(changes: list[Change]) -> str:
    """The shell commands that put the host right, one a line."""
    before = {(change.kind, change.name) for change in changes if not change.is_added}
    commands = []
    for change in changes:
        is_new = change.is_added and (change.kind, change.name) not in before
        if change.kind in PUT_RIGHT and (is_new or not change.is_added):
            commands.append(PUT_RIGHT[change.kind](change))
    kinds = {change.kind for change in changes}
    changed = [name for name in ("iptables", "ip6tables") if f"{name} rule" in kinds]
    commands += [f"{name}-restore <{KEPT}/{name}" for name in changed]
    return "\n".join(dict.fromkeys(filter(None, commands)))
