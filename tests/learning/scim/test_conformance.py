"""scim2-tester's whole set, against the site as it stands."""

import uuid

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from scim2_client.engines.wsgi import WSGISCIMClient
from scim2_tester import Status, check_server, filling
from scim2_tester.utils import ResourceManager

generate = filling.generate_random_value


@pytest.fixture
def _own_addresses(monkeypatch, zwolle):
    """What a schema cannot tell: an address is of an own domain, and the one that is kept."""

    def value(context, path, mutability=None, required=None):
        made = generate(context, path, mutability, required)
        if isinstance(made, str) and made.endswith(".com") and "@" in made:
            return f"{uuid.uuid4()}@{zwolle.domain}"
        return True if made is False and str(path).endswith("primary") else made

    cleanup = ResourceManager.cleanup

    def once(manager):
        """It would remove after each check what it removed after every one before."""
        cleanup(manager)
        manager.resources.clear()

    monkeypatch.setattr(ResourceManager, "cleanup", once)
    monkeypatch.setattr(filling, "generate_random_value", value)


@pytest.fixture
def _one_connection():
    """The site answers within the test's own transaction, as it does for Django's client."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.mark.usefixtures("_own_addresses", "_one_connection")
def test_all_checks_of_the_tester_pass(zwolle, settings):
    # It asks more in a second than anybody may.
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "scim": "9999/s/key"}
    client = WSGISCIMClient(
        WSGIHandler(),
        base_url=f"{settings.BASE_URL}/scim/v2",
        headers={"Authorization": f"Bearer {zwolle.secret}"},
    )

    results = check_server(client)

    wrong = [
        f"{r.resource_type} {r.title}: {r.reason}" for r in results if r.status != Status.SUCCESS
    ]
    assert wrong == []
    assert len(results) > 40
    assert {"User", "Group"} <= {result.resource_type for result in results}
