"""The audit log: what was done, by whom, when and from which municipality. Only added to.

Rows name people by a key of their own (`User.audit_key`). Erasing a person gives them a new key:
nobody can tell any more whom the old rows were about, and the chain of rows stays whole.
"""

import uuid
from datetime import timedelta
from typing import Any, ClassVar, Final, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

LOG_KEPT: Final = timedelta(days=365)


class AuditEventQuerySet(models.QuerySet["AuditEvent"]):
    """Only added to, and read. What is too old goes from the front (accounts/audit.py)."""

    def update(self, **_kwargs: Any) -> int:
        raise TypeError("The audit log is never changed.")

    def bulk_update(self, *_args: Any, **_kwargs: Any) -> int:
        raise TypeError("The audit log is never changed.")

    def delete(self) -> tuple[int, dict[str, int]]:
        raise TypeError("The audit log is never changed.")

    def sealed(self) -> Self:
        """What has its place in the chain."""
        return self.filter(number__isnull=False)

    def waiting(self) -> Self:
        """What was recorded a moment ago, and has no place in the chain yet."""
        return self.filter(number__isnull=True)

    def kept(self) -> Self:
        """What is not too old to be shown."""
        return self.filter(at__gt=timezone.now() - LOG_KEPT)

    def newest_first(self) -> Self:
        return self.order_by("-at", "-pk")

    def about(self, key: uuid.UUID) -> Self:
        """What concerns the person with this `audit_key` by name, done by others."""
        return self.filter(subject_key=key).exclude(actor_key=key)


