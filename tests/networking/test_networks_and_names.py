"""How do I look at Docker's networks, and how do names resolve?"""

import re
from ipaddress import ip_address, ip_network
from itertools import chain

import pytest


def parts(result):
    """The lines of a snippet's output, before and after its line of dashes."""
    before, _, after = result.out.partition("--\n")
    return before.splitlines(), after.splitlines()


def members(snippet, network):
    """The addresses of the containers in a network, by name, without the length of the network."""
    lines = snippet("inspect.sh", network).out.splitlines()[1:]
    return dict(re.match(r"(\S+) ([\d.]+)", line).groups() for line in lines if line)


def answers(snippet, container, *names):
    """The address that each name has for a container, None where it has none."""
    lines = snippet("ask.sh", container, *names).out.splitlines()
    found = [re.search(r"\(([\d.]+)\)", line) for line in lines]
    return {name: match and match[1] for name, match in zip(names, found, strict=False)}


def named(found, addresses):
    """The containers that the answers lead to, by their own names."""
    owners = {address: name for name, address in addresses.items()}
    return {name: owners.get(address, address) for name, address in found.items()}


def answer_for_id(snippet, container, other):
    """The address that the ID of another container has for a container, None where it has none."""
    found = re.search(r"\(([\d.]+)\)", snippet("ask-id.sh", container, other).out)
    return found and found[1]


def test_default_network_has_no_names(snippet, measured):
    """On the default network, the name of a container is not found."""
    snippet("image.sh", env={"DOCKER_BUILDKIT": "1"})
    asked = snippet("wrong.sh", check=False)
    measured["exit code"] = asked.code

    assert asked.code == 1
    assert "bad address 'my-app'" in asked.stderr


def test_own_network_has_names(snippet, measured):
    """On a network of your own, a container reaches another one by its name, without a published
    port."""
    snippet("image.sh", env={"DOCKER_BUILDKIT": "1"})
    asked = snippet("fix.sh")
    measured["answer"] = asked.out.splitlines()[-1]
    measured["published"] = snippet("port.sh").out

    assert measured["answer"] == "hello"
    assert measured["published"] == ""


def test_three_networks_from_the_start(snippet, measured):
    """A new engine has three networks, `bridge`, `host` and `none`; `docker network ls --filter
    driver=bridge` lists only the first."""
    everything, bridges = parts(snippet("list.sh"))
    measured["networks and drivers"] = everything
    measured["of the driver bridge"] = bridges

    assert everything == ["bridge bridge", "host host", "none null"]
    assert bridges == ["bridge"]


def test_docker0_is_an_interface(snippet, measured):
    """`docker0` is the interface of the network `bridge` on the host, not a network: `docker
    network inspect docker0` fails."""
    result = snippet("interface.sh", check=False)
    measured["Docker says, the kernel says"] = [
        line for line in result.out.splitlines() if line != "[]"
    ]

    assert measured["Docker says, the kernel says"] == ["docker0", "docker0"]
    assert result.code == 1
    assert re.search("No such network: docker0|network docker0 not found", result.stderr)


def test_interface_of_own_network(snippet, measured):
    """The interface of a network of your own is `br-` and the first twelve characters of the
    network's ID; with `--opt com.docker.network.bridge.name=faq0` it is `faq0`."""
    identity, *found = snippet("create.sh", "faq-net").out.splitlines()
    option = "com.docker.network.bridge.name=faq0"
    _, *after = snippet("create.sh", "faq-other", "--opt", option).out.splitlines()
    measured["new interfaces"] = sorted(
        name.replace(identity, "<ID>") for name in after if name != "docker0"
    )

    assert sorted(found) == sorted(["docker0", f"br-{identity}"])
    assert measured["new interfaces"] == ["br-<ID>", "faq0"]


