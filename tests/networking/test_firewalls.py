"""Why doesn't ufw block my published Docker ports?"""

import pytest

HOST = "192.0.2.1"
HOST6 = "[2001:db8::1]"
NEIGHBOR = "192.0.2.2"


@pytest.fixture
def reach(snippet):
    """Ask a port of the host from the neighbor: the answer, or why there is none."""
    snippet("neighbor.sh")

    def ask(port, address=HOST):
        return snippet("neighbor-asks.sh", f"{address}:{port}").out

    return ask


@pytest.fixture
def second(snippet, reach):
    """Start a second daemon with the given options, with the neighbor in its LAN; ask from it."""

    def start(*options):
        snippet("daemon.sh", *options)
        snippet("move.sh")
        snippet("serve-there.sh")
        return reach

    return start


def by_table(result):
    """Printed rules by table, without policies and the names of chains."""
    rows = [line.split(" ", 1) for line in result.out.splitlines()]
    rules = [(table, rule) for table, rule in rows if rule.startswith("-A")]
    tables = ("raw", "mangle", "filter", "nat")
    return {table: [rule for found, rule in rules if found == table] for table in tables}


def added(result):
    """Printed rules of one table, without policies and the names of chains."""
    return [line for line in result.out.splitlines() if line.startswith("-A")]


def named(result, program):
    """The chains that a program lists."""
    rows = [line.split() for line in result.out.splitlines()]
    return [row[1] for row in rows if row[0] == program]


def test_local_port_is_closed_to_the_lan(snippet, reach, measured):
    """With `--publish 127.0.0.1:8080:80` the port answers on the host; another machine in the LAN
    is refused, over IPv4 and IPv6."""
    snippet("image.sh", env={"DOCKER_BUILDKIT": "1"})
    snippet("fix-local.sh")
    snippet("wait-here.sh")
    measured["host gets"] = snippet("ask.sh", "127.0.0.1:8080").out
    measured["neighbor gets"] = reach(8080)
    measured["neighbor gets over IPv6"] = reach(8080, HOST6)

    assert measured["host gets"] == "hello"
    assert measured["neighbor gets"] == "refused"
    assert measured["neighbor gets over IPv6"] == "refused"


def test_one_subnet_is_allowed(snippet, reach, measured):
    """On a network without IPv6, after the two rules only 192.168.1.0/24 and the host get an answer
    from port 8080 of the host's addresses; port 8082 stays open."""
    snippet("serve.sh", "--publish", "8080:80", "--publish", "8082:80")
    snippet("second-address.sh")
    measured["192.0.2.2 gets before"] = reach(8080)
    measured["2001:db8::2 gets before"] = reach(8080, HOST6)
    snippet("fix-subnet.sh")
    measured["192.0.2.2 gets"] = reach(8080)
    measured["2001:db8::2 gets"] = reach(8080, HOST6)
    measured["192.168.1.2 gets"] = reach(8080, "192.168.1.1")
    measured["host gets"] = [
        snippet("ask.sh", f"{address}:8080").out for address in ("127.0.0.1", "[::1]")
    ]
    measured["192.0.2.2 gets from 8082"] = reach(8082)

    assert measured["192.0.2.2 gets before"] == measured["2001:db8::2 gets before"] == "hello"
    assert measured["192.0.2.2 gets"] == measured["2001:db8::2 gets"] == "no answer"
    assert measured["192.168.1.2 gets"] == "hello"
    assert measured["host gets"] == ["hello", "hello"]
    assert measured["192.0.2.2 gets from 8082"] == "hello"


def test_allowed_subnet_needs_the_direction(snippet, reach, measured):
    """Without `--ctdir ORIGINAL`, the rule in `DOCKER-USER` also drops the container's replies, so
    the allowed subnet gets no answer."""
    snippet("serve.sh", "--publish", "8080:80")
    snippet("second-address.sh")
    others = ["--protocol", "tcp", "!", "--source", "192.168.1.0/24", "--match", "conntrack"]
    match = [*others, "--ctstate", "DNAT", "--ctorigdstport", "8080"]
    measured["192.168.1.2 gets before"] = reach(8080, "192.168.1.1")
    snippet("drop.sh", "--insert", *match)
    measured["192.168.1.2 gets"] = reach(8080, "192.168.1.1")

    assert measured["192.168.1.2 gets before"] == "hello"
    assert measured["192.168.1.2 gets"] == "no answer"


