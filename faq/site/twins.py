"""The pages as Markdown that stands alone, their twins, and `llms.txt`, the list of them."""

import re
from collections.abc import Callable
from functools import partial
from textwrap import indent

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from faq import ROOT, columns
from faq.entries import Entry, entries
from faq.evidence import store
from faq.pages import answer, prose, tags, title
from faq.site.page import Page
from faq.site.pictures import bars_text
from faq.site.summary import agreement

PLAIN = Environment(
    loader=FileSystemLoader(ROOT / "faq" / "site" / "templates"),
    autoescape=select_autoescape(default_for_string=False),  # only what ends with .html
    undefined=StrictUndefined,
)
INCLUDE = re.compile(r'^( *)--8<-- "(.+)"$', re.MULTILINE)


def twin_files() -> dict[str, str]:
    """The twins by the name of their file."""
    recorded = store.recorded_columns()
    return {f"{entry}.md": twin(Page(str(entry), "", recorded)) for entry in entries()}


def twin(page: Page) -> str:
    """A page as Markdown: its source with snippets in place and the evidence as text."""
    # A snippet is called like a macro: what engines said is never searched for files to include.
    source = INCLUDE.sub(r'{{ snippet("\2", "\1") }}', prose(page.entry))
    macros = {name: partial(function, page) for name, function in AS_TEXT.items()}
    return PLAIN.from_string(source).render(macros) + "\n"


def claim_text(page: Page, name: str, entry: str = "") -> str:
    """The sentence of a claim and its verdict; `entry` names another page's, `topic/entry`."""
    return page.of(entry).claim_text(name)


def measured_text(page: Page, name: str, key: str, entry: str = "") -> str:
    """What a claim measured: one value, a range of numbers, or the value per release."""
    return page.of(entry).measured_text(name, key)


def evidence_text(page: Page) -> str:
    """The end of a twin: the verdict of every claim, and the tags of the page."""
    template = PLAIN.get_template("evidence.md.j2")
    return template.render(page=page, verdicts=columns.verdicts, tags=tags(page.entry))


def snippet_text(page: Page, name: str, margin: str) -> str:
    """A file of the snippets, as far in as the line that includes it."""
    return indent((page.entry.root / "snippets" / name).read_text().rstrip(), margin)


AS_TEXT: dict[str, Callable[..., str]] = {
    "agreement": agreement,
    "bars": bars_text,
    "claim": claim_text,
    "evidence_table": evidence_text,
    "measured": measured_text,
    "snippet": snippet_text,
}
"""What the source of a page calls; the first argument is the page at hand."""


def llms_txt() -> str:
    """What the site has for programs that read text, and where."""
    template = PLAIN.get_template("llms.txt.j2")
    return template.render(entries=entries(), title=title, first_sentence=first_sentence)


def first_sentence(entry: Entry) -> str:
    """The first sentence of an entry's answer."""
    return re.split(r"(?<=[.!?]) ", answer(entry), maxsplit=1)[0]
