"""A trend is drawn within its picture, whatever the numbers."""

import re
from datetime import date, timedelta
from itertools import pairwise

from django.template.loader import render_to_string
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from home import charts
from home.charts import trend

ELECTIONS = date(2026, 3, 18)

values = st.dictionaries(
    st.dates(date(2025, 1, 1), date(2028, 12, 31)), st.none() | st.integers(0, 100), max_size=60
)
series = st.lists(st.tuples(st.text("abc", min_size=1), values), max_size=6)


@given(series)
def test_everything_stands_within_the_picture(given_series):
    drawn = trend(given_series)
    filled = [v for _, v in given_series if any(x is not None for x in v.values())]
    if drawn is None:
        assert not filled
        return
    assert len(drawn.lines) == min(len(filled), charts.MOST_LINES)
    for line in drawn.lines:
        numbers = [float(n) for n in re.findall(r"[\d.]+", line.path)]
        for x, y in zip(numbers[::2], numbers[1::2], strict=True):
            assert drawn.left <= x <= drawn.right
            assert charts.TOP <= y <= drawn.bottom
        assert line.marks
        assert line.last.day == max(d for d, v in filled[line.number - 1].items() if v is not None)


@given(series)
def test_labels_at_the_ends_of_lines_do_not_cover_one_another(given_series):
    drawn = trend(given_series)
    heights = sorted(line.label_y for line in drawn.lines) if drawn else []
    assert all(b - a >= charts.LABEL_HEIGHT - 0.2 for a, b in pairwise(heights))
    assert all(0 < y <= charts.HEIGHT - charts.BOTTOM for y in heights)


@given(st.dates(date(2025, 1, 1), date(2028, 1, 1)), st.integers(0, 1500))
def test_months_are_few_enough_to_be_read(first, length):
    ticks = charts.month_ticks(first, first + timedelta(days=length))
    assert len(ticks) <= charts.MOST_MONTHS + 1
    assert all(tick.day.day == 1 for tick in ticks)
    assert [tick.at for tick in ticks] == sorted(tick.at for tick in ticks)


def test_a_day_without_a_figure_breaks_the_line():
    days = charts.days_between(ELECTIONS, ELECTIONS + timedelta(days=4))
    drawn = trend([("Utrecht", dict(zip(days, [10, 20, None, 40, 50], strict=True)))])
    assert drawn.lines[0].path.count("M") == 2
    assert [row.values for row in drawn.rows] == [(50,), (40,), (None,), (20,), (10,)]


def test_equal_days_are_drawn_as_one_stretch():
    days = charts.days_between(ELECTIONS, ELECTIONS + timedelta(days=99))
    drawn = trend([("Utrecht", dict.fromkeys(days, 30))])
    assert drawn.lines[0].path.count("L") == 1


def test_one_day_stands_at_the_right():
    drawn = trend([("Utrecht", {ELECTIONS: 30})])
    assert (drawn.lines[0].last.x, drawn.lines[0].last.value) == (drawn.right, 30)


def test_the_table_of_a_long_trend_holds_mondays_and_both_ends():
    days = charts.days_between(ELECTIONS, ELECTIONS + timedelta(days=250))
    rows = trend([("Utrecht", dict.fromkeys(days, 30))]).rows
    assert len(rows) <= charts.MOST_ROWS
    assert (rows[0].day, rows[-1].day) == (days[-1], days[0])
    assert all(row.day.weekday() == 0 for row in rows[1:-1])


def test_without_a_figure_there_is_nothing_to_draw():
    assert trend([("Utrecht", {}), ("Zwolle", {ELECTIONS: None})]) is None


def test_a_picture_holds_no_decimal_commas_in_dutch():
    drawn = trend([("Utrecht", {ELECTIONS: 30, date(2026, 5, 1): 45})])
    with translation.override("nl"):
        html = render_to_string(
            "components/trend.html",
            {"trend": drawn, "name": "verloop", "title": "Verloop", "text": "Van 30 naar 45%."},
        )
    assert not re.search(r"\d,\d", html)
    assert "1 mei 2026: 45%" in html
    assert 'aria-labelledby="verloop-title verloop-text"' in html


def test_a_weekly_line_has_a_mark_in_each_month():
    days = [ELECTIONS + timedelta(days=7 * n) for n in range(20)]
    marks = trend([("Utrecht", dict.fromkeys(days, 30))]).lines[0].marks
    assert [mark.day.month for mark in marks] == [4, 5, 6, 7, 7]
