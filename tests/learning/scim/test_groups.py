"""Groups of a municipality's own system, and the roles that they give."""

import pytest

from accounts.models import AuditEvent
from learning.memberships import join
from learning.models import Membership, MonitorGrant, ScimGroup
from learning.models.people import today
from learning.roles import Role
from learning.scim import keys


def held(person):
    found = Membership.objects.filter(person=person, ends_on=None)
    return sorted(found.values_list("role", flat=True))


def test_a_group_gives_its_role_and_takes_it_back(zwolle):
    zwolle.give(Raadsleden=Role.COUNCIL_MEMBER)
    anna = zwolle.make_user("anna")
    group = zwolle.make_group("Raadsleden", anna["id"])
    person = zwolle.person("anna")
    assert held(person) == [Role.COUNCIL_MEMBER]
    # The role that she had for a moment, before the group was told of, was not meant.
    assert Membership.objects.count() == 1

    path = f'members[value eq "{anna["id"]}"]'
    zwolle.patch(f"Groups/{group['id']}", {"op": "remove", "path": path})

    assert held(person) == [Role.STAFF]


def test_names_of_groups_are_compared_without_capitals_and_ids_too(zwolle):
    zwolle.give(**{"raadsleden": Role.COUNCIL_MEMBER, "ext-griffie": Role.CLERK})
    anna, bas = zwolle.make_user("anna"), zwolle.make_user("bas")
    zwolle.make_group("RAADSLEDEN", anna["id"])
    body = {"displayName": "Iets", "externalId": "EXT-griffie", "members": [{"value": bas["id"]}]}
    body["schemas"] = ["urn:ietf:params:scim:schemas:core:2.0:Group"]
    assert zwolle.call("POST", "Groups", body).status_code == 201

    assert held(zwolle.person("anna")) == [Role.COUNCIL_MEMBER]
    assert held(zwolle.person("bas")) == [Role.CLERK]


def test_other_groups_are_kept_and_give_nothing(zwolle):
    anna = zwolle.make_user("anna")
    group = zwolle.make_group("Administrators", anna["id"])

    assert ScimGroup.objects.get().display_name == "Administrators"
    assert held(zwolle.person("anna")) == [Role.STAFF]
    assert not MonitorGrant.objects.exists()
    assert not zwolle.person("anna").is_staff
    shown = zwolle.call("GET", f"Users/{anna['id']}").json()["groups"]
    assert [each["value"] for each in shown] == [group["id"]]


def test_without_a_default_role_only_groups_give_a_membership(zwolle):
    zwolle.give("", Raadsleden=Role.COUNCIL_MEMBER)
    anna = zwolle.make_user("anna")
    zwolle.make_user("bas")
    zwolle.make_group("Raadsleden", anna["id"])

    assert held(zwolle.person("anna")) == [Role.COUNCIL_MEMBER]
    assert held(zwolle.person("bas")) == []


def test_two_groups_give_two_roles(zwolle):
    zwolle.give(Raadsleden=Role.COUNCIL_MEMBER, Commissie=Role.COMMITTEE_MEMBER)
    anna = zwolle.make_user("anna")
    for name in ("Raadsleden", "Commissie"):
        zwolle.make_group(name, anna["id"])

    assert held(zwolle.person("anna")) == sorted([Role.COUNCIL_MEMBER, Role.COMMITTEE_MEMBER])


def test_a_role_that_no_group_gives_is_the_monitors(zwolle):
    zwolle.give(Griffie=Role.CLERK)
    anna = zwolle.make_user("anna")
    person = zwolle.person("anna")
    join(person, zwolle.municipality, Role.COUNCIL_MEMBER)
    group = zwolle.make_group("Griffie", anna["id"])
    zwolle.call("DELETE", f"Groups/{group['id']}")

    assert Role.COUNCIL_MEMBER in held(person)
    assert Role.CLERK not in held(person)


