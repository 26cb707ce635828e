"""Where does a published port listen?"""

import pytest

HOST = "192.0.2.1"
HOST6 = "[2001:db8::1]"
CONTAINER = "172.17.0.2"


@pytest.fixture
def reach(snippet):
    """Ask an address and a port from the neighbor: the answer, or why there is none."""
    snippet("neighbor.sh")

    def ask(port, address=HOST):
        return snippet("neighbor-asks.sh", f"{address}:{port}").out

    return ask


@pytest.fixture
def routed(snippet, reach):
    """Ask from a neighbor that sends its packets for containers and 127.0.0.1 to the host."""
    snippet("route.sh")
    return reach


def where(snippet):
    """Where port 8080 listens: by the words of Docker, and by the kernel's sockets."""
    lines = snippet("where.sh").out.splitlines()
    docker = [line.removeprefix("80/tcp -> ") for line in lines if "->" in line]
    return docker, [line for line in lines if "->" not in line]


def ask_here(snippet, *addresses, port=8080):
    """What the host itself gets from a port, by address."""
    return [snippet("ask.sh", f"{address}:{port}").out for address in addresses]


def test_all_addresses_by_default(snippet, reach, measured):
    """`--publish 8080:80` listens on all addresses of the host, 0.0.0.0 and [::]: other machines
    reach it over IPv4 and IPv6, the host on 127.0.0.1 and [::1]."""
    snippet("serve.sh", "8080")
    measured["docker port says"], measured["listens on"] = where(snippet)
    measured["neighbor gets"] = reach(8080)
    measured["neighbor gets over IPv6"] = reach(8080, HOST6)
    measured["host gets"] = ask_here(snippet, "127.0.0.1", "[::1]")

    assert measured["listens on"] == ["0.0.0.0:8080", "[::]:8080"]
    assert len(measured["docker port says"]) == 2
    assert measured["neighbor gets"] == measured["neighbor gets over IPv6"] == "hello"
    assert measured["host gets"] == ["hello", "hello"]


def test_given_address_only(snippet, reach, measured):
    """`--publish 127.0.0.1:8080:80` listens on 127.0.0.1 only: the host gets an answer there, and
    other machines are refused on the host's own IPv4 and IPv6 addresses."""
    snippet("image.sh", env={"DOCKER_BUILDKIT": "1"})
    snippet("fix.sh")
    snippet("wait.sh")
    listening = snippet("listening.sh").out.splitlines()
    measured["listens on"] = [line for line in listening if line.endswith(":8080")]
    measured["host gets"] = ask_here(snippet, "127.0.0.1")
    measured["neighbor gets"] = reach(8080)
    measured["neighbor gets over IPv6"] = reach(8080, HOST6)

    assert measured["listens on"] == ["127.0.0.1:8080"]
    assert measured["host gets"] == ["hello"]
    assert measured["neighbor gets"] == measured["neighbor gets over IPv6"] == "refused"


def test_given_address_in_compose(engine, snippet, reach, measured):
    """In a Compose file, `ports: ["127.0.0.1:8080:80"]` does the same: the host gets an answer, and
    other machines are refused over IPv4 and IPv6."""
    if engine.run("docker compose version", check=False).code:
        pytest.skip("the lab has no Compose for this release")
    snippet("image.sh", env={"DOCKER_BUILDKIT": "1"})
    snippet("compose.sh")
    snippet("wait.sh")
    measured["host gets"] = ask_here(snippet, "127.0.0.1")
    measured["neighbor gets"] = reach(8080)
    measured["neighbor gets over IPv6"] = reach(8080, HOST6)

    assert measured["host gets"] == ["hello"]
    assert measured["neighbor gets"] == measured["neighbor gets over IPv6"] == "refused"


