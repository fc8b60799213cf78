"""A monitor sets what their people must do: they see what it does, and then save it."""

from datetime import date, timedelta
from unittest import mock

import pytest

from learning.effects import effect_in_nation, effect_of
from learning.figures import figures_of
from learning.models import Holding, Membership, Requirement, Waiver
from learning.models.people import today
from learning.people_list import PeopleList, Selection
from learning.requirements import save_requirement
from learning.roles import Role
from learning.rules.due import Standing
from tests import factories

pytestmark = pytest.mark.django_db

ADDRESS = "/gemeente/utrecht/verplichtingen/"
NEW = f"{ADDRESS}nieuw/"


@pytest.fixture
def utrecht(home):
    return factories.make_municipality("Utrecht")


@pytest.fixture
def zwolle(home):
    return factories.make_municipality("Zwolle")


@pytest.fixture
def monitor(utrecht, signed_in):
    return signed_in(factories.make_monitor(utrecht, name="Gerda Griffier"))


@pytest.fixture
def module(catalogue):
    return factories.make_module("giften", title="Giften en reizen")


def filled(module, **changes):
    data = {
        "subject": str(module.translation_key),
        "roles": ["raadslid", "wethouder"],
        "starts_on": "2026-04-01",
        "due": "none",
        "validity": "for_good",
        "renewal_days": "60",
        "renewal_by": "whole",
        "accepts_earlier": "on",
    }
    return {name: value for name, value in (data | changes).items() if value is not None}


def own(place):
    return Requirement.objects.filter(municipality=place)


def test_a_requirement_is_looked_at_and_then_saved(monitor, utrecht, zwolle, module):
    done = factories.make_member(utrecht).person
    factories.finish(done, module)
    factories.make_member(utrecht)
    factories.make_member(utrecht, Role.ALDERMAN)
    factories.make_member(utrecht, Role.STAFF)
    factories.make_member(zwolle)
    data = filled(module, due="on", due_on="2026-06-01")

    page = monitor.post(NEW, data | {"action": "look"})
    assert page.status_code == 200
    assert not own(utrecht).exists()
    html = page.content.decode()
    assert "gaat over 3 mensen" in html
    assert "2 mensen zijn meteen te laat" in html
    total = page.context["effect"].total
    assert (total.people, total.finished, total.overdue, total.to_do) == (3, 1, 2, 0)
    assert 'name="due_on" value="2026-06-01"' in html

    response = monitor.post(NEW, data | {"action": "save"}, follow=True)
    assert "Giften en reizen" in response.content.decode()
    requirement = own(utrecht).get()
    assert requirement.set_by.name == "Gerda Griffier"
    assert requirement.due_on == date(2026, 6, 1)
    figure = figures_of(utrecht, [requirement])[requirement.pk, ""]
    assert (figure.members, figure.completed, figure.overdue) == (3, 1, 2)


def test_saving_twice_asks_once(monitor, utrecht, module):
    for _ in range(2):
        assert monitor.post(NEW, filled(module, action="save")).status_code == 302
    assert own(utrecht).count() == 1


def test_who_goes_back_finds_all_that_was_filled_in(monitor, module):
    data = filled(module, due="days", due_days="77", starts_on="1 september 2026", action="back")
    html = monitor.post(NEW, data).content.decode()
    assert 'value="77"' in html
    assert "1 september 2026" in html
    assert "fout" not in html.lower()


@pytest.mark.parametrize(
    ("changes", "field", "why"),
    [
        ({"subject": ""}, "subject", ""),
        ({"subject": "00000000-0000-0000-0000-000000000000"}, "subject", ""),
        ({"roles": []}, "roles", "één rol"),
        ({"roles": ["koning"]}, "roles", ""),
        ({"starts_on": "31-2-2027"}, "starts_on", "31-12-2027"),
        ({"starts_on": "0001-01-01"}, "starts_on", "1945"),
        ({"due": "on"}, "due_on", "laatste dag"),
        ({"due": "on", "due_on": "2026-03-01"}, "due_on", ""),
        ({"due": "days"}, "due_days", "aantal dagen"),
        ({"due": "days", "due_days": "0"}, "due_days", ""),
        ({"due": "days", "due_days": "9999999"}, "due_days", ""),
        ({"due": "morgen"}, "due", ""),
        ({"validity": "from_completion"}, "valid_months", "maanden"),
        ({"validity": "calendar", "valid_months": "12"}, "calendar_start", ""),
        (
            {"validity": "from_completion", "valid_months": "1", "renewal_days": "60"},
            "renewal_days",
            "altijd open",
        ),
        (
            {"validity": "from_completion", "valid_months": "12", "renewal_by": "other"},
            "renewal",
            "",
        ),
        ({"ends_on": "2026-03-31"}, "ends_on", ""),
    ],
)
def test_what_is_wrong_stands_beside_its_field(monitor, module, changes, field, why):
    response = monitor.post(NEW, filled(module, **changes, action="save"))
    html = response.content.decode()
    assert response.status_code == 422
    assert field in response.context["form"].errors
    assert f'href="#id_{field}"' in html
    assert f'id="id_{field}_error"' in html
    assert why in html
    assert not Requirement.objects.filter(follows_module=False).exists()


