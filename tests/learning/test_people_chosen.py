"""What a monitor does with people who are ticked in the list."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from learning.figures import active_requirements, figures_of
from learning.models import Membership, Requirement, RequirementPerson
from learning.people_list import PeopleList, Selection
from learning.roles import Role
from learning.rules.due import Standing
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def utrecht():
    return factories.make_municipality("Utrecht")


@pytest.fixture
def module(catalogue):
    return factories.make_module("eed", title="De eed", roles=["raadslid", "wethouder"])


@pytest.fixture
def people(utrecht, module):
    return [factories.make_member(utrecht, name=name) for name in ("Anna", "Bas", "Cor")]


@pytest.fixture
def monitor(utrecht, signed_in):
    return signed_in(factories.make_monitor(utrecht))


def ids(*memberships):
    return [str(membership.person_id) for membership in memberships]


def test_ending_asks_first_and_then_ends(people, monitor, utrecht):
    url = "/gemeente/utrecht/mensen/beeindigen/"
    asked = monitor.post(url, {"person": ids(*people[:2])})
    assert asked.status_code == 200
    page = asked.content.decode()
    assert "Anna" in page
    assert "Cor" not in page
    assert Membership.objects.filter(ends_on=None).count() == 3
    day = timezone.localdate() - timedelta(days=1)
    done = monitor.post(url, {"person": ids(*people[:2]), "confirm": "1", "ends_on": f"{day}"})
    assert done.status_code == 302
    assert set(Membership.objects.filter(ends_on=day)) == set(people[:2])
    # Sent twice: they are no longer among its people, so nothing is ended again.
    again = monitor.post(url, {"person": ids(*people[:2]), "confirm": "1", "ends_on": f"{day}"})
    assert again.status_code == 302
    assert Membership.objects.filter(ends_on=None).count() == 1


def test_a_day_in_the_future_is_refused_and_keeps_who_was_ticked(people, monitor):
    response = monitor.post(
        "/gemeente/utrecht/mensen/beeindigen/",
        {"person": ids(people[0]), "confirm": "1", "ends_on": "2099-01-01"},
    )
    assert response.status_code == 422
    page = response.content.decode()
    assert "Kies vandaag of een eerdere dag." in page
    assert f'name="person" value="{people[0].person_id}"' in page


def test_nobody_ticked_is_told(people, monitor):
    response = monitor.post("/gemeente/utrecht/mensen/beeindigen/", follow=True)
    assert "U hebt niemand aangevinkt" in response.content.decode()


def test_everybody_of_the_selection(people, monitor, utrecht):
    factories.make_member(utrecht, Role.ALDERMAN, name="Dirk")
    url = "/gemeente/utrecht/mensen/beeindigen/?role=wethouder"
    today = timezone.localdate()
    monitor.post(url, {"all": "1", "confirm": "1", "ends_on": f"{today}"})
    assert list(
        Membership.objects.filter(ends_on=today).values_list("person__name", flat=True)
    ) == ["Dirk"]


def test_others_people_cannot_be_named(people, monitor, module):
    stranger = factories.make_member(factories.make_municipality("Zwolle"))
    for url in ("beeindigen", "verplichten"):
        response = monitor.post(
            f"/gemeente/utrecht/mensen/{url}/",
            {
                "person": ids(stranger),
                "confirm": "1",
                "ends_on": "2026-11-01",
                "subject": str(module.translation_key),
            },
        )
        assert response.status_code == 302
    stranger.refresh_from_db()
    assert stranger.ends_on is None
    assert not RequirementPerson.objects.exists()
    assert monitor.post("/gemeente/zwolle/mensen/beeindigen/").status_code == 403
    assert monitor.post("/gemeente/zwolle/mensen/verplichten/").status_code == 403


def test_a_module_is_asked_of_the_ticked_alone(people, monitor, utrecht, module):
    extra = factories.make_module("extra", title="Extra", roles=["medewerker"])
    url = "/gemeente/utrecht/mensen/verplichten/"
    form = {
        "person": ids(*people[:2]),
        "confirm": "1",
        "subject": str(extra.translation_key),
        "due_on": f"{date(2099, 1, 1)}",
    }
    assert monitor.post(url, {"person": ids(*people[:2])}).status_code == 200
    for _ in range(2):
        assert monitor.post(url, form).status_code == 302
    requirement = Requirement.objects.get(is_personal=True)
    assert requirement.named.count() == 2
    assert requirement in active_requirements(utrecht)
    figure = figures_of(utrecht, [requirement])[requirement.pk, ""]
    assert (figure.members, figure.to_do) == (2, 2)
    listed = PeopleList(Membership.objects.of(utrecht), requirement, Selection()).all()
    assert [(p.name, p.standing) for p in listed] == [
        ("Anna", Standing.TO_DO),
        ("Bas", Standing.TO_DO),
    ]
    factories.finish(people[0].person, extra)
    assert figures_of(utrecht, [requirement])[requirement.pk, ""].completed == 1


def test_a_day_that_has_passed_is_refused(people, monitor, module):
    response = monitor.post(
        "/gemeente/utrecht/mensen/verplichten/",
        {
            "person": ids(people[0]),
            "confirm": "1",
            "subject": str(module.translation_key),
            "due_on": "2026-01-01",
        },
    )
    assert response.status_code == 422
    assert "Kies vandaag of een latere dag." in response.content.decode()
