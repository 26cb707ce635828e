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
ENDED = "timeout 15 docker wait: exit code 0"
TIMED_OUT = "timeout 15 docker wait: exit code 124"
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
    """Debian's `sh`, dash, stays PID 1 with a single command, the last of several, more commands
    after it, and in an entrypoint script: the program is killed without SIGTERM."""
    behind = [["-c", COMMAND], ["-c", LAST], ["-c", MORE], ["entrypoint.sh", COMMAND]]
    found = rows(*[[DEBIAN, "dash", *way] for way in behind])

    assert found == [killed("dash")] * 4


def test_exec_makes_the_program_pid_1(rows, snippet):
    """With `exec` in the command or in an entrypoint script, or without a shell, the program is
    PID 1, gets SIGTERM and exits with 0."""
    snippet("build.sh", "fix")
    shells = [[DEBIAN, "dash", "-c", EXEC], [DEBIAN, "dash", "fix-entrypoint.sh", COMMAND]]
    found = rows(*shells, ["faq-fix"], [DEBIAN, COMMAND])

    assert found == [SERVER_TOLD] * 4


def test_bash_makes_way_for_the_last_command(rows):
    """Debian 12's bash replaces itself with one command or the last of several, so the program gets
    SIGTERM; it stays PID 1 if more commands follow, and in entrypoint scripts."""
    replaced = [["-c", COMMAND], ["-c", LAST]]
    behind = [["-c", MORE], ["entrypoint.sh", COMMAND]]
    found = rows(*[[DEBIAN, "bash", *way] for way in replaced + behind])

    assert found == [SERVER_TOLD] * 2 + [killed("bash")] * 2


def test_busybox_makes_way_too(rows):
    """The `sh` of busybox does the same: it replaces itself with one command or the last of
    several, and stays PID 1 before more commands and in an entrypoint script."""
    replaced = [["-c", COMMAND], ["-c", LAST]]
    behind = [["-c", MORE], ["entrypoint.sh", COMMAND]]
    found = rows(*[[BUSYBOX, "sh", *way] for way in replaced + behind])

    assert found == [SERVER_TOLD] * 2 + [killed("sh")] * 2


def test_trap_waits_for_the_program(rows):
    """A shell's `trap` does not help while the program runs in the foreground; with the program in
    the background and `wait`, it passes SIGTERM on, and both exit."""
    foreground = f"trap 'echo trapped >>/faq/$HOSTNAME.log; kill $!' TERM; {MORE}"
    background = f"trap 'kill $!' TERM; {COMMAND} & wait; wait"
    found = rows([DEBIAN, "dash", "-c", foreground], [DEBIAN, "dash", "-c", background])

    assert found[0] == killed("dash")
    assert found[1] == ["PID 1 is dash", "got SIGTERM", "0"]


def test_init_tells_its_child_only(rows):
    """`--init` passes SIGTERM on to its child only: a program gets it, but a program behind a shell
    does not, and the shell ends with 143."""
    found = rows(["--init", DEBIAN, COMMAND], ["--init", DEBIAN, "dash", "-c", MORE])

    assert found[0] == ["PID 1 is docker-init", "got SIGTERM", "0"]
    assert found[1] == ["PID 1 is docker-init", "143"]


def test_init_reaps_zombies(snippet, measured):
    """An orphaned process remains a zombie after it exits if PID 1 does not reap it; with `--init`,
    it is reaped."""
    for options in ([], ["--init"]):
        zombies = snippet("zombies.sh", *options).out
        measured[" ".join(["docker run", *options]) + ": zombies"] = zombies
        snippet("clean.sh")

    assert measured == {"docker run: zombies": "1", "docker run --init: zombies": "0"}


def test_there_is_no_default_entrypoint(rows, snippet, measured):
    """An image has no default entrypoint: a shell-form `CMD` is stored as `/bin/sh -c`, and a
    command given to `docker run` replaces the shell too and gets SIGTERM."""
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
    """`docker stop --signal SIGINT` sends SIGINT instead of SIGTERM."""
    found = rows([BUSYBOX, COMMAND], stop=["--signal", "SIGINT"])

    assert found == [["PID 1 is server.sh", "got SIGINT", "0"]]


