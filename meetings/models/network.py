"""The network of peers: who wants to be found, and what they write to each other here."""

import uuid
from datetime import timedelta
from typing import Any, ClassVar, Final, Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from home.models import Theme
from learning.models import Membership
from meetings.rules.network import LONGEST_MESSAGE

LONGEST_QUESTION: Final = 300
DAY: Final = timedelta(days=1)


def serving(**which: Any) -> Exists:
    """Whether the person of a row serves now."""
    return Exists(Membership.objects.current().filter(person=OuterRef("person"), **which))


def barred() -> Exists:
    """Whether the person of a row was taken out after a report."""
    return Exists(Report.objects.filter(about=OuterRef("person"), is_barred=True))


class NetworkEntryQuerySet(models.QuerySet["NetworkEntry"]):
    def open(self) -> Self:
        """Of who is there, serves now and was not taken out."""
        return self.filter(serving(), ~barred(), person__is_active=True)

    def visible_to(self, viewer: Any) -> Self:
        """The gate: who wants to be found by the viewer.

        It is mutual: whoever is not in the network sees nobody. Nor does one see whom one has
        blocked, or who has blocked one.
        """
        if not viewer.is_authenticated or not self.model.objects.open().filter(person=viewer):
            return self.none()
        roles = Membership.objects.current().filter(person=viewer).values_list("role", flat=True)
        return (
            self.open()
            .filter(Q(found_by=NetworkEntry.FoundBy.EVERYBODY) | serving(role__in=list(roles)))
            .exclude(person=viewer)
            .exclude(person__in=Block.objects.filter(blocker=viewer).values("blocked"))
            .exclude(person__in=Block.objects.filter(blocked=viewer).values("blocker"))
        )


class NetworkEntry(models.Model):
    """Somebody wants to be found. Stopping removes it."""

    class FoundBy(models.TextChoices):
        SAME_ROLE = "role", _("People in my own role")
        EVERYBODY = "everybody", _("Everybody in the network")

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="network_entry"
    )
    found_by = models.CharField(
        _("Who may find you?"), max_length=10, choices=FoundBy, default=FoundBy.SAME_ROLE
    )
    themes = models.ManyToManyField(
        Theme, verbose_name=_("What can you help with?"), blank=True, related_name="+"
    )
    question = models.CharField(
        _("What would you like to discuss?"), max_length=LONGEST_QUESTION, blank=True
    )
    listed_at = models.DateTimeField(_("since"), default=timezone.now, editable=False)

    objects = NetworkEntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("entry in the network")
        verbose_name_plural = _("entries in the network")

    def __str__(self) -> str:
        return f"{self.person_id} {self.listed_at:%Y-%m-%d}"


class ConversationQuerySet(models.QuerySet["Conversation"]):
    def visible_to(self, viewer: Any) -> Self:
        """The gate: one's own."""
        if not viewer.is_authenticated:
            return self.none()
        return self.filter(Q(first=viewer) | Q(second=viewer))


class Conversation(models.Model):
    """Two people who write to each other. It goes with its last message."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    first = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="conversations_as_first"
    )
    second = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="conversations_as_second"
    )
    # Who wrote to somebody new, and when: that is what a day's limit counts.
    started_by_first = models.BooleanField()
    started_at = models.DateTimeField(_("since"), default=timezone.now)

    objects = ConversationQuerySet.as_manager()

    class Meta:
        verbose_name = _("conversation")
        verbose_name_plural = _("conversations")
        constraints: ClassVar = [
            # Two who write to each other at the same moment are in one conversation.
            models.UniqueConstraint(fields=["first", "second"], name="one_conversation_per_pair"),
            models.CheckConstraint(
                condition=Q(first__lt=F("second")), name="conversation_has_one_order"
            ),
        ]

    def __str__(self) -> str:
        return str(self.key)

    def other(self, person: Any) -> Any:
        """Who somebody is talking with."""
        return self.second if self.first_id == person.pk else self.first


class PeerMessage(models.Model):
    """What one of them wrote: plain text, kept for a short while (learning/rules/retention.py)."""

    conversation = models.ForeignKey(
        Conversation, on_delete=models.CASCADE, related_name="messages"
    )
    sender = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="peer_messages"
    )
    body = models.TextField(_("message"), max_length=LONGEST_MESSAGE)
    sent_at = models.DateTimeField(_("sent"), default=timezone.now)
    # Of the form, so that sending it twice is sending once.
    form_key = models.UUIDField(editable=False)

    class Meta:
        verbose_name = _("message in the network")
        verbose_name_plural = _("messages in the network")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["sender", "form_key"], name="one_message_per_form"),
        ]
        indexes: ClassVar = [models.Index(fields=["sent_at"], name="peer_message_by_age")]

    def __str__(self) -> str:
        return f"{self.conversation_id} {self.sent_at:%Y-%m-%d %H:%M}"


class Block(models.Model):
    """Somebody wants nothing of somebody else: neither sees or writes to the other."""

    blocker = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="blocks"
    )
    blocked = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="blocked_by"
    )
    made_at = models.DateTimeField(_("since"), default=timezone.now)

    class Meta:
        verbose_name = _("block")
        verbose_name_plural = _("blocks")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["blocker", "blocked"], name="one_block_per_pair"),
            models.CheckConstraint(
                condition=~Q(blocker=F("blocked")), name="nobody_blocks_themselves"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.blocker_id} {self.blocked_id}"


class Report(models.Model):
    """Somebody reported a message: its words and why, for administrators and chief editors.

    It is all that they ever see of what people write to each other.
    """

    message = models.ForeignKey(
        PeerMessage, null=True, on_delete=models.SET_NULL, related_name="reports", editable=False
    )
    reporter = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("reported by"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
        editable=False,
    )
    about = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("written by"),
        on_delete=models.CASCADE,
        related_name="+",
        editable=False,
    )
    body = models.TextField(_("message"))
    why = models.TextField(_("why"), max_length=1000)
    made_at = models.DateTimeField(_("reported"), default=timezone.now, editable=False)
    is_handled = models.BooleanField(_("handled"), default=False)
    is_barred = models.BooleanField(
        _("may not take part in the network"),
        default=False,
        help_text=_("As long as this report is kept: 180 days."),
    )
    handled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
        editable=False,
    )

    class Meta:
        verbose_name = _("report of a message")
        verbose_name_plural = _("reports of messages")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["message", "reporter"], name="one_report_per_message"),
        ]

    def __str__(self) -> str:
        return f"{self.made_at:%Y-%m-%d %H:%M}"
