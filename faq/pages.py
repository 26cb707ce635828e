"""What the pages' sources say: their parts, and the rules that tie prose to snippets and claims."""

import datetime as dt
import re
from collections.abc import Iterator
from typing import Annotated, Literal, NamedTuple

import msgspec
from msgspec import Meta

from faq.claims import Range
from faq.entries import Entry
from faq.errors import ClaimError

INCLUDED = re.compile(r'^ *--8<-- "(.+)"$', re.MULTILINE)
BLOCK = re.compile(r"^( *)(```+|~~~+) *(.*)\n((?:.*\n)*?)\1\2 *$", re.MULTILINE)
STATED = re.compile(r"""\{\{ *claim\(["'](\w+)["']\)""")
# What could state a verdict, or hide or replace what does: `for` and `raw` are allowed.
TYPED_VERDICT = re.compile(
    r"[✓✗]|&check;|&#10003;|<!--|<(?!/?a\b)/?[a-z][^>\n]*>|<a [^>\n]*(?:verdict|hidden)|"
    r"\{#|\{ *[:.]|\{%[-+]?\s*(?!(?:for|endfor|raw|endraw)\b)\w+"
)
CODE = re.compile(r"`[^`\n]+`")
NOT_RUN = "Not tested here"
ASKED = "People also ask"
FIX = "Fix"
MESSAGES = "Error messages on this page"
MESSAGE = re.compile("(`[^`]+`)(?:: (.+))?")
"""A bullet below them: a message, and what to do, if the page says so."""
HAS_FIX = re.compile(r'^!!! success "Fix"$', re.MULTILINE)
"""Where a page says what to do; it is shown under the anchor `fix`."""
TO_WRITE = "Write the answer here"
"""What a new page begins with, until its author answers the question."""


Text = Annotated[str, Meta(min_length=1)]


class Elsewhere(Range, frozen=True, kw_only=True):
    """A statement of other documentation, which a claim of the page disproves in a range."""

    page: Text
    """The title of the documentation's page, and whose it is."""
    address: Annotated[str, Meta(pattern="^https://")]
    says: Text
    """The statement in our words, inline Markdown."""
    seen: dt.date
    """The day on which it was read there."""
    claim: Text
    verdict: Literal["holds", "does not hold"] = "holds"
    """The verdict of the claim that disproves the statement."""


class FrontMatter(msgspec.Struct):
    """What the code reads of a page's front matter."""

    tags: list[str] = []
    label: str = ""
    """What the navigation calls the page; the title where it is empty."""
    elsewhere: list[Elsewhere] = []


def split_front_matter(text: str) -> tuple[str, str]:
    """The front matter of a page, without its fences, and the prose below it."""
    if not text.startswith("---\n"):
        return "", text
    head, _, body = text.removeprefix("---\n").partition("\n---\n")
    return head, body.lstrip("\n")


def prose(entry: Entry) -> str:
    """A page without its front matter."""
    return split_front_matter(entry.page_text)[1]


def front_matter(entry: Entry) -> FrontMatter:
    """What a page's front matter says.

    Raises:
        ClaimError: it is not YAML, or a part of it is not what it must be.

    """
    head = split_front_matter(entry.page_text)[0]
    try:
        return msgspec.yaml.decode(head or "{}", type=FrontMatter)
    except msgspec.DecodeError as error:
        reason = " ".join(str(error).split())
        raise ClaimError(f"{entry.relative(entry.page)}:1: front matter: {reason}") from None


def tags(entry: Entry) -> list[str]:
    """The tags in a page's front matter."""
    return front_matter(entry).tags


def title(entry: Entry) -> str:
    """The question that a page answers."""
    return prose(entry).partition("\n")[0].removeprefix("# ")


def answer(entry: Entry) -> str:
    """The first paragraph of a page.

    Raises:
        ClaimError: there is none.

    """
    parts = prose(entry).split("\n\n")
    if len(parts) < 2:
        where = entry.relative(entry.page)
        raise ClaimError(f"{where}:1: a page is its question, an empty line, and the answer")
    return " ".join(parts[1].split())


