"""What does Docker add to the host's firewall?"""

import pytest

NEW_CHAINS = {"DOCKER-FORWARD", "DOCKER-BRIDGE", "DOCKER-CT"}


def chains(snippet):
    """The chains that Docker makes, by table."""
    rows = [line.split() for line in snippet("chains.sh").out.splitlines()]
    return [sorted(name for table, name in rows if table == wanted) for wanted in ("filter", "nat")]


def forward(text):
    """The rules of FORWARD, without the policy."""
    lines = text.out.splitlines()
    return [line.removeprefix("-A FORWARD ") for line in lines if line.startswith("-A FORWARD ")]


@pytest.mark.holds(until="29.0")
def test_four_chains_and_one(snippet, measured):
    """Docker has the chains `DOCKER`, `DOCKER-USER`, `DOCKER-ISOLATION-STAGE-1` and
    `DOCKER-ISOLATION-STAGE-2` in the table `filter`, and the chain `DOCKER` in `nat`."""
    measured["filter"], measured["nat"] = chains(snippet)

    isolation = {"DOCKER-ISOLATION-STAGE-1", "DOCKER-ISOLATION-STAGE-2"}
    assert set(measured["filter"]) - NEW_CHAINS == {"DOCKER", "DOCKER-USER"} | isolation
    assert measured["nat"] == ["DOCKER"]


@pytest.mark.holds(until="28.0")
def test_rules_of_docker0_in_forward(snippet, measured):
    """With the default network alone, `FORWARD` jumps to `DOCKER-USER` first, then to
    `DOCKER-ISOLATION-STAGE-1`, and has four rules for `docker0` after that."""
    rules = forward(snippet("forward.sh"))
    measured["FORWARD"] = rules

    assert rules[:2] == ["-j DOCKER-USER", "-j DOCKER-ISOLATION-STAGE-1"]
    assert len(rules[2:]) == 4
    assert all("docker0" in rule for rule in rules[2:])


@pytest.mark.holds(since="28.0")
def test_two_rules_in_forward(snippet, measured):
    """`FORWARD` has two rules, jumps to `DOCKER-USER` and to `DOCKER-FORWARD`; of seven chains,
    three are new: `DOCKER-FORWARD`, `DOCKER-BRIDGE` and `DOCKER-CT`."""
    measured["FORWARD"] = forward(snippet("forward.sh"))
    measured["filter"], _ = chains(snippet)

    assert measured["FORWARD"] == ["-j DOCKER-USER", "-j DOCKER-FORWARD"]
    assert set(measured["filter"]) >= NEW_CHAINS
    assert len(measured["filter"]) == 7


def rules_of_publishing(snippet, port):
    """The rules that a container has with a published port and not without one."""
    snippet("unpublished.sh", "faq-web")
    before = snippet("rules.sh").out.splitlines()
    snippet("clean.sh", check=False)
    snippet("serve.sh", "faq-web", port)
    return sorted(set(snippet("rules.sh").out.splitlines()).difference(before))


def test_publishing_adds_an_accept_and_a_dnat(snippet, measured):
    """Publishing a port adds a rule to `DOCKER` of `filter` that accepts the packets, and one to
    `DOCKER` of `nat` that rewrites their destination to the container."""
    measured["new rules"] = rules_of_publishing(snippet, "8080")

    accept = "-d 172.17.0.2/32 ! -i docker0 -o docker0 -p tcp -m tcp --dport 80 -j ACCEPT"
    dnat = "! -i docker0 -p tcp -m tcp --dport 8080 -j DNAT --to-destination 172.17.0.2:80"
    assert {f"filter DOCKER {accept}", f"nat DOCKER {dnat}"} <= set(measured["new rules"])
    assert len(measured["new rules"]) in (2, 3)


