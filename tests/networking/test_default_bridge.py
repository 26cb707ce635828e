"""Which addresses does Docker use?"""

import re

import pytest

NEW_MESSAGE = "all predefined address pools have been fully subnetted"
TINY_POOL = ["--default-address-pool", "base=10.9.0.0/23,size=24", "--bip", "10.8.0.1/24"]


def addresses(text):
    """The addresses, with the length of their network, that `ip addr` shows."""
    return re.findall(r"inet (\S+)", text)


def docker0_beside(snippet, address):
    """The address of docker0 where the host has `address` before the daemon starts."""
    (found,) = addresses(snippet("daemon.sh", address).stdout)
    snippet("clean.sh", check=False)
    return found


def test_default_network_is_172_17(snippet, measured):
    """The default network, named `bridge`, is 172.17.0.0/16, and the host has 172.17.0.1 in it,
    on the interface `docker0`."""
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
    """A stopped container gives its address back: the next one to start takes 172.17.0.2, and the
    first container comes back with another address, while the second keeps what it had."""
    snippet("containers.sh")
    shown = snippet("restart.sh").out.splitlines()
    measured["addresses"] = dict(line.lstrip("/").split() for line in shown)

    assert measured["addresses"] == {
        "faq-first": "172.17.0.4",
        "faq-second": "172.17.0.3",
        "faq-third": "172.17.0.2",
    }


def test_taken_range_is_avoided(snippet, measured):
    """Where the host has an address in 172.17.0.0/16 already when the daemon first starts,
    `docker0` gets 172.18.0.1 in 172.18.0.0/16 instead; beside a LAN of 10.0.0.0/8 it has
    172.17.0.1."""
    measured["docker0 beside 172.17.5.5/16"] = docker0_beside(snippet, "172.17.5.5/16")
    measured["docker0 beside 10.0.0.5/8"] = docker0_beside(snippet, "10.0.0.5/8")

    assert measured["docker0 beside 172.17.5.5/16"] == "172.18.0.1/16"
    assert measured["docker0 beside 10.0.0.5/8"] == "172.17.0.1/16"


def fill(snippet, measured, *options):
    """Create networks on a daemon until one is refused; the subnets they were given."""
    snippet("daemon.sh", "10.0.0.5/24", *options)
    filled = snippet("fill.sh")
    measured["message"] = filled.stderr.strip().removeprefix("Error response from daemon: ")
    return filled.out.splitlines()


def test_thirty_networks_fit(snippet, measured):
    """Beside the default network there is room for thirty: 172.18.0.0 to 172.31.0.0, a /16 each,
    and sixteen /20 in 192.168.0.0/16; the thirty-first is refused."""
    subnets = fill(snippet, measured)
    measured["networks"] = len(subnets)
    measured["of /16"] = sum(subnet.endswith("/16") for subnet in subnets)
    measured["of /20"] = sum(subnet.endswith("/20") for subnet in subnets)

    large = {f"172.{number}.0.0/16" for number in range(18, 32)}
    assert set(subnets) == large | {f"192.168.{number}.0/20" for number in range(0, 256, 16)}
    assert measured["networks"] == 30
    assert "address pool" in measured["message"]


def test_pool_is_configurable(snippet, measured):
    """With `--default-address-pool base=10.9.0.0/23,size=24`, and `--bip 10.8.0.1/24` for the
    default network, there is room for two networks of your own, 10.9.0.0/24 and 10.9.1.0/24; the
    third is refused."""
    measured["subnets"] = fill(snippet, measured, *TINY_POOL)

    assert measured["subnets"] == ["10.9.0.0/24", "10.9.1.0/24"]
    assert "address pool" in measured["message"]


@pytest.mark.holds(since="27.0")
def test_message_since_27(snippet, measured):
    """When no addresses are left, Docker says “all predefined address pools have been fully
    subnetted”."""
    fill(snippet, measured, *TINY_POOL)

    assert measured["message"] == NEW_MESSAGE


@pytest.mark.holds(since="27.0")
def test_lowest_free_subnet_is_reused(snippet, measured):
    """A network created after another one was removed gets the removed one's addresses."""
    snippet("daemon.sh", "10.0.0.5/24")
    created = snippet("again.sh")
    measured["networks"] = dict(line.split() for line in created.out.splitlines())

    assert measured["networks"] == {"faq-a": "172.18.0.0/16", "faq-b": "172.18.0.0/16"}


def test_own_subnet_must_be_free(snippet, measured):
    """`--subnet 10.99.0.0/24` gives a network exactly these addresses; a subnet inside that of
    the default network, 172.17.4.0/24, is refused: “Pool overlaps with other one on this address
    space”."""
    chosen = snippet("subnet.sh", "faq-own", "10.99.0.0/24")
    overlapping = snippet("subnet.sh", "faq-overlapping", "172.17.4.0/24", check=False)
    measured["subnet"] = chosen.out

    assert chosen.out == "10.99.0.0/24"
    assert overlapping.code == 1
    assert "Pool overlaps with other one on this address space" in overlapping.stderr
