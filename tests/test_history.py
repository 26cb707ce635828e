"""The evidence as it was at earlier commits."""

import subprocess

import pytest

from faq.errors import LabError
from faq.evidence import history
from faq.evidence.model import NOTHING
from tests.planted import Project

pytest_plugins = ["tests.planted_fixtures"]


@pytest.fixture
def committed(project: Project, monkeypatch: pytest.MonkeyPatch) -> Project:
    """A project whose evidence is committed."""
    monkeypatch.setattr(history, "ROOT", project.root)
    history.evidence_at.cache_clear()
    project.commit()
    return project


def test_evidence_of_a_commit_is_what_it_was(committed: Project):
    before = committed.evidence()
    committed.record("28.5", "one", measured={"lines": 2})
    assert history.evidence_at("HEAD", committed.entry) == before != committed.evidence()
    assert history.entries_at("HEAD") == [committed.entry]
    assert (history.is_commit("HEAD"), history.is_commit("mian")) == (True, False)


def test_evidence_that_was_not_there_is_empty(committed: Project):
    assert history.evidence_at("mian", committed.entry) == NOTHING
    assert history.entries_at("mian") == []


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
    log = subprocess.run(
        ["git", "-C", committed.root, "log", "--format=%h"], capture_output=True, text=True
    ).stdout
    commits = history.commits_by_file("snippets")
    evidence = commits["snippets/faults/line/evidence.json"]
    assert [commit for commit, _ in evidence] == log.split()[::-1]
    assert len(commits["snippets/faults/line/print.sh"]) == 1
    assert evidence[0][1].startswith("20")


def test_no_repository_has_no_history(project: Project, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(history, "ROOT", project.root)
    assert (history.git("log"), history.commits_by_file("snippets")) == ("", {})
