"""A command's output is bounded, and kept in the order it came."""

import time

import pytest

from faq.lab import process
from faq.lab.process import communicate


def test_streams_come_in_their_order():
    script = "for i in 1 2 3; do echo out $i; sleep 0.02; echo err $i >&2; sleep 0.02; done; exit 3"
    done = communicate(["sh", "-c", script])
    assert done.code == 3
    assert done.stdout == "out 1\nout 2\nout 3\n"
    assert done.stderr == "err 1\nerr 2\nerr 3\n"
    assert done.text == "out 1\nerr 1\nout 2\nerr 2\nout 3\nerr 3\n"


def test_command_that_prints_and_reads_much_ends():
    given = b"x" * (4 << 20)
    assert communicate(["cat"], given).stdout == given.decode()
    assert communicate(["true"], given).code == 0


def test_what_is_no_text_is_replaced():
    assert communicate(["printf", "a\\377b"]).stdout == "a\ufffdb"


def test_flood_is_stopped():
    started = time.monotonic()
    with pytest.raises(OverflowError, match="printed more than 16 MB"):
        communicate(["yes"])
    assert time.monotonic() - started < 30


def test_bound_is_what_both_streams_may_print(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(process, "OUTPUT_BYTES", 10)
    assert communicate(["sh", "-c", "echo 1234; echo 5678 >&2"]).text
    with pytest.raises(OverflowError):
        communicate(["sh", "-c", "echo 1234; echo 56789 >&2"])
