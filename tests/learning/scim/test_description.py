"""The description for developers (docs/scim-openapi.yaml) says what there is, and it holds."""

import json
import re
from pathlib import Path

import pytest
import schemathesis
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.config import SchemathesisConfig

from learning.scim.urls import urlpatterns

PATH = Path(__file__).parents[3] / "docs" / "scim-openapi.yaml"
SCHEMA = schemathesis.openapi.from_path(PATH, config=SchemathesisConfig())
OPERATIONS = [found.ok() for found in SCHEMA.get_all_operations()]


def test_every_address_is_described():
    described = {operation.path.removeprefix("/scim/v2").lstrip("/") for operation in OPERATIONS}
    there = {
        re.sub(r"<str:pk>", "{id}", str(each.pattern))
        for each in urlpatterns
        if each.name != "scim_nothing"
    }
    assert described == there


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda each: f"{each.method} {each.path}")
def test_whatever_is_sent_is_answered_as_described(zwolle, operation, settings):
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "scim": "9999/s/key"}
    user = zwolle.make_user("anna")
    known = {"User": user["id"], "Group": zwolle.make_group("Raad", user["id"])["id"]}
    answers = set(operation.definition.raw["responses"])

    @given(case=operation.as_strategy())
    def send(case):
        path = operation.path.removeprefix("/scim/v2").lstrip("/")
        path = path.replace("{id}", known.get(path[:-6], "User"))
        with transaction.atomic():
            response = zwolle.client.generic(
                operation.method.upper(),
                f"/scim/v2/{path}",
                json.dumps(case.body) if operation.body else "",
                content_type="application/scim+json",
                query_params={k: v for k, v in (case.query or {}).items() if "\x00" not in str(v)},
                headers={"Authorization": f"Bearer {zwolle.secret}"},
            )
            transaction.set_rollback(True)
        assert str(response.status_code) in answers, response.content
        if response.content:
            assert response.headers["Content-Type"] == "application/scim+json"
            assert response.json()["schemas"]

    few(send)()


def few(test):
    return settings(
        max_examples=10,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )(test)
