"""Which addresses does Docker use?"""

import re

import pytest

LAN = "10.0.0.5/24"
NEW_MESSAGE = "all predefined address pools have been fully subnetted"
TINY_POOL = ["--default-address-pool", "base=10.9.0.0/23,size=24", "--bip", "10.8.0.1/24"]


def addresses(text):
    """The addresses, with the length of their network, that `ip addr` shows."""
    return re.findall(r"inet (\S+)", text)


def docker0_beside(snippet, address, *route):
    """The address of docker0 where the host has this address, and route, before the daemon."""
    snippet("lan.sh", address)
    if route:
        snippet("vpn.sh", *route)
    (found,) = addresses(snippet("daemon.sh").stdout)
    snippet("clean.sh", check=False)
    return found


def networks(text):
    """The subnet of each network."""
    return dict(line.split() for line in text.splitlines())


def test_default_network_is_172_17(snippet, measured):
    """The default network, named `bridge`, has the subnet 172.17.0.0/16, and the host's interface
    `docker0` has the address 172.17.0.1, if the host does not use that range."""
    subnet, interface = snippet("host.sh").out.splitlines()
    measured["subnet"] = subnet
    measured["docker0"] = addresses(interface)

    assert subnet == "172.17.0.0/16"
    assert measured["docker0"] == ["172.17.0.1/16"]


def test_containers_count_from_2(snippet, measured):
    """The first container has 172.17.0.2 and the second 172.17.0.3; 172.17.0.1 is the default
    gateway of both."""
    shown = snippet("containers.sh").stdout
    measured["addresses"] = addresses(shown)
    measured["gateways"] = re.findall(r"default via (\S+)", shown)

    assert measured["addresses"] == ["172.17.0.2/16", "172.17.0.3/16"]
    assert measured["gateways"] == ["172.17.0.1"] * 2


def test_stopped_container_loses_its_address(snippet, measured):
    """The address of a stopped container goes to the next one that starts; the stopped container
    starts again with another address, and a running one keeps its own."""
    before = addresses(snippet("containers.sh").stdout)
    shown = snippet("restart.sh").out.splitlines()
    measured["addresses"] = dict(line.lstrip("/").split() for line in shown)

    assert before == ["172.17.0.2/16", "172.17.0.3/16"]
    assert measured["addresses"] == {
        "faq-first": "172.17.0.4",
        "faq-second": "172.17.0.3",
        "faq-third": "172.17.0.2",
    }


def test_taken_range_is_avoided(snippet, measured):
    """If the host has an address in 172.17.0.0/16 when the daemon first starts, `docker0` gets
    172.18.0.1/16; with one in 10.0.0.0/8 it gets 172.17.0.1/16."""
    measured["docker0 beside 172.17.5.5/16"] = docker0_beside(snippet, "172.17.5.5/16")
    measured["docker0 beside 10.0.0.5/8"] = docker0_beside(snippet, "10.0.0.5/8")

    assert measured["docker0 beside 172.17.5.5/16"] == "172.18.0.1/16"
    assert measured["docker0 beside 10.0.0.5/8"] == "172.17.0.1/16"


def test_route_through_a_gateway_is_not_avoided(snippet, measured):
    """A route to 172.17.0.0/16 through a gateway does not change the choice: `docker0` gets
    172.17.0.1/16; a route directly to an interface makes it 172.18.0.1/16."""
    measured["docker0 beside a gateway"] = docker0_beside(snippet, LAN, "via", "10.0.0.1")
    measured["docker0 beside an interface"] = docker0_beside(snippet, LAN, "dev", "lan")

    assert measured["docker0 beside a gateway"] == "172.17.0.1/16"
    assert measured["docker0 beside an interface"] == "172.18.0.1/16"


def test_daemon_json_sets_addresses(snippet, measured):
    """With this `daemon.json`, `docker0` has 10.200.0.1/24, and new networks get 10.201.0.0/24,
    then 10.201.1.0/24."""
    snippet("lan.sh", LAN)
    measured["docker0"] = addresses(snippet("daemon.sh", "--config-file", "fix.json").stdout)
    measured["networks"] = networks(snippet("create.sh", "faq-a", "faq-b").out)

    assert measured["docker0"] == ["10.200.0.1/24"]
    assert measured["networks"] == {"faq-a": "10.201.0.0/24", "faq-b": "10.201.1.0/24"}


