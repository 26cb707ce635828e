"""An ordinary Debian host, as readers have it, in a virtual machine that takes commands by ssh.

QEMU runs it: by KVM where a kernel really starts with it, by emulation elsewhere.
"""

import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Timer
from typing import IO

from faq.console import say, step
from faq.errors import LabError
from faq.lab.host_disks import FOLDER, KEY, docker_disk, make_tree, system_disk
from faq.lab.paths import CACHE

PROGRAMS = {
    "mke2fs": "e2fsprogs",
    "mmdebstrap": "mmdebstrap",
    "qemu-system-x86_64": "qemu-system-x86",
    "ssh": "openssh-client",
}
"""What this takes of the machine at hand, with Debian's package of each."""
USERS = ("reader", "root")
"""Who may log in; the plain user is a member of the group `docker`."""
NOTHING = Path(os.devnull)
MEMORY_MB = 8192
EMULATION = "emulation"
ACCELERATORS = {
    "KVM": ["-accel", "kvm", "-cpu", "host"],
    EMULATION: ["-accel", "tcg,thread=multi", "-cpu", "Nehalem"],
}
CONSOLE = CACHE / "host-console.log"
"""What the kernel and systemd print."""
QEMU_LOG = CACHE / "host-qemu.log"
KERNEL_STARTED = "Run /init"
KVM_STUCK = "KVM internal error"  # QEMU then waits for a debugger
KERNEL_SECONDS = 120
LOGIN_SECONDS = 600
SSH_OPTIONS = {
    "BatchMode": "yes",
    "ConnectTimeout": "60",
    "ControlMaster": "auto",
    "ControlPersist": "yes",
    "LogLevel": "ERROR",
    "StrictHostKeyChecking": "no",
    "UserKnownHostsFile": "/dev/null",
}


def check_programs() -> None:
    """Refuse to begin where this machine lacks something.

    Raises:
        LabError: with what to do.

    """
    if os.geteuid():
        raise LabError("the disks of a host are made by root: run this as root, or by sudo")
    missing = [package for program, package in PROGRAMS.items() if not shutil.which(program)]
    if missing:
        raise LabError(
            f"a virtual machine takes more programs: apt-get install {' '.join(missing)}"
        )


@dataclass(frozen=True)
class VirtualMachine:
    """A machine that was started, on which the users of `USERS` run commands."""

    qemu: subprocess.Popen[bytes]
    port: int
    """Of this machine, where its ssh is."""
    sockets: Path
    """A folder for the connections to it."""
    deadline: float
    """When all that runs there has to be over, in `time.monotonic()`."""
    is_emulated: bool = False
    """Whether all takes fifteen times as long there, and more."""

    def run(self, user: str, command: str, stdin: Path = NOTHING) -> tuple[int, str]:
        """Run a shell command there, its output line by line as progress.

        Returns:
            Its exit code, and what it printed.

        Raises:
            LabError: it was not over at the deadline, or the machine ended under it.

        """
        printed = ""
        with stdin.open("rb") as given, self.begin(user, command, given) as process:
            timer = Timer(max(0, self.deadline - time.monotonic()), process.kill)
            timer.start()
            try:
                for line in process.stdout or ():
                    printed += line
                    say(f"  {line.rstrip()}")
            finally:
                timer.cancel()
        if time.monotonic() > self.deadline:
            raise LabError(f"the time of the virtual machine is up, in {user}'s `{command}`")
        if self.qemu.poll() is not None:
            raise self.ended(f"ended in {user}'s `{command}`")
        return process.returncode, printed

    def read(self, user: str, path: str) -> str:
        """The text of a file there; empty where there is none."""
        command = self.ssh(user, f"cat {path}")
        return subprocess.run(command, capture_output=True, text=True).stdout

    def begin(self, user: str, command: str, stdin: IO[bytes]) -> subprocess.Popen[str]:
        """Start a shell command there."""
        return subprocess.Popen(
            self.ssh(user, command),
            stdin=stdin,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
        )

    def ssh(self, user: str, command: str) -> list[str]:
        """The command of this machine that runs one there, all by one connection for a user."""
        options = SSH_OPTIONS | {"ControlPath": f"{self.sockets}/%r"}
        settings = [f"-o{name}={value}" for name, value in options.items()]
        where = ["-i", str(KEY), "-p", str(self.port), f"{user}@127.0.0.1"]
        return ["ssh", "-F", "none", *settings, *where, command]

    def has_kernel(self) -> bool:
        """Whether its kernel comes so far that it starts a program."""
        until = time.monotonic() + KERNEL_SECONDS
        while KERNEL_STARTED not in read_log(CONSOLE):
            stuck = KVM_STUCK in read_log(QEMU_LOG) or time.monotonic() > until
            if stuck or self.qemu.poll() is not None:
                return False
            time.sleep(0.2)
        return True

    def wait_for_login(self) -> None:
        """Wait until each user can log in.

        Raises:
            LabError: that takes too long, or the machine has ended.

        """
        until = time.monotonic() + LOGIN_SECONDS
        for user in USERS:
            while not self.lets_in(user):
                if self.qemu.poll() is not None or time.monotonic() > until:
                    raise self.ended("did not start")
                time.sleep(1)

    def lets_in(self, user: str) -> bool:
        """Whether a user can log in; the connection stays open for what is to run."""
        quiet = subprocess.DEVNULL  # ssh in the background keeps what it was given
        return not subprocess.run(self.ssh(user, "true"), stdout=quiet, stderr=quiet).returncode

    def ended(self, what: str) -> LabError:
        """The error of a machine that is no more."""
        tail = "\n  ".join(read_log(CONSOLE).splitlines()[-8:])
        return LabError(f"the virtual machine {what}; the end of {CONSOLE}:\n  {tail}")


