"""Blocks of meetings alone."""

from django.core.validators import URLValidator
from django.utils.translation import gettext_lazy as _
from wagtail import blocks


class LinkBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Title"), max_length=150)
    url = blocks.URLBlock(label=_("Address"), validators=[URLValidator(schemes=["https"])])
    description = blocks.CharBlock(label=_("Description"), required=False, max_length=250)

    class Meta:
        icon = "link"
        label = _("Link")
        template = "meetings/blocks/link.html"
        description = _("A page elsewhere, such as a recording.")
        preview_value = {
            "title": "Opname van de bijeenkomst",
            "url": "https://voorbeeld.example/opname",
            "description": "45 minuten, met ondertitels",
        }
