"""What an engine printed is data: bounded, and free of what a terminal would interpret."""

import json
import re
from collections.abc import Iterator

from faq.errors import LabError
from faq.evidence.model import Measured, Output

TERMINAL_CONTROL = re.compile(r"\x1b\[[0-9;?]*[ -/]*[@-~]|\x1b[@-_]")
TEXT_LIMIT = 4000
MEASURED_LIMIT = 64 << 10


def printable(text: str) -> str:
    """A text without the characters that a terminal or a browser would interpret."""
    if text.replace("\n", "").replace("\t", "").isprintable():
        return text  # nearly always, and much quicker than letter by letter
    return "".join(filter(lambda letter: letter.isprintable() or letter in "\n\t", text))


def clean_text(text: str) -> str:
    """What a program printed, cut in its middle to `TEXT_LIMIT` characters."""
    text = printable(TERMINAL_CONTROL.sub("", text).replace("\r\n", "\n"))
    surplus = len(text) - TEXT_LIMIT
    if surplus <= 0:
        return text
    half = TEXT_LIMIT // 2
    return f"{text[:half]}\n… {surplus} characters cut …\n{text[-half:]}"


def clean_output(output: Output) -> Output:
    """A command and what it printed, as evidence keeps them."""
    return Output(printable(output.command), output.exit_code, clean_text(output.text))


def clean_measured(measured: Measured) -> Measured:
    """What a claim measured, as evidence keeps it.

    Raises:
        LabError: it is not JSON, or more than a page can show.

    """
    try:
        text = json.dumps(measured, allow_nan=False, default=sorted)  # a set as a sorted list
    except (TypeError, ValueError) as error:
        raise LabError(f"`measured` cannot be kept: {error}") from None
    if len(text) > MEASURED_LIMIT:
        raise LabError(f"`measured` takes {len(text) >> 10} kB, more than {MEASURED_LIMIT >> 10}")
    cleaned: Measured = json.loads(
        text,
        parse_float=lambda digits: round(float(digits), 2),
        object_pairs_hook=clean_pairs,
    )
    return cleaned


def clean_pairs(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """The members of a JSON object with clean names and texts."""
    return {printable(name): clean_value(value) for name, value in pairs}


def clean_value(value: object) -> object:
    """A text, or the texts in a list, cleaned; anything else as it is."""
    if isinstance(value, list):
        return list(map(clean_value, value))
    return clean_text(value) if isinstance(value, str) else value


def strings(value: object) -> Iterator[str]:
    """All texts in a value of JSON, the names in its objects included."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for name, part in value.items():
            yield name
            yield from strings(part)
    elif isinstance(value, list):
        for part in value:
            yield from strings(part)
