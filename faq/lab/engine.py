"""One engine of the lab, as a claim uses it."""

import datetime as dt
import json
import re
import shlex
import subprocess
import time
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Self
from uuid import uuid4

import msgspec

from faq import ROOT
from faq.errors import LabError
from faq.evidence.model import EngineRecord
from faq.lab.image_origin import base_origins
from faq.lab.inventory import (
    LISTING,
    Inventory,
    changes_between,
    has_unnamed_images,
    read_listing,
    removal,
)
from faq.lab.names import BASES, container
from faq.lab.process import communicate

# Runs "$2" for at most "$1" seconds. The mark at the end tells "the command ended" from "the
# engine died under it": without it there is no exit code, only an error.
RUN = 'timeout -k 5 "$1" sh -c "$2" sh "$3"; code=$?; printf "\\0%d" "$code" >&2'
# Ends the command that was run with this "$3", no other. `timeout` leads a process group: its
# end takes along all that the command has started.
STOP = 'pgrep -f "^timeout .* $1\\$" | sed s/^/-/ | xargs -r kill -KILL --'
CLAIM_SECONDS = 900
DESCRIBE = (
    "docker version --format '{{json .Server}}' && docker info --format '{{json .}}'; "
    "docker buildx version 2>/dev/null || true"
)


class EngineError(LabError):
    """A command could not be run to its end, or failed where nobody asked for its exit code."""


@dataclass(frozen=True)
class Result:
    """What a command in the engine did."""

    code: int
    stdout: str
    stderr: str
    text: str
    """Both streams in the order they came, as on a terminal."""
    seconds: float

    @property
    def out(self) -> str:
        """Standard output without surrounding white space."""
        return self.stdout.strip()

    def json(self) -> Any:  # noqa: ANN401 # a claim reads what has any form
        """Standard output, parsed."""
        return json.loads(self.stdout)


class Server(msgspec.Struct, rename="pascal"):
    """The daemon in `docker version`."""

    version: str
    api_version: str


class Info(msgspec.Struct, rename="pascal"):
    """What is read of `docker info`."""

    driver: str
    driver_status: list[tuple[str, str]]
    kernel_version: str
    security_options: list[str]
    cgroup_version: str = "1"


