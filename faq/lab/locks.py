"""Locks between the runs on this machine: one for the lab, one for each of its engines."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Self

from faq.lab.paths import CACHE


class LabLock:
    """The lab's lock: exclusive for its start and its end, shared for its use."""

    def __init__(self) -> None:
        CACHE.mkdir(parents=True, exist_ok=True)
        self.file = (CACHE / "lab.lock").open("w")

    def exclusive(self) -> bool:
        """Take the lab to change it; False when a run uses it."""
        try:
            fcntl.flock(self.file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def shared(self) -> None:
        """Use the lab beside others; waits while another process starts or ends it."""
        fcntl.flock(self.file, fcntl.LOCK_SH)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.file.close()


@contextmanager
def reserved(service: str) -> Iterator[None]:
    """Have an engine for one claim: another run's claim would look like what it left."""
    with (CACHE / f"{service}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
