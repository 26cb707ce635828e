"""What does a memory or CPU limit do, and what does the program see?"""

import re

import pytest

MIB = 1024 * 1024
UNITS = {"B": 1, "KiB": 1024, "MiB": MIB, "GiB": 1024 * MIB, "TiB": MIB * MIB}
SIZE = re.compile(r"([\d.]+)([KMGT]?i?B)")
LIMITS = ["--memory", "64m", "--memory-swap", "64m"]
TOO_LOW = (
    "Memory limit should be smaller than already set memoryswap limit, "
    "update the memoryswap at the same time"
)
HIGHER = ["--memory", "256m", "--memory-swap", "256m"]


def values(result):
    """The `name: value` lines that a snippet prints."""
    lines = (line.rpartition(":") for line in result.out.splitlines())
    return {name: value.strip() for name, _, value in lines}


def sizes(text):
    """The sizes in a text, in bytes."""
    return [float(number) * UNITS.get(unit, 0) for number, unit in SIZE.findall(text)]


def number(text):
    """A limit in a cgroup file, or in Docker's answer."""
    if text in ("max", "-1") or len(text) == len("9223372036854771712"):
        return "none"
    return int(text) if text.isdigit() else f"unknown: {text}"


def in_cgroup(printed):
    """The limits in cgroup files of either version: bytes of memory and of swap, processors."""
    quota, period = printed.get("cpu.max", "none none").split()[:2]
    memory, swap = printed.get("memory.max", ""), printed.get("memory.swap.max", "")
    if "memory.max" not in printed:
        memory, both = (
            printed.get(f"memory/memory.{name}limit_in_bytes", "") for name in ("", "memsw.")
        )
        swap = str(int(both) - int(memory)) if both.isdigit() and memory.isdigit() else ""
        swap = swap if number(both) != "none" else "max"
        quota, period = (printed.get(f"cpu/cpu.cfs_{name}_us", "") for name in ("quota", "period"))
    processors = number(quota)
    if isinstance(processors, int) and period.isdigit() and int(period):
        processors /= int(period)
    return {"memory": number(memory), "swap": number(swap), "processors": processors}


def share(part, whole):
    """A number that a container shows, as a share of the host's."""
    return round(int(part) / int(whole), 2) if part.isdigit() and int(whole or 0) else 0.0


@pytest.fixture
def seen(snippet):
    """What programs in a container see, in numbers and as a share of what they see on the host."""

    def run(*options):
        printed = values(snippet("see.sh", *options))
        names = ("/proc/meminfo", "free", "nproc", "/proc/cpuinfo")
        shares = {
            name: share(printed.get(name, ""), printed.get(f"host {name}", "")) for name in names
        }
        return printed, shares

    return run


@pytest.fixture
def my_image(snippet):
    """Build a program that only waits."""
    snippet("image.sh", env={"DOCKER_BUILDKIT": "1"})


@pytest.mark.usefixtures("my_image")
def test_limits_are_set_and_shown(snippet, measured):
    """After `fix.sh`, `docker inspect` prints the limits, `docker stats` shows 256MiB as the limit,
    and a process that takes 512 MiB is killed."""
    snippet("fix.sh")
    printed = snippet("fix-read.sh").out.splitlines()
    measured["docker inspect"] = printed[:3]
    measured["limit in docker stats"] = "".join(printed[3:]).rpartition("/ ")[2]
    measured["512 MiB"] = snippet("fill.sh").out.splitlines()[-1:]

    assert measured["docker inspect"] == [
        "268435456 bytes,",
        "with swap 268435456 bytes,",
        "500000000 billionths of a processor",
    ]
    assert measured["limit in docker stats"] == "256MiB"
    assert measured["512 MiB"] == ["exit code 137"]


@pytest.mark.usefixtures("my_image")
def test_there_is_no_limit_by_default(snippet, measured):
    """Without these options, `docker inspect` prints 0 for each limit, `docker stats` shows the
    host's memory as the limit, and a process may take 512 MiB."""
    (host,) = sizes(snippet("unlimited.sh").out.replace(" kB", "KiB")) or [0]
    printed = snippet("fix-read.sh").out.splitlines()
    limit = sizes("".join(printed[3:]).rpartition("/ ")[2]) or [0]
    measured["docker inspect"] = printed[:3]
    measured["limit in docker stats, as a share of the host's memory"] = (
        round(limit[0] / host, 2) if host else 0.0
    )
    measured["512 MiB"] = snippet("fill.sh").out.splitlines()[-1:]

    assert measured["docker inspect"] == [
        "0 bytes,",
        "with swap 0 bytes,",
        "0 billionths of a processor",
    ]
    assert 0.98 < measured["limit in docker stats, as a share of the host's memory"] < 1.02
    assert measured["512 MiB"] == ["exit code 0"]


