"""What is kept of subscribers and how it goes: retention, erasing an account, one's own data."""

from typing import Any

from allauth.account.models import EmailAddress
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from learning.anonymising_traces import Emails, add_trace
from learning.own_data.collecting import Found, Row, table
from learning.retention import add_steps, deleting
from learning.rules.retention import period
from newsletter.models import Delivery, Subscription, SubscriptionRequest
from newsletter.subscribing import forget

add_steps(
    deleting(
        "newsletter requests unconfirmed",
        "newsletter_unconfirmed",
        SubscriptionRequest.objects.expired,
    ),
    deleting(
        "newsletters sent",
        "mail",
        lambda now: Delivery.objects.filter(created_at__lt=now - period("mail")),
    ),
)


@add_trace
def subscriptions(_person: User, emails: Emails) -> None:
    """Who erases their account wants no mail at its addresses any more."""
    forget(emails)


@table("newsletter", _("Your newsletter"), kept="newsletter", covers=())
def newsletter(person: User) -> Found:
    """Only of addresses that they have shown to be theirs."""
    known = EmailAddress.objects.filter(user=person, verified=True)
    emails = [each.lower() for each in known.values_list("email", flat=True)]
    rows = Subscription.objects.filter(email__in=emails).prefetch_related("themes")

    def tell(row: Any) -> Row:
        return {
            "email": row.email,
            "language": row.language,
            "rhythm": row.get_rhythm_display(),
            "themes": [{"name": theme.name} for theme in row.themes.all()],
            "since": row.confirmed_at,
        }

    return Found(rows.order_by("pk"), tell)