class Engine:
    """A running Docker Engine; commands run beside it, with its own release's CLI."""

    def __init__(self, service: str) -> None:
        self.service = service
        self.container = container(service)
        self.deadline = float("inf")
        self.clean = True

    def run(
        self,
        command: str,
        *,
        check: bool = True,
        timeout: float = 120,
        stdin: bytes = b"",
    ) -> Result:
        """Run a shell command on the engine's host.

        Args:
            check: whether an exit code other than 0 is an error of the claim.
            timeout: seconds until the command counts as hung, always an error; never more than
                the claim has left of its `CLAIM_SECONDS`.

        Raises:
            EngineError: it hung, it printed more than `OUTPUT_BYTES`, it failed (with `check`),
                or the engine went away.

        """
        timeout = max(1, min(timeout, self.deadline - time.monotonic()))
        result = self.run_to_its_end(command, timeout, stdin)
        if result.code in (124, 137) and result.seconds >= timeout:
            raise EngineError(
                f"{self}: `{command}` hung for {timeout:.0f} s "
                f"(a claim has {CLAIM_SECONDS} s in all)\n{result.text}"
            )
        if check and result.code:
            raise EngineError(f"{self}: `{command}` ended with {result.code}\n{result.text}")
        return result

    def run_to_its_end(self, command: str, timeout: float, stdin: bytes) -> Result:
        """Run a shell command, which `timeout` may end, whatever its exit code."""
        shell = ["docker", "exec", "-i", self.container, "sh", "-c"]
        token = uuid4().hex
        started = time.monotonic()
        try:
            done = communicate([*shell, RUN, "sh", str(timeout), command, token], stdin)
        except OverflowError as error:
            subprocess.run([*shell, STOP, "sh", token], capture_output=True)
            raise EngineError(f"{self}: `{command}` {error}") from None
        seconds = time.monotonic() - started
        stderr, mark, code = done.stderr.rpartition("\0")
        if not mark:
            raise EngineError(f"{self} went away during `{command}`: {code.strip()} ({done.code})")
        # Standard output may arrive after the mark, which ends standard error.
        before, _, after = done.text.rpartition(mark + code)
        return Result(int(code), done.stdout, stderr, before + after, seconds)

    def __str__(self) -> str:
        return f"engine {self.__dict__.get('line', self.service)}"

    def ready(self) -> Self:
        """Put the base images and all snippets into it."""
        for base in BASES:
            self.run(f"docker image inspect {base} || docker pull {base}")
        # Through the API, as nothing of the host is mounted: any engine will do for the lab.
        copy = ["docker", "cp", "--quiet", f"{ROOT}/snippets/.", f"{self.container}:/snippets"]
        subprocess.run(copy, check=True)
        return self

    @cached_property
    def info(self) -> EngineRecord:
        """What the daemon says of itself, and what stands around it."""
        version, described, buildx = [*self.run(DESCRIBE).stdout.splitlines(), ""][:3]
        server = msgspec.json.decode(version, type=Server)
        info = msgspec.json.decode(described, type=Info)
        driver = dict(info.driver_status).get("driver-type", "")
        builder = "legacy, BuildKit with DOCKER_BUILDKIT=1"
        if buildx:
            builder = f"BuildKit, buildx {buildx.split()[1]}"
        return EngineRecord(
            service=self.service,
            version=server.version,
            api=server.api_version,
            storage_driver=info.driver,
            image_store="containerd" if "containerd" in driver else "classic",
            builder=builder,
            kernel=info.kernel_version,
            cgroup_version=info.cgroup_version,
            security_options=[option.removeprefix("name=") for option in info.security_options],
            base_images=base_origins(),
            date=dt.datetime.now(dt.UTC).date(),
            checksum="",
        )

    @cached_property
    def line(self) -> str:
        """The column: the release line, and the image store where it is not the classic one."""
        store = "-containerd" if self.info.image_store == "containerd" else ""
        return release_line(self.info.version) + store

    def begin(self, claim: str, entry: str) -> Inventory:
        """Note that a claim begins, give it a fresh copy of its snippets; what is there now."""
        self.deadline = time.monotonic() + CLAIM_SECONDS
        self.clean = False
        return self.inventory(
            f"""
            echo {shlex.quote(claim)} >/run/claim
            rm -rf /work && cp -r /snippets/{entry} /work
            """
        )

    def end(self, entry: str, before: Inventory) -> list[str]:
        """Clean up as the reader would (`clean.sh`); what the claim left behind all the same.

        What it left is removed as well, so that the next claim starts from the same state.
        """
        self.deadline = float("inf")
        after = self.inventory(
            f"""
            rm -rf /work && cp -r /snippets/{entry} /work && cd /work
            [ ! -e clean.sh ] || sh clean.sh >/dev/null 2>&1
            """
        )
        if has_unnamed_images(before, after):
            # They are the legacy builder's cache, as BuildKit has one of its own.
            after = self.inventory("docker image prune --force >/dev/null || exit")
        if commands := removal(before, after):
            self.run(commands, check=False)
        self.clean = True
        return list(changes_between(before, after))

    def release(self) -> None:
        """Note that no claim is under way; an engine whose last one did not end stays marked."""
        if self.clean:
            with suppress(EngineError):  # it has gone away: nothing to note
                self.run("rm -f /run/claim")

    def inventory(self, script: str) -> Inventory:
        """Run `script`, then list all that a claim could leave behind, by kind."""
        return read_listing(self.run(f"{script}\n{LISTING}").stdout)


def release_line(version: str) -> str:
    """The release line of an exact version: `28.5` of `28.5.2+dfsg4`.

    Raises:
        LabError: it has none.

    """
    match = re.match(r"\d+\.\d+", version)
    if not match:
        raise LabError(f"the engine's version makes no release line: {version!r}")
    return match[0]
