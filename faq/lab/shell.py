"""A shell beside an engine that stays, so that a command costs no new process of Docker's."""

import struct
from subprocess import PIPE, Popen
from typing import NamedTuple

OUTPUT_BYTES = 16 << 20
FRAME = struct.Struct(">cI")
KINDS = (b"o", b"e", b"x")
REQUEST = struct.Struct(">II")


class Finished(NamedTuple):
    """What a command did."""

    code: int
    stdout: str
    stderr: str
    text: str
    """Both streams in the order they came."""


class Shell:
    """Runs one command at a time in a container of the lab, by `tests/lab/host/shell.pl`."""

    def __init__(self, container: str) -> None:
        command = ["docker", "exec", "-i", container, "lab-shell"]
        self.process = Popen(command, stdin=PIPE, stdout=PIPE, stderr=PIPE)
        assert self.process.stdin  # noqa: S101 # it is a pipe, as the two others are
        assert self.process.stdout  # noqa: S101
        assert self.process.stderr  # noqa: S101
        self.requests = self.process.stdin
        self.frames = self.process.stdout
        self.complaints = self.process.stderr

    def run(self, command: str, seconds: float) -> Finished:
        """Run a command to its end; `timeout` ends it after some seconds.

        Raises:
            OverflowError: it printed more than `OUTPUT_BYTES`. The shell is of no use then.
            ConnectionError: the container went away.

        """
        text = command.encode()
        try:
            self.requests.write(REQUEST.pack(round(seconds * 1000), len(text)) + text)
            self.requests.flush()
        except (BrokenPipeError, ValueError):  # it has ended now, or before
            raise ConnectionError(self.last_words()) from None
        streams = {b"o": bytearray(), b"e": bytearray()}
        both = bytearray()
        kind, data = self.receive()
        while kind != b"x":
            streams[kind] += data
            both += data
            if len(both) > OUTPUT_BYTES:
                raise OverflowError(f"printed more than {OUTPUT_BYTES >> 20} MB")
            kind, data = self.receive()
        out, err, all_of_it = (part.decode(errors="replace") for part in (*streams.values(), both))
        return Finished(int(data), out, err, all_of_it)

    def receive(self) -> tuple[bytes, bytes]:
        """The next frame: its kind, and its bytes."""
        head = self.frames.read(FRAME.size)
        if head[:1] not in KINDS or len(head) < FRAME.size:
            raise ConnectionError(self.last_words(head))
        kind, size = FRAME.unpack(head)
        return kind, self.frames.read(size)

    def last_words(self, head: bytes = b"") -> str:
        """What Docker said, on either stream, of the container or the shell that is not there."""
        said = b"it has ended before"
        if not self.frames.closed:
            said = head + self.frames.read() + self.complaints.read()
            self.process.communicate()
        return f"{said.decode(errors='replace').strip()} ({self.process.returncode})"

    def close(self) -> None:
        """End the shell, and with it a command that still runs."""
        self.process.kill()
        self.process.communicate()
