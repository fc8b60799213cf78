"""Files of questions that were handed in, and what was done with them."""

from datetime import timedelta
from typing import ClassVar, Final, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from learning.models.jobs import private_storage

UNDECIDED_KEPT: Final = timedelta(days=2)
RESULT_KEPT: Final = timedelta(days=30)


class QuestionImportQuerySet(models.QuerySet["QuestionImport"]):
    def of(self, person: object) -> Self:
        """Those that somebody handed in: nobody else sees them."""
        return self.filter(created_by=person)

    def waiting(self) -> Self:
        return self.filter(applied_at=None)

    def forgotten(self) -> Self:
        """Not decided on in time, or of no use any more as a list of links."""
        now = timezone.now()
        return self.filter(
            Q(applied_at=None, created_at__lte=now - UNDECIDED_KEPT)
            | Q(applied_at__lte=now - RESULT_KEPT)
        )


class QuestionImport(models.Model):
    """A file of questions. It is kept until it is decided on; then what came of it is kept."""

    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+"
    )
    created_at = models.DateTimeField(default=timezone.now)
    locale = models.ForeignKey("wagtailcore.Locale", on_delete=models.CASCADE, related_name="+")
    file = models.FileField(storage=private_storage, upload_to="question-imports", blank=True)
    filename = models.CharField(max_length=120, blank=True)
    applied_at = models.DateTimeField(null=True)
    # A row for each question of the file, with what became of it.
    result = models.JSONField(default=list, blank=True)

    objects = QuestionImportQuerySet.as_manager()

    class Meta:
        verbose_name = _("import of questions")
        verbose_name_plural = _("imports of questions")
        ordering: ClassVar = ["-created_at", "-pk"]
        constraints: ClassVar = [
            # A file has served once it is decided on.
            models.CheckConstraint(
                condition=Q(applied_at=None) | Q(file=""),
                name="decided_question_import_keeps_no_file",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pk} {self.created_at:%Y-%m-%d %H:%M}"

    def get_absolute_url(self) -> str:
        return reverse("question_import_run", args=[self.pk])
