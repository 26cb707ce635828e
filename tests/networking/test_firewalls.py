"""How do Docker and a host firewall (ufw, nftables) get along?"""

import pytest


def rules(snippet):
    """The rules and the policies of the host by table, without the new chains' names."""
    lines = [line.split(maxsplit=1) for line in snippet("rules.sh").out.splitlines()]
    wanted = [(table, rule) for table, rule in lines if not rule.startswith("-N")]
    tables = ("raw", "mangle", "filter", "nat")
    return {table: [rule for found, rule in wanted if found == table] for table in tables}


def docker_chains(engine, table):
    """The names of Docker's chains for IPv4 in a table, sorted.

    Those with an underscore belong to the resolver of the container that the engine runs in.
    """
    lines = engine.run(f"iptables -t {table} -S").out.splitlines()
    names = [line.split()[1] for line in lines if line.startswith("-N DOCKER")]
    return sorted(name for name in names if "_" not in name)


def added(found):
    """The rules without the policies."""
    return [rule for rule in found if rule.startswith("-A")]


@pytest.fixture
def second(engine, snippet, neighbor):
    """Start a second daemon with the given options, with the neighbor on its host's cable."""

    def start(*options):
        snippet("daemon.sh", *options)
        engine.run(
            """
            ip link set faq-lan netns faq-host
            ip -n faq-host addr add 192.0.2.1/24 dev faq-lan
            ip -n faq-host link set faq-lan up
            ip -n faq-host link set lo up
            """
        )
        snippet("serve-there.sh")

    return start


def test_filter_and_nat_alone(snippet, measured):
    """Before any container runs, Docker has rules in `filter` and `nat`, and none in `raw`,
    `mangle` or the chain `INPUT`."""
    found = {table: added(rules) for table, rules in rules(snippet).items()}
    measured["rules"] = {table: len(rules) for table, rules in found.items()}
    measured["filter"] = found["filter"]
    measured["nat"] = found["nat"]

    assert found["filter"]
    assert found["nat"]
    assert not found["raw"] + found["mangle"]
    assert not [rule for rule in found["filter"] if rule.startswith("-A INPUT")]


@pytest.mark.holds(since="28.0")
def test_container_adds_to_raw(snippet, measured):
    """A container with a published port adds a rule to `raw`: packets for its address that come in
    on any other interface than its bridge are dropped."""
    snippet("serve.sh")
    measured["raw"] = added(rules(snippet)["raw"])

    assert measured["raw"] == ["-A PREROUTING -d 172.17.0.2/32 ! -i docker0 -j DROP"]


@pytest.mark.holds(since="27.0")
def test_chains_for_ipv6(engine, snippet, measured):
    """All of Docker's chains in the table `filter` are there for IPv6 too, in `ip6tables`, though
    the default network has no IPv6."""
    engine.run("ip6tables --version")  # a missing program would look like missing chains
    *chains, ipv6 = snippet("rules6.sh").out.splitlines()
    measured["ip6tables"] = sorted(line.split()[1] for line in chains)
    measured["IPv6 on the default network"] = ipv6

    assert {"DOCKER", "DOCKER-USER"} <= set(measured["ip6tables"])
    assert measured["ip6tables"] == docker_chains(engine, "filter")
    assert ipv6 == "false"


def test_nft_shows_docker_chains(engine, snippet, measured):
    """`iptables --version` says “nf_tables”, and `nft list chains ip` shows all of Docker's chains
    and no others of that name."""
    snippet("tools.sh", env={"DOCKER_BUILDKIT": "1"})
    version, *chains = snippet("nft.sh").out.splitlines()
    measured["backend"] = version.rpartition(" ")[2].strip("()")
    measured["chains"] = [line.split()[1] for line in chains]

    assert measured["backend"] == "nf_tables"
    assert {"DOCKER", "DOCKER-USER"} <= set(measured["chains"])
    both = set(docker_chains(engine, "filter") + docker_chains(engine, "nat"))
    assert set(measured["chains"]) == both


def test_ufw_closes_the_host_alone(snippet, reach, measured):
    """With ufw enabled and both ports denied, a server of the host on 8081 gives the neighbor no
    answer any more, and the published port 8080 answers."""
    snippet("serve-on-host.sh")
    measured["host's server before"] = reach(8081)
    snippet("tools.sh", env={"DOCKER_BUILDKIT": "1"})
    status = snippet("ufw.sh").out
    measured["host's server with ufw"] = reach(8081)
    snippet("serve.sh")
    measured["published port with ufw"] = reach(8080)

    assert "Status: active" in status
    assert "8080 " in status
    assert measured["host's server before"] == "hello"
    assert measured["host's server with ufw"] == "no answer"
    assert measured["published port with ufw"] == "hello"


