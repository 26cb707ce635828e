"""Why does `docker stop` take ten seconds?"""

SAFE_ON_YOUR_ENGINE = True

SIGKILL = 137
SIGTERM = 143
PROMPT = 5  # seconds: no stop below waits, and none that waits for ten seconds stays below


def test_shell_form_waits_for_sigkill(stop):
    """With shell form on Debian, PID 1 is `sh` and the program never gets SIGTERM; `docker stop`
    waits its full ten seconds, then the exit code is 137: SIGKILL."""
    stopped = stop("shell-form")

    assert stopped["PID 1"] == "sh"
    assert stopped["last line of the log"] == "ready"
    assert 10 <= stopped["stop seconds"] < 20
    assert stopped["exit code"] == SIGKILL


def test_exec_form_stops_at_once(stop):
    """With exec form the program itself is PID 1; it gets SIGTERM, and ends in less than five
    seconds with its own exit code, 0."""
    stopped = stop("exec-form")

    assert stopped["PID 1"] == "server.sh"
    assert stopped["last line of the log"] == "got SIGTERM"
    assert stopped["stop seconds"] < PROMPT
    assert stopped["exit code"] == 0


def test_exec_in_shell_form_stops_at_once(stop):
    """Shell form with `exec` before the program is as good: the program replaces the shell as
    PID 1, gets SIGTERM, and ends with exit code 0 in less than five seconds."""
    stopped = stop("shell-exec")

    assert stopped["PID 1"] == "server.sh"
    assert stopped["last line of the log"] == "got SIGTERM"
    assert stopped["stop seconds"] < PROMPT
    assert stopped["exit code"] == 0


def test_bash_replaces_itself(stop):
    """Where `SHELL` makes the shell bash, the same shell form needs no `exec`: bash replaces
    itself by its last command, so the program is PID 1, gets SIGTERM, and ends with exit code 0
    in less than five seconds."""
    stopped = stop("bash")

    assert stopped["PID 1"] == "server.sh"
    assert stopped["last line of the log"] == "got SIGTERM"
    assert stopped["stop seconds"] < PROMPT
    assert stopped["exit code"] == 0


def test_bash_stays_before_one_more_command(stop):
    """With one more command after the program, bash stays as PID 1, the program never gets
    SIGTERM, and the exit code is 137."""
    stopped = stop("bash-more", wait="-t 2")

    assert stopped["PID 1"] == "bash"
    assert stopped["last line of the log"] == "ready"
    assert stopped["exit code"] == SIGKILL


def test_no_handler_ignores_sigterm(stop):
    """Exec form is not enough for a program without a handler for SIGTERM: as PID 1, `tail -f`
    ignores it and ends with exit code 137."""
    stopped = stop("no-handler", wait="-t 2")

    assert stopped["PID 1"] == "tail"
    assert stopped["exit code"] == SIGKILL


def test_init_stops_it(stop):
    """With `docker run --init` PID 1 is `docker-init`, and the same `tail -f` is ended by SIGTERM
    (exit code 143) in less than five seconds."""
    stopped = stop("no-handler", "--init")

    assert stopped["PID 1"] == "docker-init"
    assert stopped["stop seconds"] < PROMPT
    assert stopped["exit code"] == SIGTERM


def test_init_does_not_reach_behind_the_shell(stop):
    """`--init` before shell form makes the stop fast (less than five seconds, exit code 143), but
    the program still gets no SIGTERM: only the shell does."""
    stopped = stop("shell-form", "--init")

    assert stopped["PID 1"] == "docker-init"
    assert stopped["stop seconds"] < PROMPT
    assert stopped["exit code"] == SIGTERM
    assert stopped["last line of the log"] == "ready"


def test_the_wait_is_yours_to_set(stop, snippet, measured):
    """The ten seconds are only the default: `docker stop -t 2` and `docker run --stop-timeout 2`
    each wait two seconds instead, and then the exit code is 137."""
    stops = {"docker stop -t 2": stop("shell-form", wait="-t 2")}
    snippet("clean.sh")
    stops["docker run --stop-timeout 2"] = stop("shell-form", "--stop-timeout", "2")
    measured.clear()
    for how, stopped in stops.items():
        measured[f"{how}: stop seconds"] = stopped["stop seconds"]
        measured[f"{how}: exit code"] = stopped["exit code"]

    for stopped in stops.values():
        assert 2 <= stopped["stop seconds"] < 7
        assert stopped["exit code"] == SIGKILL
