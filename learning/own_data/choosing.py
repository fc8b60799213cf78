"""What somebody chose: which mail they want, and how the pages look to them."""

from dataclasses import dataclass

from django.db import transaction

from accounts.models import User
from learning.models import MailPreference, RefresherSubscription
from learning.refreshers import subscribe, unsubscribe


@dataclass(frozen=True, slots=True)
class Messages:
    """Which mail somebody wants. That something is late is always told at once."""

    weekly: bool
    about_changes: bool
    refreshers: bool


def messages_of(person: User) -> Messages:
    preference = MailPreference.of(person)
    return Messages(
        weekly=preference.rhythm == MailPreference.Rhythm.WEEKLY,
        about_changes=preference.about_changes,
        refreshers=RefresherSubscription.objects.visible_to(person).exists(),
    )


def choose_messages(person: User, wanted: Messages) -> None:
    """Store what somebody wants. Safe to repeat."""
    rhythm = MailPreference.Rhythm.WEEKLY if wanted.weekly else MailPreference.Rhythm.AT_ONCE
    with transaction.atomic():
        MailPreference.objects.update_or_create(
            person=person, defaults={"rhythm": rhythm, "about_changes": wanted.about_changes}
        )
        if wanted.refreshers:
            subscribe(person)
        else:
            unsubscribe(person)
