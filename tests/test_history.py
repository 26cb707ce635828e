"""The evidence as it was at earlier commits, and the feed, which tells what changed since."""

import pytest

from faq.errors import LabError
from faq.evidence import history
from faq.evidence.model import NOTHING, Verdict
from faq.site import feed
from tests.planted import Project

pytest_plugins = ["tests.planted_fixtures"]


@pytest.fixture
def committed(project: Project, monkeypatch) -> Project:
    monkeypatch.setattr(history, "ROOT", project.root)
    history.evidence_at.cache_clear()
    project.commit()
    return project


def test_evidence_of_a_commit_is_what_it_was(committed: Project):
    before = committed.evidence()
    committed.record("28.5", "one", measured={"lines": 2})
    assert history.evidence_at("HEAD", committed.entry) == before != committed.evidence()
    assert history.evidence_at("mian", committed.entry) == NOTHING
    assert history.entries_at("HEAD") == [committed.entry]
    assert history.entries_at("mian") == []
    assert (history.is_commit("HEAD"), history.is_commit("mian")) == (True, False)


def test_earlier_form_is_read(committed: Project):
    committed.edit_evidence('"base": "a1",', '"digest": "b2",')
    committed.edit_evidence('"key": ', '"digest": ')
    committed.commit()
    now = history.evidence_at("HEAD", committed.entry)
    assert (now.cell("one", "28.5").base, now.cell("one", "28.5").measured) == ("", {"lines": 1})


@pytest.mark.parametrize("text", ["{", "[]", "{}", '{"claims": {"a": 1}}', '{"claims": []}'])
def test_damaged_evidence_is_named(committed: Project, text):
    committed.entry.evidence_file.write_text(text)
    committed.commit()
    history.evidence_at.cache_clear()
    with pytest.raises(LabError, match=r"^HEAD:snippets/faults/line/evidence\.json: no evidence"):
        history.evidence_at("HEAD", committed.entry)


def test_commits_of_a_file_come_oldest_first(committed: Project):
    committed.record("28.5", "one", measured={"lines": 2})
    committed.commit()
    commits = history.commits_by_file("snippets")
    evidence = commits["snippets/faults/line/evidence.json"]
    assert [commit for commit, _ in evidence] == history.git("log", "--format=%h").split()[::-1]
    assert len(commits["snippets/faults/line/print.sh"]) == 1
    assert evidence[0][1].startswith("20")


def test_no_repository_has_no_history(project: Project, monkeypatch):
    monkeypatch.setattr(history, "ROOT", project.root)
    assert (history.git("log"), history.commits_by_file("snippets")) == ("", {})


def told(project: Project) -> list[tuple[str, str]]:
    """What the feed tells, as the project's history is now."""
    project.commit()
    return [(change.title, change.summary) for change in feed.latest_changes()]


def test_feed_tells_what_changed_in_truth(project: Project, monkeypatch):
    new = ("New: Is this line to be trusted?", "2 claims new")
    changed = ("Changed: Is this line to be trusted?", "1 claim with another verdict")
    monkeypatch.setattr(history, "ROOT", project.root)
    monkeypatch.setattr(feed, "entries", lambda: [project.entry])
    assert "<updated>1970-01-01T00:00:00+00:00</updated>" in feed.atom_feed("")
    assert told(project) == [new]
    project.record("28.5", "one", "2026-11-02", measured={"lines": 1})  # the date alone is no news
    assert told(project) == [new]
    text = project.entry.evidence_file.read_text()
    project.entry.evidence_file.write_text("{")  # what was damaged once is passed over
    project.commit()
    project.entry.evidence_file.write_text(text)
    assert told(project) == [new]
    project.record("28.5", "two", state=Verdict.DOES_NOT_HOLD)
    assert sorted(told(project)) == [changed, new]
    xml = feed.atom_feed("https://faq.example/")
    assert '<link href="https://faq.example/faults/line.html"/>' in xml
    assert '<link href="https://faq.example/feed.xml" rel="self"/>' in xml
    assert "<id>tag:container-faq,2026:truth/faults/line/" in xml
