"""The read API: what it shows is what anybody may read, and its description holds."""

import json
from pathlib import Path
from urllib.parse import urlencode

import jsonschema_rs
import pytest
import schemathesis
from django.core.cache import cache
from django.test import Client
from hypothesis import HealthCheck, Phase, given, settings

from home.models import NewsIndexPage, NewsPage, VisionGoal, VisionPage
from tests import factories
from tests.home.test_site import make_news
from tests.practice.builders import make_case

pytestmark = pytest.mark.django_db
FILE = Path(__file__).parents[2] / "docs" / "api" / "content.json"
DESCRIPTION = json.loads(FILE.read_text())
SCHEMA = schemathesis.openapi.from_dict(DESCRIPTION)
OPERATIONS = [found.ok() for found in SCHEMA.get_all_operations()]
BOUNDED = settings(
    max_examples=15,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)


def described(operation, status):
    """The schema of an answer with this status, with what it refers to."""
    answer = DESCRIPTION["paths"][operation.path]["get"]["responses"][str(status)]
    schema = answer.get("content", {}).get("application/json", {}).get("schema")
    return None if schema is None else schema | {"components": DESCRIPTION["components"]}


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda operation: operation.label)
def test_whatever_is_allowed_gets_an_answer_that_was_described(operation, home, client):
    factories.make_module("eed")
    set_up_news(home)
    make_case()

    @BOUNDED
    @given(case=operation.as_strategy())
    def answered(case):
        cache.clear()
        query = urlencode(case.query or {}, doseq=True)
        response = client.get(f"{case.formatted_path}?{query}")
        schema = described(operation, response.status_code)
        assert response.headers["Content-Type"] == "application/json"
        jsonschema_rs.validate(schema, response.json())

    answered()


def set_up_news(home):
    home.add_child(instance=NewsIndexPage(title="Nieuws", slug="nieuws", locale=home.locale))
    return make_news("Bericht", "2026-11-01", slug="bericht")


def items(client, address):
    return client.get(address).json()["items"]


def test_each_shows_what_its_description_says(home, client):
    factories.make_module("eed")
    page = set_up_news(home)
    make_case()
    kinds = (("news", "Newsitem"), ("modules", "Module"), ("cases", "Case"))
    for kind, name in kinds:
        properties = set(DESCRIPTION["components"]["schemas"][name]["properties"])
        (listed,) = items(client, f"/api/v2/{kind}/")
        one = client.get(f"/api/v2/{kind}/{listed['id']}/").json()
        assert set(one) == properties
        alone = {"body", "happened", "done", "outcome", "learned", "questions"}
        assert set(listed) == properties - alone
    one = client.get(f"/api/v2/news/{page.pk}/").json()
    assert "<p>Lang.</p>" in one["body"]
    assert one["meta"]["html_url"].endswith("/nieuws/bericht/")
    assert client.get("/api/v2/").json().keys() == {"news", "modules", "cases"}


def test_nothing_but_what_anybody_may_read(home, client):
    page = set_up_news(home)
    draft = make_news("Concept", "2026-11-02", slug="concept")
    draft.unpublish()
    hidden = make_news("Besloten", "2026-11-03", slug="besloten")
    hidden.view_restrictions.create(restriction_type="login")
    page.title = "Nog niet"
    page.save_revision()
    assert [item["title"] for item in items(client, "/api/v2/news/")] == ["Bericht"]
    for each in (draft, hidden, home):
        assert client.get(f"/api/v2/news/{each.pk}/").status_code == 404
    module = factories.make_module("eed")
    lesson = factories.make_lesson(module)
    assert client.get(f"/api/v2/modules/{lesson.pk}/").status_code == 404
    text = client.get(f"/api/v2/modules/{module.pk}/").content.decode()
    assert lesson.title not in text


@pytest.mark.parametrize(
    "query",
    [
        *("fields=owner", "fields=latest_revision", "fields=title(owner)", "fields=((", "title=x"),
        *("search=x", "order=owner", "child_of=1", "type=wagtailcore.Page", "site=x", "limit=101"),
        *("limit=x", "offset=-1", f"theme={'x' * 61}", "theme=", "goal=%00x", "format=api"),
    ],
)
def test_what_may_not_be_asked_is_refused(home, client, query):
    set_up_news(home)
    response = client.get(f"/api/v2/news/?{query}")
    assert response.status_code == (404 if query == "format=api" else 400)
    assert "owner@" not in response.content.decode()


def test_there_is_no_other_door(home, client):
    for address in ("pages/", "images/", "documents/", "news/find/?id=1", "news/1/x/"):
        assert client.get(f"/api/v2/{address}").status_code == 404
    for method in ("post", "put", "patch", "delete", "options"):
        assert getattr(client, method)("/api/v2/news/").status_code in {403, 405}


