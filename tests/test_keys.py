"""A cell's key changes with what its result depends on, and with nothing else."""

from itertools import product

import pytest

from faq.entries import Entry
from faq.evidence.keys import cell_keys

CLAIMS = '''"""How many layers?"""

from faq.lab.saved_image import saved

LIMIT = 3


def test_one(engine):
    """One."""
    assert saved(engine) < LIMIT


def test_two(engine):
    """Two."""
    assert saved(engine) == LIMIT
'''
LAB = """
services:
  forky: {build: {context: lab/engine, args: {SUITE: forky}}, x-column: {}}
  trixie: {build: {context: lab/engine, args: {SUITE: trixie}}, x-column: {}}
  podman: {build: {context: lab/podman}, x-column: {program: podman}}
networks: {lab: }
"""
SERVICES = ("forky", "trixie", "podman")
EVERY = set(product(SERVICES, ("one", "two")))
ONE = {cell for cell in EVERY if cell[1] == "one"}
PODMAN = {cell for cell in EVERY if cell[0] == "podman"}
TRIXIE = {cell for cell in EVERY if cell[0] == "trixie"}
MODULES = ("engine", "inventory", "podman", "saved_image", "part", "probe")
# A file, what stands there, what is written instead, and the cells that depend on it.
CHANGES = [
    ("snippets/build/layers/build.sh", "", "docker build .", EVERY),
    ("snippets/build/layers/evidence.json.sh", "", "docker ps", EVERY),
    ("snippets/build/layers/evidence.json", "", "{}", set()),
    ("snippets/build/layers/evidence.json.part", "", "{", set()),
    ("snippets/build/heredoc/build.sh", "", "docker build .", set()),
    ("docs/build/layers.md", "", "# How many?", set()),
    ("tests/build/test_layers.py", "< LIMIT", "<= LIMIT", ONE),
    ("tests/build/test_layers.py", "Two.", "Three.", EVERY - ONE),
    ("tests/build/test_layers.py", "LIMIT = 3", "LIMIT = 4", EVERY),
    ("tests/build/test_layers.py", "\n\n\n", "\n\n", set()),
    ("tests/build/test_heredoc.py", "", "A = 1", set()),
    ("tests/build/conftest.py", "", "A = 1", EVERY),
    ("tests/conftest.py", "", "A = 1", EVERY),
    *((f"faq/lab/{name}.py", "", "A = 1", EVERY) for name in MODULES),
    ("faq/lab/compose.py", "", "A = 1", set()),
    ("faq/site/macros.py", "", "A = 1", set()),
    ("tests/lab/engine/engine.sh", "", "exec dockerd --debug", EVERY - PODMAN),
    ("tests/lab/podman/Dockerfile", "", "FROM debian", PODMAN),
    ("tests/docker-compose.yml", "SUITE: trixie", "SUITE: sid", TRIXIE),
    ("tests/docker-compose.yml", "{lab: }", "{lab: {internal: true}}", EVERY),
    ("tests/docker-compose.yml", "x-column: {}", "x-column: {topics: [build]}", set()),
]


def label(part: str | set) -> str:
    """A part of a change in a test's name; a set has another order in each process."""
    return part if isinstance(part, str) else f"{len(part)} cells"


@pytest.fixture
def entry(tmp_path) -> Entry:
    """An entry with all that its results depend on, and some that they do not."""
    texts = dict.fromkeys((name for name, *_ in CHANGES), "")
    texts |= {"tests/build/test_layers.py": CLAIMS, "tests/docker-compose.yml": LAB}
    texts["faq/lab/docker_engine.py"] = "from faq.lab.engine import Engine\n"
    texts["faq/lab/engine.py"] = "from faq.lab.inventory import some\n"
    texts["faq/lab/saved_image.py"] = "if True:\n    from faq.lab.part import some\n"
    texts["tests/build/conftest.py"] = "from faq.lab.probe import some\n"
    for name, text in texts.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    return Entry(tmp_path, "build", "layers")


def cells(entry: Entry) -> dict[tuple[str, str], str]:
    keys: dict[tuple[str, str], str] = {}
    for service, by_claim in cell_keys(entry, SERVICES).items():
        keys |= {(service, claim): key for claim, key in by_claim.items()}
    return keys


@pytest.mark.parametrize(("name", "old", "new", "depend"), CHANGES, ids=label)
def test_a_change_makes_stale_what_depends_on_it(entry: Entry, name, old, new, depend):
    before, path = cells(entry), entry.root / name
    path.write_text(path.read_text().replace(old, new, 1) if old else path.read_text() + new)
    now = cells(entry)
    assert {cell for cell in EVERY if now[cell] != before[cell]} == depend


@pytest.mark.parametrize(
    "change",
    [lambda path: path.chmod(0o755), lambda path: path.rename(path.with_name("make.sh"))],
    ids=["mode", "name"],
)
def test_mode_and_name_of_a_snippet_make_its_cells_stale(entry: Entry, change):
    before = cells(entry)
    change(entry.folder / "build.sh")  # COPY keeps the mode
    assert all(key != before[cell] for cell, key in cells(entry).items())


def test_service_that_is_gone_has_keys_too(entry: Entry):
    gone = cell_keys(entry, ["gone"])["gone"]
    assert gone.keys() == {"one", "two"}
    assert not {*gone.values()} & {*cells(entry).values()}
