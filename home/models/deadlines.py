"""By when a page is needed: said by who hands it in, seen by who looks at it."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page


class PageDeadline(models.Model):
    """The day by which a page has to be on the site. Goes when the page is published.

    Beside the page and not a field of it: it is of the work on the page, not of what visitors
    read, and must never come to be part of a revision.
    """

    page = models.OneToOneField(Page, on_delete=models.CASCADE, related_name="+")
    needed_by = models.DateField(_("needed by"))

    class Meta:
        verbose_name = _("deadline of a page")
        verbose_name_plural = _("deadlines of pages")
        indexes: ClassVar = [models.Index(fields=["needed_by"], name="deadline_by_day")]

    def __str__(self) -> str:
        return f"{self.page_id} {self.needed_by:%d-%m-%Y}"
