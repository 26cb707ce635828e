"""Where does a published port listen?"""

import pytest

CONTAINER = "172.17.0.2"


def listening(snippet, *arguments):
    """Where a server listens on port 8080: what Docker says of it, and the kernel's sockets."""
    snippet("serve.sh", *arguments)
    lines = snippet("where.sh").out.splitlines()
    docker = [line.removeprefix("80/tcp -> ") for line in lines if "->" in line]
    return docker, [line for line in lines if "->" not in line]


@pytest.fixture
def routed(neighbor, reach):
    """Ask from a neighbor that sends its packets for containers and 127.0.0.1 to the host."""
    assert neighbor("sh /work/neighbor.sh").code == 0
    return reach


@pytest.fixture
def forwarding_policy(engine):
    """Set the policy of FORWARD, as it is on a host that forwarded before Docker came."""
    yield lambda policy: engine.run(f"iptables --policy FORWARD {policy}")
    engine.run("iptables --policy FORWARD DROP")


def test_all_addresses_by_default(engine, snippet, reach, measured):
    """`--publish 8080:80` listens on all addresses of the host, 0.0.0.0 and [::]: the neighbor is
    answered, and so is the host itself on 127.0.0.1 and on [::1]."""
    measured["docker port says"], measured["listens on"] = listening(snippet, "8080")
    measured["neighbor gets"] = reach(8080)
    measured["host gets"] = [
        engine.run(f"curl -s http://{host}:8080/").out for host in ("127.0.0.1", "[::1]")
    ]

    assert measured["listens on"] == ["0.0.0.0:8080", "[::]:8080"]
    assert len(measured["docker port says"]) == 2
    assert measured["neighbor gets"] == "hello"
    assert measured["host gets"] == ["hello", "hello"]


def test_given_address_only(engine, snippet, reach, measured):
    """`--publish 127.0.0.1:8080:80` listens on 127.0.0.1 only: the host is answered there, and the
    neighbor is refused on the host's address in the LAN."""
    measured["docker port says"], measured["listens on"] = listening(snippet, "127.0.0.1:8080")
    measured["neighbor gets"] = reach(8080)
    measured["host gets"] = engine.run("curl -s http://127.0.0.1:8080/").out

    assert measured["docker port says"] == measured["listens on"] == ["127.0.0.1:8080"]
    assert measured["neighbor gets"] == "refused"
    assert measured["host gets"] == "hello"


def test_network_can_have_another_default(snippet, reach, measured):
    """On a network with `host_binding_ipv4=127.0.0.1`, `--publish 8080:80` listens on 127.0.0.1
    and no other IPv4 address, and the neighbor is refused."""
    snippet("network.sh")
    _, measured["listens on"] = listening(snippet, "8080", "faq-local")
    measured["neighbor gets"] = reach(8080)

    assert [where for where in measured["listens on"] if "[" not in where] == ["127.0.0.1:8080"]
    assert measured["neighbor gets"] == "refused"


@pytest.mark.holds(until="28.0")
def test_loopback_is_open_to_the_lan(snippet, routed, measured):
    """A neighbor that sends its packets for 127.0.0.1 to the host reaches the port that is
    published on 127.0.0.1."""
    snippet("serve.sh", "127.0.0.1:8080")
    measured["neighbor gets from 127.0.0.1:8080"] = routed(8080, "127.0.0.1")

    assert measured["neighbor gets from 127.0.0.1:8080"] == "hello"


@pytest.mark.holds(until="28.0")
def test_container_address_is_open_to_the_lan(snippet, routed, measured):
    """A neighbor with a route to 172.17.0.0/16 through the host reaches port 80 of that container
    on the container's own address."""
    snippet("serve.sh", "127.0.0.1:8080")
    measured["neighbor gets from 172.17.0.2:80"] = routed(80, CONTAINER)

    assert measured["neighbor gets from 172.17.0.2:80"] == "hello"


def test_unpublished_port_is_closed(engine, snippet, routed, measured):
    """It gets no answer from a port of the container that is not published, where the policy of
    `FORWARD` is `DROP`; the host gets one."""
    snippet("beside.sh")
    measured["neighbor gets from 172.17.0.2:80"] = routed(80, CONTAINER)
    measured["host gets"] = engine.run(f"curl -s http://{CONTAINER}/").out

    assert measured["neighbor gets from 172.17.0.2:80"] == "no answer"
    assert measured["host gets"] == "hello"


