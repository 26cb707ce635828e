"""Entries: the path is the only link between a page, its snippets and its claims."""

import pytest

from faq.entries import SAFE, Entry, entries, entry_named
from faq.errors import ClaimError


@pytest.fixture
def entry(tmp_path) -> Entry:
    """An entry with one snippet."""
    entry = Entry(tmp_path, "build", "heredoc-quotes")
    for path in (entry.claims_file, entry.folder / "deep" / "run.sh", entry.evidence_file):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("")
    return entry


def test_path_is_the_link(entry: Entry):
    assert entries(entry.root) == [entry] == [entry_named("build/heredoc-quotes", entry.root)]
    assert entry.relative(entry.claims_file) == "tests/build/test_heredoc_quotes.py"
    assert entry.relative(entry.page) == "docs/build/heredoc-quotes.md"
    assert entry.snippets == [entry.folder / "deep" / "run.sh"]


def test_rest_of_a_killed_write_is_no_snippet(entry: Entry):
    (entry.folder / "evidence.json.part").write_text("{")
    assert entry.snippets == [entry.folder / "deep" / "run.sh"]


def test_link_is_no_snippet(entry: Entry):
    (entry.folder / "host.sh").symlink_to("/etc/hostname")
    with pytest.raises(ClaimError, match=r"heredoc-quotes/host\.sh: is a link: a snippet is a"):
        _ = entry.snippets


def test_file_that_is_no_text_is_named(entry: Entry):
    entry.claims_file.write_bytes(b'"""a"""\n\xff')
    with pytest.raises(ClaimError, match=r"^tests/build/test_heredoc_quotes\.py:2: not UTF-8"):
        _ = entry.claims


def test_missing_page_is_named(entry: Entry):
    with pytest.raises(ClaimError, match=r"^docs/build/heredoc-quotes\.md: is missing$"):
        _ = entry.page_text


@pytest.mark.parametrize(
    ("line", "is_safe"),
    [(SAFE, True), (f"# {SAFE}", False), (f"{SAFE} is False", False), (f"    {SAFE}", False)],
)
def test_entry_says_itself_that_it_is_safe(entry: Entry, line, is_safe):
    entry.claims_file.write_text(f'"""Why?"""\n\n{line}\n')
    assert entry.is_safe is is_safe