def test_filter_and_nat_alone(snippet, measured):
    """On a host without other rules, before any container runs, every IPv4 rule in `filter` and
    `nat` is Docker's; `raw`, `mangle` and the chain `INPUT` are empty."""
    rules = by_table(snippet("rules.sh"))
    measured["rules"] = {table: len(found) for table, found in rules.items()}
    measured["filter"] = rules["filter"]
    measured["nat"] = rules["nat"]

    assert rules["filter"] != []
    assert rules["nat"] != []
    assert [rule for rule in rules["filter"] + rules["nat"] if not is_dockers(rule)] == []
    assert measured["rules"]["raw"] == measured["rules"]["mangle"] == 0
    assert [rule for rule in rules["filter"] if rule.startswith("-A INPUT")] == []


def is_dockers(rule):
    """Whether a rule names a chain, the bridge or the network of Docker."""
    return any(name in rule for name in ("DOCKER", "docker0", "172.17.0.0/16"))


@pytest.mark.holds(since="28.0")
def test_container_adds_to_raw(snippet, measured):
    """A container, published or not, adds a rule to `raw`: packets for its address are dropped,
    unless they come in on its own bridge."""
    measured["before"] = added(snippet("raw.sh"))
    snippet("serve.sh")
    measured["unpublished"] = added(snippet("raw.sh"))
    snippet("clean.sh", check=False)
    snippet("serve.sh", "--publish", "8080:80")
    measured["published"] = added(snippet("raw.sh"))

    rule = "-A PREROUTING -d 172.17.0.2/32 ! -i docker0 -j DROP"
    assert measured["before"] == []
    assert measured["unpublished"] == measured["published"] == [rule]


@pytest.mark.holds(since="27.0")
def test_chains_for_ipv6(snippet, measured):
    """In the table `filter`, `ip6tables` has the same Docker chains as `iptables`, although IPv6 is
    disabled on the default network."""
    result = snippet("rules6.sh")
    measured["iptables"] = named(result, "iptables")
    measured["ip6tables"] = named(result, "ip6tables")
    measured["default network"] = result.out.splitlines()[-1]

    assert measured["ip6tables"] == measured["iptables"]
    assert {"DOCKER", "DOCKER-USER"} <= set(measured["ip6tables"])
    assert measured["default network"] == "IPv6 enabled: false"


def test_nft_shows_docker_chains(snippet, measured):
    """`iptables --version` prints “nf_tables”, and `nft list chains ip` shows the same Docker
    chains as `iptables`."""
    snippet("tools.sh", env={"DOCKER_BUILDKIT": "1"})
    result = snippet("nft.sh")
    measured["version"] = result.out.splitlines()[0].partition(" (")[2]
    measured["iptables"] = named(result, "iptables")[1:]
    measured["nft"] = named(result, "nft")

    assert measured["version"] == "nf_tables)"
    assert measured["nft"] == measured["iptables"]
    assert {"DOCKER", "DOCKER-USER"} <= set(measured["nft"])


def test_ufw_closes_the_host_alone(snippet, reach, measured):
    """With ufw denying 8080 and 8081, other IPv4 hosts cannot reach a host process on 8081, but
    still reach the published port 8080."""
    snippet("serve-on-host.sh")
    measured["host process before"] = reach(8081)
    snippet("tools.sh", env={"DOCKER_BUILDKIT": "1"})
    status = snippet("ufw.sh").out
    measured["host process with ufw"] = reach(8081)
    snippet("serve.sh", "--publish", "8080:80")
    measured["published port with ufw"] = reach(8080)

    assert "Status: active" in status
    assert denied(status) == {"8080", "8081"}
    assert measured["host process before"] == "hello"
    assert measured["host process with ufw"] == "no answer"
    assert measured["published port with ufw"] == "hello"


def denied(status):
    """The ports that ufw denies over IPv4."""
    rows = [line.split() for line in status.splitlines()]
    return {row[0] for row in rows if row[1:2] == ["DENY"]}


