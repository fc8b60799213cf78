"""The newest cases on the home page."""

from django.utils.translation import gettext as _
from wagtail.models import Locale

from home.front import FrontEntry, FrontPart, other_language, own_first, register_front
from home.visible import for_everybody
from practice.models import CaseIndexPage, CasePage


@register_front
def newest_cases(locale: Locale) -> FrontPart | None:
    index = for_everybody(CaseIndexPage.objects.filter(locale=locale)).first()
    if index is None:
        return None
    newest = CasePage.objects.newest_first()
    return FrontPart(
        anchor="praktijk",
        heading=_("From practice"),
        entries=tuple(entry_of(case, locale) for case in own_first(newest, locale)),
        all_url=index.url,
        all_words=_("All examples"),
        empty_title=_("No examples yet"),
        empty_text=_(
            "Examples from councils stand here as soon as editors have published them. "
            "You can hand in the first one."
        ),
    )


def entry_of(case: CasePage, locale: Locale) -> FrontEntry:
    return FrontEntry(
        case.title,
        case.url,
        note=case.get_kind_display(),
        summary=case.introduction,
        is_fictional=case.is_fictional,
        language=other_language(case, locale),
    )
