"""The hints beside the page editor: of what is stored and of what is being typed."""

from datetime import date

import pytest
from django.apps import apps
from django.contrib.auth.models import Group
from django.urls import reverse
from wagtail.models import Page
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from home.editing.hints import WORDS, hints_of
from home.editing.parts import about, parts_of
from home.models import NewsIndexPage, NewsPage
from home.permissions import EDITORS
from home.rules.quality import Kind, Link, Picture, Prose
from tests import factories

pytestmark = pytest.mark.django_db

LONG = "Dit is " + "een lange zin " * 9 + "zonder eind."


@pytest.fixture
def index(public_site):
    return NewsIndexPage.objects.get(locale=factories.locale())


@pytest.fixture
def item(index):
    body = [
        ("heading", {"text": "Onder", "level": "h3"}),
        ("text", f'<p>{LONG}</p><p>Lees <a href="/x/">klik hier</a> indien nodig.</p>'),
        ("accordion", {"items": [{"title": "Meer", "text": "<p>Zulks tevens.</p>"}]}),
    ]
    return index.add_child(
        instance=NewsPage(
            title="Bericht",
            slug="bericht",
            date=date(2026, 1, 1),
            locale=factories.locale(),
            introduction="Kort.",
            body=body,
        )
    )


@pytest.fixture
def editor(public_site, client):
    user = factories.make_user()
    user.groups.add(Group.objects.get(name=EDITORS))
    client.force_login(user)
    return user


def form_of(page, **changed):
    """What the page editor sends: every field as it stands, with these changed."""
    data = {
        "title": page.title,
        "slug": page.slug,
        "date": "2026-01-01",
        "introduction": page.introduction,
        "body": streamfield([("text", rich_text("<p>Niets.</p>"))]),
        "comments": {"TOTAL_FORMS": 0, "INITIAL_FORMS": 0},
        "related_by_hand": inline_formset([]),
    }
    return nested_form_data(data | changed)


def test_hints_are_found_in_blocks_within_blocks(item):
    found = hints_of(item)
    assert [hint.kind for hint in found] == [
        Kind.HEADING_SKIPPED,
        Kind.VAGUE_LINK,
        Kind.VERY_LONG_SENTENCE,
        Kind.DIFFICULT_WORD,
        Kind.DIFFICULT_WORD,
        Kind.DIFFICULT_WORD,
    ]
    assert {hint.quote for hint in found[3:]} == {"indien", "Zulks", "tevens"}
    assert all(hint.place.words for hint in found)
    assert found[0].place.anchor == f"block-{item.body[0].id}-section"


def test_words_that_somebody_else_said_are_left_alone(item):
    item.body = [("quote", {"text": f"Indien {LONG}", "source": ""})]
    assert hints_of(item) == []


def test_a_picture_without_words_is_named(item):
    item.body = [("image", {"image": None, "alt_text": "", "decorative": False, "caption": ""})]
    assert Kind.NO_ALT in [hint.kind for hint in hints_of(item)]


def test_a_lesson_needs_a_source_and_a_day_and_news_needs_no_day(item):
    module = factories.make_module()
    lesson = factories.make_lesson(module)
    lesson.source = ""
    found = [hint.kind for hint in hints_of(lesson)]
    assert Kind.NO_SOURCE in found
    assert Kind.NO_REVIEW_DATE in found
    assert about(item).has_review_date is None


def test_every_kind_of_hint_has_words():
    assert set(WORDS) == set(Kind)


@pytest.mark.parametrize(
    "model", [m for m in apps.get_models() if issubclass(m, Page) and m is not Page]
)
def test_every_kind_of_page_can_be_looked_at(model):
    page = model(title="Leeg", locale=factories.locale())
    assert all(isinstance(part, Prose | Link | Picture) for part in parts_of(page))
    hints_of(page)


def test_the_editor_shows_the_hints_of_what_is_stored(client, editor, item):
    html = client.get(reverse("wagtailadmin_pages:edit", args=[item.pk])).content.decode()
    assert "Een heel lange zin" in html
    assert "‘indien’: liever ‘als’" in html
    assert "zonder eind" in html


def test_what_is_typed_is_looked_at_and_not_stored(client, editor, item):
    before = item.revisions.count()
    address = reverse("page_check", args=[item.pk])
    answer = client.post(address, form_of(item, introduction="Alvorens u gaat."))
    assert answer.status_code == 200
    html = answer.content.decode()
    assert "Alvorens" in html
    assert "klik hier" not in html
    item.refresh_from_db()
    assert item.introduction == "Kort."
    assert item.revisions.count() == before


def test_a_form_that_cannot_be_read_gives_the_hints_of_what_was_saved(client, editor, item):
    address = reverse("page_check", args=[item.pk])
    html = client.post(address, form_of(item, date="gisteren")).content.decode()
    assert "klik hier" in html
    assert "help-warning" in html


def test_a_page_that_was_never_stored_can_be_looked_at(client, editor, index):
    address = reverse("page_check_new", args=["home", "newspage", index.pk])
    item = NewsPage(title="Nieuw", slug="nieuw", introduction="Indien.")
    html = client.post(address, form_of(item)).content.decode()
    assert "‘Indien’" in html
    assert not NewsPage.objects.exists()
    html = client.get(
        reverse("wagtailadmin_pages:add", args=["home", "newspage", index.pk])
    ).content.decode()
    assert address in html


def test_only_who_may_edit_the_page_sees_its_hints(client, item):
    address = reverse("page_check", args=[item.pk])
    assert client.post(address).status_code == 302
    client.force_login(factories.make_user())
    assert client.post(address).status_code == 302
    assert client.get(address).status_code in (302, 405)


def test_a_page_that_is_not_there(client, editor):
    assert client.post(reverse("page_check", args=[987654])).status_code == 404
    assert client.post(reverse("page_check_new", args=["no", "such", 1])).status_code == 404
    item = NewsPage(title="Nieuw", slug="nieuw")
    address = reverse("page_check_new", args=["home", "newspage", 987654])
    assert client.post(address, form_of(item)).status_code == 404