def test_what_does_not_apply_is_left_out(monitor, utrecht, module):
    data = filled(
        module,
        due_on="2027-01-01",
        due_days="10",
        valid_months="12",
        calendar_start="2026-01-01",
        action="save",
    )
    monitor.post(NEW, data)
    requirement = own(utrecht).get()
    assert (requirement.due_on, requirement.due_days, requirement.valid_months) == (None,) * 3


def test_all_that_can_be_asked_is_stored(monitor, utrecht, module):
    shorter = factories.make_module("kort")
    data = filled(
        module,
        due="days",
        due_days="90",
        validity="calendar",
        valid_months="12",
        calendar_start="2026-01-01",
        renewal_days="30",
        renewal_by="other",
        renewal=str(shorter.translation_key),
        accepts_earlier=None,
        ends_on="2029-12-31",
        action="save",
    )
    monitor.post(NEW, data)
    stored = own(utrecht).get()
    assert (stored.due_days, stored.validity, stored.valid_months) == (90, "calendar", 12)
    assert (stored.calendar_start, stored.renewal_days) == (date(2026, 1, 1), 30)
    assert (stored.renewal_by, stored.renewal_key) == ("other", shorter.translation_key)
    assert (stored.accepts_earlier, stored.ends_on) == (False, date(2029, 12, 31))
    html = monitor.get(f"{ADDRESS}{stored.pk}/").content.decode()
    assert "2029-12-31" in html
    assert f'value="{shorter.translation_key}" selected' in html


def test_a_learning_path_can_be_asked(monitor, utrecht, module):
    path = factories.make_path([module])
    monitor.post(NEW, filled(path, action="save"))
    requirement = own(utrecht).get()
    assert (requirement.is_path, requirement.subject_title) == (True, path.title)


def test_a_change_says_what_changes(monitor, utrecht, module):
    member = factories.make_member(utrecht)
    factories.finish(member.person, module, completed_on=date(2026, 5, 1))
    requirement = factories.make_requirement(module, utrecht, roles=["raadslid"])
    data = filled(module, roles=["raadslid"], accepts_earlier=None, starts_on="2026-06-01")
    page = monitor.post(f"{ADDRESS}{requirement.pk}/", data | {"action": "look"})
    assert {label for label, _old, _new in page.context["changes"]} == {
        "Vanaf wanneer",
        "Eerder afgerond",
    }
    assert page.context["effect"].total.finished == 0
    requirement.refresh_from_db()
    assert requirement.accepts_earlier
    monitor.post(f"{ADDRESS}{requirement.pk}/", data | {"action": "save"})
    assert own(utrecht).get().starts_on == date(2026, 6, 1)
    assert not Holding.objects.filter(requirement=requirement).exists()


def test_ending_asks_first_and_can_be_taken_back(monitor, utrecht, module):
    factories.make_member(utrecht)
    requirement = factories.make_requirement(module, utrecht)
    address = f"{ADDRESS}{requirement.pk}/beeindigen/"
    assert "1 persoon" in monitor.get(address).content.decode()
    requirement.refresh_from_db()
    assert requirement.ends_on is None
    assert monitor.post(address).status_code == 302
    requirement.refresh_from_db()
    assert requirement.ends_on == today() - timedelta(days=1)
    assert monitor.post(address).status_code == 404
    assert "Toch weer vragen" in monitor.get(ADDRESS).content.decode()
    monitor.post(f"{ADDRESS}{requirement.pk}/hervatten/")
    requirement.refresh_from_db()
    assert requirement.ends_on is None


def test_what_ended_long_ago_is_not_taken_back(monitor, utrecht, module):
    requirement = factories.make_requirement(module, utrecht, ends_on=date(2026, 5, 1))
    monitor.post(f"{ADDRESS}{requirement.pk}/hervatten/")
    requirement.refresh_from_db()
    assert requirement.ends_on == date(2026, 5, 1)


