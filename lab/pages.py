"""What the pages' sources say: their parts, and the rules that tie prose to snippets and claims."""

import re

from mkdocs.utils.meta import get_data
from mkdocs.utils.yaml import yaml_load

from lab.claims import ROOT, ClaimError, Entry

INCLUDED = re.compile(r'^ *--8<-- "(.+)"$', re.MULTILINE)
BLOCK = re.compile(r"^( *)(```+|~~~+) *(.*)\n((?:.*\n)*?)\1\2 *$", re.MULTILINE)
STATED = re.compile(r"""\{\{ *claim\(["'](\w+)["']\)""")
# What could state a verdict, or hide or replace what does: loops and raw text only repeat it.
TYPED = re.compile(
    r"[✓✗]|&check;|&#10003;|<!--|<(?!/?a\b)/?[a-z][^>\n]*>|<a [^>\n]*(?:verdict|hidden)|"
    r"\{#|\{ *[:.]|\{%[-+]?\s*(?!(?:for|endfor|raw|endraw)\b)\w+"
)
CODE = re.compile(r"`[^`\n]+`")
NOT_RUN = "Not run here"
ASKED = "Asked as"
MESSAGES = "Messages"


def prose(entry: Entry) -> str:
    """A page without its front matter."""
    return get_data(entry.page_text)[0]


def tags(entry: Entry) -> list[str]:
    """The tags in a page's front matter."""
    return list(get_data(entry.page_text)[1].get("tags", []))


def vocabulary() -> set[str]:
    """The tags that mkdocs.yml allows."""
    plugins = yaml_load((ROOT / "mkdocs.yml").read_text())["plugins"]
    return {tag for plugin in plugins if "tags" in plugin for tag in plugin["tags"]["tags_allowed"]}


def title(entry: Entry) -> str:
    """The question that a page answers."""
    return prose(entry).partition("\n")[0].removeprefix("# ")


def answer(entry: Entry) -> str:
    """The first paragraph of a page.

    Raises:
        ClaimError: there is none.

    """
    parts = prose(entry).split("\n\n")
    if not parts[1:]:
        where = entry.page.relative_to(entry.root)
        raise ClaimError(f"{where}:1: a page is its question, an empty line, and the answer")
    return " ".join(parts[1].split())


def bullets(page: str, block: str) -> list[str]:
    """The bullets in the admonitions of a page that bear a title, such as “Not run here”."""
    found = re.findall(rf'^!!! \w+ "{block}"\n((?:\n| {{4}}.*\n?)*)', page, re.MULTILINE)
    return [line for part in found for line in re.findall(r"^    - (.+)$", part, re.MULTILINE)]


def stated_claims(entry: Entry) -> set[str]:
    """The claims of its own that a page states."""
    return set(STATED.findall(prose(entry)))


def snippet_faults(entry: Entry) -> list[str]:
    """Snippets that a page does not show, and what on it no engine said, a line each."""
    where = entry.page.relative_to(entry.root)
    text = entry.page_text  # front matter and all: faults name lines of the file
    folder = entry.root / "snippets"
    names = {path.relative_to(folder).as_posix() for path in entry.snippets}
    hidden = sorted(names - set(INCLUDED.findall(text)))
    faults = [f"snippets/{name} is not shown in {where}" for name in hidden]
    for typed in TYPED.finditer(CODE.sub(lambda found: " " * len(found[0]), text)):
        line = text[: typed.start()].count("\n") + 1
        faults.append(
            f"{where}:{line}: {typed[0]!r} could state or hide a verdict: write plain Markdown"
        )
    for block in BLOCK.finditer(text):
        if not INCLUDED.fullmatch(block[4].strip()):
            line = text[: block.start()].count("\n") + 1
            faults.append(f"{where}:{line}: a {block[3] or 'code'} block that is no snippet")
    return faults
