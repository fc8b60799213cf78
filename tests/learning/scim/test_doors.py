"""Keys, tenants and everything that is not as it should be."""

import json
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from accounts.models import AuditEvent
from learning import tokens
from learning.models import Membership, ScimToken, ScimUser
from learning.scim import keys
from learning.scim.web import LARGEST_BODY, MOST_OPERATIONS
from tests import factories
from tests.learning.scim.conftest import PATCH_OP

NOBODY = "00000000-0000-4000-8000-000000000000"


@pytest.mark.parametrize(
    "header", ["", "Bearer", "Bearer onzin", "Basic abc", "Bearer " + "x" * 9000, "Bearer é"]
)
def test_without_a_key_there_is_nothing(zwolle, header):
    for path in ("Users", "ServiceProviderConfig", "iets"):
        response = Client().get(
            f"/scim/v2/{path}", headers={"Authorization": header} if header else {}
        )
        assert response.status_code == 401
        assert response.headers["WWW-Authenticate"].startswith("Bearer")
        assert response.headers["Content-Type"] == "application/scim+json"
        assert response.json()["status"] == "401"


def test_a_key_stops_when_withdrawn_or_too_old(zwolle):
    assert zwolle.call("GET", "Users").status_code == 200
    for _ in range(2):
        keys.withdraw_key(zwolle.token, by=zwolle.administrator)
    assert zwolle.call("GET", "Users").status_code == 401
    withdrawn = AuditEvent.objects.filter(what=AuditEvent.What.WITHDRAWN)
    assert withdrawn.count() == 1

    old, secret = keys.make_key(zwolle.connection, by=zwolle.administrator)
    ScimToken.objects.filter(pk=old.pk).update(expires_at=timezone.now() - timedelta(seconds=1))
    zwolle.secret = secret
    assert zwolle.call("GET", "Users").status_code == 401


def test_a_key_is_kept_as_a_hash_and_its_use_is_noted(zwolle):
    assert zwolle.token.token_hash == tokens.digest(zwolle.secret)
    assert zwolle.secret not in str(list(ScimToken.objects.values()))
    zwolle.call("GET", "Users")
    used = ScimToken.objects.get().last_used_at
    assert used is not None
    zwolle.call("GET", "Users")
    assert ScimToken.objects.get().last_used_at == used


def test_a_session_opens_nothing_and_a_cookie_changes_nothing(zwolle, signed_in):
    browser = signed_in(zwolle.administrator)
    assert browser.get("/scim/v2/Users").status_code == 401

    enforcing = Client(enforce_csrf_checks=True)
    response = enforcing.post(
        "/scim/v2/Users",
        json.dumps(zwolle.user_body()),
        content_type="application/scim+json",
        headers={"Authorization": f"Bearer {zwolle.secret}"},
    )
    assert response.status_code == 201
    assert not response.cookies


def test_no_store_keeps_what_was_answered(zwolle):
    zwolle.make_user("anna")
    answer = zwolle.call("GET", "Users")
    assert "no-store" in answer.headers["Cache-Control"]

    assert Client().get("/scim/v2/Users").status_code == 401


