"""The national monitor sees numbers of the whole country, and nobody."""

import re
from datetime import date, timedelta

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from learning import nation
from learning.figures import active_requirements, bring_up_to_date
from learning.first_tries import count_first_tries, hardest_first, keep_first_tries
from learning.models import (
    Attempt,
    FirstTries,
    Membership,
    Municipality,
    MunicipalitySettings,
    Snapshot,
)
from learning.models.people import today
from learning.roles import Role
from learning.rules.disclosure import Place
from learning.rules.sizes import SizeClass, size_class
from learning.snapshots import make_snapshot
from tests import factories

pytestmark = pytest.mark.django_db

BOARD = {Role.COUNCIL_MEMBER: 7, Role.ALDERMAN: 3, Role.MAYOR: 1}


@pytest.fixture
def module(catalogue):
    return factories.make_module(
        "eed", title="De eed", roles=[role.value for role in Role if role is not Role.STAFF]
    )


@pytest.fixture
def monitor(signed_in):
    return signed_in(factories.make_monitor(name="Landelijk"))


def populate(municipality, roles, module, *, finished=0):
    """So many people per role, of whom the first so many have finished. Returns the people."""
    people = [
        factories.make_member(municipality, role).person
        for role, count in roles.items()
        for _ in range(count)
    ]
    for person in people[:finished]:
        factories.finish(person, module)
    return people


def figures():
    """What is shown of the one requirement that there is."""
    (requirement,) = active_requirements()
    bring_up_to_date(nation.places_today(), [requirement])
    return nation.nation_figures(requirement)


@pytest.mark.parametrize(
    ("inhabitants", "size"),
    [
        (19_999, SizeClass.UNDER_20),
        (20_000, SizeClass.UNDER_50),
        (99_999, SizeClass.UNDER_100),
        (100_000, SizeClass.FROM_100),
    ],
)
def test_size_classes_begin_at_round_numbers(inhabitants, size):
    assert size_class(inhabitants) is size


def test_a_small_municipality_is_not_shown_and_not_in_any_total(module):
    small, large = (factories.make_municipality(name) for name in ("Klein", "Groot"))
    populate(small, {Role.COUNCIL_MEMBER: 4}, module, finished=3)
    populate(large, {Role.COUNCIL_MEMBER: 6}, module, finished=2)
    shown = figures()
    assert shown.of(small) is None
    assert shown.of(large).members == 6
    for role in ("", Role.COUNCIL_MEMBER):
        total = shown.total(role)
        assert (total.tally.members, total.tally.completed, total.left_out) == (6, 2, 1)


def test_mayors_are_summed_where_there_are_enough_of_them(module, monitor):
    places = [factories.make_municipality() for _ in range(5)]
    for place in places:
        populate(place, BOARD, module, finished=11)
    shown = figures()
    assert {shown.of(place, Role.MAYOR) for place in places} == {None}
    assert {shown.of(place, Role.COUNCIL_MEMBER) for place in places} == {None}
    total = shown.total(Role.MAYOR, Place("Utrecht", SizeClass.UNDER_100))
    assert (total.tally.members, total.tally.completed) == (5, 5)
    html = monitor.get("/landelijk/?role=burgemeester").content.decode()
    assert "5 van 5 klaar (100%)" in html
    assert "In elke gemeente is deze groep te klein om te tonen" in html
    places[0].province = "Zeeland"
    places[0].save()
    shown = figures()
    assert shown.total(Role.MAYOR, Place("Utrecht")).is_hidden
    assert shown.total(Role.MAYOR).tally.members == 5


def test_a_merged_municipality_is_counted_by_its_successor(module):
    old, new = factories.make_municipality("Wijdemeren"), factories.make_municipality("Hilversum")
    populate(old, {Role.COUNCIL_MEMBER: 3}, module)
    populate(new, {Role.COUNCIL_MEMBER: 6}, module)
    assert [place.display_name for place in nation.places_today()] == ["Hilversum", "Wijdemeren"]
    old.successor, old.merged_on = new, today()
    old.save()
    assert nation.places_today() == [new]
    assert figures().total().tally.members == 9


