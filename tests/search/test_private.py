"""Nothing that is not for everybody is found: not in results, counts, suggestions or corrections.

And what is closed, withdrawn or deleted is gone at once, also from what was asked just before.
"""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.files.base import ContentFile
from django.utils import timezone
from wagtail.documents.models import Document
from wagtail.models import Collection, CollectionViewRestriction, Page

from home.models import Theme
from meetings.material import may_open
from meetings.models import MeetingPage, NetworkEntry
from practice import handing_in
from search.indexing import rebuild
from search.models import Entry, PromotedResult
from tests import factories
from tests.practice import builders

pytestmark = pytest.mark.django_db

SECRET = "geheimstuk"
# As who guesses would type it, or half of it.
GUESSES = (SECRET, "gehiemstuk", "geheimst", "beleid")
TEXT = [("text", f"<p>Het beleid staat in het {SECRET} van de raad.</p>")]


@pytest.fixture(autouse=True)
def public_page(db):
    """Something that everybody finds with the same searches."""
    theme = Theme.objects.create(name="Openbaar", slug="openbaar", locale=factories.locale())
    page = factories.make_news(title="Ons beleid", body=[])
    page.themes = [theme]
    page.save_revision().publish()
    return page


def told(client, text):
    """All that a visitor is told about a search: the page, its numbers, and the suggestions."""
    response = client.get("/zoeken/", {"q": text})
    context = response.context
    numbers = [
        (choice.label, choice.count)
        for name in ("kinds", "themes")
        for choice in context.get(name, ())
    ]
    suggested = client.get("/zoeken/suggesties/", {"q": text}).content.decode()
    # What was typed itself comes back in the box.
    return response.content.decode().replace(text, "…"), numbers, suggested.replace(text, "…")


def told_of_all(client):
    return [told(client, text) for text in GUESSES]


def is_found(client, text=SECRET):
    return bool(client.get("/zoeken/", {"q": text}).context["found"].total)


def assert_gone(client, before):
    """As if it had never been there; nor is a letter of it told."""
    now = told_of_all(client)
    for page, _numbers, suggested in now:
        assert SECRET not in page.casefold()
        assert SECRET not in suggested.casefold()
    assert [numbers for _page, numbers, _suggested in now] == before


@pytest.fixture
def without(client, public_page):
    """What the numbers are when there is nothing secret at all."""
    return [numbers for _page, numbers, _suggested in told_of_all(client)]


def make_document(title=f"Het {SECRET}"):
    return Document.objects.create(title=title, file=ContentFile(b"x", name=f"{SECRET}.pdf"))


def private_collection():
    collection = Collection.get_first_root_node().add_child(name="Besloten")
    CollectionViewRestriction.objects.create(collection=collection, restriction_type="login")
    return collection


def make_secret_news(**fields):
    page = factories.make_news(title=f"Beleid in het {SECRET}", body=TEXT, **fields)
    page.themes = list(Theme.objects.all())
    page.save_revision().publish()
    return page


class TestMaterialOfMeetings:
    def publish(self, page, audience):
        page.material_for = audience
        page.save_revision().publish()

    def test_for_participants_is_found_by_nobody(self, client, signed_in, user, without):
        document = make_document()
        meeting = factories.make_meeting(
            material=[("document", {"document": document, "description": ""})],
            material_for=MeetingPage.Audience.PARTICIPANTS,
        )
        assert_gone(client, without)
        rebuild()
        assert_gone(client, without)
        assert not Entry.objects.filter(document=document).exists()
        assert not is_found(signed_in(user))
        assert not may_open(document, AnonymousUser())
        assert not may_open(document, user)
        self.publish(meeting, MeetingPage.Audience.EVERYBODY)
        assert is_found(client)
        told_of_all(client)
        self.publish(meeting, MeetingPage.Audience.PARTICIPANTS)
        assert_gone(client, without)

    def test_what_stands_elsewhere_for_everybody_is_found_there(self, client):
        document = make_document()
        factories.make_meeting(
            material=[("document", {"document": document, "description": ""})],
            material_for=MeetingPage.Audience.PARTICIPANTS,
        )
        body = [("document", {"document": document, "description": ""})]
        factories.make_news(title="Bericht", body=body)
        (result,) = client.get(f"/zoeken/?q={SECRET}&soort=documenten").context["results"]
        assert result.offered_by == "Bericht"
        assert may_open(document, AnonymousUser())

    def test_what_stands_in_the_text_of_the_meeting_as_well_is_for_everybody(self, client):
        document = make_document()
        stream = [("document", {"document": document, "description": ""})]
        factories.make_meeting(
            title="Bijeenkomst over stukken",
            body=stream,
            material=stream,
            material_for=MeetingPage.Audience.PARTICIPANTS,
        )
        (result,) = client.get(f"/zoeken/?q={SECRET}&soort=documenten").context["results"]
        assert result.offered_by == "Bijeenkomst over stukken"
        assert may_open(document, AnonymousUser())

    def test_the_address_of_an_online_meeting_is_not_found(self, client, without):
        factories.make_meeting(
            way=MeetingPage.Way.ONLINE, online_url=f"https://video.example/{SECRET}"
        )
        assert_gone(client, without)


