"""All claims on all of Docker's releases in one table."""

from faq.entries import entries
from faq.evidence import store
from faq.pages import title
from faq.site.format import states_of
from faq.site.support import support_note
from faq.site.templates import render_block


def matrix() -> str:
    """Every claim on every engine as HTML, each cell a link to its evidence."""
    return render_block(
        "matrix.html.j2",
        columns=store.releases(),
        entries=entries(),
        read=store.read,
        states_of=states_of,
        support_note=support_note,
        title=title,
    )
