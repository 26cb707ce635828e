"""Rules as `iptables -S` prints them, and the path of a packet through their chains."""

from collections.abc import Mapping
from ipaddress import ip_address, ip_network
from typing import NamedTuple

from faq.errors import ClaimError

TARGET, TO = "-j", "--to-destination"
SAYS_NOTHING = {TARGET, TO, "-m"}
"""Options that are no condition."""
DECISIONS = {"ACCEPT", "DNAT", "DROP", "REJECT"}
"""Targets that end the path through a chain; what is none of them, nor RETURN, is a chain."""

Packet = Mapping[str, str]
"""What a rule may ask of a packet, by the option that asks it."""


class Condition(NamedTuple):
    """What a rule asks of a packet: `! -i docker0`."""

    option: str
    value: str
    is_negated: bool

    def is_met(self, packet: Packet) -> bool:
        """Whether a packet is as asked.

        Raises:
            ClaimError: the packet is not known to have or to lack it.

        """
        if self.option not in packet:
            raise ClaimError(f"a rule asks {self.option} {self.value}, which no picture can show")
        value = packet[self.option]
        if self.option == "-d":
            is_so = ip_address(value) in ip_network(self.value)
        else:
            is_so = value in self.value.split(",")
        return is_so != self.is_negated


class Rule(NamedTuple):
    """One rule of a chain."""

    conditions: tuple[Condition, ...]
    target: str
    to: str
    """Where a DNAT leads; else nothing."""

    def asks(self, option: str) -> str:
        """The value of one of its conditions, negated or not; none: nothing."""
        return next((asked.value for asked in self.conditions if asked.option == option), "")

    def is_met(self, packet: Packet) -> bool:
        """Whether it is a rule for this packet."""
        return all(condition.is_met(packet) for condition in self.conditions)


Chains = dict[str, list[Rule]]
"""The rules of one table by chain, in their order."""


class Visit(NamedTuple):
    """A chain on the path of a packet."""

    chain: str
    depth: int
    """The number of jumps that led here."""
    decides: Rule | None
    """The rule of this chain that decides."""
    leads_on: bool
    """Whether the packet jumps from here to another chain."""


def read_rule(text: str) -> Rule:
    """A rule without its chain: `-d 172.17.0.2/32 ! -i docker0 -j DROP`."""
    said: dict[str, str] = {}
    conditions = []
    is_negated = False
    words = iter(text.split())
    for word in words:
        if word == "!":
            is_negated = True
            continue
        said[word] = next(words, "")
        if word not in SAYS_NOTHING:
            conditions.append(Condition(word, said[word], is_negated))
        is_negated = False
    return Rule(tuple(conditions), said.get(TARGET, ""), said.get(TO, ""))


def traverse(chains: Chains, chain: str, packet: Packet, depth: int = 0) -> list[Visit]:
    """The chains that a packet meets, up to the rule that decides."""
    visits: list[Visit] = []
    for rule in filter(lambda rule: rule.is_met(packet), chains.get(chain, [])):
        if rule.target == "RETURN":
            break
        if rule.target in DECISIONS:
            return [Visit(chain, depth, rule, bool(visits)), *visits]
        visits += traverse(chains, rule.target, packet, depth + 1)
        if decision(visits):
            break
    return [Visit(chain, depth, None, bool(visits)), *visits]


def decision(visits: list[Visit]) -> Rule | None:
    """The rule that decides on a path; none: its chains let the packet pass."""
    return next(filter(None, (visit.decides for visit in visits)), None)
