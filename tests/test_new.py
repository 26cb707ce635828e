"""`make new` writes a complete entry, which its author has yet to answer and to tag."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from faq import ROOT, new, pages
from faq.entries import Entry
from faq.errors import LabError

QUESTION = "How do names resolve?"


@pytest.fixture
def root(tmp_path, monkeypatch) -> Path:
    shutil.copy(ROOT / "CONTRIBUTING.md", tmp_path)
    monkeypatch.setattr(new, "ROOT", tmp_path)
    return tmp_path


def test_new_entry_waits_for_its_answer_and_tags(root: Path):
    answer = new.example_text().partition(f"# {new.QUESTION}\n\n")[2].partition("\n\n")[0]
    written = new.new("networking/dns", f" {QUESTION} ")
    entry = Entry(root, "networking", "dns")
    assert written == [
        "snippets/networking/dns/run.sh",
        "snippets/networking/dns/clean.sh",
        "tests/networking/test_dns.py",
        "docs/networking/dns.md",
    ]
    for name in written:
        text = (root / name).read_text()
        assert not re.search("exit-code|lifecycle|shell]|PID 1", text)  # of the example
        assert all(line not in text for line in answer.splitlines())
    assert "faq-dns" in (root / "snippets/networking/dns/clean.sh").read_text()
    assert pages.title(entry) == QUESTION
    assert pages.stated_claims(entry) == set(entry.claims)
    assert pages.tags(entry) == []
    message = "docs/networking/dns.md:7: write the answer, in two sentences, and choose two to five"
    assert pages.page_errors(entry) == [f"{message} tags"]


def test_entry_that_is_there_is_kept(root: Path):
    page = root / "docs/networking/dns.md"
    page.parent.mkdir(parents=True)
    page.write_text("# Mine?\n")
    with pytest.raises(LabError, match=r"^docs/networking/dns\.md is there already: take another"):
        new.new("networking/dns", QUESTION)
    assert (page.read_text(), (root / "snippets").exists()) == ("# Mine?\n", False)


@pytest.mark.parametrize(
    ("name", "question", "message"),
    [
        ("../x", "Why?", "'../x' is not a name: write topic/some-words"),
        ("build/A b", "Why?", "is not a name"),
        ("build/a--b", "Why?", "is not a name"),
        ("a/build/x", "Why?", "is not a name"),
        ("lab/x", "Why?", "no topic 'lab': there are build, "),
        ("build/x", "Why", "'Why' is not a question: QUESTION="),
        ("build/x", 'Is it """?', 'a question is one line without """'),
        ("build/x", "Is it\\?", "a question is one line without"),
        ("build/x", "Is\nit?", "a question is one line without"),
        ("build/x", "Is it {{ x }}?", "a question is one line without"),
        ("build/x", "Is it {# x?", "a question is one line without"),
    ],
)
def test_name_or_question_that_will_not_do_is_refused(root: Path, name, question, message):
    with pytest.raises(LabError, match=re.escape(message)):
        new.new(name, question)
    assert [path.name for path in root.iterdir()] == ["CONTRIBUTING.md"]


def test_make_hands_a_question_on_as_it_stands():
    question = "What do `touch x`, $(touch y) and $HOME print"  # no question mark: none is written
    command = ["make", "--silent", "--old-file=.venv/ready"]  # renews nothing that it runs in
    command += ["new", "ENTRY=build/x", f"QUESTION={question}"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert f"{question!r} is not a question" in done.stderr
    assert not {"x", "y"} & {path.name for path in ROOT.iterdir()}