def test_network_can_have_another_default(snippet, reach, measured):
    """On a network with `--opt com.docker.network.bridge.host_binding_ipv4=127.0.0.1`, `--publish
    8080:80` listens on 127.0.0.1 only; other machines are refused over IPv4 and IPv6."""
    snippet("network.sh")
    snippet("serve.sh", "8080", "faq-local")
    measured["docker port says"], measured["listens on"] = where(snippet)
    measured["neighbor gets"] = reach(8080)
    measured["neighbor gets over IPv6"] = reach(8080, HOST6)

    assert measured["docker port says"] == measured["listens on"] == ["127.0.0.1:8080"]
    assert measured["neighbor gets"] == measured["neighbor gets over IPv6"] == "refused"


@pytest.mark.holds(since="28.0")
def test_loopback_is_closed_to_the_lan(snippet, routed, measured):
    """A port published on 127.0.0.1 does not answer a neighbor that routes 127.0.0.1 to the host;
    it answers the host itself."""
    snippet("serve.sh", "127.0.0.1:8080")
    measured["neighbor gets from 127.0.0.1:8080"] = routed(8080, "127.0.0.1")
    measured["host gets"] = ask_here(snippet, "127.0.0.1")

    assert measured["host gets"] == ["hello"]
    assert measured["neighbor gets from 127.0.0.1:8080"] == "no answer"


@pytest.mark.holds(since="28.0")
def test_container_address_is_closed_to_the_lan(snippet, routed, measured):
    """A port published on 127.0.0.1 or on all addresses does not answer, on the container's own
    address, a neighbor that routes 172.17.0.0/16 to the host."""
    for published in ("127.0.0.1:8080", "8080"):
        snippet("serve.sh", published)
        key = f"published as {published}:80: neighbor gets from 172.17.0.2:80"
        measured[key] = routed(80, CONTAINER)
        snippet("stop.sh")

    assert set(measured.values()) == {"no answer"}
    assert len(measured) == 2


def test_unpublished_port_is_closed(snippet, routed, measured):
    """If the policy of `FORWARD` is `DROP`, an unpublished port does not answer a neighbor that
    routes 172.17.0.0/16 to the host; it answers the host itself."""
    snippet("beside.sh")
    measured["policy"] = snippet("policy.sh", "DROP").out
    measured["neighbor gets from 172.17.0.2:80"] = routed(80, CONTAINER)
    measured["host gets"] = ask_here(snippet, CONTAINER, port=80)

    assert measured["policy"] == "-P FORWARD DROP"
    assert measured["neighbor gets from 172.17.0.2:80"] == "no answer"
    assert measured["host gets"] == ["hello"]


@pytest.mark.holds(since="28.0")
def test_unpublished_port_is_closed_on_a_router(snippet, routed, measured):
    """If the policy of `FORWARD` is `ACCEPT`, an unpublished port still does not answer a neighbor
    that routes 172.17.0.0/16 to the host."""
    snippet("beside.sh")
    measured["policy"] = snippet("policy.sh", "ACCEPT").out
    measured["neighbor gets from 172.17.0.2:80"] = routed(80, CONTAINER)

    assert measured["policy"] == "-P FORWARD ACCEPT"
    assert measured["neighbor gets from 172.17.0.2:80"] == "no answer"


def test_containers_need_no_expose(snippet, measured):
    """A container reaches a port of another container on the same network, although that port is
    neither exposed nor published."""
    shown = snippet("beside.sh").out.splitlines()
    measured["exposed"], measured["published"], measured["other container gets"] = shown

    assert measured["exposed"] == "exposed: null"
    assert measured["published"].strip() == "published:"
    assert measured["other container gets"] == "hello"


def test_expose_opens_nothing(snippet, reach, measured):
    """`EXPOSE 80` in the image opens no port on the host."""
    before = snippet("listening.sh").out
    shown = snippet("expose.sh", env={"DOCKER_BUILDKIT": "1"}).out.splitlines()
    measured["exposed"], *measured["published"] = shown
    measured["the host listens as before"] = snippet("listening.sh").out == before
    measured["neighbor gets from port 80"] = reach(80)

    assert measured["exposed"] == 'exposed: {"80/tcp":{}}'
    assert measured["published"] == []
    assert measured["the host listens as before"] is True
    assert measured["neighbor gets from port 80"] == "refused"


