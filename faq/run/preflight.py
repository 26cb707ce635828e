"""What is refused before a run begins, in one line and before an hour of work is lost."""

import os
from contextlib import suppress

import pytest

from faq import ROOT
from faq.entries import entries
from faq.errors import ClaimError
from faq.evidence import store


def check_files() -> None:
    """Refuse claims and evidence that break a rule.

    Raises:
        pytest.UsageError: with file, line and rule.

    """
    try:
        for entry in entries():
            store.read(entry)
            _ = entry.claims
    except ClaimError as error:
        raise pytest.UsageError(str(error)) from None


def check_writable() -> None:
    """Refuse to record where nothing can be written.

    Raises:
        pytest.UsageError: with the folder.

    """
    for entry in entries():
        if not os.access(entry.folder, os.W_OK):
            where = entry.relative(entry.folder)
            raise pytest.UsageError(
                f"{where} is missing or read-only: --record writes evidence there"
            )


def forget_old_bytecode() -> None:
    """Have pytest rewrite the asserts again where its settings are newer than what it kept."""
    since = (ROOT / "pyproject.toml").stat().st_mtime
    for path in (ROOT / "tests").rglob("*-pytest-*.pyc"):
        with suppress(OSError):  # another run may have been quicker, or nothing may be written
            if path.stat().st_mtime < since:
                path.unlink()
