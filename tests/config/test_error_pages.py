"""When something is not as it should be, a page of the house says what to do, in Dutch."""

import pytest
from django.db import OperationalError
from django.test import Client, RequestFactory
from django.views.defaults import server_error

from tests import factories


def in_the_house_style(response, status, words):
    page = response.content.decode()
    assert response.status_code == status
    assert "site.css" in page
    assert '<html lang="nl">' in page
    assert words in page
    assert "default-src" in response.headers["Content-Security-Policy"]
    return page


@pytest.mark.django_db
@pytest.mark.parametrize(("error", "status"), [(RuntimeError, 500), (OperationalError, 503)])
def test_an_error_of_ours(home, monkeypatch, error, status):
    def broken(*_args, **_kwargs):
        raise error("secret detail")

    monkeypatch.setattr("home.models.HomePage.get_context", broken)
    client = Client(raise_request_exception=False)
    response = client.get("/")
    page = in_the_house_style(response, status, "<h1>Er ging iets mis bij ons</h1>")
    assert "secret" not in page
    # Search engines come back for a site that is away for a while.
    assert response.headers.get("Retry-After") == ("120" if status == 503 else None)


def test_an_error_of_ours_is_told_without_a_database():
    """No fixture gives this test one: asking anything of it would be an error."""
    response = server_error(RequestFactory().get("/"))
    assert "Er ging iets mis bij ons" in response.content.decode()


@pytest.mark.django_db
def test_what_is_not_there(client, home):
    for path in ("/bestaat-niet/", "/leren/bestaat-niet/", "/nieuws/%ff/"):
        in_the_house_style(client.get(path), 404, "<h1>Pagina niet gevonden</h1>")


@pytest.mark.django_db
def test_what_is_not_for_this_person(signed_in, home):
    factories.make_municipality("Utrecht")
    somebody = signed_in(factories.make_user())
    page = somebody.get("/gemeente/utrecht/")
    in_the_house_style(page, 403, "<h1>Deze pagina is niet voor u</h1>")


@pytest.mark.django_db
def test_what_cannot_be_understood(client, home):
    in_the_house_style(client.get("/?q=%00"), 400, "<h1>Dit adres begrijpen wij niet</h1>")


@pytest.mark.django_db
def test_a_form_that_was_open_too_long(home):
    client = Client(enforce_csrf_checks=True)
    response = client.post("/account/login/", {"login": "x@y.example", "password": "x"})
    in_the_house_style(response, 403, "<h1>Het formulier was te oud</h1>")
