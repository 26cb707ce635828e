"""Is Podman a drop-in replacement for Docker?"""

import pytest

BUILDKIT = {"DOCKER_BUILDKIT": "1"}  # 20.10 has it behind this switch; Podman does not look at it
NET_RAW = 1 << 13


def test_fix_gives_the_same_image_on_both(snippet, measured):
    """With the commands of `fix.sh`, the image has the name `localhost/my-image` and keeps its
    `HEALTHCHECK`, and the mount works."""
    measured["printed"] = snippet("fix.sh").out.splitlines()[-1]
    shown = snippet("inspect.sh", "localhost/my-image").out.splitlines()
    measured["names"] = shown[0]
    measured["health check"] = shown[-1]

    assert measured["printed"] == "/data"
    assert measured["names"] == '["localhost/my-image:latest"]'
    assert measured["health check"] == '"Healthcheck":{"Test":["CMD","true"]}'


def test_exit_codes_pass_through(snippet, measured):
    """`docker run` exits with the program's exit code, with 126 if it cannot be executed, 127 if it
    does not exist, and 125 for an unknown option."""
    printed = snippet("exit-codes.sh").stdout.splitlines()
    measured.update(line.partition(": ")[::2] for line in printed)

    assert measured == {
        "program": "42",
        "not executable": "126",
        "not found": "127",
        "wrong option": "125",
    }


def test_stages_and_cache_mounts_build(snippet, measured):
    """`docker build` builds a Dockerfile that has two stages and a cache mount, and the image
    runs."""
    measured["printed"] = snippet("build.sh", env=BUILDKIT).stdout.splitlines()[-1]

    assert measured["printed"] == "built"


@pytest.mark.holds(podman=False)
def test_name_of_a_built_image_is_the_one_given(snippet, measured):
    """An image built with `--tag faq-app` has the name `faq-app:latest`."""
    measured["names"] = snippet("tag.sh", env=BUILDKIT).out

    assert measured["names"] == '["faq-app:latest"]'


def test_known_name_is_taken_from_the_hub(snippet, measured):
    """`docker pull busybox:stable` pulls `docker.io/library/busybox:stable`."""
    pulled = snippet("pull.sh", "busybox:stable")
    measured["from docker.io"] = "docker.io/library/busybox:stable" in pulled.text

    assert measured["from docker.io"]


@pytest.mark.holds(podman=False)
def test_unknown_name_is_looked_for_on_the_hub(snippet, measured):
    """`docker pull` looks on `docker.io` for an image whose name has no registry in it."""
    pulled = snippet("pull.sh", "faq-nothing", check=False)
    measured["asks docker.io"] = "docker.io" in pulled.text

    assert measured["asks docker.io"]


def test_full_name_is_the_image(snippet, measured):
    """`docker run` takes an image by its full name, `docker.io/library/busybox:stable`."""
    measured["printed"] = snippet("full-name.sh").out

    assert measured["printed"] == "it runs"


@pytest.mark.holds(podman=False)
def test_health_check_of_a_dockerfile_is_kept(snippet, measured):
    """The image built from a Dockerfile with a `HEALTHCHECK` has that health check."""
    measured["health check"] = snippet("health.sh", env=BUILDKIT).out

    assert '"Test":["CMD","true"]' in measured["health check"]


def test_health_check_is_kept_in_docker_format(snippet, measured):
    """With `BUILDAH_FORMAT=docker` in the environment, the image has the health check."""
    env = BUILDKIT | {"BUILDAH_FORMAT": "docker"}
    measured["health check"] = snippet("health.sh", env=env).out

    assert '"Test":["CMD","true"]' in measured["health check"]


def test_published_port_answers(snippet, measured):
    """A server behind `--publish 8080:80` answers on `127.0.0.1:8080` of the host."""
    measured["answer"] = snippet("port.sh", check=False).out

    assert measured["answer"] == "it answers"


def test_names_resolve_on_an_own_network(snippet, measured):
    """On a network from `docker network create`, a container reaches another by its name; on the
    default network the name is unknown."""
    for network in ("faq-net", "default"):
        asked = snippet("names.sh", *([network] if network != "default" else []), check=False)
        measured[network] = asked.out or asked.stderr.strip()
        snippet("clean.sh")

    assert measured == {"faq-net": "it answers", "default": "wget: bad address 'faq-server'"}


