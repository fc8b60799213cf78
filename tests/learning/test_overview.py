"""A municipality at a glance: beside last month, beside others, in a sentence."""

from datetime import timedelta
from statistics import median

import pytest
from hypothesis import given
from hypothesis import strategies as st

from learning import overview
from learning.figures import bring_up_to_date
from learning.models import Municipality, Snapshot
from learning.models.people import today
from learning.monitoring import requirement_figures
from learning.snapshots import keep_the_day_before, make_snapshot, missing_days
from tests import factories


@given(st.lists(st.integers(0, 100), max_size=12))
def test_a_median_of_few_is_not_told(rates):
    found = overview.middle(rates)
    assert found == (int(median(rates)) if len(rates) >= 5 else None)


@pytest.fixture
def requirement(db):
    return factories.make_requirement(
        factories.make_module("eed", title="De eed", roles=["raadslid"])
    )


def place_with(name, people, finished, requirement, **fields):
    place = factories.make_municipality(name, **fields)
    module = factories.ModulePage.objects.get(translation_key=requirement.subject_key)
    for number in range(people):
        member = factories.make_member(place)
        if number < finished:
            factories.finish(member.person, module)
    return place


def glance_of(place, requirement):
    return overview.at_a_glance(place, requirement_figures(place, [requirement]))[0]


def test_beside_others_without_their_names(requirement):
    places = [place_with(f"Plaats {n}", 5, n, requirement) for n in range(1, 6)]
    small = place_with("Klein", 4, 4, requirement)
    elsewhere = place_with("Groot", 6, 6, requirement, inhabitants=500_000)
    bring_up_to_date(Municipality.objects.all(), [requirement])
    glance = glance_of(places[0], requirement)
    assert glance.figures.total.percentage == 20
    assert glance.compared.peers == 60
    # The nation: those that are large enough to show, all together.
    assert glance.compared.nation == 100 * (15 + 6) // (25 + 6)
    assert glance_of(elsewhere, requirement).compared.peers is None
    sentence = overview.in_a_sentence(glance, places[0])
    assert "1 van de 5 mensen in Plaats 1" in sentence
    assert "(20%)" in sentence
    assert "In de middelste gemeente van deze grootte is dat 60%." in sentence
    assert small.display_name not in sentence


def test_beside_last_month(requirement):
    place = place_with("Utrecht", 4, 1, requirement)
    make_snapshot(today() - timedelta(days=32))
    glance = glance_of(place, requirement)
    # The completions are of today: a month ago nobody had finished.
    assert (glance.last_month, glance.change) == (0, 25)
    assert "25 procentpunten meer dan een maand geleden" in overview.in_a_sentence(glance, place)


def test_without_a_picture_of_last_month_there_is_no_change(requirement):
    place = place_with("Utrecht", 2, 1, requirement)
    glance = glance_of(place, requirement)
    assert glance.change is None
    assert "maand geleden" not in overview.in_a_sentence(glance, place)


def test_a_line_over_time(requirement):
    place = place_with("Utrecht", 5, 2, requirement)
    assert overview.trend_of(place, requirement) is None
    overview.TRENDS.values.clear()
    for weeks in (0, 1, 2):
        make_snapshot(today() - timedelta(days=7 * weeks))
    line = overview.trend_of(place, requirement)
    assert line.names == ["Utrecht", "Heel Nederland"]
    assert line.lines[0].last.value == 40


def test_a_day_counted_twice_stands_there_once(requirement):
    place_with("Utrecht", 5, 2, requirement)
    make_snapshot(today())
    rows = Snapshot.objects.count()
    make_snapshot(today())
    assert Snapshot.objects.count() == rows
    assert Snapshot.objects.filter(municipality=None, role="").get().completed == 2


def test_a_missed_day_is_filled_in(requirement):
    place_with("Utrecht", 5, 2, requirement)
    yesterday = today() - timedelta(days=1)
    assert missing_days(yesterday) == [yesterday]
    keep_the_day_before(today())
    keep_the_day_before(today() - timedelta(days=3))
    missing = missing_days(yesterday, most=5)
    assert missing == [yesterday - timedelta(days=n) for n in (4, 2, 1)]
