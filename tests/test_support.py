"""Who supports which engine is computed from the data file, the evidence and the day."""

import datetime as dt
import re

import pytest

from faq import columns
from faq.errors import ClaimError
from faq.evidence import store
from faq.site import support
from faq.site.support import Period

LATE = """
current: {line: "29.10", since: 2026-11-16, source: a, checked: 2026-11-24}
lines: {"28.5": [{by: a, until: 2028-8, source: b, checked: 2026-11-27}]}
"""
TWO_LINES = """
current: {line: "29.10", since: 2026-11-16, source: a, checked: 2026-11-24}
lines:
  "20.10":
    - {by: upstream, until: "2023-12-10", source: b, checked: 2026-11-27}
    - {by: Debian, until: "2028-06-30", source: c, checked: 2026-11-27}
  "28.5": [{by: upstream, until: 2026-05, source: d, checked: 2026-11-28}]
"""


@pytest.fixture
def support_file(tmp_path, monkeypatch):
    """A data file of its own."""
    path = tmp_path / "support.yml"
    monkeypatch.setattr(support, "FILE", path)
    monkeypatch.setattr(support, "ROOT", tmp_path)
    support.read_support.cache_clear()
    yield path
    support.read_support.cache_clear()


@pytest.mark.parametrize(
    ("until", "ended"),
    [("2026-11-26", True), ("2026-11-27", False), ("2026-10", True), ("2026-11", False)],
)
def test_period_ends_after_its_day_or_month(monkeypatch, until, ended):
    monkeypatch.setattr(support, "today", lambda: dt.date(2026, 11, 27))
    assert Period("a", until, "b", dt.date(2026, 1, 1)).has_ended is ended


@pytest.mark.parametrize(
    ("column", "text"),
    [
        *(("28.5", "support ended 2026-05"), ("28.5-containerd", "support ended 2026-05")),
        *(("20.10", "Debian until 2028-06"), ("30.1", None)),
    ],
)
def test_head_of_a_column_says_its_longest_support(support_file, monkeypatch, column, text):
    monkeypatch.setattr(support, "today", lambda: dt.date(2026, 11, 27))
    support_file.write_text(TWO_LINES)
    note = support.support_note(column)
    assert (note and f"{note.text} {note.month}") == text
    details = "Support: upstream until 2023-12-10 (b); Debian until 2028-06-30 (c)"
    assert column != "20.10" or note.details == details


def test_each_column_has_its_row_and_each_that_never_ran_is_told():
    recorded = store.recorded_columns()
    text = re.sub(r"&#(\d+);", lambda match: chr(int(match[1])), support.support())
    rows = re.findall(r"<td>(\S+)<br><small>(\S+)</small></td>\n<td>(\S+)</td>", text)
    assert [column for column, *_ in rows] == list(recorded)
    never_run = [name for name in columns.services() if name not in recorded.values()]
    assert ("Not tested yet" in text) is bool(never_run)
    assert ", ".join(never_run) in text
    assert all(line in recorded for line in support.read_support().lines)


def test_newest_engine_is_told_and_what_is_current():
    text = re.sub(r"&#(\d+);", lambda match: chr(int(match[1])), support.newest_engine())
    newest = columns.parse(re.search(r"tested: <strong>Docker (\S+)<", text)[1])
    assert newest.release == max(columns.parse(name).release for name in store.releases())
    current = support.read_support().current
    assert columns.parse(current.line).release >= newest.release
    assert f'<a href="{current.source}">Docker {current.line}</a>, since' in text


@pytest.mark.parametrize("text", ["current: 1\n", "lines: {}\n", "{", LATE])
def test_data_file_that_is_wrong_is_named(support_file, text):
    support_file.write_text(text)
    with pytest.raises(ClaimError, match=r"^support\.yml:1: "):
        support.support()
