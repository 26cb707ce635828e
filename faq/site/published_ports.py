"""Where a published port listens, and who gets an answer: host, bridge, LAN and loopback."""

import re
from collections.abc import Iterator, Mapping
from ipaddress import ip_address
from typing import NamedTuple, cast

from faq.errors import ClaimError
from faq.evidence.model import JSON, Measured
from faq.site.drawings import ANSWERS, Figure, Source, answer_in_words, figure, measured_by_column
from faq.site.packet_path import publishing
from faq.site.page import Page

CHAINS, PORTS = "networking/iptables-chains", "networking/published-ports"
LOOPBACK, IPV4, IPV6, CONTAINER = "loopback", "IPv4 address", "IPv6 address", "container"
BY_ROUTE = (LOOPBACK, CONTAINER)
"""Another host reaches these only if it sends packets for them to this host."""
ON_LOOPBACK = {
    LOOPBACK: Source(PORTS, "loopback_is_closed_to_the_lan", "neighbor gets from 127.0.0.1:8080")
}
"""What such a host gets from a port that is published on 127.0.0.1."""
AT_THE_CONTAINER = "published as {}: neighbor gets from 172.17.0.2:80"
"""What such a host gets from the container's own address, by how the port is published."""
OPTION = re.compile(r"`--publish ([^` ]+)`")


class Door(NamedTuple):
    """Where the port may be asked for."""

    name: str
    port: str
    listens: bool
    lan: str
    """What another host gets; empty: it did not ask."""

    @property
    def is_open(self) -> bool:
        """Whether another host gets an answer."""
        return self.lan == ANSWERS["hello"]

    @property
    def needs_route(self) -> bool:
        """Whether another host reaches the address by a route to this host alone."""
        return self.name in BY_ROUTE

    @property
    def is_hole(self) -> bool:
        """Whether another host gets an answer by such a route."""
        return self.is_open and self.needs_route

    @property
    def asked(self) -> str:
        """What another host gets from here, in words."""
        return f"{self.lan} from the {self.name}{' with a route' if self.needs_route else ''}"


class Published(NamedTuple):
    """A port that is published with an option of `docker run`."""

    option: str
    listens: str
    bridge: str
    host: str
    """What the host itself gets on its loopback."""
    doors: tuple[Door, ...]

    @property
    def text(self) -> str:
        """All that it shows, in words."""
        asked = ", ".join(door.asked for door in self.doors if door.lan)
        return (
            f"--publish {self.option} listens on {self.listens}. A program on this host gets: "
            f"{self.host} from the {LOOPBACK}. Another host in the LAN gets: {asked}."
        )


def published_ports(page: Page) -> Figure[Published]:
    """A port that is published on all addresses, and one on 127.0.0.1; newest engines first.

    Raises:
        ClaimError: a claim measured no such value, or one that cannot be drawn.

    """
    every = published(page, "all_addresses_by_default", "publishing_adds_an_accept_and_a_dnat")
    rules = "publishing_on_loopback_adds_a_drop"
    return figure(page, every, published(page, "given_address_only", rules, ON_LOOPBACK))


def published(
    page: Page, claim: str, rules: str, around: Mapping[str, Source] | None = None
) -> dict[str, Published]:
    """A port as one claim publishes it, by column, the newest first.

    Args:
        page: the page at hand.
        claim: tells where it listens and who gets an answer.
        rules: the claim that tells the rules for it.
        around: what else another host gets, by where it asks.

    Raises:
        ClaimError: a claim measured no such value, or one that cannot be drawn.

    """
    option = OPTION.search(page.of(PORTS).sentence(claim))
    if not option:
        raise ClaimError(f"{page.where}: {claim} has no option that publishes a port")
    keys = {"listens": "listens on", "host": "host gets", IPV4: "neighbor gets"}
    keys[IPV6] = "neighbor gets over IPv6"
    sources = {part: Source(PORTS, claim, key) for part, key in keys.items()}
    sources |= {"rules": Source(CHAINS, rules, "new rules"), **(around or {})}
    at_container = AT_THE_CONTAINER.format(option[1])
    sources[CONTAINER] = Source(PORTS, "container_address_is_closed_to_the_lan", at_container)
    told = measured_by_column(page, sources)
    return {column: drawn(option[1], told[column]) for column in reversed(told)}


def drawn(option: str, told: Measured) -> Published:
    """A published port, by what one engine measured."""
    dnat = publishing(told["rules"])
    port = dnat.asks("--dport")
    places = cast("list[str]", told["listens"])
    listening = [place for place in places if place.endswith(f":{port}")]
    host = dict.fromkeys(map(answer_in_words, cast("list[JSON]", told["host"])))
    doors = []
    for name in (LOOPBACK, IPV4, IPV6, CONTAINER):
        lan = answer_in_words(told[name]) if name in told else ""
        at = dnat.to if name == CONTAINER else f":{port}"
        doors.append(Door(name, at, name in doors_of(listening), lan))
    return Published(option, ", ".join(listening), dnat.asks("-i"), ", ".join(host), tuple(doors))


def doors_of(listening: list[str]) -> Iterator[str]:
    """Where a port can be asked for that listens on these addresses."""
    for place in listening:
        address = ip_address(place.rpartition(":")[0].strip("[]"))
        if address.is_unspecified:
            yield IPV4 if address.version == 4 else IPV6
        if address.version == 4 and (address.is_unspecified or address.is_loopback):
            yield LOOPBACK