class TestDocuments:
    @pytest.fixture
    def document(self, client):
        document = make_document()
        body = [("document", {"document": document, "description": ""})]
        factories.make_news(title="Ons beleid", body=body)
        return document

    @pytest.fixture
    def without(self, client, document):
        """The page that offers it is public."""
        Document.objects.filter(pk=document.pk).update(collection=private_collection())
        rebuild()
        before = [numbers for _page, numbers, _suggested in told_of_all(client)]
        Document.objects.filter(pk=document.pk).update(collection=Collection.get_first_root_node())
        CollectionViewRestriction.objects.all().delete()
        Collection.objects.filter(depth__gt=1).delete()
        rebuild()
        assert is_found(client)
        told_of_all(client)
        return before

    def test_a_collection_that_is_closed(self, client, document, without):
        collection = Collection.get_first_root_node().add_child(name="Stukken")
        Document.objects.filter(pk=document.pk).update(collection=collection)
        assert is_found(client)
        told_of_all(client)
        CollectionViewRestriction.objects.create(collection=collection, restriction_type="login")
        assert_gone(client, without)

    def test_one_that_is_moved_by_the_dozen(self, client, document, without):
        """Wagtail's own bulk action: no signal tells of it."""
        Document.objects.filter(pk=document.pk).update(collection=private_collection())
        assert_gone(client, without)

    def test_a_collection_that_moves_below_a_closed_one(self, client, document, without):
        collection = Collection.get_first_root_node().add_child(name="Stukken")
        Document.objects.filter(pk=document.pk).update(collection=collection)
        told_of_all(client)
        closed = private_collection()
        Collection.objects.get(pk=collection.pk).move(closed, pos="sorted-child")
        assert_gone(client, without)

    def test_one_that_is_deleted(self, client, document, without):
        document.delete()
        assert_gone(client, without)

    def test_one_in_a_draft_alone(self, client, public_page, without):
        Document.objects.all().delete()
        public_page.body = [("document", {"document": make_document(), "description": ""})]
        public_page.save_revision()
        rebuild()
        assert not is_found(client)

    def test_one_that_was_taken_out(self, client, document):
        page = Page.objects.get(pk=Entry.objects.get(document=document).page_id).specific
        page.body = []
        page.save_revision().publish()
        assert not is_found(client)


class TestPages:
    def test_a_draft(self, client, without):
        factories.make_news(title=f"Het {SECRET}", publish=False).save_revision()
        assert_gone(client, without)

    def test_a_change_that_waits_for_approval(self, client, public_page, without):
        public_page.title = f"Het {SECRET}"
        public_page.search_description = SECRET
        public_page.save_revision()
        rebuild()
        assert_gone(client, without)

    @pytest.mark.parametrize("kind", ["login", "password", "groups"])
    def test_a_page_that_is_closed(self, client, without, kind):
        page = make_secret_news()
        told_of_all(client)
        page.view_restrictions.create(restriction_type=kind, password="x")
        assert_gone(client, without)

    def test_a_page_below_one_that_is_closed(self, client, without):
        page = make_secret_news()
        told_of_all(client)
        page.get_parent().view_restrictions.create(restriction_type="login")
        assert not is_found(client)
        assert all(SECRET not in suggested for _page, _numbers, suggested in told_of_all(client))

    def test_a_page_that_is_withdrawn(self, client, without):
        page = make_secret_news()
        told_of_all(client)
        page.unpublish()
        assert_gone(client, without)

    def test_a_page_that_is_deleted(self, client, without):
        page = make_secret_news()
        told_of_all(client)
        page.delete()
        assert_gone(client, without)

    def test_a_page_that_expires_before_the_clock_comes_by(self, client, without):
        page = make_secret_news(expire_at=timezone.now() + timedelta(minutes=1))
        told_of_all(client)
        Page.objects.filter(pk=page.pk).update(expire_at=timezone.now())
        assert_gone(client, without)

    def test_a_page_that_waits_for_its_moment(self, client, without):
        page = factories.make_news(title=f"Het {SECRET}", publish=False)
        page.go_live_at = timezone.now() + timedelta(hours=1)
        page.save_revision().publish()
        rebuild()
        assert_gone(client, without)

    def test_a_translation_that_is_not_published(self, client, public_page):
        factories.make_home("en")
        english = factories.translated_news(public_page, f"The {SECRET}")
        assert is_found_in_english(client)
        english.refresh_from_db()
        english.unpublish()
        assert not is_found_in_english(client)
        assert not is_found(client)

    def test_a_result_on_top_for_some(self, client, without):
        page = make_secret_news()
        PromotedResult.objects.create(words="beleid", page=page, why=f"Lees het {SECRET}.")
        assert SECRET in told(client, "beleid")[0]
        page.view_restrictions.create(restriction_type="login")
        assert_gone(client, without)
        page.view_restrictions.all().delete()
        page.unpublish()
        assert_gone(client, without)


def is_found_in_english(client):
    return bool(client.get("/en/zoeken/", {"q": SECRET}).context["found"].total)


class TestCases:
    def test_what_was_handed_in_is_found_when_it_is_published(self, client, without):
        submission = builders.make_submission(
            happened=f"In het {SECRET} staat ons beleid.", title=f"Het {SECRET}"
        )
        handing_in.send(submission)
        assert_gone(client, without)

    def test_one_that_is_taken_off_the_site(self, client, without):
        case = builders.make_case(title=f"Het {SECRET}", happened=f"<p>Beleid in {SECRET}.</p>")
        assert is_found(client)
        told_of_all(client)
        case.unpublish()
        assert_gone(client, without)

    def test_the_source_and_a_name_that_is_not_shown_are_not_found(self, client):
        factories.make_user(name=f"Piet {SECRET.title()}")
        builders.make_case(title="Een voorval", source=SECRET)
        assert not is_found(client)


class TestPeople:
    def test_who_is_in_the_network_is_not_found(self, client, without):
        person = factories.make_user(name=f"Piet {SECRET.title()}")
        NetworkEntry.objects.create(person=person, question=f"Wie kent het {SECRET}?")
        rebuild()
        assert_gone(client, without)
