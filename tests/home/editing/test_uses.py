"""Who deletes a snippet sees what uses it, also where it was ticked."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ReferenceIndex

from home.editing.uses import uses_of
from home.models import Partner, SiteFrame
from newsletter.models import Subscription
from tests import factories, factories_field

pytestmark = pytest.mark.django_db
AUTOSAVE = "data-w-autosave-interval-value"


@pytest.fixture
def theme(home):
    return factories_field.make_theme("geheimhouding")


def address(thing, what):
    return reverse(thing.snippet_viewset.get_url_name(what), args=[thing.pk])


def text(client, url):
    response = client.get(url)
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def test_what_ticked_it_is_told_before_it_is_deleted(signed_in, chief, theme):
    news = factories.make_news(title="Wat geheim blijft")
    news.themes.add(theme)
    news.save()
    assert not ReferenceIndex.get_references_to(theme).exists()
    client = signed_in(chief)
    many = reverse("wagtail_bulk_action", args=["home", "theme", "delete"])
    for url in (address(theme, "delete"), address(theme, "usage"), f"{many}?id={theme.pk}"):
        page = text(client, url)
        assert "Het wordt op 1 plek gebruikt:" in page
        assert reverse("wagtailadmin_pages:edit", args=[news.pk]) in page
        assert "Wat geheim blijft" in page
    assert "0 keer" not in text(client, address(theme, "edit"))


def test_each_of_many_says_its_own(signed_in, chief, theme):
    news = factories.make_news(title="Wat geheim blijft")
    news.themes.add(theme)
    news.save()
    other = factories_field.make_theme("niets")
    many = reverse("wagtail_bulk_action", args=["home", "theme", "delete"])
    page = text(signed_in(chief), f"{many}?id={theme.pk}&id={other.pk}")
    assert page.count("Wat geheim blijft") == 1
    assert page.count("Het wordt nergens gebruikt.") == 1


def test_who_chose_a_theme_is_counted_and_not_told(chief, theme):
    subscription = Subscription.objects.create(email="iemand@voorbeeld.example")
    subscription.themes.add(theme)
    uses = uses_of(theme, chief)
    assert uses.shown == []
    assert [number for _kind, number in uses.counted] == [1]


def test_what_goes_with_it_is_said(signed_in, chief):
    partner = factories_field.make_partner("RIEC Verzonnen")
    entry = factories_field.make_entry(
        "Dag", starts_at=timezone.now() + timedelta(days=3), organiser=partner
    )
    (use,) = uses_of(partner, chief).shown
    assert (use.title, use.goes) == (str(entry), True)
    assert "wordt mee verwijderd" in text(signed_in(chief), address(partner, "delete"))


def test_what_is_needed_cannot_be_deleted(signed_in, chief):
    partner = factories_field.make_partner("RIEC Verzonnen")
    factories_field.make_instrument("Lijst", organisation=partner)
    page = text(signed_in(chief), address(partner, "delete"))
    assert "Het kan niet weg zolang het daar nodig is." in page
    assert "Lijst" in page


def test_a_row_is_told_as_the_page_it_stands_on(chief):
    question = factories.make_question()
    quiz = factories.make_quiz(questions=[question])
    assert [use.title for use in uses_of(question, chief).shown] == [quiz.title]


def test_it_asks_no_more_of_many(chief, theme, django_assert_max_num_queries):
    def fill(number):
        for _each in range(number):
            news = factories.make_news()
            news.themes.add(theme)
            news.save()

    fill(2)
    with django_assert_max_num_queries(60) as few:
        uses_of(theme, chief)
    fill(6)
    with django_assert_max_num_queries(len(few.captured_queries)):
        assert len(uses_of(theme, chief).shown) == 8


def test_nothing_goes_on_the_site_while_somebody_types(signed_in, chief):
    """Wagtail saves by itself what has versions; of a snippet without drafts that is the site."""
    client = signed_in(chief)
    partner = factories_field.make_partner("RIEC Verzonnen")
    frame = SiteFrame.objects.get(locale=partner.locale)
    for thing in (partner, frame, factories.make_law_article()):
        assert AUTOSAVE not in text(client, address(thing, "edit"))
    assert AUTOSAVE not in text(client, reverse(Partner.snippet_viewset.get_url_name("add")))
    news = factories.make_news()
    assert AUTOSAVE in text(client, reverse("wagtailadmin_pages:edit", args=[news.pk]))
