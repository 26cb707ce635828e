"""A new entry to change: the example of CONTRIBUTING.md under another name."""

import re
from pathlib import Path

from faq import ROOT
from faq.entries import TOPICS, Entry, entry_named
from faq.errors import LabError, applying
from faq.pages import TO_WRITE

EXAMPLE = "lifecycle/exit-code"
QUESTION = "Which exit code does `docker run` have?"
ANSWER = re.compile(r"(?<=\?\n\n).+?(?=\n\n)", re.DOTALL)
TAGS = re.compile(r"^tags: .*$", re.MULTILINE)
UNFIT = re.compile(r'"""|[\\\n]|\{[{%#]')
BLOCK = re.compile(r"^(`{3,4}) (\w+)\n(.*?)^\1$", re.MULTILINE | re.DOTALL)


def new(name: str, question: str) -> list[str]:
    """Write the files of an entry; their paths.

    Raises:
        LabError: the name or the question will not do, or there is such an entry.

    """
    check(name, question)
    entry, example = entry_named(name, ROOT), entry_named(EXAMPLE, ROOT)
    files = example_files(entry)
    for file in files:
        if file.exists():
            raise LabError(f"{entry.relative(file)} is there already: take another name")
    for file, text in files.items():
        file.parent.mkdir(parents=True, exist_ok=True)
        named = text.replace(str(example), name).replace(f"faq-{example.name}", f"faq-{entry.name}")
        file.write_text(named.replace(QUESTION, question.strip()))
    return list(map(entry.relative, files))


def check(name: str, question: str) -> None:
    """Refuse a name or a question that will not do.

    Raises:
        LabError: with what would do.

    """
    topic, topics = name.partition("/")[0], ", ".join(sorted(TOPICS))
    is_name = re.fullmatch(r"[a-z]+/[a-z0-9]+(-[a-z0-9]+)*", name)
    problems = {
        f"{name!r} is not a name: write topic/some-words, in small letters": not is_name,
        f"{question!r} is not a question: QUESTION='How …?'": not question.strip().endswith("?"),
        'a question is one line without """, backslashes and {{': UNFIT.search(question),
        f"no topic {topic!r}: there are {topics}": topic not in TOPICS,
    }
    for problem in applying(problems):
        raise LabError(problem)


def example_files(entry: Entry) -> dict[Path, str]:
    """The files of an entry with the example's text; its author has to answer and to tag."""
    run, clean, claims, page = (block[3] for block in BLOCK.finditer(example_text()))
    page = ANSWER.sub(f"{TO_WRITE}: in two sentences, and above it the page's tags.", page, 1)
    return {
        entry.folder / "run.sh": run,
        entry.folder / "clean.sh": clean,
        entry.claims_file: claims.lstrip("\n"),
        entry.page: TAGS.sub("tags: []", page),
    }


def example_text() -> str:
    """The part of CONTRIBUTING.md that shows a complete entry."""
    return (ROOT / "CONTRIBUTING.md").read_text().partition("**4.")[0]
