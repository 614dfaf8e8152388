from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stalin_study.domain.when import When, parse_when


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("1938", "1938-01-01", "1938-12-31"),
        ("1930-31", "1930-01-01", "1931-12-31"),
        ("April 1925", "1925-04-01", "1925-04-30"),
        ("February 1928", "1928-02-01", "1928-02-29"),
        ("27 January 1924", "1924-01-27", "1924-01-27"),
        ("16-18 January 1924", "1924-01-16", "1924-01-18"),
        ("November-December 1927", "1927-11-01", "1927-12-31"),
        ("winter 1927-28", "1927-12-01", "1928-02-29"),
        ("spring 1933", "1933-03-01", "1933-05-31"),
        ("early 1929", "1929-01-01", "1929-05-01"),
        ("late 1929", "1929-09-01", "1929-12-31"),
        ("mid-December 1934", "1934-12-11", "1934-12-20"),
        ("late October 1923", "1923-10-21", "1923-10-31"),
        (" Late october 1923 ", "1923-10-21", "1923-10-31"),
    ],
)
def test_dates_as_decks_write_them(text: str, first: str, last: str) -> None:
    assert parse_when(text) == When(date.fromisoformat(first), date.fromisoformat(last))


@pytest.mark.parametrize(
    "text",
    ["", "soon", "31 February 1930", "0 May 1930", "18-16 May", "1931-30", "May-April 1930",
     "spring May 1930", "192", "19300", "May", "3 1930", "the 1930s"],
)  # fmt: skip
def test_what_is_no_date(text: str) -> None:
    assert parse_when(text) is None


@given(st.dates(date(1000, 1, 1), date(9000, 1, 1)), st.dates(date(1000, 1, 1), date(9000, 1, 1)))
def test_days_keep_their_order(one: date, other: date) -> None:
    first, second = (parse_when(f"{day.day} {day:%B %Y}") for day in (one, other))

    assert first is not None
    assert second is not None
    assert first.is_before(second) == (one < other)


@given(st.text(alphabet="0123456789- aejlmnruy", max_size=20))
def test_any_text_is_read_or_refused(text: str) -> None:
    found = parse_when(text)

    assert found is None or found.first.year >= 1


def test_a_month_is_not_before_the_year_around_it() -> None:
    year, month = parse_when("1927"), parse_when("May 1927")

    assert year is not None
    assert month is not None
    assert not year.is_before(month)
    assert not month.is_before(year)
