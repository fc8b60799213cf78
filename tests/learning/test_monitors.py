"""Who may watch a municipality, and how that ends."""

import pytest
from django.utils import timezone

from learning.grants import LastMonitor, grant_monitor, withdraw_monitor
from learning.models import MonitorGrant
from tests import factories

pytestmark = pytest.mark.django_db

ADDRESS = "/gemeente/utrecht/volgers/"


@pytest.fixture
def utrecht(home):
    return factories.make_municipality("Utrecht")


@pytest.fixture
def clerk(utrecht):
    return factories.make_monitor(utrecht, name="Marit Griffier")


@pytest.fixture
def monitor(clerk, signed_in):
    return signed_in(clerk)


def grant_of(person):
    return MonitorGrant.objects.get(person=person)


def withdrawal(grant, slug="utrecht"):
    return f"/gemeente/{slug}/volgers/{grant.pk}/intrekken/"


def test_everybody_with_access_stands_there_and_who_had_it(utrecht, clerk, monitor):
    colleague = factories.make_monitor(utrecht, name="Coen Collega")
    withdraw_monitor(grant_of(colleague))
    page = monitor.get(ADDRESS)
    assert [grant.person for grant in page.context["active"]] == [clerk]
    assert [grant.person for grant in page.context["ended"]] == [colleague]
    assert f"{timezone.localdate().year}" in page.content.decode()


def test_withdrawing_asks_first_and_closes_the_page_at_once(utrecht, monitor, signed_in):
    colleague = factories.make_monitor(utrecht, name="Coen Collega")
    client = signed_in(colleague)
    address = withdrawal(grant_of(colleague))
    assert "Coen Collega" in monitor.get(address).content.decode()
    assert client.get("/gemeente/utrecht/").status_code == 200
    assert monitor.post(address).url == ADDRESS
    assert client.get("/gemeente/utrecht/").status_code == 403
    # Again changes nothing, not even the day.
    ended = grant_of(colleague).withdrawn_at
    monitor.post(address)
    assert grant_of(colleague).withdrawn_at == ended


def test_the_last_monitor_stays(utrecht, clerk, monitor):
    assert "/intrekken/" not in monitor.get(ADDRESS).content.decode()
    response = monitor.post(withdrawal(grant_of(clerk)), follow=True)
    assert "laatste volger" in response.content.decode()
    assert grant_of(clerk).withdrawn_at is None
    with pytest.raises(LastMonitor):
        withdraw_monitor(grant_of(clerk))


def test_somebody_may_withdraw_themself_when_another_stays(utrecht, clerk, monitor):
    factories.make_monitor(utrecht)
    response = monitor.post(withdrawal(grant_of(clerk)))
    assert response.url == "/mijn/"
    assert monitor.get(ADDRESS).status_code == 403


def test_two_who_withdraw_each_other_leave_one(utrecht, clerk):
    colleague = factories.make_monitor(utrecht)
    withdraw_monitor(grant_of(colleague))
    with pytest.raises(LastMonitor):
        withdraw_monitor(grant_of(clerk))


def test_granting_again_is_one_grant(utrecht, clerk):
    assert grant_monitor(clerk, utrecht) == grant_of(clerk)
    withdraw_monitor(grant_of(factories.make_monitor(utrecht)))
    ended = MonitorGrant.objects.get(withdrawn_at__isnull=False)
    assert grant_monitor(ended.person, utrecht) != ended


def test_a_neighbours_grant_cannot_be_withdrawn(utrecht, clerk, signed_in):
    factories.make_monitor(utrecht)
    zwolle = factories.make_municipality("Zwolle")
    neighbours = [factories.make_monitor(zwolle) for _ in range(2)]
    national = factories.make_monitor()
    client = signed_in(neighbours[0])
    for grant in (grant_of(clerk), grant_of(national)):
        assert client.get(withdrawal(grant)).status_code == 403
        assert client.post(withdrawal(grant)).status_code == 403
        assert client.get(withdrawal(grant, "zwolle")).status_code == 404
        assert client.post(withdrawal(grant, "zwolle")).status_code == 404
    assert not MonitorGrant.objects.filter(withdrawn_at__isnull=False).exists()
    page = client.get("/gemeente/zwolle/volgers/").content.decode()
    assert clerk.email not in page


@pytest.mark.parametrize("path", ["volgers", "logboek", "uitnodigen", "uitnodigen/aanvragen"])
def test_only_its_monitors_come_here(utrecht, signed_in, client, path):
    address = f"/gemeente/utrecht/{path}/"
    assert client.get(address).status_code == 302
    for person in (
        factories.make_user(),
        factories.make_member(utrecht).person,
        factories.make_monitor(),
        factories.make_monitor(factories.make_municipality()),
        factories.make_user(is_superuser=True, is_staff=True),
    ):
        assert signed_in(person).get(address).status_code == 403
        assert signed_in(person).post(address).status_code in (403, 405)
