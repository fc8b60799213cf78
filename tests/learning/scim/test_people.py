"""What a municipality's own system brings about for people: coming, changing, leaving."""

from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.contrib.auth.models import Group
from django.contrib.sessions.models import Session

from accounts.models import AuditEvent, User
from learning.memberships import join
from learning.models import Membership, ScimUser
from learning.models.people import today
from learning.roles import Role
from tests import factories
from tests.learning.scim.conftest import PATCH_OP, USER


def signed_in_browser(signed_in, person):
    """A browser with a session that is known to be this person's, as after really signing in."""
    browser = signed_in(person)
    key = browser.session.session_key
    UserSession.objects.create(user=person, session_key=key, ip="127.0.0.1", user_agent="test")
    assert browser.get("/mijn/").status_code == 200
    return browser


DEACTIVATE = {"op": "replace", "path": "active", "value": False}


def current(person):
    return sorted(
        Membership.objects.filter(person=person, ends_on=None).values_list("role", flat=True)
    )


def test_a_new_person_has_an_account_and_a_membership_and_gets_no_mail(zwolle, mailoutbox):
    made = zwolle.make_user("anna", preferredLanguage="en-GB")

    person = zwolle.person("anna")
    assert (person.name, person.language, person.has_usable_password()) == ("Anna", "en", False)
    membership = Membership.objects.get(person=person)
    assert (membership.role, membership.starts_on) == (Role.STAFF, today())
    assert membership.municipality == zwolle.municipality
    assert made["meta"]["location"].endswith(f"/scim/v2/Users/{made['id']}")
    assert made["emails"] == [{"value": "anna@zwolle.example", "type": "work", "primary": True}]
    assert mailoutbox == []


def test_the_address_counts_as_theirs_only_once_they_have_signed_in_with_it(zwolle):
    zwolle.make_user("anna")

    assert not EmailAddress.objects.filter(email="anna@zwolle.example", verified=True).exists()


def test_what_may_be_left_out_is_filled_in(zwolle):
    body = {
        "schemas": [USER],
        "userName": "Bas@Zwolle.example",
        "name": {"givenName": "Bas", "familyName": "de Vries"},
    }

    made = zwolle.call("POST", "Users", body).json()

    assert made["displayName"] == "Bas de Vries"
    assert made["active"] is True
    assert made["emails"][0]["value"] == "bas@zwolle.example"
    assert made["userName"] == "Bas@Zwolle.example"


def test_nothing_is_kept_of_what_was_not_asked_for(zwolle):
    enterprise = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"
    made = zwolle.make_user(
        "anna",
        schemas=[USER, enterprise],
        title="Adviseur",
        phoneNumbers=[{"value": "038 123 45 67", "type": "work"}],
        password="geheim-wachtwoord",
        **{enterprise: {"department": "Veiligheid", "manager": {"value": "x"}}},
    )

    assert set(made) == {
        *("schemas", "id", "externalId", "meta"),
        *("userName", "displayName", "active", "emails"),
    }
    assert not zwolle.person("anna").has_usable_password()


@pytest.mark.parametrize("way", ["patch", "put", "delete"])
def test_leaving_ends_memberships_today_and_keeps_what_was_learned(zwolle, way):
    made = zwolle.make_user("anna")
    person = zwolle.person("anna")
    completion = factories.finish(person, factories.make_module())

    match way:
        case "patch":
            zwolle.patch(f"Users/{made['id']}", DEACTIVATE)
        case "put":
            zwolle.call("PUT", f"Users/{made['id']}", zwolle.user_body("anna", active=False))
        case _:
            assert zwolle.call("DELETE", f"Users/{made['id']}").status_code == 204

    assert Membership.objects.get(person=person).ends_on == today()
    assert type(completion).objects.filter(pk=completion.pk, person=person).exists()
    gone = zwolle.call("GET", f"Users/{made['id']}")
    assert gone.status_code == (404 if way == "delete" else 200)
    assert way == "delete" or gone.json()["active"] is False


def test_leaving_twice_is_leaving_once_and_coming_back_the_same_day_goes_on(zwolle):
    made = zwolle.make_user("anna")
    for _ in range(2):
        assert zwolle.patch(f"Users/{made['id']}", DEACTIVATE).status_code == 200
    assert zwolle.call("DELETE", f"Users/{made['id']}").status_code == 204
    assert zwolle.call("DELETE", f"Users/{made['id']}").status_code == 404

    zwolle.make_user("anna")

    assert Membership.objects.get(person=zwolle.person("anna")).ends_on is None


def test_a_membership_that_a_monitor_gave_ends_as_well_when_somebody_leaves(zwolle):
    made = zwolle.make_user("anna")
    person = zwolle.person("anna")
    join(person, zwolle.municipality, Role.COUNCIL_MEMBER, starts_on=today() - timedelta(days=9))

    zwolle.patch(f"Users/{made['id']}", DEACTIVATE)

    assert current(person) == []


