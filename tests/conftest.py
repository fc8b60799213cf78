"""What every test may ask for."""

import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.db.backends.sqlite3.base import DatabaseOperations
from django.test import Client
from django.utils import translation
from hypothesis import settings

from accounts.models import User
from home.models import HomePage
from learning.models import CataloguePage
from tests import factories

pytest_plugins = ["tests.network_guard", "tests.migrated", "tests.later", "tests.databases"]

# How long an example takes says more of the machine than of the code.
settings.register_profile("house", deadline=None)
settings.load_profile("house")


@pytest.fixture(autouse=True)
def _empty_cache() -> Iterator[None]:
    """A page stored by one test is not shown in another."""
    cache.clear()
    yield
    cache.clear()


@pytest.fixture(autouse=True, scope="session")
def _audit_log_is_emptied_between_tests() -> Iterator[None]:
    """SQLite empties tables row by row: with the head gone first, nothing guards the log."""
    empty = DatabaseOperations.sql_flush

    def head_first(self: DatabaseOperations, *args: Any, **options: Any) -> list[str]:
        return sorted(empty(self, *args, **options), key=lambda sql: "audithead" not in sql)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(DatabaseOperations, "sql_flush", head_first)
        yield


@pytest.fixture(autouse=True)
def _second_factor_shown(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """`force_login` stands for signing in completely; `@pytest.mark.one_factor` for half."""
    if request.node.get_closest_marker("one_factor"):
        return
    sign_in = Client.force_login

    def with_second_factor(client: Client, user: User, backend: str | None = None) -> None:
        sign_in(client, user, backend)
        session = client.session
        session["account_authentication_methods"] = [
            {"method": "mfa", "type": "totp", "at": time.time()}
        ]
        session["account_authentication_methods_user"] = str(user.pk)
        session.save()

    monkeypatch.setattr(Client, "force_login", with_second_factor)


@pytest.fixture(autouse=True)
def _in_dutch() -> Iterator[None]:
    """A page that one test asked for in English leaves the next in Dutch."""
    with translation.override("nl"):
        yield


# Sites to begin with, loaded once (tests/databases.py).


@pytest.fixture
def home(db: None) -> HomePage:
    """A home page alone."""
    return factories.make_home()


@pytest.fixture
def homes(db: None) -> HomePage:
    """Home pages in Dutch, which it returns, and in English."""
    return factories.make_home()


@pytest.fixture
def catalogue(db: None) -> CataloguePage:
    """A home page with a list of modules below it, and none in that."""
    return factories.make_catalogue()


@pytest.fixture
def public_site(db: None) -> HomePage:
    """The public pages of every site, its groups of editors and their workflow."""
    return HomePage.objects.get(locale=factories.locale())


@pytest.fixture
def site(db: None) -> HomePage:
    """The same, with what learning adds."""
    return HomePage.objects.get(locale=factories.locale())


@pytest.fixture
def practice(db: None) -> HomePage:
    """The public site with what practice adds."""
    return HomePage.objects.get(locale=factories.locale())


@pytest.fixture
def demo(db: None) -> HomePage:
    """The demo's public pages, in Dutch."""
    return HomePage.objects.get(locale=factories.locale())


@pytest.fixture
def demo_modules(db: None) -> HomePage:
    """The demo with its modules, in Dutch."""
    return HomePage.objects.get(locale=factories.locale())


@pytest.fixture
def demo_in_english(db: None) -> HomePage:
    """The demo with its modules, in Dutch and English."""
    return HomePage.objects.get(locale=factories.locale())


@pytest.fixture
def whole_demo(db: None) -> HomePage:
    """All of the demo, with its people, as `make run` shows it."""
    return HomePage.objects.get(locale=factories.locale())


@pytest.fixture
def user(db: None) -> User:
    return factories.make_user()


@pytest.fixture
def signed_in(db: None) -> Callable[[User], Client]:
    """A browser in which somebody has signed in."""

    def sign_in(person: User) -> Client:
        client = Client()
        client.force_login(person)
        return client

    return sign_in


@pytest.fixture
def mail_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """A test's own transaction is never committed: send without waiting for that."""
    for module in ("accounts.mail", "learning.letters"):
        monkeypatch.setattr(f"{module}.on_commit", lambda send: send())
