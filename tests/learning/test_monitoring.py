"""What monitors see, and what they cannot."""

import csv
import io
import re
from datetime import date, timedelta

import pytest
from django.utils import timezone

from learning import enrolments
from learning.memberships import leave
from learning.models import MonitorGrant
from learning.roles import Role
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def module(catalogue):
    module = factories.make_module("eed", title="De eed", roles=["raadslid", "wethouder"])
    factories.make_lesson(module)
    factories.make_lesson(module)
    return module


@pytest.fixture
def utrecht():
    return factories.make_municipality("Utrecht", council_seats=9)


@pytest.fixture
def people(utrecht, module):
    """Three council members who have finished, begun and not begun; an alderman; staff."""
    done, begun, new = (
        factories.make_member(utrecht, name=name).person for name in ("Anna", "Bas", "Cor")
    )
    factories.finish(done, module)
    enrolments.begin(begun, module.translation_key)
    factories.make_member(utrecht, Role.ALDERMAN, name="Dirk")
    factories.make_member(utrecht, Role.ALDERMAN, name="Emma")
    factories.make_member(utrecht, Role.STAFF, name="Eva")
    return done, begun, new


@pytest.fixture
def monitor(utrecht, signed_in):
    return signed_in(factories.make_monitor(utrecht, name="Volger"))


def names(response):
    return [person.name for person in response.context["page_obj"]]


def test_counts_per_requirement_and_role(module, people, monitor):
    response = monitor.get("/gemeente/utrecht/")
    chosen = response.context["chosen"]
    assert (chosen.total.members, chosen.total.under_way, chosen.total.completed) == (5, 1, 1)
    assert chosen.total.to_do == 3
    assert chosen.by_role[Role.COUNCIL_MEMBER].members == 3
    assert Role.STAFF not in chosen.by_role


def test_people_can_be_filtered_and_sorted(module, people, monitor):
    assert names(monitor.get("/gemeente/utrecht/")) == ["Anna", "Bas", "Cor", "Dirk", "Emma"]
    assert names(monitor.get("/gemeente/utrecht/?status=completed")) == ["Anna"]
    assert names(monitor.get("/gemeente/utrecht/?role=wethouder")) == ["Dirk", "Emma"]
    assert names(monitor.get("/gemeente/utrecht/?sort=-name"))[0] == "Emma"
    assert names(monitor.get("/gemeente/utrecht/?sort=-finished"))[0] == "Anna"
    assert names(monitor.get("/gemeente/utrecht/?sort=-status"))[:2] == ["Anna", "Bas"]
    assert names(monitor.get("/gemeente/utrecht/?status=to_do")) == ["Cor", "Dirk", "Emma"]
    assert names(monitor.get("/gemeente/utrecht/?sort=-role"))[0] in {"Dirk", "Emma"}
    # What means nothing is left out, and breaks nothing.
    odd = monitor.get("/gemeente/utrecht/?role=koning&status=x&sort=;drop&p=99&requirement=y")
    assert len(names(odd)) == 5


def test_a_name_is_looked_for_without_standing_in_the_address(module, people, monitor):
    response = monitor.post("/gemeente/utrecht/", {"name": "AN"})
    assert names(response) == ["Anna"]
    addresses = re.findall(r'(?:href|action)="([^"]*)"', response.content.decode())
    assert addresses
    assert not [address for address in addresses if "AN" in address or "name=" in address]


def test_somebody_with_two_roles_stands_in_the_list_once(module, people, utrecht, monitor):
    person = people[0]
    factories.join(person, utrecht, Role.ALDERMAN, starts_on=date(2026, 4, 1))
    response = monitor.get("/gemeente/utrecht/")
    assert names(response).count("Anna") == 1
    assert response.context["chosen"].total.members == 5
    assert "raadslid, wethouder" in response.content.decode()


def test_the_order_follows_who_comes_leaves_and_is_renamed(module, people, utrecht, monitor):
    assert names(monitor.get("/gemeente/utrecht/"))[0] == "Anna"
    newcomer = factories.make_member(utrecht, name="Aad")
    assert names(monitor.get("/gemeente/utrecht/"))[0] == "Aad"
    newcomer.person.name = "Zeger"
    newcomer.person.save()
    assert names(monitor.get("/gemeente/utrecht/"))[-1] == "Zeger"
    leave(newcomer, ends_on=timezone.localdate() - timedelta(days=1))
    assert "Zeger" not in names(monitor.get("/gemeente/utrecht/"))


def test_no_scores_or_answers_or_addresses(module, people, monitor):
    page = monitor.get("/gemeente/utrecht/").content.decode()
    file = monitor.get("/gemeente/utrecht/personen.csv").content.decode()
    for text in (page, file):
        assert "voorbeeld.example" not in text
    header = next(csv.reader(io.StringIO(file.lstrip("\ufeff")), delimiter=";"))
    assert len(header) == 7


def test_the_file_holds_every_requirement_and_the_selection(module, people, monitor):
    other = factories.make_requirement(factories.make_module("andere", roles=["raadslid"]))
    rows = monitor.get("/gemeente/utrecht/personen.csv").content.decode("utf-8-sig")
    assert len(rows.strip().split("\r\n")) == 1 + 5 + 3
    one = monitor.get(f"/gemeente/utrecht/personen.csv?requirement={other.pk}&status=completed")
    assert len(one.content.decode("utf-8-sig").strip().split("\r\n")) == 1
    assert one.headers["Content-Disposition"].startswith('attachment; filename="utrecht-')


def test_a_municipality_that_merged_leads_to_its_successor(module, people, utrecht, signed_in):
    new = factories.make_municipality("Nieuwstad")
    utrecht.successor, utrecht.merged_on = new, timezone.localdate() - timedelta(days=1)
    utrecht.save()
    client = signed_in(factories.make_monitor(new))
    assert client.get("/gemeente/utrecht/").url == "/gemeente/nieuwstad/"
    assert client.get("/gemeente/nieuwstad/").context["chosen"].total.members == 5
    stranger = signed_in(factories.make_monitor(factories.make_municipality("Verweg")))
    assert stranger.get("/gemeente/utrecht/").status_code == 403


def test_a_withdrawn_grant_opens_nothing(module, people, utrecht, monitor):
    assert monitor.get("/gemeente/utrecht/").status_code == 200
    MonitorGrant.objects.update(withdrawn_at=timezone.now())
    assert monitor.get("/gemeente/utrecht/").status_code == 403
    assert monitor.get("/gemeente/utrecht/personen.csv").status_code == 403


def test_when_nothing_is_required_the_page_says_so(utrecht, home, monitor):
    factories.make_catalogue()
    response = monitor.get("/gemeente/utrecht/")
    assert response.status_code == 200
    assert "page_obj" not in response.context


@pytest.mark.parametrize(("address", "most"), [("/gemeente/utrecht/", 12), ("/landelijk/", 10)])
def test_queries_do_not_grow_with_people(
    module, people, utrecht, signed_in, django_assert_max_num_queries, *, address, most
):
    viewer = factories.make_monitor(utrecht if "gemeente" in address else None)
    client = signed_in(viewer)
    client.get(address)
    with django_assert_max_num_queries(most) as before:
        client.get(address)
    for _ in range(8):
        factories.make_member(utrecht)
        factories.make_member()
    client.get(address)
    with django_assert_max_num_queries(most) as after:
        client.get(address)
    assert len(after) == len(before)