def read_log(path: Path) -> str:
    """What a log holds so far."""
    return path.read_text(errors="replace")


@contextmanager
def virtual_machine(seconds: float) -> Iterator[VirtualMachine]:
    """A host that has started, for as long as the context lasts; its disks stay as they were.

    Args:
        seconds: until all that runs there has to be over.

    Raises:
        LabError: this machine lacks something for it, or it did not start.

    """
    check_programs()
    tree = make_tree()
    disks = [system_disk(tree), docker_disk(tree)]
    with TemporaryDirectory(prefix="faq-host-") as sockets:
        machine = start_machine(tree, disks, Path(sockets), time.monotonic() + seconds)
        try:
            with step("waiting for the host's services"):
                machine.wait_for_login()
            yield machine
        finally:
            machine.qemu.kill()
            machine.qemu.wait()


def start_machine(tree: Path, disks: list[Path], sockets: Path, deadline: float) -> VirtualMachine:
    """A machine whose kernel runs, by the first accelerator that brings it there.

    Raises:
        LabError: none does.

    """
    for accelerator, options in ACCELERATORS.items():
        with step(f"starting a host by {accelerator}"):
            port = free_port()
            CONSOLE.write_text("")
            qemu = subprocess.Popen(
                [*qemu_command(tree, disks, port), *options],
                stdin=subprocess.DEVNULL,
                stderr=QEMU_LOG.open("w"),
                env=os.environ | {"TMPDIR": str(FOLDER)},  # what the machine writes to its disks
            )
            machine = VirtualMachine(qemu, port, sockets, deadline, accelerator == EMULATION)
            if machine.has_kernel():
                return machine
            qemu.kill()
            qemu.wait()
        say(f"no kernel starts by {accelerator} here")
    raise machine.ended("does not start")


def qemu_command(tree: Path, disks: list[Path], port: int) -> list[str]:
    """The command of a machine that ends with this process, however that ends."""
    command = ["setpriv", "--pdeathsig", "KILL", "qemu-system-x86_64", "-nodefaults", "-no-reboot"]
    command += ["-smp", str(os.cpu_count()), "-m", str(MEMORY_MB)]
    command += ["-display", "none", "-monitor", "none", "-serial", f"file:{CONSOLE}"]
    command += ["-kernel", f"{tree}/vmlinuz", "-initrd", f"{tree}/initrd.img"]
    command += ["-append", "root=LABEL=system rw console=ttyS0 panic=-1"]
    for disk in disks:
        command += ["-drive", f"file={disk},format=raw,if=virtio,snapshot=on,cache=unsafe"]
    command += ["-netdev", f"user,id=net,hostfwd=tcp:127.0.0.1:{port}-:22"]
    return [*command, "-device", "virtio-net-pci,netdev=net", "-device", "virtio-rng-pci"]


def free_port() -> int:
    """A port of this machine that nothing uses."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
