"""A case that is translated: the same rules, the same word of its sender, the same way back."""

import pytest
from bs4 import BeautifulSoup
from wagtail_localize.models import (
    String,
    StringTranslation,
    Translation,
    TranslationLog,
    TranslationSource,
)
from wagtail_localize.operations import TranslationCreator

from practice import handing_in
from practice.consent import missing_consent
from practice.models import CasePage
from practice.models.cases import ConsentMissing
from tests import factories
from tests.practice import builders

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("practice")]


@pytest.fixture
def sender(home):
    builders.make_practice()
    return factories.make_user()


def translated(page):
    """As an editor begins it."""
    english = factories.locale("en")
    TranslationCreator(None, [english]).create_translations(page)
    return page.get_translation(english)


def test_without_the_senders_word_no_translation_is_published(sender):
    sent = builders.make_sent(sender, may_publish=False)
    english = translated(sent.page)
    assert missing_consent(english.pk, names_municipality=False)
    with pytest.raises(ConsentMissing):
        english.save_revision().publish()
    assert not CasePage.objects.get(pk=english.pk).live
    handing_in.change_consent(sent, {"may_publish": True})
    english.save_revision().publish()
    assert CasePage.objects.get(pk=english.pk).live


def test_what_is_taken_off_the_site_goes_in_every_language(sender):
    sent = builders.make_sent(sender, may_publish=True)
    sent.page.save_revision().publish()
    english = translated(sent.page)
    english.save_revision().publish()
    sent.page.refresh_from_db()
    sent.page.unpublish()
    assert not CasePage.objects.filter(translation_key=english.translation_key).live().exists()


def test_a_translation_that_is_taken_off_leaves_its_source(sender):
    sent = builders.make_sent(sender, may_publish=True)
    sent.page.save_revision().publish()
    english = translated(sent.page)
    english.save_revision().publish()
    english.unpublish()
    assert CasePage.objects.get(pk=sent.page.pk).live


def test_withdrawing_takes_translations_and_their_texts_along(sender):
    other = builders.make_case(title="Een ander")
    translated(other)
    sent = builders.make_sent(sender, happened="Dit schreef alleen ik.", title=other.title)
    english = translated(sent.page)
    key = english.translation_key
    texts = Translation.objects.get(source__object_id=key).source.stringsegment_set
    for segment in texts.select_related("string", "context"):
        StringTranslation.objects.create(
            translation_of=segment.string,
            context=segment.context,
            locale=english.locale,
            data=f"In English: {segment.string.data}",
        )
    handing_in.withdraw(sent)
    assert not CasePage.objects.filter(translation_key=key).exists()
    for rows in (
        TranslationSource.objects.filter(object_id=key),
        TranslationLog.objects.filter(source__object_id=key),
    ):
        assert not rows.exists()
    assert not String.objects.filter(data__contains="alleen ik").exists()
    assert not StringTranslation.objects.filter(data__contains="alleen ik").exists()
    # A title that another case has too is still that one's.
    assert String.objects.filter(data=other.title).exists()


def test_the_sheet_is_there_in_each_language(sender, client):
    case = builders.make_case(slug="een-pakket")
    address = f"{case.url}bespreken/"

    def switch():
        soup = BeautifulSoup(client.get(address).content, "html.parser")
        return soup.select_one('.rv-nav a[hreflang="en"]')["href"]

    assert switch() == f"/en/praktijk/?zonder-vertaling={case.pk}"
    translated(case).save_revision().publish()
    assert switch() == f"/en{address}"
    assert client.get(f"/en{address}").status_code == 200


def test_the_english_list_says_what_is_there_in_dutch(sender, client):
    case = builders.make_case()

    def lacking(query=""):
        soup = BeautifulSoup(client.get(f"/en/praktijk/{query}").content, "html.parser")
        return [
            (link["href"], link["lang"])
            for link in soup.select("section[aria-labelledby=alleen-nederlands] a")
        ]

    assert lacking() == [(case.url, "nl")]
    other = builders.make_case()
    translated(other).save_revision().publish()
    assert lacking() == [(case.url, "nl")]
    assert lacking("?soort=goed") == []
    translated(case).save_revision().publish()
    assert lacking() == []


def test_who_handed_it_in_is_led_to_it_in_their_own_language(sender, signed_in):
    sent = builders.make_sent(sender, may_publish=True)
    sent.page.save_revision().publish()
    browser = signed_in(sender)

    def link():
        soup = BeautifulSoup(browser.get(f"/en/mijn/praktijk/{sent.pk}/").content, "html.parser")
        found = soup.find("a", string="See it on the site")
        return found["href"], found.get("hreflang")

    assert link() == (sent.page.url, "nl")
    translated(sent.page).save_revision().publish()
    assert link() == (f"/en{sent.page.url}", None)
