"""Cases in the read API: as anybody may read them, never with who sent one or against consent."""

from datetime import date

import pytest

from home.models import VisionAspect, VisionGoal
from practice.models import CasePage, LearnedLesson, Submission
from tests import factories
from tests import factories_field as field
from tests.practice.builders import make_case, make_sent

pytestmark = pytest.mark.django_db
LIST = "/api/v2/cases/"


def items(client, query=""):
    return client.get(f"{LIST}?{query}").json()["items"]


def titles(client, query=""):
    return [item["title"] for item in items(client, query)]


def test_one_case_with_all_that_its_page_says(client, home):
    vision = field.make_vision()
    theme = field.make_theme("druk")
    case = make_case(
        title="Een pakket",
        kind=CasePage.Kind.WRONG,
        roles=["raadslid"],
        happened=f'<p>Zie <a linktype="page" id="{vision.pk}">het document</a>.</p>',
        learned="<p>Bel eerder.</p>",
        questions=[("question", "Wie belt u?")],
        municipality="Voorbeeldstad",
        source="De gemeente zelf",
        themes=[theme],
        goals=[VisionGoal.objects.get(page=vision, code="K1")],
        aspects=list(VisionAspect.objects.filter(page=vision)),
        lessons=[LearnedLesson.objects.first()] if LearnedLesson.objects.exists() else [],
    )
    one = client.get(f"{LIST}{case.pk}/").json()
    assert one["kind"] == "mis"
    assert one["day"] == "2026-10-01"
    assert one["roles"] == ["raadslid"]
    assert one["municipality"] == "Voorbeeldstad"
    assert one["source"] == "De gemeente zelf"
    assert f'<a href="{vision.url}">' in one["happened"]
    assert "linktype" not in one["happened"]
    assert one["done"] == ""
    assert one["questions"] == ["Wie belt u?"]
    assert one["themes"] == [{"slug": "druk", "name": "Druk"}]
    assert [goal["code"] for goal in one["goals"]] == ["K1"]
    assert one["aspects"] == ["Weerbare samenleving"]
    assert one["meta"]["html_url"].endswith(case.url)


def test_drafts_and_what_is_behind_a_door_are_left_out(client, home):
    make_case(title="Te lezen")
    make_case(title="Concept").unpublish()
    hidden = make_case(title="Besloten")
    hidden.view_restrictions.create(restriction_type="login")
    changed = make_case(title="Oud")
    changed.title = "Nog niet gepubliceerd"
    changed.save_revision()
    assert sorted(titles(client)) == ["Oud", "Te lezen"]
    assert client.get(f"{LIST}{hidden.pk}/").status_code == 404


@pytest.mark.parametrize("agrees", [True, False])
def test_a_municipality_is_named_with_consent_alone(client, home, agrees):
    case = make_case(municipality="Voorbeeldstad")
    sent = make_sent()
    Submission.objects.filter(pk=sent.pk).update(
        page=case, may_publish=True, may_name_municipality=agrees, municipality_name="Voorbeeldstad"
    )
    text = client.get(f"{LIST}{case.pk}/").content.decode()
    assert ("Voorbeeldstad" in text) is agrees
    assert ("Voorbeeldstad" in client.get(LIST).content.decode()) is agrees
    assert sent.sender.name not in text
    assert sent.sender.email not in text


def test_who_takes_back_their_consent_is_gone_from_it_at_once(client, home):
    case = make_case(title="Ingetrokken")
    sent = make_sent()
    Submission.objects.filter(pk=sent.pk).update(page=case, may_publish=True)
    assert titles(client) == ["Ingetrokken"]
    Submission.objects.filter(pk=sent.pk).update(may_publish=False)
    assert titles(client) == []
    assert client.get(f"{LIST}{case.pk}/").status_code == 404


def test_choosing_and_the_order(client, home):
    theme = field.make_theme("druk")
    lesson = LearnedLesson.objects.create(slug="bel", name="Bel", locale=factories.locale())
    make_case(title="Oudste", day=date(2025, 1, 1), kind=CasePage.Kind.WRONG)
    make_case(title="Nieuwste", day=date(2026, 3, 1), lessons=[lesson])
    make_case(title="Midden", day=date(2026, 2, 1), themes=[theme])
    make_case(title="Zonder dag", day=None)
    assert titles(client) == ["Nieuwste", "Midden", "Oudste", "Zonder dag"]
    assert titles(client, "kind=mis") == ["Oudste"]
    assert titles(client, "lesson=bel") == ["Nieuwste"]
    assert titles(client, "theme=druk") == ["Midden"]
    assert titles(client, "theme=druk&kind=mis") == []
    assert titles(client, "locale=nl&limit=1&offset=1") == ["Midden"]
    assert titles(client, "locale=en") == []
    page = client.get(f"{LIST}?limit=1&fields=_,title,day").json()
    assert page == {
        "meta": {"total_count": 4},
        "items": [{"title": "Nieuwste", "day": "2026-03-01"}],
    }


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("kind=best", "kind must be one of: goed, mis"),
        ("locale=xx", "locale must be one of: nl, en"),
        ("lesson=", "lesson must be a word of at most 60 characters"),
        ("limit=1000", "limit cannot be higher than 100"),
        ("offset=-1", "offset must be a positive integer"),
        ("sender=1", "unknown parameter; there are: fields, goal, kind, lesson, limit, locale"),
        ("municipality=Utrecht", "unknown parameter"),
        ("fields=owner", "unknown fields: owner"),
    ],
)
def test_what_was_asked_wrongly_is_told_in_words(client, home, query, said):
    response = client.get(f"{LIST}?{query}")
    assert response.status_code == 400
    assert response.json()["message"].startswith(said)


def test_questions_to_the_database_do_not_grow(client, home, django_assert_max_num_queries):
    theme = field.make_theme("druk")
    for _number in range(6):
        make_case(themes=[theme])
    client.get(LIST)
    with django_assert_max_num_queries(10):
        assert len(items(client, "limit=50")) == 6
