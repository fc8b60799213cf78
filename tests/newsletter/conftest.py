"""What tests of the newsletter share."""

import pytest
from django.utils import timezone

from home.models import Theme
from newsletter import subscribing
from newsletter.models import Subscription
from newsletter.subscribing import Wish
from tests import factories


@pytest.fixture
def clock(monkeypatch):
    """Set the time."""

    class Clock:
        now = timezone.now()

    monkeypatch.setattr(timezone, "now", lambda: Clock.now)
    return Clock


@pytest.fixture
def themes(home):
    return [
        Theme.objects.create(name=name, slug=name.lower(), locale=factories.locale())
        for name in ("Integriteit", "Samenwerking")
    ]


@pytest.fixture
def subscribe(home):
    """An address that has the newsletter."""

    def make(email="lezer@voorbeeld.example", rhythm="weekly", *, themes=(), language="nl"):
        subscription = Subscription.objects.create(email=email, told_until=timezone.now())
        subscribing.change(subscription, Wish(language, rhythm, themes))
        return subscription

    return make
