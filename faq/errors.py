"""Errors that end a command with one line, which says what to do."""

from collections.abc import Mapping
from itertools import compress


class FaqError(Exception):
    """Ends a command; its text is one line for the user."""


class LabError(FaqError):
    """Something that the lab needs is missing or broke."""


class ClaimError(FaqError):
    """A file of the repository breaks a rule; the message begins with its path and line."""


def applying(messages: Mapping[str, object]) -> list[str]:
    """Those of some messages whose condition is true, in their order."""
    return list(compress(messages, messages.values()))