@pytest.mark.holds(podman=False)
def test_host_has_no_name_by_itself(snippet, measured):
    """In a container without `--add-host`, the name `host.docker.internal` is not in
    `/etc/hosts`."""
    measured["name"] = snippet("host-name.sh").out

    assert measured["name"] == "missing"


def test_host_gateway_names_the_host(snippet, measured):
    """With `--add-host faq-host:host-gateway`, a container reaches a server of the host as
    `faq-host`."""
    measured["answer"] = snippet("add-host.sh", check=False).out

    assert measured["answer"] == "it answers"


@pytest.mark.holds(podman=False)
def test_missing_directory_is_created(snippet, measured):
    """`--volume` creates a host directory that does not exist, and mounts it."""
    found = snippet("missing.sh", check=False).out.split()
    measured["mounted"] = "/data" in found
    measured["created"] = "/tmp/faq-missing" in found

    assert measured == {"mounted": True, "created": True}


def test_empty_volume_takes_the_files_of_the_image(snippet, measured):
    """A new named volume is filled with the image's files from its mount point, and keeps what a
    container writes."""
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
    """By default root in a container can `ping` the loopback address with the `ping` of busybox."""
    measured["exit code"] = snippet("ping.sh", check=False).code

    assert measured["exit code"] == 0


def test_ping_works_with_net_raw(snippet, measured):
    """With `--cap-add NET_RAW` root in a container can `ping` the loopback address with the `ping`
    of busybox."""
    measured["exit code"] = snippet("ping.sh", "--cap-add", "NET_RAW", check=False).code

    assert measured["exit code"] == 0


@pytest.mark.holds(podman=False)
def test_no_daemon_no_answer(snippet, measured):
    """With `DOCKER_HOST` set to a socket where no daemon listens, `docker ps` cannot connect and
    fails."""
    asked = snippet("no-daemon.sh", check=False)
    measured["exit code"] = asked.code
    measured["names the socket"] = "connect to the Docker daemon at unix:///tmp/" in asked.stderr

    assert measured["exit code"] == 1
    assert measured["names the socket"]


def test_socket_speaks_the_api(snippet, measured):
    """The API at `/var/run/docker.sock` lists the container that runs."""
    measured["lists faq-server"] = '"Names":["/faq-server"]' in snippet("api.sh").out

    assert measured["lists faq-server"]


def test_stop_kills_after_its_time(snippet, measured):
    """`docker stop` kills a process that ignores `SIGTERM`, and the exit code is 137."""
    measured["exit code"] = int(snippet("stop.sh").out.splitlines()[-1])

    assert measured["exit code"] == 137


def test_failing_container_is_restarted(snippet, measured):
    """With `--restart on-failure:2` a container that fails is restarted twice, and then stays
    stopped."""
    measured["restarts and state"] = snippet("restart.sh").out

    assert measured["restarts and state"] == "2 exited"


def test_logs_keep_the_streams_apart(snippet, measured):
    """`docker logs` writes a container's standard output to standard output, and its standard error
    to standard error."""
    measured["printed"] = snippet("streams.sh").out.splitlines()

    assert measured["printed"] == ["stdout: out", "stderr: error"]


def test_exec_and_cp_work(snippet, measured):
    """`docker exec` runs a command in a running container, and `docker cp` copies a file to the
    host."""
    measured["copied"] = snippet("copy.sh").out

    assert measured["copied"] == "copied"


@pytest.mark.holds(podman=False)
def test_swarm_is_there(snippet, measured):
    """`docker swarm` is a command: without a swarm, `docker swarm join-token` answers that the node
    is not a swarm manager."""
    said = snippet("swarm.sh", check=False).text
    measured["not a manager"] = "This node is not a swarm manager" in said

    assert measured["not a manager"]


@pytest.mark.holds(podman=False)
def test_forwarded_packets_are_dropped(snippet, measured):
    """If Docker turned forwarding on, the policy of the host's `FORWARD` chain is `DROP` while a
    container runs."""
    measured["policy"] = snippet("forward.sh").out

    assert measured["policy"] == "-P FORWARD DROP"
