"""What is refused before a run begins: in one line, before an engine is asked."""

import os

import pytest

from faq.run import preflight
from tests.planted import Project

pytest_plugins = ["tests.planted_fixtures"]


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        (
            "tests/faults/test_line.py",
            "def test_x(engine):\n    assert engine\n",
            "has no docstring",
        ),
        ("snippets/faults/line/evidence.json", "{", "not JSON"),
    ],
)
def test_file_that_breaks_a_rule_is_refused(project: Project, name, text, message):
    project.write(name, text)
    for run in (project.pytest("--record"), project.run("faq", "stale")):
        assert run.returncode in (2, 4)
        assert f"{name}:1" in run.stderr
        assert message in run.stderr
        assert "Traceback" not in run.stderr


def test_folder_that_cannot_be_written_is_refused(
    project: Project, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(preflight, "entries", lambda: [project.entry])
    preflight.check_writable()
    monkeypatch.setattr(os, "access", lambda *_: False)  # root may write everywhere
    with pytest.raises(pytest.UsageError, match="snippets/faults/line is read-only: --record"):
        preflight.check_writable()


def test_bytecode_older_than_the_settings_is_forgotten(
    project: Project, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(preflight, "ROOT", project.root)
    for name, age in (("old", -60), ("new", 60)):
        path = project.root / f"tests/faults/{name}-pytest-9.pyc"
        path.touch()
        at = (project.root / "pyproject.toml").stat().st_mtime + age
        os.utime(path, (at, at))
    preflight.forget_old_bytecode()
    left = [path.name for path in (project.root / "tests/faults").glob("*.pyc")]
    assert left == ["new-pytest-9.pyc"]
