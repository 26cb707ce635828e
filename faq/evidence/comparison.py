"""Whether two results say the same: of a run and the evidence, or of two engines."""

import re

from faq.evidence.model import Cell, Measured

# In a command only a container's id, and a process's at its end, differ from run to run.
ID = re.compile(r"\b(?=[a-f]*\d)[0-9a-f]{12,64}\b|(?<= )\d{3,}$")


def measured_differences(recorded: Measured, now: Measured) -> list[str]:
    """What was measured otherwise than recorded; numbers with a fraction may vary, as times do."""
    lines = []
    for key in recorded | now:
        if key not in recorded or key not in now or not is_alike(recorded[key], now[key]):
            before, after = recorded.get(key, "–"), now.get(key, "–")
            lines.append(f"{key!r} was {before!r} when recorded and is {after!r} now")
    return lines


def is_alike(recorded: object, now: object) -> bool:
    """Whether two measured values say the same: two fractions may differ twofold, and by one."""
    if isinstance(recorded, float) and isinstance(now, float):
        smaller = min(abs(recorded), abs(now))
        return abs(recorded - now) <= smaller + 1
    if isinstance(recorded, list) and isinstance(now, list):
        return len(recorded) == len(now) and all(map(is_alike, recorded, now))
    if isinstance(recorded, dict) and isinstance(now, dict):
        return recorded.keys() == now.keys() and not measured_differences(recorded, now)
    return type(recorded) is type(now) and recorded == now


def commands(cell: Cell) -> list[str]:
    """The commands of a cell with their exit codes; a container's or a process's id is any."""
    return [f"{ID.sub('#', output.command)} → {output.exit_code}" for output in cell.output]