def test_the_page_shows_map_table_and_breakdowns(module, monitor):
    utrecht = factories.make_municipality("Utrecht", code="GM0344")
    small = factories.make_municipality("Klein", code="GM0001")
    factories.make_municipality("Leeg", code="GM0002")
    populate(utrecht, {Role.COUNCIL_MEMBER: 7, Role.CLERK: 5}, module, finished=8)
    populate(small, {Role.COUNCIL_MEMBER: 2}, module)
    html = monitor.get("/landelijk/").content.decode()
    assert 'href="#GM0344" aria-label="Utrecht: 66%, 8 van 12"' in html
    assert 'aria-label="Klein: te klein om te tonen"' in html
    assert 'aria-label="Leeg: nog niemand"' in html
    for code in ("GM0344", "GM0001", "GM0002"):
        assert html.count(f'<tr id="{code}"') == 1
    assert "8 van 12 klaar (66%)" in html
    assert "Persoon" not in html
    assert "voorbeeld.example" not in html


def test_the_choices_narrow_the_page(module, monitor):
    here = factories.make_municipality("Utrecht", code="GM0344")
    there = factories.make_municipality("Vlissingen", province="Zeeland", inhabitants=15_000)
    populate(here, {Role.COUNCIL_MEMBER: 7, Role.CLERK: 5}, module, finished=7)
    populate(there, {Role.COUNCIL_MEMBER: 6}, module)
    for query, text in (
        ("?role=griffie", "0 van 5 klaar (0%)"),
        ("?role=raadslid", "7 van 13 klaar (53%)"),
        ("?province=Zeeland", "0 van 6 klaar (0%)"),
        ("?size=50000-100000", "7 van 12 klaar (58%)"),
        ("?size=50000-100000&province=Zeeland", "nog niemand"),
        # What means nothing is left out, and breaks nothing.
        ("?role=koning&province=Atlantis&size=x&sort=;drop&requirement=y", "7 van 18 klaar (38%)"),
    ):
        html = monitor.get(f"/landelijk/{query}").content.decode()
        assert text in html, query
    html = monitor.get("/landelijk/?province=Zeeland").content.decode()
    assert 'id="GM0344"' not in html


def order(html):
    return re.findall(r'<tr id="\w+"[^>]*><th scope="row">(\w+)', html)


def test_the_table_can_be_sorted(module, monitor):
    for name, people, finished in (("Aa", 6, 1), ("Bee", 9, 9), ("Cee", 2, 0)):
        populate(
            factories.make_municipality(name),
            {Role.COUNCIL_MEMBER: people},
            module,
            finished=finished,
        )
    for query, names in (
        ("", ["Aa", "Bee", "Cee"]),
        ("?sort=-name", ["Cee", "Bee", "Aa"]),
        ("?sort=members", ["Aa", "Bee", "Cee"]),
        ("?sort=-percentage", ["Bee", "Aa", "Cee"]),
        ("?sort=province", ["Aa", "Bee", "Cee"]),
    ):
        assert order(monitor.get(f"/landelijk/{query}").content.decode()) == names, query


def test_what_was_drawn_is_drawn_again_when_somebody_finishes(module, monitor):
    people = populate(factories.make_municipality(), {Role.COUNCIL_MEMBER: 6}, module)
    assert "0 van 6 klaar" in monitor.get("/landelijk/").content.decode()
    factories.finish(people[0], module)
    assert "1 van 6 klaar" in monitor.get("/landelijk/").content.decode()
    Membership.objects.filter(person=people[0]).first().delete()
    assert "0 van 5 klaar" in monitor.get("/landelijk/").content.decode()


def test_the_trend_runs_from_the_elections_through_today(module):
    (requirement,) = active_requirements()
    for day, members, completed in (
        (nation.ELECTIONS - timedelta(days=1), 10, 9),
        (date(2026, 4, 1), 10, 2),
        (date(2026, 4, 2), 0, 0),
    ):
        Snapshot.objects.create(
            requirement=requirement,
            day=day,
            members=members,
            completed=completed,
            overdue=members - completed,
        )
    in_order, behind = nation.shares(requirement, "", nation.Tally(members=8, to_do=4, completed=4))
    assert in_order == {date(2026, 4, 1): 20, date(2026, 4, 2): None, today(): 50}
    assert behind == {date(2026, 4, 1): 80, date(2026, 4, 2): None, today(): 0}


def take(person, module, *results):
    """Attempts at a module's test, in order."""
    for number, passed in enumerate(results, start=1):
        Attempt.objects.create(
            person=person,
            quiz_key=module.translation_key,
            module_key=module.translation_key,
            number=number,
            pass_mark=70,
            submitted_at=None if passed is None else timezone.now(),
            percentage=None if passed is None else 100 * passed,
            passed=passed,
        )


