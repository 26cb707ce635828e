"""Who gets SIGTERM: PID 1, a shell, or my program?"""

import shlex

import pytest

DEBIAN = "debian:bookworm-slim"
BUSYBOX = "busybox:stable"
COMMAND = "./server.sh"
LAST = "cd /faq && ./server.sh"
MORE = "./server.sh; echo done"
EXEC = "cd /faq && exec ./server.sh"
SERVER_TOLD = ["PID 1 is server.sh", "got SIGTERM", "0"]
DEAF = [DEBIAN, "dash", "-c", COMMAND]


def killed(process):
    """What is left of a server that was never told: PID 1 and the code of SIGKILL."""
    return [f"PID 1 is {process}", "137"]


@pytest.fixture
def rows(snippet, measured):
    """Start a server in each way and stop them all; what each said, and its exit code."""

    def run(*ways, stop=()):
        for way in ways:
            snippet("start.sh", *way)
        lines = reversed(snippet("stop.sh", *stop).out.splitlines())
        found = [line.partition(":")[0].split(",") for line in lines]
        for way, row in zip(ways, found, strict=True):
            measured[shlex.join(word for word in way if word not in (DEBIAN, BUSYBOX))] = row
        return found

    return run


def test_dash_stays_in_front(rows):
    """Debian's dash stays PID 1 before one command, the last of several, one with more to follow,
    and in an entrypoint script: the program gets no SIGTERM and is killed. With `exec`, or without
    a shell, the program is PID 1, gets SIGTERM, and ends with 0."""
    behind = [["-c", COMMAND], ["-c", LAST], ["-c", MORE], ["entrypoint.sh", COMMAND]]
    replaced = [["-c", EXEC], ["entrypoint-exec.sh", COMMAND]]
    found = rows(*[[DEBIAN, "dash", *way] for way in behind + replaced], [DEBIAN, COMMAND])

    assert found[:4] == [killed("dash")] * 4
    assert found[4:] == [SERVER_TOLD] * 3


def test_bash_makes_way_for_the_last_command(rows):
    """bash makes way for one command and for the last of several, so the program gets SIGTERM; it
    stays before one with more to follow and in an entrypoint script, and the program is killed."""
    replaced = [["-c", COMMAND], ["-c", LAST]]
    behind = [["-c", MORE], ["entrypoint.sh", COMMAND]]
    found = rows(*[[DEBIAN, "bash", *way] for way in replaced + behind])

    assert found == [SERVER_TOLD] * 2 + [killed("bash")] * 2


def test_busybox_makes_way_too(rows):
    """The `sh` of busybox does as bash: it makes way for one command and for the last of several,
    and stays before one with more to follow and in an entrypoint script."""
    replaced = [["-c", COMMAND], ["-c", LAST]]
    behind = [["-c", MORE], ["entrypoint.sh", COMMAND]]
    found = rows(*[[BUSYBOX, "sh", *way] for way in replaced + behind])

    assert found == [SERVER_TOLD] * 2 + [killed("sh")] * 2


def test_trap_waits_for_the_program(rows):
    """A `trap` in the shell does not help while the program runs in the foreground: the shell waits
    for it and is killed. With the program in the background and `wait`, the trap passes SIGTERM on,
    and both end."""
    foreground = f"trap 'kill $!' TERM; {MORE}"
    background = f"trap 'kill $!' TERM; {COMMAND} & wait; wait"
    found = rows([DEBIAN, "dash", "-c", foreground], [DEBIAN, "dash", "-c", background])

    assert found[0] == killed("dash")
    assert found[1] == ["PID 1 is dash", "got SIGTERM", "0"]


def test_init_tells_its_child_only(rows):
    """An init (`--init`) passes SIGTERM on to its child: to the program, but not to one behind a
    shell, where the shell alone is told."""
    found = rows(["--init", DEBIAN, COMMAND], ["--init", DEBIAN, "dash", "-c", MORE])

    assert found[0] == ["PID 1 is docker-init", "got SIGTERM", "0"]
    assert found[1] == ["PID 1 is docker-init", "143"]


def test_there_is_no_default_entrypoint(rows, snippet, measured):
    """An image has no entrypoint by default: a `CMD` in shell form is stored as the command
    `/bin/sh -c`, and what `docker run` is given instead replaces it, shell and all, and gets
    SIGTERM itself."""
    snippet("build.sh", "shell-form")
    measured["entrypoint and command"] = snippet("command.sh", "faq-shell-form").out
    found = rows(["faq-shell-form"], ["faq-shell-form", COMMAND])

    assert measured["entrypoint and command"] == 'null ["/bin/sh","-c","./server.sh"]'
    assert found == [killed("sh"), SERVER_TOLD]


