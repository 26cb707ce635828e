"""When each page was changed last, by git: its text, its snippets, its claims or its evidence."""

import datetime as dt
from collections.abc import Iterable
from pathlib import PurePath

from faq.evidence.history import commits_by_file

FOLDERS = ("docs", "snippets", "tests")


def last_changes(sources: Iterable[str]) -> dict[str, dt.date]:
    """The day of each page's last change, by its source; none where git knows none."""
    days: dict[str, dt.date] = {}
    for folder in FOLDERS:
        for path, commits in commits_by_file(folder).items():
            _, date = commits[-1]
            page, day = page_of(PurePath(path)), dt.date.fromisoformat(date[:10])
            days[page] = max(days.get(page, day), day)
    return {source: days[source] for source in sources if source in days}


def page_of(path: PurePath) -> str:
    """The page that a file in one of the folders belongs to, if there is such a page."""
    folder, *inside = path.parts
    if folder == "docs":
        return "/".join(inside)
    topic, name, *_ = *inside, ""
    if folder == "tests":
        name = path.stem.removeprefix("test_").replace("_", "-")
    return f"{topic}/{name}.md"