def test_renaming_and_removing_a_group_changes_roles(zwolle):
    zwolle.give("", Raadsleden=Role.COUNCIL_MEMBER)
    anna = zwolle.make_user("anna")
    group = zwolle.make_group("Iets", anna["id"])
    person = zwolle.person("anna")
    assert held(person) == []

    rename = {"op": "Replace", "value": {"displayName": "Raadsleden"}}
    zwolle.patch(f"Groups/{group['id']}", rename)
    assert held(person) == [Role.COUNCIL_MEMBER]

    assert zwolle.call("DELETE", f"Groups/{group['id']}").status_code == 204
    assert held(person) == []
    assert Membership.objects.get(person=person).ends_on == today()


def test_other_roles_for_groups_count_at_once(zwolle):
    zwolle.give("", Raad=Role.COUNCIL_MEMBER)
    anna = zwolle.make_user("anna")
    zwolle.make_group("Raad", anna["id"])

    keys.set_roles(
        zwolle.connection, {"Raad": Role.COMMITTEE_MEMBER}, default="", by=zwolle.administrator
    )
    assert held(zwolle.person("anna")) == [Role.COMMITTEE_MEMBER]

    keys.set_roles(zwolle.connection, {}, default=Role.STAFF, by=zwolle.administrator)
    assert held(zwolle.person("anna")) == [Role.STAFF]


def test_replacing_a_group_replaces_who_is_in_it(zwolle):
    zwolle.give("", Raad=Role.COUNCIL_MEMBER)
    anna, bas = zwolle.make_user("anna"), zwolle.make_user("bas")
    group = zwolle.make_group("Raad", anna["id"])
    body = {
        "schemas": ["urn:ietf:params:scim:schemas:core:2.0:Group"],
        "displayName": "Raad",
        "members": [{"value": bas["id"]}, {"value": bas["id"]}],
    }
    for _ in range(2):
        answer = zwolle.call("PUT", f"Groups/{group['id']}", body)
        assert answer.status_code == 200
        assert [member["value"] for member in answer.json()["members"]] == [bas["id"]]

    assert (held(zwolle.person("anna")), held(zwolle.person("bas"))) == ([], ["raadslid"])


def test_who_left_has_no_role_by_a_group(zwolle):
    zwolle.give(Raad=Role.COUNCIL_MEMBER)
    anna = zwolle.make_user("anna", active=False)
    zwolle.make_group("Raad", anna["id"])
    assert held(zwolle.person("anna")) == []

    zwolle.patch(f"Users/{anna['id']}", {"op": "replace", "path": "active", "value": True})

    assert held(zwolle.person("anna")) == [Role.COUNCIL_MEMBER]


@pytest.mark.parametrize("member", ["", "no-id", "00000000-0000-4000-8000-000000000000", "group"])
def test_only_users_of_the_municipality_can_be_in_it(zwolle, member):
    group = zwolle.make_group("Raad")
    value = group["id"] if member == "group" else member
    operation = {"op": "add", "path": "members", "value": [{"value": value}]}

    answer = zwolle.patch(f"Groups/{group['id']}", operation)

    assert answer.status_code == 400
    assert answer.json()["scimType"] == "invalidValue"


def test_a_name_is_one_groups(zwolle):
    zwolle.make_group("Raad")
    body = {"schemas": ["urn:ietf:params:scim:schemas:core:2.0:Group"], "displayName": "RAAD"}

    assert zwolle.call("POST", "Groups", body).status_code == 409


def test_who_is_in_a_group_is_left_out_when_nobody_asks(zwolle):
    anna = zwolle.make_user("anna")
    group = zwolle.make_group("Raad", anna["id"])

    for query in ("excludedAttributes=members", "attributes=displayName"):
        for path in (f"Groups/{group['id']}?{query}", f"Groups?{query}"):
            body = zwolle.call("GET", path).json()
            assert "members" not in body.get("Resources", [body])[0]


def test_a_role_that_begins_is_noted(zwolle):
    zwolle.give(Raad=Role.COUNCIL_MEMBER)
    anna = zwolle.make_user("anna")
    zwolle.make_group("Raad", anna["id"])

    last = AuditEvent.objects.filter(what=AuditEvent.What.PROVISIONING).latest("pk")
    assert last.details == {
        "token": zwolle.token.pk,
        "act": "memberships",
        "begun": [Role.COUNCIL_MEMBER],
    }
    assert last.subject_key == zwolle.person("anna").audit_key