def test_ufw_disable_opens_forward(snippet, measured):
    """`ufw disable` sets the policy of `FORWARD` to `ACCEPT`, where Docker had set `DROP`."""
    measured["before ufw"] = rules(snippet)["filter"][1]
    snippet("tools.sh", env={"DOCKER_BUILDKIT": "1"})
    snippet("ufw.sh")
    shown = [line for line in snippet("disable.sh").out.splitlines() if line.startswith("-P")]
    measured["with ufw"], measured["after ufw disable"] = shown

    assert measured["before ufw"] == measured["with ufw"] == "-P FORWARD DROP"
    assert measured["after ufw disable"] == "-P FORWARD ACCEPT"


@pytest.mark.holds(since="28.3")
def test_appended_to_docker_user(snippet, reach, measured):
    """A `DROP` that is appended to `DOCKER-USER` is the chain's first rule, and the neighbor gets
    no answer from the published port."""
    snippet("serve.sh")
    shown = snippet("drop.sh", "--append").out.splitlines()
    measured["DOCKER-USER"] = [line for line in shown if line.startswith("-A")]
    measured["neighbor gets"] = reach(8080)

    assert measured["DOCKER-USER"] == ["-A DOCKER-USER -s 192.0.2.2/32 -j DROP"]
    assert measured["neighbor gets"] == "no answer"


def test_original_port_needs_conntrack(snippet, reach, measured):
    """A `DROP` in `DOCKER-USER` for `--dport 8080` stops nothing; one for `--ctorigdstport 8080`
    closes port 8080, and leaves open 8082, another port of the same container."""
    snippet("serve.sh")
    snippet("drop.sh", "--insert", "--protocol", "tcp", "--dport", "8080")
    measured["8080 with --dport 8080"] = reach(8080)
    conntrack = ["--protocol", "tcp", "--match", "conntrack", "--ctorigdstport", "8080"]
    snippet("drop.sh", "--insert", *conntrack)
    measured["8080 with --ctorigdstport 8080"] = reach(8080)
    measured["8082 with --ctorigdstport 8080"] = reach(8082)

    assert measured["8080 with --dport 8080"] == "hello"
    assert measured["8080 with --ctorigdstport 8080"] == "no answer"
    assert measured["8082 with --ctorigdstport 8080"] == "hello"


def test_flush_needs_a_restart_of_the_daemon(second, snippet, reach, measured):
    """After `iptables --flush` the neighbor gets no answer from a published port, and none after a
    restart of the container; once the daemon has restarted it does, and a rule in `DOCKER-USER` has
    outlived that."""
    second()
    measured["before"] = reach(8080)
    snippet("flush.sh", "filter")
    measured["flushed"] = reach(8080)
    snippet("restart.sh")
    measured["container restarted"] = reach(8080)
    kept = snippet("again.sh").out
    measured["daemon restarted"] = reach(8080)

    assert measured["before"] == "hello"
    assert measured["flushed"] == measured["container restarted"] == "no answer"
    assert measured["daemon restarted"] == "hello"
    assert "-A DOCKER-USER -s 198.51.100.1/32 -j DROP" in kept


def outside(snippet):
    """Whether the container gets an answer from the neighbor."""
    return "1 packets received" in snippet("outside.sh", check=False).out


def test_flush_of_nat_too(second, snippet, reach, measured):
    """With `nat` flushed as well, the published port answers again, through `docker-proxy`, so that
    a `DROP` in `INPUT` closes it; the container no longer reaches the neighbor."""
    second()
    measured["container reaches the neighbor before"] = outside(snippet)
    snippet("flush.sh", "filter", "nat")
    measured["published port"] = reach(8080)
    measured["container reaches the neighbor"] = outside(snippet)
    snippet("input.sh")
    measured["published port with a DROP in INPUT"] = reach(8080)

    assert measured["container reaches the neighbor before"]
    assert measured["published port"] == "hello"
    assert not measured["container reaches the neighbor"]
    assert measured["published port with a DROP in INPUT"] == "no answer"


def test_without_iptables(second, snippet, reach, measured):
    """With `--iptables=false` Docker adds no rule; the published port answers, a `DROP` in `INPUT`
    closes it, and the container does not reach the neighbor."""
    second("--iptables=false")
    measured["published port"] = reach(8080)
    measured["container reaches the neighbor"] = outside(snippet)
    shown = snippet("input.sh").out.splitlines()
    measured["rules"] = [line for line in shown if line.startswith("-A")]
    measured["published port with a DROP in INPUT"] = reach(8080)

    assert measured["published port"] == "hello"
    assert not measured["container reaches the neighbor"]
    assert measured["rules"] == ["-A INPUT -p tcp -m tcp --dport 8080 -j DROP"]
    assert measured["published port with a DROP in INPUT"] == "no answer"
