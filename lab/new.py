"""A new entry, complete and green: the example of CONTRIBUTING.md under another name."""

import re

from lab.claims import ROOT, TOPICS, Entry
from lab.steps import LabError

EXAMPLE = "lifecycle/exit-code"
QUESTION = "Which exit code does `docker run` have?"
BLOCK = re.compile(r"^(`{3,4}) (\w+)\n(.*?)^\1$", re.MULTILINE | re.DOTALL)


def create(path: str, question: str) -> list[str]:
    """Write the files of an entry; their paths.

    Raises:
        LabError: the name or the question is none, or there is such an entry.

    """
    if not re.fullmatch(r"[a-z]+/[a-z0-9]+(-[a-z0-9]+)*", path):
        raise LabError(f"{path!r} is no entry's name: write topic/some-words, in small letters")
    if not question.strip().endswith("?"):
        raise LabError(f"{question!r} is no question: QUESTION='How …?'")
    if re.search(r'"""|[\\\n]|\{[{%#]', question):
        raise LabError('a question is one line without """, backslashes and {{')
    topic = path.partition("/")[0]
    if topic not in TOPICS:
        raise LabError(f"no topic {topic!r}: there are {', '.join(sorted(TOPICS))}")
    entry = Entry(ROOT, *path.split("/"))
    old = Entry(ROOT, *EXAMPLE.split("/"))
    run, clean, claims, page = (block[3] for block in BLOCK.finditer(example()))
    files = {
        entry.folder / "run.sh": run,
        entry.folder / "clean.sh": clean,
        entry.claims_file: claims.lstrip("\n"),
        entry.page: page,
    }
    if taken := [file for file in files if file.exists()]:
        raise LabError(f"{taken[0].relative_to(ROOT)} is there already: take another name")
    for file, text in files.items():
        file.parent.mkdir(parents=True, exist_ok=True)
        named = text.replace(str(old), str(entry)).replace(f"faq-{old.name}", f"faq-{entry.name}")
        file.write_text(named.replace(QUESTION, question.strip()))
    return [file.relative_to(ROOT).as_posix() for file in files]


def example() -> str:
    """The part of CONTRIBUTING.md that shows a complete entry."""
    return (ROOT / "CONTRIBUTING.md").read_text().partition("**4.")[0]
