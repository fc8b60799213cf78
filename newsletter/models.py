"""The newsletter: who wants it, what went out, what the editors write above the next one."""

import uuid
from datetime import datetime
from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from home.models import Theme
from learning.rules.retention import period
from newsletter import rules


class Rhythm(models.TextChoices):
    WEEKLY = rules.Rhythm.WEEKLY, _("Every week, on Tuesday")
    MONTHLY = rules.Rhythm.MONTHLY, _("Every month, on the first working day")


class Choices(models.Model):
    """What an address wants."""

    email = models.EmailField(_("e-mail address"), max_length=254)
    language = models.CharField(_("language"), max_length=5, default="nl")
    rhythm = models.CharField(_("how often"), max_length=10, choices=Rhythm, default=Rhythm.WEEKLY)
    # In whichever language they were chosen; none means all.
    themes = models.ManyToManyField(Theme, blank=True, related_name="+", verbose_name=_("themes"))

    class Meta:
        abstract = True


class RequestQuerySet(models.QuerySet["SubscriptionRequest"]):
    def open(self, now: datetime) -> Self:
        """Those whose link still works."""
        return self.filter(created_at__gt=now - period("newsletter_unconfirmed"))

    def expired(self, now: datetime) -> Self:
        return self.filter(created_at__lte=now - period("newsletter_unconfirmed"))


class SubscriptionRequest(Choices):
    """That somebody asked for it, until they show that the address is theirs, or for some days.

    Also what somebody wants to change who has it already: an answer tells nobody which it is.
    """

    token_hash = models.CharField(max_length=64, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = RequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("request for the newsletter")
        verbose_name_plural = _("requests for the newsletter")
        constraints: ClassVar = [
            # A link leads to one request.
            models.UniqueConstraint(fields=["token_hash"], name="one_newsletter_request_per_link"),
        ]

    def __str__(self) -> str:
        return f"{self.created_at:%Y-%m-%d}"


class Subscription(Choices):
    """An address that gets the newsletter. It is nobody's account, and goes when they leave."""

    # What the links in its mails carry, signed: says nothing of whose it is.
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    confirmed_at = models.DateTimeField(_("since"), default=timezone.now, editable=False)
    # Through when it was told of the news.
    told_until = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("subscription to the newsletter")
        verbose_name_plural = _("subscriptions to the newsletter")
        constraints: ClassVar = [
            # Confirming twice, or by two links, is one subscription.
            models.UniqueConstraint(fields=["email"], name="one_subscription_per_address"),
            models.CheckConstraint(
                condition=Q(rhythm__in=["weekly", "monthly"]), name="newsletter_has_a_known_rhythm"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_rhythm_display()}"


class Edition(models.Model):
    """What went out in a week or month, to how many. It holds nothing of who got it."""

    rhythm = models.CharField(_("how often"), max_length=10, choices=Rhythm)
    period = models.CharField(_("week or month"), max_length=10)
    sent_at = models.DateTimeField(_("sent"), default=timezone.now)
    mails = models.PositiveIntegerField(_("mails"), default=0)
    items = models.PositiveIntegerField(_("news items"), default=0)
    # What stood above the news, by language.
    introduction = models.JSONField(_("introduction"), default=dict, blank=True)

    class Meta:
        verbose_name = _("newsletter")
        verbose_name_plural = _("newsletters")
        ordering: ClassVar = ["-sent_at", "-pk"]
        constraints: ClassVar = [
            # Two workers, or a run that is done again, go on with the same one.
            models.UniqueConstraint(fields=["rhythm", "period"], name="one_newsletter_per_period"),
        ]

    def __str__(self) -> str:
        return f"{self.get_rhythm_display()}, {self.period}"


class Delivery(models.Model):
    """That a subscription was sent an edition; it goes with the subscription."""

    subscription = models.ForeignKey(
        Subscription, on_delete=models.CASCADE, related_name="deliveries"
    )
    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="deliveries")
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name = "delivery"
        constraints: ClassVar = [
            # However often and by how many workers it is sent: once to each.
            models.UniqueConstraint(
                fields=["subscription", "edition"], name="one_newsletter_per_subscriber_and_period"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.edition_id}: {self.subscription_id}"


class Introduction(models.Model):
    """What a chief editor wrote for above the next one, by language; it goes out once."""

    rhythm = models.CharField(_("how often"), max_length=10, choices=Rhythm)
    texts = models.JSONField(_("text"), default=dict, blank=True)

    class Meta:
        verbose_name = _("introduction to the next newsletter")
        verbose_name_plural = _("introductions to the next newsletter")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["rhythm"], name="one_introduction_per_rhythm"),
        ]

    def __str__(self) -> str:
        return self.get_rhythm_display()
