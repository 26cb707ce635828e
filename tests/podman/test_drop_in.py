"""Is Podman a drop-in replacement for Docker?"""

import pytest

BUILDKIT = {"DOCKER_BUILDKIT": "1"}  # 20.10 has it behind this switch; Podman does not look at it
NET_RAW = 1 << 13


def test_exit_codes_pass_through(snippet, measured):
    """`docker run` ends with the exit code of the program, 126 for one that cannot be executed, 127
    for one that is not there, and 125 for a wrong option."""
    printed = snippet("exit-codes.sh").stdout.splitlines()
    measured.update(line.partition(": ")[::2] for line in printed)

    assert measured == {
        "program": "42",
        "not executable": "126",
        "not found": "127",
        "wrong option": "125",
    }


def test_stages_and_cache_mounts_build(snippet, measured):
    """`docker build` builds a Dockerfile of two stages with a cache mount, and its image runs."""
    measured["printed"] = snippet("build.sh", env=BUILDKIT).stdout.splitlines()[-1]

    assert measured["printed"] == "built"


@pytest.mark.holds(podman=False)
def test_name_of_a_built_image_is_the_one_given(snippet, measured):
    """An image built with `--tag faq-app` has the name `faq-app:latest`."""
    measured["names"] = snippet("tag.sh", env=BUILDKIT).json()

    assert measured["names"] == ["faq-app:latest"]


def test_known_name_is_taken_from_the_hub(snippet, measured):
    """`docker pull busybox:stable` takes that image from `docker.io`."""
    pulled = snippet("pull.sh", "busybox:stable")
    measured["from docker.io"] = "docker.io/library/busybox:stable" in pulled.text

    assert measured["from docker.io"]


@pytest.mark.holds(podman=False)
def test_unknown_name_is_looked_for_on_the_hub(snippet, measured):
    """`docker pull` asks `docker.io` for a name that has no registry in it and is no image here."""
    pulled = snippet("pull.sh", "faq-nothing", check=False)
    measured["exit code"] = pulled.code
    measured["asks docker.io"] = "docker.io" in pulled.text

    assert pulled.code != 0
    assert measured["asks docker.io"]


def test_full_name_is_the_image(snippet, measured):
    """`docker run` takes an image by its full name, `docker.io/library/busybox:stable`."""
    measured["printed"] = snippet("full-name.sh").out

    assert measured["printed"] == "it runs"


@pytest.mark.holds(podman=False)
def test_health_check_of_a_dockerfile_is_kept(snippet, measured):
    """A `HEALTHCHECK` in a Dockerfile is in the image that is built."""
    measured["health checks"] = int(snippet("health.sh", env=BUILDKIT, check=False).out)

    assert measured["health checks"] == 1


def test_health_check_is_kept_in_docker_format(snippet, measured):
    """With `BUILDAH_FORMAT=docker` in the environment, which Docker does not look at, the
    `HEALTHCHECK` is in the image."""
    env = BUILDKIT | {"BUILDAH_FORMAT": "docker"}
    measured["health checks"] = int(snippet("health.sh", env=env, check=False).out)

    assert measured["health checks"] == 1


def test_published_port_answers(snippet, measured):
    """A server behind `--publish 8080:80` answers on `127.0.0.1:8080` of the host."""
    measured["answer"] = snippet("port.sh", check=False).out

    assert measured["answer"] == "it answers"


def test_names_resolve_on_an_own_network(snippet, measured):
    """On a network made with `docker network create`, a container finds another by its name; on the
    default network it does not."""
    for network in ("faq-net", "default"):
        asked = snippet("names.sh", *([network] if network != "default" else []), check=False)
        measured[network] = asked.out or asked.stderr.strip()
        snippet("clean.sh")

    assert measured == {"faq-net": "it answers", "default": "wget: bad address 'faq-server'"}


@pytest.mark.holds(podman=False)
def test_host_has_no_name_by_itself(snippet, measured):
    """In a container that was started without `--add-host`, `host.docker.internal` is not in
    `/etc/hosts`."""
    measured["lines"] = len(snippet("host-name.sh", check=False).out.splitlines())

    assert measured["lines"] == 0


