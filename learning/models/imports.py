"""Lists of people that were handed in, and what was done with them."""

from typing import Any, ClassVar, Final, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from learning.models.jobs import Job, private_storage
from learning.models.places import Municipality
from learning.rules.retention import period

# A file that nobody decides on, and what is needed to undo, hold people's data: both go.
UNDECIDED_KEPT: Final = period("import_undecided")
UNDO_KEPT: Final = period("import")


class ImportRunQuerySet(models.QuerySet["ImportRun"]):
    def of(self, municipality: Municipality) -> Self:
        """Those of a municipality, and of those that have merged into it."""
        return self.filter(municipality__in=municipality.counted_ids(timezone.localdate()))

    def decided(self) -> Self:
        """Those that were carried out, also if that was undone later."""
        return self.filter(status__in=[ImportRun.Status.APPLIED, ImportRun.Status.UNDONE])

    def forgotten(self) -> Self:
        """Handed in, and not decided on in time."""
        given_up = Q(job__isnull=True) | Q(job__status__in=Job.FINISHED)
        return self.filter(
            Q(status=ImportRun.Status.CHECKED) | Q(given_up, status=ImportRun.Status.ASKED),
            created_at__lte=timezone.now() - UNDECIDED_KEPT,
        )


class ImportRun(models.Model):
    """A list that somebody handed in. Its file is kept until it is decided on."""

    class Status(models.TextChoices):
        CHECKED = "checked", _("waits for your decision")
        ASKED = "asked", _("under way")
        APPLIED = "applied", _("imported")
        UNDO_ASKED = "undo_asked", _("being undone")
        UNDONE = "undone", _("undone")

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="imports")
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField(default=timezone.now)
    status = models.CharField(max_length=12, choices=Status, default=Status.CHECKED)
    file = models.FileField(storage=private_storage, upload_to="imports", blank=True)
    filename = models.CharField(max_length=120, blank=True)
    # The two choices of whoever decides.
    end_absent = models.BooleanField(default=False)
    only_good = models.BooleanField(default=False)
    # What was on screen when they decided: a digest of the plan, and the day that it was for.
    agreed = models.CharField(max_length=64, blank=True)
    agreed_day = models.DateField(null=True)
    # Why it was not carried out after all: people had changed in the meantime.
    has_changed = models.BooleanField(default=False)
    counts = models.JSONField(default=dict, blank=True)
    applied_at = models.DateTimeField(null=True)
    applied_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    undone_at = models.DateTimeField(null=True)
    job = models.ForeignKey(Job, null=True, on_delete=models.SET_NULL, related_name="+")

    objects = ImportRunQuerySet.as_manager()

    class Meta:
        verbose_name = _("import of people")
        verbose_name_plural = _("imports of people")
        ordering: ClassVar = ["-created_at", "-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(status__in=["checked", "asked", "applied", "undo_asked", "undone"]),
                name="import_has_a_known_status",
            ),
            # People's data stays no longer than it is needed.
            models.CheckConstraint(
                condition=Q(status__in=["checked", "asked"]) | Q(file=""),
                name="decided_import_keeps_no_file",
            ),
            models.CheckConstraint(
                condition=Q(status__in=["checked", "asked"]) | Q(applied_at__isnull=False),
                name="applied_import_says_when",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["municipality", "-created_at"], name="import_by_municipality"),
        ]

    def __str__(self) -> str:
        return f"{self.municipality_id} {self.created_at:%Y-%m-%d %H:%M}"

    def get_absolute_url(self) -> str:
        return reverse("import_run", args=[self.municipality.slug, self.pk])

    @property
    def is_at_work(self) -> bool:
        """Whether it is being carried out or undone: not when that work has failed."""
        return (
            self.status in (self.Status.ASKED, self.Status.UNDO_ASKED)
            and self.job is not None
            and not self.job.is_finished
        )

    @property
    def is_decided(self) -> bool:
        return self.applied_at is not None

    @property
    def undo_until(self) -> Any:
        """The last moment at which it can be undone."""
        return self.applied_at + UNDO_KEPT if self.applied_at is not None else None

    def can_be_undone(self) -> bool:
        """Only the last import of a municipality, for two weeks, once."""
        if self.status not in (self.Status.APPLIED, self.Status.UNDO_ASKED) or self.is_at_work:
            return False
        if self.undo_until is None or self.undo_until <= timezone.now():
            return False
        later = ImportRun.objects.filter(
            municipality=self.municipality_id, applied_at__gt=self.applied_at
        )
        return not later.exists()


class ImportedChange(models.Model):
    """What an import changed in one place, as it was and as it became: enough to undo it.

    Holds people's data, so it goes when undoing is no longer offered. It must never become a
    history of memberships: that is what memberships are.
    """

    class What(models.TextChoices):
        PERSON_MADE = "person_made"
        NAME = "name"
        MEMBERSHIP_MADE = "membership_made"
        MEMBERSHIP = "membership"

    run = models.ForeignKey(ImportRun, on_delete=models.CASCADE, related_name="changes")
    # The row of the file; 0 for who was not in it.
    row = models.PositiveIntegerField()
    what = models.CharField(max_length=16, choices=What)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="import_changes"
    )
    membership = models.ForeignKey(
        "learning.Membership", null=True, on_delete=models.SET_NULL, related_name="import_changes"
    )
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    # Set when the import was undone and this was not, because it had changed since.
    left_alone = models.BooleanField(default=False)

    class Meta:
        verbose_name = "imported change"
        ordering: ClassVar = ["row", "pk"]

    def __str__(self) -> str:
        return f"{self.run_id} {self.row} {self.what}"
