"""“Run it yourself”, as a reader does: the commands of the built pages, pasted into an engine."""

import re
from html import unescape
from itertools import cycle

import pytest

from faq.columns import is_docker
from faq.entries import Entry, entries
from faq.evidence import store
from faq.lab.locks import reserved
from tests.built import build, once

COLUMNS = store.recorded_columns()
NEEDS_A_NEIGHBOR = {"networking/firewalls: sh outside.sh"}  # 192.0.2.2, a second host of the lab
RUN = re.compile(r'(?s)<code class="run"[^>]*>(.*?)</code>')


def blocks(page: str) -> dict[str, list[str]]:
    """The blocks to paste of a page, by claim; the one with the files has the name `files`."""
    parts = re.split(r'<(?:tbody|details) id="(\w+)">', page)[1:]
    pairs = zip(parts[::2], parts[1::2], strict=True)
    return {name: list(map(unescape, RUN.findall(part))) for name, part in pairs}


def may_differ(entry: Entry, name: str, command: str) -> bool:
    """Whether a command is of one engine, by a process id, or of a neighbor there."""
    if f"{entry}: {command}" in NEEDS_A_NEIGHBOR:
        return True
    for cell in store.read(entry).cells(name).values():
        if cell.output and command not in [output.command for output in cell.output]:
            return True
    return False


def turns() -> list[tuple[Entry, str]]:
    """Every page with the column it is pasted into: Docker's take turns, Podman has its own."""
    docker = cycle(store.releases())
    pairs = []
    for entry in entries():
        columns = store.columns_of(entry, COLUMNS)
        others = [column for column in columns if not is_docker(column)]
        pairs.append((entry, others[0] if others else next(docker)))
    return pairs


@pytest.mark.parametrize(("entry", "column"), turns(), ids=str)
def test_commands_of_the_page_do_what_is_recorded(entry: Entry, column: str, started_engine):
    page = blocks((once("site", build) / f"{entry}.html").read_text())
    (files,) = page.pop("files")
    engine = started_engine(COLUMNS[column])
    differing = {}
    with reserved(COLUMNS[column]):
        before = engine.begin("run it yourself", str(entry))
        engine.run(f"rm -rf /repeat && mkdir /repeat && cd /repeat && {files}")
        for name, texts in page.items():
            cell = store.read(entry).cell(name, column)
            wanted = "\n".join(output.command for output in cell.output)
            assert any(text.startswith(wanted) for text in texts) or not wanted, name
            for output in cell.output:
                said = engine.run(f"cd /repeat/faq-{entry.name} && {output.command}", check=False)
                if said.code != output.exit_code and not may_differ(entry, name, output.command):
                    differing[output.command] = (name, output.exit_code, said.code)
            engine.run(f"cd /repeat/faq-{entry.name} && sh clean.sh", check=False)
        engine.run("rm -rf /repeat")
        leaks = engine.end(str(entry), before)

    assert differing == {}
    assert leaks == []