def test_publish_all_takes_what_is_exposed(snippet, reach, measured):
    """`--publish-all` (`-P`) publishes the exposed ports, each on a free port of the host from
    32768 up; other machines reach them."""
    options = {"env": {"DOCKER_BUILDKIT": "1"}}
    exposed, *shown = snippet("expose.sh", "--publish-all", **options).out.splitlines()
    ports = [int(line.rpartition(":")[2]) for line in shown if "->" in line]
    measured["exposed"] = exposed
    measured["published"] = [line.split(" -> ")[0] for line in shown]
    measured["neighbor gets"] = [reach(port) for port in sorted(set(ports))]

    assert measured["exposed"] == 'exposed: {"80/tcp":{}}'
    assert set(measured["published"]) == {"80/tcp"}
    assert [port for port in ports if not 32768 <= port < 65536] == []
    assert set(measured["neighbor gets"]) == {"hello"}


def refused(result):
    """The daemon's last words on why a container did not start."""
    lines = [line for line in result.stderr.splitlines() if "Error response" in line]
    return lines[0].partition("): ")[2] if lines else ""


def test_taken_by_a_container(snippet, measured):
    """If another container has published the port, `docker run` exits with 125 and “port is already
    allocated”; `docker ps --filter publish=8080` shows that container."""
    snippet("serve.sh", "8080")
    measured["docker ps shows"] = snippet("who.sh").out.splitlines()[0]
    result = snippet("second.sh", check=False)
    # The address before it is the one that was tried first, of IPv4 or of IPv6.
    measured["message"] = refused(result).rpartition("failed: ")[2]
    measured["exit code"] = result.code

    assert measured["docker ps shows"] == "container faq-web"
    assert measured["exit code"] == 125
    assert measured["message"].rstrip(".") == "port is already allocated"


def test_taken_by_a_program(snippet, measured):
    """If a program of the host listens on the port, `docker run` exits with 125 and “address
    already in use”; `ss --processes` shows the program."""
    result = snippet("program.sh", check=False)
    measured["shown"] = [line for line in result.stdout.splitlines() if " " in line]
    measured["message"] = refused(result)
    measured["exit code"] = result.code

    assert measured["shown"] == ["process nc"]
    assert measured["exit code"] == 125
    assert measured["message"].rstrip(".").endswith("address already in use")


def test_proxy_serves_the_host_and_ipv6(snippet, reach, measured):
    """A published port has a `docker-proxy` for 0.0.0.0 and one for [::]; once they are killed,
    requests to 127.0.0.1, [::1] and from IPv6 neighbors are refused; IPv4 neighbors get answers."""
    snippet("serve.sh", "8080")
    measured["host gets before"] = ask_here(snippet, "127.0.0.1", "[::1]")
    measured["IPv6 neighbor gets before"] = reach(8080, HOST6)
    measured["proxies"] = sorted(snippet("proxy.sh").out.splitlines())
    measured["host gets"] = ask_here(snippet, "127.0.0.1", "[::1]")
    measured["IPv6 neighbor gets"] = reach(8080, HOST6)
    measured["IPv4 neighbor gets"] = reach(8080)

    assert measured["proxies"] == [
        "-host-ip 0.0.0.0 -host-port 8080",
        "-host-ip :: -host-port 8080",
    ]
    assert measured["IPv6 neighbor gets before"] == "hello"
    assert measured["host gets before"] == ["hello", "hello"]
    assert measured["host gets"] == ["refused", "refused"]
    assert measured["IPv6 neighbor gets"] == "refused"
    assert measured["IPv4 neighbor gets"] == "hello"


def test_container_sees_the_neighbor(snippet, reach, measured):
    """The container sees an IPv4 neighbor's own address; for requests to 127.0.0.1 and from an IPv6
    neighbor it sees 172.17.0.1."""
    snippet("serve.sh", "8080")
    answers = [reach(8080), *ask_here(snippet, "127.0.0.1"), reach(8080, HOST6)]
    measured["container sees"] = snippet("logs.sh", "3").out.splitlines()

    assert answers == ["hello", "hello", "hello"]
    assert measured["container sees"] == ["192.0.2.2", "172.17.0.1", "172.17.0.1"]