def test_inspect_shows_running_containers(engine, snippet, measured):
    """For a network of your own, `docker network inspect` shows subnet, gateway and the running
    containers with their addresses; a stopped container is not listed."""
    snippet("own.sh")
    subnet, gateway = snippet("inspect.sh", "faq-net").out.splitlines()[0].split()
    # Docker hands out a /16 of 172 or, after these, a /20 of 192.168.
    route = engine.run(f"ip -4 route show {subnet}").out
    shown = members(snippet, "faq-net")
    own = {name: engine.run(f"docker exec {name} hostname -i").out for name in shown}
    measured["running"] = sorted(shown)
    snippet("stop.sh")
    measured["after stopping faq-web-2"] = sorted(members(snippet, "faq-net"))

    assert ip_network(subnet).prefixlen in (16, 20)
    assert gateway == str(next(ip_network(subnet).hosts()))
    assert f"src {gateway} " in f"{route} "
    assert shown == own
    assert measured["running"] == ["faq-client", "faq-web", "faq-web-2"]
    assert measured["after stopping faq-web-2"] == ["faq-client", "faq-web"]


def test_names_on_own_network(snippet, measured):
    """On a network of your own a container is found by its name, its host name, its short ID
    (twelve characters), and its name with the network's after it."""
    snippet("own.sh")
    found = answers(snippet, "faq-client", "faq-web", "faq-host", "faq-web.faq-net")
    found["<ID>"] = answer_for_id(snippet, "faq-client", "faq-web")
    measured["leads to"] = named(found, members(snippet, "faq-net"))

    assert set(measured["leads to"]) == {"faq-web", "faq-host", "<ID>", "faq-web.faq-net"}
    assert set(measured["leads to"].values()) == {"faq-web"}


def test_no_names_on_default_network(snippet, measured):
    """On the default network neither the name, the host name nor the ID of a container resolves,
    though it answers a ping to its address."""
    snippet("default.sh")
    found = answers(snippet, "faq-client", "faq-web", "faq-host")
    found["<ID>"] = answer_for_id(snippet, "faq-client", "faq-web")
    measured["found"] = [name for name, owner in found.items() if owner]
    measured["ping to the address"] = snippet("ping.sh", "faq-client", "faq-web").out

    assert set(found) == {"faq-web", "faq-host", "<ID>"}
    assert measured["found"] == []
    assert measured["ping to the address"].startswith("1 packets transmitted, 1 packets received")


def test_resolver(snippet, measured):
    """A container on a network of your own asks 127.0.0.11; one on the default network asks the
    host's name server, if that is not a loopback address."""
    snippet("own.sh")
    own, host = snippet("resolv.sh", "faq-client").out.splitlines()
    snippet("clean.sh")
    snippet("default.sh")
    default, same_host = snippet("resolv.sh", "faq-client").out.splitlines()
    measured["on a network of your own"] = own
    measured["default network asks the host's"] = default == host

    assert own == "nameserver 127.0.0.11"
    assert default == host == same_host
    assert not host.startswith("nameserver 127.")


def test_names_end_with_the_network(snippet, measured):
    """A container on another network does not find the name; after `docker network connect` the
    running container does."""
    snippet("own.sh")
    snippet("other.sh")
    before = answers(snippet, "faq-stranger", "faq-web")
    snippet("connect.sh")
    after = answers(snippet, "faq-stranger", "faq-web")
    measured["before"] = named(before, {})
    measured["after"] = named(after, members(snippet, "faq-net"))

    assert measured == {"before": {"faq-web": None}, "after": {"faq-web": "faq-web"}}


def test_name_follows_the_container(snippet, measured):
    """The name of a container that was stopped and started resolves to its new address."""
    snippet("own.sh")
    before = answers(snippet, "faq-client", "faq-web")["faq-web"]
    snippet("restart.sh")
    after = answers(snippet, "faq-client", "faq-web")["faq-web"]
    owners = {address: name for name, address in members(snippet, "faq-net").items()}
    measured["the old address belongs to"] = owners.get(before)
    measured["the new address belongs to"] = owners.get(after)

    assert measured["the old address belongs to"] == "faq-third"
    assert measured["the new address belongs to"] == "faq-web"


