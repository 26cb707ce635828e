"""What an engine could have said otherwise: the same changes each time, one answer in each."""

from faq.lab.result import Answer, Result
from faq.run.perturbations import ANOTHER, Perturbation, perturbations


def answer(command: str, text: str, code: int = 0) -> Answer:
    return Answer(command, Result(code, text, "", text, 0.25))


TAPE = [
    answer("docker version --format '{{.Server.Version}}'", "28.5.2\n"),
    answer("cd /work && sh show.sh", "2 files\n20.5 MB\n"),
    answer("docker ps", "", code=1),
    answer("docker images", "faq\n"),
]


def changes(
    read: dict[int, set[str]], recorded: dict[str, list[str]] | None = None
) -> list[Perturbation]:
    return list(perturbations(TAPE, read, recorded or {}))


def test_text_is_changed_in_each_way():
    found = changes({1: {"stdout"}, 3: {"text"}}, {"show.sh": ["of the control\n"]})
    assert {change.what: change.result.stdout for change in found if change.place == 1} == {
        "numbers raised": "3 files\n42.5 MB\n",
        "numbers a thousand times": "3000 files\n21500.0 MB\n",
        "numbers zero": "0 files\n0 MB\n",
        "empty": "",
        "another answer of the claim": "faq\n",
        "answer 1 of another claim": "of the control\n",
        "without line 1": "20.5 MB\n",
        "another line 1": f"{ANOTHER}20.5 MB\n",
        "without line 2": "2 files\n",
        "another line 2": f"2 files\n{ANOTHER}",
    }
    assert all(change.result.text == change.result.stdout for change in found)
    assert found == changes({1: {"stdout"}, 3: {"text"}}, {"show.sh": ["of the control\n"]})


def test_what_is_empty_is_filled():
    (change,) = changes({2: {"stdout"}})
    assert (change.what, change.result.stdout) == ("another answer of the claim", ANOTHER)


def test_exit_code_and_time_are_changed_alone():
    codes = changes({2: {"code"}, 3: {"code"}})
    assert [change.result.code for change in codes] == [0, 1]
    times = changes({3: {"seconds"}})
    assert [change.result.seconds for change in times] == [1250.0, 0.0]
    assert {change.result.text for change in times} == {"faq\n"}


def test_what_is_not_read_stays_and_so_does_the_version():
    assert changes({}) == changes({0: {"stdout", "code"}}) == []
    assert {change.place for change in changes({0: {"stdout"}, 3: {"stdout"}})} == {3}
