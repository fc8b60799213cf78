"""Words of wagtail-localize whose own Dutch is missing, has lost a space, or says what nobody says.

They are here to be found by makemessages: our translations go before its own.
"""

from typing import Final

from django.utils.translation import gettext_lazy as _

OURS: Final = (
    _("Locales"),
    _("{} locales"),
    _("Content type"),
    _("Translation of %(instance)s into %(locale)s"),
    _("Editing %(object_type)s %(title)s"),
    _("Sync translated pages"),
    _("Sync translated snippets"),
    _("Translate page"),
    _("Start Synced translation"),
    _(
        "This page hasn't been translated yet. It is mirroring the "
        '<a href="%(edit_original_page_url)s" target="_blank">%(original_locale)s page</a>.'
    ),
)
