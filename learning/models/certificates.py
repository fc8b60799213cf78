"""The certificate of something that was finished: a code by which others can check it."""

from typing import Any, ClassVar, Self

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.languages import language_choices
from learning.models.progress import Completion
from learning.rules.certificate_codes import LENGTH, in_groups


class CertificateQuerySet(models.QuerySet[Any]):
    def visible_to(self, viewer: Any) -> Self:
        """One's own; whoever holds a code asks by that code alone."""
        if not viewer.is_authenticated:
            return self.none()
        return self.filter(completion__person=viewer)


class Certificate(models.Model):
    """Made when somebody first looks at theirs (learning.certificates).

    It must never come to hold what was finished, or by whom: that is the completion's, and the
    name is the person's, so that who corrects it has it right everywhere; until they are erased.
    """

    completion = models.OneToOneField(
        # Two windows at once get one certificate.
        Completion,
        on_delete=models.CASCADE,
        related_name="certificate",
    )
    code = models.CharField(_("code"), max_length=LENGTH)
    # What it is written in: the same file each time, whatever language one reads today.
    language = models.CharField(_("language"), max_length=5, choices=language_choices)
    shows_name = models.BooleanField(_("show my name to whoever checks it"), default=False)
    made_at = models.DateTimeField(default=timezone.now, editable=False)
    # Only of somebody who was erased, and who wanted it to stay: nowhere else is their name.
    kept_name = models.CharField(_("name that is kept"), max_length=150, blank=True)

    objects = CertificateQuerySet.as_manager()

    class Meta:
        verbose_name = _("certificate")
        verbose_name_plural = _("certificates")
        constraints: ClassVar = [
            # A code leads to one certificate.
            models.UniqueConstraint(fields=["code"], name="one_certificate_per_code"),
        ]

    def __str__(self) -> str:
        # Never the code: who has it can check it.
        return f"{self.completion_id}"

    @property
    def spelled_code(self) -> str:
        return in_groups(self.code)
