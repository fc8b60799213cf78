"""From news to mail: to each once a period, only with news, and what the editors wrote above it."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core import mail as post
from django.db import IntegrityError, transaction
from django.utils import timezone

from home.models import NewsPage
from learning import schedule
from learning.mail.sending import deliver_waiting
from learning.models import OutgoingMail
from newsletter import overview, sending, subscribing
from newsletter.models import Delivery, Edition, Introduction, Rhythm, Subscription
from newsletter.sending import send_edition, send_newsletters
from tests import factories

pytestmark = pytest.mark.django_db

TUESDAY = datetime(2026, 11, 24, 9, tzinfo=UTC)
State = OutgoingMail.State


@pytest.fixture
def now(clock):
    """A Monday; news that is made is of this moment."""
    clock.now = TUESDAY - timedelta(days=1)
    return clock


def later(clock, **time):
    clock.now += timedelta(**time)


def waiting():
    return sorted(
        OutgoingMail.objects.filter(state=State.WAITING).values_list("address", flat=True)
    )


def send(period="2026-W48", rhythm=Rhythm.WEEKLY):
    return send_edition(rhythm, period)


def delivered():
    # Their default is of the real clock.
    OutgoingMail.objects.filter(state=State.WAITING).update(send_after=timezone.now())
    deliver_waiting()
    return post.outbox


def test_news_goes_to_each_once(now, subscribe):
    subscribe("a@voorbeeld.example")
    subscribe("b@voorbeeld.example")
    subscribe("maandelijks@voorbeeld.example", "monthly")
    later(now, hours=1)
    factories.make_news("Een afspraak over giften", introduction="Kort & goed.")
    later(now, hours=1)
    assert send() == 2
    assert send() == 0
    assert waiting() == ["a@voorbeeld.example", "b@voorbeeld.example"]
    first, _second = delivered()
    assert first.subject == "Nieuws: Een afspraak over giften"
    assert "Kort & goed." in first.body
    assert "/nieuws/bericht-" in first.body
    # Afterwards no address is kept with the mail.
    assert set(OutgoingMail.objects.values_list("address", "state")) == {("", State.SENT)}
    edition = Edition.objects.get()
    assert (edition.mails, edition.items) == (2, 1)
    # And in the next week that item is no news any more.
    assert send("2026-W49") == 0


def test_one_click_in_the_mail_ends_it(now, subscribe, client):
    subscription = subscribe()
    later(now, hours=1)
    factories.make_news()
    later(now, hours=1)
    send()
    (mail,) = delivered()
    # Whose mail it is stands before its address.
    assert mail.from_email.startswith("Raadsleden & Veiligheid <")
    assert mail.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    link = mail.extra_headers["List-Unsubscribe"].strip("<>")
    assert link.endswith(subscribing.stop_path(subscription))
    assert link in mail.body
    client.post(subscribing.stop_path(subscription))
    assert not Subscription.objects.exists()
    assert not Delivery.objects.exists()
    assert Edition.objects.get().mails == 1


def test_without_news_nothing_is_sent(now, subscribe):
    factories.make_news("Van voor het abonnement")
    later(now, hours=1)
    subscribe()
    later(now, hours=1)
    assert send() == 0
    assert not Edition.objects.exists()


def test_only_news_about_what_was_chosen(now, subscribe, themes):
    subscribe("integer@voorbeeld.example", themes=themes[:1])
    subscribe("samen@voorbeeld.example", themes=themes[1:])
    later(now, hours=1)
    factories.make_news("Over integriteit", themes=themes[:1])
    later(now, hours=1)
    send()
    assert waiting() == ["integer@voorbeeld.example"]
    # What was not for them does not hold back what is.
    factories.make_news("Samen", themes=themes[1:])
    later(now, days=7)
    send("2026-W49")
    assert waiting() == ["integer@voorbeeld.example", "samen@voorbeeld.example"]


def test_news_in_ones_own_language_or_else_in_dutch(now, subscribe):
    subscribe(language="en")
    later(now, hours=1)
    page = factories.make_news("Alleen Nederlands")
    factories.translated_news(factories.make_news("Ook Engels"), "English too")
    later(now, hours=1)
    send()
    (mail,) = delivered()
    assert "English too" in mail.body
    assert "Ook Engels" not in mail.body
    assert "Alleen Nederlands" in mail.body
    assert "in Dutch" in mail.body
    assert "You get this mail because" in mail.body
    # A translation that comes later is no news.
    factories.translated_news(page, "Now in English")
    later(now, days=7)
    assert send("2026-W49") == 0


def test_invented_news_says_so(now, subscribe):
    subscribe()
    later(now, hours=1)
    factories.make_news("Verzonnen", is_fictional=True)
    later(now, hours=1)
    send()
    (mail,) = delivered()
    assert ", verzonnen voorbeeld. Kort." in mail.body


def test_what_is_gone_when_the_mail_leaves_is_not_in_it(now, subscribe):
    subscribe()
    later(now, hours=1)
    pages = [factories.make_news("Blijft"), factories.make_news("Gaat")]
    later(now, hours=1)
    send()
    pages[1].unpublish()
    assert "Gaat" not in delivered()[0].body
    later(now, hours=1)
    factories.make_news("Ook weg")
    later(now, days=7)
    send("2026-W49")
    NewsPage.objects.get(title="Ook weg").unpublish()
    assert len(delivered()) == 1
    assert OutgoingMail.objects.filter(state=State.CANCELLED).count() == 1


def test_closed_news_is_told_to_nobody(now, subscribe):
    subscribe()
    later(now, hours=1)
    factories.make_news().view_restrictions.create(restriction_type="login")
    later(now, hours=1)
    assert send() == 0


def test_a_killed_run_is_gone_on_with(now, subscribe, monkeypatch):
    for number in range(5):
        subscribe(f"l{number}@voorbeeld.example")
    later(now, hours=1)
    factories.make_news()
    later(now, hours=1)
    monkeypatch.setattr(sending, "BATCH", 2)
    real, calls = sending.send_batch, []

    def dies_at_the_second(*args, **options):
        calls.append(1)
        if len(calls) == 2:
            raise RuntimeError
        return real(*args, **options)

    monkeypatch.setattr(sending, "send_batch", dies_at_the_second)
    with pytest.raises(RuntimeError):
        send()
    assert len(waiting()) == 2
    assert send() == 3
    assert len(set(waiting())) == len(waiting()) == 5
    assert Edition.objects.get().mails == 5


def test_the_database_itself_keeps_it_to_one(subscribe):
    edition = Edition.objects.create(rhythm=Rhythm.WEEKLY, period="2026-W48")
    subscription = subscribe()
    Delivery.objects.create(subscription=subscription, edition=edition)
    with pytest.raises(IntegrityError), transaction.atomic():
        Delivery.objects.create(subscription=subscription, edition=edition)
    with pytest.raises(IntegrityError), transaction.atomic():
        Edition.objects.create(rhythm=Rhythm.WEEKLY, period="2026-W48")


def test_the_schedule_sends_on_its_day_and_some_days_late(now, subscribe):
    assert "newsletter" in schedule.SCHEDULE
    subscribe()
    subscribe("maandelijks@voorbeeld.example", "monthly")
    later(now, hours=1)
    factories.make_news()
    send_newsletters(date(2026, 11, 23))
    assert waiting() == []
    now.now = TUESDAY + timedelta(days=2)
    for day in (23, 24, 25, 26):
        send_newsletters(date(2026, 11, day))
    assert waiting() == ["lezer@voorbeeld.example"]
    now.now = datetime(2026, 12, 1, 9, tzinfo=UTC)
    send_newsletters(date(2026, 12, 1))
    assert waiting() == ["lezer@voorbeeld.example", "maandelijks@voorbeeld.example"]


def test_another_rhythm_sends_nothing_twice(now, subscribe):
    subscription = subscribe()
    later(now, hours=1)
    factories.make_news()
    later(now, hours=1)
    send()
    subscribing.change(subscription, subscribing.Wish("nl", "monthly"))
    assert send("2026-11", Rhythm.MONTHLY) == 0


def test_the_introduction_goes_out_once(now, subscribe):
    person = factories.make_user()
    subscribe()
    overview.introduce(Rhythm.WEEKLY, {"nl": "Beste lezer,\n\nDit is bijzonder."}, by=person)
    # No news: it waits.
    assert send("2026-W47") == 0
    assert Introduction.objects.exists()
    later(now, hours=1)
    factories.make_news()
    later(now, hours=1)
    send()
    assert not Introduction.objects.exists()
    assert "Dit is bijzonder." in delivered()[0].body
    later(now, hours=1)
    factories.make_news()
    later(now, days=7)
    send("2026-W49")
    assert "Dit is bijzonder." not in delivered()[1].body
    assert "Dit is nieuw op onze site." in delivered()[1].body


def test_questions_to_the_database_do_not_grow(now, subscribe, django_assert_max_num_queries):
    for number in range(12):
        subscribe(f"l{number}@voorbeeld.example")
    later(now, hours=1)
    for _number in range(3):
        factories.make_news()
    later(now, hours=1)
    with django_assert_max_num_queries(30):
        assert send() == 12


def test_news_that_was_set_to_appear_is_news_from_then_on(now, subscribe):
    subscribe()
    page = factories.make_news("Gepland", publish=False)
    page.go_live_at = now.now + timedelta(days=10)
    page.save_revision().publish()
    later(now, days=1)
    assert send() == 0
    later(now, days=10)
    schedule.SCHEDULE["publish_scheduled"].perform("")
    later(now, hours=1)
    assert send("2026-W50") == 1
