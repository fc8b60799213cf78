"""Pages appear and disappear at the moment that an editor chose, by our own worker."""

from datetime import timedelta

import pytest
from django.utils import timezone

from learning import schedule
from learning.scheduled_publishing import publish_scheduled
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def clock(monkeypatch):
    class Clock:
        now = timezone.now()

    monkeypatch.setattr(timezone, "now", lambda: Clock.now)
    return Clock


def planned(title, **moments):
    page = factories.make_news(title, publish=False)
    for name, value in moments.items():
        setattr(page, name, value)
    page.save_revision().publish()
    page.refresh_from_db()
    return page


def test_it_is_in_the_schedule_each_minute():
    entry = schedule.SCHEDULE["publish_scheduled"]
    assert isinstance(entry, schedule.Periodic)
    assert entry.minutes == 1


def test_a_page_appears_and_disappears_without_anybody(home, client, clock):
    appears, disappears = clock.now + timedelta(hours=1), clock.now + timedelta(hours=2)
    page = planned("Straks", go_live_at=appears, expire_at=disappears, slug="straks")
    entry = schedule.SCHEDULE["publish_scheduled"]

    def seen():
        entry.perform("")
        return (
            "Straks" in client.get("/nieuws/").content.decode(),
            client.get("/nieuws/straks/").status_code,
            "Straks" in client.get("/nieuws/rss/").content.decode(),
        )

    # Twice, so that what visitors are shown from the store counts.
    assert [seen(), seen()] == [(False, 404, False)] * 2
    clock.now = appears + timedelta(seconds=1)
    assert [seen(), seen()] == [(True, 200, True)] * 2
    page.refresh_from_db()
    assert page.first_published_at == clock.now
    clock.now = disappears + timedelta(seconds=1)
    assert [seen(), seen()] == [(False, 404, False)] * 2
    page.refresh_from_db()
    assert page.expired


def test_doing_it_again_changes_nothing(home, clock):
    page = planned("Straks", go_live_at=clock.now + timedelta(hours=1))
    clock.now += timedelta(hours=2)
    publish_scheduled()
    page.refresh_from_db()
    before = page.last_published_at
    clock.now += timedelta(hours=2)
    publish_scheduled()
    page.refresh_from_db()
    assert page.live
    assert page.last_published_at == before


def test_a_worker_that_was_away_makes_it_good(home, clock):
    page = planned("Straks", go_live_at=clock.now + timedelta(hours=1))
    clock.now += timedelta(days=3)
    schedule.SCHEDULE["publish_scheduled"].perform("")
    page.refresh_from_db()
    assert page.live
