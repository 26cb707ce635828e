"""What a page offers to paste: its files, a claim's commands, and what these need and warn of."""

from faq.evidence.model import Output, State
from faq.site.page import ShownCell
from faq.site.repeat import Notes, clean_command, commands_to_paste, notes_of
from tests.planted import PAGE, Project

pytest_plugins = ["tests.planted_fixtures"]
PRUNE = """\
# Needs: root, and Linux.
# Warning: removes your build cache.
# Needs no more.
echo '# Warning: printed'; docker builder prune --all
sh sub/inner.sh
"""


def test_scripts_that_are_called_say_what_they_need_and_warn_of(tmp_path):
    (tmp_path / "sub").mkdir()
    (tmp_path / "prune.sh").write_text(PRUNE)
    (tmp_path / "sub/inner.sh").write_text("# Warning: more\nsh prune.sh\n")
    (tmp_path / "clean.sh").write_text("# Needs: root, and Linux.\n# Warning: cleans\n")
    commands = "DOCKER_BUILDKIT=1 sh prune.sh a.sh\nsh gone.sh\nsh clean.sh"
    warnings = ["removes your build cache.", "cleans", "more"]
    assert notes_of(tmp_path, commands) == Notes(["root, and Linux."], warnings)
    assert notes_of(tmp_path, "docker ps") == Notes([], [])


def test_commands_end_with_what_cleans_up(project: Project):
    ran = ShownCell(State.HOLDS, output=[Output("sh a.sh", 0, ""), Output("sh b.sh", 1, "")])
    clean = clean_command(project.entry)
    assert commands_to_paste(ran, clean) == "sh a.sh\nsh b.sh\nsh clean.sh"
    assert commands_to_paste(ran) == "sh a.sh\nsh b.sh"
    assert commands_to_paste(ShownCell(State.HOLDS), clean) == ""
    (project.entry.folder / "clean.sh").unlink()
    assert clean_command(project.entry) == ""


def test_page_shows_warnings_above_the_commands(project: Project):
    project.write("snippets/faults/line/print.sh", "# Warning: <b>all</b> goes\necho one\n")
    project.write("docs/faults/line.md", PAGE.format(text="An answer."))
    project.record("28.5", "one", output=[Output("sh print.sh", 0, "one\n")])
    project.record("28.5", "two")
    assert project.build().returncode == 0
    warning = '<p class="warning"><strong>Warning:</strong> &#60;b&#62;all&#60;&#47;b&#62; goes'
    before, _, after = project.built().partition(warning)
    assert "Run it yourself, after pasting" in before
    assert 'class="run"' not in before
    assert 'class="run" tabindex="0">sh print&#46;sh' in after
