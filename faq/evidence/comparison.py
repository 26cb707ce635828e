"""Whether two results say the same: of a run and the evidence, or of two engines."""

import json
import re

from faq.evidence.model import JSON, Cell, Measured

# In a command only a container's id, and a process's at its end, differ from run to run.
ID = re.compile(r"\b(?=[a-f]*\d)[0-9a-f]{12,64}\b|(?<= )\d{3,}$")


class Fraction(float):
    """A measured fraction, such as a time: as good as another that is up to twice it and one."""

    __hash__ = None  # type: ignore[assignment]  # what is about equal has no common hash

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Fraction) and abs(self - other) <= min(abs(self), abs(other)) + 1


def comparable(value: JSON) -> object:
    """A value to compare by `==`: fractions vary, and 1 is neither 1.0 nor true."""
    return json.loads(json.dumps(value), parse_float=Fraction, parse_int=lambda digits: (digits,))


def is_alike(recorded: JSON, now: JSON) -> bool:
    """Whether two measured values say the same; of two floats, one may be twice the other and 1."""
    return comparable(recorded) == comparable(now)


def measured_differences(recorded: Measured, now: Measured) -> list[str]:
    """What was measured otherwise than recorded; numbers with a fraction may vary, as times do."""
    lines = []
    for key in recorded | now:
        before, after = recorded.get(key, "–"), now.get(key, "–")
        if not is_alike([key in recorded, before], [key in now, after]):
            lines.append(f"{key!r} was {before!r} when recorded and is {after!r} now")
    return lines


def cell_differences(recorded: Cell, now: Cell) -> list[str]:
    """What a cell says otherwise than recorded: verdict, reason, measured values and commands."""
    lines = measured_differences(recorded.measured, now.measured)
    if now.reason != recorded.reason:
        lines.insert(0, f"its reason was {recorded.reason!r} and is {now.reason!r} now")
    if now.state != recorded.state:
        lines.insert(0, f"the verdict was '{recorded.state}' and is '{now.state}' now")
    ran, runs = commands(recorded), commands(now)
    if ran != runs:
        lines.append(f"it ran {ran} when recorded and runs {runs} now")
    return lines


def commands(cell: Cell) -> list[str]:
    """The commands of a cell with their exit codes; a container's or a process's id is any."""
    return [f"{ID.sub('#', output.command)} → {output.exit_code}" for output in cell.output]
