"""A municipality with a sign-on, and a real provider on loopback for it."""

import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import Client

from learning.models import SignOn
from learning.sign_on import describing, setting_up
from tests import factories
from tests.learning.sign_on import saml_provider as saml

HERE = Path(__file__).parent
SECRET = "house-secret-1"
CALLBACKS = [
    f"http://testserver/account/oidc/{key}/login/callback/" for key in ("utrecht", "zwolle")
]


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


@pytest.fixture(scope="session")
def openid_provider(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a real OpenID provider (openid_provider.py)."""
    port = free_port()
    command = [sys.executable, HERE / "openid_provider.py", tmp_path_factory.mktemp("provider")]
    with subprocess.Popen(  # noqa: S603  our own file
        [*map(str, command), str(port), *CALLBACKS], stdout=subprocess.PIPE, text=True
    ) as provider:
        assert provider.stdout is not None
        assert provider.stdout.readline() == "ready\n"
        yield f"http://127.0.0.1:{port}"
        provider.terminate()


@pytest.fixture
def utrecht(home):
    return factories.make_municipality("Utrecht")


@pytest.fixture
def zwolle(home):
    return factories.make_municipality("Zwolle")


@pytest.fixture
def sign_on(utrecht, openid_provider):
    return make_openid(utrecht, openid_provider, domains=["utrecht.example"])


def make_openid(place, issuer, *, domains, secret=SECRET, **fields) -> SignOn:
    app = setting_up.new_app(place, SignOn.Protocol.OIDC)
    app.client_id = "house"
    # The provider knows these two addresses alone.
    app.provider_id = place.slug
    fields = {"is_active": True, "role_claim": "functie"} | fields
    sign_on = SignOn(municipality=place, roles={"Gemeenteraad": "raadslid"}, **fields)
    return setting_up.store(
        sign_on,
        app=app,
        settings=describing.from_discovery(issuer),
        secret=secret,
        domains=domains,
        by=None,
        changed=["is_active"],
    )


@pytest.fixture(scope="session")
def saml_provider(tmp_path_factory: pytest.TempPathFactory) -> Iterator[saml.Provider]:
    """A real SAML identity provider (saml_provider.py)."""
    with saml.running(tmp_path_factory.mktemp("saml")) as provider:
        yield provider


def make_saml(place, provider, *, domains, **fields) -> SignOn:
    """A sign-on that the provider knows, as it would after reading our metadata."""
    fields = {"is_active": True, "role_claim": "functie"} | fields
    sign_on = setting_up.store(
        SignOn(municipality=place, roles={"Gemeenteraad": "raadslid"}, **fields),
        app=setting_up.new_app(place, SignOn.Protocol.SAML),
        settings=describing.from_metadata("", provider.metadata()),
        secret="",
        domains=domains,
        by=None,
        changed=["is_active"],
    )
    page = Client().get(f"/account/saml/{sign_on.app.client_id}/metadata/")
    provider.knows.append(page.content.decode())
    return sign_on


@pytest.fixture
def saml_sign_on(utrecht, saml_provider):
    yield make_saml(utrecht, saml_provider, domains=["utrecht.example"])
    saml_provider.knows.clear()
