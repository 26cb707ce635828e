"""What an ordinary host is asked, and what is told of its answers."""

from contextlib import nullcontext
from types import SimpleNamespace

import pytest

from faq.claims import read_claims
from faq.entries import entries
from faq.evidence import store
from faq.evidence.model import State, Verdict
from faq.lab.virtual_machine import USERS
from faq.run import host
from faq.run.host import CLAIMS, Answer, Visit, table
from faq.run.host_choice import (
    FEATURES,
    Candidate,
    candidates,
    choose,
    features,
    installs_packages,
    smallest_safe_entry,
)

CASE = """<testsuites><testsuite><testcase classname="tests.{module}" name="test_{claim}[{column}]">
<properties><property name="column" value="{column}"/><property name="state" value="{state}"/>
</properties>{part}</testcase></testsuite></testsuites>"""


def cell(name: str, *covers: str) -> Candidate:
    """A cell that stands for something."""
    return Candidate(entries()[0], name, "28.5", frozenset(covers))


def published_cell():
    """A claim with its column and what is published of it."""
    entry = entries()[0]
    name = next(iter(entry.claims))
    column, recorded = next(iter(store.read(entry).cells(name).items()))
    return entry, name, column, recorded.state


def report(state: str, part: str = "") -> str:
    """A report on one published cell."""
    entry, claim, column, _ = published_cell()
    module = f"{entry.topic}.{entry.claims_file.stem}"
    return CASE.format(module=module, claim=claim, column=column, state=state, part=part)


def test_a_dozen_has_each_topic_each_column_limits_and_a_firewall_rule():
    every = candidates()
    chosen = choose(every, CLAIMS)

    covered = set().union(*(cell.covers for cell in chosen))
    assert len(chosen) == CLAIMS
    assert covered == set().union(*(cell.covers for cell in every))
    assert set(FEATURES) <= covered


def test_choice_is_always_the_same_and_has_no_claim_twice():
    names = [(cell.entry, cell.claim) for cell in choose(candidates(), CLAIMS)]

    assert names == [(cell.entry, cell.claim) for cell in choose(candidates(), CLAIMS)]
    assert len(set(names)) == CLAIMS


def test_what_covers_most_comes_first_and_nothing_is_left_out():
    cells = [cell("one", "a"), cell("two", "a", "b"), cell("three", "c")]

    assert [chosen.claim for chosen in choose(cells, 2)] == ["two", "three"]
    assert [chosen.claim for chosen in choose(cells, 9)] == ["two", "three", "one"]


def test_entry_for_the_hosts_own_engine_is_the_smallest_safe_one():
    chosen = smallest_safe_entry()

    assert chosen.is_safe
    assert not [
        entry
        for entry in entries()
        if entry.is_safe and not installs_packages(entry) and len(entry.claims) < len(chosen.claims)
    ]
    assert not installs_packages(chosen)


def test_nothing_that_does_not_apply_is_asked():
    for cell in candidates():
        recorded = store.read(cell.entry).cell(cell.claim, cell.column)
        assert recorded
        assert recorded.state is not Verdict.NOT_APPLICABLE


@pytest.mark.parametrize(
    ("code", "shell", "named"),
    [
        ('snippet("run.sh")', "docker run --memory 64m busybox", ["a memory limit"]),
        (
            'snippet("run.sh")',
            "docker run -m 64m --cpus 1 busybox",
            ["a memory limit", "a CPU limit"],
        ),
        ('engine.run("iptables -S")', "", ["a firewall rule"]),
        ('snippet("other.sh")', "docker run --memory 64m busybox", []),
    ],
)
def test_what_depends_on_the_host_is_seen_in_claim_and_snippet(tmp_path, code, shell, named):
    (tmp_path / "run.sh").write_text(shell)
    text = f'def test_it(snippet, engine):\n    """It does."""\n    assert {code}\n'
    claim = read_claims(text, f"{tmp_path}.py")["it"]

    assert features(SimpleNamespace(folder=tmp_path), claim) == named


def test_answer_as_published_does_not_differ():
    entry, claim, column, state = published_cell()

    (answer,) = host.read_report(report(state))

    assert answer == Answer(f"{entry} {claim}", column, state, state)
    assert not answer.differs


def test_answer_that_changed_says_what_was_said():
    (answer,) = host.read_report(report(State.CHANGED, '<failure message="says  0"/>'))

    assert answer.is_wrong
    assert answer.said == "says 0"


def test_what_does_not_apply_there_differs_and_is_not_wrong():
    (answer,) = host.read_report(report(State.NOT_APPLICABLE, '<skipped message="no v1"/>'))

    assert answer.differs
    assert not answer.is_wrong


@pytest.mark.parametrize("text", ["", "<testsuites><testcase"])
def test_report_that_is_cut_short_has_no_answers(text):
    assert host.read_report(text) == []


# A host whose commands end with 2 and write no report.
SILENT = SimpleNamespace(
    run=lambda user, *_: (2, f"{user}: started\nno engine\n"), read=lambda *_: ""
)


def test_claims_that_were_not_asked_are_told():
    answers: list[Answer] = []
    Visit(SILENT, "reader", answers).ask("pytest", ["build/heredoc one"])

    assert answers == [Answer("build/heredoc one", "", "asked", State.NOT_RUN, "no engine")]
    assert answers[0].is_wrong


def test_command_that_fails_is_an_answer():
    answer = Visit(SILENT, "reader", []).run("cd checkout && make lab-up")

    assert answer == Answer("make lab-up", "", "exit code 0", "exit code 2", "no engine")


def test_each_user_brings_the_lab_and_asks_it_and_the_own_engine(monkeypatch):
    ran = []
    machine = SimpleNamespace(
        is_emulated=True,
        run=lambda user, command, *_: (ran.append((user, command)), (0, ""))[1],
        read=lambda *_: "",
    )
    monkeypatch.setattr(host, "virtual_machine", lambda _: nullcontext(machine))
    assert not host.host()  # no claim has an answer

    def places(user: str, part: str) -> list[int]:
        return [at for at, (who, command) in enumerate(ran) if who == user and part in command]

    for user in USERS:
        for part in ("make lab-up", host.PYTEST, "check-my-engine", host.LIMITED):
            assert places(user, part), (user, part)
    # A lab that starts would throw the other one's claim away.
    assert places("root", "make lab-up") > places("reader", host.PYTEST)
    own = smallest_safe_entry()
    (asked,) = [ran[at][1].count("::test_") for at in places("root", "check-my-engine")]
    assert asked == len(own.claims)


def test_table_has_what_differs_alone():
    good = Answer("build/heredoc one", "28.5", "holds", "holds")
    bad = Answer("build/heredoc two", "28.5", "holds", "changed", "a | b")

    assert table({"root": [good], "reader": [good, bad]}).splitlines() == [
        "| user | what | column | published | here | said |",
        "| --- | --- | --- | --- | --- | --- |",
        "| reader | build/heredoc two | 28.5 | holds | changed | a / b |",
        "",
        "on an ordinary host, 2 of 3 answers are as published",
    ]
    assert table({"root": [good]}) == "on an ordinary host, 1 of 1 answers are as published"