def test_others_requirements_are_read_or_not_there(monitor, utrecht, zwolle, module):
    national = factories.make_requirement(module)
    elsewhere = factories.make_requirement(module, zwolle, subject_title="Van Zwolle")
    html = monitor.get(ADDRESS).content.decode()
    assert "Landelijk" in html
    assert "Van Zwolle" not in html
    for requirement in (national, elsewhere):
        for address in ("", "beeindigen/"):
            assert monitor.get(f"{ADDRESS}{requirement.pk}/{address}").status_code == 404
            assert monitor.post(f"{ADDRESS}{requirement.pk}/{address}").status_code == 404
        assert monitor.post(f"{ADDRESS}{requirement.pk}/hervatten/").status_code == 404


@pytest.mark.parametrize("address", ["", "nieuw/", "1/", "1/beeindigen/"])
def test_only_its_own_monitors_come_here(utrecht, zwolle, signed_in, address):
    for person in (
        factories.make_monitor(zwolle),
        factories.make_monitor(),
        factories.make_member(utrecht).person,
    ):
        assert signed_in(person).get(ADDRESS + address).status_code == 403


def test_the_effect_is_what_the_list_says_once_it_is_saved(utrecht, module):
    """Also for who has two roles, was let off, began, lapsed or comes from elsewhere."""
    people = [factories.make_member(utrecht).person for _ in range(4)]
    factories.join(people[0], utrecht, Role.ALDERMAN, starts_on=date(2026, 8, 1))
    factories.make_member(utrecht, Role.ALDERMAN)
    factories.make_member(utrecht, Role.STAFF)
    factories.finish(people[1], module, completed_on=date(2026, 5, 1))
    factories.finish(people[2], module, completed_on=date(2026, 10, 1))
    saved = factories.make_requirement(
        module,
        utrecht,
        roles=["raadslid", "wethouder"],
        due_days=60,
        validity="from_completion",
        valid_months=3,
        renewal_days=60,
    )
    Waiver.objects.create(person=people[3], requirement=saved, municipality=utrecht, reason="Ziek")
    members = Membership.objects.of(utrecht)
    effect = effect_of(saved, members, parts=[utrecht.pk])
    listed = [p.standing for p in PeopleList(members, saved, Selection(), parts=[utrecht.pk]).all()]
    assert {s: listed.count(s) for s in Standing} == {
        s: effect.total.standings[s] for s in Standing
    }
    figures = figures_of(utrecht, [saved])
    for role, count in effect.by_role:
        figure = figures[saved.pk, role.value]
        assert (count.people, count.overdue, count.lapsed) == (
            *(figure.members, figure.overdue, figure.lapsed),
        )


def test_the_effect_on_the_country_takes_few_queries(module, django_assert_max_num_queries):
    for _ in range(6):
        factories.make_member()
    requirement = Requirement(
        subject_key=module.translation_key, subject_title="x", roles=["raadslid"]
    )
    effect_in_nation(requirement)
    with django_assert_max_num_queries(5):
        effect = effect_in_nation(requirement)
    assert effect.total.people == 6
    assert [count.people for _role, count in effect.of_large_groups()] == [6]


def test_it_may_begin_later(utrecht, module):
    factories.make_member(utrecht)
    leaving = factories.make_member(utrecht)
    leaving.ends_on = today() + timedelta(days=5)
    leaving.save()
    requirement = Requirement(
        subject_key=module.translation_key,
        roles=["raadslid"],
        starts_on=today() + timedelta(days=10),
    )
    effect = effect_of(requirement, Membership.objects.of(utrecht))
    assert effect.total.people == 1
    assert effect.day == requirement.starts_on


def test_much_history_is_looked_up_in_the_background(module, django_capture_on_commit_callbacks):
    person = factories.make_member().person
    factories.finish(person, module)
    Requirement.objects.all().delete()
    requirement = Requirement(
        subject_key=module.translation_key, subject_title=module.title, roles=["raadslid"]
    )
    with mock.patch("learning.requirements.MOST_AT_ONCE", 0):
        save_requirement(requirement, by=None)
    requirement.refresh_from_db()
    assert not requirement.is_ready
    assert not Holding.objects.exists()
    with (
        mock.patch("learning.requirements.MOST_AT_ONCE", 0),
        django_capture_on_commit_callbacks(execute=True),
    ):
        save_requirement(requirement, by=None)
    requirement.refresh_from_db()
    assert requirement.is_ready
    assert Holding.objects.get().person == person


def test_the_list_costs_no_more_with_more_requirements(
    monitor, utrecht, django_assert_max_num_queries
):
    for _ in range(12):
        factories.make_requirement(factories.make_module(), utrecht)
    monitor.get(ADDRESS)
    with django_assert_max_num_queries(14):
        monitor.get(ADDRESS)
