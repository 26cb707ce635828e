"""The sentences of the project: what readers see of its pages, its papers and its claims."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from faq import ROOT
from faq.entries import entries
from faq.pages import BLOCK, CODE

PAPERS = ["README.md", "CONTRIBUTING.md", "SECURITY.md"]
FRONT_MATTER = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)
TYPED_BY_READERS = re.compile(r"^!!! question .*\n(?:\n| {4}.*\n)+", re.MULTILINE)
MACRO = re.compile(r"\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)
ADDRESS = re.compile(r"\]\([^)]*\)|<[^>\n]+>")
QUOTED = re.compile(r"“[^”]*”|\"[^\"\n]*\"|^> .*", re.MULTILINE)
MARKS = re.compile(r"^[\s#>|-]*(?:!!! \w+ )?(?:\*\*[^*]+\*\*:? ?)?|[*\[\]]")
"""What makes a list, a heading, a link or a label."""
END = re.compile(r"(?<=[.?!])[)”\"]* +(?=[A-Z`“(])")
ABBREVIATION = re.compile(r"\b(Eg|vs|e\.g|i\.e|etc)\. ")


@dataclass(frozen=True)
class Sentence:
    """A sentence of prose, with `_` for what is code, a macro or a quotation."""

    text: str
    where: str
    """File and line."""
    is_claim: bool = False
    is_second: bool = False
    """Whether another one is before it on the line of the source."""


def sentences() -> Iterator[Sentence]:
    """All sentences that the rules are for."""
    for path in sorted([*(ROOT / "docs").rglob("*.md"), *map(ROOT.joinpath, PAPERS)]):
        yield from sentences_of(path.read_text(), path.relative_to(ROOT).as_posix())
    for entry in entries():
        for claim in entry.claims.values():
            where = f"{entry.relative(entry.claims_file)}:{claim.line}"
            yield Sentence(CODE.sub("`_`", claim.sentence), where, is_claim=True)


def sentences_of(page: str, where: str) -> Iterator[Sentence]:
    """The sentences of a text in Markdown; a cell of a table is prose of its own."""
    for number, line in enumerate(without_code(page).splitlines(), 1):
        if line.startswith("|"):
            for cell in line.strip("| ").split(" | "):
                yield Sentence(cell, f"{where}:{number}")
            continue
        text = ABBREVIATION.sub("\\1.\N{NO-BREAK SPACE}", MARKS.sub("", line))
        for at, sentence in enumerate(END.split(text)):
            yield Sentence(sentence, f"{where}:{number}", is_second=at > 0)


def without_code(page: str) -> str:
    """A text in Markdown with as many lines, and nothing but prose of its author on them."""
    for block in (FRONT_MATTER, BLOCK, TYPED_BY_READERS):
        page = block.sub(lambda part: "\n" * part[0].count("\n"), page)
    page = MACRO.sub(lambda macro: "`_`" + "\n" * macro[0].count("\n"), page)
    return QUOTED.sub("“_”", ADDRESS.sub("]", CODE.sub("`_`", page)))