def test_hard_modules_are_those_whose_test_few_pass_at_once(module):
    other = factories.make_module("anders")
    for n in range(6):
        take(factories.make_user(), module, n < 2, True)
        take(factories.make_user(), other, n < 5)
    take(factories.make_user(), module, None)
    keep_first_tries(today())
    keep_first_tries(today())
    assert [(t.module_title, t.people, t.passed, t.percentage) for t in hardest_first()] == [
        ("De eed", 6, 2, 33),
        (other.title, 6, 5, 83),
    ]


def test_a_test_of_which_few_know_the_result_is_not_kept(module):
    for _ in range(4):
        take(factories.make_user(), module, True)
    assert count_first_tries() == []
    for _ in range(3):
        take(factories.make_user(), module, False)
    keep_first_tries(today())
    FirstTries.objects.get()


def test_how_many_municipalities_have_set_things_up(module, monitor):
    first, second, gone = (factories.make_municipality() for _ in range(3))
    factories.make_member(gone)
    gone.successor, gone.merged_on = second, today()
    gone.save()
    factories.make_monitor(first)
    MunicipalitySettings.objects.create(municipality=first)
    assert nation.set_up() == (2, 1, 1, 1)
    assert "Van 2 gemeenten" in monitor.get("/landelijk/").content.decode()


def test_without_requirements_the_page_says_what_comes(home, monitor):
    assert "nog niets verplicht" in monitor.get("/landelijk/").content.decode()


def test_queries_do_not_grow_with_people_or_municipalities(
    module, monitor, django_assert_max_num_queries
):
    populate(factories.make_municipality(), BOARD, module)
    monitor.get("/landelijk/")
    with django_assert_max_num_queries(14):
        monitor.get("/landelijk/")
    for _ in range(8):
        populate(factories.make_municipality(), {Role.COUNCIL_MEMBER: 3, Role.MAYOR: 1}, module)
    monitor.get("/landelijk/")
    with django_assert_max_num_queries(14):
        monitor.get("/landelijk/")
    # Drawn anew, for other choices: the figures themselves are asked too.
    with django_assert_max_num_queries(16):
        monitor.get("/landelijk/?role=raadslid&sort=-members")


@pytest.mark.parametrize(("places", "people"), [(4, None), (5, 5)])
def test_a_day_is_kept_as_far_as_it_may_be_shown(module, places, people):
    for _ in range(places):
        populate(factories.make_municipality(), BOARD, module)
    populate(factories.make_municipality("Klein"), {Role.COUNCIL_MEMBER: 4}, module)
    (requirement,) = active_requirements()
    make_snapshot(today(), [requirement])
    kept = dict(nation.snapshots_of(requirement).values_list("role", "members"))
    assert kept == {"": places * sum(BOARD.values())}
    mayors = nation.snapshots_of(requirement, Role.MAYOR).values_list("members", flat=True)
    assert list(mayors) == ([] if people is None else [people])


cells = st.dictionaries(
    st.tuples(st.integers(1, 8), st.sampled_from([role.value for role in Role])),
    st.integers(0, 12),
)


@given(cells, st.lists(st.sampled_from(["Utrecht", "Zeeland"]), min_size=8, max_size=8))
def test_no_number_on_the_page_is_of_one_to_four_people(counted, provinces):
    everybody = {
        (pk, ""): sum(count for (place, _role), count in counted.items() if place == pk)
        for pk in range(1, 9)
    }
    municipalities = [
        Municipality(pk=pk, province=province, inhabitants=pk * 10_000)
        for pk, province in enumerate(provinces, start=1)
    ]
    shown = nation.NationFigures(
        municipalities, {cell: (count, count) for cell, count in {**counted, **everybody}.items()}
    )
    for role in ("", *Role.values):
        scopes = [Place(p, s) for p in ("", "Utrecht", "Zeeland") for s in ("", *SizeClass)]
        tallies = [shown.of(place, role) for place in municipalities]
        tallies += [shown.total(role, scope).tally for scope in scopes]
        assert not [t for t in tallies if t is not None and 0 < t.members < 5]
        parts = [shown.total(role, Place(province)).tally for province in ("Utrecht", "Zeeland")]
        assert sum(part.members for part in parts) <= shown.total(role).tally.members
