"""The feed: what changed in truth, as Atom."""

from collections.abc import Iterator
from contextlib import suppress
from operator import attrgetter
from typing import NamedTuple

from feedgen.feed import FeedGenerator

from faq.entries import Entry, entries
from faq.errors import LabError
from faq.evidence.history import commits_by_file, evidence_at
from faq.evidence.model import NOTHING
from faq.pages import title
from faq.site.news import counts_of, news_between, news_html

ID = "tag:container-faq,2026:truth"
LENGTH = 50
NEVER = "1970-01-01T00:00:00Z"


class Change(NamedTuple):
    """What one commit changed of an entry; sorted, the oldest comes first."""

    date: str
    commit: str
    entry: str
    title: str
    summary: str
    content: str
    """The sentences that changed, as HTML."""


def atom_feed(address: str) -> str:
    """The latest changes, newest first, with links below an address, or relative without one."""
    changes = latest_changes()
    feed = FeedGenerator()
    feed.id(ID)
    feed.title("Container FAQ: what changed")
    feed.author({"name": "Container FAQ"})
    feed.generator("")  # it would bring the library's version into the feed
    feed.updated(max(map(attrgetter("date"), changes), default=NEVER))
    feed.link(rel="self", href=f"{address}feed.xml")
    for change in changes:
        item = feed.add_entry(order="append")
        item.id(f"{ID}/{change.entry}/{change.commit}")
        item.title(change.title)
        item.updated(change.date)
        item.link(href=f"{address}{change.entry}.html")
        item.summary(change.summary)
        item.content(change.content, type="html")
    return str(feed.atom_str(pretty=True), "utf-8")


def latest_changes() -> list[Change]:
    """What changed last of all entries, newest first."""
    commits = commits_by_file("snippets")
    changes: list[Change] = []
    for entry in entries():
        changes += changes_of_entry(entry, commits.get(entry.relative(entry.evidence_file), []))
    return sorted(changes, reverse=True)[:LENGTH]


def changes_of_entry(entry: Entry, commits: list[tuple[str, str]]) -> Iterator[Change]:
    """What changed of an entry, from the first of the commits with their dates to the last."""
    before = NOTHING
    for commit, date in commits:
        now = NOTHING
        with suppress(LabError):  # a feed is not the place to mend the past
            now = evidence_at(commit, entry)
        if not now.claims:
            continue
        kind = "Changed" if before.claims else "New"
        if news := news_between(before, now):
            name = f"{kind}: {title(entry)}"
            yield Change(date, commit, str(entry), name, counts_of(news), news_html(news))
        before = now
