"""What an engine printed is data: bounded, and free of what a terminal would interpret."""

import json
import re

from faq.errors import LabError
from faq.evidence.model import Measured, Output

TERMINAL_CONTROL = re.compile(r"\x1b\[[0-9;?]*[ -/]*[@-~]|\x1b[@-_]")
STRING = re.compile(r'"[^"\\]*(?:\\.[^"\\]*)*"')
"""A text or a name in a JSON document."""
ESCAPED_CONTROL = re.compile(r"(?<!\\)(?:\\\\)*\\[bfru]")
TEXT_LIMIT = 4000
MEASURED_LIMIT = 64 << 10


def printable(text: str) -> str:
    """A text without the characters that a terminal or a browser would interpret."""
    if text.replace("\n", "").replace("\t", "").isprintable():
        return text  # nearly always, and much quicker than letter by letter
    return "".join(filter(lambda letter: letter.isprintable() or letter in "\n\t", text))


def holds_control_characters(document: str) -> bool:
    """Whether a text in a JSON document holds what `printable` takes away."""
    return bool(ESCAPED_CONTROL.search(document)) or document != printable(document)


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
    text = STRING.sub(lambda string: json.dumps(clean_text(json.loads(string[0]))), text)
    cleaned: Measured = json.loads(text, parse_float=lambda digits: round(float(digits), 2))
    return cleaned
