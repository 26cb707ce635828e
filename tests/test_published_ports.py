"""Where a port listens and who gets an answer is drawn by what the engines measured."""

from html import unescape

import pytest

from faq.errors import ClaimError
from faq.evidence.store import recorded_columns
from faq.site.macros import published_ports_html
from faq.site.page import Page
from faq.site.published_ports import CONTAINER, IPV4, IPV6, LOOPBACK, drawn, published_ports
from faq.site.twins import AS_TEXT

TOLD = {
    "listens": ["0.0.0.0:9000", "10.0.0.1:53", "[::]:9000"],
    "host": ["hello", "hello"],
    IPV4: "hello",
    IPV6: "refused",
    "rules": ["nat DOCKER ! -i br0 -p tcp --dport 9000 -j DNAT --to-destination 10.0.0.2:90"],
}
EXPOSED = "loopback_is_closed_to_the_lan"


@pytest.fixture
def page() -> Page:
    return Page("networking/published-ports.html", "", recorded_columns())


def test_port_is_drawn_as_measured():
    port = drawn("9000:90", TOLD)
    assert (port.listens, port.bridge, port.host) == ("0.0.0.0:9000, [::]:9000", "br0", "answer")
    assert [door.name for door in port.doors if door.lan] == [IPV4, IPV6]
    assert [door.lan for door in port.doors] == ["", "answer", "refused", ""]
    assert [door.port for door in port.doors] == [":9000", ":9000", ":9000", "10.0.0.2:90"]
    assert not any(door.is_hole for door in port.doors)


@pytest.mark.parametrize(
    ("places", "doors"),
    [
        (["0.0.0.0:9000", "[::]:9000"], [LOOPBACK, IPV4, IPV6]),
        (["0.0.0.0:9000"], [LOOPBACK, IPV4]),
        (["[::]:9000"], [IPV6]),
        (["127.0.0.1:9000", "0.0.0.0:53"], [LOOPBACK]),
        (["10.0.0.1:9000"], []),
    ],
)
def test_doors_are_those_where_the_port_listens(places: list[str], doors: list[str]):
    port = drawn("9000:90", TOLD | {"listens": places})
    assert [door.name for door in port.doors if door.listens] == doors


@pytest.mark.parametrize(("got", "holes"), [("hello", [LOOPBACK, CONTAINER]), ("no answer", [])])
def test_answer_by_a_route_is_a_hole(got: str, holes: list[str]):
    port = drawn("9000:90", TOLD | {LOOPBACK: got, CONTAINER: got})
    assert [door.name for door in port.doors if door.is_hole] == holes
    assert ("answer from the container with a route" in port.text) is True
    assert port.text.count("no answer") == 2 - len(holes)


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"host": ["", "hello"]}, "'' is neither"),
        ({IPV4: None}, "None is"),
        ({"rules": []}, "DNAT"),
    ],
)
def test_what_cannot_be_drawn_is_refused(changes: dict[str, object], why: str):
    with pytest.raises(ClaimError, match=why):
        drawn("9000:90", TOLD | changes)


def test_other_evidence_makes_another_drawing(page: Page, monkeypatch):
    recorded = Page.values
    before = published_ports(page)
    column = next(iter(page.columns))

    def values(shown: Page, name: str, key: str) -> dict[str, object]:
        told = recorded(shown, name, key)
        return told | {column: "refused"} if name == EXPOSED and "neighbor" in key else told

    monkeypatch.setattr(Page, "values", values)
    after = published_ports(page)
    option = before.drawings[-1].value.option
    (changed,) = [
        group
        for group in after.drawings
        if column in group.columns and group.value.option == option
    ]
    others = [group for group in after.drawings if group.value.option != option]
    assert others == before.drawings[: len(others)]  # the claim is not about these
    assert changed not in before.drawings
    assert "refused from the loopback with a route" in changed.value.text


def test_option_is_the_one_that_the_claim_has(page: Page, monkeypatch):
    options = [port.value.option for port in published_ports(page).drawings]
    assert list(dict.fromkeys(options)) == ["8080:80", "127.0.0.1:8080:80"]
    monkeypatch.setattr(Page, "sentence", lambda _, name: f"{name} publishes.")
    with pytest.raises(ClaimError, match="all_addresses_by_default has no option"):
        published_ports(page)


def test_drawing_its_description_and_the_twin_say_the_same(page: Page):
    html, twin = unescape(published_ports_html(page)), AS_TEXT["published_ports"](page)
    for port, columns, where in published_ports(page).drawings:
        assert f'aria-label="On {where}: {port.text}" data-columns="{" ".join(columns)}"' in html
        assert f"- On {where}: {port.text}" in twin
        drawing = html.partition(f"On {where}: {port.text}")[2].partition("</svg>")[0]
        shown = [door for door in port.doors if door.lan]
        assert drawing.count("with a route") == sum(door.needs_route for door in shown)
        assert drawing.count('class="hole"') == sum(door.is_hole for door in shown)
        for text in (f"--publish {port.option}", f"listens on {port.listens}", port.host):
            assert f">{text}</text>" in drawing
        for door in port.doors:
            assert f">{door.name} {door.port}</text>" in drawing