@pytest.mark.parametrize("reason", ["nothing", "membership elsewhere", "grant", "staff"])
def test_leaving_signs_out_who_has_no_other_task(zwolle, utrecht, signed_in, reason):
    made = zwolle.make_user("anna")
    person = zwolle.person("anna")
    if reason == "membership elsewhere":
        join(person, utrecht.municipality, Role.COUNCIL_MEMBER)
    elif reason == "grant":
        factories.MonitorGrant.objects.create(
            person=person, scope="municipality", municipality=utrecht.municipality
        )
    elif reason == "staff":
        User.objects.filter(pk=person.pk).update(is_staff=True)
    browser = signed_in_browser(signed_in, person)

    zwolle.patch(f"Users/{made['id']}", DEACTIVATE)

    stays = Session.objects.filter(session_key=browser.session.session_key).exists()
    assert stays is (reason != "nothing")


def test_an_address_of_another_domain_is_refused(zwolle):
    body = zwolle.user_body("anna", emails=[{"value": "anna@elders.example"}])

    response = zwolle.call("POST", "Users", body)

    assert response.status_code == 400
    error = response.json()
    assert error["scimType"] == "invalidValue"
    assert "anna" not in response.content.decode()
    assert "domain" in error["detail"]
    assert not User.objects.filter(email="anna@elders.example").exists()


def test_the_refusal_does_not_tell_whether_somebody_has_an_account(zwolle):
    factories.make_user("bestaat@elders.example")
    told = [
        zwolle.call("POST", "Users", zwolle.user_body("x", emails=[{"value": address}]))
        for address in ("bestaat@elders.example", "bestaat-niet@elders.example")
    ]

    assert told[0].status_code == told[1].status_code == 400
    assert told[0].content == told[1].content


def test_a_member_with_a_private_address_can_be_named(zwolle):
    person = factories.make_member(zwolle.municipality, email="raadslid@prive.example").person

    zwolle.make_user("anna", emails=[{"value": "raadslid@prive.example"}])

    assert ScimUser.objects.get().person == person
    # They serve already: the default role is for who has none.
    assert current(person) == [Role.COUNCIL_MEMBER]


def test_somebody_with_an_address_of_the_municipality_is_known_again(zwolle, utrecht):
    person = factories.make_member(
        utrecht.municipality, email="anna@zwolle.example", name="Anna van Utrecht"
    ).person

    zwolle.make_user("anna", displayName="Iemand anders")

    person.refresh_from_db()
    assert person.name == "Anna van Utrecht"
    assert current(person) == [Role.STAFF, Role.COUNCIL_MEMBER]


def test_a_closed_account_stays_closed(zwolle):
    factories.make_user("anna@zwolle.example", is_active=False)

    assert zwolle.call("POST", "Users", zwolle.user_body("anna")).status_code == 403


def test_a_name_changes_for_who_is_this_municipalitys_alone(zwolle, utrecht):
    made = zwolle.make_user("anna")
    rename = {"op": "Replace", "path": "displayName", "value": "Anna Jansen"}

    zwolle.patch(f"Users/{made['id']}", rename)
    assert zwolle.person("anna").name == "Anna Jansen"

    join(zwolle.person("anna"), utrecht.municipality, Role.COUNCIL_MEMBER)
    rename = {"op": "Replace", "path": "displayName", "value": "Overgenomen"}
    answer = zwolle.patch(f"Users/{made['id']}", rename).json()

    assert answer["displayName"] == "Overgenomen"
    assert zwolle.person("anna").name == "Anna Jansen"


def move(system, made, to):
    operation = {"op": "Replace", "path": 'emails[type eq "work"].value', "value": to}
    return system.patch(f"Users/{made['id']}", operation)


def test_an_address_moves_within_the_own_domains_and_sessions_end(zwolle, signed_in):
    made = zwolle.make_user("anna")
    person = zwolle.person("anna")
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    browser = signed_in_browser(signed_in, person)

    assert move(zwolle, made, "Anna.Jansen@zwolle.example").status_code == 200

    person.refresh_from_db()
    assert person.email == "anna.jansen@zwolle.example"
    assert not EmailAddress.objects.filter(user=person, verified=True).exists()
    assert not Session.objects.filter(session_key=browser.session.session_key).exists()
    assert AuditEvent.objects.filter(
        what=AuditEvent.What.ADDRESS, subject_key=person.audit_key
    ).exists()