def test_shared_alias(snippet, measured):
    """An alias that two containers share resolves to the addresses of both, in varying order."""
    snippet("own.sh")
    answer, first = parts(snippet("shared.sh"))
    owners = {address: name for name, address in members(snippet, "faq-net").items()}
    measured["in one answer"] = sorted(owners[address] for address in answer)
    measured["were first in an answer"] = sorted(owners[address] for address in first)

    assert measured["in one answer"] == ["faq-web", "faq-web-2"]
    assert measured["were first in an answer"] == ["faq-web", "faq-web-2"]


def test_unhealthy_container_stays(snippet, measured):
    """An alias still resolves to the address of a container that has become unhealthy."""
    snippet("own.sh")
    measured["became"] = snippet("unhealthy.sh").out
    answer, _ = parts(snippet("shared.sh"))
    owners = {address: name for name, address in members(snippet, "faq-net").items()}
    measured["in one answer"] = sorted(owners[address] for address in answer)

    assert measured["became"] == "unhealthy"
    assert measured["in one answer"] == ["faq-ill", "faq-web", "faq-web-2"]


def test_link_writes_hosts(snippet, measured):
    """On the default network, `--link faq-web:short` writes both names into the new container's
    `/etc/hosts`; `faq-web` cannot resolve the new container's name."""
    snippet("default.sh", "--link", "faq-web:short")
    addresses = members(snippet, "bridge")
    address = addresses["faq-web"]
    lines = snippet("hosts.sh", "faq-client", check=False).out.splitlines()
    names = [line.split()[1:] for line in lines if line.startswith(f"{address}\t")]
    measured["names"] = sorted(chain(*names))
    other = snippet("hosts.sh", "faq-web", check=False).text
    found = answers(snippet, "faq-client", "short", "faq-web")
    measured["found from the new container"] = named(found, {"faq-web": address})
    measured["found from the other"] = answers(snippet, "faq-web", "faq-client")

    assert {"faq-web", "short"} <= set(measured["names"])
    assert set(found.values()) == {address}
    assert measured["found from the other"] == {"faq-client": None}
    assert "faq-client" not in other
    assert f"{addresses['faq-client']}\t" not in other


@pytest.mark.holds(until="29.0")
def test_link_sets_variables(snippet, measured):
    """If `faq-web` exposes a port, `--link faq-web:short` also sets variables in the new container,
    such as `SHORT_NAME` and `SHORT_PORT`; without it, none begins with `SHORT_`."""
    snippet("default.sh", "--link", "faq-web:short")
    linked = snippet("hosts.sh", "faq-client", check=False).out.splitlines()
    measured["variables"] = sorted(line.partition("=")[0] for line in linked if "=" in line)
    snippet("clean.sh")
    snippet("default.sh")
    alone = snippet("hosts.sh", "faq-client", check=False).out

    assert {"SHORT_NAME", "SHORT_PORT"} <= set(measured["variables"])
    assert "SHORT_" not in alone


def held(subnet, addresses):
    """How many of the addresses a subnet has."""
    return sum(address in subnet for address in addresses)


@pytest.mark.holds(since="25.0")
def test_two_networks_at_once(snippet, measured):
    """`docker run --network faq-net --network faq-other` starts a container with an address in
    each."""
    result = snippet("both.sh", check=False)
    measured["exit code"] = result.code
    subnets = [ip_network(line) for line in result.out.splitlines()[:2] if "/" in line]
    addresses = [ip_address(text) for text in re.findall(r"inet ([\d.]+)", result.out)]
    measured["addresses in each network"] = [held(subnet, addresses) for subnet in subnets]

    assert measured == {"exit code": 0, "addresses in each network": [1, 1]}
