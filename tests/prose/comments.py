"""The comments of the snippets: they fit on a page beside the table of contents."""

import re
from collections.abc import Iterator

from faq import ROOT

COLUMNS = 80
COMMENT = re.compile(r"(^|\s)# ")


def long_comments() -> Iterator[str]:
    """Where a snippet has a line with a comment that does not fit."""
    for path in sorted((ROOT / "snippets").rglob("*")):
        if path.is_file() and path.name != "evidence.json":
            where = path.relative_to(ROOT).as_posix()
            for number in lines_too_long(path.read_text()):
                yield f"{where}:{number}"


def lines_too_long(snippet: str) -> Iterator[int]:
    """The numbers of the lines with a comment that does not fit."""
    for number, line in enumerate(snippet.splitlines(), 1):
        if len(line) > COLUMNS and COMMENT.search(line):
            yield number


def comment_findings() -> Iterator[str]:
    """What is wrong with the comments."""
    for where in long_comments():
        yield f"{where}: a comment: over {COLUMNS} columns"
