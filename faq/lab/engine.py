"""One engine of the lab, as a claim uses it."""

import datetime as dt
import shlex
import time
from contextlib import suppress
from functools import cached_property
from typing import NamedTuple, Self

from faq.errors import LabError
from faq.evidence.model import EngineRecord
from faq.lab import host_state
from faq.lab.host_state import Change
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
from faq.lab.result import Answer, Result
from faq.lab.shell import Finished, Shell
from faq.lab.snippets import store_snippets

CLAIM_SECONDS = 900
PULL_SECONDS = 600
SETTLING_SECONDS = 3
"""How long what a claim has ended may take to go away: the process of a removed container."""
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


class Host(NamedTuple):
    """Where an engine runs, as far as a claim may depend on it."""

    init: str
    """The program with PID 1."""
    security_modules: list[str]
    """Of the kernel, such as `apparmor`."""


class EngineFacts(NamedTuple):
    """What an engine says of itself, as `EngineRecord` has it."""

    version: str
    api: str
    storage_driver: str
    image_store: str
    builder: str
    kernel: str
    cgroup_version: str
    security_options: list[str]


class Engine:
    """A running engine; commands run beside it, with its own release's CLI."""

    def __init__(self, service: str) -> None:
        self.service = service
        self.container = container(service)
        self.deadline = float("inf")
        self.is_in_claim = False
        self.is_changed = False
        """Whether a claim has changed its host in a way that cannot be put right."""
        self.has_kept_host = False
        self.shells: list[Shell] = []
        """Those at rest: a command takes one, or a new one."""
        self.snippets = "/snippets"
        self.tape: list[Answer] = []
        """What the claim under way has asked and was answered."""

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
        self.tape.append(Answer(command, result))
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
            pull = f"docker image inspect {base} || docker pull {base}"
            self.run(pull, timeout=PULL_SECONDS)
        self.snippets = store_snippets(self.container)
        return self

    @cached_property
    def host(self) -> Host:
        """What is to be known of the engine's host."""
        init, *modules = self.run(DESCRIBE_HOST).out.splitlines()
        return Host(init, modules[0].split(",") if modules else [])

    @cached_property
    def info(self) -> EngineRecord:
        """What the engine says of itself, and what stands around it."""
        return EngineRecord(
            **self.facts()._asdict(),
            service=self.service,
            security_modules=self.host.security_modules,
            init=self.host.init,
            base_images=base_origins(),
            date=dt.datetime.now(dt.UTC).date(),
            checksum="",
        )

    def facts(self) -> EngineFacts:
        """What the engine says of itself."""
        raise NotImplementedError

    @cached_property
    def line(self) -> str:
        """Its column, named after its release line."""
        raise NotImplementedError

    def begin(self, claim: str, entry: str) -> Inventory:
        """Note that a claim begins, give it a fresh copy of its snippets; what is there now."""
        self.deadline = time.monotonic() + CLAIM_SECONDS
        self.is_in_claim = True
        before = self.inventory(f"echo {shlex.quote(claim)} >/run/claim\n{self.copy_of(entry)}")
        if not self.has_kept_host:
            self.keep_host()
        self.tape = []
        return before

    def copy_of(self, entry: str) -> str:
        """The shell command that makes a fresh copy of an entry's snippets."""
        return f"rm -rf /work && cp -r {self.snippets}/{entry} /work"

    def end(self, entry: str, before: Inventory) -> list[str]:
        """Clean up as the reader would (`clean.sh`); what the claim left behind all the same.

        What it left is removed as well, so that the next claim starts from the same state.
        """
        self.deadline = float("inf")
        clean = "[ ! -e clean.sh ] || sh clean.sh >/dev/null 2>&1"
        after = self.inventory(f"{self.copy_of(entry)} && cd /work\n{clean}")
        if has_unnamed_images(before, after):
            # They are the legacy builder's cache, as BuildKit has one of its own.
            after = self.inventory("docker image prune --force >/dev/null || exit")
        if commands := removal(before, after):
            self.run(commands, check=False)
        changes = self.settled_changes()
        if changes:
            self.run(host_state.put_right(changes), check=False)
            self.is_changed |= bool(self.settled_changes())
            self.keep_host()
        self.is_in_claim = False
        return [*changes_between(before, after), *host_state.told(changes)]

    def release(self) -> None:
        """Note that no claim is under way; an engine whose last one did not end stays marked."""
        if not (self.is_in_claim or self.is_changed):
            with suppress(EngineError):  # it has gone away: nothing to note
                self.run("rm -f /run/claim")
        while self.shells:
            self.shells.pop().close()

    def inventory(self, script: str) -> Inventory:
        """Run `script`, then list all that the engine holds, by kind."""
        return read_listing(self.run(f"{script}\ncd /; {LISTING}").stdout)

    def keep_host(self) -> None:
        """Note what stands on the host, once the engine has set it up for its first container."""
        self.run(f"[ -e {host_state.KEPT}/host ] || docker run --rm {BASES[-1]} true")
        deadline = time.monotonic() + SETTLING_SECONDS
        self.run(host_state.command("keep"))
        while self.host_changes() and time.monotonic() < deadline:
            self.run(host_state.command("keep"))
        self.has_kept_host = True

    def host_changes(self) -> list[Change]:
        """What has changed on the host since its state was kept."""
        return host_state.read_changes(self.run(host_state.command("compare")).stdout)

    def settled_changes(self) -> list[Change]:
        """What has changed on the host and stays so."""
        deadline = time.monotonic() + SETTLING_SECONDS
        while (changes := self.host_changes()) and time.monotonic() < deadline:
            time.sleep(0.2)
        return changes
