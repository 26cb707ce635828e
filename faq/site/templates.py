"""The templates of what the macros write, and how a value gets into them."""

import json
from functools import cache

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from faq import ROOT
from faq.site.format import LOOKS, Words, as_text, entities, in_words, inline_html

BEGIN = "<!-- raw block -->"
END = "<!-- end of raw block -->"


ENVIRONMENT = Environment(
    loader=FileSystemLoader(ROOT / "faq" / "site" / "templates"),
    autoescape=True,
    finalize=lambda value: entities(value) if type(value) is str else value,  # `Markup` is HTML
    undefined=StrictUndefined,
    auto_reload=False,  # a template is looked up thousands of times
    trim_blocks=True,
    lstrip_blocks=True,
)


def render(name: str, **values: object) -> Markup:
    """A template filled in; a string among the values is data unless it is `Markup`."""
    return Markup(ENVIRONMENT.get_template(name).render(values))  # noqa: S704


def render_block(name: str, **values: object) -> str:
    """A template that is a block of its own, between the marks by which it is kept as it is."""
    return f"{BEGIN}\n{render(name, **values).strip()}\n{END}"


@cache  # most values stand in several places
def words_html(words: Words) -> Markup:
    """A measured value in words as HTML."""
    return render("words.html.j2", words=words)


ENVIRONMENT.globals["looks"] = LOOKS
ENVIRONMENT.filters |= {
    "as_text": as_text,
    "html": words_html,
    "in_words": in_words,
    "inline": inline_html,
    "json": json.dumps,
}
PLAIN = ENVIRONMENT.overlay(autoescape=False, finalize=None, trim_blocks=False, lstrip_blocks=False)
"""The same for text that is no HTML, such as the Markdown twins."""
