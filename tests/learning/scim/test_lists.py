"""Filters, pages, order, and how much the database is asked."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from learning.models import ScimGroup, ScimGroupMember, ScimUser
from learning.scim.schemas import MOST_RESULTS
from tests import factories


def fill(system, count, start=0):
    """Many users, without a request for each."""
    people = [
        factories.User(email=f"p{n}@{system.domain}", name=f"P {n}")
        for n in range(start, start + count)
    ]
    made = factories.User.objects.bulk_create(people)
    return ScimUser.objects.bulk_create(
        ScimUser(
            connection=system.connection,
            person=person,
            user_name=person.email,
            user_name_key=person.email,
            display_name=person.name,
            email=person.email,
        )
        for person in made
    )


def found(system, query, path="Users"):
    response = system.call("GET", f"{path}?{query}")
    assert response.status_code == 200, response.content
    return sorted(
        each.get("userName", each.get("displayName")) for each in response.json()["Resources"]
    )


@pytest.fixture
def two(zwolle):
    zwolle.make_user("anna")
    zwolle.make_user("bas", active=False, externalId="B-1", displayName="Bas Bakker")
    return zwolle


FILTERS = [
    ('userName eq "ANNA@zwolle.example"', "anna"),
    ('userName ne "anna@zwolle.example"', "bas"),
    ('userName sw "a"', "anna"),
    ('externalId eq "B-1"', "bas"),
    ('externalId eq "b-1"', ""),
    ('displayName co "Bakker"', "bas"),
    ('emails.value eq "Bas@zwolle.example"', "bas"),
    ('emails[type eq "work" and value eq "bas@zwolle.example"]', "bas"),
    ('emails[type eq "home" and value eq "bas@zwolle.example"]', ""),
    ('emails[type eq "work"].value ew "zwolle.example"', "anna bas"),
    ('emails co "bas"', "bas"),
    ("active eq true", "anna"),
    ("active eq false", "bas"),
    ('active eq false or userName sw "anna"', "anna bas"),
    ('active eq true and userName sw "bas"', ""),
    ('not (userName sw "anna")', "bas"),
    ("externalId pr and displayName pr", "anna bas"),
    ("not (externalId pr)", ""),
    ("groups pr", ""),
    ('meta.created gt "2020-01-01T00:00:00Z"', "anna bas"),
    ('meta.lastModified lt "2020-01-01T00:00:00Z"', ""),
    ('id eq "geen-id"', ""),
    ('urn:ietf:params:scim:schemas:core:2.0:User:userName eq "anna@zwolle.example"', "anna"),
]


def test_filters_find_who_they_say(two):
    schema = "urn:ietf:params:scim:api:messages:2.0:SearchRequest"
    for question, names in FILTERS:
        expected = [f"{name}@zwolle.example" for name in names.split()]
        assert found(two, f"filter={question}") == expected, question
        body = {"schemas": [schema], "filter": question}
        posted = two.call("POST", "Users/.search", body).json()
        assert sorted(each["userName"] for each in posted.get("Resources", [])) == expected


IMPOSSIBLE = [
    "userName eq",
    'name.familyName eq "x"',
    'title eq "x"',
    "userName gt 5",
    'active eq "anna"',
    "active gt true",
    'meta.created gt "gisteren"',
    'userName eq "a\\u0000"',
    'id co "a"',
    'schemas eq "x"',
    " or ".join(['userName eq "x"'] * 80),
    "(" * 1500 + 'userName eq "x"' + ")" * 1500,
    "not (" * 390 + "active pr" + ")" * 390,
]


def test_a_filter_that_cannot_be_is_refused(two):
    for question in IMPOSSIBLE:
        for response in (
            two.call("GET", f"Users?filter={question}"),
            two.call("POST", "Users/.search", {"filter": question, "schemas": []}),
        ):
            assert response.status_code == 400, question
            assert response.json()["scimType"] in ("invalidFilter", "invalidValue")
            assert "anna" not in response.content.decode()


def test_groups_are_found_by_name_and_by_who_is_in_them(zwolle):
    anna = zwolle.make_user("anna")
    zwolle.make_group("Raad", anna["id"])
    zwolle.make_group("Griffie")

    assert found(zwolle, 'filter=displayName eq "raad"', "Groups") == ["Raad"]
    assert found(zwolle, f'filter=members eq "{anna["id"]}"', "Groups") == ["Raad"]
    assert found(zwolle, f'filter=members[value eq "{anna["id"]}"]', "Groups") == ["Raad"]


def test_everything_is_searched_at_once(two):
    two.make_group("Raad")
    everything = two.call("POST", ".search", {"startIndex": 2, "count": 2}).json()
    assert (everything["totalResults"], everything["itemsPerPage"]) == (3, 2)
    kinds = [each["meta"]["resourceType"] for each in everything["Resources"]]
    assert kinds == ["User", "Group"]
    only_users = two.call("POST", ".search", {"filter": 'userName sw "bas"'}).json()
    assert only_users["totalResults"] == 1


def test_pages_follow_each_other(zwolle):
    fill(zwolle, 5)
    seen = []
    for start in (1, 3, 5, 7):
        body = zwolle.call("GET", f"Users?startIndex={start}&count=2").json()
        assert (body["totalResults"], body["startIndex"]) == (5, start)
        seen += [each["id"] for each in body["Resources"]]
    assert len(seen) == len(set(seen)) == 5

    assert zwolle.call("GET", "Users?count=0").json()["Resources"] == []
    assert len(zwolle.call("GET", "Users?startIndex=-3&count=-1").json()["Resources"]) == 0
    assert zwolle.call("GET", f"Users?startIndex={10**30}").json()["Resources"] == []
    assert zwolle.call("GET", "Users?count=veel").status_code == 400


def test_a_page_is_never_longer_than_is_told(zwolle):
    fill(zwolle, MOST_RESULTS + 5)

    body = zwolle.call("GET", "Users?count=100000").json()

    assert len(body["Resources"]) == body["itemsPerPage"] == MOST_RESULTS


def test_lists_are_put_in_order(two):
    body = two.call("GET", "Users?sortBy=userName&sortOrder=descending").json()
    assert [each["userName"][:1] for each in body["Resources"]] == ["b", "a"]
    assert two.call("GET", "Users?sortBy=title").status_code == 400


def test_attributes_that_were_asked_for_come_alone(two):
    body = two.call("GET", "Users?attributes=userName").json()
    assert set(body["Resources"][0]) == {"schemas", "id", "userName"}
    body = two.call("GET", "Users?excludedAttributes=emails,meta").json()
    assert not {"emails", "meta"} & set(body["Resources"][0])
    assert two.call("GET", "Users?attributes=a&excludedAttributes=b").status_code == 400


def asked(system, method, path, body=None):
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert system.call(method, path, body).status_code in (200, 201)
    return len(queries)


def test_a_longer_list_asks_the_database_no_more(zwolle):
    group = ScimGroup.objects.create(
        connection=zwolle.connection, display_name="Raad", name_key="raad"
    )
    other = zwolle.make_group("Griffie")
    for user in fill(zwolle, 2):
        ScimGroupMember.objects.create(group=group, user=user)
    # The first call notes that the key was used.
    asked(zwolle, "GET", "Users")
    paths = ["Users", "Groups", f"Groups/{group.pk}", 'Users?filter=userName sw "p"']
    few = {path: asked(zwolle, "GET", path) for path in paths}

    for user in fill(zwolle, 98, start=2):
        ScimGroupMember.objects.create(group=group, user=user)

    assert {path: asked(zwolle, "GET", path) for path in paths} == few
    assert max(few.values()) <= 4
    rename = {"schemas": [], "Operations": [{"op": "add", "path": "externalId", "value": "x"}]}
    assert asked(zwolle, "PATCH", f"Groups/{other['id']}", rename) <= 12
