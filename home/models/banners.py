"""Announcements above every page: a disturbance, or something new."""

import hashlib
from datetime import datetime
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone, translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, PageChooserPanel
from wagtail.models import TranslatableMixin
from wagtail.snippets.models import register_snippet

from home.addresses import LinkAddressField, in_language, settle
from home.snippet_views import HouseSnippets
from home.translating.fields import FollowsSource


class Banner(TranslatableMixin, models.Model):
    """One announcement, in one language, from a moment on and until another."""

    class Kind(models.TextChoices):
        DISTURBANCE = "disturbance", _("Disturbance")
        NEW = "new", _("New")
        NOTE = "note", _("Please note")

    kind = models.CharField(_("kind"), max_length=20, choices=Kind, default=Kind.NOTE)
    text = models.CharField(
        _("text"), max_length=200, help_text=_("One or two short sentences: what, and until when.")
    )
    page = models.ForeignKey(
        "wagtailcore.Page",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("page to read more"),
    )
    url = LinkAddressField(_("or an address"))
    link_text = models.CharField(_("words of the link"), max_length=60, blank=True)
    starts_at = models.DateTimeField(_("from"), default=timezone.now)
    ends_at = models.DateTimeField(
        _("until"), null=True, blank=True, help_text=_("Empty: until you remove it.")
    )
    may_be_closed = models.BooleanField(
        _("visitors may close it"),
        default=False,
        help_text=_("Their own browser remembers that; we learn nothing of it."),
    )

    override_translatable_fields: ClassVar[Any] = FollowsSource("url")
    panels: ClassVar = [
        FieldPanel("kind"),
        FieldPanel("text"),
        FieldRowPanel([FieldPanel("starts_at"), FieldPanel("ends_at")]),
        FieldPanel("may_be_closed"),
        MultiFieldPanel(
            [PageChooserPanel("page"), FieldPanel("url"), FieldPanel("link_text")],
            heading=_("Link"),
        ),
    ]

    class Meta(TranslatableMixin.Meta):
        verbose_name = _("announcement")
        verbose_name_plural = _("announcements")
        ordering: ClassVar = ["-starts_at"]
        constraints: ClassVar = [
            # What ends before it begins is never shown, and nobody would know why.
            models.CheckConstraint(
                condition=models.Q(ends_at=None) | models.Q(ends_at__gt=models.F("starts_at")),
                name="banner_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.text}"

    def clean(self) -> None:
        super().clean()
        if self.ends_at and self.ends_at <= self.starts_at:
            raise ValidationError({"ends_at": gettext("Choose a moment after the beginning.")})
        if self.page_id and self.url:
            raise ValidationError({"url": gettext("Choose a page, or write an address.")})
        settle(self)
        if (self.page_id or self.url) and not self.link_text.strip():
            raise ValidationError({"link_text": gettext("Write what the link is called.")})

    def shows_at(self, moment: datetime) -> bool:
        return self.starts_at <= moment and (self.ends_at is None or moment < self.ends_at)

    @property
    def kind_in_its_language(self) -> str:
        """For who reads it on a page in another language."""
        with translation.override(self.locale.language_code):
            return str(self.get_kind_display())

    @property
    def version(self) -> str:
        """What a browser remembers it by: changed words are another announcement."""
        words = f"{self.pk}:{self.text}:{self.starts_at.isoformat()}"
        return hashlib.sha256(words.encode()).hexdigest()[:12]

    @property
    def link(self) -> str:
        """Where it leads, if anywhere."""
        if self.page is not None and self.page.live:
            return str(self.page.url or "")
        return in_language(self.url, self.locale.language_code)


class BannerViewSet(HouseSnippets):
    model = Banner
    icon = "warning"
    menu_label = _("Announcements")
    menu_order = 110
    add_to_settings_menu = True
    list_display: ClassVar = ["__str__", "starts_at", "ends_at", "locale"]


register_snippet(BannerViewSet)
