"""Rules are read as `iptables -S` prints them, and followed as the kernel follows them."""

import pytest

from faq.errors import ClaimError
from faq.site.iptables import Rule, decision, read_rule, traverse

PACKET = {"-i": "eth0", "-o": "br0", "-d": "10.0.0.2", "--dport": "80", "--ctstate": "NEW"}


@pytest.mark.parametrize(
    ("rule", "is_met"),
    [
        ("-j ACCEPT", True),
        ("-i eth0 -j ACCEPT", True),
        ("-i br0 -j ACCEPT", False),
        ("! -i br0 -o br0 -j ACCEPT", True),
        ("-i eth0 ! -o br0 -j ACCEPT", False),
        ("-d 10.0.0.2/32 -j ACCEPT", True),
        ("-d 10.0.0.0/8 -j ACCEPT", True),
        ("! -d 10.0.0.0/8 -j ACCEPT", False),
        ("-d 10.0.0.3/32 -j ACCEPT", False),
        ("-m tcp --dport 80 -j ACCEPT", True),
        ("-m conntrack --ctstate RELATED,NEW -j ACCEPT", True),
        ("-m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT", False),
    ],
)
def test_rule_asks_of_a_packet_what_it_says(rule: str, *, is_met: bool):
    assert read_rule(rule).is_met(PACKET) is is_met


def test_rule_is_read():
    rule = read_rule("! -i br0 -m tcp --dport 8080 -j DNAT --to-destination 10.0.0.2:80")
    assert (rule.target, rule.to) == ("DNAT", "10.0.0.2:80")
    assert (rule.asks("-i"), rule.asks("--dport"), rule.asks("-d")) == ("br0", "8080", "")


def test_rule_that_asks_what_is_not_known_is_refused():
    with pytest.raises(ClaimError, match="a rule asks --mark 7"):
        read_rule("-m mark --mark 7 -j ACCEPT").is_met(PACKET)


def met(**chains: str) -> tuple[list[tuple[str, int, bool]], Rule | None]:
    """The chains that the packet meets, how deep and whether they lead on, and what decides."""
    rules = {chain: list(map(read_rule, text.split("; "))) for chain, text in chains.items()}
    visits = traverse(rules, "FORWARD", PACKET)
    return [(visit.chain, visit.depth, visit.leads_on) for visit in visits], decision(visits)


def test_packet_follows_jumps_up_to_the_rule_that_decides():
    chains = {"FORWARD": "-j OWN; -j A; -j NEVER", "A": "-i br0 -j NEVER; -j B"}
    visited, decided = met(**chains, B="-j ACCEPT; -j NEVER")
    assert visited == [("FORWARD", 0, True), ("OWN", 1, False), ("A", 1, True), ("B", 2, False)]
    assert decided == read_rule("-j ACCEPT")


def test_packet_comes_back_from_a_chain_that_returns():
    visited, decided = met(FORWARD="-j A; -j B", A="-j RETURN; -j ACCEPT", B="-j DROP")
    assert visited == [("FORWARD", 0, True), ("A", 1, False), ("B", 1, False)]
    assert decided == read_rule("-j DROP")


def test_nothing_decides_where_no_rule_is_met():
    assert met(FORWARD="-i br0 -j DROP") == ([("FORWARD", 0, False)], None)