@pytest.mark.holds(until="28.0")
def test_publishing_adds_a_masquerade(snippet, measured):
    """Publishing a port also adds a `MASQUERADE` rule to `POSTROUTING`, for a container that calls
    its own published port: three rules in all."""
    measured["new rules"] = rules_of_publishing(snippet, "8080")

    hairpin = "-s 172.17.0.2/32 -d 172.17.0.2/32 -p tcp -m tcp --dport 80 -j MASQUERADE"
    assert f"nat POSTROUTING {hairpin}" in measured["new rules"]
    assert len(measured["new rules"]) == 3


@pytest.mark.holds(since="28.0")
def test_publishing_on_loopback_adds_a_drop(snippet, measured):
    """Publishing on 127.0.0.1 also adds a rule that drops packets for that port of 127.0.0.1 that
    come from outside: three rules in all."""
    measured["new rules"] = rules_of_publishing(snippet, "127.0.0.1:8080")

    drop = "raw PREROUTING -d 127.0.0.1/32 ! -i lo -p tcp -m tcp --dport 8080 -j DROP"
    assert drop in measured["new rules"]
    assert len(measured["new rules"]) == 3


@pytest.fixture
def stranger(engine, neighbor):
    """What the neighbor gets from port 8080, as itself and with the address 203.0.113.7."""
    engine.run("ip addr add 203.0.113.1/24 dev faq-lan")
    neighbor("ip addr add 203.0.113.7/24 dev eth0")

    def ask():
        answers = {}
        for source in ("192.0.2.2", "203.0.113.7"):
            asked = f"curl -s --max-time 2 --interface {source} http://192.0.2.1:8080/"
            answers[source] = neighbor(asked).out or "no answer"
        return answers

    return ask


def test_rule_in_input_does_not_block_an_address(snippet, stranger, measured):
    """A rule in `INPUT` that drops an address does not close a published port: over IPv4 the
    address still gets an answer."""
    snippet("serve.sh", "faq-web", "8080")
    snippet("wrong.sh")
    measured["neighbors get"] = stranger()

    assert measured["neighbors get"] == {"192.0.2.2": "hello", "203.0.113.7": "hello"}


def test_rule_in_docker_user_blocks_an_address(snippet, stranger, measured):
    """The same rule in `DOCKER-USER` blocks that address and no other, and the list counts its
    packets."""
    snippet("serve.sh", "faq-web", "8080")
    snippet("fix.sh")
    measured["neighbors get"] = stranger()
    rule = snippet("list.sh").out.splitlines()[2].split()
    measured["rule"] = [rule[2], rule[7]]

    assert measured["neighbors get"] == {"192.0.2.2": "hello", "203.0.113.7": "no answer"}
    assert measured["rule"] == ["DROP", "203.0.113.7"]
    assert int(rule[0]) >= 1


def test_docker_user_comes_before_docker(snippet, reach, measured):
    """A `DROP` in `DOCKER-USER` keeps a neighbor away from a published port that it reached
    before."""
    snippet("serve.sh", "faq-web", "8080")
    measured["before"] = reach(8080)
    snippet("drop.sh", "--insert", "DOCKER-USER")
    measured["after"] = reach(8080)

    assert measured == {"before": "hello", "after": "no answer"}


def test_appended_to_forward_is_too_late(snippet, reach, measured):
    """The same `DROP`, appended to `FORWARD`, comes after Docker's rules: the neighbor gets an
    answer."""
    snippet("serve.sh", "faq-web", "8080")
    rules = forward(snippet("drop.sh", "--append", "FORWARD"))
    measured["neighbor gets"] = reach(8080)

    assert rules[0] == "-j DOCKER-USER"
    assert rules[-1] == "-s 192.0.2.2/32 -j DROP"
    assert measured["neighbor gets"] == "hello"


def test_inserted_into_forward_comes_first(snippet, reach, measured):
    """Inserted at the top of `FORWARD`, the rule is evaluated before `DOCKER-USER`, and the
    neighbor gets no answer."""
    snippet("serve.sh", "faq-web", "8080")
    rules = forward(snippet("drop.sh", "--insert", "FORWARD"))
    measured["first rules"] = rules[:2]
    measured["neighbor gets"] = reach(8080)

    assert rules[:2] == ["-s 192.0.2.2/32 -j DROP", "-j DOCKER-USER"]
    assert measured["neighbor gets"] == "no answer"