@pytest.mark.parametrize("address", ["pages/", "news/x/", "news/999999/", "news/?foo=1", "x/"])
def test_an_error_is_json_and_says_what_to_do(home, client, address):
    response = client.get(f"/api/v2/{address}")
    assert response.status_code in {400, 404}
    assert response.headers["Content-Type"] == "application/json"
    assert response.headers["Cache-Control"] == "no-store"
    assert set(response.json()) == {"message"}
    assert "NewsPage" not in response.json()["message"]


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "options"])
def test_writing_is_refused_in_json_also_from_elsewhere(home, method):
    response = getattr(Client(enforce_csrf_checks=True), method)("/api/v2/news/")
    # A form is refused for its token before it is looked at, as everywhere.
    assert response.status_code == (403 if method == "post" else 405)
    assert response.json()["message"].startswith("nothing can be written here")
    assert response.headers.get("Allow") == (None if method == "post" else "GET, HEAD")
    assert response.headers["Content-Type"] == "application/json"
    # Pages for people stay as they are.
    assert "application/json" not in client_answer("/bestaat-niet/").headers["Content-Type"]


def client_answer(address):
    return Client().get(address)


@pytest.mark.parametrize("address", ["", "news/", "news/?foo=1", "openapi.json", "nergens/"])
def test_a_page_of_another_site_may_read_it_and_nothing_else_of_ours(home, client, address):
    set_up_news(home)
    answer = client.get(f"/api/v2/{address}", headers={"Origin": "https://elders.example"})
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert answer.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert "Access-Control-Allow-Credentials" not in answer.headers
    ours = client.get("/", headers={"Origin": "https://elders.example"})
    assert "Access-Control-Allow-Origin" not in ours.headers
    assert ours.headers["Cross-Origin-Resource-Policy"] == "same-origin"


def test_the_description_is_served_and_found(home, client, settings):
    found = client.get("/api/v2/").headers["Link"]
    assert found == f'<{settings.BASE_URL}/api/v2/openapi.json>; rel="service-desc"'
    told = client.get("/api/v2/openapi.json").json()
    assert told["paths"] == DESCRIPTION["paths"]
    assert told["servers"] == [{"url": settings.BASE_URL}]


def test_choosing_by_language_theme_and_goal(demo, client):
    assert len(items(client, "/api/v2/news/?locale=nl&limit=100")) == NewsPage.objects.count()
    assert items(client, "/api/v2/news/?locale=en") == []
    vision = VisionPage.objects.get(locale=factories.locale())
    goal = VisionGoal.objects.get(page=vision, code="K2")
    page = make_news("Over K2", "2026-11-05", slug="over-k2")
    page.goals.add(goal)
    page.save_revision().publish()
    found = items(client, "/api/v2/news/?goal=k2&limit=100")
    assert "Over K2" in [item["title"] for item in found]
    assert all("K2" in [each["code"] for each in item["goals"]] for item in found)
    every = items(client, "/api/v2/news/")
    slug = next(item["themes"][0]["slug"] for item in every if item["themes"])
    about = items(client, f"/api/v2/news/?theme={slug}")
    assert about
    assert all(slug in [theme["slug"] for theme in item["themes"]] for item in about)


def test_a_part_of_the_list_and_of_an_item(home, client):
    set_up_news(home)
    for day in range(1, 6):
        make_news(f"Bericht {day}", f"2026-10-0{day}", slug=f"b{day}")
    page = client.get("/api/v2/news/?limit=2&offset=1&fields=_,title").json()
    assert page["meta"]["total_count"] == 6
    assert page["items"] == [{"title": "Bericht 5"}, {"title": "Bericht 4"}]


def test_an_answer_may_be_kept_and_asked_after(home, client):
    set_up_news(home)
    first = client.get("/api/v2/news/")
    assert first.headers["Cache-Control"] == "public, max-age=60"
    assert not first.cookies
    again = client.get("/api/v2/news/", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    make_news("Nieuwer", "2026-11-09", slug="nieuwer")
    changed = client.get("/api/v2/news/", headers={"If-None-Match": first.headers["ETag"]})
    assert changed.status_code == 200


def test_too_many_questions_from_one_address(home, client, monkeypatch):
    set_up_news(home)
    monkeypatch.setattr("config.api.endpoint.Throttle.rate", "3/min", raising=False)
    answers = [client.get("/api/v2/news/").status_code for _ in range(4)]
    assert answers == [200, 200, 200, 429]
    refused = client.get("/api/v2/news/")
    assert int(refused.headers["Retry-After"]) > 0
    assert refused.headers["Cache-Control"] == "no-store"
    other = client.get("/api/v2/news/", REMOTE_ADDR="10.0.0.9")
    assert other.status_code == 200


def test_questions_to_the_database_do_not_grow(home, client, django_assert_max_num_queries):
    set_up_news(home)
    for day in range(1, 9):
        make_news(f"Bericht {day}", f"2026-10-0{day}", slug=f"b{day}")
    client.get("/api/v2/news/")
    with django_assert_max_num_queries(8):
        assert len(items(client, "/api/v2/news/?limit=50")) == 9