class AuditEvent(models.Model):
    """Something that was done. It holds no name, no address and nothing that was typed."""

    class What(models.TextChoices):
        """What can be done. Those in `ONCE_AN_HOUR` are kept once per person and hour."""

        # Signing in and what belongs to it.
        SIGNED_IN = "sign_in", _("signed in")
        SIGN_IN_FAILED = "sign_in_failed", _("signing in failed")
        SIGNED_OUT = "sign_out", _("signed out")
        CREDENTIALS = "credentials", _("way of signing in changed")
        ADDRESS = "address", _("e-mail address changed")
        SESSION_ENDED = "session_ended", _("session ended from elsewhere")
        # Looking at people's data, and taking it away.
        PEOPLE = "people", _("list of people looked at")
        SEARCH = "search", _("name looked for")
        PERSON = "person", _("somebody’s page looked at")
        EXPORT = "export", _("people’s data downloaded")
        FIGURES = "figures", _("figures of the nation downloaded")
        IMPORT = "import", _("import of people looked at")
        ENTRY = "entry", _("invitations and requests looked at")
        MAIL = "mail", _("log of mails looked at")
        LOG = "log", _("this log looked at")
        LOG_FILE = "log_file", _("this log downloaded")
        # Changing who is who and who may what.
        GRANTED = "granted", _("right given")
        WITHDRAWN = "withdrawn", _("right withdrawn")
        MEMBERSHIP = "membership", _("membership begun, changed or ended")
        IMPORTED = "imported", _("list of people imported or undone")
        PERSON_CHANGED = "person_changed", _("person added or changed")
        ERASURE = "erasure", _("erasing of an account")
        OWN_DATA = "own_data", _("own data downloaded")
        # Meetings and the network of peers.
        MEETING = "meeting", _("participants of a meeting looked at")
        ATTENDANCE = "attendance", _("attendance at a meeting ticked")
        REPORTED = "reported", _("report of a message handled")
        # Content and settings.
        PUBLISHED = "published", _("published")
        UNPUBLISHED = "unpublished", _("taken off the site")
        DELETED = "deleted", _("deleted")
        CASE = "case", _("example from practice handed in or decided on")
        REMARKED = "remarked", _("quiz marked again")
        REQUIREMENT = "requirement", _("requirement changed")
        SETTINGS = "settings", _("settings changed")
        SIGN_ON = "sign_on", _("municipality’s sign-on changed")
        PROVISIONING = "provisioning", _("change by a municipality’s own system")
        # The log itself.
        TRIMMED = "trimmed", _("old lines removed")

    # Its place in the chain; empty until it is sealed.
    number = models.PositiveBigIntegerField(_("number"), null=True, editable=False)
    # While it waits a keyed hash over itself; in the chain over itself and the seal before.
    seal = models.CharField(_("seal"), max_length=64, editable=False)
    at = models.DateTimeField(_("when"), default=timezone.now)
    # Without `choices`: a new kind is a line above, not a migration.
    what = models.CharField(_("what"), max_length=20)
    # Empty: nobody signed in, as a worker or a municipality's own system.
    actor_key = models.UUIDField(_("who"), null=True, blank=True)
    subject_key = models.UUIDField(_("about whom"), null=True, blank=True)
    # CBS code of the municipality that it concerns or was done for; empty: none.
    municipality_code = models.CharField(_("municipality"), max_length=6, blank=True)
    # Numbers and names of things, never of people: {"page": 12, "fields": ["closes_on"]}.
    details = models.JSONField(_("details"), default=dict, blank=True)
    # The hour in which a list was looked at; empty for what is kept every time.
    hour = models.DateTimeField(null=True, editable=False)

    objects = AuditEventQuerySet.as_manager()

    class Meta:
        verbose_name = _("line of the audit log")
        verbose_name_plural = _("audit log")
        constraints: ClassVar = [
            # Leafing through a list is one look at it, in two windows at once as well.
            models.UniqueConstraint(
                fields=["actor_key", "municipality_code", "what", "hour"],
                name="one_look_at_a_list_an_hour",
            ),
            models.UniqueConstraint(fields=["number"], name="one_audit_event_per_number"),
            # A row without a hash could have been written by anybody.
            models.CheckConstraint(condition=~Q(seal=""), name="audit_event_has_a_seal"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["municipality_code", "-at"], name="audit_by_municipality"),
            models.Index(fields=["-at"], name="audit_by_moment"),
            models.Index(fields=["what", "-at"], name="audit_by_kind"),
            models.Index(
                fields=["subject_key", "-at"],
                condition=Q(subject_key__isnull=False),
                name="audit_by_subject",
            ),
            models.Index(fields=["actor_key", "-at"], name="audit_by_actor"),
            models.Index(fields=["id"], condition=Q(number__isnull=True), name="audit_unsealed"),
        ]

    def __str__(self) -> str:
        return f"{self.what} {self.at:%Y-%m-%d %H:%M}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise TypeError("The audit log is never changed.")
        super().save(*args, **kwargs)

    def delete(self, *_args: Any, **_kwargs: Any) -> tuple[int, dict[str, int]]:
        raise TypeError("The audit log is never changed.")

    @property
    def label(self) -> str:
        """What happened, as it is called on screen."""
        return str(self.What(self.what).label) if self.what in self.What.values else self.what


class AuditHead(models.Model):
    """Where the chain begins and ends: one row, which whoever seals takes a lock on."""

    # The newest sealed row; 0 and empty for an empty log.
    number = models.PositiveBigIntegerField(default=0)
    seal = models.CharField(max_length=64, blank=True)
    # The newest row that was removed for its age.
    trimmed_number = models.PositiveBigIntegerField(default=0)
    trimmed_seal = models.CharField(max_length=64, blank=True)

    class Meta:
        verbose_name = _("end of the audit log")
        verbose_name_plural = _("ends of the audit log")
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(pk=1), name="one_audit_head"),
        ]

    def __str__(self) -> str:
        return str(self.number)


LOOKS: Final = frozenset(
    {
        AuditEvent.What.PEOPLE,
        AuditEvent.What.SEARCH,
        AuditEvent.What.PERSON,
        AuditEvent.What.EXPORT,
        AuditEvent.What.IMPORT,
        AuditEvent.What.ENTRY,
        AuditEvent.What.MAIL,
    }
)
ONCE_AN_HOUR: Final = (LOOKS | {AuditEvent.What.LOG}) - {
    AuditEvent.What.PERSON,
    AuditEvent.What.EXPORT,
}