def test_ufw_closes_ipv6(snippet, reach, measured):
    """On a network without IPv6, ufw does close the published port to IPv6 hosts, while IPv4 hosts
    still reach it."""
    snippet("serve.sh", "--publish", "8080:80")
    measured["over IPv6 before"] = reach(8080, HOST6)
    snippet("tools.sh", env={"DOCKER_BUILDKIT": "1"})
    snippet("ufw.sh")
    measured["over IPv6 with ufw"] = reach(8080, HOST6)
    measured["over IPv4 with ufw"] = reach(8080)

    assert measured["over IPv6 before"] == "hello"
    assert measured["over IPv6 with ufw"] == "no answer"
    assert measured["over IPv4 with ufw"] == "hello"


def test_input_sees_ipv6(snippet, reach, measured):
    """On a network without IPv6, a `DROP` in `INPUT` of `ip6tables` closes a published port to IPv6
    hosts; a `DROP` in `DOCKER-USER` of `iptables` does not."""
    snippet("serve.sh", "--publish", "8080:80")
    snippet("drop.sh", "--insert", "--protocol", "tcp")
    measured["over IPv4 with DOCKER-USER"] = reach(8080)
    measured["over IPv6 with DOCKER-USER"] = reach(8080, HOST6)
    snippet("drop6.sh", "INPUT", "--dport", "8080")
    measured["over IPv6 with INPUT"] = reach(8080, HOST6)

    assert measured["over IPv4 with DOCKER-USER"] == "no answer"
    assert measured["over IPv6 with DOCKER-USER"] == "hello"
    assert measured["over IPv6 with INPUT"] == "no answer"


@pytest.mark.applies(since="27.0")
def test_docker_user_of_ip6tables_does_not(snippet, reach, measured):
    """On a network without IPv6, a `DROP` for all of TCP in `DOCKER-USER` of `ip6tables` does not
    close a published port to IPv6 hosts; one in `INPUT` does."""
    snippet("serve.sh", "--publish", "8080:80")
    for chain in ("DOCKER-USER", "INPUT"):
        snippet("drop6.sh", chain)
        measured[f"over IPv6 with {chain}"] = reach(8080, HOST6)

    assert measured["over IPv6 with DOCKER-USER"] == "hello"
    assert measured["over IPv6 with INPUT"] == "no answer"


def test_ufw_disable_opens_forward(snippet, measured):
    """`ufw disable` sets the policy of `FORWARD` to `ACCEPT`, even if Docker had set it to
    `DROP`."""
    lines = snippet("rules.sh").out.splitlines()
    measured["before ufw"] = [line for line in lines if line.startswith("filter -P FORWARD")]
    snippet("tools.sh", env={"DOCKER_BUILDKIT": "1"})
    snippet("ufw.sh")
    measured["with ufw"], *_, measured["after ufw disable"] = snippet("disable.sh").out.splitlines()

    assert measured["before ufw"] == ["filter -P FORWARD DROP"]
    assert measured["with ufw"] == "-P FORWARD DROP"
    assert measured["after ufw disable"] == "-P FORWARD ACCEPT"


@pytest.mark.holds(since="28.3")
def test_appended_to_docker_user(snippet, reach, measured):
    """A `DROP` that is appended to `DOCKER-USER` is the chain's only rule, and it closes the
    published port to the neighbor."""
    snippet("serve.sh", "--publish", "8080:80")
    measured["neighbor gets before"] = reach(8080)
    measured["DOCKER-USER"] = added(snippet("drop.sh", "--append", "--source", NEIGHBOR))
    measured["neighbor gets"] = reach(8080)

    assert measured["neighbor gets before"] == "hello"
    assert measured["DOCKER-USER"] == [
        "-A DOCKER-USER -s 192.0.2.2/32 -m comment --comment faq -j DROP",
    ]
    assert measured["neighbor gets"] == "no answer"


