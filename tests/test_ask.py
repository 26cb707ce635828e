"""An answer in a terminal: which page is found, what is printed of it, and what where none is."""

import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from faq.__main__ import main
from faq.errors import FaqError
from faq.site.exports import claims_json, exported_claims
from faq.site.ranking import Ranked, Ranking
from tests.browsing import queries, queries_without_answer, served
from tests.planted import Project

pytest_plugins = ["tests.planted_fixtures"]
STOP = ("docker", "stop", "takes", "10", "seconds")


@pytest.fixture(scope="module")
def ranking() -> Ranking:
    return Ranking(exported_claims().entries)


@pytest.fixture
def published(tmp_path) -> Path:
    """What the site publishes, in a folder of its own."""
    path = tmp_path / "claims.json"
    path.write_text(claims_json())
    return path


def ask(*arguments: str, color: bool = False) -> Result:
    return CliRunner().invoke(main, ["ask", *arguments], color=color)


def answers(found: list[Ranked]) -> bool:
    return any(page.answers for page in found[:1])


def test_right_page_is_found(ranking: Ranking):
    missed = []
    first = three = silent = 0
    for query, entry in queries():
        found = ranking.find(query)
        names = [page.entry.name for page in found]
        first += names[:1] == [entry]
        three += entry in names[:3]
        silent += not answers(found)
        missed += [query] * (names[:1] != [entry])
    count = len(queries())
    assert count >= 150
    assert first >= 0.9 * count, missed
    assert three >= 0.97 * count, missed
    assert silent <= 0.05 * count


def test_nothing_is_said_where_nothing_answers(ranking: Ranking):
    unanswered = queries_without_answer()
    answered = [query for query in unanswered if answers(ranking.find(query))]
    assert len(unanswered) >= 50
    assert len(answered) <= 0.16 * len(unanswered), answered


@pytest.mark.parametrize("query", ["xyzzy", "?", "", "日本語", "a" * 3000, "\x00", '" OR page: *'])
def test_odd_words_have_no_answer(ranking: Ranking, query: str):
    assert not answers(ranking.find(query))


@pytest.mark.parametrize(
    ("query", "entry"),
    [
        ("dokcer stop 10 secnds", "lifecycle/shell-form"),
        ("a heredco in a dockerfile", "build/heredoc"),
        (
            f"{'12:00 all is well ' * 500}dockerfile parse error line 3: unknown instruction: SET",
            "build/heredoc",
        ),
    ],
)
def test_typing_errors_and_logs_are_read(ranking: Ranking, query: str, entry: str):
    first = ranking.find(query)[0]
    assert (first.entry.name, first.answers) == (entry, True)


def test_answer_has_fix_claim_verdicts_and_address(published: Path):
    said = ask("--data", str(published), "heredoc", "legacy", "builder")
    (entry,) = [one for one in exported_claims().entries if one.name == "build/heredoc"]
    assert said.exit_code == 0
    words = " ".join(said.stdout.split())
    assert words.startswith(f"{entry.question} {entry.answer} In a Dockerfile: ")
    assert " ".join(entry.fix["On the command line"].split()) in words
    assert re.search(r"legacy builder .+ ✓ holds on [\d., ]+\S* ", words)
    assert f"\n{published.parent}/build/heredoc.html\n" in said.stdout


def test_engines_that_differ_are_told_apart():
    said = ask("heredoc is one layer").stdout
    assert "✗ does not hold on 20.10\n" in said
    assert "✓ holds on 26.1, 28.5\n" in said


def test_colors_are_for_terminals():
    assert "\x1b[" not in ask(*STOP).stdout
    assert "\x1b[1mWhy does docker stop take ten seconds?\x1b[0m" in ask(*STOP, color=True).stdout


def test_address_is_of_the_site_where_it_is_known(monkeypatch):
    monkeypatch.delenv("SITE_URL", raising=False)
    assert "\ndocs/lifecycle/shell-form.md\n" in ask(*STOP).stdout
    monkeypatch.setenv("SITE_URL", "https://faq.example/docker/")
    said = ask(*STOP).stdout
    assert "\nhttps://faq.example/docker/lifecycle/shell-form.html\n" in said


def test_published_data_are_read(published: Path):
    plain = published.rename(published.with_suffix(""))  # this server would send it compressed
    with served(plain.parent) as address:
        said = ask("--data", f"{address}{plain.name}", *STOP)
    assert f"\n{address}lifecycle/shell-form.html\n" in said.stdout


def test_nothing_answers_is_said_and_a_status():
    said = ask("kubernetes pod pending")
    assert said.stdout.startswith("Nothing here answers this.\n\nThe nearest pages:\n")
    assert said.exit_code == 1
    said = ask("xyzzy")
    assert (said.stdout, said.exit_code) == ("Nothing here answers this.\n", 1)


def test_option_of_docker_is_a_word():
    assert "--cache-from" in ask("--cache-from", "registry").stdout
    assert ask().exit_code == 2


@pytest.mark.parametrize("text", ["{}", "no JSON", '{"version": 2}'])
def test_other_data_are_refused(tmp_path: Path, text: str):
    path = tmp_path / "claims.json"
    path.write_text(text)
    with pytest.raises(FaqError, match=rf"^{path}: "):
        raise ask("--data", str(path), "heredoc").exception


def test_missing_data_are_one_line(project: Project):
    said = project.run("faq", "ask", "--data", "none.json", "heredoc")
    assert (said.returncode, said.stdout) == (2, "")
    assert said.stderr == "error: none.json: [Errno 2] No such file or directory: 'none.json'\n"
