"""What Entra ID and Okta send, in the shapes of their own documentation."""

import pytest

from learning.models import Membership, ScimUser
from learning.roles import Role
from tests.learning.scim.conftest import GROUP, PATCH_OP, USER

ENTERPRISE = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"


def role(person):
    return list(
        Membership.objects.filter(person=person, ends_on=None).values_list("role", flat=True)
    )


@pytest.fixture
def entra_user(zwolle):
    body = {
        "schemas": [USER, ENTERPRISE],
        "externalId": "0a21f0f2-8d2a-4f8e-bf98-7363c4aed4ef",
        "userName": "Test_User_ab6490ee@zwolle.example",
        "active": True,
        "displayName": "lennay",
        "emails": [{"primary": True, "type": "work", "value": "Test_User_fd0ea19b@zwolle.example"}],
        "meta": {"resourceType": "User"},
        "name": {"formatted": "givenName familyName", "familyName": "x", "givenName": "y"},
        "roles": [],
        ENTERPRISE: {"department": "bol", "manager": {"value": "11"}},
    }
    answer = zwolle.call("POST", "Users", body)
    assert answer.status_code == 201
    return answer.json()


def test_entra_tries_the_connection_with_a_user_that_is_not_there(zwolle):
    path = 'Users?filter=userName eq "non-existent user"'
    body = zwolle.call("GET", path).json()

    assert (body["totalResults"], body["Resources"]) == (0, [])
    assert body["schemas"] == ["urn:ietf:params:scim:api:messages:2.0:ListResponse"]


def test_entra_finds_makes_and_changes_a_user(zwolle, entra_user):
    path = f'Users?filter=userName eq "{entra_user["userName"]}"'
    found = zwolle.call("GET", path).json()
    assert found["Resources"] == [entra_user]

    answer = zwolle.call(
        "PATCH",
        f"Users/{entra_user['id']}",
        {
            "schemas": [PATCH_OP],
            "Operations": [
                {
                    "op": "Replace",
                    "path": 'emails[type eq "work"].value',
                    "value": "updatedEmail@zwolle.example",
                },
                {"op": "Replace", "path": "name.familyName", "value": "updatedFamilyName"},
                {"op": "Add", "path": f"{ENTERPRISE}:department", "value": "Raad"},
                {"op": "Add", "path": f"{ENTERPRISE}:manager", "value": "22"},
                {"op": "Add", "path": 'phoneNumbers[type eq "work"].value', "value": "038"},
                {"op": "Replace", "path": "displayName", "value": "Lennay J."},
            ],
        },
    )

    assert answer.status_code == 200
    changed = answer.json()
    assert changed["emails"][0]["value"] == "updatedemail@zwolle.example"
    assert changed["displayName"] == "Lennay J."
    assert zwolle.person("updatedemail").name == "Lennay J."


@pytest.mark.parametrize(
    "operation",
    [
        {"op": "Replace", "path": "active", "value": False},
        {"op": "Replace", "path": "active", "value": "False"},
        {"op": "replace", "value": {"active": "False"}},
        {"op": "Replace", "value": {"active": False, f"{ENTERPRISE}:department": "x"}},
        {"op": "REPLACE", "path": f"{USER}:active", "value": False},
        {"op": "Add", "path": "active", "value": "False"},
    ],
)
def test_entra_and_okta_switch_a_user_off_and_on(zwolle, entra_user, operation):
    path = f"Users/{entra_user['id']}"
    assert zwolle.patch(path, operation).json()["active"] is False
    person = ScimUser.objects.get().person
    assert role(person) == []

    assert zwolle.patch(path, {"op": "Replace", "path": "active", "value": "True"}).json()["active"]
    assert role(person) == [Role.STAFF]


