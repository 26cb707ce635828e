"""Runs a command whose output is bounded and kept in the order it came."""

import os
from collections.abc import Iterator
from selectors import EVENT_READ, DefaultSelector
from subprocess import PIPE, Popen
from tempfile import TemporaryFile
from typing import NamedTuple

OUTPUT_BYTES = 16 << 20
CHUNK_BYTES = 65536


class Finished(NamedTuple):
    """What a command did."""

    code: int
    stdout: str
    stderr: str
    text: str
    """Both streams in the order they came."""


def communicate(command: list[str], stdin: bytes = b"") -> Finished:
    """Run a command to its end.

    Raises:
        OverflowError: it printed more than `OUTPUT_BYTES`, and was killed for it.

    """
    streams = {"stdout": bytearray(), "stderr": bytearray()}
    text = bytearray()
    with TemporaryFile() as given:  # a pipe could fill up while nobody reads the output
        given.write(stdin)
        given.seek(0)
        with Popen(command, stdin=given, stdout=PIPE, stderr=PIPE) as process:
            for name, chunk in chunks(process):
                streams[name] += chunk
                text += chunk
                if len(text) > OUTPUT_BYTES:
                    process.kill()
                    raise OverflowError(f"printed more than {OUTPUT_BYTES >> 20} MB")
    stdout, stderr, both = (
        part.decode(errors="replace") for part in (streams["stdout"], streams["stderr"], text)
    )
    return Finished(process.returncode, stdout, stderr, both)


def chunks(process: Popen[bytes]) -> Iterator[tuple[str, bytes]]:
    """What a process prints, as it comes: the name of the stream, and some bytes of it.

    One selector for both streams hears them in their order, as two threads would not.
    """
    with DefaultSelector() as selector:
        for name in ("stdout", "stderr"):
            selector.register(getattr(process, name), EVENT_READ, name)
        while selector.get_map():
            for key, _ in selector.select():
                chunk = os.read(key.fd, CHUNK_BYTES)
                yield key.data, chunk
                if not chunk:
                    selector.unregister(key.fileobj)
