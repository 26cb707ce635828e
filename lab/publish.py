"""What is written beside the pages when mkdocs builds the site: mkdocs calls the functions here."""

from pathlib import Path
from typing import Any

from lab import evidence, find


def on_config(config: Any) -> None:
    """Give the templates the columns of the lab."""
    config.extra["columns"] = list(evidence.columns())


def on_post_build(config: Any) -> None:
    """Write the search's data."""
    site = Path(config.site_dir)
    (site / "assets" / "find-data.js").write_text(find.script())
