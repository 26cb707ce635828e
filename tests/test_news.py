"""What the feed says that happened to claims, between two records of their entry."""

import pytest
from msgspec.structs import replace

from faq.evidence.model import NOTHING, Cell, ClaimRecord, Evidence, Verdict
from faq.site import news
from tests.planted import Project

pytest_plugins = ["tests.planted_fixtures"]
BEFORE = "It is `so`."


@pytest.fixture
def cell(project: Project) -> Cell:
    return replace(project.evidence().cell("one", "28.5"), measured={"lines": 1})


def evidence(sentence: str, **cells: Cell) -> Evidence:
    by_column = {f"{name[1:3]}.{name[3:]}": cell for name, cell in cells.items()}
    return Evidence({"one": ClaimRecord(sentence, by_column)}, {})


def test_each_kind_is_told_with_where(cell: Cell):
    fails, more = replace(cell, state=Verdict.DOES_NOT_HOLD), replace(cell, measured={"lines": 2})
    before = evidence(BEFORE, c2010=cell, c285=cell)
    for now, told in (
        (
            evidence(BEFORE, c2010=cell, c285=fails),
            (news.VERDICT, "holds, now does not hold on 28.5"),
        ),
        (evidence("Better.", c2010=cell, c285=more), (news.REWORDED, "")),
        (evidence(BEFORE, c2010=more, c285=more), (news.MEASURED, "on 20.10, 28.5")),
        (NOTHING, (news.WITHDRAWN, "")),
    ):
        happened = news.news_of("one", before, now)
        assert (happened.kind, happened.where) == told
    assert news.news_of("one", NOTHING, before) == (news.NEW, BEFORE, "holds on 20.10, 28.5")
    assert news.news_of("one", before, before) is None
    assert news.news_between(before, before) == {}


def test_news_read_as_counts_and_as_sentences(cell: Cell):
    many = {f"{number:02}": ClaimRecord(BEFORE, {"28.5": cell}) for number in range(news.SHOWN + 2)}
    told = news.news_between(evidence("It was.", c285=cell), Evidence(many, {}))
    assert news.counts_of(told) == "12 claims new, 1 claim withdrawn"
    html = news.news_html(told)
    assert html.count("<li>It is <code>so</code>. (holds on 28&#46;5)</li>") == news.SHOWN
    assert "<li>and 2 more</li>" in html
    assert html.index("<strong>New") < html.index("<strong>Withdrawn") < html.index("It was.")
