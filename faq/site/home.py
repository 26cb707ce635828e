"""What the first page makes of the entries: a card for each topic."""

from itertools import groupby
from operator import attrgetter

from faq.entries import entries
from faq.pages import title
from faq.site.navigation import topic_name
from faq.site.templates import render_block

SHOWN = 8
"""The questions of a topic that its card shows; it folds the others away."""


def topic_cards() -> str:
    """The topics with their questions."""
    return render_block(
        "topic_cards.html.j2",
        topics=groupby(entries(), key=attrgetter("topic")),
        topic_name=topic_name,
        title=title,
        shown=SHOWN,
    )
