"""A meeting is at one time and place, in whatever language one reads of it.

What of its page is no text follows the page that counts (`source_page`) at each publication of
either. Translators publish later than editors do: who reads English would come at the old time.
"""

from typing import Final

from wagtail.models import Revision

from home.publication import PUBLICATION
from meetings.models import MeetingPage

SAME: Final = (
    *("starts_at", "ends_at", "way", "online_url", "roles", "maximum", "sign_up_until"),
    *("is_cancelled", "material_for", "counts_for"),
)


def keep_in_step(source: MeetingPage, *, is_elsewhere: bool) -> int:
    """Give the meeting's pages in other languages what is the same in all; how many it changed.

    An address may be put in other words in another language: that follows only when the meeting
    is held elsewhere from now on.
    """
    names = (*SAME, "place") if is_elsewhere else SAME
    changed = 0
    for page in source.get_translations().specific():
        attributes = {name: page._meta.get_field(name).attname for name in names}
        values = {
            name: getattr(source, attribute)
            for name, attribute in attributes.items()
            if getattr(page, attribute) != getattr(source, attribute)
        }
        if values:
            MeetingPage.objects.filter(pk=page.pk).update(**values)
            changed += 1
        keep_draft_in_step(page.latest_revision, source, names)
    if changed:
        PUBLICATION.announce()
    return changed


def keep_draft_in_step(draft: Revision | None, source: MeetingPage, names: tuple[str, ...]) -> None:
    """The same in what an editor goes on with, so that publishing it sets nothing back."""
    if draft is None:
        return
    data = source.serializable_data()
    values = {name: data[name] for name in names}
    if any(draft.content.get(name) != value for name, value in values.items()):
        draft.content = draft.content | values
        draft.save(update_fields=["content"])
