"""What two results say otherwise, and what a reviewer is told of what a branch changes."""

import pytest
from msgspec.structs import replace

from faq.evidence.comparison import commands, is_alike
from faq.evidence.model import Cell, ClaimRecord, Evidence, Output, Verdict
from faq.evidence.report import changes_of_truth, fenced, says_otherwise
from tests.planted import Project

pytest_plugins = ["tests.planted_fixtures"]


@pytest.fixture
def cell(project: Project) -> Cell:
    printed = Output("sh a.sh 5", 0, "pulled 3fa9c0deadbe in 2.1 s")
    measured = {"seconds": 1.0, "word": "sh"}
    return replace(project.evidence().cell("one", "28.5"), measured=measured, output=[printed])


@pytest.mark.parametrize(
    ("recorded", "now", "alike"),
    [
        *((10.0, 21.0, True), (10.0, 21.01, False), (21.01, 10.0, False), (-3.0, -7.0, True)),
        *((0.1, 1.1, True), (0.1, 1.3, False), (10, 11, False), (1, 1.0, False)),
        *((1, True, False), (None, 0, False), ("sh", "sh", True), ("sh", "bash", False)),
        *(([1.0, "a"], [1.5, "a"], True), ([1.0], [1.0, 2.0], False), ([1, 2], [2, 1], False)),
        *(({"a": 1.0}, {"a": 1.5}, True), ({"a": 1.0}, {"b": 1.0}, False)),
        ({"a": {"b": 1}}, {"a": {"b": 2}}, False),
    ],
)
def test_values_are_alike(recorded, now, alike):
    assert is_alike(recorded, now) is alike


@pytest.mark.parametrize(
    ("command", "shown"),
    [
        ("sh stop.sh 3fa9c0deadbe", "sh stop.sh # → 0"),
        ("sh kill.sh TERM 12345", "sh kill.sh TERM # → 0"),
        ("sh kill.sh 12345 TERM", "sh kill.sh 12345 TERM → 0"),
        ("sh wait.sh 10", "sh wait.sh 10 → 0"),
        ("sh build.sh deadbeefcafe", "sh build.sh deadbeefcafe → 0"),
    ],
)
def test_ids_in_commands_do_not_count(cell: Cell, command, shown):
    assert commands(replace(cell, output=[Output(command, 0, "")])) == [shown]


def test_changes_of_truth_are_told(cell: Cell):
    def evidence(**claims: tuple[str, Cell]) -> Evidence:
        records = {name: ClaimRecord(says, {"28.5": cell}) for name, (says, cell) in claims.items()}
        return Evidence(records, {})

    before = evidence(
        kept=("It is so.", cell),
        gone=("It was so.", cell),
        changed=("It may be so.", cell),
        reworded=("Said one way.", cell),
    )
    now = evidence(
        kept=("It is so.", replace(cell, measured={"seconds": 1.5, "word": "bash"})),
        changed=("It may be so.", replace(cell, state=Verdict.DOES_NOT_HOLD)),
        reworded=("Said another way.", cell),
        new=("It is new.", cell),
    )
    assert changes_of_truth(before, now) == [
        "new: It is new. (holds on 28.5)",
        "gone: It was so.",
        "changed on 28.5: holds, now does not hold",
        "kept on 28.5: 'word' was 'sh' when recorded and is 'bash' now",
        "reworded: Said one way. Now: Said another way.",
    ]
    assert changes_of_truth(now, now) == []


@pytest.mark.parametrize(
    ("changes", "otherwise"),
    [
        ({"output": [Output("sh a.sh 5", 0, "pulled 77beefcafe00 in 3.4 s")]}, False),
        ({"output": [Output("sh a.sh 5", 0, "pushed 3fa9c0deadbe in 2.1 s")]}, True),
        ({"output": [Output("sh a.sh 5", 1, "pulled 3fa9c0deadbe in 2.1 s")]}, True),
        ({"output": [Output("sh a.sh 6", 0, "pulled 3fa9c0deadbe in 2.1 s")]}, True),
        ({"measured": {"seconds": 1.5, "word": "sh"}}, False),
        ({"measured": {"seconds": 1.0, "word": "bash"}}, True),
        ({"state": Verdict.DOES_NOT_HOLD}, True),
        ({"reason": "no wings"}, True),
        ({"date": None, "key": "", "base": "", "checksum": ""}, False),
    ],
)
def test_reviewer_sees_what_was_printed_otherwise(cell: Cell, changes, otherwise):
    assert says_otherwise(cell, replace(cell, **changes)) is otherwise


def test_output_cannot_end_its_block():
    assert fenced("````\n# All is well\n") == "`````text\n````\n# All is well\n`````\n"
    assert fenced("no fence\n") == "````text\nno fence\n````\n"


def test_report_compares_with_a_commit(project: Project):
    project.record("28.5", "one", output=[Output("sh print.sh", 0, "one\n")])
    cited = '!!! quote "Not tested here"\n    - a\n\n'
    project.edit("docs/faults/line.md", "``` sh", f"{cited}``` sh")
    project.commit()
    nothing = project.run("faq", "report", "HEAD").stdout
    assert nothing == (
        "# Truth that changes\n\nClaims among the factual statements: 2 of 3 (67 %), "
        "now 2 of 3 (67 %).\n\nNo claim changes.\n"
    )
    engine = replace(project.evidence().engines["28.5"], kernel="6.2")
    now = [Output("sh print.sh", 0, "one\nmore lines")]
    project.record("28.5", "one", "2026-11-09", engine, output=now, state=Verdict.DOES_NOT_HOLD)
    project.edit("docs/faults/line.md", "``` sh", f"{cited}``` sh")
    said = project.run("faq", "report", "HEAD").stdout
    assert said == (
        "# Truth that changes\n\n**1 verdicts change: read each.**\n\n"
        "Claims among the factual statements: 2 of 3 (67 %), now 2 of 4 (50 %).\n\n"
        "## faults/line\n\n- one on 28.5: holds, now does not hold\n\n"
        "<details><summary>one on 28.5: what it printed</summary>\n\n"
        "before: holds\n\n````text\n$ sh print.sh\none\n````\n\n"
        "now: does not hold\n\n````text\n$ sh print.sh\none\nmore lines\n````\n\n"
        "</details>\n\n## Engines\n\n- 28.5: kernel was `'6.1'`, now `'6.2'`\n"
    )
