"""The lab is started and ended by one process, used by many; an engine is asked by one claim."""

import fcntl

import pytest

from faq.lab import locks
from faq.lab.locks import LabLock, reserved


@pytest.fixture(autouse=True)
def _cache(tmp_path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Other locks than the lab's own."""
    monkeypatch.setattr(locks, "CACHE", tmp_path / "cache")


def test_lab_is_changed_by_one_and_used_by_many():
    with LabLock() as first, LabLock() as second, LabLock() as third:
        assert first.exclusive()
        assert not second.exclusive()
        first.shared()
        second.shared()
        assert not third.exclusive()
    with LabLock() as last:
        assert last.exclusive()


def test_engine_is_asked_by_one_claim_at_a_time():
    with LabLock(), reserved("forky"):
        file = locks.CACHE / "forky.lock"
        with file.open("w") as other, pytest.raises(BlockingIOError):
            fcntl.flock(other, fcntl.LOCK_EX | fcntl.LOCK_NB)
        with reserved("trixie"):
            pass
    with file.open("w") as other:
        fcntl.flock(other, fcntl.LOCK_EX | fcntl.LOCK_NB)
