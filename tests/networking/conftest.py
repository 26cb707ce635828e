"""What the claims about networking share: a neighbor host."""

from collections.abc import Callable, Iterator

import pytest

from faq.lab.engine import Engine
from faq.lab.result import Result

SETUP = """
    ip netns add faq-neighbor
    ip link add faq-lan type veth peer name eth0 netns faq-neighbor
    ip addr add 192.0.2.1/24 dev faq-lan
    ip link set faq-lan up
    ip -n faq-neighbor addr add 192.0.2.2/24 dev eth0
    ip -n faq-neighbor link set lo up
    ip -n faq-neighbor link set eth0 up
"""
# A process that still has the namespace open would keep both ends alive.
TEARDOWN = "ip link delete faq-lan; ip netns delete faq-neighbor"


@pytest.fixture
def neighbor(engine: Engine) -> Iterator[Callable[..., Result]]:
    """Run a command on another host, 192.0.2.2, in one LAN with the engine's, 192.0.2.1."""
    engine.run(TEARDOWN, check=False)
    engine.run(SETUP)

    def run(command: str) -> Result:
        return engine.run(f"nsenter --net=/run/netns/faq-neighbor {command}", check=False)

    yield run
    engine.run(TEARDOWN)


@pytest.fixture
def reach(neighbor: Callable[..., Result]) -> Callable[..., str]:
    """What a new connection from the neighbor gets from a port: the answer, or why there is none.

    A packet that is dropped is a different result from a connection that is refused.
    """
    reasons = {0: "", 7: "refused", 28: "no answer"}

    def ask(port: int, host: str = "192.0.2.1") -> str:
        answer = neighbor(f"curl -s --max-time 2 http://{host}:{port}/")
        return reasons[answer.code] or answer.out

    return ask