def test_original_port_needs_conntrack(snippet, reach, measured):
    """In `DOCKER-USER`, a `DROP` for `--dport 8080` does not close a port published as `8080:80`;
    one for `--ctorigdstport 8080` does, and leaves port 8082 of the container open."""
    snippet("serve.sh", "--publish", "8080:80", "--publish", "8082:80")
    snippet("drop.sh", "--insert", "--protocol", "tcp", "--dport", "8080")
    measured["8080 with --dport 8080"] = reach(8080)
    conntrack = ["--protocol", "tcp", "--match", "conntrack", "--ctorigdstport", "8080"]
    snippet("drop.sh", "--insert", *conntrack)
    measured["8080 with --ctorigdstport 8080"] = reach(8080)
    measured["8082 with --ctorigdstport 8080"] = reach(8082)

    assert measured["8080 with --dport 8080"] == "hello"
    assert measured["8080 with --ctorigdstport 8080"] == "no answer"
    assert measured["8082 with --ctorigdstport 8080"] == "hello"


def test_flush_needs_a_restart_of_the_daemon(second, snippet, measured):
    """With the policy `DROP`, IPv4 hosts cannot reach a published port after `iptables --flush` and
    a container restart. A daemon restart makes it reachable, and keeps a rule in `DOCKER-USER`."""
    reach = second()
    measured["before"] = reach(8080)
    measured["policy"] = snippet("flush.sh", "filter").out
    measured["flushed"] = reach(8080)
    snippet("restart.sh")
    measured["container restarted"] = reach(8080)
    measured["DOCKER-USER"] = added(snippet("again.sh"))[:1]
    measured["daemon restarted"] = reach(8080)

    assert measured["before"] == "hello"
    assert measured["policy"] == "-P FORWARD DROP"
    assert measured["flushed"] == "no answer"
    assert measured["container restarted"] == "no answer"
    assert measured["DOCKER-USER"] == ["-A DOCKER-USER -s 198.51.100.1/32 -j DROP"]
    assert measured["daemon restarted"] == "hello"


def outside(snippet):
    """Whether the container gets an answer from the neighbor."""
    return "1 packets received" in snippet("outside.sh", check=False).out


def test_flush_of_nat_too(second, snippet, measured):
    """With `nat` flushed too, the published port answers again and a `DROP` in `INPUT` closes it;
    the container cannot reach other hosts."""
    reach = second()
    measured["container reaches the neighbor before"] = outside(snippet)
    snippet("flush.sh", "filter", "nat")
    measured["published port"] = reach(8080)
    measured["container reaches the neighbor"] = outside(snippet)
    snippet("input.sh")
    measured["published port with a DROP in INPUT"] = reach(8080)

    assert measured["container reaches the neighbor before"] is True
    assert measured["published port"] == "hello"
    assert measured["container reaches the neighbor"] is False
    assert measured["published port with a DROP in INPUT"] == "no answer"


def test_deleted_chain_is_an_error(second, snippet, measured):
    """If the chain `DOCKER` of `nat` is deleted, publishing a port fails with “No
    chain/target/match by that name”; after a restart of the daemon it works."""
    second()
    snippet("delete.sh")
    failed = snippet("publish.sh", check=False)
    measured["message"] = failed.stderr.partition("iptables: ")[2].partition(".")[0]
    measured["exit code"] = failed.code
    snippet("again.sh")
    measured["exit code after a restart"] = snippet("publish.sh", check=False).code

    assert measured["message"] == "No chain/target/match by that name"
    assert measured["exit code"] == 125
    assert measured["exit code after a restart"] == 0


def test_without_iptables(second, snippet, measured):
    """With `--iptables=false` Docker adds no IPv4 rule to any table; a `DROP` in `INPUT` closes the
    published port, and the container cannot reach other hosts."""
    reach = second("--iptables=false")
    shown = snippet("rules-there.sh").out.splitlines()
    measured["rules"] = [line for line in shown if " -P " not in line]
    measured["published port"] = reach(8080)
    measured["container reaches the neighbor"] = outside(snippet)
    snippet("input.sh")
    measured["published port with a DROP in INPUT"] = reach(8080)

    assert measured["rules"] == []
    assert measured["published port"] == "hello"
    assert measured["container reaches the neighbor"] is False
    assert measured["published port with a DROP in INPUT"] == "no answer"
