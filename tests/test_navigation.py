"""The navigation comes from the folders: topics first, then what lies across them."""

import pytest
from pathspec import GitIgnoreSpec

from faq import ROOT
from faq.entries import entries
from faq.site import navigation as module
from faq.site.navigation import ACROSS, labeled, navigation

SOURCES = ["tags.md", "build/b.md", "index.md", "wiki/w.md", "engine/c.md", "build/a.md", "own.md"]


@pytest.fixture
def no_labels(monkeypatch):
    monkeypatch.setattr(module, "labeled", lambda source: source)


@pytest.mark.usefixtures("no_labels")
def test_topics_come_before_what_lies_across_them():
    sections = [{"Build": ["build/a.md", "build/b.md"]}, {"Engine": ["engine/c.md"]}]
    across = {ACROSS: ["own.md", "tags.md", "wiki/w.md"]}
    assert navigation(SOURCES, None) == ["index.md", *sections, across]


@pytest.mark.usefixtures("no_labels")
def test_pages_for_maintainers_are_left_out():
    left_out = GitIgnoreSpec.from_lines(["/own.md", "/build"])
    *_, across = navigation(SOURCES, left_out)
    assert across == {ACROSS: ["tags.md", "wiki/w.md"]}
    assert "Build" not in str(navigation(SOURCES, left_out))


def test_page_is_called_by_its_label_if_it_has_one():
    assert labeled("messages.md") == {"Error messages": "messages.md"}
    assert labeled("scale.md") == "scale.md"


def test_every_page_of_the_site_is_in_it_once():
    docs = ROOT / "docs"
    sources = [path.relative_to(docs).as_posix() for path in docs.rglob("*.md")]
    listed = str(navigation(sources, None))
    assert [source for source in sources if listed.count(f"'{source}'") != 1] == []
    assert {f"{entry}.md" for entry in entries()} < set(sources)
