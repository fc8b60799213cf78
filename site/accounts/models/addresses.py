"""Another e-mail address that somebody asked for, until both addresses have said yes."""

from datetime import datetime, timedelta
from typing import ClassVar, Final, Self

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models.people import User

OPEN_FOR: Final = timedelta(hours=24)


class AddressChangeQuerySet(models.QuerySet["AddressChange"]):
    def open(self, now: datetime | None = None) -> Self:
        """Still waiting for an answer."""
        return self.filter(asked_at__gt=(now or timezone.now()) - OPEN_FOR)


class AddressChange(models.Model):
    """Somebody wants to be reached elsewhere. It is removed when done, withdrawn or too old."""

    person = models.OneToOneField(
        User, on_delete=models.CASCADE, related_name="address_change", verbose_name=_("person")
    )
    email = models.EmailField(_("new e-mail address"))
    asked_at = models.DateTimeField(_("asked"), default=timezone.now)
    new_agreed_at = models.DateTimeField(_("new address agreed"), null=True, blank=True)
    old_agreed_at = models.DateTimeField(_("old address agreed"), null=True, blank=True)
    # In the links: what was asked before and again is another change.
    key = models.CharField(max_length=32, editable=False)

    objects = AddressChangeQuerySet.as_manager()

    class Meta:
        verbose_name = _("change of e-mail address")
        verbose_name_plural = _("changes of e-mail address")
        indexes: ClassVar = [models.Index(fields=["asked_at"], name="address_change_by_age")]

    def __str__(self) -> str:
        return f"{self.person_id} {self.asked_at:%Y-%m-%d %H:%M}"

    @property
    def open_until(self) -> datetime:
        return self.asked_at + OPEN_FOR
