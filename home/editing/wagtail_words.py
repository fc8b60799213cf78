"""Words of Wagtail's admin that its own Dutch leaves in English, or says otherwise than we do.

They are here to be found by makemessages: our translations go before Wagtail's.
"""

from typing import Final

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

OURS: Final = (
    _("Toggle checks"),
    _("Checks"),
    _("File"),
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
    # Said in other words, or with the gaps that Wagtail's Dutch has lost.
    _("Locale"),
    _("locale"),
    _("Locale: "),
    _("Available in %(translations_total)s locales"),
    _("Use server language: %(language_name)s"),
    _("Use server time zone"),
    _("%(start_index)s-%(end_index)s of %(items_count)s %(model_name)s"),
    _(
        "%(start_index)s-%(end_index)s of %(items_count)s %(model_name)s in '<span "
        'class="w-title-ellipsis">%(title)s</span>\'.'
    ),
    _('%(editor)s has updated comments on "%(title)s".'),
    _('%(editor)s has updated comments on "%(title)s"'),
    _("%(action)s by <b>%(who)s</b> at <b>%(at)s</b>"),
    _("%(status_display)s %(task_name)s %(started_at)s"),
    _("%(related_model_name)s %(field_label)s"),
    _("Delete %(snippet_type_name)s"),
    _("Once live anyone can view"),
    _("Form data"),
    _("Instances"),
    _("Snippets"),
    _("Page/Snippet"),
    _("Notifications"),
    _("Comment notifications"),
    _("Theme preferences"),
    _("admin theme"),
    _("System default"),
    _("Default"),
    _("Dashboard"),
    _("submitted notifications"),
    _("approved notifications"),
    _("rejected notifications"),
    _("updated comments notifications"),
    _("Receive notification when a page is submitted for moderation"),
    _("Only reviewers can edit and approve the %(model_name)s"),
    _("Only reviewers for this task can edit the %(model_name)s."),
    _("Reviewers can edit this %(model_name)s – lock it to prevent other reviewers from editing"),
    ngettext_lazy(
        "%(num_parent_objects)d user has been marked as inactive",
        "%(num_parent_objects)d users have been marked as inactive",
    ),
    ngettext_lazy("%(count)d %(model_name)s deleted.", "%(count)d %(model_name)s deleted."),
    _("Are you sure you want to delete this %(model_name)s?"),
    _(
        "Field name '%(duplicate_clean_name)s' conflicts with another field. Please change the "
        "label."
    ),
    _('There are no %(model_name)s to display. Why not <a href="%(add_url)s">add one</a>?'),
    ngettext_lazy(
        '%(total)s Page <span class="w-sr-only">created in %(site_name)s</span>',
        '%(total)s Pages <span class="w-sr-only">created in %(site_name)s</span>',
    ),
    ngettext_lazy(
        '%(total)s Document <span class="w-sr-only">created in %(site_name)s</span>',
        '%(total)s Documents <span class="w-sr-only">created in %(site_name)s</span>',
    ),
    ngettext_lazy(
        '%(total)s Image <span class="w-sr-only">created in %(site_name)s</span>',
        '%(total)s Images <span class="w-sr-only">created in %(site_name)s</span>',
    ),
    ngettext_lazy(
        "It will also delete %(translation_count)s translations and their combined "
        "%(translation_descendant_count)s translated child page.",
        "It will also delete %(translation_count)s translations and their combined "
        "%(translation_descendant_count)s translated child pages.",
    ),
)
