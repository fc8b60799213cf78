"""Health, robots and the rest of the small addresses."""

from datetime import datetime

import pytest
from django.db import DatabaseError, connection
from django.utils import timezone

pytestmark = pytest.mark.django_db


def test_healthz_asks_nothing_of_the_database(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        response = client.get("/healthz")
    assert (response.status_code, response.content) == (200, b"ok\n")


def test_readyz_says_ok_when_all_is_there(client):
    assert client.get("/readyz").status_code == 200


def test_readyz_says_no_when_the_database_is_gone(client, monkeypatch):
    def broken(*_args, **_kwargs):
        raise DatabaseError

    monkeypatch.setattr(connection, "cursor", broken)
    assert client.get("/readyz").status_code == 503


def test_robots_keeps_crawlers_out_of_what_is_personal(client):
    text = client.get("/robots.txt").content.decode()
    assert "Disallow: /mijn/" in text
    assert "Disallow: /gemeente/" in text
    assert "Sitemap: http" in text


def test_security_txt_is_valid_for_months(client):
    text = client.get("/.well-known/security.txt").content.decode()
    fields = dict(line.split(": ", 1) for line in text.splitlines() if line)
    assert fields["Contact"].startswith("mailto:")
    expires = datetime.fromisoformat(fields["Expires"])
    assert (expires - timezone.now()).days > 90


def test_sitemap_lists_public_pages(client, home):
    assert b"<loc>" in client.get("/sitemap.xml").content


@pytest.mark.parametrize("address", ["/%00", "/nieuws/%00/", "/zoeken/?q=a%00b", "/?p=%00"])
def test_a_null_byte_is_a_bad_request(client, home, address):
    response = client.get(address)
    assert response.status_code == 400
    assert "charset=utf-8" in response.headers["Content-Type"]


def test_a_null_byte_in_a_form_is_a_bad_request(client, home):
    response = client.post(
        "/account/login/", {"login": "a\x00b@voorbeeld.example", "password": "x"}
    )
    assert response.status_code == 400


def test_a_page_that_does_not_exist_is_404_in_the_house_style(client, home):
    response = client.get("/bestaat-niet/")
    assert response.status_code == 404
    assert "site.css" in response.content.decode()


def test_uploaded_documents_are_not_in_the_media_folder(client):
    assert client.get("/media/documents/geheim.pdf").status_code == 404
    assert client.get("/media/../manage.py").status_code == 404
