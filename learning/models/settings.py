"""What a municipality says about itself, and how it wants things done."""

from datetime import date
from typing import Any, ClassVar, Final, Self

from django.conf import settings
from django.core.validators import MaxValueValidator, URLValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from home.checked import needs_checking
from home.publication import ChangeNumber
from learning.models.places import Municipality

# Raised whenever a municipality changes what it says: lessons show it (learning/local.py).
LOCAL: Final = ChangeNumber("local")
HIGHEST_GIFT: Final = 1000


class MunicipalitySettings(models.Model):
    """At most one per municipality; one that never saved anything has none (`of`).

    The contacts are those of an office, not of a learner: whoever is named here is so in a
    function that every council member must be able to find.
    """

    municipality = models.OneToOneField(
        Municipality,
        verbose_name=_("municipality"),
        on_delete=models.CASCADE,
        related_name="settings",
    )
    griffier_name = models.CharField(_("name of the council clerk"), max_length=120, blank=True)
    griffier_email = models.EmailField(_("e-mail of the council clerk’s office"), blank=True)
    griffier_phone = models.CharField(
        _("phone number of the council clerk’s office"), max_length=20, blank=True
    )
    adviser_name = models.CharField(
        _("name of the confidential adviser"), max_length=120, blank=True
    )
    adviser_email = models.EmailField(_("e-mail of the confidential adviser"), blank=True)
    adviser_phone = models.CharField(
        _("phone number of the confidential adviser"), max_length=20, blank=True
    )
    gift_limit = models.PositiveSmallIntegerField(
        _("limit for gifts, in whole euros"),
        null=True,
        blank=True,
        validators=[MaxValueValidator(HIGHEST_GIFT)],
    )
    code_of_conduct = models.CharField(
        _("address of the code of conduct"),
        max_length=300,
        blank=True,
        validators=[URLValidator(schemes=["https"])],
    )
    welcome_text = models.TextField(_("welcome text"), max_length=2000, blank=True)
    automatic_reminders = models.BooleanField(_("send reminders automatically"), default=True)
    email_domains = models.JSONField(_("known e-mail domains"), default=list, blank=True)
    report_recipients = models.JSONField(
        _("recipients of the monthly report"), default=list, blank=True
    )
    checked_on = models.DateField(_("last checked on"), null=True, blank=True)
    updated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        verbose_name = _("settings of a municipality")
        verbose_name_plural = _("settings of municipalities")
        constraints: ClassVar = [
            # It stands in lessons as a link: never to a page that can be tampered with on the way.
            models.CheckConstraint(
                condition=Q(code_of_conduct="") | Q(code_of_conduct__startswith="https://"),
                name="code_of_conduct_is_reached_safely",
            ),
        ]

    def __str__(self) -> str:
        return str(self.municipality)

    def save(self, *args: Any, **kwargs: Any) -> None:
        super().save(*args, **kwargs)
        LOCAL.announce()

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        LOCAL.announce()
        return super().delete(*args, **kwargs)

    @classmethod
    def of(cls, municipality: Municipality) -> Self:
        """What a municipality has set, or how things are when it has set nothing (not stored)."""
        found = cls.objects.filter(municipality=municipality).first()
        return found if found is not None else cls(municipality=municipality)

    def says_about(self, topic: str) -> bool:
        """Whether there is anything to tell about a topic of the box in lessons."""
        told = {
            "general": self.welcome_text,
            "griffier": self.griffier_name or self.griffier_email or self.griffier_phone,
            "confidential_adviser": self.adviser_name or self.adviser_email or self.adviser_phone,
            "gift_limit": self.gift_limit is not None,
            "code_of_conduct": self.code_of_conduct,
        }
        return bool(told.get(topic))

    def needs_checking(self, day: date) -> bool:
        """Whether nobody has looked at it for a year."""
        return needs_checking(self.checked_on, day)
