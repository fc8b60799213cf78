"""What has to be looked at again, and one press for what somebody has looked at."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from wagtail.models import PageLogEntry

from home.editing.reviews import LOOKED_AT, looked_at, reviews, year_after
from home.models import (
    InstrumentIndexPage,
    InstrumentPage,
    LawArticle,
    NationalSupport,
    Partner,
    Support,
)
from tests import factories

pytestmark = pytest.mark.django_db
LIST = "/beheer/herzien/"


@pytest.fixture(autouse=True)
def nothing_else(home):
    LawArticle.objects.all().delete()
    Support.objects.all().delete()


@given(st.dates(min_value=date(2000, 1, 1), max_value=date(2100, 1, 1)))
def test_a_year_later_is_a_year_later(day):
    again = year_after(day)
    assert again.year == day.year + 1
    assert 365 <= (again - day).days <= 366


def test_what_is_longest_overdue_comes_first(make_page, editor):
    today = timezone.localdate()
    make_page("later", review_on=today + timedelta(days=10))
    make_page("lang", review_on=today - timedelta(days=100))
    make_page("kort", review_on=today)
    make_page("nooit")
    make_page("concept", review_on=today, live=False)
    found = reviews(today + timedelta(days=60), editor)
    assert [review.title for review in found] == ["Lang", "Kort", "Later"]
    assert [review.is_due(today) for review in found] == [True, True, False]


def test_articles_and_numbers_are_looked_at_every_year(home, editor):
    today = timezone.localdate()
    factories.make_law_article(checked_on=today - timedelta(days=500))
    factories.make_law_article(checked_on=today)
    setting = NationalSupport.objects.create(site_id=home.get_site().pk)
    Support.objects.create(setting=setting, name="Nooit gebeld", what_for="x", phone="112")
    Support.objects.create(setting=setting, name="Net gebeld", what_for="x", checked_on=today)
    found = reviews(today, editor)
    assert [review.due_on is None for review in found] == [True, False]
    assert found[0].title == "Nooit gebeld"
    assert all(review.page is None for review in found)


def test_a_lesson_a_year_after_it_was_checked_and_once(home, editor):
    today = timezone.localdate()
    module = factories.make_module()
    old = today - timedelta(days=400)
    lesson = factories.make_lesson(module, checked_on=old, review_on=today)
    factories.make_lesson(module, checked_on=today)
    (review,) = reviews(today, editor)
    assert (review.page, review.due_on) == (lesson.pk, old + timedelta(days=365))
    looked_at(lesson, by=editor, day=today)
    lesson.refresh_from_db()
    assert (lesson.checked_on, lesson.review_on) == (today, year_after(today))
    assert reviews(today, editor) == []


def test_an_instrument_whose_last_day_has_come(home, editor):
    today = timezone.localdate()
    index = InstrumentIndexPage.objects.filter(locale=home.locale).first() or home.add_child(
        instance=InstrumentIndexPage(title="Instrumenten", slug="instrumenten", locale=home.locale)
    )
    owner = Partner.objects.create(
        name="VNG", kind=Partner.Kind.ASSOCIATION, description="", locale=home.locale
    )
    for number, day in enumerate((today - timedelta(days=1), today + timedelta(days=90), None)):
        index.add_child(
            instance=InstrumentPage(
                title=f"Wegwijzer {number}",
                slug=f"wegwijzer-{number}",
                summary="Kort.",
                link="https://voorbeeld.example/wegwijzer",
                kind=InstrumentPage.Kind.GUIDE,
                organisation=owner,
                dated_on=date(2020, 1, 1),
                for_whom="griffiers",
                valid_until=day,
                locale=home.locale,
            )
        )
    (review,) = reviews(today, editor)
    assert (review.title, review.page) == ("Wegwijzer 0", None)


def test_one_press_sends_it_a_year_ahead(signed_in, editor, make_page):
    today = timezone.localdate()
    page = make_page(review_on=today - timedelta(days=3))
    client = signed_in(editor)
    address = reverse("review_look", args=[page.pk])
    assert client.get(address).status_code == 405
    for _again in range(2):
        answer = client.post(address, follow=True)
        assert "komt terug op" in answer.content.decode()
    page.refresh_from_db()
    assert page.review_on == year_after(today)
    # The draft as well, or publishing it would undo this.
    assert page.get_latest_revision_as_object().review_on == year_after(today)
    (entry,) = PageLogEntry.objects.filter(action=LOOKED_AT)
    assert (entry.user, entry.page_id) == (editor, page.pk)


def test_only_who_may_change_the_page(signed_in, client, make_page):
    page = make_page(review_on=timezone.localdate())
    address = reverse("review_look", args=[page.pk])
    assert client.post(address).status_code == 302
    assert signed_in(factories.make_user()).post(address).status_code == 302
    page.refresh_from_db()
    assert page.review_on == timezone.localdate()


def test_a_page_without_such_a_day(signed_in, editor, home):
    client = signed_in(editor)
    assert client.post(reverse("review_look", args=[home.get_parent().pk])).status_code in (
        302,
        403,
    )
    assert client.post(reverse("review_look", args=[987654])).status_code == 404


def test_the_list_and_its_filter(signed_in, editor, make_page):
    client = signed_in(editor)
    assert "De komende weken hoeft u niets na te kijken" in client.get(LIST).content.decode()
    make_page("oud", review_on=timezone.localdate() - timedelta(days=1))
    factories.make_law_article(checked_on=date(2020, 1, 1), title="Oude wet")
    html = client.get(LIST).content.decode()
    assert "2 zijn nu aan de beurt" in html
    assert "Vandaag nagekeken, over een jaar weer: Oud" in html
    html = client.get(LIST, {"soort": "wetsartikel"}).content.decode()
    assert "Oude wet" in html
    assert ">Oud</a>" not in html
    assert client.get(LIST, {"soort": "<script>", "p": "x"}).status_code == 200


def test_the_list_asks_no_more_when_there_is_more(
    signed_in, editor, make_page, django_assert_max_num_queries
):
    client = signed_in(editor)
    for number in range(12):
        make_page(f"oud-{number}", review_on=timezone.localdate())
    client.get(LIST)
    with django_assert_max_num_queries(45) as few:
        client.get(LIST)
    for number in range(12, 30):
        make_page(f"oud-{number}", review_on=timezone.localdate())
    with django_assert_max_num_queries(len(few.captured_queries)):
        client.get(LIST)
