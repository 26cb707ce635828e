"""The navigation, read from the folders: the questions by topic, then the pages across them."""

from collections.abc import Iterable
from operator import methodcaller
from typing import Protocol

from faq.entries import TOPICS, entry_named
from faq.pages import front_matter

HOME = "index.md"
ACROSS = "Across all questions"
"""What is no question: the lists and tables of what the pages of questions say."""

Item = str | dict[str, str]
"""A page by its source, under its label where it has one."""
Section = dict[str, list[Item]]


class Patterns(Protocol):
    """What is used of mkdocs' `not_in_nav`."""

    def match_file(self, file: str) -> bool:
        """Whether one of the patterns is a file's."""


def navigation(sources: Iterable[str], left_out: Patterns | None) -> list[Item | Section]:
    """The sections of the site, as `nav` in mkdocs.yml would list them.

    Args:
        sources: the pages, relative to `docs`.
        left_out: which of them are not for readers.

    """
    sections: dict[str, list[Item]] = {}
    for source in sorted(sources, key=methodcaller("split", "/")):
        if source != HOME and not (left_out and left_out.match_file(source)):
            sections.setdefault(section_of(source), []).append(labeled(source))
    across = sections.pop(ACROSS, [])
    topics = [{name: sections[name]} for name in sorted(sections)]
    return [labeled(HOME), *topics, {ACROSS: across}]


def section_of(source: str) -> str:
    """The section that a page belongs to: its topic's, or the one across them."""
    folder = source.rpartition("/")[0]
    return topic_name(folder) if folder in TOPICS else ACROSS


def topic_name(topic: str) -> str:
    """What readers see of a topic."""
    return topic.capitalize()


def labeled(source: str) -> Item:
    """A page under its label; without one mkdocs takes its title."""
    label = front_matter(entry_named(source.removesuffix(".md"))).label
    return {label: source} if label else source
