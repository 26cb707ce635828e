"""“Run it yourself”, as a reader does: the commands of the built pages, pasted into an engine."""

import re
from html import unescape
from itertools import cycle
from pathlib import Path

import pytest

from lab import compose, evidence
from lab.claims import PODMAN, Entry, entries
from tests.built import build

COLUMNS = evidence.columns()
NEEDS_A_NEIGHBOR = {"networking/firewalls: sh outside.sh"}  # 192.0.2.2, a second host of the lab


def blocks(page: str) -> dict[str, list[str]]:
    """The blocks to paste of a page, by claim; the one with the files has the name `files`."""
    parts = re.split(r'<(?:tbody|details) id="(\w+)">', page)[1:]
    return {
        name: [
            unescape(text) for text in re.findall(r'(?s)<code class="run"[^>]*>(.*?)</code>', part)
        ]
        for name, part in zip(parts[::2], parts[1::2], strict=True)
    }


def own(entry: Entry, name: str, command: str) -> bool:
    """Whether a command carries a value of its engine, such as a process id."""
    cells = evidence.read(entry)["claims"][name]["cells"].values()
    printed = [[output["command"] for output in cell["output"]] for cell in cells]
    return not all(command in commands for commands in printed if commands)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site, built strictly."""
    return build(tmp_path_factory.mktemp("site"))


def turns() -> list[tuple[Entry, str]]:
    """Every page with the engine it is pasted into: Docker's take turns, Podman has its own."""
    own = [entry for entry in entries() if entry.topic == PODMAN]
    others = [entry for entry in entries() if entry not in own]
    podman = [column for column, service in COLUMNS.items() if service == PODMAN]
    return [*zip(others, cycle(evidence.releases())), *zip(own, cycle(podman))]


@pytest.mark.parametrize(("entry", "column"), turns(), ids=str)
def test_commands_of_the_page_do_what_is_recorded(
    entry: Entry, column: str, site: Path, started_engine
):
    page = blocks((site / f"{entry}.html").read_text())
    (files,) = page.pop("files")
    engine = started_engine(COLUMNS[column])
    folder = f"cd /repeat/faq-{entry.name}"
    differing = {}
    with compose.reserved(COLUMNS[column]):
        before = engine.begin("run it yourself", str(entry))
        engine.run(f"rm -rf /repeat && mkdir /repeat && cd /repeat && {files}")
        for name, texts in page.items():
            outputs = evidence.cell_of(entry, name, column)["output"]
            if not outputs:
                continue  # the claim was found in nothing that a reader types, or does not apply
            wanted = "\n".join(output["command"] for output in outputs)
            assert any(text.startswith(wanted) for text in texts), name
            for output in outputs:
                code = engine.run(f"{folder} && {output['command']}", check=False).code
                if f"{entry}: {output['command']}" in NEEDS_A_NEIGHBOR:
                    continue
                if code != output["exit code"] and not own(entry, name, output["command"]):
                    differing[output["command"]] = (name, output["exit code"], code)
            engine.run(f"{folder} && sh clean.sh", check=False)
        leaks = engine.end(str(entry), before)

    assert differing == {}
    assert leaks == []
