"""The pages as Markdown that stands alone, their twins, and `llms.txt`, the list of them."""

import re
from collections.abc import Callable
from functools import partial
from textwrap import indent

from faq.entries import entries
from faq.evidence import store
from faq.pages import answer, prose, tags, title
from faq.site.format import verdicts_in_words
from faq.site.packet_path import packet_paths
from faq.site.page import Page
from faq.site.pictures import picture
from faq.site.published_ports import published_ports
from faq.site.summary import agreement
from faq.site.templates import PLAIN
from faq.site.tested import engines_of, oldest_date

END_OF_SENTENCE = re.compile(r"(?<=[.!?]) ")
INCLUDE = re.compile(r'^( *)--8<-- "(.+)"$', re.MULTILINE)


def twin_files() -> dict[str, str]:
    """The twins by the name of their file: the source of a page, snippets and evidence as text."""
    recorded = store.recorded_columns()
    twins = {}
    for entry in entries():
        page = Page(str(entry), "", recorded)
        # Called like a macro: what engines said is never searched for files to include.
        source = INCLUDE.sub(r'{{ snippet("\2", "\1") }}', prose(entry))
        macros = {name: partial(function, page) for name, function in AS_TEXT.items()}
        twins[f"{entry}.md"] = PLAIN.from_string(source).render(macros) + "\n"
    return twins


def claim_text(page: Page, name: str, entry: str = "") -> str:
    """The sentence of a claim and its verdict; `entry` names another page's, `topic/entry`."""
    page = page.of(entry)
    return f"{page.sentence(name)} ({page.verdict(name).text})"


def measured_text(page: Page, name: str, key: str, entry: str = "") -> str:
    """What a claim measured: one value, a range of numbers, or the value per release."""
    template = PLAIN.get_template("measured.md.j2")
    return template.render(key=key, values=page.of(entry).measured(name, key))


def evidence_text(page: Page) -> str:
    """The end of a twin: the verdict of every claim, and the tags of the page."""
    template = PLAIN.get_template("evidence.md.j2")
    return template.render(
        page=page,
        engines=engines_of(page),
        oldest=oldest_date(page),
        verdicts=verdicts_in_words,
        tags=tags(page.entry),
    )


def snippet_text(page: Page, name: str, margin: str) -> str:
    """A file of the snippets, as far in as the line that includes it."""
    return indent((page.entry.root / "snippets" / name).read_text().rstrip(), margin)


AS_TEXT: dict[str, Callable[..., str]] = {
    "agreement": agreement,
    "bars": lambda *told: picture(*told).text,
    "claim": claim_text,
    "evidence_table": evidence_text,
    "measured": measured_text,
    "packet_path": lambda page: packet_paths(page).text,
    "published_ports": lambda page: published_ports(page).text,
    "snippet": snippet_text,
}
"""What the source of a page calls; the first argument is the page at hand."""


def llms_txt() -> str:
    """What the site has for programs that read text, and where."""
    template = PLAIN.get_template("llms.txt.j2")
    sentences = {entry: END_OF_SENTENCE.split(answer(entry)) for entry in entries()}
    return template.render(sentences=sentences, title=title)
