"""The one list of columns, and their names: a service that is added is found everywhere."""

import json
import re
from html import unescape

import pytest

from faq import columns
from faq.errors import ClaimError
from faq.evidence.freshness import stale_cells
from faq.evidence.keys import cell_keys
from faq.evidence.store import recorded_columns
from tests.planted import Project

pytest_plugins = ["tests.planted_fixtures"]
SID = """\
  sid:
    <<: *engine
    image: container-faq/engine:sid
    build: {<<: *engine-build, args: {SUITE: sid}}
"""
HOME = '# Home\n\n{{ columns("docker") }}: {{ summary() }}\n\n{{ matrix() }}\n'
ORDERED = ["9.1", "20.10", "28.5", "28.5-containerd", "podman-5.4"]


def test_podman_stands_by_itself_after_docker():
    assert sorted(sorted(ORDERED), key=columns.parse) == ORDERED
    assert list(filter(columns.is_docker, ORDERED)) == ORDERED[:-1]


@pytest.mark.parametrize(
    ("some", "words"),
    [
        (ORDERED, "9.1, 20.10, 28.5, podman-5.4"),
        *((ORDERED[:1], "9.1"), (["28.5", "9.1"], "9.1, 28.5 (classic store)"), ([], "")),
        *((ORDERED[2:4], "28.5"), (ORDERED[2:3], "28.5 (classic store)")),
        (["28.5-containerd", "podman-5.4"], "28.5-containerd, podman-5.4"),
    ],
)
def test_columns_are_listed_by_name(some, words):
    assert columns.listed(some, ORDERED) == words
    states = dict.fromkeys(ORDERED, "holds") | {"9.1": "does not hold"}
    words = "does not hold on 9.1; holds on 20.10, 28.5, podman-5.4"
    assert columns.verdicts(states) == words


@pytest.mark.parametrize("name", ["28", "28.5.1", "v28.5", "28.5-classic", "Podman-5.4", ""])
def test_name_of_a_service_is_none_of_a_column(name):
    assert not columns.is_column(name)
    assert not re.search(columns.PATTERN, name)
    with pytest.raises(ValueError, match="not a column"):
        columns.parse(name)


def collected(project: Project, column: str) -> list[str]:
    listed = project.run("pytest", "-n0", "--collect-only", "-q", "--column", column).stdout
    return re.findall(r"::test_(\w+\[\S+\])", listed)


def test_service_that_is_added_is_found_everywhere(project: Project):
    project.edit(columns.COMPOSE_FILE, "  registry:\n", f"{SID}  registry:\n")
    assert "sid" in json.loads(project.run("faq", "columns").stdout)
    assert "sid" in project.entry.services
    sid, gone = cell_keys(project.entry, ["sid", "gone"]).values()
    assert sid["one"] != gone["one"]
    assert collected(project, "sid") == ["one[sid]", "two[sid]"]
    project.record("30.1", "one")
    assert recorded_columns(project.root) == {"28.5": "forky", "30.1": "sid"}
    assert stale_cells(project.root) == ["tests/faults/test_line.py:10: two is missing on 30.1"]
    assert collected(project, "30.1") == collected(project, "sid") == ["one[30.1]", "two[30.1]"]
    project.write("docs/index.md", HOME)
    built = project.build(SHOW_STALE="1")
    assert built.returncode == 0, built.stderr
    home, page = unescape(project.built("index.html")), unescape(project.built())
    assert "<strong>28.5</strong> and <strong>30.1</strong>: 2 claims, each tested on 2" in home
    assert 'data-columns="30.1">30.1</th>' in home
    assert "<option>30.1" in home
    assert re.search(r'<td class="not-run" data-columns="30.1">\s*\? not run', page)
    assert json.loads(project.built("claims.json"))["columns"] == ["28.5", "30.1"]


@pytest.mark.parametrize(
    ("old", "new", "asked"),
    [
        ("x-column: {}", "x-column: {topics: [build]}", ["podman"]),
        ("program: podman, topics: [podman]", "program: podman", None),
        ("  x-column: {}\n", "", ["podman"]),
    ],
)
def test_service_says_what_it_is_asked(project: Project, old, new, asked):
    before = columns.services_of("podman", project.root)
    assert set(columns.all_services()) - set(columns.services()) == {"registry"}
    project.edit(columns.COMPOSE_FILE, old, new)
    assert columns.services_of("podman", project.root) == (asked or before)


WRONG = [("program: podman", "programm: podman"), ("[podman]", "7"), ("image:", "images:")]


@pytest.mark.parametrize(("old", "new"), WRONG)
def test_compose_file_that_says_no_column_is_refused(project: Project, old, new):
    project.edit(columns.COMPOSE_FILE, old, new)
    with pytest.raises(ClaimError, match=r"^tests/docker-compose\.yml:1: "):
        columns.services(project.root)