def test_entra_keeps_a_group(zwolle, entra_user):
    zwolle.give("", displayName=Role.COUNCIL_MEMBER)
    made = zwolle.call(
        "POST",
        "Groups",
        {
            "schemas": [GROUP, "http://schemas.microsoft.com/2006/11/ResourceManagement/ADSCIM/2.0/Group"],
            "externalId": "8aa1a0c0-c4c3-4bc0-b4a5-2ef676900159",
            "displayName": "displayName",
            "meta": {"resourceType": "Group"},
        },
    )  # fmt: skip
    assert made.status_code == 201
    group = f"Groups/{made.json()['id']}"
    found = zwolle.call(
        "GET", 'Groups?excludedAttributes=members&filter=displayName eq "displayName"'
    )
    assert found.json()["totalResults"] == 1
    person = ScimUser.objects.get().person
    member = [{"$ref": None, "value": entra_user["id"]}]

    assert zwolle.patch(group, {"op": "Add", "path": "members", "value": member}).status_code == 200
    assert role(person) == [Role.COUNCIL_MEMBER]
    path = f'Groups?filter=id eq "{made.json()["id"]}" and members eq "{entra_user["id"]}"'
    assert zwolle.call("GET", path).json()["totalResults"] == 1

    remove = {"op": "Remove", "path": "members", "value": member}
    for _ in range(2):
        assert zwolle.patch(group, remove).status_code == 200
    assert role(person) == []
    assert zwolle.call("DELETE", group).status_code == 204


@pytest.fixture
def okta_body():
    return {
        "schemas": [USER],
        "userName": "test.user@zwolle.example",
        "name": {"givenName": "Test", "familyName": "User"},
        "emails": [
            {"primary": False, "value": "thuis@elders.example", "type": "home"},
            {"primary": True, "value": "test.user@zwolle.example", "type": "work"},
        ],
        "displayName": "Test User",
        "locale": "en-US",
        "externalId": "00ujl29u0le5T6Aj10h7",
        "groups": [],
        "password": "1mz050nq",
        "active": True,
    }


def test_okta_makes_replaces_and_switches_off(zwolle, okta_body):
    made = zwolle.call("POST", "Users", okta_body).json()
    assert [each["value"] for each in made["emails"]] == ["test.user@zwolle.example"]
    assert ScimUser.objects.get().person.language == "en"

    again = zwolle.call("POST", "Users", okta_body)
    assert (again.status_code, again.json()["scimType"]) == (409, "uniqueness")

    changed = okta_body | {"id": made["id"], "displayName": "Another User", "meta": made["meta"]}
    assert zwolle.call("PUT", f"Users/{made['id']}", changed).json()["displayName"] == (
        "Another User"
    )
    assert zwolle.patch(f"Users/{made['id']}", {"op": "replace", "value": {"active": False}})
    assert role(ScimUser.objects.get().person) == []


def test_okta_pushes_a_group(zwolle, okta_body):
    zwolle.give("", Griffie=Role.CLERK)
    user = zwolle.call("POST", "Users", okta_body).json()
    body = {
        "schemas": [GROUP],
        "displayName": "Test SCIMv2",
        "members": [{"value": user["id"], "display": "test.user@zwolle.example"}],
    }
    group = zwolle.call("POST", "Groups", body).json()

    rename = {"op": "replace", "value": {"id": group["id"], "displayName": "Griffie"}}
    assert zwolle.patch(f"Groups/{group['id']}", rename).status_code == 200
    assert role(ScimUser.objects.get().person) == [Role.CLERK]

    path = f'members[value eq "{user["id"]}"]'
    zwolle.patch(
        f"Groups/{group['id']}",
        {"op": "remove", "path": path},
        {"op": "add", "path": "members", "value": [{"value": user["id"], "display": "x"}]},
    )
    assert role(ScimUser.objects.get().person) == [Role.CLERK]
    zwolle.patch(f"Groups/{group['id']}", {"op": "replace", "path": "members", "value": []})
    assert role(ScimUser.objects.get().person) == []