@pytest.mark.parametrize(
    "why", ["elsewhere", "was elsewhere", "another system", "monitor", "editor", "private address"]
)
def test_no_account_is_taken_over_by_another_address(zwolle, utrecht, why):
    made = zwolle.make_user("anna")
    person = zwolle.person("anna")
    match why:
        case "elsewhere":
            join(person, utrecht.municipality, Role.STAFF)
        case "was elsewhere":
            Membership.objects.create(
                person=person,
                municipality=utrecht.municipality,
                role=Role.STAFF,
                starts_on=today() - timedelta(days=90),
                ends_on=today() - timedelta(days=60),
            )
        case "another system":
            ScimUser.objects.create(
                connection=utrecht.connection, person=person, user_name="a", user_name_key="a"
            )
        case "monitor":
            factories.MonitorGrant.objects.create(
                person=person, scope="municipality", municipality=zwolle.municipality
            )
        case "editor":
            person.groups.add(Group.objects.create(name="Redactie"))
        case _:
            User.objects.filter(pk=person.pk).update(email="anna@prive.example")
    before = User.objects.get(pk=person.pk).email

    assert move(zwolle, made, "kaper@zwolle.example").status_code == 200

    assert User.objects.get(pk=person.pk).email == before


def test_an_address_moves_to_no_other_domain_and_to_nobody_elses(zwolle):
    made = zwolle.make_user("anna")
    zwolle.make_user("bas")
    factories.make_user("prive@elders.example")

    assert move(zwolle, made, "anna@elders.example").status_code == 400
    assert move(zwolle, made, "prive@elders.example").status_code == 400
    assert move(zwolle, made, "bas@zwolle.example").status_code == 409

    assert zwolle.person("anna").email == "anna@zwolle.example"
    assert ScimUser.objects.get(user_name_key="anna@zwolle.example").email == "anna@zwolle.example"


def test_a_user_name_is_one_users(zwolle):
    zwolle.make_user("anna")
    again = zwolle.call("POST", "Users", zwolle.user_body("anna", userName="ANNA@zwolle.example"))
    other = zwolle.make_user("bas")
    taken = zwolle.patch(
        f"Users/{other['id']}",
        {"op": "replace", "path": "userName", "value": "Anna@Zwolle.example"},
    )

    for refused in (again, taken):
        assert refused.status_code == 409
        assert refused.json()["scimType"] == "uniqueness"
        assert "anna" not in refused.content.decode().lower()


def test_one_person_is_one_user(zwolle):
    zwolle.make_user("anna")

    again = zwolle.call("POST", "Users", zwolle.user_body("anna", userName="iets-anders"))

    assert again.status_code == 409


def test_everything_is_noted_without_a_word_of_what_was_sent(zwolle):
    made = zwolle.make_user("anna")
    zwolle.patch(
        f"Users/{made['id']}", {"op": "replace", "path": "displayName", "value": "Anna Jansen"}
    )
    zwolle.call("DELETE", f"Users/{made['id']}")

    person = zwolle.person("anna")
    events = AuditEvent.objects.filter(what=AuditEvent.What.PROVISIONING).order_by("pk")
    acts = [event.details["act"] for event in events]
    assert acts == ["created", "memberships", "changed", "memberships", "deleted"]
    for event in events:
        assert event.actor_key is None
        assert event.subject_key == person.audit_key
        assert event.municipality_code == zwolle.municipality.code
        assert event.details["token"] == zwolle.token.pk
        assert "anna" not in str(event.details).lower()


def test_a_request_that_changes_nothing_notes_nothing(zwolle):
    made = zwolle.make_user("anna")
    before = AuditEvent.objects.count()

    again = zwolle.call("PUT", f"Users/{made['id']}", zwolle.user_body("anna"))

    assert again.json() == made
    assert AuditEvent.objects.count() == before


def test_a_put_without_active_starts_nobody_again(zwolle):
    made = zwolle.make_user("anna")
    zwolle.patch(f"Users/{made['id']}", DEACTIVATE)
    body = zwolle.user_body("anna")
    del body["active"]

    assert zwolle.call("PUT", f"Users/{made['id']}", body).json()["active"] is False


def test_versions_guard_against_changing_what_changed(zwolle):
    made = zwolle.make_user("anna")
    version = made["meta"]["version"]
    path = f"Users/{made['id']}"
    assert zwolle.call("GET", path, **{"If-None-Match": version}).status_code == 304
    body = {"schemas": [PATCH_OP], "Operations": [DEACTIVATE]}
    assert zwolle.call("PATCH", path, body, **{"If-Match": version}).status_code == 200

    stale = zwolle.call("PATCH", path, body, **{"If-Match": version})

    assert stale.status_code == 412
    assert zwolle.call("DELETE", path, **{"If-Match": version}).status_code == 412
    assert zwolle.call("DELETE", path, **{"If-Match": "*"}).status_code == 204