def test_another_municipality_is_not_there(zwolle, utrecht):
    theirs, own = utrecht.make_user("ute"), zwolle.make_user("anna")
    group = utrecht.make_group("Raad", theirs["id"])
    own_group = zwolle.make_group("Raad", own["id"])
    ways = [
        ("GET", f"Users/{theirs['id']}", None),
        ("PUT", f"Users/{theirs['id']}", zwolle.user_body("anna")),
        ("PATCH", f"Users/{theirs['id']}", patch(active=False)),
        ("DELETE", f"Users/{theirs['id']}", None),
        ("GET", f"Groups/{group['id']}", None),
        ("PUT", f"Groups/{group['id']}", {"schemas": group["schemas"], "displayName": "x"}),
        ("PATCH", f"Groups/{group['id']}", patch(displayName="x")),
        ("DELETE", f"Groups/{group['id']}", None),
    ]
    for method, path, body in ways:
        missing = zwolle.call(method, path.rpartition("/")[0] + f"/{NOBODY}", body)
        there = zwolle.call(method, path, body)
        assert there.status_code == missing.status_code == 404, path
        assert there.content == missing.content

    listed = zwolle.call("GET", "Users").json()["Resources"]
    assert [each["id"] for each in listed] == [own["id"]]
    assert zwolle.call("GET", f'Users?filter=id eq "{theirs["id"]}"').json()["totalResults"] == 0
    name = 'Users?filter=userName eq "ute@utrecht.example"'
    assert zwolle.call("GET", name).json()["totalResults"] == 0
    by_group = f'Users?filter=groups.value eq "{group["id"]}"'
    assert zwolle.call("GET", by_group).json()["totalResults"] == 0
    into = {"op": "add", "path": "members", "value": [{"value": theirs["id"]}]}
    assert zwolle.patch(f"Groups/{own_group['id']}", into).status_code == 400
    found = zwolle.call("POST", ".search", {"schemas": []}).json()
    assert {each["id"] for each in found["Resources"]} == {own["id"], own_group["id"]}
    assert Membership.objects.filter(ends_on=None).count() == 2


def test_one_person_in_two_municipalities_is_seen_by_each_as_they_named_them(zwolle, utrecht):
    utrecht.make_user("ute", displayName="Ute")
    person = utrecht.person("ute")
    factories.join(person, zwolle.municipality, factories.Role.COUNCIL_MEMBER)
    body = zwolle.user_body("u", displayName="U", emails=[{"value": "ute@utrecht.example"}])
    here = zwolle.call("POST", "Users", body).json()

    assert (here["displayName"], here["userName"]) == ("U", "u@zwolle.example")
    zwolle.call("DELETE", f"Users/{here['id']}")

    lasting = Membership.objects.get(person=person, ends_on=None)
    assert lasting.municipality == utrecht.municipality
    assert ScimUser.objects.get().person == person


def patch(**values):
    operations = [{"op": "replace", "path": path, "value": v} for path, v in values.items()]
    return {"schemas": [PATCH_OP], "Operations": operations}


def test_too_many_wrong_keys_are_refused(zwolle, settings):
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "scim_refused": "3/m/ip"}
    wrong = {"Authorization": "Bearer onzin"}
    statuses = [Client().get("/scim/v2/Users", headers=wrong).status_code for _ in range(5)]

    assert statuses == [401, 401, 401, 429, 429]
    # Whoever has a good one is not in the way of somebody else's wrong ones.
    assert zwolle.call("GET", "Users").status_code == 200


def test_too_many_calls_wait(zwolle, settings):
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "scim": "2/m/key"}
    cache.clear()
    answers = [zwolle.call("GET", "Users") for _ in range(3)]

    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert answers[-1].headers["Retry-After"]


def raw(system, data, *, content_type="application/scim+json", method="POST", path="Users"):
    return system.client.generic(
        method,
        f"/scim/v2/{path}",
        data,
        content_type=content_type,
        headers={"Authorization": f"Bearer {system.secret}"},
    )


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (" ", "invalidSyntax"),
        ("{", "invalidSyntax"),
        ("[]", "invalidSyntax"),
        ("null", "invalidSyntax"),
        ("[" * 100_000, "invalidSyntax"),
        ('{"userName": "\\ud800"}', "invalidSyntax"),
        (b"\xff\xfe", "invalidSyntax"),
        ('{"userName": "a\\u0000b"}', "invalidValue"),
        ('{"userName": 5}', "invalidValue"),
        ('{"userName": null}', "invalidValue"),
        ('{"userName": "x", "emails": [5]}', "invalidValue"),
        ('{"userName": "x", "emails": [{"value": "geen adres"}], "displayName": "x"}', None),
        ('{"userName": "a@zwolle.example", "displayName": " "}', "invalidValue"),
        ('{"userName": "a@zwolle.example", "displayName": "x", "active": "misschien"}', None),
    ],
)
def test_what_cannot_be_read_is_refused(zwolle, data, kind):
    response = raw(zwolle, data)

    assert response.status_code == 400
    assert response.json()["scimType"] == (kind or "invalidValue")
    assert not ScimUser.objects.exists()


