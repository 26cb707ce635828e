"""The path of a packet is drawn by what the engines measured, and by nothing else."""

from html import unescape

import pytest

from faq.errors import ClaimError
from faq.evidence.store import recorded_columns
from faq.site.macros import packet_path_html
from faq.site.packet_path import SOURCES, Look, Path, packet_paths, stops
from faq.site.page import Page
from faq.site.twins import AS_TEXT

NEW = [
    "filter DOCKER -d 10.0.0.2/32 ! -i br0 -o br0 -p tcp --dport 90 -j ACCEPT",
    "nat DOCKER ! -i br0 -p tcp --dport 9000 -j DNAT --to-destination 10.0.0.2:90",
]
TOLD = {
    "raw": [],
    "nat": ["-A PREROUTING -m addrtype --dst-type LOCAL -j DOCKER", "-A DOCKER -i br0 -j RETURN"],
    "filter": ["-A FORWARD -j DOCKER-USER", "-A FORWARD -o br0 -j DOCKER"],
    "published": NEW,
    "asked": "hello",
    "DOCKER-USER": "no answer",
    "INPUT": "hello",
}
THROUGH_A = ["-A FORWARD -j A", "-A A -j DOCKER-USER", "-A A -i br0 -j DROP", "-A A -j DOCKER"]


def shown(**changes: object) -> list[tuple[int, str, str]]:
    return [(stop.depth, stop.name, stop.said) for stop in stops(TOLD | changes)]


def test_path_is_that_of_the_rules():
    assert shown() == [
        (0, "Another host", "to port 9000 of this host"),
        (0, "nat PREROUTING", ""),
        (1, "DOCKER", "DNAT to 10.0.0.2:90"),
        (0, "INPUT", "not on the path: with a DROP here, still an answer"),
        (0, "filter FORWARD", ""),
        (1, "DOCKER-USER", "your rules: with a DROP here, no answer"),
        (1, "DOCKER", "ACCEPT"),
        (0, "Container", "10.0.0.2:90"),
    ]


def test_other_rules_make_another_path():
    raw = ["-A PREROUTING -d 10.0.0.2/32 ! -i br0 -j DROP"]
    changed = shown(raw=raw, filter=THROUGH_A)
    assert changed[1] == (0, "raw PREROUTING", "passes")
    below = [(depth, name) for depth, name, _ in changed[5:]]
    chains = [(1, "A"), (2, "DOCKER-USER"), (2, "DOCKER")]
    assert below == [(0, "filter FORWARD"), *chains, (0, "Container")]
    assert shown(**{"DOCKER-USER": "refused"})[5][2].endswith("DROP here, refused")


def test_deciding_rules_are_marked():
    looks = {stop.name: stop.look for stop in stops(TOLD)}
    assert looks["DOCKER"] == Look.DECIDES
    assert looks["DOCKER-USER"] == Look.OWN
    assert looks["INPUT"] == Look.BESIDE
    assert looks["filter FORWARD"] == Look.PASSED


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"published": NEW[:1]}, "publishing adds no DNAT"),
        ({"published": NEW[1:]}, "filter ends with no rule, not ACCEPT"),
        ({"nat": []}, "nat ends with no rule, not DNAT"),
        ({"raw": ["-A PREROUTING ! -i lo -j DROP"]}, "raw ends with DROP, not no rule"),
        ({"filter": ["-A FORWARD -j DROP"]}, "filter ends with DROP, not ACCEPT"),
        ({"filter": ["-A FORWARD -m set --match-set x -j DROP"]}, "a rule asks --match-set x"),
        ({"INPUT": "no answer"}, "with a DROP in INPUT the other host gets 'no answer'"),
        ({"DOCKER-USER": "hello"}, "with a DROP in DOCKER-USER the other host gets 'hello'"),
        ({"asked": "refused"}, "the other host gets 'refused'"),
        ({"asked": 7}, "7 is neither an answer"),
    ],
)
def test_evidence_that_shows_no_such_path_is_refused(changes: dict[str, object], why: str):
    with pytest.raises(ClaimError, match=why):
        shown(**changes)


def on_engines(monkeypatch, **measured: dict[str, object]) -> Page:
    """The page, where each engine has measured what is said here, by column."""
    page = Page("networking/iptables-chains.html", "", dict.fromkeys(measured, ""))
    page.columns = dict.fromkeys(measured, "")
    parts = {source: part for part, source in SOURCES.items()}

    def values(shown: Page, name: str, key: str) -> dict[str, object]:
        part = parts[str(shown.entry), name, key]
        return {column: told[part] for column, told in measured.items() if part in told}

    monkeypatch.setattr(Page, "values", values)
    return page


def test_engines_that_measured_alike_share_a_drawing(monkeypatch):
    old, new = TOLD, TOLD | {"filter": THROUGH_A}
    page = on_engines(monkeypatch, **{"20.10": old, "26.1": old, "28.5": new})
    drawn = packet_paths(page)
    assert [group.where for group in drawn.drawings] == ["20.10, 26.1", "28.5"]
    assert [group.value for group in drawn.drawings] == [Path(tuple(stops(t))) for t in (old, new)]


def test_engine_that_lacks_a_part_is_not_drawn(monkeypatch):
    part = {name: value for name, value in TOLD.items() if name != "nat"}
    page = on_engines(monkeypatch, **{"20.10": part, "28.5": TOLD})
    assert packet_paths(page).where == "28.5"
    with pytest.raises(ClaimError, match="no engine measured all of raw, nat, filter"):
        packet_paths(on_engines(monkeypatch, **{"20.10": part}))


def test_refusal_names_page_and_engine(monkeypatch):
    page = on_engines(monkeypatch, **{"20.10": TOLD, "28.5": TOLD | {"nat": []}})
    with pytest.raises(ClaimError, match=r"^docs/networking/iptables-chains.md: .* on 28.5: nat"):
        packet_paths(page)


def test_drawing_its_description_and_the_twin_say_the_same():
    page = Page("networking/iptables-chains.html", "", recorded_columns())
    html, twin = unescape(packet_path_html(page)), AS_TEXT["packet_path"](page)
    for path, columns, where in packet_paths(page).drawings:
        assert f'aria-label="On {where}: {path.text}" data-columns="{" ".join(columns)}"' in html
        assert f"- On {where}: {path.text}" in twin
        for stop in path.stops:
            assert f">{stop.name}</text>" in html
            assert f">{stop.said}</text>" in html
            assert f"{stop.name}: {stop.said or 'jumps on'}" in path.text
