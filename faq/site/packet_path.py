"""The path of a packet from another host to a published port, by the rules of each engine."""

from collections.abc import Iterator
from enum import StrEnum
from typing import NamedTuple, cast

from faq.errors import ClaimError
from faq.evidence.model import JSON, Measured
from faq.site.drawings import ANSWERS, Figure, Source, answer_in_words, figure, measured_by_column
from faq.site.iptables import Chains, Rule, Visit, decision, read_rule, traverse
from faq.site.page import Page

CHAINS, FIREWALLS = "networking/iptables-chains", "networking/firewalls"
SOURCES = {
    "raw": Source(FIREWALLS, "container_adds_to_raw", "published"),
    "nat": Source(FIREWALLS, "filter_and_nat_alone", "nat"),
    "filter": Source(FIREWALLS, "filter_and_nat_alone", "filter"),
    "published": Source(CHAINS, "publishing_adds_an_accept_and_a_dnat", "new rules"),
    "asked": Source(CHAINS, "docker_user_comes_before_docker", "before"),
    "DOCKER-USER": Source(CHAINS, "docker_user_comes_before_docker", "after"),
    "INPUT": Source(CHAINS, "input_does_not_see_published_ports", "published port after"),
}
"""What is drawn: Docker's rules by table, and what a port gives with a DROP in a chain."""
ANSWER = ANSWERS["hello"]
TO_HOST = {"-i": "another", "-p": "tcp", "--ctstate": "NEW", "-d": "192.0.2.1"}
"""The first packet of a connection, to the host's address in the LAN."""


class Look(StrEnum):
    """How a stop looks."""

    END = "end"
    PASSED = "passed"
    DECIDES = "decides"
    OWN = "own"
    BESIDE = "beside"


class Stop(NamedTuple):
    """Where the packet comes by, or what lies beside its path."""

    name: str
    said: str
    look: Look = Look.PASSED
    depth: int = 0


class Path(NamedTuple):
    """The path of a packet on some engines."""

    stops: tuple[Stop, ...]

    @property
    def text(self) -> str:
        """All that it shows, in words."""
        parts = [f"{stop.name}: {stop.said or 'jumps on'}" for stop in self.stops]
        return f"a new IPv4 connection. {'; '.join(parts)}."


def packet_paths(page: Page) -> Figure[Path]:
    """The path of a packet on each engine.

    Raises:
        ClaimError: a claim measured no such value, or the rules do not lead to the container.

    """
    paths = {}
    for column, told in measured_by_column(page, SOURCES).items():
        try:
            paths[column] = Path(tuple(stops(told)))
        except ClaimError as error:
            raise ClaimError(f"{page.where}: the path of a packet on {column}: {error}") from None
    return figure(page, paths)


def stops(told: Measured) -> Iterator[Stop]:
    """The stops of a packet, by what one engine measured."""
    dnat = publishing(told["published"])
    to, _, port = dnat.to.rpartition(":")
    packet = TO_HOST | {"--dport": dnat.asks("--dport"), "--dst-type": "LOCAL"}
    rules = rules_by_table(told)
    yield Stop("Another host", f"to port {packet['--dport']} of this host", Look.END)
    if rules["raw"]:
        yield from followed("raw", traverse(rules["raw"], "PREROUTING", packet), "")
    yield from followed("nat", traverse(rules["nat"], "PREROUTING", packet), dnat.target)
    yield beside("INPUT", told)
    packet |= {"-d": to, "--dport": port, "--dst-type": "UNICAST", "-o": dnat.asks("-i")}
    for stop in followed("filter", traverse(rules["filter"], "FORWARD", packet), "ACCEPT"):
        yield own(stop, told) if stop.name == "DOCKER-USER" else stop
    if answer_in_words(told["asked"]) != ANSWER:
        raise ClaimError(f"the other host gets {told['asked']!r}")
    yield Stop("Container", dnat.to, Look.END)


def publishing(rules: JSON) -> Rule:
    """The rule that publishing a port adds to rewrite the destination.

    Raises:
        ClaimError: there is none.

    """
    for line in cast("list[str]", rules):
        rule = read_rule(line.removeprefix("nat DOCKER "))
        if rule.target == "DNAT":
            return rule
    raise ClaimError("publishing adds no DNAT to DOCKER of nat")


def rules_by_table(told: Measured) -> dict[str, Chains]:
    """The rules that one engine has while a port is published, by table and chain.

    Where the new ones stand in their chain was not measured: as the other host gets an answer, none
    that is older is in their way.
    """
    lines = list(cast("list[str]", told["published"]))
    for table in ("raw", "nat", "filter"):
        old = cast("list[str]", told[table])
        lines += [line.replace("-A", table, 1) for line in old]
    tables: dict[str, Chains] = {"raw": {}, "nat": {}, "filter": {}}
    for line in lines:
        table, chain, rule = line.split(" ", 2)
        tables[table].setdefault(chain, []).append(read_rule(rule))
    return tables


def followed(table: str, visits: list[Visit], decided: str) -> Iterator[Stop]:
    """The stops at chains of one table.

    Raises:
        ClaimError: the path does not end with the rule that it has to end with.

    """
    rule = decision(visits)
    target = rule.target if rule else ""
    if target != decided:
        raise ClaimError(f"{table} ends with {target or 'no rule'}, not {decided or 'no rule'}")
    for chain, depth, decides, leads_on in visits:
        name = chain if depth else f"{table} {chain}"
        if decides:
            said = f"{target} to {decides.to}" if decides.to else target
            yield Stop(name, said, Look.DECIDES, depth)
        else:
            yield Stop(name, "" if leads_on else "passes", Look.PASSED, depth)


def own(stop: Stop, told: Measured) -> Stop:
    """A chain on the path that claims put a DROP into, with what the other host gets then.

    Raises:
        ClaimError: it gets an answer, so the packet comes by another path.

    """
    got = answer_in_words(told[stop.name])
    if got == ANSWER:
        raise ClaimError(f"with a DROP in {stop.name} the other host gets {told[stop.name]!r}")
    return stop._replace(said=f"your rules: with a DROP here, {got}", look=Look.OWN)


def beside(chain: str, told: Measured) -> Stop:
    """A chain beside the path: a DROP in it changes nothing.

    Raises:
        ClaimError: it does, so the packet meets it.

    """
    got = answer_in_words(told[chain])
    if got != ANSWER:
        raise ClaimError(f"with a DROP in {chain} the other host gets {told[chain]!r}")
    return Stop(chain, f"not on the path: with a DROP here, still an {got}", Look.BESIDE)
