"""A municipality with a connection, and a client of its own system."""

import json
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from learning.models import Municipality, MunicipalitySettings, ScimConnection
from learning.roles import Role
from learning.scim import keys
from tests import factories

USER = "urn:ietf:params:scim:schemas:core:2.0:User"
GROUP = "urn:ietf:params:scim:schemas:core:2.0:Group"
PATCH_OP = "urn:ietf:params:scim:api:messages:2.0:PatchOp"


class System:
    """What a municipality's own system does: calls with its key, in JSON."""

    def __init__(self, municipality: Municipality, domain: str) -> None:
        self.municipality = municipality
        self.domain = domain
        self.connection: ScimConnection = keys.connect(municipality)
        administrator = factories.make_user(is_superuser=True)
        self.token, self.secret = keys.make_key(self.connection, by=administrator)
        self.administrator: User = administrator
        MunicipalitySettings.objects.create(municipality=municipality, email_domains=[domain])
        self.client = Client(raise_request_exception=True)

    def call(self, method: str, path: str, body: Any = None, **headers: str) -> Any:
        sent = {} if body is None else {"data": json.dumps(body)}
        return self.client.generic(
            method,
            f"/scim/v2/{path}",
            **sent,
            content_type="application/scim+json",
            headers={"Authorization": f"Bearer {self.secret}", **headers},
        )

    def user_body(self, name: str = "anna", **fields: Any) -> dict[str, Any]:
        address = f"{name}@{self.domain}"
        return {
            "schemas": [USER],
            "userName": address,
            "externalId": f"ext-{name}",
            "displayName": name.title(),
            "active": True,
            "emails": [{"value": address, "type": "work", "primary": True}],
        } | fields

    def make_user(self, name: str = "anna", **fields: Any) -> dict[str, Any]:
        response = self.call("POST", "Users", self.user_body(name, **fields))
        assert response.status_code == 201, response.content
        return response.json()

    def make_group(self, name: str, *members: str) -> dict[str, Any]:
        body = {
            "schemas": [GROUP],
            "displayName": name,
            "members": [{"value": member} for member in members],
        }
        response = self.call("POST", "Groups", body)
        assert response.status_code == 201, response.content
        return response.json()

    def patch(self, path: str, *operations: dict[str, Any]) -> Any:
        return self.call("PATCH", path, {"schemas": [PATCH_OP], "Operations": [*operations]})

    def give(self, default: str = Role.STAFF, **roles: str) -> None:
        keys.set_roles(self.connection, roles, default=default, by=self.administrator)
        self.connection.refresh_from_db()

    def person(self, name: str = "anna") -> User:
        return User.objects.get(email=f"{name}@{self.domain}")


@pytest.fixture
def zwolle(db: None) -> System:
    return System(factories.make_municipality("Zwolle aan Zee"), "zwolle.example")


@pytest.fixture
def utrecht(db: None) -> System:
    return System(factories.make_municipality("Utrecht aan Zee"), "utrecht.example")