def test_stop_signal_can_be_another(rows, snippet):
    """`STOPSIGNAL SIGINT` in the Dockerfile makes `docker stop` send SIGINT, and so does
    `docker run --stop-signal SIGINT`; without them it sends SIGTERM."""
    snippet("build.sh", "stopsignal")
    option = ["--stop-signal", "SIGINT", BUSYBOX, COMMAND]
    found = rows(["faq-stopsignal"], option, [BUSYBOX, COMMAND])

    interrupted = ["PID 1 is server.sh", "got SIGINT", "0"]
    assert found == [interrupted, interrupted, SERVER_TOLD]


@pytest.mark.holds(since="23.0")
def test_stop_takes_a_signal(rows):
    """`docker stop --signal SIGINT` sends SIGINT for this once."""
    found = rows([BUSYBOX, COMMAND], stop=["--signal", "SIGINT"])

    assert found == [["PID 1 is server.sh", "got SIGINT", "0"]]


def test_kill_sends_one_signal(snippet, measured):
    """`docker kill` sends SIGKILL at once, and the program has no last word (exit code 137); with
    `--signal TERM` it has, and ends with 0; a dash in front of it ignores that, and `docker kill`
    does not come back with SIGKILL: the container runs on."""
    cases = {
        "docker kill": ([BUSYBOX, COMMAND], []),
        "docker kill --signal TERM": ([BUSYBOX, COMMAND], ["--signal", "TERM"]),
        "docker kill --signal TERM, behind dash": (DEAF, ["--signal", "TERM"]),
    }
    for case, (way, options) in cases.items():
        snippet("start.sh", *way)
        measured[case] = snippet("kill.sh", *options).out.splitlines()

    assert measured["docker kill"] == ["runs: false", "PID 1 is server.sh,137"]
    assert measured["docker kill --signal TERM"] == [
        "runs: false",
        "PID 1 is server.sh,got SIGTERM,0",
    ]
    assert measured["docker kill --signal TERM, behind dash"][0] == "runs: true"


def press(snippet, measured, case, *arguments):
    """Press Ctrl-C at `docker run`, and see what became of it and of the container."""
    said = snippet("attached.sh", *arguments).out.splitlines()
    snippet("clean.sh")
    measured[case] = said
    return said


def test_ctrl_c_is_passed_to_pid_1(snippet, measured):
    """Without a terminal, `docker run` passes Ctrl-C on to PID 1 as SIGINT: a program with a
    handler gets it, and dash in front of it ignores it, so that the container runs on."""
    told = press(snippet, measured, "program", "1", DEBIAN, COMMAND)
    deaf = press(snippet, measured, "behind dash", "1", *DEAF)

    assert told == [
        "docker run ended with 0",
        "container runs: false",
        "PID 1 is server.sh",
        "got SIGINT",
    ]
    assert deaf == ["docker run goes on", "container runs: true", "PID 1 is dash"]


@pytest.mark.holds(since="27.0")
def test_third_ctrl_c_leaves(snippet, measured):
    """At the third Ctrl-C `docker run` gives up and ends with 1, and the container runs on."""
    said = press(snippet, measured, "behind dash", "3", *DEAF)

    assert said[:2] == ["docker run ended with 1", "container runs: true"]
    assert said[-1] == "got 3 SIGTERM/SIGINTs, forcefully exiting"


@pytest.mark.holds(until="27.0")
def test_without_sig_proxy_one_ctrl_c_leaves(snippet, measured):
    """With `--sig-proxy=false` the first Ctrl-C ends `docker run` (130) and the container, which is
    not told, runs on."""
    said = press(snippet, measured, "--sig-proxy=false", "1", "--sig-proxy=false", DEBIAN, COMMAND)

    assert said == ["docker run ended with 130", "container runs: true", "PID 1 is server.sh"]


def test_terminal_tells_the_whole_group(snippet, measured):
    """With `--interactive --tty`, Ctrl-C reaches a program behind dash too, as the container's own
    terminal tells every process in the foreground: it gets SIGINT, and the container ends."""
    said = snippet("terminal.sh", f"{DEBIAN} dash -c '{MORE}'").out.splitlines()
    measured["printed"] = said

    assert said[1:] == ["PID 1 is dash", "got SIGINT"]
    assert said[0] == "docker run ended with 130"
