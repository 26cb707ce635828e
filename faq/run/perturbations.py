"""Other answers that an engine could have given: the tape of a claim, changed in one place."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import partial
from typing import NamedTuple

from faq.lab.result import Answer, Result

NUMBER = re.compile(r"\d+(?:\.\d+)?")
VERSION_ALONE = re.compile(r"(cd /work && )?docker (--version|-v|version)\b[^;&\n]*")
"""Which release an engine is, by itself, proves nothing: it is never changed."""
ANOTHER = "another answer\n"
LINES = 20
"""Up to so many lines, each is left out, and exchanged, by itself."""


class Perturbation(NamedTuple):
    """One answer of a tape, changed."""

    place: int
    """Its index on the tape."""
    what: str
    """What was done to it."""
    result: Result


def perturbations(
    tape: list[Answer], read: Mapping[int, set[str]], recorded: Mapping[str, list[str]]
) -> Iterator[Perturbation]:
    """Each answer that a claim reads, changed in each way that changes it; always the same ones.

    Args:
        tape: what the claim asked and was answered.
        read: by the index of an answer, which fields of it the claim reads.
        recorded: by script, what it has printed for other claims of the entry.

    """
    texts = [answer.result.text for index, answer in enumerate(tape) if read.get(index)]
    for index, (command, result) in enumerate(tape):
        fields = read.get(index, set())
        if VERSION_ALONE.fullmatch(command) or not fields:
            continue
        others = [text for text in texts if text != result.text] or [ANOTHER]
        exchanged = {"another answer of the claim": others[0]}
        for number, text in enumerate(recorded.get(script_of(command), [])):
            exchanged[f"answer {number + 1} of another claim"] = text
        for what, other in changed(result, fields, exchanged):
            yield Perturbation(index, what, other)


def script_of(command: str) -> str:
    """The script that a command runs, without its arguments."""
    words = command.removeprefix("cd /work && ").split()
    return next((word for word in words if word.endswith(".sh")), "")


def changed(
    result: Result, fields: set[str], exchanged: Mapping[str, str]
) -> Iterator[tuple[str, Result]]:
    """The ways in which a result can be another one, in the fields that are read."""
    if fields & {"stdout", "stderr", "text"}:
        for what, change in text_changes(result.text, exchanged).items():
            other = replace(result, stdout=change(result.stdout), text=change(result.text))
            if "stderr" in fields:
                other = replace(other, stderr=change(result.stderr))
            if other != result:
                yield what, other
    if "code" in fields:
        yield "exit code turned", replace(result, code=0 if result.code else 1)
    if "seconds" in fields:
        yield "a thousand times as long", replace(result, seconds=1000 * result.seconds + 1000)
        yield "in no time", replace(result, seconds=0.0)


def text_changes(text: str, exchanged: Mapping[str, str]) -> dict[str, Callable[[str], str]]:
    """What can be done to a text, by name."""
    changes: dict[str, Callable[[str], str]] = {
        "numbers raised": partial(NUMBER.sub, raised),
        "numbers a thousand times": partial(NUMBER.sub, a_thousand_times),
        "numbers zero": partial(NUMBER.sub, "0"),
    }
    for what, other in {"empty": "", **exchanged}.items():
        changes[what] = partial(exchange, other)
    count = len(text.splitlines())
    for number in range(count) if count <= LINES else (0, count - 1):
        changes[f"without line {number + 1}"] = partial(with_line, number, "")
        changes[f"another line {number + 1}"] = partial(with_line, number, ANOTHER)
    return changes


def exchange(other: str, _: str) -> str:
    """Another text in the place of one."""
    return other


def with_line(number: int, line: str, text: str) -> str:
    """A text with one line, counted from 0, exchanged; or left out, with an empty one."""
    lines = text.splitlines(keepends=True)
    lines[number : number + 1] = [line]
    return "".join(lines)


def raised(number: re.Match[str]) -> str:
    """A number beyond what a run may differ by: one more, or a fraction twice and one more."""
    text = number[0]
    return str(float(text) * 2 + 1.5) if "." in text else str(int(text) + 1)


def a_thousand_times(number: re.Match[str]) -> str:
    """A number far above every threshold, even where only a difference counts."""
    text = number[0]
    return str(float(text) * 1000 + 1000) if "." in text else str(int(text) * 1000 + 1000)