def test_kill_sends_one_signal(snippet, measured):
    """`docker kill` sends SIGKILL at once, so the program cannot clean up (exit code 137); with
    `--signal TERM` it can, and exits with 0."""
    for options in ([], ["--signal", "TERM"]):
        snippet("start.sh", BUSYBOX, COMMAND)
        said = snippet("kill.sh", *options).out.splitlines()
        measured[" ".join(["docker kill", *options])] = said

    assert measured["docker kill"] == [ENDED, "runs: false", "PID 1 is server.sh,137"]
    assert measured["docker kill --signal TERM"] == [
        ENDED,
        "runs: false",
        "PID 1 is server.sh,got SIGTERM,0",
    ]


def test_kill_does_not_follow_up(snippet, measured):
    """If PID 1 ignores the signal of `docker kill --signal TERM`, Docker does not follow up with
    SIGKILL: the container runs on for more than ten seconds."""
    snippet("start.sh", *DEAF)
    measured["after 15 seconds"] = snippet("kill.sh", "--signal", "TERM").out.splitlines()

    assert measured["after 15 seconds"] == [TIMED_OUT, "runs: true", "PID 1 is dash,0"]


def press(snippet, measured, case, *arguments):
    """Press Ctrl-C at `docker run`, and see what became of it and of the container."""
    said = snippet("attached.sh", *arguments).out.splitlines()
    snippet("clean.sh")
    measured[case] = said
    return said


def test_ctrl_c_is_passed_to_pid_1(snippet, measured):
    """Without a terminal, `docker run` passes Ctrl-C on to PID 1 as SIGINT: a program with a
    handler gets it; dash as PID 1 ignores it."""
    told = press(snippet, measured, "program", "1", DEBIAN, COMMAND)
    deaf = press(snippet, measured, "behind dash", "1", *DEAF)

    assert told == [
        "docker run ended with 0",
        "container runs: false",
        "PID 1 is server.sh",
        "got SIGINT",
    ]
    assert deaf == ["docker run goes on", "container runs: true", "PID 1 is dash"]


@pytest.mark.holds(since="27.1")
def test_third_ctrl_c_leaves(snippet, measured):
    """Without a terminal, if PID 1 ignores SIGINT, the third Ctrl-C, not the second, ends `docker
    run` with exit code 1, also with `--sig-proxy=false`; the container runs on."""
    for options in ([], ["--sig-proxy=false"]):
        for times in ("2", "3"):
            case = " ".join([f"{times} times", *options])
            press(snippet, measured, case, times, *options, *DEAF)

    goes_on = ["docker run goes on", "container runs: true"]
    ended = ["docker run ended with 1", "container runs: true"]
    assert measured["2 times"][:2] == measured["2 times --sig-proxy=false"][:2] == goes_on
    for case in ("3 times", "3 times --sig-proxy=false"):
        assert measured[case][:2] == ended
        assert measured[case][-1] == "got 3 SIGTERM/SIGINTs, forcefully exiting"


@pytest.mark.holds(until="27.0")
def test_without_sig_proxy_one_ctrl_c_leaves(snippet, measured):
    """With `--sig-proxy=false`, the first Ctrl-C ends `docker run` with exit code 130; the
    container gets no signal and runs on."""
    said = press(snippet, measured, "--sig-proxy=false", "1", "--sig-proxy=false", DEBIAN, COMMAND)

    assert said == ["docker run ended with 130", "container runs: true", "PID 1 is server.sh"]


def test_terminal_tells_the_whole_group(snippet, measured):
    """With `--interactive --tty`, Ctrl-C also reaches a program behind dash: it gets SIGINT, and
    the container ends."""
    said = snippet("terminal.sh", f"{DEBIAN} dash -c '{MORE}'").out.splitlines()
    measured["printed"] = said

    assert said[1:] == ["PID 1 is dash", "got SIGINT"]
    assert said[0] == "docker run ended with 130"