def test_host_gateway_names_the_host(snippet, measured):
    """With `--add-host faq-host:host-gateway`, the name `faq-host` is in `/etc/hosts`."""
    measured["lines"] = len(snippet("add-host.sh", check=False).out.splitlines())

    assert measured["lines"] == 1


@pytest.mark.holds(podman=False)
def test_missing_directory_is_created(snippet, measured):
    """`--volume` creates a directory of the host that is not there, and mounts it."""
    found = snippet("missing.sh", check=False).out.split()
    measured["mounted"] = "/data" in found
    measured["created"] = "/tmp/faq-missing" in found

    assert measured == {"mounted": True, "created": True}


def test_empty_volume_takes_the_files_of_the_image(snippet, measured):
    """A new named volume gets the files that the image has at its place, and keeps what a container
    writes."""
    found = snippet("volume.sh").out.split()
    measured["from the image"] = "passwd" in found
    measured["written"] = "kept" in found

    assert measured == {"from the image": True, "written": True}


@pytest.mark.holds(podman=False)
def test_root_has_net_raw(snippet, measured):
    """By default root in a container has the capability `NET_RAW`."""
    mask = snippet("capabilities.sh").out.split()[-1]
    measured["CapEff"] = mask

    assert int(mask, 16) & NET_RAW


@pytest.mark.holds(podman=False)
def test_ping_works_by_default(snippet, measured):
    """Root in a container can `ping` its own loopback address with the `ping` of busybox and no
    option."""
    measured["exit code"] = snippet("ping.sh", check=False).code

    assert measured["exit code"] == 0


def test_ping_works_with_net_raw(snippet, measured):
    """With `--cap-add NET_RAW` root in a container can `ping` its own loopback address with the
    `ping` of busybox."""
    measured["exit code"] = snippet("ping.sh", "--cap-add", "NET_RAW", check=False).code

    assert measured["exit code"] == 0


@pytest.mark.holds(podman=False)
def test_no_daemon_no_answer(snippet, measured):
    """With `DOCKER_HOST` at an address where no daemon listens, `docker ps` fails."""
    measured["exit code"] = snippet("no-daemon.sh", check=False).code

    assert measured["exit code"] != 0


def test_socket_speaks_the_api(snippet, measured):
    """A program that asks `/var/run/docker.sock` for the containers gets the one that runs."""
    measured["names"] = [found["Names"] for found in snippet("api.sh").json()]

    assert measured["names"] == [["/faq-server"]]


def test_stop_kills_after_its_time(snippet, measured):
    """`docker stop` kills a process that ignores `SIGTERM`, and the exit code is 137."""
    measured["exit code"] = int(snippet("stop.sh").out.splitlines()[-1])

    assert measured["exit code"] == 137


def test_failing_container_is_restarted(snippet, measured):
    """`--restart on-failure:2` starts a container that fails two times more, and then leaves it
    alone."""
    measured["restarts and state"] = snippet("restart.sh").out

    assert measured["restarts and state"] == "2 exited"


def test_logs_keep_the_streams_apart(snippet, measured):
    """`docker logs` writes what a container wrote to standard output and to standard error to the
    same streams."""
    printed = snippet("streams.sh").stdout.splitlines()
    measured.update(line.partition(": ")[::2] for line in printed)

    assert measured == {"stdout": "out", "stderr": "error"}


def test_exec_and_cp_work(snippet, measured):
    """`docker exec` runs a command in a running container, and `docker cp` copies its file to the
    host."""
    measured["copied"] = snippet("copy.sh").out

    assert measured["copied"] == "copied"


@pytest.mark.holds(podman=False)
def test_swarm_is_there(snippet, measured):
    """`docker swarm` is a command: `docker swarm join-token` says that this node is no manager of a
    swarm."""
    said = snippet("swarm.sh", check=False).text
    measured["says that it is no manager"] = "This node is not a swarm manager" in said

    assert measured["says that it is no manager"]


@pytest.mark.holds(podman=False)
def test_forwarded_packets_are_dropped(snippet, measured):
    """While a container runs, the policy of the host's `FORWARD` chain is `DROP`."""
    measured["policy"] = snippet("forward.sh").out

    assert measured["policy"] == "-P FORWARD DROP"
