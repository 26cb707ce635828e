"""The lab that a run has started is taken down at its end, not by its workers."""

import os
import tempfile
from contextlib import suppress
from pathlib import Path

import pytest

from faq.errors import LabError
from faq.lab import compose
from faq.lab.reach import LEFT_OUT
from faq.run.daily import DAY

FOLDER = "LAB_RUN"
"""The variable that names the run's folder to its workers."""


def open_run(config: pytest.Config) -> None:
    """Make the folder that the workers of this run share."""
    if FOLDER not in os.environ:
        folder = tempfile.TemporaryDirectory(prefix="container-faq-")
        config.add_cleanup(folder.cleanup)
        config.add_cleanup(forget_run)
        os.environ[FOLDER] = folder.name


def forget_run() -> None:
    """Let a later run in this process be another one."""
    del os.environ[FOLDER]
    for decided in (DAY, LEFT_OUT):
        os.environ.pop(decided, None)


def start_lab() -> None:
    """Start the lab unless it is warm; what this run has started, its end takes down.

    Raises:
        LabError: with one line that says what is missing.

    """
    compose.prepare()
    if not compose.all_running():
        (Path(os.environ[FOLDER]) / "started").touch()
        compose.start_services()
    compose.ready()


def take_down_lab() -> None:
    """Take the lab down, if this run started it and no other run uses it by now."""
    if (Path(os.environ[FOLDER]) / "started").exists():
        with suppress(LabError):
            compose.down()
