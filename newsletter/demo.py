"""A few invented subscribers for the demo, so that the editors' page says something."""

from datetime import timedelta
from typing import Final

from django.utils import timezone
from wagtail.models import Locale

from home.demo_loader import themes_named
from newsletter.models import Rhythm, Subscription

# The first is a demo account's: their own data tells of it.
SUBSCRIBERS: Final[tuple[tuple[str, Rhythm, tuple[str, ...]], ...]] = (
    ("raadslid@voorbeeld.example", Rhythm.WEEKLY, ()),
    ("fractiekamer@voorbeeld.example", Rhythm.WEEKLY, ("integriteit", "belangen")),
    ("bestuurssecretariaat@voorbeeld.example", Rhythm.MONTHLY, ()),
)


def load_newsletter_demo() -> None:
    """Make those that are missing."""
    moment = timezone.now() - timedelta(days=20)
    for email, rhythm, themes in SUBSCRIBERS:
        subscription, made = Subscription.objects.get_or_create(
            email=email,
            defaults={"rhythm": rhythm, "confirmed_at": moment, "told_until": moment},
        )
        if made:
            subscription.themes.set(themes_named(themes, Locale.get_default()))
