"""Small parts of the lab alone; no engine is needed."""

import datetime as dt
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from lab import evidence, new, own, pictures, recording
from lab.claims import ROOT, Entry
from lab.engine import names
from lab.keys import keys
from lab.pages import snippet_faults, stated_claims, tags, title, vocabulary
from lab.steps import LabError
from lab.truth import changed
from lab.words import ranges
from tests.planted import Project


def test_untagged_images_are_told_apart():
    untagged = [
        {"Id": "sha256:1", "RepoTags": ["<none>:<none>"]},  # 20.10
        {"Id": "sha256:2", "RepoTags": ["<none>:<none>"]},
        {"Id": "sha256:3", "RepoTags": None},
        {"Id": "sha256:4", "RepoTags": []},
    ]
    tagged = {"Id": "sha256:5", "RepoTags": ["faq-a:latest", "faq-b:latest"]}

    found = names("image", [*untagged, tagged])

    assert found == {*(f"<none> sha256:{n}" for n in range(1, 5)), "faq-a:latest", "faq-b:latest"}


def test_evidence_is_old_after_90_days():
    day = dt.date(2026, 1, 1)
    cell = {"date": day.isoformat()}
    assert not evidence.is_old(cell, day + dt.timedelta(days=90))
    assert evidence.is_old(cell, day + dt.timedelta(days=91))
    assert not evidence.is_old({}, day)


def claim(sentence: str, state: str, **measured: object) -> dict:
    """A record of one claim on one engine."""
    return {
        "sentence": sentence,
        "cells": {"28.5": {"state": state, "measured": measured, "output": []}},
    }


def test_changes_of_truth_are_told():
    before = {
        "kept": claim("It is so.", "holds", seconds=1.0, word="sh"),
        "gone": claim("It was so.", "holds"),
        "turned": claim("It may be so.", "holds"),
        "reworded": claim("Said one way.", "holds"),
    }
    now = {
        "kept": claim("It is so.", "holds", seconds=1.5, word="bash"),
        "turned": claim("It may be so.", "does not hold"),
        "reworded": claim("Said another way.", "holds"),
        "new": claim("It is new.", "holds"),
    }
    assert changed(before, now) == [
        "new: It is new. (holds on 28.5)",
        "gone: It was so.",
        "kept on 28.5: 'word' was 'sh' when recorded and is 'bash' now",
        "reworded: Said one way. Now: Said another way.",
        "turned on 28.5: holds, now does not hold",
    ]
    assert changed(now, now) == []


def test_podman_stands_by_itself_after_docker():
    columns = ["podman-5.4", "28.5-containerd", "20.10", "28.5"]
    ordered = sorted(columns, key=evidence.order)
    assert ordered == ["20.10", "28.5", "28.5-containerd", "podman-5.4"]
    assert ranges(ordered, ordered) == "20.10 – 28.5, podman-5.4"
    assert ranges(["28.5-containerd", "podman-5.4"], ordered) == "28.5-containerd, podman-5.4"


def test_failed_claim_names_its_columns_in_their_order():
    said = dict.fromkeys(["20.10", "28.5-containerd", "28.5", "26.1"], "turned")
    told = recording.lesson(
        "tests/build/test_layers.py::test_image_of_128_layers_is_built_and_does_not_run", said
    )
    assert "the engines: turned on 20.10 – 28.5\n" in told


def test_packet_meets_the_rules_in_their_order():
    filters = [
        "-A FORWARD -j MINE",
        "-A FORWARD -i docker0 -j ACCEPT",
        "-A FORWARD -o docker0 -j DOCKER",
        "-A MINE -j RETURN",
    ]
    assert pictures.met(filters, "FORWARD") == [
        (0, "FORWARD -j MINE"),
        (1, "MINE -j RETURN"),
        (0, "FORWARD -i docker0 -j ACCEPT"),
        (0, "FORWARD -o docker0 -j DOCKER"),
    ]
    assert not pictures.taken("FORWARD -i docker0 -j ACCEPT")
    assert pictures.taken("DOCKER ! -i docker0 -o docker0 -j ACCEPT")


def test_contributing_shows_a_complete_entry():
    kinds = [block[2] for block in new.BLOCK.finditer(new.example())]
    assert kinds == ["sh", "sh", "python", "markdown"]
    assert new.QUESTION in new.example()
    assert new.EXAMPLE in new.example()


