"""Where the lab keeps what it makes on this machine."""

import os
from pathlib import Path

CACHE = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "container-faq"
STATE = CACHE / "state"
"""The embedded engine's socket and data."""