def test_existing_networks_keep_their_subnet(snippet, measured):
    """After a restart with that file, `docker0` has the new address, but a network created before
    keeps its subnet."""
    snippet("lan.sh", LAN)
    before = addresses(snippet("daemon.sh").stdout)
    created = networks(snippet("create.sh", "faq-a").out)
    snippet("stop.sh")
    after = addresses(snippet("daemon.sh", "--config-file", "fix.json").stdout)
    measured["docker0"] = [*before, *after]
    measured["faq-a"] = [created["faq-a"], networks(snippet("subnets.sh", "faq-a").out)["faq-a"]]

    assert measured["docker0"] == ["172.17.0.1/16", "10.200.0.1/24"]
    assert measured["faq-a"] == ["172.18.0.0/16", "172.18.0.0/16"]


def fill(snippet, measured, *options):
    """Create networks on a daemon until one is refused; the subnets they were given."""
    snippet("lan.sh", LAN)
    snippet("daemon.sh", *options)
    filled = snippet("fill.sh")
    measured["message"] = filled.stderr.strip().removeprefix("Error response from daemon: ")
    return filled.out.splitlines()


def test_thirty_networks_fit(snippet, measured):
    """On a host with a LAN in 10.0.0.0/24, you can create thirty networks: fourteen of /16 from
    172.18.0.0 to 172.31.0.0, and sixteen of /20 in 192.168.0.0/16; the thirty-first is refused."""
    subnets = fill(snippet, measured)
    measured["networks"] = len(subnets)
    measured["of /16"] = sum(subnet.endswith("/16") for subnet in subnets)
    measured["of /20"] = sum(subnet.endswith("/20") for subnet in subnets)

    large = {f"172.{number}.0.0/16" for number in range(18, 32)}
    assert set(subnets) == large | {f"192.168.{number}.0/20" for number in range(0, 256, 16)}
    assert measured["networks"] == 30
    assert "address pool" in measured["message"]


def test_pool_is_configurable(snippet, measured):
    """With `--bip 10.8.0.1/24` and `--default-address-pool base=10.9.0.0/23,size=24`, you can
    create two networks, 10.9.0.0/24 and 10.9.1.0/24; the third is refused."""
    measured["subnets"] = fill(snippet, measured, *TINY_POOL)

    assert measured["subnets"] == ["10.9.0.0/24", "10.9.1.0/24"]
    assert "address pool" in measured["message"]


@pytest.mark.holds(since="27.0")
def test_message_since_27(snippet, measured):
    """When no addresses are left, `docker network create` fails with `all predefined address pools
    have been fully subnetted`."""
    fill(snippet, measured, *TINY_POOL)

    assert measured["message"] == NEW_MESSAGE


@pytest.mark.holds(since="27.0")
def test_lowest_free_subnet_is_reused(snippet, measured):
    """If there is no other network of your own, one created after the removal of another gets the
    same subnet."""
    snippet("lan.sh", LAN)
    snippet("daemon.sh")
    measured["networks"] = networks(snippet("again.sh").out)

    assert measured["networks"] == {"faq-a": "172.18.0.0/16", "faq-b": "172.18.0.0/16"}


def test_own_subnet_is_used(snippet, measured):
    """`docker network create --subnet` sets the addresses of a network: a container on it has
    10.202.0.2/24."""
    measured["address"] = addresses(snippet("fix.sh").out)

    assert measured["address"] == ["10.202.0.2/24"]


def test_own_subnet_may_be_that_of_the_lan(snippet, measured):
    """`docker network create` accepts with `--subnet` the range of the host's own LAN; the host
    then has two routes to it, one of them to the new bridge."""
    snippet("lan.sh", LAN)
    snippet("daemon.sh")
    created = snippet("overlap.sh", check=False)
    routes = [line.split()[2] for line in created.out.splitlines()]
    measured["routes to"] = sorted(name.partition("-")[0] for name in routes)

    assert created.code == 0
    assert measured["routes to"] == ["br", "lan"]


def test_own_subnet_must_be_free(snippet, measured):
    """A subnet inside that of the default network, 172.17.4.0/24, is refused with `Pool overlaps
    with other one on this address space`; 10.99.0.0/24 is accepted."""
    chosen = snippet("subnet.sh", "faq-own", "10.99.0.0/24")
    overlapping = snippet("subnet.sh", "faq-overlapping", "172.17.4.0/24", check=False)
    measured["subnet"] = chosen.out

    assert chosen.out == "10.99.0.0/24"
    assert overlapping.code == 1
    assert "Pool overlaps with other one on this address space" in overlapping.stderr