def test_new_entry_is_complete(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    shutil.copy(ROOT / "CONTRIBUTING.md", tmp_path)
    monkeypatch.setattr(new, "ROOT", tmp_path)
    new.create("networking/dns", "How do names resolve?")
    entry = Entry(tmp_path, "networking", "dns")
    assert title(entry) == "How do names resolve?"
    assert snippet_faults(entry) == []
    assert stated_claims(entry) == set(entry.claims)
    assert len(tags(entry)) >= 2
    assert set(tags(entry)) <= vocabulary()


@pytest.mark.parametrize(
    ("path", "question", "message"),
    [
        ("../x", "Why?", "'../x' is no entry's name"),
        ("build/A b", "Why?", "is no entry's name"),
        ("lab/x", "Why?", "no topic 'lab': there are build, "),
        ("build/x", "Why", "is no question: QUESTION="),
        ("build/x", 'Is it """?', 'a question is one line without """'),
        ("build/x", "Is it\\?", "a question is one line without"),
        ("build/x", "Is\nit?", "a question is one line without"),
        ("build/x", "Is it {{ x }}?", "a question is one line without"),
    ],
)
def test_new_entry_that_would_be_none_is_refused(path: str, question: str, message: str):
    with pytest.raises(LabError, match=re.escape(message)):
        new.create(path, question)


def test_make_hands_a_question_on_as_it_stands():
    question = "What do `touch x`, $(touch y) and $HOME print"  # no question mark: none is written
    command = ["make", "--silent", "new", "ENTRY=build/x", f"QUESTION={question}"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert f"{question!r} is no question" in done.stderr
    assert not {"x", "y"} & {path.name for path in ROOT.iterdir()}


def test_tag_outside_the_vocabulary_fails_the_site(tmp_path: Path):
    project = Project(tmp_path, CLAIMS)
    project.write("docs/faults/line.md", "---\ntags: [shell, nonsense]\n---\n\n# Why?\n")
    built = project.build()
    assert built.returncode
    assert "faults/line.md" in built.stderr
    assert "Tags not in allow list: nonsense" in built.stderr


def test_only_safe_entries_are_asked_of_an_engine_in_use():
    unsafe = {"networking/firewalls", "networking/published-ports", "security/limits-of-root"}
    unsafe |= {"build/cache-backends", "engine/origins"}
    for name in unsafe:
        assert own.unsafe(Entry(ROOT, *name.split("/"))), name
    assert own.unsafe(Entry(ROOT, "build", "heredoc")) is None


CLAIMS = '''"""How many layers?"""

from lab.image import saved

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
  forky: {build: {context: lab/engine, args: {SUITE: forky}}}
  trixie: {build: {context: lab/engine, args: {SUITE: trixie}}}
  podman: {build: {context: lab/podman}}
networks: {lab: }
"""
EVERY = {(service, claim) for service in ("forky", "trixie", "podman") for claim in ("one", "two")}
ONE, TWO = ({cell for cell in EVERY if cell[1] == claim} for claim in ("one", "two"))
PODMAN = {cell for cell in EVERY if cell[0] == "podman"}
TRIXIE = {cell for cell in EVERY if cell[0] == "trixie"}
# A file, what stands there, what is written instead, and the cells that depend on it.
CHANGES = [
    ("snippets/build/layers/build.sh", "", "docker build .", EVERY),
    ("snippets/build/layers/evidence.json", "", "{}", set()),
    ("snippets/build/heredoc/build.sh", "", "docker build .", set()),
    ("docs/build/layers.md", "", "# How many?", set()),
    ("tests/build/test_layers.py", "< LIMIT", "<= LIMIT", ONE),
    ("tests/build/test_layers.py", "Two.", "Three.", TWO),
    ("tests/build/test_layers.py", "LIMIT = 3", "LIMIT = 4", EVERY),
    ("tests/build/test_layers.py", "\n\n\n", "\n\n", set()),
    ("tests/build/test_heredoc.py", "", "A = 1", set()),
    ("tests/build/conftest.py", "", "A = 1", EVERY),
    ("tests/conftest.py", "", "A = 1", EVERY),
    ("lab/engine.py", "", "A = 1", EVERY),
    ("lab/podman.py", "", "A = 1", EVERY),
    ("lab/image.py", "", "A = 1", EVERY),
    ("lab/part.py", "", "A = 1", EVERY),
    ("snippets/build/layers/evidence.json.sh", "", "docker ps", EVERY),
    ("lab/macros.py", "", "A = 1", set()),
    ("tests/lab/engine/engine.sh", "", "exec dockerd --debug", EVERY - PODMAN),
    ("tests/lab/podman/Dockerfile", "", "FROM debian", PODMAN),
    ("tests/docker-compose.yml", "SUITE: trixie", "SUITE: sid", TRIXIE),
    ("tests/docker-compose.yml", "{lab: }", "{lab: {internal: true}}", EVERY),
]


def told(part: str | set) -> str:
    """A part of a change in a test's name; a set has another order in each process."""
    return part if isinstance(part, str) else f"{len(part)} cells"


@pytest.fixture
def project(tmp_path: Path) -> Entry:
    """An entry with all that its results depend on, and some that they do not."""
    texts = dict.fromkeys((name for name, *_ in CHANGES), "")
    texts |= {"tests/build/test_layers.py": CLAIMS, "tests/docker-compose.yml": LAB}
    texts["lab/image.py"] = "if True:\n    from lab.part import some\n"
    for name, text in texts.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    return Entry(tmp_path, "build", "layers")


def cells(entry: Entry) -> dict[tuple[str, str], str]:
    """The key of every cell of an entry."""
    found = keys(entry, ["forky", "trixie", "podman"])
    return {(service, claim): key for service in found for claim, key in found[service].items()}


@pytest.mark.parametrize(("name", "old", "new", "depend"), CHANGES, ids=told)
def test_a_change_makes_stale_what_depends_on_it(project: Entry, name, old, new, depend):
    before, path = cells(project), project.root / name
    path.write_text(path.read_text().replace(old, new, 1) if old else new)
    now = cells(project)
    assert {cell for cell in EVERY if now[cell] != before[cell]} == depend


def test_mode_of_a_snippet_makes_its_cells_stale(project: Entry):
    before = cells(project)
    (project.folder / "build.sh").chmod(0o755)  # COPY keeps it
    assert all(key != before[cell] for cell, key in cells(project).items())


def test_another_engine_or_base_is_to_record():
    cell = {"version": "28.5.2", "base": "a1 b2"}
    lab = {"engines": {"forky": "28.5.2"}, "base": "a1 b2"}
    assert evidence.moved(cell, "forky", lab) is None
    assert evidence.moved(cell, "forky", {}) is None  # nobody knows: no lab was started here
    assert "28.5.3" in evidence.moved(cell, "forky", lab | {"engines": {"forky": "28.5.3"}})
    assert "base" in evidence.moved(cell, "forky", lab | {"base": "a1 b3"})
