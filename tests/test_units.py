"""Small parts of the lab alone; no engine is needed."""

import datetime as dt
from pathlib import Path

import pytest

from lab import evidence, new, own, pictures
from lab.claims import ROOT, Entry
from lab.engine import names
from lab.truth import changed


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
    return {"sentence": sentence, "cells": {"28.5": {"state": state, "measured": measured}}}


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


def test_only_safe_entries_are_asked_of_an_engine_in_use():
    unsafe = {"networking/firewalls", "networking/published-ports", "security/limits-of-root"}
    unsafe |= {"build/cache-backends", "engine/origins"}
    for name in unsafe:
        assert own.unsafe(Entry(ROOT, *name.split("/"))), name
    assert own.unsafe(Entry(ROOT, "build", "heredoc")) is None


@pytest.fixture
def project(tmp_path: Path) -> Entry:
    """An entry with all that its digest depends on, and some that it does not."""
    for name in (*DEPENDS, *DOES_NOT):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("from lab.image import saved\n")
    return Entry(tmp_path, "build", "layers")


DEPENDS = [
    "snippets/build/layers/build.sh",
    "tests/build/test_layers.py",
    "tests/build/conftest.py",
    "tests/conftest.py",
    "tests/docker-compose.yml",
    "tests/lab/Dockerfile",
    "tests/lab/engine.sh",
    "lab/engine.py",
    "lab/image.py",
]
DOES_NOT = [
    "docs/build/layers.md",
    "snippets/build/layers/evidence.json",
    "snippets/build/heredoc/build.sh",
    "tests/build/test_heredoc.py",
    "lab/macros.py",
]


@pytest.mark.parametrize("name", [*DEPENDS, *DOES_NOT])
def test_evidence_is_stale_when_what_it_depends_on_changes(project: Entry, name: str):
    before = project.digest
    with (project.root / name).open("a") as file:
        file.write("# changed\n")
    assert (project.digest != before) == (name in DEPENDS)
