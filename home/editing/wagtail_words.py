"""Words of Wagtail's admin that its own Dutch leaves in English, or says otherwise than we do.

They are here to be found by makemessages: our translations go before Wagtail's.
"""

from typing import Final

from django.utils.translation import gettext_lazy as _

OURS: Final = (
    _("Toggle checks"),
    _("Checks"),
    _("Content metrics"),
    _("How we calculate our metrics"),
    _("Issues found"),
    _("Show issue"),
    _("Words"),
    _("Reading time"),
    _("Button text is empty"),
    _("Use meaningful text for screen reader users"),
    _("Empty heading found"),
    _("Table header text is empty"),
    _("Empty frame title found"),
    _("Use a meaningful title for screen reader users"),
    _("Incorrect heading hierarchy"),
    _("Avoid skipping levels"),
    _("Input button text is empty"),
    _("Link text is empty"),
    _("Misusing paragraphs as headings"),
    _("Use proper heading tags"),
    _("Image alt text has inappropriate pattern"),
    _("Use meaningful text"),
    _("Meta description is empty"),
    _("Add a concise description for search engines"),
)