def test_texts_that_are_too_long_are_refused(zwolle):
    for field, value in (
        ("userName", "x" * 300),
        ("displayName", "x" * 151),
        ("externalId", "x" * 256),
        ("emails", [{"value": "x" * 300 + "@zwolle.example"}]),
    ):
        response = zwolle.call("POST", "Users", zwolle.user_body(**{field: value}))
        assert response.status_code == 400
        assert "xxx" not in response.content.decode()


def test_a_huge_body_and_many_operations_are_refused(zwolle):
    assert raw(zwolle, "x" * (LARGEST_BODY + 1)).status_code == 413
    made = zwolle.make_user("anna")
    operations = [{"op": "replace", "path": "active", "value": True}] * (MOST_OPERATIONS + 1)
    assert zwolle.patch(f"Users/{made['id']}", *operations).status_code == 413


@pytest.mark.parametrize("kind", ["text/plain", "multipart/form-data; boundary=x", "text/xml"])
def test_another_media_type_is_refused(zwolle, kind):
    response = raw(zwolle, "{}", content_type=kind)

    assert response.status_code == 415
    assert response.json()["schemas"] == ["urn:ietf:params:scim:api:messages:2.0:Error"]


def test_plain_json_and_other_words_in_the_address_are_fine(zwolle):
    body = json.dumps(zwolle.user_body())
    answer = raw(zwolle, body, content_type="application/json", path="Users?aadOptscim062020")
    assert answer.status_code == 201


@pytest.mark.parametrize(
    ("method", "path"),
    [("DELETE", "Users"), ("PUT", "Groups"), ("POST", "Schemas"), ("GET", ".search")],
)
def test_other_methods_do_not_exist(zwolle, method, path):
    response = zwolle.call(method, path, {})

    assert response.status_code == 405
    assert response.headers["Allow"]


@pytest.mark.parametrize("path", ["Bulk", "Me", "Users/geen-id", "Schemas/x", "", "Users/a/b"])
def test_what_is_not_there_is_told_so_in_json(zwolle, path):
    response = zwolle.call("GET", path)

    assert response.status_code == 404
    assert response.json()["status"] == "404"


@pytest.mark.parametrize(
    ("operation", "kind"),
    [
        ({"op": "replace", "path": "id", "value": "x"}, "mutability"),
        ({"op": "remove", "path": "userName"}, "mutability"),
        ({"op": "remove"}, "noTarget"),
        ({"op": "add", "path": "active"}, "invalidValue"),
        ({"op": "verzin", "path": "active", "value": True}, "invalidValue"),
        ({"op": "replace", "path": "emails[", "value": "x"}, "invalidPath"),
        ({"op": "replace", "path": "active", "value": "anna-misschien"}, "invalidValue"),
        ({"op": "replace", "path": "userName", "value": {"anna": 1}}, "invalidValue"),
        ({"op": "replace", "value": "anna"}, "invalidValue"),
    ],
)
def test_a_patch_that_cannot_be_is_refused_and_changes_nothing(zwolle, operation, kind):
    made = zwolle.make_user("anna")
    good = {"op": "replace", "path": "displayName", "value": "Anders"}

    response = zwolle.patch(f"Users/{made['id']}", good, operation)

    assert response.status_code == 400
    assert response.json()["scimType"] == kind
    assert "anna" not in response.content.decode()
    assert zwolle.call("GET", f"Users/{made['id']}").json() == made


def test_what_went_wrong_is_logged_without_what_was_sent(zwolle, caplog):
    with caplog.at_level("DEBUG"):
        zwolle.call("POST", "Users", zwolle.user_body("anna", emails=[{"value": "a@b.example"}]))
        zwolle.call("GET", 'Users?filter=userName eq "anna@zwolle.example"')

    assert "anna" not in caplog.text
    assert zwolle.secret not in caplog.text