@pytest.mark.holds(until="28.0")
def test_unpublished_port_is_open_on_a_router(snippet, routed, forwarding_policy, measured):
    """It gets an answer from that unpublished port where the policy is `ACCEPT`."""
    snippet("beside.sh")
    forwarding_policy("ACCEPT")
    measured["neighbor gets from 172.17.0.2:80"] = routed(80, CONTAINER)

    assert measured["neighbor gets from 172.17.0.2:80"] == "hello"


def test_containers_need_no_expose(engine, snippet, measured):
    """A container reaches a port of another one on its network, though that port is neither
    exposed nor published."""
    measured["container beside it gets"] = snippet("beside.sh").out
    exposed = "docker inspect --format '{{json .Config.ExposedPorts}}' faq-web"
    measured["exposed"] = engine.run(exposed).json()
    measured["published"] = engine.run("docker port faq-web").out

    assert measured["container beside it gets"] == "hello"
    assert measured["exposed"] is None
    assert measured["published"] == ""


def test_expose_opens_nothing(snippet, reach, measured):
    """With `EXPOSE 80` in the image, no port of the host is opened."""
    measured["docker port says"] = snippet("expose.sh", env={"DOCKER_BUILDKIT": "1"}).out
    measured["neighbor gets from port 80"] = reach(80)

    assert measured["docker port says"] == ""
    assert measured["neighbor gets from port 80"] == "refused"


def test_publish_all_takes_what_is_exposed(snippet, reach, measured):
    """`--publish-all` (`-P`) publishes what is exposed, on a free port of the host from 32768 up,
    and the neighbor is answered there."""
    shown = snippet("expose.sh", "--publish-all", env={"DOCKER_BUILDKIT": "1"}).out.splitlines()
    ports = {int(line.rpartition(":")[2]) for line in shown}
    measured["published"] = sorted({line.split()[0] for line in shown})
    measured["neighbor gets"] = reach(min(ports))

    assert measured["published"] == ["80/tcp"]
    assert min(ports) >= 32768
    assert measured["neighbor gets"] == "hello"


def refused(result):
    """The daemon's last words on why a container did not start."""
    (line,) = [line for line in result.stderr.splitlines() if "Error response" in line]
    return line.partition("): ")[2]


def test_taken_by_a_container(snippet, measured):
    """When another container has published the port, `docker run` ends with 125 and “port is
    already allocated”."""
    snippet("serve.sh", "8080")
    result = snippet("second.sh", check=False)
    # Before it stands the address that was tried first, of IPv4 or of IPv6.
    measured["message"] = refused(result).rpartition("failed: ")[2]

    assert result.code == 125
    assert measured["message"].rstrip(".").endswith("port is already allocated")


def test_taken_by_a_program(snippet, measured):
    """When a program of the host listens on the port, it ends with 125 and “address already in
    use”."""
    result = snippet("program.sh", check=False)
    measured["message"] = refused(result)

    assert result.code == 125
    assert measured["message"].rstrip(".").endswith("address already in use")


def test_proxy_serves_the_host_only(engine, snippet, reach, measured):
    """A published port has two `docker-proxy` processes on the host, one for IPv4 and one for IPv6;
    without them 127.0.0.1 and [::1] are refused, and the neighbor is answered all the same."""
    snippet("serve.sh", "8080")
    measured["proxies"] = len(
        engine.run("pgrep --full 'docker-proxy.*-host-port 808[0]'").out.split()
    )
    snippet("proxy.sh")
    asked = [
        engine.run(f"curl -s http://{host}:8080/", check=False).code
        for host in ("127.0.0.1", "[::1]")
    ]
    measured["exit codes of curl on the host"] = asked
    measured["neighbor gets"] = reach(8080)

    assert measured["proxies"] == 2
    assert asked == [7, 7]
    assert measured["neighbor gets"] == "hello"


def test_container_sees_the_neighbor(engine, snippet, reach, measured):
    """The container sees the neighbor's own address, and 172.17.0.1 where the host has asked
    127.0.0.1."""
    snippet("serve.sh", "8080")
    reach(8080)
    engine.run("curl -s http://127.0.0.1:8080/")
    logged = engine.run("docker logs faq-web 2>&1").out.splitlines()
    seen = [line.partition("]:")[0].removeprefix("[::ffff:") for line in logged]
    measured["container sees"] = [
        address for address in dict.fromkeys(seen) if address != "127.0.0.1"
    ]

    assert measured["container sees"] == ["192.0.2.2", "172.17.0.1"]
