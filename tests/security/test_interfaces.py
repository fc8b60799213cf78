"""Every address of ours that speaks JSON, called with all that its description allows."""

import json
from pathlib import Path
from urllib.parse import urlencode

import jsonschema_rs
import pytest
import schemathesis
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings

from tests import factories
from tests.learning.scim.conftest import System

pytestmark = pytest.mark.django_db
FILE = Path(__file__).parents[2] / "docs" / "api" / "scim.json"
DESCRIPTION = json.loads(FILE.read_text())
# The same ones each time; the phases without remembering and explaining.
BOUNDED = settings(
    max_examples=12,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)


def operations():
    schema = schemathesis.openapi.from_dict(DESCRIPTION)
    return [found.ok() for found in schema.get_all_operations()]


def response_schema(operation, status):
    """What the description says of an answer with this status, or nothing."""
    found = DESCRIPTION["paths"][operation.path][operation.method.lower()]["responses"]
    answer = found.get(str(status), found.get("default"))
    assert answer is not None, (operation.label, status)
    if "$ref" in answer:
        answer = DESCRIPTION["components"]["responses"][answer["$ref"].rsplit("/", 1)[1]]
    return answer.get("content", {}).get("application/scim+json", {}).get("schema")


def call(system, case):
    path = case.formatted_path.removeprefix("/scim/v2").lstrip("/")
    query = urlencode(case.query or {}, doseq=True)
    body = case.body if isinstance(case.body, dict | list) else None
    return system.call(case.method, f"{path}?{query}" if query else path, body)


@pytest.mark.parametrize("operation", operations(), ids=lambda operation: operation.label)
def test_whatever_is_allowed_gets_an_answer_that_was_described(operation):
    system = System(factories.make_municipality("Utrecht"), "utrecht.example")
    system.make_user()

    @BOUNDED
    @given(case=operation.as_strategy())
    def answered(case):
        with transaction.atomic():
            response = call(system, case)
            transaction.set_rollback(True)
        assert response.status_code < 500
        described = response_schema(operation, response.status_code)
        if described is not None and response.content:
            assert response.headers["Content-Type"].startswith("application/scim+json")
            jsonschema_rs.validate(described, response.json())

    answered()


def test_without_a_token_there_is_no_answer(client):
    for operation in operations():
        path = "/scim/v2" + operation.path.replace("{id}", "1")
        answer = client.generic(operation.method.upper(), path)
        assert answer.status_code == 401, operation.label
