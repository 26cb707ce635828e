"""All claims on all of Docker's releases in one table."""

from collections.abc import Iterator

from faq.entries import entries
from faq.evidence import store
from faq.evidence.model import Replay
from faq.pages import title
from faq.site.format import states_of
from faq.site.page import total_replay
from faq.site.support import support_note
from faq.site.templates import render_block


def matrix() -> str:
    """Every claim on every engine as HTML, each cell a link to its evidence."""
    return render_block(
        "matrix.html.j2",
        columns=store.releases(),
        entries=entries(),
        read=store.read,
        replays=total_replay(all_replays()),
        states_of=states_of,
        support_note=support_note,
        title=title,
    )


def all_replays() -> Iterator[Replay | None]:
    """What is recorded of the replays of each claim in each column of the site."""
    recorded = store.recorded_columns()
    for entry in entries():
        evidence = store.read(entry)
        for name in entry.claims:
            for cell in store.shown_cells(evidence, name, recorded).values():
                yield cell.replay
