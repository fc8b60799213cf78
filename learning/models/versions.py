"""A next version of a module, in the making."""

from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class NextVersion(models.Model):
    """That a next version of a module is being written, and what is not to be part of it.

    What is written are the drafts of the module's own pages, and new steps that are not published
    yet. It must never come to hold content: identity and progress hang on the pages themselves.
    """

    module_key = models.UUIDField(_("module"))
    begun_at = models.DateTimeField(_("begun"), default=timezone.now, editable=False)
    # Keys of steps that are taken out when it is published.
    leaves_out = models.JSONField(_("steps that are left out"), default=list, blank=True)

    class Meta:
        verbose_name = _("next version of a module")
        verbose_name_plural = _("next versions of modules")
        constraints: ClassVar = [
            # Two editors who begin at once write one version.
            models.UniqueConstraint(fields=["module_key"], name="one_next_version_per_module"),
        ]

    def __str__(self) -> str:
        return str(self.module_key)
