"""Connections, keys and roles in the admin; what a monitor sees of them."""

import re

import pytest

from accounts.models import AuditEvent
from learning.models import Membership, ScimConnection, ScimToken
from learning.roles import Role
from tests import factories

WHERE = "/beheer/eigen-systemen/"


@pytest.fixture
def administrator(zwolle, signed_in):
    factories.make_home()
    person = zwolle.administrator
    person.is_staff = True
    person.save()
    return signed_in(person)


def test_a_key_is_made_shown_once_and_withdrawn(zwolle, administrator):
    place = factories.make_municipality("Deventer aan Zee")
    made = administrator.post(WHERE, {"municipality": place.pk}, follow=True)
    connection = ScimConnection.objects.get(municipality=place)
    assert "Er is nog geen sleutel" in made.content.decode()

    shown = administrator.post(f"{WHERE}{connection.pk}/sleutel/", {"days": 90})
    secret = re.search(r'w-break-all">([\w-]{43})<', shown.content.decode()).group(1)
    zwolle.secret = secret
    assert zwolle.call("GET", "Users").status_code == 200
    assert "no-store" in shown.headers["Cache-Control"]
    page = administrator.get(f"{WHERE}{connection.pk}/").content.decode()
    assert secret not in page
    token = ScimToken.objects.get(connection=connection)
    assert (token.expires_at - token.created_at).days == 90

    withdraw = f"{WHERE}sleutel/{token.pk}/"
    assert "intrekken?" in administrator.get(withdraw).content.decode()
    assert zwolle.call("GET", "Users").status_code == 200
    administrator.post(withdraw)
    assert zwolle.call("GET", "Users").status_code == 401
    assert administrator.get(withdraw).status_code == 404
    kinds = AuditEvent.objects.filter(municipality_code=place.code).order_by("pk")
    assert [event.what for event in kinds] == ["granted", "withdrawn"]
    assert kinds[0].actor_key == zwolle.administrator.audit_key


def test_roles_of_groups_are_set_and_count_at_once(zwolle, administrator):
    anna = zwolle.make_user("anna")
    zwolle.make_group("Raadsleden", anna["id"])
    page = f"{WHERE}{zwolle.connection.pk}/"
    assert "Raadsleden" in administrator.get(page).content.decode()

    roles = {"default_role": "", Role.COUNCIL_MEMBER: " raadsleden \n\nRaad", Role.CLERK: "Griffie"}
    saved = administrator.post(page, roles, follow=True)

    assert "Opgeslagen" in saved.content.decode()
    assert Membership.objects.get(ends_on=None).role == Role.COUNCIL_MEMBER
    zwolle.connection.refresh_from_db()
    assert zwolle.connection.default_role == ""
    assert zwolle.connection.roles.count() == 3


@pytest.mark.parametrize(
    "roles",
    [
        {Role.COUNCIL_MEMBER: "Raad", Role.CLERK: "RAAD"},
        {Role.STAFF: "x" * 256},
        {Role.STAFF: "\n".join(f"g{n}" for n in range(101))},
        {"default_role": "keizer"},
    ],
)
def test_what_cannot_be_is_told_beside_the_field_and_nothing_changes(zwolle, administrator, roles):
    response = administrator.post(f"{WHERE}{zwolle.connection.pk}/", roles)

    assert response.status_code == 422
    for text in roles.values():
        assert text.splitlines()[0][:50] in response.content.decode()
    assert not zwolle.connection.roles.exists()


def test_a_municipality_without_domains_is_told_of_it(zwolle, administrator):
    zwolle.municipality.settings.delete()

    page = administrator.get(f"{WHERE}{zwolle.connection.pk}/").content.decode()

    assert "geen e-maildomein" in page


def test_only_administrators_come_here(zwolle, signed_in):
    factories.make_home()
    monitor = signed_in(factories.make_monitor(zwolle.municipality))
    for path in (
        WHERE,
        f"{WHERE}{zwolle.connection.pk}/",
        f"{WHERE}{zwolle.connection.pk}/sleutel/",
        f"{WHERE}sleutel/{zwolle.token.pk}/",
    ):
        for ask in (monitor.get, monitor.post):
            assert ask(path).status_code in (302, 403, 405)
    assert ScimToken.objects.valid().count() == 1


def test_a_monitor_sees_that_there_is_a_connection_and_when_it_was_used(zwolle, utrecht, signed_in):
    factories.make_home()
    browser = signed_in(factories.make_monitor(zwolle.municipality))
    page = f"/gemeente/{zwolle.municipality.slug}/instellingen/"
    assert "nog niet gedaan" in browser.get(page).content.decode()

    zwolle.call("GET", "Users")
    assert "eigen systeem van uw gemeente" in browser.get(page).content.decode()

    ScimToken.objects.filter(connection=zwolle.connection).delete()
    assert "eigen systeem van uw gemeente" not in browser.get(page).content.decode()
