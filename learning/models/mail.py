"""Mail about learning: what goes out, what went out, and what somebody wants to receive."""

import uuid
from datetime import datetime
from typing import Any, ClassVar, Final, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from learning.models.jobs import Job
from learning.models.places import Municipality
from learning.models.requirements import Requirement
from learning.rules.reminders import Moment


class Mailing(models.Model):
    """What somebody wrote to many at once. The mails that came of it point here.

    It holds the text before names are filled in, so it must never hold a person's data.
    """

    municipality = models.ForeignKey(
        Municipality,
        verbose_name=_("municipality"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="mailings",
    )
    key = models.CharField(max_length=150, editable=False)
    requirement = models.ForeignKey(
        Requirement,
        verbose_name=_("requirement"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="mailings",
    )
    # Of a reminder by hand: `{"people": [keys]}`, or `{"role": …, "status": …}`.
    selection = models.JSONField(default=dict, blank=True)
    language = models.CharField(_("language"), max_length=5, default="nl")
    module_key = models.UUIDField(_("module"), null=True, blank=True)
    subject = models.CharField(_("subject"), max_length=150, blank=True)
    text = models.TextField(_("text"), max_length=4000, blank=True)
    due_on = models.DateField(_("before"), null=True, blank=True)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("written by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    created_at = models.DateTimeField(_("written"), default=timezone.now, editable=False)
    # Of a reminder by hand: empty while it is a draft.
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)
    job = models.ForeignKey(Job, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        verbose_name = _("message to many")
        verbose_name_plural = _("messages to many")
        constraints: ClassVar = [
            # A form that is sent twice, or a job that is tried again, is one message.
            models.UniqueConstraint(fields=["key"], name="one_mailing_per_key"),
        ]

    def __str__(self) -> str:
        return self.subject


class OutgoingMailQuerySet(models.QuerySet["OutgoingMail"]):
    def waiting(self, now: datetime) -> Self:
        """Those that may leave now, in the order in which they came."""
        return self.filter(state=OutgoingMail.State.WAITING, send_after__lte=now).order_by(
            "send_after", "pk"
        )

    def claimed_before(self, moment: datetime) -> Self:
        """Those that a worker took and did not finish."""
        return self.filter(state=OutgoingMail.State.SENDING, claimed_at__lt=moment)


class OutgoingMail(models.Model):
    """One mail to one receiver, from before it leaves until long after.

    Nothing is sent that is not first a row here. The address is looked up at the last moment
    and not kept: a row says to whom, by person, until that person is erased.
    """

    class Kind(models.TextChoices):
        REMINDER = "reminder", _("reminder by hand")
        DUE = "due", _("automatic reminder")
        WEEKLY = "weekly", _("weekly overview")
        CHANGED = "changed", _("changed module")
        AGAIN = "again", _("module to do again")
        REPORT = "report", _("monthly report")
        ENTRY = "entry", _("request to join")
        REFRESHER = "refresher", _("question of the week")
        ACCOUNT = "account", _("about an account")
        MEETING = "meeting", _("about a meeting")
        NETWORK = "network", _("message in the network")
        NEWSLETTER = "newsletter", _("newsletter")
        FORM = "form", _("about a form that was filled in")
        PRACTICE = "practice", _("example from practice")
        EDITING = "editing", _("about a page of the site")

        @classmethod
        def of_ones_own(cls) -> tuple[str, ...]:
            """The kinds that are nobody else's business."""
            return (
                *(cls.REFRESHER, cls.ACCOUNT, cls.MEETING, cls.NETWORK, cls.NEWSLETTER, cls.FORM),
                cls.PRACTICE,
                cls.EDITING,
            )

        @classmethod
        def for_monitors(cls) -> list[tuple[str, Any]]:
            """The kinds that monitors may know of: what is somebody’s own is left out."""
            return [
                (value, label) for value, label in cls.choices if value not in cls.of_ones_own()
            ]

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        SENDING = "sending", _("being sent")
        SENT = "sent", _("sent")
        FAILED = "failed", _("failed")
        CANCELLED = "cancelled", _("no longer needed")
        # A worker died, or the line broke, when the mail server may already have had it.
        UNCERTAIN = "uncertain", _("uncertain")

    UNFINISHED: Final = (State.WAITING, State.SENDING)

    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("person"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="mails",
    )
    # Only for a receiver who is no person here (a report), and only until the mail has gone.
    address = models.EmailField(_("address"), blank=True)
    municipality = models.ForeignKey(
        Municipality,
        verbose_name=_("municipality"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="mails",
    )
    # Of who serves two municipalities, and is reminded of what the other asks as well.
    also = models.ManyToManyField(Municipality, blank=True, related_name="+")
    mailing = models.ForeignKey(
        Mailing, null=True, blank=True, on_delete=models.CASCADE, related_name="mails"
    )
    language = models.CharField(_("language"), max_length=5, default="nl")
    dedupe_key = models.CharField(max_length=200, editable=False)
    # The same at every attempt, so that a mail program can tell a mail that came twice.
    message_key = models.UUIDField(default=uuid.uuid4, editable=False)
    # Known when it is composed; of modules and municipalities, never of a person.
    subject = models.CharField(_("subject"), max_length=200, blank=True)
    parameters = models.JSONField(default=dict, blank=True)

    state = models.CharField(_("state"), max_length=20, choices=State, default=State.WAITING)
    created_at = models.DateTimeField(_("made"), default=timezone.now, editable=False)
    send_after = models.DateTimeField(_("not before"), default=timezone.now)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    claim = models.UUIDField(null=True, blank=True, editable=False)
    claimed_at = models.DateTimeField(null=True, blank=True, editable=False)
    handed_over_at = models.DateTimeField(null=True, blank=True, editable=False)
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True)
    error = models.CharField(_("error"), max_length=80, blank=True)

    objects = OutgoingMailQuerySet.as_manager()

    class Meta:
        verbose_name = _("mail")
        verbose_name_plural = _("mails")
        constraints: ClassVar = [
            # Two workers, a click twice, a task that is tried again: still one mail.
            models.UniqueConstraint(fields=["dedupe_key"], name="one_mail_per_dedupe_key"),
            # Whoever is reported to by address alone is not remembered afterwards.
            models.CheckConstraint(
                condition=Q(address="") | Q(state__in=["waiting", "sending"]),
                name="finished_mail_holds_no_address",
            ),
            models.CheckConstraint(
                condition=Q(
                    state__in=["waiting", "sending", "sent", "failed", "cancelled", "uncertain"]
                ),
                name="mail_has_a_known_state",
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["send_after"],
                condition=Q(state="waiting"),
                name="mail_waiting_to_leave",
            ),
            models.Index(fields=["municipality", "-created_at"], name="mail_by_municipality"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.get_state_display()}"


THAT_WENT: Final = ~Q(mail__state__in=(OutgoingMail.State.CANCELLED, OutgoingMail.State.FAILED))


class ReminderQuerySet(models.QuerySet["Reminder"]):
    def that_went(self) -> Self:
        """Those whose mail left, may have left, or is about to."""
        return self.filter(THAT_WENT)


class Reminder(models.Model):
    """That a mail reminds somebody of a requirement: by hand, or at one of its moments.

    A mail may remind of several. These rows decide what is not sent again, so they are made in
    the transaction that makes the mail.
    """

    mail = models.ForeignKey(OutgoingMail, on_delete=models.CASCADE, related_name="reminders")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="reminders"
    )
    requirement = models.ForeignKey(Requirement, on_delete=models.CASCADE, related_name="reminders")
    # As whose member they were reminded.
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    moment = models.CharField(max_length=20, choices=[(m.value, m.value) for m in Moment])
    due_on = models.DateField(null=True)
    on = models.DateField()

    objects = ReminderQuerySet.as_manager()

    class Meta:
        verbose_name = "reminder"
        constraints: ClassVar = [
            # However often and by how many workers it is planned: once for each moment.
            models.UniqueConstraint(
                fields=["person", "requirement", "due_on", "moment"],
                condition=~Q(moment="by_hand"),
                name="one_reminder_per_moment",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["requirement", "person", "on"], name="reminder_by_person"),
        ]

    def __str__(self) -> str:
        return f"{self.requirement_id} {self.moment}"


class MailPreference(models.Model):
    """What somebody chose about mail. Without a row: at once, and news of changes too."""

    class Rhythm(models.TextChoices):
        AT_ONCE = "at_once", _("At once")
        WEEKLY = "weekly", _("Once a week, on Monday")

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="mail_preference"
    )
    rhythm = models.CharField(_("Reminders"), max_length=10, choices=Rhythm, default=Rhythm.AT_ONCE)
    about_changes = models.BooleanField(
        _("Tell me when a module that I finished has changed"), default=True
    )

    class Meta:
        verbose_name = _("choice of mail")
        verbose_name_plural = _("choices of mail")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(rhythm__in=["at_once", "weekly"]), name="mail_has_a_known_rhythm"
            ),
        ]

    def __str__(self) -> str:
        return self.get_rhythm_display()

    @classmethod
    def of(cls, person: Any) -> "MailPreference":
        """Somebody's choices; those of who never chose are not stored."""
        return cls.objects.filter(person=person).first() or cls(person=person)
