"""A host in a virtual machine starts by what works, and whatever goes wrong is one line."""

import shutil
import subprocess
import time
from pathlib import Path

import pytest

from faq.errors import LabError
from faq.lab import host_disks, virtual_machine
from faq.lab.virtual_machine import CONSOLE, VirtualMachine, check_programs, start_machine

# Starts a kernel by emulation alone, as a machine does where KVM cannot.
QEMU = f"""#!/bin/sh
case "$*" in
  *tcg*) echo "Run /init as init process" >{CONSOLE} ;;
  *) echo "KVM internal error. Suberror: 1" >&2 ;;
esac
exec sleep 60
"""
# Runs the command of its last argument here.
SSH = """#!/bin/sh
for last; do :; done
exec sh -c "$last"
"""


@pytest.fixture(autouse=True)
def programs(tmp_path, monkeypatch) -> Path:
    """A folder of programs before those of the machine, and other logs than its own."""
    for name in ("CONSOLE", "QEMU_LOG", "FOLDER"):
        monkeypatch.setattr(virtual_machine, name, tmp_path / name.lower())
    (tmp_path / "folder").mkdir()
    programs = tmp_path / "programs"
    programs.mkdir()
    monkeypatch.setenv("PATH", f"{programs}:/usr/sbin:/usr/bin:/bin")
    return programs


@pytest.fixture
def said(monkeypatch) -> list[str]:
    """The lines of progress."""
    said: list[str] = []
    monkeypatch.setattr(virtual_machine, "say", said.append)
    return said


def program(folder: Path, name: str, text: str) -> None:
    """Put a program into a folder."""
    (folder / name).write_text(text)
    (folder / name).chmod(0o755)


def machine(tmp_path, seconds: float = 60) -> VirtualMachine:
    """A machine that runs, as far as its process says."""
    qemu = subprocess.Popen(["sleep", "60"])
    (tmp_path / "console").write_text("Welcome\n")
    return VirtualMachine(qemu, 22, tmp_path, time.monotonic() + seconds)


@pytest.fixture
def running(tmp_path, programs):
    """A machine on which commands run, as they would there."""
    program(programs, "ssh", SSH)
    running = machine(tmp_path)
    yield running
    running.qemu.kill()
    running.qemu.wait()


def test_what_is_missing_is_named_with_its_packages(programs, monkeypatch):
    monkeypatch.setenv("PATH", str(programs))
    monkeypatch.setattr(virtual_machine.os, "geteuid", lambda: 0)
    program(programs, "ssh", SSH)

    with pytest.raises(LabError) as refused:
        check_programs()

    assert str(refused.value).endswith("apt-get install e2fsprogs mmdebstrap qemu-system-x86")


def test_plain_user_is_told_to_be_root(monkeypatch):
    monkeypatch.setattr(virtual_machine.os, "geteuid", lambda: 1000)

    with pytest.raises(LabError, match="as root"):
        check_programs()


def test_kernel_that_kvm_cannot_start_is_emulated(programs, tmp_path, said):
    program(programs, "qemu-system-x86_64", QEMU.replace(str(CONSOLE), f"{tmp_path}/console"))

    machine = start_machine(tmp_path, [], tmp_path, time.monotonic() + 60)
    machine.qemu.kill()

    assert "tcg,thread=multi" in machine.qemu.args
    assert machine.is_emulated
    assert said == ["no kernel starts by KVM here"]


def test_machine_that_never_starts_is_one_error(programs, tmp_path):
    program(programs, "qemu-system-x86_64", "#!/bin/sh\nexit 1\n")

    with pytest.raises(LabError, match="the virtual machine does not start"):
        start_machine(tmp_path, [], tmp_path, time.monotonic() + 60)


def test_command_is_shown_line_by_line_and_its_exit_code_told(running, said):
    assert running.run("reader", "echo one; echo two >&2; exit 3") == (3, "one\ntwo\n")
    assert said == ["  one", "  two"]


def test_command_is_given_a_file(running, tmp_path):
    (tmp_path / "given").write_text("given")

    assert running.run("root", "cat", tmp_path / "given") == (0, "given")


def test_file_that_is_not_there_is_empty(running, tmp_path):
    (tmp_path / "report").write_text("report")

    assert running.read("root", f"{tmp_path}/report") == "report"
    assert running.read("root", f"{tmp_path}/none") == ""


def test_time_that_is_up_is_one_line(running):
    late = VirtualMachine(running.qemu, 22, running.sockets, time.monotonic() + 0.3)

    with pytest.raises(LabError) as refused:
        late.run("reader", "exec sleep 30")

    assert str(refused.value) == (
        "the time of the virtual machine is up, in reader's `exec sleep 30`"
    )


def test_machine_that_ends_shows_its_last_words(running):
    running.qemu.kill()
    running.qemu.wait()

    with pytest.raises(LabError, match=r"ended in root's `true`(?s:.)*Welcome"):
        running.run("root", "true")


def test_machine_ends_with_the_process_that_started_it(programs, tmp_path):
    command = virtual_machine.qemu_command(tmp_path, [], 22)

    assert command[:3] == ["setpriv", "--pdeathsig", "KILL"]


@pytest.mark.skipif(not shutil.which("debugfs"), reason="e2fsprogs is not installed")
def test_disk_holds_a_folder_and_takes_the_place_of_an_older_one(tmp_path, monkeypatch):
    monkeypatch.setattr(host_disks, "FOLDER", tmp_path)
    monkeypatch.setattr(host_disks, "LOG", tmp_path / "log")
    (tmp_path / "content").mkdir()
    (tmp_path / "content" / "file").write_text("held")
    (tmp_path / "docker-old").write_text("")

    host_disks.make_disk(tmp_path / "docker-new", tmp_path / "content")

    disk = str(tmp_path / "docker-new")
    held = subprocess.run(["debugfs", "-R", "cat /file", disk], capture_output=True, text=True)
    assert held.stdout == "held"
    assert not (tmp_path / "docker-old").exists()


def test_settings_of_pip_are_handed_on(tmp_path, monkeypatch):
    wheels = tmp_path / "index" / "wheels"
    wheels.mkdir(parents=True)
    listed = f"global.find-links='{wheels}'\n:env:.timeout='9'\nglobal.index-url='file:///none/a'\n"
    done = subprocess.CompletedProcess([], 0, listed)
    monkeypatch.setattr(host_disks.subprocess, "run", lambda *_, **__: done)

    variables, folders = host_disks.pip_settings()

    assert variables == {
        "PIP_FIND_LINKS": str(wheels),
        "PIP_TIMEOUT": "9",
        "PIP_INDEX_URL": "file:///none/a",
    }
    assert folders == [str(wheels.parent)]
