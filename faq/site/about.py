"""What a page says of itself to browsers, search engines and those who share it."""

import re

from markupsafe import Markup, escape

from faq.entries import entry_named
from faq.pages import title
from faq.site.search_index import without_marks

FIRST_PARAGRAPH = re.compile(r"</h1>\s*<p>(.*?)</p>", re.DOTALL)


def about(source: str, html: str) -> dict[str, str]:
    """What the theme's templates know of a page by its source and content; made for attributes.

    An entry's page also has a twin.
    """
    entry = entry_named(source.removesuffix(".md"))
    told: dict[str, str] = {"question": escape(without_marks(title(entry)))}
    if first := FIRST_PARAGRAPH.search(html):
        told["description"] = escape(Markup(first[1]).striptags())  # noqa: S704  escaped
    if entry.has_claims:
        told["twin"] = f"{entry}.md"
    return told