def test_program_sees_the_host(seen, snippet, measured):
    """With `--memory 64m --cpus 0.5`, `/proc/meminfo`, `/proc/cpuinfo` and busybox's `free` and
    `nproc` show the host's values; the limits are in the container's cgroup files."""
    options = ["--memory", "64m", "--cpus", "0.5"]
    _, measured["shown, as a share of the host's"] = seen(*options)
    limits = in_cgroup(values(snippet("files.sh", *options)))
    measured["cgroup: bytes of memory"] = limits["memory"]
    measured["cgroup: processors"] = limits["processors"]

    assert measured["shown, as a share of the host's"] == {
        "/proc/meminfo": 1.0,
        "free": 1.0,
        "nproc": 1.0,
        "/proc/cpuinfo": 1.0,
    }
    assert measured["cgroup: bytes of memory"] == 64 * MIB
    assert measured["cgroup: processors"] == 0.5


def test_cgroup_files_without_limits(snippet, measured):
    """Without limits, the same cgroup files contain no limit of memory, and none of processor
    time."""
    limits = in_cgroup(values(snippet("files.sh")))
    measured["cgroup: bytes of memory"] = limits["memory"]
    measured["cgroup: processors"] = limits["processors"]

    assert measured["cgroup: bytes of memory"] == "none"
    assert measured["cgroup: processors"] == "none"


def test_nproc_follows_the_cpu_set(seen, measured):
    """With `--cpuset-cpus 0`, busybox's `nproc` prints 1, and `/proc/cpuinfo` lists all processors
    of the host; with `--cpus 1`, `nproc` prints the host's number."""
    in_set, shares = seen("--cpuset-cpus", "0")
    measured["nproc with --cpuset-cpus 0"] = in_set.get("nproc")
    measured["/proc/cpuinfo with --cpuset-cpus 0, as a share of the host's"] = shares[
        "/proc/cpuinfo"
    ]
    _, shares = seen("--cpus", "1")
    measured["nproc with --cpus 1, as a share of the host's"] = shares["nproc"]

    assert int(in_set["host nproc"]) > 1
    assert measured["nproc with --cpuset-cpus 0"] == "1"
    assert measured["/proc/cpuinfo with --cpuset-cpus 0, as a share of the host's"] == 1.0
    assert measured["nproc with --cpus 1, as a share of the host's"] == 1.0


def test_as_much_swap_again(snippet, measured):
    """`--memory 64m` alone sets `MemorySwap` to 128 MiB: the cgroup also allows 64 MiB of swap.
    With `--memory-swap 64m` it allows none."""
    for options in (LIMITS[:2], LIMITS):
        printed = values(snippet("files.sh", *options))
        measured[" ".join(options)] = {
            "MemorySwap": number(printed.get("MemorySwap", "")),
            "bytes of swap in the cgroup": in_cgroup(printed)["swap"],
        }

    assert measured[" ".join(LIMITS[:2])] == {
        "MemorySwap": 128 * MIB,
        "bytes of swap in the cgroup": 64 * MIB,
    }
    assert measured[" ".join(LIMITS)] == {
        "MemorySwap": 64 * MIB,
        "bytes of swap in the cgroup": 0,
    }


def test_above_the_limit_is_killed(snippet, measured):
    """With a limit of 64 MiB and no swap, a PID 1 that takes 128 MiB is killed, with exit code 137;
    with 256 MiB it exits with 0."""
    measured["limit of 64 MiB"] = values(snippet("take.sh", *LIMITS)).get("exit code")
    measured["limit of 256 MiB"] = values(snippet("take.sh", *HIGHER)).get("exit code")

    assert measured["limit of 64 MiB"] == "137"
    assert measured["limit of 256 MiB"] == "0"


def test_killed_child_leaves_the_container(snippet, measured):
    """With a limit of 64 MiB and no swap, a child of PID 1 that takes 128 MiB is killed alone: PID
    1 runs on, and exits with 0."""
    for limit, options in {"64 MiB": LIMITS, "256 MiB": HIGHER}.items():
        printed = values(snippet("child.sh", *options))
        measured[f"limit of {limit}"] = [printed.get("child"), printed.get("exit code")]

    assert measured["limit of 64 MiB"] == ["137", "0"]
    assert measured["limit of 256 MiB"] == ["0", "0"]


@pytest.mark.host(cgroup="1")
def test_oom_killed_means_any_process(snippet, measured):
    """With cgroup v1, `OOMKilled` is true if only a child was killed for memory and the container
    exits with 0; it is false after `docker kill`, with exit code 137."""
    ways = {
        "child": ("child", ["child.sh", *LIMITS]),
        "kill": ("docker kill", ["kill.sh"]),
    }
    for name, (case, way) in ways.items():
        code = values(snippet(*way)).get("exit code")
        measured[case] = [code, snippet("oom.sh", f"faq-{name}").out]

    assert measured["child"] == ["0", "OOMKilled: true"]
    assert measured["docker kill"] == ["137", "OOMKilled: false"]


