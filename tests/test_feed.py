"""The feed tells what changed in truth, newest first."""

import pytest

from faq.evidence import history
from faq.evidence.model import Verdict
from faq.site import feed
from tests.planted import Project

pytest_plugins = ["tests.planted_fixtures"]


@pytest.fixture
def changes(project: Project, monkeypatch: pytest.MonkeyPatch):
    """What the feed tells, as the project's history is now."""
    monkeypatch.setattr(history, "ROOT", project.root)
    monkeypatch.setattr(feed, "entries", lambda: [project.entry])
    history.evidence_at.cache_clear()
    return lambda: [(change.title, change.summary) for change in feed.latest_changes()]


def test_feed_tells_what_changed_in_truth(changes, project: Project):
    new = ("New: Is this line to be trusted?", "2 claims")
    assert changes() == []
    assert "<updated>1970-01-01T00:00:00+00:00</updated>" in feed.atom_feed("")
    project.commit()
    project.record("28.5", "one", "2026-11-02", measured={"lines": 1})  # the date alone is no news
    project.commit()
    assert changes() == [new]
    project.record("28.5", "two", state=Verdict.DOES_NOT_HOLD)
    project.commit()
    changed = ("Changed: Is this line to be trusted?", "two on 28.5: holds, now does not hold")
    assert sorted(changes()) == [changed, new]
    xml = feed.atom_feed("https://faq.example/")
    assert '<link href="https://faq.example/faults/line.html"/>' in xml
    assert '<link href="https://faq.example/feed.xml" rel="self"/>' in xml
    assert "<id>tag:container-faq,2026:truth/faults/line/" in xml


def test_damaged_evidence_of_the_past_is_passed_over(changes, project: Project):
    text = project.entry.evidence_file.read_text()
    project.entry.evidence_file.write_text("{")
    project.commit()
    project.entry.evidence_file.write_text(text)
    project.commit()
    assert [title for title, _ in changes()] == ["New: Is this line to be trusted?"]
