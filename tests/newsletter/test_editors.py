"""`/beheer/nieuwsbrief/`: counts and a look ahead for editors, an introduction by chief editors."""

from datetime import UTC, datetime, timedelta

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Group

from accounts.models import AuditEvent
from home.permissions import CHIEF_EDITORS, EDITORS
from newsletter import overview
from newsletter.models import Edition, Introduction, Rhythm, Subscription
from newsletter.sending import send_edition
from newsletter.setup import set_up_newsletter
from tests import factories

pytestmark = pytest.mark.django_db

ADDRESS = "/beheer/nieuwsbrief/"


@pytest.fixture
def browsers(public_site, signed_in):
    set_up_newsletter()
    found = {}
    for name in (EDITORS, CHIEF_EDITORS):
        person = factories.make_user()
        person.groups.add(Group.objects.get(name=name))
        found[name] = signed_in(person)
    return found


@pytest.fixture
def subscribed(browsers, clock):
    clock.now = datetime(2026, 11, 23, 9, tzinfo=UTC)
    for number, rhythm in enumerate(("weekly", "weekly", "monthly")):
        Subscription.objects.create(
            email=f"geheim{number}@voorbeeld.example", rhythm=rhythm, told_until=clock.now
        )
    clock.now += timedelta(hours=1)
    factories.make_news("Een afspraak over giften")
    clock.now += timedelta(hours=1)


def text_of(response):
    assert response.status_code == 200
    return " ".join(BeautifulSoup(response.content, "html.parser").get_text(" ").split())


def test_they_see_how_many_and_never_who(browsers, subscribed):
    for browser in browsers.values():
        text = text_of(browser.get(ADDRESS))
        assert "3 adressen krijgen de nieuwsbrief" in text
        assert "2 abonnees" in text
        assert "dinsdag 24 november 2026" in text
        assert "dinsdag 1 december 2026" in text
        assert "1 nieuwsbericht tot nu toe" in text
        assert "Er is nog niets verstuurd" in text
        assert "geheim" not in text


def test_they_see_what_went_out(browsers, subscribed, clock):
    clock.now += timedelta(days=1)
    send_edition(Rhythm.WEEKLY, "2026-W48")
    text = text_of(browsers[EDITORS].get(ADDRESS))
    assert "2026-W48" in text
    assert "dinsdag 1 december 2026" in text
    assert Edition.objects.get().mails == 2
    # What went out is no longer ahead.
    assert overview.next_news(Rhythm.WEEKLY, "nl") == []


def test_they_look_at_the_next_one(browsers, subscribed):
    response = browsers[EDITORS].get(f"{ADDRESS}voorbeeld/weekly/nl/")
    assert "Een afspraak over giften" in text_of(response)
    assert "default-src 'none'" in response.headers["Content-Security-Policy"]
    english = browsers[EDITORS].get(f"{ADDRESS}voorbeeld/weekly/en/").content.decode()
    assert '<html lang="en">' in english
    assert "in Dutch" in english
    for bad in ("yearly/nl", "weekly/xx"):
        assert browsers[EDITORS].get(f"{ADDRESS}voorbeeld/{bad}/").status_code == 404


def test_without_news_there_is_nothing_to_look_at(browsers):
    response = browsers[EDITORS].get(f"{ADDRESS}voorbeeld/weekly/nl/", follow=True)
    assert "Zonder nieuws gaat er niets uit" in text_of(response)


def test_chief_editors_write_what_stands_above_it(browsers, subscribed):
    words = {"rhythm": "weekly", "weekly-nl": "Dag <b>lezer</b>.", "weekly-en": ""}
    assert browsers[EDITORS].post(ADDRESS, words).status_code in (302, 403)
    assert not Introduction.objects.exists()
    assert 'name="weekly-nl"' not in browsers[EDITORS].get(ADDRESS).content.decode()
    chief = browsers[CHIEF_EDITORS]
    assert chief.post(ADDRESS, words).url == ADDRESS
    assert Introduction.objects.get().texts == {"nl": "Dag <b>lezer</b>."}
    assert AuditEvent.objects.filter(what=AuditEvent.What.SETTINGS).exists()
    assert "Dag <b>lezer</b>." in text_of(chief.get(f"{ADDRESS}voorbeeld/weekly/nl/"))
    assert "Dag" in text_of(browsers[EDITORS].get(ADDRESS))
    chief.post(ADDRESS, words | {"weekly-nl": ""})
    assert not Introduction.objects.exists()


@pytest.mark.parametrize("rhythm", ["", "yearly", "weekly"])
def test_bad_input_stores_nothing(browsers, rhythm):
    data = {"rhythm": rhythm, "weekly-nl": "x" * 2001}
    response = browsers[CHIEF_EDITORS].post(ADDRESS, data)
    assert response.status_code == (422 if rhythm == "weekly" else 200)
    assert not Introduction.objects.exists()


def test_who_is_no_editor_gets_no_further(client, signed_in, browsers):
    for browser in (client, signed_in(factories.make_user())):
        for address in (ADDRESS, f"{ADDRESS}voorbeeld/weekly/nl/"):
            assert browser.get(address).status_code == 302
    outsider = factories.make_user()
    group = Group.objects.create(name="Anders")
    group.permissions.add(
        *Group.objects.get(name=EDITORS).permissions.exclude(codename="view_edition")
    )
    outsider.groups.add(group)
    answer = signed_in(outsider).get(ADDRESS)
    assert answer.status_code in (302, 403)
    assert Subscription.objects.count() == 0


def test_questions_to_the_database_do_not_grow(browsers, subscribed, django_assert_max_num_queries):
    for number in range(20):
        Subscription.objects.create(email=f"m{number}@voorbeeld.example")
        Edition.objects.create(rhythm=Rhythm.WEEKLY, period=f"2025-W{number}", mails=3)
        factories.make_news()
    browsers[EDITORS].get(ADDRESS)
    with django_assert_max_num_queries(40):
        browsers[EDITORS].get(ADDRESS)