def admonitions(page: str, name: str) -> str:
    """What stands in the admonitions of a page that bear a title, such as “Not tested here”."""
    return "\n".join(re.findall(rf'^!!! \w+ "{name}"\n((?:\n| {{4}}.*\n?)*)', page, re.MULTILINE))


def bullets(page: str, block: str) -> list[str]:
    """The bullets in the admonitions of a page that bear a title, each in one line."""
    listed = re.findall(r"^    - (.+(?:\n      .+)*)", admonitions(page, block), re.MULTILINE)
    return [" ".join(bullet.split()) for bullet in listed]


def fix(entry: Entry) -> dict[str, str]:
    """The files of a page's fix, each with its title: where it goes, or that it is wrong."""
    shown = BLOCK.findall(admonitions(prose(entry), FIX))
    files = {}
    for *_, info, content in shown:
        heading = info.partition('title="')[2].rstrip('"')
        for name in INCLUDED.findall(content):
            files[heading] = (entry.root / "snippets" / name).read_text()
    return files


class Explained(NamedTuple):
    """What a page says beside a message."""

    cause: str
    """Why it is printed, where no claim says it; else empty."""
    remedy: str
    """What to do; empty: what the page says as a whole."""


def listed_messages(page: str) -> dict[str, Explained]:
    """The messages that a page explains, in backticks, each with what it says beside it.

    Raises:
        ClaimError: a bullet is not a message in backticks.

    """
    explained = {}
    for bullet in bullets(page, MESSAGES):
        parts = MESSAGE.fullmatch(bullet)
        if not parts:
            raise ClaimError(f"{MESSAGES}: write {bullet!r} as `message`, or `message`: what to do")
        cause, _, remedy = (parts[2] or "").rpartition("Fix: ")
        explained[parts[1]] = Explained(cause.strip(), remedy)
    return explained


def stated_claims(entry: Entry) -> set[str]:
    """The claims of its own that a page states."""
    return set(STATED.findall(prose(entry)))


def page_errors(entry: Entry) -> list[str]:
    """What is wrong with a page's source, a line each: nothing on it may escape its proof."""
    return [*hidden_snippets(entry), *typed_verdicts(entry), *typed_code(entry)]


def hidden_snippets(entry: Entry) -> Iterator[str]:
    """The snippets that a page does not show."""
    folder = entry.root / "snippets"
    shown = set(INCLUDED.findall(entry.page_text))
    for path in entry.snippets:
        name = path.relative_to(folder).as_posix()
        if name not in shown:
            yield f"snippets/{name} is not shown in {entry.relative(entry.page)}"


def typed_verdicts(entry: Entry) -> Iterator[str]:
    """What on a page could state or hide a verdict, and the unwritten answer of a new one."""
    text = entry.page_text
    without_code = CODE.sub(lambda code: " " * len(code[0]), text)
    for typed in TYPED_VERDICT.finditer(without_code):
        where = place(entry, text, typed.start())
        yield f"{where}: {typed[0]!r} could state or hide a verdict: write plain Markdown"
    if TO_WRITE in text:
        where = place(entry, text, text.index(TO_WRITE))
        yield f"{where}: write the answer, in two sentences, and choose two to five tags"


def typed_code(entry: Entry) -> Iterator[str]:
    """The blocks of code on a page that are not a snippet."""
    text = entry.page_text
    for block in BLOCK.finditer(text):
        if not INCLUDED.fullmatch(block[4].strip()):
            where = place(entry, text, block.start())
            yield f"{where}: a {block[3] or 'code'} block that is no snippet"


def place(entry: Entry, text: str, at: int) -> str:
    """A position in a page's text, as messages name it."""
    return f"{entry.relative(entry.page)}:{text.count(chr(10), 0, at) + 1}"
