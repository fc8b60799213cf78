"""What stands around every page, per language: menus, footer, contact, words of error pages.

Whatever an editor leaves empty is as the house has it: the pages that say that they are in menus,
and our own words (home/frame.py).
"""

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    InlinePanel,
    MultiFieldPanel,
    PageChooserPanel,
)
from wagtail.models import Orderable, RevisionMixin, TranslatableMixin
from wagtail.snippets.models import register_snippet

from home.addresses import LinkAddressField, settle
from home.models.support import PHONE
from home.snippet_views import HouseSnippets
from home.translating.fields import FollowsSource


class SiteFrame(RevisionMixin, TranslatableMixin, ClusterableModel):
    """The frame of all pages in one language."""

    description = models.CharField(
        _("what this site is"),
        max_length=160,
        blank=True,
        help_text=_("One sentence: search engines show it for pages that have none of their own."),
    )
    footer_note = models.TextField(_("text in the footer"), max_length=300, blank=True)
    organisation = models.CharField(_("organisation"), max_length=120, blank=True)
    address = models.TextField(_("address to visit or write to"), max_length=300, blank=True)
    email = models.EmailField(_("e-mail address"), blank=True)
    phone = models.CharField(_("phone number"), max_length=20, blank=True, validators=[PHONE])
    reachable = models.CharField(
        _("when you can be reached"),
        max_length=120,
        blank=True,
        help_text=_("For example: on working days from 9 to 17"),
    )
    missing_title = models.CharField(_("heading"), max_length=100, blank=True)
    missing_text = models.TextField(_("text"), max_length=500, blank=True)
    closed_title = models.CharField(_("heading"), max_length=100, blank=True)
    closed_text = models.TextField(_("text"), max_length=500, blank=True)
    failed_title = models.CharField(_("heading"), max_length=100, blank=True)
    failed_text = models.TextField(_("text"), max_length=500, blank=True)

    override_translatable_fields: ClassVar[Any] = FollowsSource("phone")
    panels: ClassVar = [
        InlinePanel(
            "main_links",
            heading=_("Main menu"),
            label=_("Link"),
            help_text=_("Leave it empty to show the pages that are ticked for menus."),
        ),
        InlinePanel("footer_links", heading=_("Links in the footer"), label=_("Link")),
        FieldPanel("footer_note"),
        MultiFieldPanel(
            [
                FieldPanel("organisation"),
                FieldPanel("address"),
                FieldRowPanel([FieldPanel("email"), FieldPanel("phone")]),
                FieldPanel("reachable"),
            ],
            heading=_("Contact"),
        ),
        FieldPanel("description"),
        *(
            MultiFieldPanel(
                [FieldPanel(f"{kind}_title"), FieldPanel(f"{kind}_text")],
                heading=heading,
                help_text=_("Leave it empty for the words that are there by default."),
                classname="collapsed",
            )
            for kind, heading in (
                ("missing", _("When a page is not there (404)")),
                ("closed", _("When somebody may not see a page (403)")),
                (
                    "failed",
                    _(
                        "When something goes wrong with us (500), or the site is away for a while "
                        "(503)"
                    ),
                ),
            )
        ),
    ]

    class Meta(TranslatableMixin.Meta):
        verbose_name = _("menus, footer and contact")
        verbose_name_plural = _("menus, footer and contact")
        constraints: ClassVar = [
            # A page has one frame.
            models.UniqueConstraint(fields=["locale"], name="one_frame_per_language"),
        ]

    def __str__(self) -> str:
        return f"{capfirst(self._meta.verbose_name)}: {self.locale.get_display_name()}"

    def clean(self) -> None:
        super().clean()
        if (
            self.locale_id
            and SiteFrame.objects.filter(locale=self.locale).exclude(pk=self.pk).exists()
        ):
            raise ValidationError(
                gettext("There are menus for this language already: change those.")
            )


class FrameLink(TranslatableMixin, Orderable):
    """A link to a page of ours, which then follows its address and language, or to elsewhere."""

    page = models.ForeignKey(
        "wagtailcore.Page",
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="+",
        verbose_name=_("page"),
    )
    url = LinkAddressField(_("or an address"))
    title = models.CharField(
        _("words of the link"),
        max_length=60,
        blank=True,
        help_text=_("Without it: the title of the page."),
    )

    override_translatable_fields: ClassVar[Any] = FollowsSource("url")
    panels: ClassVar = [PageChooserPanel("page"), FieldPanel("url"), FieldPanel("title")]

    class Meta(TranslatableMixin.Meta, Orderable.Meta):
        abstract = True

    def __str__(self) -> str:
        return self.title or self.url or str(self.page)

    def clean(self) -> None:
        super().clean()
        if bool(self.page_id) == bool(self.url):
            raise ValidationError({"page": gettext("Choose a page, or write an address.")})
        settle(self)
        if self.url and not self.title.strip():
            raise ValidationError({"title": gettext("Write what the link is called.")})


class MainLink(FrameLink):
    frame = ParentalKey(SiteFrame, on_delete=models.CASCADE, related_name="main_links")

    class Meta(FrameLink.Meta):
        verbose_name = _("link in the main menu")


class FooterLink(FrameLink):
    frame = ParentalKey(SiteFrame, on_delete=models.CASCADE, related_name="footer_links")

    class Meta(FrameLink.Meta):
        verbose_name = _("link in the footer")


class SiteFrameViewSet(HouseSnippets):
    """Among the settings, where one looks for it."""

    model = SiteFrame
    icon = "list-ul"
    menu_label = _("Menus, footer, contact")
    menu_order = 100
    add_to_settings_menu = True
    list_display: ClassVar = ["__str__"]


register_snippet(SiteFrameViewSet)
