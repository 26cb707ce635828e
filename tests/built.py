"""The built site, for the tests that look at it."""

import os
import subprocess
import sys
from pathlib import Path

from lab.claims import ROOT


def build(folder: Path, **env: str) -> Path:
    """Build the site strictly into a folder."""
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(folder)]
    built = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, env=os.environ | env)
    assert built.returncode == 0, built.stderr
    return folder