@pytest.mark.holds(since="28.0")
def test_it_stays_above_a_new_network(snippet, reach, measured):
    """A `DROP` inserted at the top of `FORWARD` stays first when you create a network: the neighbor
    reaches no port published there, nor one on the default network."""
    snippet("drop.sh", "--insert", "FORWARD")
    rules = forward(snippet("new-network.sh"))
    snippet("serve.sh", "faq-web", "8080", "faq-new")
    drop = "-s 192.0.2.2/32 -j DROP"
    measured["place of the DROP"] = rules.index(drop) + 1 if drop in rules else 0
    snippet("serve.sh", "faq-old", "8082")
    measured["neighbor gets"] = reach(8080)
    measured["neighbor gets from the default network"] = reach(8082)

    assert measured["neighbor gets from the default network"] == "no answer"
    assert measured["place of the DROP"] == 1
    assert measured["neighbor gets"] == "no answer"


def test_networks_are_isolated(snippet, measured):
    """A container reaches a web server by IP address on the same network, but not on another bridge
    network, even if its port is published."""
    snippet("new-network.sh")
    snippet("serve.sh", "faq-web", "8080", "faq-new")
    for network in ("faq-new", "bridge"):
        measured[f"from {network}"] = snippet("ask-address.sh", network).out

    assert measured == {"from faq-new": "hello", "from bridge": "no answer"}


def test_input_does_not_see_published_ports(snippet, reach, measured):
    """Over IPv4 a `DROP` in `INPUT` keeps the neighbor away from a server of the host, but not
    from a published port."""
    snippet("serve.sh", "faq-web", "8080")
    snippet("serve-on-host.sh")
    measured["host's server before"] = reach(8081)
    snippet("drop.sh", "--insert", "INPUT")
    measured["host's server after"] = reach(8081)
    measured["published port after"] = reach(8080)

    assert measured["host's server before"] == "hello"
    assert measured["host's server after"] == "no answer"
    assert measured["published port after"] == "hello"


def daemon(snippet, forwarding):
    """Forwarding and the policy of FORWARD once dockerd runs."""
    shown = snippet("daemon.sh", forwarding).out.splitlines()
    snippet("clean.sh", check=False)
    return shown


def test_restart_puts_jumps_above_own_rules(snippet, measured):
    """A restart of the daemon keeps a rule in `DOCKER-USER`, and puts Docker's jumps above a rule
    inserted at the top of `FORWARD`."""
    snippet("daemon.sh", "1")
    before, _, after = snippet("restart.sh").out.partition("after the restart:")
    drop = "-s 192.0.2.2/32 -j DROP"
    for name, text in {"before": before, "after": after}.items():
        lines = text.strip().splitlines()
        measured[f"FORWARD {name}"] = [line[11:] for line in lines if line[3:10] == "FORWARD"]
        measured[f"DOCKER-USER {name}"] = [
            line[15:] for line in lines if line[3:14] == "DOCKER-USER"
        ]

    assert measured["FORWARD before"][0] == drop
    assert measured["FORWARD after"][0] == "-j DOCKER-USER"
    assert measured["FORWARD after"][-1] == drop
    assert measured["DOCKER-USER before"][0] == measured["DOCKER-USER after"][0] == drop


def test_policy_is_drop_where_docker_turned_forwarding_on(snippet, measured):
    """On a host that does not forward, the daemon turns `net.ipv4.ip_forward` on and sets the
    policy of `FORWARD` to `DROP`; where forwarding was on, the policy stays `ACCEPT`."""
    measured["forwarding was off"] = daemon(snippet, "0")
    measured["forwarding was on"] = daemon(snippet, "1")

    assert measured["forwarding was off"] == ["1", "-P FORWARD DROP"]
    assert measured["forwarding was on"] == ["1", "-P FORWARD ACCEPT"]
