"""Two results say the same: words and counts to the letter, fractions about."""

import pytest

from faq.evidence.comparison import commands, is_alike, measured_differences
from faq.evidence.model import Output
from tests.planted import Project

pytest_plugins = ["tests.planted_fixtures"]


@pytest.mark.parametrize(
    ("recorded", "now", "alike"),
    [
        (10.0, 21.0, True),
        (10.0, 21.01, False),
        (21.01, 10.0, False),
        (0.1, 1.1, True),
        (0.1, 1.3, False),
        (-3.0, -7.0, True),
        (10, 11, False),
        (1, True, False),
        (1, 1.0, False),
        (None, 0, False),
        ("sh", "sh", True),
        ("sh", "bash", False),
        ([1.0, "a"], [1.5, "a"], True),
        ([1.0], [1.0, 2.0], False),
        ([1, 2], [2, 1], False),
        ({"a": 1.0}, {"a": 1.5}, True),
        ({"a": 1.0}, {"b": 1.0}, False),
        ({"a": {"b": 1}}, {"a": {"b": 2}}, False),
    ],
)
def test_values_are_alike(recorded, now, alike):
    assert is_alike(recorded, now) is alike


def test_differences_name_the_key():
    recorded, now = (
        {"word": "sh", "gone": None, "same": 1.0},
        {"word": "bash", "new": 0, "same": 1.5},
    )
    assert measured_differences(recorded, now) == [
        "'word' was 'sh' when recorded and is 'bash' now",
        "'gone' was None when recorded and is '–' now",
        "'new' was '–' when recorded and is 0 now",
    ]


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
def test_ids_in_commands_do_not_count(project: Project, command, shown):
    project.record("28.5", "one", output=[Output(command, 0, "")])
    cell = project.evidence().cell("one", "28.5")
    assert commands(cell) == [shown]
