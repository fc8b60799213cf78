"""Where the whole country finds help: what editors keep up to date for *Hulp nodig?*."""

from datetime import date
from typing import ClassVar, Final

from django.core.validators import RegexValidator, URLValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting
from wagtail.models import Orderable

from home.checked import needs_checking, not_in_the_future

# As people write it: 112 and 14 030 too.
PHONE: Final = RegexValidator(
    r"^\+?[0-9](?:[0-9 ()-]{1,18}[0-9])$",
    _("Write a phone number in figures, as in 038 123 45 67."),
)


@register_setting(icon="help")
class NationalSupport(ClusterableModel, BaseSiteSetting):
    """The list that stands under every lesson about pressure, and at `/hulp/`."""

    panels: ClassVar = [
        InlinePanel(
            "supports",
            heading=_("Who helps"),
            label=_("Support"),
            help_text=_(
                "Stands under lessons about pressure, threats and reporting, and on the page "
                "“Need help?”. Call each number once a year, and then fill in the day."
            ),
        )
    ]

    class Meta:
        verbose_name = _("national support")
        verbose_name_plural = _("national support")

    def __str__(self) -> str:
        return str(self._meta.verbose_name)


class Support(Orderable):
    """One place to turn to. What was not checked within a year is shown as such."""

    setting = ParentalKey(NationalSupport, on_delete=models.CASCADE, related_name="supports")
    name = models.CharField(_("name"), max_length=120)
    what_for = models.CharField(_("for what"), max_length=300)
    what_for_english = models.CharField(
        _("for what, in English"),
        max_length=300,
        blank=True,
        help_text=_("Without it the English page shows the Dutch text."),
    )
    phone = models.CharField(_("phone number"), max_length=20, blank=True, validators=[PHONE])
    url = models.CharField(
        _("address of the website"),
        max_length=300,
        blank=True,
        validators=[URLValidator(schemes=["https"])],
        help_text=_("Begins with https://"),
    )
    checked_on = models.DateField(
        _("last checked"), null=True, blank=True, validators=[not_in_the_future]
    )

    panels: ClassVar = [
        FieldPanel("name"),
        FieldPanel("what_for"),
        FieldPanel("what_for_english"),
        FieldRowPanel([FieldPanel("phone"), FieldPanel("checked_on")]),
        FieldPanel("url"),
    ]

    class Meta(Orderable.Meta):
        verbose_name = _("support")
        verbose_name_plural = _("supports")

    def __str__(self) -> str:
        return self.name

    def words_in(self, language: str | None) -> tuple[str, str]:
        """What it is for, and in which language that is said."""
        if language == "en" and self.what_for_english:
            return self.what_for_english, "en"
        return self.what_for, "nl"

    def needs_checking(self, day: date) -> bool:
        return needs_checking(self.checked_on, day)
