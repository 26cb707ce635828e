"""One engine of the lab, as a claim uses it."""

import json
import shlex
import subprocess
import time
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple, Self

from faq import ROOT
from faq.errors import LabError
from faq.evidence.model import EngineRecord
from faq.lab.inventory import (
    LISTING,
    Inventory,
    changes_between,
    has_unnamed_images,
    read_listing,
    removal,
)
from faq.lab.names import BASES, container
from faq.lab.shell import Finished, Shell

CLAIM_SECONDS = 900
# Kernels list their security modules in a file system that a container does not have mounted.
DESCRIBE_HOST = """
    ps -o comm= -p 1
    mkdir -p /run/security
    if mount -t securityfs none /run/security 2>/dev/null; then
      cat /run/security/lsm && echo
      umount /run/security
    fi
"""


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


class Host(NamedTuple):
    """Where an engine runs, as far as a claim may depend on it."""

    init: str
    """The program with PID 1."""
    security_modules: list[str]
    """Of the kernel, such as `apparmor`."""


class Engine:
    """A running engine; commands run beside it, with its own release's CLI."""

    def __init__(self, service: str) -> None:
        self.service = service
        self.container = container(service)
        self.deadline = float("inf")
        self.clean = True
        self.shells: list[Shell] = []
        """Those at rest: a command takes one, or a new one."""

    def run(self, command: str, *, check: bool = True, timeout: float = 120) -> Result:
        """Run a shell command on the engine's host.

        Args:
            command: for `sh`; its standard input is empty.
            check: whether an exit code other than 0 is an error of the claim.
            timeout: seconds until the command counts as hung, always an error; never more than
                the claim has left of its `CLAIM_SECONDS`.

        Raises:
            EngineError: it hung, it printed more than `OUTPUT_BYTES`, it failed (with `check`),
                or the engine went away.

        """
        timeout = max(1, min(timeout, self.deadline - time.monotonic()))
        started = time.monotonic()
        done = self.run_to_its_end(command, timeout)
        result = Result(*done, seconds=time.monotonic() - started)
        if result.code in (124, 137) and result.seconds >= timeout:
            raise EngineError(
                f"{self}: `{command}` hung for {timeout:.0f} s "
                f"(a claim has {CLAIM_SECONDS} s in all)\n{result.text}"
            )
        if check and result.code:
            raise EngineError(f"{self}: `{command}` ended with {result.code}\n{result.text}")
        return result

    def run_to_its_end(self, command: str, timeout: float) -> Finished:
        """Run a shell command, which `timeout` may end, whatever its exit code."""
        shell = self.shells.pop() if self.shells else Shell(self.container)
        try:
            done = shell.run(command, timeout)
        except OverflowError as error:
            shell.close()
            raise EngineError(f"{self}: `{command}` {error}") from None
        except ConnectionError as error:
            raise EngineError(f"{self} went away during `{command}`: {error}") from None
        except BaseException:
            shell.close()
            raise
        self.shells.append(shell)
        return done

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
    def host(self) -> Host:
        """What is to be known of the engine's host."""
        init, *modules = self.run(DESCRIBE_HOST).out.splitlines()
        return Host(init, modules[0].split(",") if modules else [])

    @cached_property
    def info(self) -> EngineRecord:
        """What the engine says of itself, and what stands around it."""
        raise NotImplementedError

    @cached_property
    def line(self) -> str:
        """Its column, named after its release line."""
        raise NotImplementedError

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
        while self.shells:
            self.shells.pop().close()

    def inventory(self, script: str) -> Inventory:
        """Run `script`, then list all that a claim could leave behind, by kind."""
        return read_listing(self.run(f"{script}\n{LISTING}").stdout)
