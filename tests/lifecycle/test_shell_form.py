"""Why does `docker stop` take ten seconds?"""

import pytest

SAFE_ON_YOUR_ENGINE = True

SIGKILL = 137
SIGTERM = 143
PROMPT = 5  # seconds: no stop below waits, and none that waits for ten seconds stays below
WARNING = "JSON arguments recommended for CMD to prevent unintended behavior related to OS signals"


def test_shell_form_waits_for_sigkill(stop):
    """With shell form on Debian, PID 1 is `sh`, and the program never gets SIGTERM; `docker stop`
    waits ten seconds, then the container ends with exit code 137 (SIGKILL)."""
    stopped = stop("wrong")

    assert stopped["PID 1"] == "sh"
    assert stopped["last line of the log"] == "ready"
    assert 10 <= stopped["stop seconds"] < 20
    assert stopped["exit code"] == SIGKILL


def test_exec_form_stops_at_once(stop):
    """With exec form, the program itself is PID 1; it gets SIGTERM and exits in less than five
    seconds with its own exit code, 0."""
    stopped = stop("fix")

    assert stopped["PID 1"] == "server.sh"
    assert stopped["last line of the log"] == "got SIGTERM"
    assert 0 <= stopped["stop seconds"] < PROMPT
    assert stopped["exit code"] == 0


def test_exec_in_shell_form_stops_at_once(stop):
    """In shell form with `exec` before the program, the program replaces the shell as PID 1, gets
    SIGTERM, and exits with 0 in less than five seconds."""
    stopped = stop("shell-exec")

    assert stopped["PID 1"] == "server.sh"
    assert stopped["last line of the log"] == "got SIGTERM"
    assert 0 <= stopped["stop seconds"] < PROMPT
    assert stopped["exit code"] == 0


def test_bash_replaces_itself(stop):
    """With `SHELL ["/bin/bash", "-c"]` on Debian 12, shell form needs no `exec`: bash replaces
    itself with its last command, and the program gets SIGTERM and exits with 0."""
    stopped = stop("bash")

    assert stopped["PID 1"] == "server.sh"
    assert stopped["last line of the log"] == "got SIGTERM"
    assert 0 <= stopped["stop seconds"] < PROMPT
    assert stopped["exit code"] == 0


def test_bash_stays_before_one_more_command(stop):
    """If another command follows the program, bash stays PID 1, the program never gets SIGTERM,
    and the exit code is 137, after two seconds with `docker stop -t 2`."""
    stopped = stop("bash-more", wait="-t 2")

    assert stopped["PID 1"] == "bash"
    assert stopped["last line of the log"] == "ready"
    assert 2 <= stopped["stop seconds"] < 7
    assert stopped["exit code"] == SIGKILL


@pytest.mark.shown("last line of the log")
def test_no_handler_ignores_sigterm(stop):
    """In exec form, a program without a handler for SIGTERM still ignores it: `docker stop -t 2`
    ends `tail -f` with SIGKILL after two seconds (exit code 137)."""
    stopped = stop("no-handler", wait="-t 2")

    assert stopped["PID 1"] == "tail"
    assert 2 <= stopped["stop seconds"] < 7
    assert stopped["exit code"] == SIGKILL


@pytest.mark.shown("last line of the log")
def test_init_stops_it(stop):
    """With `docker run --init`, PID 1 is `docker-init`, and SIGTERM ends the same `tail -f` in less
    than five seconds (exit code 143)."""
    stopped = stop("no-handler", "--init")

    assert stopped["PID 1"] == "docker-init"
    assert 0 <= stopped["stop seconds"] < PROMPT
    assert stopped["exit code"] == SIGTERM


def test_init_does_not_reach_behind_the_shell(stop):
    """With `--init` and shell form, the stop is fast (less than five seconds, exit code 143), but
    only the shell gets SIGTERM and the program does not."""
    stopped = stop("wrong", "--init")

    assert stopped["PID 1"] == "docker-init"
    assert 0 <= stopped["stop seconds"] < PROMPT
    assert stopped["exit code"] == SIGTERM
    assert stopped["last line of the log"] == "ready"


def test_the_wait_is_yours_to_set(stop, snippet, measured):
    """Ten seconds are only the default: with `docker stop -t 2` or `docker run --stop-timeout 2`,
    the same container ends after two seconds, with exit code 137."""
    stops = {"docker stop -t 2": stop("wrong", wait="-t 2")}
    snippet("clean.sh")
    stops["docker run --stop-timeout 2"] = stop("wrong", "--stop-timeout", "2")
    measured.clear()
    for how, stopped in stops.items():
        measured[f"{how}: stop seconds"] = stopped["stop seconds"]
        measured[f"{how}: exit code"] = stopped["exit code"]

    for stopped in stops.values():
        assert 2 <= stopped["stop seconds"] < 7
        assert stopped["exit code"] == SIGKILL


@pytest.mark.holds(since="27.0")
def test_build_warns_of_shell_form(snippet, measured):
    """BuildKit warns of shell form with `JSON arguments recommended for CMD to prevent unintended
    behavior related to OS signals`, and not of exec form."""
    for name in ("wrong", "fix"):
        said = snippet("warning.sh", name, env={"DOCKER_BUILDKIT": "1"}).out
        measured[name] = WARNING in said

    assert measured == {"wrong": True, "fix": False}
