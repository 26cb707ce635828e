"""The evidence of a page as a table: every claim on every engine, and how to repeat it."""

from functools import partial
from operator import attrgetter

import msgspec

from faq.evidence.model import EngineRecord, Output
from faq.site.check_code import check_code
from faq.site.format import groups, in_words
from faq.site.page import Cells, Page
from faq.site.repeat import clean_command, commands_to_paste, notes_of, paste
from faq.site.support import support_note
from faq.site.templates import render_block
from faq.site.tested import oldest_date

ENGINE_FACTS = {
    field.encode_name: field.name
    for field in msgspec.structs.fields(EngineRecord)
    if field.name != "service"
}
"""The field of each fact by its name in the evidence."""


def evidence_html(page: Page) -> str:
    """The evidence of a page: its claims, its engines and its files."""
    commands = partial(commands_to_paste, clean=clean_command(page.entry))
    in_groups = partial(groups, all_columns=page.columns)
    return render_block(
        "evidence.html.j2",
        page=page,
        oldest=oldest_date(page),
        engine_facts=ENGINE_FACTS,
        support_note=support_note,
        files=paste(page.entry),
        outputs_by_command=outputs_by_command,
        reasons=partial(in_groups, shown=attrgetter("reason")),
        outputs=partial(in_groups, shown=without_end),
        values=partial(in_groups, shown=in_words),
        check_code=partial(check_code, page.entry),
        commands=partial(in_groups, shown=commands),
        notes_of=partial(notes_of, page.entry.folder),
    )


def outputs_by_command(cells: Cells) -> dict[int, dict[str, Output]]:
    """What each command, counted from 0, printed in each column."""
    printed: dict[int, dict[str, Output]] = {}
    for column, cell in cells.items():
        for index, output in enumerate(cell.output):
            printed.setdefault(index, {})[column] = output
    return printed


def without_end(output: Output) -> Output:
    """What a command printed, without the empty lines at its end."""
    return msgspec.structs.replace(output, text=output.text.rstrip("\n"))