def test_files_on_disk_do_not_kill(snippet, measured):
    """With 64 MiB and no swap, writing a file of 128 MiB to disk succeeds; in a `--tmpfs` mount the
    file counts as memory, and the process is killed."""
    printed = values(snippet("write.sh"))
    measured["on disk: exit code"] = printed.get("--volume")
    measured["in a tmpfs: exit code"] = printed.get("--tmpfs")

    assert measured["on disk: exit code"] == "0"
    assert measured["in a tmpfs: exit code"] == "137"


def test_stats_leave_out_the_page_cache(snippet, measured):
    """After 64 MiB are written to disk, the cgroup file counts them, and `docker stats` does not;
    64 MiB that a process holds count in both."""
    printed = values(snippet("cache.sh"))
    for name in ("file", "memory"):
        for source in ("cgroup", "stats"):
            found = sizes(printed.get(f"faq-{name} {source}", ""))
            key = f"{name}: MiB in {'the cgroup file' if source == 'cgroup' else 'docker stats'}"
            measured[key] = round(found[0] / MIB, 1) if found else -1.0

    assert 60 < measured["file: MiB in the cgroup file"] < 120
    assert 0 <= measured["file: MiB in docker stats"] < 30
    assert 60 < measured["memory: MiB in the cgroup file"] < 120
    assert 60 < measured["memory: MiB in docker stats"] < 120


def updated(result):
    """The exit code of `docker update`, and the container's limit after it."""
    printed = values(result)
    return [printed.get("exit code"), printed.get("Memory")]


def test_update_needs_the_swap_limit_too(snippet, measured):
    """With `--memory 64m`, `docker update --memory 256m` is refused and leaves the limit as it was;
    with `--memory-swap 256m` too, it succeeds."""
    refused = snippet("update.sh", "0", *HIGHER[:2])
    measured["--memory 256m"] = updated(refused)
    measured["message"] = "".join(re.findall(r"Memory limit should.*", refused.text))
    measured["--memory 256m --memory-swap 256m"] = updated(snippet("update.sh", "0", *HIGHER))

    assert measured["--memory 256m"] == ["1", str(64 * MIB)]
    assert measured["message"] == TOO_LOW
    assert measured["--memory 256m --memory-swap 256m"] == ["0", str(256 * MIB)]


def test_update_is_refused_with_unlimited_swap(snippet, measured):
    """With `--memory-swap -1`, which means unlimited, the same update is refused with the same
    message; with `--memory-swap 512m` at the start, or with both options, it succeeds."""
    refused = snippet("update.sh", "-1", *HIGHER[:2])
    measured["--memory-swap -1"] = updated(refused)
    measured["message"] = "".join(re.findall(r"Memory limit should.*", refused.text))
    measured["--memory-swap 512m"] = updated(snippet("update.sh", "512m", *HIGHER[:2]))
    measured["both options"] = updated(snippet("update.sh", "-1", *HIGHER))

    assert measured["--memory-swap -1"] == ["1", str(64 * MIB)]
    assert measured["message"] == TOO_LOW
    assert measured["--memory-swap 512m"] == ["0", str(256 * MIB)]
    assert measured["both options"] == ["0", str(256 * MIB)]


def test_cpus_limits_processor_time(snippet, measured):
    """With `--cpus 0.1`, two busy processes together get less than 0.2 seconds of processor time
    per second: the kernel throttles them, and without the option it never does."""
    printed = values(snippet("busy.sh", "--cpus", "0.1"))
    rate = float(printed.get("processor seconds per second", "-1"))
    measured["--cpus 0.1: processor seconds per second"] = rate
    measured["--cpus 0.1: throttled"] = int(printed.get("throttled periods", "0")) > 0
    # How much they get without a limit depends on what else the host does.
    measured["no limit: throttled periods"] = values(snippet("busy.sh")).get("throttled periods")

    assert 0 < measured["--cpus 0.1: processor seconds per second"] < 0.2
    assert measured["--cpus 0.1: throttled"] is True
    assert measured["no limit: throttled periods"] == "0"


def test_impossible_limits_are_refused(snippet, measured):
    """`docker run` refuses `--memory 4m` and `--cpus 1000` with exit code 125, and accepts
    `--memory 64m` and `--cpus 0.5`."""
    for options in ("--memory 4m", "--cpus 1000", "--memory 64m", "--cpus 0.5"):
        result = snippet("refused.sh", *options.split())
        measured[options] = values(result).get("exit code")
        if measured[options] != "0":
            said = re.search(
                r"(?i)minimum memory limit allowed is \d+MB|range of CPUs", result.text
            )
            measured[f"{options}: message"] = said[0].lower() if said else ""

    assert measured["--memory 4m"] == measured["--cpus 1000"] == "125"
    assert measured.get("--memory 4m: message") == "minimum memory limit allowed is 6mb"
    assert measured.get("--cpus 1000: message") == "range of cpus"
    assert measured["--memory 64m"] == measured["--cpus 0.5"] == "0"
