"""What a command in an engine did."""

import json
from dataclasses import dataclass
from typing import Any, NamedTuple

from faq.evidence.model import Output


@dataclass(frozen=True)
class Result:
    """What a command in the engine did."""

    code: int
    stdout: str
    stderr: str
    text: str
    """Both streams in the order they came, as on a terminal."""
    seconds: float

    @property
    def out(self) -> str:
        """Standard output without surrounding white space."""
        return self.stdout.strip()

    def as_output(self, command: str) -> Output:
        """What is recorded of it."""
        return Output(command, self.code, self.text)

    def json(self) -> Any:  # noqa: ANN401 # a claim reads what has any form
        """Standard output, parsed."""
        return json.loads(self.stdout)


class Answer(NamedTuple):
    """A command and what came back."""

    command: str
    result: Result
