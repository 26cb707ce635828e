"""What a run of the tests makes once, however many of its workers look at it, and the site."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from faq import ROOT
from faq.evidence.store import locked
from faq.run.lab_of_run import FOLDER


def once(name: str, make: Callable[[Path], object]) -> Path:
    """The folder of this run that `make` has filled, for the worker that came first."""
    folder = Path(os.environ[FOLDER]) / name
    folder.mkdir(exist_ok=True)
    made, part = folder / "made", folder / "part"
    with locked(folder):
        if not made.exists():
            shutil.rmtree(part, ignore_errors=True)
            make(part)
            part.rename(made)
    return made


def build(folder: Path, **env: str) -> Path:
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(folder)]
    built = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, env=os.environ | env)
    assert built.returncode == 0, built.stderr
    return folder
